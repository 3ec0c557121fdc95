#include "sql/type_name.h"

#include <gtest/gtest.h>

namespace {

using schema::TypeName;

TypeName type(std::string_view written) { return sql::canonical_type(written).value_or(TypeName{"?", "?", "?"}); }

TEST(CanonicalType, AliasesAreOne) {
  EXPECT_EQ(type("int4"), (TypeName{"", "integer", ""}));
  EXPECT_EQ(type("INT"), type("pg_catalog.int4"));
  EXPECT_EQ(type("BIGINT"), type("int8"));
  EXPECT_EQ(type("bool"), (TypeName{"", "boolean", ""}));
  EXPECT_EQ(type("timestamptz"), type("TIMESTAMP WITH TIME ZONE"));
  EXPECT_EQ(type("timestamptz(3)"), (TypeName{"", "timestamp with time zone", "3"}));
  EXPECT_EQ(type("TIMESTAMP(3) WITHOUT TIME ZONE"), (TypeName{"", "timestamp without time zone", "3"}));
  EXPECT_EQ(type("TIMESTAMP"), type("timestamp without time zone"));
  EXPECT_EQ(type("DOUBLE PRECISION"), type("FLOAT"));
  EXPECT_EQ(type("FLOAT(24)"), (TypeName{"", "real", ""}));
  EXPECT_EQ(type("character varying(20)"), type("VARCHAR(20)"));
  EXPECT_EQ(type("json"), (TypeName{"", "json", ""}));
}

TEST(CanonicalType, ImpliedModifiers) {
  EXPECT_EQ(type("CHAR"), (TypeName{"", "character", "1"}));
  EXPECT_EQ(type("BIT"), (TypeName{"", "bit", "1"}));
  EXPECT_EQ(type("bpchar"), (TypeName{"", "bpchar", ""}));
  EXPECT_EQ(type("\"char\""), (TypeName{"", "\"char\"", ""}));
  EXPECT_EQ(type("decimal(10)"), (TypeName{"", "numeric", "10,0"}));
  EXPECT_EQ(type("decimal(10, 2)"), (TypeName{"", "numeric", "10,2"}));
  EXPECT_EQ(type("numeric(3,-2)"), (TypeName{"", "numeric", "3,-2"}));
  EXPECT_EQ(type("TIMESTAMP(9)"), (TypeName{"", "timestamp without time zone", "6"}));
}

TEST(CanonicalType, Intervals) {
  EXPECT_EQ(type("INTERVAL"), (TypeName{"", "interval", ""}));
  EXPECT_EQ(type("INTERVAL(3)"), (TypeName{"", "interval", "3"}));
  EXPECT_EQ(type("INTERVAL DAY TO SECOND (3)"), (TypeName{"", "interval", "day to second(3)"}));
  EXPECT_EQ(type("interval year to month"), (TypeName{"", "interval", "year to month"}));
  EXPECT_EQ(type("interval second(2)"), (TypeName{"", "interval", "second(2)"}));
}

TEST(CanonicalType, ArraysHaveNoDimensions) {
  EXPECT_EQ(type("INTEGER[][]"), (TypeName{"", "integer", "", true}));
  EXPECT_EQ(type("varchar(5)[3]"), (TypeName{"", "character varying", "5", true}));
  EXPECT_EQ(type("_int4"), type("int[]"));
}

TEST(CanonicalType, TypesOfUsersKeepTheirNames) {
  EXPECT_EQ(type("public.mood"), (TypeName{"public", "mood", ""}));
  EXPECT_EQ(type("\"My Type\""), (TypeName{"", "My Type", ""}));
  EXPECT_EQ(type("vector(3)"), (TypeName{"", "vector", "3"}));
  EXPECT_EQ(type("geometry(POINT,4326)"), (TypeName{"", "geometry", "point,4326"}));
  EXPECT_TRUE(sql::in_catalog(type("varchar(3)")));
  EXPECT_TRUE(sql::in_catalog(type("jsonb[]")));
  EXPECT_TRUE(sql::in_catalog(type("char(3)")));
  EXPECT_FALSE(sql::in_catalog(type("vector(3)")));
  EXPECT_FALSE(sql::in_catalog(type("public.date")));
}

TEST(CanonicalType, RefusesWhatIsNoType) {
  for (const auto* written : {"", "int)", "int, text", "int); DROP TABLE t; --", "SETOF int", "int NOT NULL",
                              "t.c%TYPE", "int COLLATE \"C\"", "int AS x", "int) + CAST(1 AS int", "a b c", "'x'"}) {
    EXPECT_FALSE(sql::canonical_type(written)) << written;
  }
}

TEST(CanonicalType, DeepAndLongTextsAreRefused) {
  EXPECT_FALSE(sql::canonical_type(std::string(100000, '(')));
  EXPECT_FALSE(sql::canonical_type("x" + std::string(1000000, '[')));
  EXPECT_FALSE(sql::canonical_type(std::string("int\0x", 5)));
}

TEST(SerialType, IsTheIntegerBehindIt) {
  EXPECT_EQ(sql::serial_type("BIGSERIAL"), (TypeName{"", "bigint", ""}));
  EXPECT_EQ(sql::serial_type(" serial "), (TypeName{"", "integer", ""}));
  EXPECT_FALSE(sql::serial_type("integer"));
}

}  // namespace
