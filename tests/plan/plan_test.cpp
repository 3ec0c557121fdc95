#include "plan/plan.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

#include "plan/plan_support.h"
#include "plan/script.h"

namespace {

using namespace story;
using Lines = std::vector<std::string>;

schema::Column required(schema::Column column) {
  column.not_null = true;
  return column;
}

schema::Table keyed(const std::string& name, std::vector<schema::Column> columns = {}) {
  columns.insert(columns.begin(), required(column("id")));
  schema::Table result = table(name, columns);
  schema::PrimaryKey key;
  key.name = {name + "_pkey"};
  key.columns = {{"id"}};
  result.primary_key = key;
  return result;
}

schema::Table referring(const std::string& name, const std::string& other) {
  schema::Table result = keyed(name, {column("other")});
  result.foreign_keys = {foreign_key(name + "_other_fkey", "other", other)};
  return result;
}

std::size_t position(const Lines& lines, const std::string& part) {
  const auto found =
      std::ranges::find_if(lines, [&](const auto& line) { return line.find(part) != std::string::npos; });
  return static_cast<std::size_t>(found - lines.begin());
}

/// Both are there, the one before the other.
void expect_order(const Lines& lines, const std::string& first, const std::string& second) {
  EXPECT_LT(position(lines, second), lines.size()) << second;
  EXPECT_LT(position(lines, first), position(lines, second)) << first << " before " << second;
}

TEST(Order, WhatIsReferredToComesFirstAndGoesLast) {
  const auto full = catalog({referring("a", "b"), referring("b", "c"), keyed("c")});
  const Lines made = lines(planned({}, full));
  expect_order(made, "TABLE c", "TABLE b");
  expect_order(made, "TABLE b", "TABLE a");
  const Lines gone = lines(planned(full, {}));
  expect_order(gone, "DROP TABLE a", "DROP TABLE b");
  expect_order(gone, "DROP TABLE b", "DROP TABLE c");
}

TEST(Order, ACircleOfReferencesIsCut) {
  const auto circle = catalog({referring("a", "b"), referring("b", "a")});
  const Lines made = lines(planned({}, circle));
  EXPECT_EQ(made.size(), 3U);
  expect_order(made, "CREATE TABLE a", "FOREIGN KEY");
  EXPECT_NE(made.back().find("ADD CONSTRAINT"), std::string::npos) << made.back();
  const Lines gone = lines(planned(circle, {}));
  EXPECT_EQ(gone.size(), 3U);
  EXPECT_NE(gone.front().find("DROP CONSTRAINT"), std::string::npos) << gone.front();
}

TEST(Order, TypesComeBeforeAndGoAfterTheirColumns) {
  auto before = catalog({keyed("users")});
  auto after = catalog({keyed("users", {column("mood", {"public", "mood", "", false})})});
  after.enums = {enum_type("mood", {"sad", "ok"})};
  EXPECT_EQ(lines(planned(before, after)),
            (Lines{"1 CREATE TYPE mood AS ENUM ('sad', 'ok')", "1 ALTER TABLE users ADD COLUMN mood mood"}));
  EXPECT_EQ(lines(planned(after, before)), (Lines{"1 ALTER TABLE users DROP COLUMN mood", "1 DROP TYPE mood"}));
}

TEST(Order, AViewGivesWayToWhatChangesBelowIt) {
  auto before = catalog({keyed("users", {column("age")})});
  schema::View view;
  view.name = {"public", "adults"};
  view.definition = " SELECT users.age FROM users";
  view.columns = {{"age"}};
  view.uses = {{{"public", "users"}, {"age"}}};
  before.views = {view};
  auto after = before;
  after.tables.front().columns.back().type = {"", "bigint", "", false};
  EXPECT_EQ(lines(planned(before, after)),
            (Lines{"1 DROP VIEW adults", "1 ALTER TABLE users ALTER COLUMN age TYPE BIGINT",
                   "1 CREATE VIEW adults (age) AS SELECT users.age FROM users"}));
}

TEST(Order, PoliciesStandBeforePrivilegesAreGiven) {
  schema::Table secured = keyed("users");
  secured.row_security = {schema::Declaration::Managed, true, false};
  secured.policies = {policy("own", schema::PolicyCommand::Select, "id = 1")};
  secured.grants = {{.role = {"app"}, .column = {}, .privileges = {"SELECT"}, .grantable = {}}};
  const Lines made = lines(planned(catalog({keyed("users")}), catalog({secured})));
  EXPECT_EQ(made,
            (Lines{"1 ALTER TABLE users ENABLE ROW LEVEL SECURITY",
                   "1 CREATE POLICY own ON users FOR SELECT USING (id = 1)", "1 GRANT SELECT ON TABLE users TO app"}));
}

TEST(Groups, OnABusyTableNothingLongHoldsALock) {
  auto after = keyed("users", {column("n")});
  const auto before = catalog({after});
  after.checks = {check("positive", "n > 0")};
  after.indexes = {index("ix_n", {"n"})};
  EXPECT_EQ(
      lines(planned(before, catalog({after}))),
      (Lines{"1 ALTER TABLE users ADD CONSTRAINT positive CHECK (n > 0) NOT VALID",
             "- ALTER TABLE users VALIDATE CONSTRAINT positive", "- CREATE INDEX CONCURRENTLY ix_n ON users (n)"}));
  EXPECT_EQ(lines(planned(before, catalog({after}), short_form())),
            (Lines{"1 ALTER TABLE users ADD CONSTRAINT positive CHECK (n > 0)", "1 CREATE INDEX ix_n ON users (n)"}));
}

TEST(Groups, AnEnumValueIsCommittedBeforeItIsUsed) {
  auto mood = column("mood", {"public", "mood", "", false});
  auto before = catalog({keyed("users", {mood})});
  before.enums = {enum_type("mood", {"sad"})};
  mood.server_default = schema::Expression{"'ok'::public.mood"};
  auto after = catalog({keyed("users", {mood})});
  after.enums = {enum_type("mood", {"sad", "ok"})};
  EXPECT_EQ(lines(planned(before, after)),
            (Lines{"- ALTER TYPE mood ADD VALUE IF NOT EXISTS 'ok' AFTER 'sad'",
                   "1 ALTER TABLE users ALTER COLUMN mood SET DEFAULT 'ok'::public.mood"}));
}

TEST(Rows, DecideHowAColumnComes) {
  const auto before = catalog({keyed("users")});
  auto key = required(column("key", {"", "uuid", "", false}));
  key.server_default = schema::Expression{"gen_random_uuid()"};
  const auto after = catalog({keyed("users", {key})});
  const Lines busy = lines(planned(before, after));
  expect_order(busy, "ADD COLUMN key UUID", "SET DEFAULT gen_random_uuid()");
  expect_order(busy, "SET DEFAULT", "UPDATE users SET key");
  expect_order(busy, "UPDATE", "SET NOT NULL");
  schema::Facts empty;
  empty.tables[{"public", "users"}] = {0, 8192, false};
  EXPECT_EQ(lines(planned(before, after, {}, empty)),
            (Lines{"1 ALTER TABLE users ADD COLUMN key UUID DEFAULT gen_random_uuid() NOT NULL"}));
}

TEST(Rows, WithoutThemEveryTypeChangeDoes) {
  const auto before = catalog({keyed("users", {column("n", {"", "uuid", "", false})})});
  const auto after = catalog({keyed("users", {column("n", {"", "interval", "", false})})});
  schema::Facts empty;
  empty.tables[{"public", "users"}] = {0, 8192, false};
  EXPECT_EQ(lines(planned(before, after, {}, empty)),
            (Lines{"1 ALTER TABLE users ALTER COLUMN n TYPE INTERVAL USING n::text::INTERVAL"}));
}

TEST(Order, AColumnTakesItsKeyAlongBeforeTheOtherBecomesNullable) {
  schema::Table table = keyed("users", {required(column("part"))});
  table.primary_key->columns.push_back({"part"});
  const auto before = catalog({table});
  EXPECT_EQ(lines(planned(before, catalog({story::table("users", {column("part")})}))),
            (Lines{"1 ALTER TABLE users DROP COLUMN id", "1 ALTER TABLE users ALTER COLUMN part DROP NOT NULL"}));
}

TEST(Order, AComputedColumnFallsBeforeWhatItIsComputedFrom) {
  schema::Column computed = required(column("twice"));
  computed.generated = schema::Generated{{"id * 2"}};
  schema::Table table = keyed("users", {computed, column("kept")});
  table.primary_key->columns.push_back({"twice"});
  EXPECT_EQ(lines(planned(catalog({table}), catalog({story::table("users", {column("kept")})}))),
            (Lines{"1 ALTER TABLE users DROP COLUMN twice", "1 ALTER TABLE users DROP COLUMN id"}));
}

TEST(Rows, WithoutAValueForThemAPlanIsBlocked) {
  const auto before = catalog({keyed("users")});
  schema::Reading after;
  after.database = catalog({keyed("users", {required(column("n"))})});
  const auto changes = diff::compare(after, before, {});
  schema::Facts facts;
  facts.tables[{"public", "users"}] = {3, 8192, true};
  EXPECT_EQ(plan::make(changes, after.database, before, facts, {}).blockers.size(), 1U);
  plan::Options options;
  options.backfills = {{{{"public", "users"}, {"n"}}, {"0"}}};
  EXPECT_TRUE(plan::make(changes, after.database, before, {}, options).blockers.empty());
}

TEST(Reasons, SayWhatBlocksWriters) {
  auto indexed = keyed("users", {column("n")});
  const auto before = catalog({indexed});
  indexed.indexes = {index("ix_n", {"n"})};
  EXPECT_EQ(reasons(planned(before, catalog({indexed}), short_form())),
            (Lines{"BLOCKS_WRITES caution: users: it blocks writes while the index is built"}));
  EXPECT_TRUE(reasons(planned(before, catalog({indexed}))).empty()) << "CONCURRENTLY blocks nobody";
  schema::Facts empty;
  empty.tables[{"public", "users"}] = {0, 8192, false};
  EXPECT_TRUE(reasons(planned(before, catalog({indexed}), short_form(), empty)).empty());
  EXPECT_TRUE(reasons(planned({}, catalog({indexed}), short_form())).empty()) << "a new table has no readers";
}

TEST(Reasons, SayWhatNoStatementDoes) {
  auto before = catalog({keyed("users")});
  auto after = before;
  after.tables.front().partitioning = schema::Partitioning{"RANGE", "id"};
  const plan::Plan plan = planned(before, after);
  ASSERT_EQ(plan.steps.size(), 1U);
  EXPECT_TRUE(plan.steps.front().unsupported);
  EXPECT_TRUE(plan.steps.front().sql.starts_with("--")) << plan.steps.front().sql;
  ASSERT_EQ(plan.warnings.size(), 1U);
  EXPECT_EQ(plan.warnings.front().code, "UNSUPPORTED");
  EXPECT_TRUE(plan.steps.front().reasons.front().text.starts_with("this has to be done by hand: "));
  EXPECT_EQ(reasons(plan).front().find("UNSUPPORTED caution: "), 0U);
}

TEST(Reasons, TellOfPoliciesThatNobodyDeclares) {
  schema::Table secured = keyed("users");
  secured.policies = {policy("own", schema::PolicyCommand::Select, "id = 1")};
  const auto actual = catalog({secured});
  const schema::Reading desired = models({keyed("users")});
  const auto changes = diff::compare(desired, actual, {});
  const plan::Plan plan = plan::make(changes, desired.database, actual, {}, {});
  EXPECT_TRUE(plan.steps.empty());
  EXPECT_EQ(plan.overall_risk, risk::Severity::Safe);
  ASSERT_EQ(plan.differences.size(), 1U);
  EXPECT_FALSE(plan.differences.front().has_steps);
  EXPECT_EQ(reasons(plan).front().find("POLICY_UNTRACKED caution: "), 0U);
}

TEST(Rollback, RunsBackwards) {
  const plan::Plan plan = planned({}, catalog({keyed("a"), referring("b", "a")}));
  EXPECT_EQ(plan::rollback(plan), (Lines{"DROP TABLE b", "DROP TABLE a"}));
}

TEST(Script, SaysWhereTransactionsAre) {
  auto after = keyed("users", {column("n")});
  const auto before = catalog({after});
  after.comment = "people";
  after.indexes = {index("ix_n", {"n"})};
  EXPECT_EQ(plan::script(planned(before, catalog({after})), {}),
            "SET lock_timeout = '3s';\n"
            "SET check_function_bodies = off;\n"
            "\n-- must run outside of a transaction:\nCREATE INDEX CONCURRENTLY ix_n ON users (n);\n"
            "\nBEGIN;\nCOMMENT ON TABLE users IS 'people';\nCOMMIT;\n");
  EXPECT_EQ(plan::script(planned(before, before), {}), "");
}

/// A new table is written in the order of its state; everything else has no order.
schema::Database shuffled(schema::Database state, unsigned seed) {
  std::mt19937 random{seed};
  std::ranges::shuffle(state.tables, random);
  std::ranges::shuffle(state.enums, random);
  for (auto& each : state.tables) {
    if (each.name.name == "new") continue;
    std::ranges::shuffle(each.indexes, random);
    std::ranges::shuffle(each.checks, random);
    std::ranges::shuffle(each.foreign_keys, random);
    std::ranges::shuffle(each.policies, random);
  }
  return state;
}

TEST(Laws, ShuffledInputGivesTheSamePlan) {
  auto before = catalog({referring("a", "b"), referring("b", "c"), keyed("c", {column("n", text())}), keyed("gone")});
  before.enums = {enum_type("old", {"x"}), enum_type("mood", {"sad"})};
  auto after = catalog({referring("a", "c"), referring("b", "a"), keyed("c", {column("n")}), referring("new", "a")});
  after.enums = {enum_type("mood", {"sad", "ok"}), enum_type("young", {"y"})};
  for (auto& each : after.tables) {
    each.indexes = {index("ix1_" + each.name.name, {"id"}), index("ix2_" + each.name.name, {"id"})};
    each.checks = {check("c1_" + each.name.name, "id > 0"), check("c2_" + each.name.name, "id > 1")};
  }
  const plan::Plan plan = planned(before, after);
  for (unsigned seed = 0; seed < 50; ++seed) {
    const plan::Plan other = planned(shuffled(before, seed), shuffled(after, seed + 1));
    EXPECT_EQ(lines(other), lines(plan)) << seed;
    EXPECT_EQ(plan::fingerprint(other), plan::fingerprint(plan));
    EXPECT_EQ(plan::rollback(other), plan::rollback(plan));
  }
}

TEST(Laws, TheFingerprintIsOfTheStatements) {
  const auto some = planned({}, catalog({keyed("a")}));
  EXPECT_EQ(plan::fingerprint(some).size(), 64U);
  EXPECT_EQ(plan::fingerprint(some), plan::fingerprint(planned({}, catalog({keyed("a")}))));
  EXPECT_NE(plan::fingerprint(some), plan::fingerprint(planned({}, catalog({keyed("b")}))));
  EXPECT_NE(plan::fingerprint(some), plan::fingerprint({}));
}

}  // namespace
