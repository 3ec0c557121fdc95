#include <gtest/gtest.h>

#include "diff/story_support.h"

namespace {

using namespace story;
using Lines = std::vector<std::string>;

TEST(Tables, EqualOnesHaveNoChanges) {
  const auto users = table("users", {column("id"), column("email", text())});
  EXPECT_EQ(changes(models({users}), catalog({users})), Lines{});
}

TEST(Tables, AddedTableStandsForAllInIt) {
  auto users = table("users");
  users.indexes.push_back(index("ix_users_id", {"id"}));
  EXPECT_EQ(changes(models({users}), catalog({})), (Lines{"create table public.users"}));
}

TEST(Tables, OthersAreUnmanagedAndLeftAlone) {
  const auto found = diff::compare(models({table("users")}), catalog({table("users"), table("legacy")}), {});
  EXPECT_EQ(shown(found), Lines{});
  EXPECT_EQ(found.unmanaged, (std::vector<schema::QualifiedName>{{"public", "legacy"}}));
}

TEST(Tables, UnmanagedOnesGoOnRequest) {
  diff::Options options;
  options.drop_unmanaged = true;
  options.excluded_tables = {"celery_*"};
  auto part = table("part");
  part.partition_of = schema::PartitionOf{{"public", "legacy"}, "DEFAULT"};
  const auto actual = catalog({table("users"), table("legacy"), table("alembic_version"),
                               table("agent_migrate_history"), table("celery_task"), part});
  EXPECT_EQ(changes(models({table("users")}), actual, options), (Lines{"drop table public.legacy"}));
}

TEST(Tables, ManagedOnesThatNoModelDescribesGo) {
  diff::Options options;
  options.managed = {{"public", "users"}};
  EXPECT_EQ(changes(models({}), catalog({table("users")}), options), (Lines{"drop table public.users"}));
}

TEST(Tables, SchemasThatNobodyNamesAreNotLookedAt) {
  auto other = table("jobs");
  other.name.schema = "sandbox";
  diff::Options options;
  options.drop_unmanaged = true;
  const auto found = diff::compare(models({table("users")}), catalog({table("users"), other}), options);
  EXPECT_EQ(shown(found), Lines{});
  EXPECT_TRUE(found.unmanaged.empty());
}

TEST(Tables, CommentsAndColumnsDiffer) {
  auto before = table("users", {column("id"), column("age"), column("old")});
  auto after = table("users", {column("age", text()), column("id"), column("new", text())});
  after.columns[1].not_null = true;
  after.columns[1].server_default = schema::Expression{"1"};
  after.comment = "people";
  EXPECT_EQ(changes(models({after}), catalog({before})),
            (Lines{"alter table public.users (comment)", "alter column public.users age (type)",
                   "alter column public.users id (not_null, server_default)", "create column public.users new",
                   "drop column public.users old"}));
}

TEST(Tables, DefaultNullIsNoDefault) {
  auto after = table("users");
  after.columns[0].server_default = schema::Expression{"null"};
  EXPECT_EQ(changes(models({after}), catalog({table("users")})), Lines{});
}

TEST(Tables, WhatModelsCannotSayIsLeftAlone) {
  auto before = table("users");
  before.columns[0].storage = "EXTERNAL";
  before.columns[0].statistics = 500;
  before.storage_parameters = {"fillfactor=80"};
  before.replica_identity = "FULL";
  before.triggers.push_back({{"touch"}, "CREATE TRIGGER touch …", "O", {}, {}});
  before.indexes.push_back(index("ix", {"id"}));
  before.indexes[0].clustered = true;
  before.owner = {"somebody"};
  auto after = table("users");
  after.indexes.push_back(index("ix", {"id"}));
  EXPECT_EQ(changes(models({after}), catalog({before})), Lines{});
}

TEST(Tables, TwoCatalogsDifferInAll) {
  auto before = table("users");
  before.columns[0].storage = "EXTERNAL";
  before.storage_parameters = {"fillfactor=80"};
  before.triggers.push_back({{"touch"}, "CREATE TRIGGER touch …", "O", {}, {}});
  EXPECT_EQ(changes(catalog({table("users")}), catalog({before, table("legacy")})),
            (Lines{"drop table public.legacy", "alter table public.users (storage_parameters)",
                   "alter column public.users id (storage)", "drop trigger public.users touch"}));
}

TEST(Tables, PartitionsFallWithTheirParent) {
  auto part = table("measures_2024");
  part.partition_of = schema::PartitionOf{{"public", "measures"}, "DEFAULT"};
  auto inner = table("measures_2024_1");
  inner.partition_of = schema::PartitionOf{{"public", "measures_2024"}, "DEFAULT"};
  EXPECT_EQ(changes(catalog({}), catalog({inner, part, table("measures")})), (Lines{"drop table public.measures"}));
}

TEST(Tables, GeometryModifiersAreNotCaseSensitive) {
  const auto before = table("places", {column("at", {"public", "geometry", "Point,4326", false})});
  const auto after = table("places", {column("at", {"public", "geometry", "point,4326", false})});
  EXPECT_EQ(changes(models({after}), catalog({before})), Lines{});
}

TEST(Constraints, OpenNamesAreNoDifference) {
  auto before = table("users", {column("id"), column("email", text())});
  before.uniques.push_back(unique("uq_mail", {"email"}));
  before.primary_key = schema::PrimaryKey{};
  before.primary_key->name = {"pk"};
  before.primary_key->columns = {{"id"}};
  auto after = before;
  after.uniques[0].name = {"users_email_key"};
  after.uniques[0].name_open = true;
  after.primary_key->name = {"users_pkey"};
  after.primary_key->name_open = true;
  EXPECT_EQ(changes(models({after}), catalog({before})), Lines{});
}

TEST(Constraints, GivenNamesAreRenamed) {
  auto before = table("users", {column("id"), column("email", text())});
  before.uniques.push_back(unique("users_email_key", {"email"}));
  before.indexes.push_back(index("ix_old", {"email"}));
  auto after = before;
  after.uniques[0].name = {"uq_users_email"};
  after.indexes[0].name = {"ix_new"};
  EXPECT_EQ(changes(models({after}), catalog({before})),
            (Lines{"rename unique public.users users_email_key to uq_users_email",
                   "rename index public.users ix_old to ix_new"}));
}

TEST(Constraints, TheRightOneOfTwoEqualOnesStays) {
  auto before = table("users");
  before.uniques = {unique("zz_extra", {"id"}), unique("users_id_key", {"id"})};
  auto after = table("users");
  after.uniques = {unique("users_id_key", {"id"})};
  after.uniques[0].name_open = true;
  EXPECT_EQ(changes(models({after}), catalog({before})), (Lines{"drop unique public.users zz_extra"}));
}

TEST(Constraints, SameNameOtherDefinitionIsChanged) {
  auto before = table("users", {column("id"), column("age")});
  before.checks.push_back(check("adult", "(age > 18)"));
  before.indexes.push_back(index("ix", {"age"}));
  before.uniques.push_back(unique("uq", {"age"}));
  before.foreign_keys.push_back(foreign_key("fk", "age", "users"));
  auto after = before;
  after.checks[0].expression = {"(age > 21)"};
  after.indexes[0].unique = true;
  after.uniques[0].columns.push_back({"id"});
  after.foreign_keys[0].on_delete = schema::ReferentialAction::Cascade;
  EXPECT_EQ(changes(models({after}), catalog({before})),
            (Lines{"drop unique public.users uq", "create unique public.users uq",
                   "alter check public.users adult (expression)", "alter fk public.users fk (on_delete)",
                   "alter index public.users ix (unique)"}));
}

TEST(Constraints, NotYetValidatedIsADifference) {
  auto before = table("users");
  before.checks.push_back(check("c", "(id > 0)"));
  before.checks[0].validated = false;
  auto after = table("users");
  after.checks.push_back(check("c", "(id > 0)"));
  EXPECT_EQ(changes(models({after}), catalog({before})), (Lines{"alter check public.users c (validated)"}));
  EXPECT_EQ(changes(models({before}), catalog({after})), Lines{});
}

TEST(Constraints, WhatFallsWithAColumnIsNotListedAgain) {
  auto before = table("users", {column("id"), column("age"), column("Old Name")});
  before.indexes.push_back(index("ix_age", {"age"}));
  before.indexes.push_back(index("ix_half", {"id"}));
  before.indexes[1].predicate = schema::Expression{"(age > 1)"};
  before.uniques.push_back(unique("uq", {"id", "age"}));
  before.checks.push_back(check("both", "((age > id) OR (\"Old Name\" IS NULL))"));
  before.checks.push_back(check("not_this", "(id <> 'age'::text)"));
  before.foreign_keys.push_back(foreign_key("fk", "age", "users"));
  EXPECT_EQ(
      changes(models({table("users")}), catalog({before})),
      (Lines{"drop column public.users Old Name", "drop column public.users age", "drop check public.users not_this"}));
}

TEST(Constraints, WhatChangesWithADroppedColumnIsRemovedAndAdded) {
  auto before = table("users", {column("id"), column("age")});
  before.uniques.push_back(unique("uq", {"id", "age"}));
  auto after = table("users");
  after.uniques.push_back(unique("uq", {"id"}));
  EXPECT_EQ(changes(models({after}), catalog({before})),
            (Lines{"drop column public.users age", "drop unique public.users uq", "create unique public.users uq"}));
}

TEST(Constraints, ANewOneDoesNotTakeAnothersName) {
  auto before = table("users", {column("a"), column("b")});
  before.checks.push_back(check("users_check", "(a < b)"));
  auto after = before;
  after.checks = {check("users_check", "(a <> b)"), check("users_check1", "(a < b)")};
  after.checks[0].name_open = after.checks[1].name_open = true;
  const auto found = diff::compare(models({after}), catalog({before}), {});
  ASSERT_EQ(shown(found), (Lines{"create check public.users users_check1"}));
}

}  // namespace
