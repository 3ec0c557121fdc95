#include <gtest/gtest.h>

#include "models/core/finish_internal.h"
#include "models/core/names.h"
#include "models/core/server_names.h"
#include "models/core/text_clause.h"

namespace models {
namespace {

TEST(ServerNames, JoinsTableColumnAndLabel) {
  EXPECT_EQ(object_name("users", "email", "key"), "users_email_key");
  EXPECT_EQ(object_name("users", "", "pkey"), "users_pkey");
}

TEST(ServerNames, ShortensTheLongerPartUntilItFits) {
  const std::string table(40, 't');
  const std::string column(40, 'c');
  EXPECT_EQ(object_name(table, column, "key"), std::string(29, 't') + "_" + std::string(29, 'c') + "_key");
  EXPECT_EQ(object_name(std::string(70, 't'), "id", "fkey").size(), 63u);
}

TEST(ServerNames, NumbersWhatIsTaken) {
  ServerNames names;
  EXPECT_EQ(names.choose_constraint("public", "line", "", "check"), "line_check");
  EXPECT_EQ(names.choose_constraint("public", "line", "", "check"), "line_check1");
  EXPECT_EQ(names.choose_constraint("other", "line", "", "check"), "line_check");
  names.take_relation("public", "line_no_key");
  EXPECT_EQ(names.choose_relation("public", "line", "no", "key", true), "line_no_key1");
}

TEST(ServerNames, TellsEqualKeyNamesApart) {
  EXPECT_EQ(distinct_names({"expr", "a", "expr", "expr"}), (std::vector<std::string>{"expr", "a", "expr1", "expr2"}));
}

TEST(ConventionNames, AreCutWithAHash) {
  GivenName name;
  name.text = std::string(70, 'x');
  name.conventional = true;
  const std::string sent = sent_name(name);
  EXPECT_EQ(sent.size(), 60u);
  EXPECT_TRUE(sent.starts_with(std::string(55, 'x') + "_"));
  name.conventional = false;
  EXPECT_EQ(sent_name(name), std::string(63, 'x'));
}

TEST(TextClause, KnowsBindsCastsAndEscapes) {
  const auto fill = [](std::string_view name) -> std::optional<std::string> { return "<" + std::string(name) + ">"; };
  EXPECT_EQ(filled_text("a > :limit", fill), "a > <limit>");
  EXPECT_EQ(filled_text("a::text", fill), "a::text");
  EXPECT_EQ(filled_text("'\\:x' || b", fill), "':x' || b");
  EXPECT_EQ(filled_text("a : b", fill), "a : b");
  EXPECT_EQ(filled_text("'12:30'", fill), "'12:30'");
  EXPECT_EQ(binds_in(":a + :b_2"), (std::vector<std::string>{"a", "b_2"}));
}

TEST(CanonicalNames, GiveOneNameToManyPaths) {
  EXPECT_EQ(canonical_name("sqlalchemy.sql.schema.Column"), "sqlalchemy.Column");
  EXPECT_EQ(canonical_name("sqlalchemy.types.String"), "sqlalchemy.String");
  EXPECT_EQ(canonical_name("sqlalchemy.INT"), "sqlalchemy.INTEGER");
  EXPECT_EQ(canonical_name("sqlmodel.Column"), "sqlalchemy.Column");
  EXPECT_EQ(canonical_name("sqlalchemy.dialects.postgresql.json.JSONB"), "sqlalchemy.dialects.postgresql.JSONB");
  EXPECT_EQ(canonical_name("sqlalchemy.dialects.postgresql.VARCHAR"), "sqlalchemy.VARCHAR");
  EXPECT_EQ(canonical_name("sqlalchemy.sql.functions.now"), "sqlalchemy.sql.functions.now");
  EXPECT_EQ(canonical_name("sqlalchemy.orm.Mapped"), "sqlalchemy.orm.Mapped");
}

TEST(IndexKeys, AreReadOutOfTheirSql) {
  const auto plain = index_key("title", "btree");
  ASSERT_TRUE(plain);
  EXPECT_EQ(plain->column.text, "title");
  const auto ordered = index_key("released DESC NULLS LAST", "btree");
  ASSERT_TRUE(ordered);
  EXPECT_EQ(ordered->column.text, "released");
  EXPECT_TRUE(ordered->descending);
  EXPECT_FALSE(ordered->nulls_first);
  const auto expression = index_key("lower(title) text_pattern_ops DESC", "btree");
  ASSERT_TRUE(expression);
  EXPECT_EQ(expression->expression.text, "lower(title)");
  EXPECT_EQ(expression->operator_class, (schema::QualifiedName{"", "text_pattern_ops"}));
  EXPECT_TRUE(expression->nulls_first);
  const auto collated = index_key("\"Name\" COLLATE \"C\"", "btree");
  ASSERT_TRUE(collated);
  EXPECT_EQ(collated->column.text, "Name");
  EXPECT_EQ(collated->collation, (schema::QualifiedName{"", "C"}));
  const auto standard = index_key("no int4_ops", "btree");
  ASSERT_TRUE(standard);
  EXPECT_TRUE(standard->operator_class.empty());
  EXPECT_FALSE(index_key("a b c d", "btree"));
}

TEST(IndexKeys, ExpressionsHaveTheServersNames) {
  EXPECT_EQ(key_name("daterange(starts, ends)"), "daterange");
  EXPECT_EQ(key_name("a + 1"), "expr");
}

}  // namespace
}  // namespace models
