#include "sql/quote.h"

#include <gtest/gtest.h>

#include "sql/statement.h"

namespace {

using schema::Name;
using schema::QualifiedName;
using schema::TypeName;

TEST(Quote, NamesAreQuotedExactlyWhenNeeded) {
  EXPECT_EQ(sql::quoted(Name{"users"}), "users");
  EXPECT_EQ(sql::quoted(Name{"_x9"}), "_x9");
  EXPECT_EQ(sql::quoted(Name{"status"}), "status");
  EXPECT_EQ(sql::quoted(Name{"User"}), "\"User\"");
  EXPECT_EQ(sql::quoted(Name{"order"}), "\"order\"");
  EXPECT_EQ(sql::quoted(Name{"9lives"}), "\"9lives\"");
  EXPECT_EQ(sql::quoted(Name{"größe"}), "\"größe\"");
  EXPECT_EQ(sql::quoted(Name{"a\"b.c\nd"}), "\"a\"\"b.c\nd\"");
  EXPECT_EQ(sql::quoted(Name{""}), "\"\"");
  EXPECT_EQ(sql::quoted(Name{"a$b"}), "\"a$b\"");
}

TEST(Quote, PublicIsLeftOut) {
  EXPECT_EQ(sql::quoted(QualifiedName{"public", "users"}), "users");
  EXPECT_EQ(sql::quoted(QualifiedName{"app", "users"}), "app.users");
  EXPECT_EQ(sql::quoted(QualifiedName{"My App", "user"}), "\"My App\".\"user\"");
  EXPECT_EQ(sql::quoted(QualifiedName{"", "now"}), "now");
  EXPECT_EQ(sql::fully_quoted(QualifiedName{"public", "users"}), "public.users");
}

TEST(Quote, PublicStaysWhereTheCatalogWouldBeFoundFirst) {
  EXPECT_EQ(sql::quoted(QualifiedName{"public", "point"}), "public.point");
  EXPECT_EQ(sql::quoted(QualifiedName{"public", "pg_class"}), "public.pg_class");
}

TEST(Quote, TypesAsPeopleWriteThem) {
  EXPECT_EQ(sql::quoted(TypeName{"", "character varying", "20"}), "VARCHAR(20)");
  EXPECT_EQ(sql::quoted(TypeName{"", "character varying", ""}), "VARCHAR");
  EXPECT_EQ(sql::quoted(TypeName{"", "timestamp with time zone", "3"}), "TIMESTAMP(3) WITH TIME ZONE");
  EXPECT_EQ(sql::quoted(TypeName{"", "time without time zone", ""}), "TIME WITHOUT TIME ZONE");
  EXPECT_EQ(sql::quoted(TypeName{"", "numeric", "10,2"}), "NUMERIC(10, 2)");
  EXPECT_EQ(sql::quoted(TypeName{"", "integer", "", true}), "INTEGER[]");
  EXPECT_EQ(sql::quoted(TypeName{"", "interval", "day to second(3)"}), "INTERVAL DAY TO SECOND(3)");
  EXPECT_EQ(sql::quoted(TypeName{"", "interval", "3"}), "INTERVAL(3)");
  EXPECT_EQ(sql::quoted(TypeName{"", "\"char\"", ""}), "\"char\"");
  EXPECT_EQ(sql::quoted(TypeName{"", "bit", "8", true}), "BIT(8)[]");
  EXPECT_EQ(sql::quoted(TypeName{"public", "mood", "", true}), "mood[]");
  EXPECT_EQ(sql::quoted(TypeName{"app", "Mood", ""}), "app.\"Mood\"");
  EXPECT_EQ(sql::quoted(TypeName{"public", "vector", "3"}), "vector(3)");
}

TEST(Quote, Literals) {
  EXPECT_EQ(sql::quoted(sql::Literal{"it's"}), "'it''s'");
  EXPECT_EQ(sql::quoted(sql::Literal{"a\\b\nc"}), "'a\\b\nc'");
}

TEST(Quote, CommentsInExpressionsSwallowNothing) {
  EXPECT_EQ(sql::text("CHECK ({})", schema::Expression{"a > 0 -- positive"}), "CHECK (a > 0 -- positive\n)");
}

TEST(Statement, FillsItsTemplate) {
  EXPECT_EQ(sql::text("ALTER TABLE {} ALTER COLUMN {} TYPE {}", QualifiedName{"public", "users"}, Name{"Name"},
                      TypeName{"", "text", ""}),
            "ALTER TABLE users ALTER COLUMN \"Name\" TYPE TEXT");
  EXPECT_EQ(sql::text("PRIMARY KEY ({})", std::vector{Name{"a"}, Name{"b"}}), "PRIMARY KEY (a, b)");
  EXPECT_EQ(sql::text("{} SET STATISTICS {}", sql::Raw{"x"}, 5), "x SET STATISTICS 5");
  EXPECT_EQ(sql::text("{} = {}", Name{"{}"}, sql::Literal{"{}"}), "\"{}\" = '{}'");
}

}  // namespace
