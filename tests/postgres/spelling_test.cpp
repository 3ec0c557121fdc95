#include "postgres/spelling.h"

#include "server_support.h"

namespace {
class SpellingTest : public DatabaseTest {
 protected:
  /// The texts of the desired state after spelling it against the database as it is.
  schema::Database spelled(schema::Database desired) {
    auto result = postgres::spelled(connection, std::move(desired), read());
    if (!result) throw std::runtime_error(result.error().message);
    diagnostics = result->diagnostics;
    return result->database;
  }
  schema::Table& desired_table(schema::Database& database, const std::string& name) {
    return *schema::find_table(database, {"public", name});
  }
  base::Diagnostics diagnostics;
};

TEST_F(SpellingTest, WhatPostgresWroteItselfStaysAsItIs) {
  run(R"(CREATE TYPE mood AS ENUM ('sad', 'happy');
         CREATE DOMAIN positive AS integer DEFAULT 1 CHECK (VALUE > 0);
         CREATE TABLE t (a int DEFAULT 1 + 1, b varchar(10) DEFAULT 'x', m mood DEFAULT 'sad', p positive, d timestamptz
           DEFAULT now(), g int GENERATED ALWAYS AS (a * 2) STORED, CHECK (b IN ('x', 'y')), EXCLUDE USING gist
           (int4range(a, a + 1) WITH &&) WHERE (a > 0));
         CREATE INDEX ON t (lower(b), (a + 1)) WHERE m = 'sad';
         ALTER TABLE t ENABLE ROW LEVEL SECURITY;
         CREATE POLICY p ON t USING (a = 1) WITH CHECK (b = current_user);)");
  const schema::Database actual = read();
  EXPECT_EQ(spelled(actual), actual);
  EXPECT_TRUE(diagnostics.empty());
}

struct Spelling {
  std::string written;
  std::string said;  ///< by PostgreSQL
};

TEST_F(SpellingTest, PoliciesAreSpelledAsPostgresDoes) {
  run(R"(CREATE DOMAIN st AS text;
         CREATE SCHEMA auth; CREATE FUNCTION auth.uid() RETURNS int LANGUAGE sql STABLE AS 'SELECT 1';
         CREATE TABLE m (user_id int);
         CREATE TABLE t (user_id int, owner text, n int, s st, vc varchar(10), ts timestamptz);
         CREATE POLICY p ON t USING (false);)");
  const Spelling cases[] = {
      {"auth.uid() = user_id", "(auth.uid() = user_id)"},
      {"(select auth.uid()) = user_id", "(( SELECT auth.uid() AS uid) = user_id)"},
      {"current_user = owner and n in (1,2,3)", "((CURRENT_USER = owner) AND (n = ANY (ARRAY[1, 2, 3])))"},
      {"s = 'a' and n between 1 and 5 and not (owner <> 'x')",
       "(((s)::text = 'a'::text) AND ((n >= 1) AND (n <= 5)) AND (NOT (owner <> 'x'::text)))"},
      {"user_id in (select user_id from m)", "(user_id IN ( SELECT m.user_id\n   FROM public.m))"},
      {"vc = 'abc' and vc like 'a%' and ts > now() - interval '1 day'",
       "(((vc)::text = 'abc'::text) AND ((vc)::text ~~ 'a%'::text) AND (ts > (now() - '1 day'::interval)))"},
      {"current_setting('app.x', true)::int = n", "((current_setting('app.x'::text, true))::integer = n)"},
  };
  for (const Spelling& one : cases) {
    run("DROP POLICY p ON t; CREATE POLICY p ON t USING (" + one.written + ")");
    schema::Database actual = read();
    schema::Database desired = actual;
    desired_table(desired, "t").policies[0].using_expr->text = one.written;
    const schema::Database result = spelled(desired);
    EXPECT_EQ(result, actual) << one.written;
    EXPECT_TRUE(diagnostics.empty());
    run("DROP POLICY p ON t; CREATE POLICY p ON t USING (false)");
    desired = read();
    desired_table(desired, "t").policies[0].using_expr->text = one.written;
    const std::string said = table(spelled(desired), "t").policies[0].using_expr->text;
    EXPECT_EQ(said, table(actual, "t").policies[0].using_expr->text);
    if (one.written[0] != 's') {
      EXPECT_EQ(said, one.said);
    }
  }
}

TEST_F(SpellingTest, EveryPlaceOfAnExpressionIsAsked) {
  run(R"(CREATE TYPE mood AS ENUM ('sad', 'happy');
         CREATE DOMAIN d AS int DEFAULT 0 CHECK (VALUE > 0);
         CREATE TABLE t (a int DEFAULT 0, b varchar(10), m mood, g int GENERATED ALWAYS AS (0) STORED,
           CONSTRAINT c CHECK (a > 0), CONSTRAINT e EXCLUDE USING gist (int4range(a, 9) WITH &&) WHERE (a > 0));
         CREATE INDEX i ON t (lower(b)) WHERE a > 0;)");
  schema::Database desired = read();
  schema::Table& t = desired_table(desired, "t");
  t.columns[0].server_default->text = "length('abc') + 1";
  t.columns[3].generated->expression.text = "a*2";
  t.checks[0].expression.text = "b in ('x','y') and m != 'happy'";
  t.exclusions[0].elements[0].key.expression.text = "int4range(a, a+1)";
  t.exclusions[0].predicate->text = "a<>5";
  t.indexes[0].keys[0].expression.text = "b || 'x'";
  t.indexes[0].predicate->text = "m='sad'";
  desired.domains[0].server_default->text = "abs(-1)";
  desired.domains[0].checks[0].expression.text = "VALUE<>3";
  const schema::Database result = spelled(desired);
  const schema::Table& said = table(result, "t");
  EXPECT_EQ(said.columns[0].server_default->text, "(length('abc'::text) + 1)");
  EXPECT_EQ(said.columns[3].generated->expression.text, "(a * 2)");
  EXPECT_EQ(said.checks[0].expression.text,
            "(((b)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])) AND (m <> "
            "'happy'::public.mood))");
  EXPECT_EQ(said.exclusions[0].elements[0].key.expression.text, "int4range(a, (a + 1))");
  EXPECT_EQ(said.exclusions[0].predicate->text, "(a <> 5)");
  EXPECT_EQ(said.indexes[0].keys[0].expression.text, "((b)::text || 'x'::text)");
  EXPECT_EQ(said.indexes[0].predicate->text, "(m = 'sad'::public.mood)");
  EXPECT_EQ(result.domains[0].server_default->text, "abs('-1'::integer)");
  EXPECT_EQ(result.domains[0].checks[0].expression.text, "(VALUE <> 3)");
  EXPECT_TRUE(diagnostics.empty());
}

TEST_F(SpellingTest, NewAndChangedTypesAreStoodInFor) {
  run("CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('sad'); CREATE TABLE app.t (m app.mood DEFAULT 'sad', n int, "
      "CONSTRAINT c CHECK (n > 0))");
  schema::Database desired = read();
  desired.enums[0].labels.push_back("new");
  desired.enums.push_back({{"app", "Kind of"}, {"a", "b"}, {}});
  schema::Table& t = desired.tables[0];
  t.columns[0].server_default->text = "'new'";
  t.columns.emplace_back();
  t.columns.back().name.text = "k";
  t.columns.back().type = {"app", "Kind of", "", true};
  t.columns.back().server_default = schema::Expression{"ARRAY['a']::\"Kind of\"[]"};
  t.checks[0].expression.text = "n>length('x'||'y')";
  const schema::Database result = spelled(desired);
  EXPECT_EQ(result.tables[0].columns[0].server_default->text, "'new'::app.mood");
  EXPECT_EQ(result.tables[0].columns[2].server_default->text, "ARRAY['a'::app.\"Kind of\"]");
  EXPECT_EQ(result.tables[0].checks[0].expression.text, "(n > length(('x'::text || 'y'::text)))");
  EXPECT_TRUE(diagnostics.empty());
}

TEST_F(SpellingTest, TablesAndTypesMayHaveBuiltInNames) {
  run("CREATE TYPE box AS ENUM ('a'); CREATE TABLE text (a varchar(5), b public.box, CONSTRAINT c CHECK (a <> 'x'))");
  const schema::Database actual = read();
  schema::Database desired = actual;
  desired_table(desired, "text").checks[0].expression.text = "length(a) > 1 and a::text in ('x', 'y')";
  desired.enums[0].labels.push_back("b");
  desired_table(desired, "text").columns[1].server_default = schema::Expression{"'b'"};
  const schema::Database result = spelled(desired);
  EXPECT_EQ(table(result, "text").checks[0].expression.text,
            "((length((a)::text) > 1) AND ((a)::text = ANY (ARRAY['x'::text, 'y'::text])))");
  EXPECT_EQ(table(result, "text").columns[1].server_default->text, "'b'::public.box");
}

TEST_F(SpellingTest, ARefusalCostsOnlyItself) {
  run("CREATE TABLE t (a int DEFAULT 1, CONSTRAINT c CHECK (a > 0), CONSTRAINT d CHECK (a > 1))");
  schema::Database desired = read();
  schema::Table& t = desired_table(desired, "t");
  t.checks[0].expression.text = "a > no_such_function()";
  t.checks[1].expression.text = "a>length('x')";
  const schema::Database result = spelled(desired);
  EXPECT_EQ(table(result, "t").checks[0].expression.text, "a > no_such_function()");
  EXPECT_EQ(table(result, "t").checks[1].expression.text, "(a > length('x'::text))");
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].code, "EXPRESSION_REFUSED");
  EXPECT_NE(diagnostics[0].message.find("no_such_function"), std::string::npos);
}

TEST_F(SpellingTest, WhatATypeChangeCarriesOverIsNoChangeOfItsOwn) {
  run("CREATE TABLE t (a varchar(10) DEFAULT concat('a', 'b'), CONSTRAINT c CHECK (a IN ('x', 'y') AND a <> "
      "upper(a)))");
  const schema::Database actual = read();
  schema::Database desired = actual;
  schema::Table& t = desired_table(desired, "t");
  t.columns[0].type = {"", "text", "", false};
  t.checks[0].expression.text = "a in ('x','y') and a <> upper(a)";
  const schema::Database result = spelled(desired);
  EXPECT_EQ(table(result, "t").checks, table(actual, "t").checks);
}

TEST_F(SpellingTest, NamesWithoutSchemaAreFound) {
  run("CREATE SCHEMA app; CREATE TYPE app.mood AS ENUM ('sad'); CREATE TYPE kind AS ENUM ('a'); "
      "CREATE COLLATION own (LOCALE = 'C'); CREATE TABLE t (m app.mood, k kind, c text COLLATE own, v varchar(5)); "
      "CREATE INDEX i ON t (c COLLATE \"C\" text_pattern_ops, v)");
  const schema::Database actual = read();
  schema::Database desired = actual;
  schema::Table& t = desired_table(desired, "t");
  t.columns[0].type.schema = "";
  t.columns[1].type.schema = "";
  t.columns[2].collation.schema = "";
  t.indexes[0].keys[1].operator_class = {"", "text_ops"};
  EXPECT_EQ(spelled(desired), actual);
}

TEST_F(SpellingTest, WithoutTempTheTreesDecide) {
  run("CREATE TABLE t (a int, CONSTRAINT c CHECK (a > 0)); CREATE ROLE plain_one LOGIN; "
      "DO $$ BEGIN EXECUTE format('REVOKE TEMP ON DATABASE %I FROM PUBLIC', current_database()); END $$");
  schema::Database desired = read();
  desired_table(desired, "t").checks[0].expression.text = "a>length('x')";
  run("SET ROLE plain_one");
  const schema::Database result = spelled(desired);
  EXPECT_EQ(table(result, "t").checks[0].expression.text, "a>length('x')");
  ASSERT_EQ(diagnostics.size(), 1U);
  EXPECT_EQ(diagnostics[0].code, "COMPARED_BY_SYNTAX");
  run("RESET ROLE; DROP ROLE plain_one");
}

TEST_F(SpellingTest, NothingIsLeftBehind) {
  run("CREATE TABLE t (a int DEFAULT 1)");
  schema::Database desired = read();
  desired_table(desired, "t").columns[0].server_default->text = "abs(-7)";
  (void)spelled(desired);
  EXPECT_FALSE(connection.in_transaction());
  const auto rows = connection.query("SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema()");
  ASSERT_TRUE(rows);
  EXPECT_TRUE(rows->empty());
}
}  // namespace
