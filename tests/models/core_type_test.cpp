#include <gtest/gtest.h>

#include "models/core/operators.h"
#include "models/core/type.h"

namespace models {
namespace {

Type of(std::string_view name) {
  Type type;
  type.of = type_class(name);
  return type;
}

TEST(TypeText, WritesTypesAsPostgresqlsCompilerDoes) {
  Type text = of("String");
  EXPECT_EQ(written(text), "VARCHAR");
  text.length = 20;
  text.collation = "C";
  EXPECT_EQ(written(text), "VARCHAR(20) COLLATE \"C\"");
  Type number = of("Numeric");
  number.precision = 10;
  number.scale = 2;
  EXPECT_EQ(written(number), "NUMERIC(10, 2)");
  Type moment = of("postgresql.TIMESTAMP");
  moment.timezone = true;
  moment.precision = 3;
  EXPECT_EQ(written(moment), "TIMESTAMP(3) WITH TIME ZONE");
  EXPECT_EQ(written(of("postgresql.JSONB")), "JSONB");
  EXPECT_EQ(written(of("postgresql.BIT")), "BIT(1)");
  EXPECT_EQ(written(of("BLOB")), "");
}

TEST(TypeText, CollationOfAnArrayStandsBehindItsBrackets) {
  Type item = of("String");
  item.length = 5;
  item.collation = "C";
  Type array = of("ARRAY");
  array.item = std::make_shared<const Type>(item);
  array.dimensions = 2;
  EXPECT_EQ(written(array), "VARCHAR(5)[][] COLLATE \"C\"");
}

TEST(TypeClasses, DeriveFromTheirBases) {
  EXPECT_TRUE(derives_from(type_class("BIGINT"), "BigInteger"));
  EXPECT_TRUE(derives_from(type_class("postgresql.JSONB"), "JSON"));
  EXPECT_FALSE(derives_from(type_class("String"), "Integer"));
  EXPECT_EQ(affinity(plain_type("Double")), Affinity::Numeric);
}

TEST(Operators, GroupByPrecedence) {
  EXPECT_TRUE(is_precedent(Operator::Or, Operator::And));
  EXPECT_FALSE(is_precedent(Operator::Multiply, Operator::Add));
  EXPECT_FALSE(is_precedent(Operator::Add, Operator::Add));
  EXPECT_TRUE(is_precedent(Operator::Subtract, Operator::Subtract));
  EXPECT_EQ(facts(Operator::Less).negation, Operator::GreaterEqual);
  EXPECT_EQ(operator_named("notin_op"), Operator::NotIn);
  EXPECT_EQ(operator_named("is_"), Operator::Is);
}

}  // namespace
}  // namespace models
