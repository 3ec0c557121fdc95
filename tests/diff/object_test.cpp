#include <gtest/gtest.h>

#include "diff/story_support.h"

namespace {

using namespace story;
using Lines = std::vector<std::string>;

const schema::TypeName mood{"public", "mood", "", false};

TEST(Enums, LabelsAreComparedInOrder) {
  auto actual = catalog({});
  actual.enums = {enum_type("mood", {"sad", "ok"})};
  auto desired = models({});
  desired.database.enums = {enum_type("mood", {"ok", "sad"})};
  EXPECT_EQ(changes(desired, actual), (Lines{"alter enum public.mood (labels)"}));
}

TEST(Enums, OnlyThoseOfManagedTablesGo) {
  auto actual = catalog(
      {table("pets", {column("mood", mood)}), table("legacy", {column("size", {"public", "size", "", false})})});
  actual.enums = {enum_type("mood", {"sad"}), enum_type("size", {"s"}), enum_type("unused", {"x"})};
  EXPECT_EQ(changes(models({table("pets", {column("mood", text())})}), actual),
            (Lines{"drop enum public.mood", "alter column public.pets mood (type)"}));
}

TEST(Enums, ThoseThatOthersUseTooStay) {
  auto actual = catalog({table("pets", {column("mood", mood)}), table("legacy", {column("mood", mood)})});
  actual.enums = {enum_type("mood", {"sad"})};
  EXPECT_EQ(changes(models({table("pets", {column("mood", text())})}), actual),
            (Lines{"alter column public.pets mood (type)"}));
}

TEST(Enums, ThoseThatAModelUsesWithoutMakingThemStay) {
  auto actual = catalog({table("pets", {column("mood", mood)})});
  actual.enums = {enum_type("mood", {"sad"})};
  EXPECT_EQ(changes(models({table("pets", {column("mood", mood)})}), actual), Lines{});
}

TEST(Sequences, OnlyThoseOfManagedDefaultsGo) {
  auto pets = table("pets");
  pets.columns[0].server_default = schema::Expression{"nextval('public.\"Pet Ids\"'::regclass)"};
  auto actual = catalog({pets});
  actual.sequences.resize(2);
  actual.sequences[0].name = {"public", "Pet Ids"};
  actual.sequences[1].name = {"public", "invoice_numbers"};
  EXPECT_EQ(changes(models({table("pets")}), actual),
            (Lines{"drop sequence public.Pet Ids", "alter column public.pets id (server_default)"}));
}

TEST(Sequences, OwnedOnesFallWithTheirColumn) {
  auto actual = catalog({table("pets", {column("id"), column("number")})});
  actual.sequences.resize(1);
  actual.sequences[0].name = {"public", "numbers"};
  actual.sequences[0].owned_by = schema::ColumnName{{"public", "pets"}, {"number"}};
  EXPECT_EQ(changes(catalog({table("pets")}), actual), (Lines{"drop column public.pets number"}));
}

TEST(Serial, NameAndOptionsOfItsSequenceAreLeftOpen) {
  auto before = table("pets");
  before.columns[0].serial = schema::Serial{{"public", "old_pets_id_seq"}, {}};
  auto after = table("pets");
  after.columns[0].serial = schema::Serial{{}, schema::default_sequence_options("integer")};
  EXPECT_EQ(changes(models({after}), catalog({before})), Lines{});
  after.columns[0].serial.reset();
  EXPECT_EQ(changes(models({after}), catalog({before})), (Lines{"alter column public.pets id (serial)"}));
}

TEST(Schemas, AreMadeButNeverDroppedForModels) {
  auto desired = models({});
  desired.database.namespaces.resize(1);
  desired.database.namespaces[0].name = {"billing"};
  auto actual = catalog({});
  actual.namespaces.resize(1);
  actual.namespaces[0].name = {"staging"};
  EXPECT_EQ(changes(desired, actual), (Lines{"create schema billing."}));
  EXPECT_EQ(changes(catalog({}), actual), (Lines{"drop schema staging."}));
}

TEST(OtherObjects, ModelsLeaveThemAlone) {
  auto actual = catalog({});
  actual.views.resize(1);
  actual.views[0].name = {"public", "list"};
  actual.routines.resize(1);
  actual.routines[0].name = {"public", "touch"};
  actual.others.resize(1);
  actual.others[0].kind = "PUBLICATION";
  actual.others[0].identity = "p";
  actual.domains.resize(1);
  actual.domains[0].name = {"public", "postcode"};
  EXPECT_EQ(changes(models({}), actual), Lines{});
  EXPECT_EQ(changes(catalog({}), actual), (Lines{"drop domain public.postcode", "drop routine public.touch",
                                                 "drop view public.list", "drop other p PUBLICATION"}));
}

schema::Unresolved unresolved(schema::Kind kind, const std::string& table, const std::string& name,
                              const std::string& attribute = {}) {
  return {{kind, {"public", table}, name}, attribute, {}, "because"};
}

TEST(Unresolved, AttributesAreTakenOver) {
  auto before = table("users", {column("id"), column("age", text())});
  before.columns[1].server_default = schema::Expression{"'x'::text"};
  auto desired = models({table("users", {column("id"), column("age")})});
  desired.unresolved = {unresolved(schema::Kind::Column, "users", "age", "type"),
                        unresolved(schema::Kind::Column, "users", "age", "server_default")};
  EXPECT_EQ(changes(desired, catalog({before})), Lines{});
}

TEST(Unresolved, APartialTableLosesNothing) {
  auto before = table("users", {column("id"), column("age")});
  before.indexes.push_back(index("ix", {"id"}));
  auto actual = catalog({before});
  auto desired = models({table("users", {column("id", text()), column("new")})});
  desired.unresolved = {unresolved(schema::Kind::Table, "users", "")};
  EXPECT_EQ(changes(desired, actual), (Lines{"alter column public.users id (type)", "create column public.users new"}));
}

TEST(Unresolved, ATableThatCouldNotBeReadIsNotDropped) {
  diff::Options options;
  options.managed = {{"public", "users"}};
  options.drop_unmanaged = true;
  auto desired = models({table("posts")});
  desired.unresolved = {unresolved(schema::Kind::Table, "users", "")};
  EXPECT_EQ(changes(desired, catalog({table("users"), table("posts")}), options), Lines{});
  desired.unresolved = {{}};
  EXPECT_EQ(changes(desired, catalog({table("users"), table("posts")}), options), Lines{});
}

TEST(Unresolved, AnUnknownConstraintMayBeAnyOfTheKind) {
  auto before = table("users");
  before.checks.push_back(check("c", "(id > 0)"));
  before.indexes.push_back(index("ix", {"id"}));
  auto desired = models({table("users")});
  desired.unresolved = {unresolved(schema::Kind::Check, "users", "")};
  EXPECT_EQ(changes(desired, catalog({before})), (Lines{"drop index public.users ix"}));
}

TEST(Roles, OnlyGivenAttributesAreCompared) {
  auto desired = models({});
  desired.database.roles.resize(3);
  desired.database.roles[0].name = {"reader"};
  desired.database.roles[0].login = true;
  desired.database.roles[1].name = {"writer"};
  desired.database.roles[2].name = {"anon"};
  auto actual = catalog({});
  actual.roles.resize(2);
  actual.roles[0].name = {"reader"};
  actual.roles[0].login = false;
  actual.roles[0].bypassrls = true;
  actual.roles[1].name = {"stranger"};
  EXPECT_EQ(changes(desired, actual), (Lines{"alter role reader (login)", "create role writer"}));
}

TEST(Unresolved, AnUnknownDefaultMayBeSerial) {
  auto before = table("users");
  before.columns[0].serial = schema::Serial{};
  auto desired = models({table("users")});
  desired.unresolved = {unresolved(schema::Kind::Column, "users", "id", "server_default")};
  EXPECT_EQ(changes(desired, catalog({before})), Lines{});
}

TEST(Unresolved, WhatIsHalfKnownIsNotMade) {
  auto after = table("users", {column("id"), column("new")});
  after.indexes.push_back(index("ix", {"id"}));
  auto desired = models({after, table("posts")});
  desired.database.tables[1].indexes.push_back(index("ix_posts", {"id"}));
  desired.unresolved = {unresolved(schema::Kind::Index, "users", "ix", "predicate"),
                        unresolved(schema::Kind::Column, "users", "new", "server_default"),
                        unresolved(schema::Kind::Index, "posts", "ix_posts", "predicate")};
  const auto found = diff::compare(desired, catalog({table("users")}), {});
  EXPECT_EQ(shown(found), (Lines{"create table public.posts", "create column public.users new"}));
}

schema::Grant grant(const std::string& role, const std::vector<std::string>& privileges) {
  schema::Grant result;
  result.role = {role};
  result.privileges = privileges;
  return result;
}

TEST(Grants, OnlyRolesThatModelsNameAreCompared) {
  auto after = table("users");
  after.grants = {grant("app", {"INSERT", "SELECT"}), grant("", {})};
  auto other = table("posts");
  other.grants = {grant("auditor", {"SELECT"})};
  auto before = table("users");
  before.grants = {grant("app", {"DELETE", "SELECT"}), grant("auditor", {"SELECT"}), grant("", {"SELECT"}),
                   grant("stranger", {"SELECT"})};
  EXPECT_EQ(changes(models({after, other, table("plain")}), catalog({before, other, table("plain")})),
            (Lines{"drop grant public.users  SELECT", "drop grant public.users app DELETE",
                   "create grant public.users app INSERT", "drop grant public.users auditor SELECT"}))
      << "PUBLIC loses what default privileges gave";
}

TEST(Grants, TablesWithoutThemAreLeftAlone) {
  auto other = table("posts");
  other.grants = {grant("app", {"SELECT"})};
  auto before = table("users");
  before.grants = {grant("app", {"DELETE"})};
  EXPECT_EQ(changes(models({table("users"), other}), catalog({before, other})), Lines{});
}

TEST(Grants, UsageOnSchemasIsGivenAndNeverTaken) {
  auto desired = models({});
  desired.database.namespaces.resize(1);
  desired.database.namespaces[0].name = {"public"};
  desired.database.namespaces[0].grants = {grant("app", {"USAGE"})};
  auto actual = catalog({});
  actual.namespaces.resize(1);
  actual.namespaces[0].name = {"public"};
  actual.namespaces[0].grants = {grant("other", {"CREATE", "USAGE"})};
  EXPECT_EQ(changes(desired, actual), (Lines{"create grant public. app USAGE"}));
}

TEST(Grants, UsageThatPublicHoldsIsNotGivenAgain) {
  auto desired = models({});
  desired.database.namespaces.resize(1);
  desired.database.namespaces[0].name = {"public"};
  desired.database.namespaces[0].grants = {grant("app", {"USAGE"})};
  auto actual = catalog({});
  actual.namespaces.resize(1);
  actual.namespaces[0].name = {"public"};
  actual.namespaces[0].grants = {grant("", {"USAGE"})};
  EXPECT_EQ(changes(desired, actual), Lines{});
}

TEST(Grants, SequencesBehindSerialFollow) {
  auto before = table("users");
  before.columns[0].serial = schema::Serial{{"public", "odd_seq"}, {}};
  before.sequence_grants = {{{"public", "odd_seq"}, grant("app", {"SELECT"})}};
  before.grants = {grant("app", {"INSERT"})};
  auto after = table("users");
  after.columns[0].serial = schema::Serial{};
  after.grants = {grant("app", {"INSERT"})};
  after.sequence_grants = {{{"public", "users_id_seq"}, grant("app", {"USAGE"})}};
  EXPECT_EQ(changes(models({after}), catalog({before})), (Lines{"drop grant public.users public.odd_seq/app SELECT",
                                                                "create grant public.users public.odd_seq/app USAGE"}));
}

TEST(Grants, TwoCatalogsCompareOptionsAndColumns) {
  auto before = table("users");
  before.grants = {grant("app", {"SELECT"}), grant("app", {"UPDATE"})};
  before.grants[0].grantable = {"SELECT"};
  before.grants[1].column = {"id"};
  auto after = table("users");
  after.grants = {grant("app", {"SELECT"})};
  EXPECT_EQ(changes(catalog({after}), catalog({before})),
            (Lines{"drop grant public.users app  grantable SELECT", "drop grant public.users app/id UPDATE"}));
}

}  // namespace
