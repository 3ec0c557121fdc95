#include <gtest/gtest.h>

#include "ddl/ddl_support.h"
#include "ddl/policy.h"
#include "diff/story_support.h"

namespace {

using namespace story;

/// In `public`, with the name and nothing else.
template <class T>
T bare(const std::string& name) {
  T result;
  result.name = {"public", name};
  return result;
}

schema::Table orders() {
  schema::Column id = column("id");
  id.not_null = true;
  id.serial = schema::Serial{{}, schema::default_sequence_options("integer")};
  schema::Table result = table("orders", {id, column("user_id")});
  schema::PrimaryKey key;
  key.name = {"orders_pkey"};
  key.columns = {{"id"}};
  result.primary_key = key;
  result.foreign_keys = {foreign_key("orders_user_id_fkey", "user_id", "users")};
  result.indexes = {index("ix_user", {"user_id"})};
  result.checks = {check("positive", "id > 0")};
  result.comment = "what was bought";
  result.row_security = {schema::Declaration::Managed, true, true};
  result.policies = {policy("own", schema::PolicyCommand::Select, "user_id = 1")};
  result.grants = {{.role = {"app"}, .column = {}, .privileges = {"INSERT", "SELECT"}, .grantable = {"SELECT"}}};
  return result;
}

TEST(Table, AKeyThatRepeatsAnotherIsAddedAfterwards) {
  schema::Table made = table("a", {column("id")});
  made.primary_key.emplace().name = {"a_pkey"};
  made.primary_key->columns = {{"id"}};
  for (const char* name : {"first", "second"}) {
    schema::Unique& unique = made.uniques.emplace_back();
    unique.name = {name};
    unique.columns = {{"id"}};
  }
  const ddl::Statements statements = ddl::create(made, busy());
  ASSERT_EQ(statements.size(), 3U);
  EXPECT_EQ(statements[0].sql.find("UNIQUE"), std::string::npos);
  EXPECT_EQ(statements[1].sql, "ALTER TABLE a ADD CONSTRAINT first UNIQUE (id)");
  EXPECT_EQ(statements[2].sql, "ALTER TABLE a ADD CONSTRAINT second UNIQUE (id)");
}

TEST(Table, CreatedAndDropped) {
  tell({
      {"its policies stand before anybody may read", ddl::create(orders(), busy()), R"(
CREATE TABLE orders (
    id SERIAL NOT NULL,
    user_id INTEGER,
    CONSTRAINT orders_pkey PRIMARY KEY (id),
    CONSTRAINT positive CHECK (id > 0),
    CONSTRAINT orders_user_id_fkey FOREIGN KEY (user_id) REFERENCES users (id)
)
  SHARE ROW EXCLUSIVE on users
  back: DROP TABLE orders
CREATE INDEX ix_user ON orders (user_id)
  SHARE on orders
  builds an index
COMMENT ON TABLE orders IS 'what was bought'
ALTER TABLE orders ENABLE ROW LEVEL SECURITY
  ACCESS EXCLUSIVE on orders
  for row_security
ALTER TABLE orders FORCE ROW LEVEL SECURITY
  ACCESS EXCLUSIVE on orders
  for row_security
CREATE POLICY own ON orders FOR SELECT USING (user_id = 1)
  ACCESS EXCLUSIVE on orders
GRANT INSERT ON TABLE orders TO app
GRANT SELECT ON TABLE orders TO app WITH GRANT OPTION
)"},
      {"without columns", ddl::create(table("empty", {}), busy()), R"(
CREATE TABLE empty ()
  back: DROP TABLE empty
)"},
      {"dropped", ddl::drop(table("users"), busy()), R"(
DROP TABLE users
  ACCESS EXCLUSIVE on users
  back: CREATE TABLE users (
    id INTEGER
)
)"},
  });
}

TEST(Table, RenamedAndAltered) {
  schema::Table moved = table("people");
  moved.name.schema = "app";
  schema::Table changed = table("users");
  changed.unlogged = true;
  changed.storage_parameters = {"autovacuum_enabled=false", "fillfactor=70"};
  changed.row_security = {schema::Declaration::Managed, true, {}};
  schema::Table before = table("users");
  before.storage_parameters = {"fillfactor=90", "user_catalog_table=true"};
  tell({
      {"moved and renamed", ddl::rename(table("users"), moved, busy()), R"(
ALTER TABLE users SET SCHEMA app
  ACCESS EXCLUSIVE on users
  for name
  back: ALTER TABLE app.users SET SCHEMA public
ALTER TABLE app.users RENAME TO people
  ACCESS EXCLUSIVE on users
  for name
  back: ALTER TABLE app.people RENAME TO users
)"},
      {"altered", ddl::alter(before, changed, {"row_security", "unlogged", "storage_parameters"}, busy()), R"(
ALTER TABLE users ENABLE ROW LEVEL SECURITY
  ACCESS EXCLUSIVE on users
  for row_security
  back: ALTER TABLE users DISABLE ROW LEVEL SECURITY
ALTER TABLE users SET UNLOGGED
  ACCESS EXCLUSIVE on users
  rewrites
  for unlogged
  back: ALTER TABLE users SET LOGGED
ALTER TABLE users SET (autovacuum_enabled=false, fillfactor=70)
  SHARE UPDATE EXCLUSIVE on users
  for storage_parameters
  back: ALTER TABLE users SET (fillfactor=90, user_catalog_table=true)
  back: ALTER TABLE users RESET (autovacuum_enabled)
ALTER TABLE users RESET (user_catalog_table)
  SHARE UPDATE EXCLUSIVE on users
  for storage_parameters
)"},
  });
}

TEST(EnumType, Labels) {
  const auto altered = [](const std::vector<std::string>& before, const std::vector<std::string>& after) {
    return ddl::alter(enum_type("mood", before), enum_type("mood", after), {"labels"}, busy());
  };
  tell({
      {"created", ddl::create(enum_type("mood", {"sad", "it's"}), busy()), R"(
CREATE TYPE mood AS ENUM ('sad', 'it''s')
  back: DROP TYPE mood
)"},
      {"dropped", ddl::drop(enum_type("mood", {"sad"}), busy()), R"(
DROP TYPE mood
  back: CREATE TYPE mood AS ENUM ('sad')
)"},
      {"added at both ends and between", altered({"b", "d"}, {"a", "b", "c", "d", "e"}), R"(
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'a' BEFORE 'b'
  outside of transactions
  for labels
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'c' AFTER 'b'
  outside of transactions
  for labels
ALTER TYPE mood ADD VALUE IF NOT EXISTS 'e' AFTER 'd'
  outside of transactions
  for labels
)"},
      {"a label that goes has no statement", altered({"a", "b"}, {"a"}), "\n"},
      {"nor has another order", altered({"a", "b"}, {"b", "a"}), "\n"},
  });
}

TEST(Types, DomainsAndComposites) {
  auto before = bare<schema::Domain>("amount");
  before.type = integer();
  schema::Domain after = before;
  after.not_null = true;
  after.server_default = schema::Expression{"0"};
  after.checks = {check("amount_check", "VALUE >= 0")};
  auto point = bare<schema::CompositeType>("point2");
  point.attributes = {{{"x"}, integer(), {}}, {{"y"}, integer(), {}}};
  schema::CompositeType other = point;
  other.attributes = {{{"x"}, text(), {}}, {{"z"}, integer(), {}}};
  schema::CompositeType swapped = point;
  std::swap(swapped.attributes[0], swapped.attributes[1]);
  tell({
      {"domain", ddl::create(after, busy()), R"(
CREATE DOMAIN amount AS INTEGER DEFAULT (0) NOT NULL CONSTRAINT amount_check CHECK (VALUE >= 0)
  back: DROP DOMAIN amount
)"},
      {"domain changed", ddl::alter(before, after, {"not_null", "server_default", "checks"}, busy()), R"(
ALTER DOMAIN amount SET DEFAULT (0)
  for server_default
  back: ALTER DOMAIN amount DROP DEFAULT
ALTER DOMAIN amount SET NOT NULL
  scans
  for not_null
  back: ALTER DOMAIN amount DROP NOT NULL
ALTER DOMAIN amount ADD CONSTRAINT amount_check CHECK (VALUE >= 0)
  scans
  for checks
  back: ALTER DOMAIN amount DROP CONSTRAINT amount_check
)"},
      {"composite", ddl::create(point, busy()), R"(
CREATE TYPE point2 AS (x INTEGER, y INTEGER)
  back: DROP TYPE point2
)"},
      {"composite changed", ddl::alter(point, other, {"attributes"}, busy()), R"(
ALTER TYPE point2 ALTER ATTRIBUTE x TYPE TEXT, DROP ATTRIBUTE y, ADD ATTRIBUTE z INTEGER
  for attributes
  back: ALTER TYPE point2 ALTER ATTRIBUTE x TYPE INTEGER, DROP ATTRIBUTE z, ADD ATTRIBUTE y INTEGER
)"},
      {"an order that no statement makes", ddl::alter(point, swapped, {"attributes"}, busy()), "\n"},
  });
}

TEST(Sequence, CreatedAndAltered) {
  const auto before = bare<schema::Sequence>("numbers");
  schema::Sequence after = before;
  after.options.increment = 5;
  after.options.cycle = true;
  after.owned_by = schema::ColumnName{{"public", "users"}, {"id"}};
  tell({
      {"created", ddl::create(after, busy()), R"(
CREATE SEQUENCE numbers INCREMENT BY 5 CYCLE OWNED BY users.id
  back: DROP SEQUENCE numbers
)"},
      {"altered", ddl::alter(before, after, {"options", "owned_by"}, busy()), R"(
ALTER SEQUENCE numbers INCREMENT BY 5 CYCLE
  for options
  back: ALTER SEQUENCE numbers INCREMENT BY 1 NO CYCLE
ALTER SEQUENCE numbers OWNED BY users.id
  for owned_by
  back: ALTER SEQUENCE numbers OWNED BY NONE
)"},
      {"dropped", ddl::drop(before, busy()), R"(
DROP SEQUENCE numbers
  back: CREATE SEQUENCE numbers
)"},
  });
}

TEST(Policy, MadeAndChanged) {
  schema::Policy own = policy("own", schema::PolicyCommand::Update, "owner = 1");
  own.roles = {{"app"}};
  own.with_check_expr = schema::Expression{"owner = 1"};
  schema::Policy other = own;
  other.roles = {};
  other.using_expr = schema::Expression{"owner = 2"};
  schema::Policy strict = policy("own", schema::PolicyCommand::All, "owner = 1");
  strict.permissive = false;
  tell({
      {"created", ddl::create(own, busy()), R"(
CREATE POLICY own ON users FOR UPDATE TO app USING (owner = 1) WITH CHECK (owner = 1)
  ACCESS EXCLUSIVE on users
  back: DROP POLICY own ON users
)"},
      {"changed in place", ddl::alter(own, other, {"roles", "using_expr"}, busy()), R"(
ALTER POLICY own ON users TO PUBLIC USING (owner = 2)
  ACCESS EXCLUSIVE on users
  for roles, using_expr, with_check_expr
  back: ALTER POLICY own ON users TO app USING (owner = 1)
)"},
      {"what has no ALTER", ddl::alter(own, strict, {"command", "permissive"}, busy()), "\n"},
      {"made anew", ddl::replace(own, strict, busy()), R"(
DROP POLICY own ON users
  ACCESS EXCLUSIVE on users
  back: CREATE POLICY own ON users FOR UPDATE TO app USING (owner = 1) WITH CHECK (owner = 1)
CREATE POLICY own ON users AS RESTRICTIVE USING (owner = 1)
  ACCESS EXCLUSIVE on users
  back: DROP POLICY own ON users
)"},
      {"flags", ddl::security_changed({}, {schema::Declaration::Managed, true, true}, busy()), R"(
ALTER TABLE users ENABLE ROW LEVEL SECURITY
  ACCESS EXCLUSIVE on users
  for row_security
  back: ALTER TABLE users DISABLE ROW LEVEL SECURITY
ALTER TABLE users FORCE ROW LEVEL SECURITY
  ACCESS EXCLUSIVE on users
  for row_security
  back: ALTER TABLE users NO FORCE ROW LEVEL SECURITY
)"},
  });
}

TEST(Privileges, GivenAndTaken) {
  const schema::Grant reader{.role = {"app"}, .column = {}, .privileges = {"SELECT"}, .grantable = {}};
  const schema::Grant column_reader{.role = {"app"}, .column = {"email"}, .privileges = {"SELECT"}, .grantable = {}};
  const schema::Grant everybody{.role = {}, .column = {}, .privileges = {"SELECT"}, .grantable = {"SELECT"}};
  tell({
      {"given", ddl::create(reader, busy()), R"(
GRANT SELECT ON TABLE users TO app
  back: REVOKE SELECT ON TABLE users FROM app
)"},
      {"on a column", ddl::create(column_reader, busy()), R"(
GRANT SELECT (email) ON TABLE users TO app
  back: REVOKE SELECT (email) ON TABLE users FROM app
)"},
      {"to everybody, to give on", ddl::create(everybody, busy()), R"(
GRANT SELECT ON TABLE users TO PUBLIC WITH GRANT OPTION
  back: REVOKE SELECT ON TABLE users FROM PUBLIC
)"},
      {"taken", ddl::drop(reader, busy()), R"(
REVOKE SELECT ON TABLE users FROM app
  back: GRANT SELECT ON TABLE users TO app
)"},
  });
}

TEST(Role, CreatedAndAltered) {
  schema::Role role{.name = {"app"}, .login = true, .inherit = {}, .bypassrls = {}, .superuser = {}, .member_of = {}};
  schema::Role other = role;
  other.bypassrls = true;
  other.member_of = std::vector<schema::Name>{{"readers"}};
  tell({
      {"created", ddl::create(other, busy()), R"(
CREATE ROLE app LOGIN BYPASSRLS IN ROLE readers
  back: DROP ROLE app
)"},
      {"altered", ddl::alter(role, other, {"bypassrls", "member_of"}, busy()), R"(
ALTER ROLE app BYPASSRLS
  for login, inherit, bypassrls, superuser
  back: ALTER ROLE app
GRANT readers TO app
  for member_of
  back: REVOKE readers FROM app
)"},
  });
}

TEST(Others, MadeAndDropped) {
  auto view = bare<schema::View>("adults");
  view.definition = " SELECT id FROM users";
  view.options = {"security_invoker=true"};
  view.comment = "grown up";
  schema::Namespace space;
  space.name = {"App"};
  tell({
      {"schema", ddl::create(space, busy()), R"(
CREATE SCHEMA "App"
  back: DROP SCHEMA "App"
)"},
      {"extension", ddl::create(schema::Extension{{"citext"}, "public", "1.6"}, busy()), R"(
CREATE EXTENSION IF NOT EXISTS citext SCHEMA public
  back: DROP EXTENSION citext
)"},
      {"view", ddl::create(view, busy()), R"(
CREATE VIEW adults WITH (security_invoker=true) AS  SELECT id FROM users
  back: DROP VIEW adults
COMMENT ON VIEW adults IS 'grown up'
)"},
      {"view dropped", ddl::drop(view, busy()), R"(
DROP VIEW adults
  back: CREATE VIEW adults WITH (security_invoker=true) AS  SELECT id FROM users
  back: COMMENT ON VIEW adults IS 'grown up'
)"},
  });
}

}  // namespace
