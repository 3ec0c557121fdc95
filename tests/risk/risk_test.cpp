#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "diff/story_support.h"
#include "risk/rules.h"

namespace {

using namespace story;
using diff::Alter;
using diff::Change;
using diff::Create;
using diff::Drop;
using diff::Rename;

const schema::QualifiedName users{"public", "users"};

/// Facts and choices of the user: users has 1,200 rows and 340 kB, unless said otherwise.
struct World {
  schema::Facts facts{.tables = {{users, {1'200, 348'160, true}}}, .answers = {}};
  risk::Context context{.facts = facts,
                        .new_tables = {},
                        .new_columns = {},
                        .new_nulls = {},
                        .converted = {},
                        .backfilled = {},
                        .enums = {}};

  /// What a probe found: so many rows.
  void found(const char* kind, const char* name, std::int64_t count) {
    facts.answers[risk::probe_key(kind, users, name)].count = count;
  }
};

std::string lines(const std::vector<risk::Reason>& reasons) {
  std::string text;
  for (const auto& reason : reasons) {
    if (!text.empty()) text += "\n";
    text += reason.code + " " + std::string(risk::text(reason.severity)) + ": " + reason.text;
  }
  return text;
}

std::string judged(const Change& change, const std::string& field, const World& world) {
  return lines(risk::reasons(change, field, world.context));
}

struct Told {
  std::string name;
  std::string judged;
  std::string expected;
};

void tell(const std::vector<Told>& stories) {
  for (const Told& story : stories) EXPECT_EQ(story.judged, story.expected) << "story: " << story.name;
}

schema::Column required(const std::string& name) {
  schema::Column result = column(name);
  result.not_null = true;
  return result;
}

schema::Column defaulted(const std::string& name) {
  schema::Column result = column(name);
  result.server_default = schema::Expression{"1"};
  return result;
}

schema::Column counting(const std::string& name) {
  schema::Column result = required(name);
  result.identity = schema::Identity{true, {}};
  return result;
}

schema::Column computed(const std::string& name, const std::string& expression) {
  schema::Column result = column(name);
  result.generated = schema::Generated{{expression}, true};
  return result;
}

schema::Column typed(const std::string& name, const std::string& modifiers) {
  return column(name, {"", "character varying", modifiers, false});
}

template <class T>
Change created(const T& object) {
  return Create<T>{users, object};
}
template <class T>
Change dropped(const T& object) {
  return Drop<T>{users, object};
}
template <class T>
Change altered(const T& before, const T& after, const std::string& field) {
  return Alter<T>{users, before, after, {field}};
}

TEST(Risk, OfNewColumns) {
  World world;
  World filled;
  filled.context.backfilled = {{users, {"n"}}};
  World empty;
  empty.facts.tables[users].has_rows = false;
  tell({
      {"nullable", judged(created(column("n")), "", world), ""},
      {"with a default", judged(created(defaulted("n")), "", world), ""},
      {"not null on rows", judged(created(required("n")), "", world),
       "NOT_NULL_WITHOUT_DEFAULT caution: the rows that are there have no value for users.n; a default on the Python "
       "side does not help them"},
      {"not null on an empty table", judged(created(required("n")), "", empty), ""},
      {"filled", judged(created(required("n")), "", filled),
       "BACKFILL caution: every row of users is updated (about 1200 rows, 340 kB)"},
      {"identity", judged(created(counting("n")), "", world),
       "TABLE_REWRITE caution: users is written anew with its indexes (about 1200 rows, 340 kB); nobody reads or "
       "writes it meanwhile"},
      {"dropped", judged(dropped(column("n")), "", world),
       "DATA_LOSS danger: the values of users.n are lost (about 1200 rows, 340 kB)"},
      {"a computed one dropped", judged(dropped(computed("n", "m")), "", world),
       "OBJECT_DROPPED caution: the computed column users.n goes"},
  });
}

TEST(Risk, OfTypes) {
  World world;
  World probed;
  probed.found("roundtrip", "n", 0);
  World offended;
  offended.found("roundtrip", "n", 3);
  World given;
  given.context.converted = {{users, {"n"}}};
  const schema::Column local = column("n", {"", "timestamp without time zone", "", false});
  const schema::Column zoned = column("n", {"", "timestamp with time zone", "", false});
  schema::Column collated = column("n", text());
  collated.collation = {"pg_catalog", "C"};
  tell({
      {"longer", judged(altered(typed("n", "10"), typed("n", "20"), "type"), "type", world), ""},
      {"wider", judged(altered(column("n"), column("n", {"", "bigint", "", false}), "type"), "type", world),
       "TABLE_REWRITE caution: users is written anew with its indexes (about 1200 rows, 340 kB); nobody reads or "
       "writes it meanwhile"},
      {"shorter", judged(altered(typed("n", "20"), typed("n", "10"), "type"), "type", world),
       "TABLE_REWRITE caution: users is written anew with its indexes (about 1200 rows, 340 kB); nobody reads or "
       "writes it meanwhile\n"
       "TYPE_NARROWED danger: users.n gets a narrower type: values may not fit or lose digits"},
      {"shorter, and all fits", judged(altered(typed("n", "20"), typed("n", "10"), "type"), "type", probed),
       "TABLE_REWRITE caution: users is written anew with its indexes (about 1200 rows, 340 kB); nobody reads or "
       "writes it meanwhile\n"
       "TYPE_NARROWED caution: users.n gets a narrower type; all values that are there fit"},
      {"shorter, and not all fits", judged(altered(typed("n", "20"), typed("n", "10"), "type"), "type", offended),
       "TABLE_REWRITE caution: users is written anew with its indexes (about 1200 rows, 340 kB); nobody reads or "
       "writes it meanwhile\n"
       "TYPE_NARROWED danger: 3 values of users.n would not fit or lose digits"},
      {"of another kind", judged(altered(column("n", text()), column("n"), "type"), "type", world),
       "TABLE_REWRITE caution: users is written anew with its indexes (about 1200 rows, 340 kB); nobody reads or "
       "writes it meanwhile\n"
       "CONVERSION_CAN_FAIL caution: a value of users.n that is not of the new type fails"},
      {"with a conversion", judged(altered(column("n", text()), column("n"), "type"), "type", given),
       "TABLE_REWRITE caution: users is written anew with its indexes (about 1200 rows, 340 kB); nobody reads or "
       "writes it meanwhile\n"
       "CONVERSION_CAN_FAIL caution: the conversion of users.n that was given can fail"},
      {"with a time zone", judged(altered(local, zoned, "type"), "type", world),
       "TABLE_REWRITE caution: users is written anew with its indexes (about 1200 rows, 340 kB); nobody reads or "
       "writes it meanwhile\n"
       "TIME_ZONE caution: the values of users.n are read in the session's time zone"},
      {"indexes alone", judged(altered(column("n", text()), collated, "collation"), "collation", world),
       "INDEX_REBUILD caution: the indexes on users.n are built anew, and sorting changes"},
  });
}

TEST(Risk, OfValues) {
  World world;
  World nulls;
  nulls.found("nulls", "n", 1);
  tell({
      {"not null", judged(altered(column("n"), required("n"), "not_null"), "not_null", world),
       "NOT_NULL_CAN_FAIL caution: a null in users.n, now or coming in meanwhile, makes it fail"},
      {"not null where nulls are", judged(altered(column("n"), required("n"), "not_null"), "not_null", nulls),
       "NOT_NULL_CAN_FAIL caution: users.n is null in 1 row"},
      {"nullable", judged(altered(required("n"), column("n"), "not_null"), "not_null", world), ""},
      {"a first default", judged(altered(column("n"), defaulted("n"), "server_default"), "server_default", world), ""},
      {"no default", judged(altered(defaulted("n"), column("n"), "server_default"), "server_default", world),
       "DEFAULT_CHANGED caution: new rows no longer get a users.n by default"},
      {"identity", judged(altered(required("n"), counting("n"), "identity"), "identity", world),
       "IDENTITY_CHANGED caution: an explicit value for users.n is refused from now on"},
      {"computed otherwise", judged(altered(computed("n", "a"), computed("n", "b"), "generated"), "generated", world),
       "TABLE_REWRITE caution: users is written anew with its indexes (about 1200 rows, 340 kB); nobody reads or "
       "writes it meanwhile\n"
       "GENERATED_CHANGED caution: users.n is computed anew in all rows"},
      {"computed from now on", judged(altered(column("n"), computed("n", "b"), "generated"), "generated", world),
       "DATA_LOSS danger: the values of users.n are replaced by computed ones"},
  });
}

TEST(Risk, OfTablesAndNames) {
  World world;
  schema::Table unlogged = table("users");
  unlogged.unlogged = true;
  tell({
      {"a table", judged(Create<schema::Table>{{}, table("teams")}, "", world), ""},
      {"a table dropped", judged(Drop<schema::Table>{{}, table("users")}, "", world),
       "DATA_LOSS danger: the rows of users are lost (about 1200 rows, 340 kB)"},
      {"a table renamed", judged(Rename<schema::Table>{{}, table("users"), table("people")}, "", world),
       "NAME_CHANGED caution: running code that uses the table users breaks: it is now people"},
      {"a label renamed", judged(diff::RenameLabel{{"public", "mood"}, "sad", "glum"}, "", world),
       "NAME_CHANGED caution: running code that uses the value of enum mood sad breaks: it is now glum"},
      {"rewritten", judged(Alter<schema::Table>{{}, table("users"), unlogged, {"unlogged"}}, "unlogged", world),
       "TABLE_REWRITE caution: users is written anew with its indexes (about 1200 rows, 340 kB); nobody reads or "
       "writes it meanwhile"},
  });
}

TEST(Risk, OfConstraintsAndIndexes) {
  World world;
  World found;
  found.found("duplicates", "u", 2);
  found.found("violations", "c", 1);
  found.found("orphans", "f", 4);
  World empty;
  empty.facts.tables[users].has_rows = false;
  schema::Index by_email = index("i", {"email"});
  schema::Index only_one = by_email;
  only_one.unique = true;
  schema::Exclusion exclusion;
  exclusion.name = {"x"};
  schema::ForeignKey cascading = foreign_key("f", "team", "teams");
  cascading.on_delete = schema::ReferentialAction::Cascade;
  tell({
      {"unique", judged(created(story::unique("u", {"email"})), "", world),
       "UNIQUE_CAN_FAIL caution: u fails if rows of users repeat"},
      {"unique where values repeat", judged(created(story::unique("u", {"email"})), "", found),
       "UNIQUE_CAN_FAIL caution: 2 values stand more than once in users: u fails"},
      {"unique on an empty table", judged(created(story::unique("u", {"email"})), "", empty), ""},
      {"check", judged(created(check("c", "n > 0")), "", world),
       "CHECK_CAN_FAIL caution: c fails if a row of users violates it"},
      {"check where rows violate", judged(created(check("c", "n > 0")), "", found),
       "CHECK_CAN_FAIL caution: 1 row of users violate c"},
      {"reference", judged(created(foreign_key("f", "team", "teams")), "", world),
       "REFERENCE_CAN_FAIL caution: f fails if a row of users references nothing"},
      {"reference where rows dangle", judged(created(foreign_key("f", "team", "teams")), "", found),
       "REFERENCE_CAN_FAIL caution: 4 rows of users reference nothing: f fails"},
      {"reference that acts otherwise",
       judged(altered(foreign_key("f", "team", "teams"), cascading, "on_delete"), "on_delete", world),
       "BEHAVIOUR_CHANGED caution: what reference f of users does changes"},
      {"exclusion", judged(created(exclusion), "", world),
       "EXCLUSION_CAN_FAIL caution: x fails on rows of users that exclude one another; nobody can write while it is "
       "built"},
      {"constraint dropped", judged(dropped(check("c", "n > 0")), "", world),
       "CONSTRAINT_DROPPED caution: constraint c of users no longer holds"},
      {"index", judged(created(by_email), "", world), ""},
      {"unique index", judged(created(only_one), "", world),
       "UNIQUE_CAN_FAIL caution: i fails if rows of users repeat"},
      {"index dropped", judged(dropped(by_email), "", world), "INDEX_DROPPED caution: queries on users lose index i"},
      {"index exchanged", judged(altered(by_email, index("i", {"id"}), "keys"), "keys", world),
       "INDEX_DROPPED caution: queries on users lose index i as it was"},
  });
}

TEST(Risk, OfTypesAndObjects) {
  World world;
  const auto labels = [&](const std::vector<std::string>& before, const std::vector<std::string>& after) {
    return judged(altered(enum_type("mood", before), enum_type("mood", after), "labels"), "labels", world);
  };
  schema::View view;
  view.name = {"public", "adults"};
  tell({
      {"label added", labels({"a"}, {"a", "b"}), ""},
      {"label removed", labels({"a", "b"}, {"b"}),
       "LABEL_REMOVED danger: enum mood loses a: the type is replaced, tables are written anew, a row with the label "
       "fails"},
      {"labels reordered", labels({"a", "b"}, {"b", "a"}),
       "LABELS_REORDERED caution: the values of enum mood sort otherwise; tables that use it are written anew"},
      {"view dropped", judged(Drop<schema::View>{{}, view}, "", world),
       "OBJECT_DROPPED caution: adults goes; what uses it breaks"},
      {"view changed", judged(Alter<schema::View>{{}, view, view, {"definition"}}, "definition", world),
       "BEHAVIOUR_CHANGED caution: adults changes"},
  });
}

TEST(Risk, OfRowSecurity) {
  World world;
  schema::Policy own = policy("own", schema::PolicyCommand::Update, "owner = 1");
  const schema::Policy open = policy("own", schema::PolicyCommand::Update, "true");
  schema::Policy restrictive = own;
  restrictive.permissive = false;
  schema::Policy for_app = own;
  for_app.roles = {{"app"}};
  const schema::RowSecurity none;
  const schema::RowSecurity enabled{schema::Declaration::Managed, true, false};
  const schema::RowSecurity forced{schema::Declaration::Managed, true, true};
  tell({
      {"policy", judged(created(own), "", world),
       "POLICY_ADDED caution: policy own on users lets rows through that were hidden"},
      {"restrictive policy", judged(created(restrictive), "", world),
       "POLICY_ADDED caution: policy own on users hides rows that were seen"},
      {"policy for everything", judged(created(open), "", world),
       "POLICY_OPENS danger: policy own on users lets everybody write: permissive, true, for PUBLIC or anon"},
      {"policy dropped", judged(dropped(own), "", world),
       "POLICY_REMOVED danger: policy own on users is permissive: without it its roles no longer reach the rows it let "
       "through"},
      {"restrictive policy dropped", judged(dropped(restrictive), "", world),
       "POLICY_REMOVED danger: policy own on users is restrictive: without it rows are seen or changed that it held "
       "back"},
      {"condition opened", judged(altered(own, open, "using_expr"), "using_expr", world),
       "POLICY_OPENS danger: the condition of policy own on users becomes true"},
      {"condition closed", judged(altered(open, own, "using_expr"), "using_expr", world),
       "POLICY_CHANGED caution: policy own on users lets other rows through than before"},
      {"more roles", judged(altered(for_app, own, "roles"), "roles", world),
       "POLICY_OPENS danger: policy own on users is given to more roles"},
      {"fewer roles", judged(altered(own, for_app, "roles"), "roles", world),
       "POLICY_CHANGED caution: policy own on users is for fewer roles than before"},
      {"enabled", lines(risk::security_reasons(users, none, enabled)),
       "ROW_SECURITY_ENABLED caution: rows of users vanish for everybody whom no policy lets through"},
      {"disabled", lines(risk::security_reasons(users, enabled, none)),
       "ROW_SECURITY_DISABLED danger: the policies of users no longer hold"},
      {"forced", lines(risk::security_reasons(users, enabled, forced)),
       "ROW_SECURITY_FORCED caution: the owner of users obeys its policies too"},
      {"no longer forced", lines(risk::security_reasons(users, forced, enabled)),
       "ROW_SECURITY_NOT_FORCED danger: the owner of users sees all rows again"},
  });
}

TEST(Risk, OfRolesAndPrivileges) {
  World world;
  schema::Grant to_app{.role = {"app"}, .column = {}, .privileges = {"SELECT"}, .grantable = {}};
  schema::Grant to_all = to_app;
  to_all.role = {};
  schema::Role role;
  role.name = {"app"};
  schema::Role bypassing = role;
  bypassing.bypassrls = true;
  schema::Role login = role;
  login.login = true;
  tell({
      {"granted", judged(created(to_app), "", world), "GRANT_ADDED caution: role app is given SELECT on users"},
      {"granted to everybody", judged(created(to_all), "", world),
       "GRANT_TO_EVERYBODY danger: PUBLIC is given SELECT on users"},
      {"revoked", judged(dropped(to_app), "", world), "GRANT_REMOVED caution: role app loses SELECT on users"},
      {"role", judged(Create<schema::Role>{{}, role}, "", world),
       "ROLE_CREATED caution: role app is made for the whole cluster"},
      {"role that bypasses", judged(Create<schema::Role>{{}, bypassing}, "", world),
       "ROLE_CREATED caution: role app is made for the whole cluster\n"
       "ROLE_BYPASSES danger: role app gets around row security"},
      {"role changed", judged(Alter<schema::Role>{{}, role, login, {"login"}}, "login", world),
       "ROLE_CHANGED caution: role app may do other things than before"},
      {"role comes to bypass", judged(Alter<schema::Role>{{}, role, bypassing, {"bypassrls"}}, "bypassrls", world),
       "ROLE_BYPASSES danger: role app gets around row security"},
  });
}

std::string content(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::string sources(const std::filesystem::path& folder) {
  std::string text;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() == ".cpp") text += content(entry.path());
  }
  return text;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

TEST(Catalogue, EveryCodeIsUsedDocumentedAndTested) {
  const std::filesystem::path root = SOURCE_DIR;
  const std::string documented = content(root / "docs/risks.md");
  const std::string used = sources(root / "src/risk") + sources(root / "src/plan");
  const std::string tested = sources(root / "tests/risk") + sources(root / "tests/plan");
  for (const auto& rule : risk::rules()) {
    const std::string code{rule.code};
    EXPECT_TRUE(contains(documented, "| `" + code + "` |")) << code << " is not in docs/risks.md";
    EXPECT_TRUE(contains(tested, code + " safe:") || contains(tested, code + " caution:") ||
                contains(tested, code + " danger:"))
        << code << " has no test";
    const std::size_t listed = used.find("\"" + code + "\"");
    EXPECT_NE(used.find("\"" + code + "\"", listed + 1), std::string::npos) << code << " is in the list alone";
  }
}

}  // namespace
