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

TEST(Syntax, SaysWhereItIsWrong) {
  const ParseResult tree = parse_module("x = 1\nprint 'x'\n");
  ASSERT_FALSE(tree.has_value());
  EXPECT_EQ(tree.error().line, 2);
  EXPECT_EQ(tree.error().message, "Missing parentheses in call to 'print'. Did you mean print(...)?");
}

}  // namespace
}  // namespace python::syntax
