#include <gtest/gtest.h>

#include "rls/apply.h"

namespace {

using rls::Literal;

Literal words(const std::string& text) {
  Literal literal;
  literal.kind = Literal::Kind::Text;
  literal.text = text;
  literal.shown = "'" + text + "'";
  return literal;
}

Literal map(std::vector<std::pair<std::string, Literal>> entries) {
  Literal literal;
  literal.kind = Literal::Kind::Map;
  for (auto& [key, value] : entries) literal.entries.emplace_back(words(key), std::move(value));
  return literal;
}

schema::Column column(const std::string& name, const std::string& type) {
  schema::Column made;
  made.name.text = name;
  made.type.name = type;
  return made;
}

struct Posts {
  schema::Database database;
  rls::Declaration declaration;
  rls::Settings settings;

  Posts() {
    schema::Table table;
    table.name = {"public", "posts"};
    table.columns = {column("id", "integer"), column("user_id", "integer")};
    database.tables.push_back(table);
    declaration.table = table.name;
  }
  const schema::Table& applied() {
    const auto done = rls::apply({declaration}, settings, database);
    EXPECT_TRUE(done) << (done ? "" : done.error().message);
    return database.tables.front();
  }
  base::Error refused() {
    const auto done = rls::apply({declaration}, settings, database);
    return done ? base::Error{} : done.error();
  }
};

TEST(Policies, OwnerTakesTheClausesOfItsCommand) {
  Posts posts;
  posts.declaration.rules = map({{"update", words("owner")}});
  const auto& policy = posts.applied().policies.at(0);
  EXPECT_EQ(policy.name.text, "posts_update_owner");
  EXPECT_EQ(policy.using_expr->text, "user_id = (SELECT NULLIF(current_setting('app.user_id', true), '')::INTEGER)");
  EXPECT_EQ(policy.with_check_expr, policy.using_expr);
}

TEST(Policies, AllIsTheFourAndAnExplicitCommandReplacesIt) {
  Posts posts;
  posts.declaration.rules = map({{"select", words("public_read")}, {"all", words("admin_only")}});
  const auto& table = posts.applied();
  ASSERT_EQ(table.policies.size(), 4U);
  EXPECT_EQ(table.policies[0].name.text, "posts_select_public_read");
  EXPECT_EQ(table.policies[1].name.text, "posts_insert_admin_only");
  EXPECT_FALSE(table.policies[1].using_expr);
}

TEST(Policies, EmptyIsEnabledAndFalseIsOptedOut) {
  Posts posts;
  posts.declaration.rules = map({});
  EXPECT_TRUE(posts.applied().row_security.enabled);
  posts.declaration.rules = {};
  posts.declaration.rules.kind = Literal::Kind::Truth;
  EXPECT_EQ(posts.applied().row_security.declared, schema::Declaration::OptedOut);
}

TEST(Policies, ACharacterColumnIsComparedWithoutACast) {
  Posts posts;
  posts.database.tables[0].columns[1].type.name = "character varying";
  posts.declaration.rules = map({{"select", words("owner")}});
  EXPECT_EQ(posts.applied().policies.at(0).using_expr->text,
            "user_id = (SELECT NULLIF(current_setting('app.user_id', true), ''))");
}

TEST(Policies, RefusesWhatPostgresqlWouldMisread) {
  Posts posts;
  posts.declaration.rules = map({{"insert", map({{"using", words("true")}})}});
  EXPECT_EQ(posts.refused().code, base::ErrorCode::RlsInvalid);
  posts.declaration.rules = map({{"read", words("owner")}});
  EXPECT_NE(posts.refused().hint.find("select"), std::string::npos);
  posts.declaration.rules = map({{"select", map({{"using", words("true")}, {"as", words("strict")}})}});
  EXPECT_NE(posts.refused().hint.find("restrictive"), std::string::npos);
}

TEST(Policies, LongNamesKeepTheirEnding) {
  Posts posts;
  posts.declaration.table = posts.database.tables[0].name = {"public", std::string(60, 't')};
  posts.declaration.rules = map({{"select", words("owner")}});
  EXPECT_EQ(posts.applied().policies.at(0).name.text, std::string(50, 't') + "_select_owner");
}

TEST(Grants, BringSchemaUsageAndRoles) {
  Posts posts;
  posts.declaration.grants = map({{"app_user", words("select")}});
  const auto& table = posts.applied();
  EXPECT_EQ(table.grants.at(0).privileges, std::vector<std::string>{"SELECT"});
  EXPECT_EQ(posts.database.roles.at(0).name.text, "app_user");
  EXPECT_EQ(posts.database.namespaces.at(0).grants.at(0).privileges, std::vector<std::string>{"USAGE"});
}

TEST(Grants, AllIsWhatThatServerKnows) {
  Posts posts;
  posts.declaration.grants = map({{"app_user", words("all")}});
  EXPECT_EQ(posts.applied().grants.at(0).privileges.size(), 7U);
  posts.settings.server_major = 17;
  EXPECT_EQ(posts.applied().grants.at(0).privileges.at(2), "MAINTAIN");
}

}  // namespace
