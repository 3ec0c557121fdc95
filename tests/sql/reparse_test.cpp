#include "sql/reparse.h"

#include <gtest/gtest.h>

namespace {

TEST(Reparse, WritesInWhereTheServersTextComesBackOtherwise) {
  EXPECT_EQ(sql::reparsable("((c)::text = ANY ((ARRAY['a'::character varying, 'it''s'::character varying])::text[]))"),
            "((c) IN ('a'::character varying, 'it''s'::character varying))");
  EXPECT_EQ(sql::reparsable("((\"C d\")::text <> ALL ((ARRAY['a'::character varying])::text[])) AND x"),
            "((\"C d\") NOT IN ('a'::character varying)) AND x");
  EXPECT_EQ(sql::reparsable("((c)::text = ANY ((ARRAY[E'\\\\\\''::character varying])::text[]))"),
            "((c) IN (E'\\\\\\''::character varying))");
}

TEST(Reparse, LeavesAllElse) {
  for (const char* text : {
           "((c)::text = ANY (ARRAY[('a'::character varying)::text]))",
           "((c)::text = ANY ((ARRAY['a'::character varying, d])::text[]))",
           "(c = ')::text = ANY ((ARRAY[''a''::character varying])::text[])'::text)",
           "((c)::text = ANY ((ARRAY['a",
           "",
       }) {
    EXPECT_EQ(sql::reparsable(text), text);
  }
}

}  // namespace
