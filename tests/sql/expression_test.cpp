#include "sql/expression.h"

#include <gtest/gtest.h>

#include "sql/type_name.h"

namespace {

std::vector<schema::Column> columns() {
  std::vector<schema::Column> result;
  const auto add = [&](const char* name, const char* type) {
    schema::Column column;
    column.name = {name};
    column.type = *sql::canonical_type(type);
    result.push_back(column);
  };
  add("id", "integer");
  add("small", "smallint");
  add("big", "bigint");
  add("amount", "numeric(10,2)");
  add("ratio", "double precision");
  add("share", "real");
  add("name", "varchar(20)");
  add("note", "text");
  add("code", "char(3)");
  add("day", "date");
  add("at", "timestamptz");
  add("data", "jsonb");
  add("tags", "text[]");
  add("mood", "public.mood");
  add("active", "boolean");
  return result;
}

bool same(const std::string& left, const std::string& right, const char* type = nullptr) {
  const auto list = columns();
  sql::Context context{{"public", "items"}, &list, {}};
  if (type != nullptr) context.type = *sql::canonical_type(type);
  const bool forth = sql::equivalent({left}, {right}, context);
  EXPECT_EQ(forth, sql::equivalent({right}, {left}, context)) << left << " | " << right;
  return forth;
}

TEST(Defaults, CastsToTheColumnsTypeSayNothing) {
  EXPECT_TRUE(same("'x'", "'x'::character varying", "varchar(20)"));
  EXPECT_TRUE(same("'x'", "'x'::text", "varchar(20)"));
  EXPECT_TRUE(same("'x'", "'x'::bpchar", "char(3)"));
  EXPECT_TRUE(same("0", "'0'::numeric", "numeric(10,2)"));
  EXPECT_TRUE(same("0.00", "'0'::numeric", "numeric(10,2)"));
  EXPECT_TRUE(same("'0'", "0", "integer"));
  EXPECT_TRUE(same("-1", "'-1'::integer", "integer"));
  EXPECT_TRUE(same("-1", "'-1'::integer", "bigint"));
  EXPECT_TRUE(same("0", "'0'::bigint", "bigint"));
  EXPECT_TRUE(same("'true'", "true", "boolean"));
  EXPECT_TRUE(same("'f'::boolean", "false", "boolean"));
  EXPECT_TRUE(same("'{}'", "'{}'::jsonb", "jsonb"));
  EXPECT_TRUE(same("'{}'", "'{}'::text[]", "text[]"));
  EXPECT_TRUE(same("ARRAY[]::text[]", "'{}'::text[]", "text[]"));
  EXPECT_TRUE(same("'ok'", "'ok'::public.mood", "public.mood"));
  EXPECT_TRUE(same("'ok'", "'ok'::mood", "public.mood"));
  EXPECT_TRUE(same("'2020-01-01'", "'2020-01-01'::date", "date"));
  EXPECT_TRUE(same("'0.5'", "0.5", "double precision"));
  EXPECT_TRUE(same("now()", "CURRENT_TIMESTAMP", "timestamptz"));
  EXPECT_TRUE(same("now()::timestamp", "now()", "timestamp"));
  EXPECT_TRUE(same("nextval('public.s')", "nextval('public.s'::regclass)", "bigint"));
  EXPECT_TRUE(same("interval '1 day'", "'1 day'::interval", "interval"));
  EXPECT_TRUE(same("timezone('utc'::text, now())", "(now() AT TIME ZONE 'utc')", "timestamp"));
  EXPECT_TRUE(same("pg_catalog.gen_random_uuid()", "GEN_RANDOM_UUID()", "uuid"));
}

TEST(Defaults, OtherValuesAreDifferent) {
  EXPECT_FALSE(same("0", "-1", "integer"));
  EXPECT_FALSE(same("0", "1", "integer"));
  EXPECT_FALSE(same("'x'", "'y'", "text"));
  EXPECT_FALSE(same("'x'", "'X'", "text"));
  EXPECT_FALSE(same("'abcdef'", "'abcdef'::varchar(3)", "varchar(3)")) << "a cast cuts, an assignment refuses";
  EXPECT_FALSE(same("now()", "clock_timestamp()", "timestamptz"));
  EXPECT_FALSE(same("CURRENT_TIMESTAMP(3)", "CURRENT_TIMESTAMP", "timestamptz"));
  EXPECT_FALSE(same("now()", "now()::date", "timestamptz"));
  EXPECT_FALSE(same("'-0'", "0", "double precision"));
  EXPECT_FALSE(same("0.1::real", "0.1", "double precision"));
  EXPECT_FALSE(same("0.0", "0", "numeric")) << "the scale shows";
  EXPECT_FALSE(same("true", "false", "boolean"));
  EXPECT_FALSE(same("'1'", "1", "text"));
  EXPECT_FALSE(same("nextval('a')", "nextval('b')", "bigint"));
}

TEST(Checks, TheServersSpelling) {
  EXPECT_TRUE(same("status", "(status)"));
  EXPECT_TRUE(same("id>0 and id<10", "((id > 0) AND (id < 10))"));
  EXPECT_TRUE(same("id != 3", "(id <> 3)"));
  EXPECT_TRUE(same("CAST(id AS text) = 'x'", "((id)::text = 'x'::text)"));
  EXPECT_TRUE(same("items.id > 0", "(id > 0)"));
  EXPECT_TRUE(same("public.items.id > 0", "(id > 0)"));
  EXPECT_TRUE(same("amount > 0", "(amount > (0)::numeric)"));
  EXPECT_TRUE(same("amount >= 0.5", "(amount >= 0.5)"));
  EXPECT_TRUE(same("ratio < 0.5", "(ratio < (0.5)::double precision)"));
  EXPECT_TRUE(same("ratio > 0", "(ratio > (0)::double precision)"));
  EXPECT_TRUE(same("amount * 2 > 5", "((amount * (2)::numeric) > (5)::numeric)"));
  EXPECT_TRUE(same("id > -1", "(id > '-1'::integer)"));
  EXPECT_TRUE(same("name = 'x'", "((name)::text = 'x'::text)"));
  EXPECT_TRUE(same("name <> ''", "((name)::text <> ''::text)"));
  EXPECT_TRUE(same("name LIKE 'a%'", "((name)::text ~~ 'a%'::text)"));
  EXPECT_TRUE(same("name NOT ILIKE 'a%'", "((name)::text !~~* 'a%'::text)"));
  EXPECT_TRUE(same("note ~ '^[a-z]+$'", "(note ~ '^[a-z]+$'::text)"));
  EXPECT_TRUE(same("lower(name) = name", "(lower((name)::text) = (name)::text)"));
  EXPECT_TRUE(same("length(name) > 3", "(length((name)::text) > 3)"));
  EXPECT_TRUE(same("char_length(note) BETWEEN 1 AND 10", "((char_length(note) >= 1) AND (char_length(note) <= 10))"));
  EXPECT_TRUE(same("id NOT BETWEEN 1 AND 2", "((id < 1) OR (id > 2))"));
  EXPECT_TRUE(same("day > '2020-01-01'", "(day > '2020-01-01'::date)"));
  EXPECT_TRUE(same("mood = 'ok'", "(mood = 'ok'::public.mood)"));
  EXPECT_TRUE(same("data ->> 'a' = 'b'", "((data ->> 'a'::text) = 'b'::text)"));
  EXPECT_TRUE(same("data @> '{}'", "(data @> '{}'::jsonb)"));
  EXPECT_TRUE(same("tags @> '{a}'", "(tags @> '{a}'::text[])"));
  EXPECT_TRUE(same("name || 'x' = note", "(((name)::text || 'x'::text) = note)"));
  EXPECT_FALSE(same("coalesce(name, '') <> ''", "((COALESCE(name, 'y'::character varying))::text <> ''::text)"));
  EXPECT_TRUE(same("note IS NOT NULL AND (id = 1 AND small = 2)", "((note IS NOT NULL) AND (id = 1) AND (small = 2))"));
  EXPECT_TRUE(same("CASE WHEN active THEN 'a' END", "CASE\n WHEN active THEN 'a'::text\n ELSE NULL::text\nEND"));
  EXPECT_TRUE(same("id > 0 -- positive", "(id > 0)"));
  EXPECT_TRUE(same("name IS DISTINCT FROM 'x'", "((name)::text IS DISTINCT FROM 'x'::text)"));
}

TEST(Checks, ListsInAllTheirForms) {
  const std::string list = "name IN ('a', 'b')";
  EXPECT_TRUE(same(list, "((name)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"));
  EXPECT_TRUE(
      same(list, "((name)::text = ANY (ARRAY[('a'::character varying)::text, ('b'::character varying)::text]))"));
  EXPECT_TRUE(same(list, "name IN ('b', 'a', 'a')"));
  EXPECT_TRUE(same("name IN ('a')", "((name)::text = 'a'::text)"));
  EXPECT_TRUE(same("name NOT IN ('a', 'b')",
                   "((name)::text <> ALL ((ARRAY['a'::character varying, 'b'::character varying])::text[]))"));
  EXPECT_TRUE(same("note in ('a','b')", "(note = ANY (ARRAY['a'::text, 'b'::text]))"));
  EXPECT_TRUE(same("id IN (1, 2)", "(id = ANY (ARRAY[1, 2]))"));
  EXPECT_TRUE(same("amount IN (1, 2.5)", "(amount = ANY (ARRAY[(1)::numeric, 2.5]))"));
  EXPECT_TRUE(same("mood IN ('a', 'b')", "(mood = ANY (ARRAY['a'::public.mood, 'b'::public.mood]))"));
  EXPECT_FALSE(same(list, "name IN ('a', 'c')"));
  EXPECT_FALSE(same(list, "name IN ('a', 'b', 'c')"));
  EXPECT_FALSE(same(list, "name NOT IN ('a', 'b')"));
  EXPECT_FALSE(same("share IN (0.1, 0.2)", "share = ANY (ARRAY[0.1, 0.2])")) << "real here, double precision there";
  EXPECT_FALSE(same("day IN ('2020-01-01')", "day = ANY (ARRAY['2020-01-01'])"));
}

TEST(Checks, CastsThatMatterStay) {
  EXPECT_FALSE(same("id::text = '1'", "id = '1'"));
  EXPECT_FALSE(same("code::text = 'a'", "code = 'a'")) << "blanks count in text";
  EXPECT_FALSE(same("at::date = day", "at = day"));
  EXPECT_FALSE(same("amount::integer > 0", "amount > 0"));
  EXPECT_FALSE(same("share = 0.1", "share = 0.1::real"));
  EXPECT_FALSE(same("share = '0.1'", "share = 0.1"));
  EXPECT_FALSE(same("small * 2 > 0", "small * 2::smallint > 0")) << "overflows elsewhere";
  EXPECT_FALSE(same("name::varchar(3) = 'abc'", "name = 'abc'"));
  EXPECT_FALSE(same("unknown::text = 'a'", "unknown = 'a'"));
  EXPECT_FALSE(same("lower(name) = 'x'", "name = 'x'"));
  EXPECT_FALSE(same("name = 'x' COLLATE \"C\"", "name = 'x'"));
  EXPECT_FALSE(same("id > 0 AND id < 5", "id > 0 OR id < 5"));
  EXPECT_FALSE(same("id - small", "small - id"));
  EXPECT_FALSE(same("\"ID\" > 0", "id > 0"));
  EXPECT_FALSE(same("other.id > 0", "id > 0"));
}

TEST(Policies, SubSelects) {
  EXPECT_TRUE(
      same("id = (SELECT NULLIF(current_setting('app.user_id', true), '')::integer)",
           "(id = ( SELECT (NULLIF(current_setting('app.user_id'::text, true), ''::text))::integer AS \"nullif\"))"));
  EXPECT_TRUE(same("id IN (SELECT m.id FROM public.m m)", "(id = ANY (SELECT m.id FROM public.m m))"));
  EXPECT_FALSE(same("id IN (SELECT m.id FROM a m)", "id IN (SELECT m.id FROM b m)"));
  EXPECT_FALSE(same("EXISTS (SELECT 1 FROM m WHERE id = items.id)", "EXISTS (SELECT 1 FROM m WHERE id = id)"));
}

TEST(Expressions, WhatDoesNotParseEqualsItself) {
  EXPECT_TRUE(same("a b c", "a b c"));
  EXPECT_FALSE(same("a b c", "a b  c"));
  EXPECT_FALSE(same("a, b", "a"));
  EXPECT_FALSE(same("1) , (1", "1"));
  EXPECT_FALSE(same("", "1"));
  EXPECT_FALSE(same(std::string(200000, '('), "1"));
  std::string chain = "id";
  for (int i = 0; i < 7000; ++i) chain += "+1";
  EXPECT_FALSE(same(chain, "1"));
}

}  // namespace
