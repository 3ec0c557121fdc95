#include <gtest/gtest.h>

#include "python/syntax/parser.h"

namespace python::syntax {
namespace {

TEST(Syntax, ReadsAModule) {
  const ParseResult tree = parse_module("from a import b as c\nclass A(b, k=1):\n    x: int = c(1, y=2)\n");
  ASSERT_TRUE(tree.has_value());
  ASSERT_EQ((*tree)->body.size(), 2);
  const auto* definition = as<ClassDef>((*tree)->body[1]);
  ASSERT_TRUE(definition);
  EXPECT_EQ(definition->name, "A");
  const auto* annotated = as<AnnAssign>(definition->body[0]);
  ASSERT_TRUE(annotated);
  EXPECT_EQ((*tree)->text(annotated->value->span), "c(1, y=2)");
  EXPECT_EQ((*tree)->position(annotated->value->span.begin), (Position{3, 14}));
}

TEST(Syntax, KeepsKeysAndValuesApart) {
  const ParseResult tree = parse_expression("{1: a, **b, 2: {3: c}}");
  ASSERT_TRUE(tree.has_value());
  const auto* dict = as<Dict>((*tree)->expression);
  ASSERT_TRUE(dict);
  ASSERT_EQ(dict->keys.size(), 3);
  ASSERT_EQ(dict->values.size(), 3);
  EXPECT_EQ(dict->keys[1], nullptr);
  EXPECT_TRUE(as<Dict>(dict->values[2]));
}

TEST(Syntax, SaysWhereItIsWrong) {
  const ParseResult tree = parse_module("x = 1\nprint 'x'\n");
  ASSERT_FALSE(tree.has_value());
  EXPECT_EQ(tree.error().line, 2);
  EXPECT_EQ(tree.error().message, "Missing parentheses in call to 'print'. Did you mean print(...)?");
}

}  // namespace
}  // namespace python::syntax
