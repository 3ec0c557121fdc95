#include "config/dotenv.h"

#include <gtest/gtest.h>

namespace {

std::string value(std::string_view bytes, const std::string& name = "A") {
  const auto variables = config::parse_dotenv(bytes, [](const std::string& asked) -> std::optional<std::string> {
    if (asked == "HOME") return "/home/x";
    return std::nullopt;
  });
  const auto found = variables.find(name);
  return found == variables.end() ? "(none)" : found->second.value;
}

TEST(Dotenv, Values) {
  EXPECT_EQ(value("A=b"), "b");
  EXPECT_EQ(value("\xEF\xBB\xBF  export  A = b c  # comment\r\n"), "b c");
  EXPECT_EQ(value("A=p#1"), "p#1");
  EXPECT_EQ(value("A=\"p#1 =x\"   # staging, A=nothing\nB=1"), "p#1 =x");
  EXPECT_EQ(value("A='a\\'b'"), "a'b");
  EXPECT_EQ(value("A=\"a\\nb\\q\""), "a\nb\\q");
  EXPECT_EQ(value("A="), "");
  EXPECT_EQ(value("A"), "(none)");
  EXPECT_EQ(value("#A=b"), "(none)");
  EXPECT_EQ(value("A=1\nA=2"), "2");
}

TEST(Dotenv, ValuesOverSeveralLines) {
  EXPECT_EQ(value("S=\"multi\nA=inside\nline\"\nA=outside"), "outside");
  EXPECT_EQ(value("S=\"multi\nA=inside\nline\"\n", "A"), "(none)");
}

TEST(Dotenv, WhatCannotBeReadIsSkipped) {
  EXPECT_EQ(value("B=\"never ends\nA=1"), "1");
  EXPECT_EQ(value("= =\n'x\nA=1"), "1");
  EXPECT_EQ(value("B='x' y\nA=1"), "1");
}

TEST(Dotenv, Expansion) { EXPECT_EQ(value("B=1\nA=${B}/${HOME}/${NONE}/${NONE:-d}/${"), "1//home/x//d/${"); }

}  // namespace
