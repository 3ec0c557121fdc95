#include "sql/script.h"

#include <gtest/gtest.h>

namespace {

using Lines = std::vector<std::string>;

Lines split(std::string_view script) {
  const auto result = sql::statements(script);
  if (!result) return {"line " + std::to_string(result.error().place.line) + ": " + result.error().message};
  Lines lines;
  for (const auto& each : *result) lines.push_back(std::to_string(each.line) + " " + each.text);
  return lines;
}

TEST(Script, StatementsEndAtSemicolons) {
  EXPECT_EQ(split(""), Lines{});
  EXPECT_EQ(split(";;\n ; -- nothing\n/* none */"), Lines{});
  EXPECT_EQ(split("SELECT 1;\n\nSELECT 2"), (Lines{"1 SELECT 1", "3 SELECT 2"}));
  EXPECT_EQ(split("-- first\nSELECT /* ; */ 1 -- ;\n;"), (Lines{"2 SELECT /* ; */ 1"}));
}

TEST(Script, SemicolonsInsideOthersEndNothing) {
  EXPECT_EQ(split("SELECT ';', \";\", $$;$$, $a$ $$;$$ $a$, E'\\';'"),
            (Lines{"1 SELECT ';', \";\", $$;$$, $a$ $$;$$ $a$, E'\\';'"}));
  EXPECT_EQ(split("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); SELECT 3"),
            (Lines{"1 CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "1 SELECT 3"}));
  EXPECT_EQ(split("CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; "
                  "END; SELECT 3")
                .size(),
            2u);
  EXPECT_EQ(split("BEGIN; SELECT 1; END;").size(), 3u);
  EXPECT_EQ(split("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END $$; SELECT 1").size(),
            2u);
  EXPECT_EQ(split("CREATE TABLE \"function\" (\"begin\" int, atomic int); SELECT 1").size(), 2u);
}

TEST(Script, WhatIsNotSqlIsRefused) {
  EXPECT_EQ(split("SELECT 1;\n\\connect app\n"), (Lines{"line 2: a command of psql, not SQL"}));
  EXPECT_EQ(split("SELECT 1;\nCOPY t (a) FROM stdin;\n1\tit's\n\\.\n"),
            (Lines{"line 2: COPY … FROM STDIN with data in the script"}));
  EXPECT_EQ(split("\\restrict abc\nSELECT 1;\n\\unrestrict abc\n"), (Lines{"2 SELECT 1"}));
  EXPECT_TRUE(split("SELECT 1;\nSELECT 'x").front().starts_with("line 2: "));
  EXPECT_EQ(split(std::string_view{"SELECT\0 1", 9}).size(), 1u);
}

TEST(Script, FingerprintsIgnoreWhatSaysNothing) {
  EXPECT_EQ(sql::fingerprint("SELECT  a -- x\n, 'B'"), sql::fingerprint("select a,'B'"));
  EXPECT_NE(sql::fingerprint("SELECT 'a'"), sql::fingerprint("SELECT 'A'"));
  EXPECT_NE(sql::fingerprint("SELECT \"a\""), sql::fingerprint("SELECT \"A\""));
  EXPECT_EQ(sql::normalized("ALTER  TABLE\n T /* x */ ADD c Int"), "alter table t add c int");
}

std::string renamed(const std::string& text) {
  return sql::renamed_columns({text}, {{"name", "full name"}, {"lower", "upper"}, {"Old", "new"}}).text;
}

TEST(RenamedColumns, OnlyColumnsFollow) {
  EXPECT_EQ(renamed("((name)::text = 'name'::text)"), "((\"full name\")::text = 'name'::text)");
  EXPECT_EQ(renamed("lower(NAME) = lower"), "lower(\"full name\") = upper");
  EXPECT_EQ(renamed("x::name = \"name\""), "x::name = \"full name\"");
  EXPECT_EQ(renamed("t.name = name.x"), "t.\"full name\" = name.x");
  EXPECT_EQ(renamed("\"Old\" > old"), "new > old");
  EXPECT_EQ(renamed("'unfinished"), "'unfinished");
}

}  // namespace
