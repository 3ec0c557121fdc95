#include "ddl/expression.h"

#include <gtest/gtest.h>

namespace {

TEST(Words, AreFoldedAndConstantsLeftOut) {
  EXPECT_TRUE(ddl::mentions("LOWER(Email)", "email"));
  EXPECT_TRUE(ddl::mentions("\"Email\" > 0", "Email"));
  EXPECT_FALSE(ddl::mentions("\"Email\" > 0", "email"));
  EXPECT_FALSE(ddl::mentions("status = 'email'", "email"));
  EXPECT_FALSE(ddl::mentions("emails > 0", "email"));
}

TEST(Volatility, IsToldByFunctions) {
  for (const char* stable : {"now()", "CURRENT_TIMESTAMP", "5", "'a'::text", "(1 + 2)", "lower('A'::text)"}) {
    EXPECT_FALSE(ddl::may_be_volatile({stable})) << stable;
  }
  for (const char* other : {"gen_random_uuid()", "clock_timestamp()", "random()", "nextval('s'::regclass)", "mine()"}) {
    EXPECT_TRUE(ddl::may_be_volatile({other})) << other;
  }
}

TEST(Brackets, AreWrittenWhereDefaultNeedsThem) {
  EXPECT_FALSE(ddl::needs_brackets({"now()"}));
  EXPECT_FALSE(ddl::needs_brackets({"'a'::text"}));
  EXPECT_TRUE(ddl::needs_brackets({"a IS NULL"}));
  EXPECT_TRUE(ddl::needs_brackets({"true AND false"}));
}

TEST(Renaming, LeavesConstantsAlone) {
  EXPECT_EQ(ddl::renamed_words({"lower(name) = 'name'"}, {{"name", "Full name"}}).text,
            "lower(\"Full name\") = 'name'");
  EXPECT_EQ(ddl::renamed_words({"\"Name\" > name"}, {{"Name", "title"}}).text, "title > name");
}

}  // namespace
