#include "postgres/facts.h"

#include "server_support.h"

namespace {
using FactsTest = DatabaseTest;

TEST_F(FactsTest, SizesAndRows) {
  run(R"(CREATE TABLE full_one AS SELECT g FROM generate_series(1, 1000) g; ANALYZE full_one;
         CREATE TABLE empty_one (a int); CREATE TABLE never_counted AS SELECT 1 AS a;
         CREATE TABLE parts (a int) PARTITION BY RANGE (a);
         CREATE TABLE part_1 PARTITION OF parts FOR VALUES FROM (1) TO (100); INSERT INTO parts VALUES (1), (2);
         ANALYZE part_1;)");
  const auto facts = postgres::facts(
      connection,
      {{"public", "full_one"}, {"public", "empty_one"}, {"public", "never_counted"}, {"public", "parts"}, {"x", "y"}},
      {});
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_EQ(facts->tables.size(), 4U);
  EXPECT_EQ(facts->tables.at({"public", "full_one"}).rows, 1000);
  EXPECT_GT(facts->tables.at({"public", "full_one"}).bytes, 8192);
  EXPECT_FALSE(facts->tables.at({"public", "empty_one"}).has_rows);
  EXPECT_TRUE(facts->tables.at({"public", "never_counted"}).has_rows);
  EXPECT_EQ(facts->tables.at({"public", "parts"}).rows, 2);
}

TEST_F(FactsTest, ProbesAreAnsweredOrGivenUp) {
  run("CREATE TABLE t AS SELECT g AS a, CASE WHEN g > 7 THEN 'x' END AS b FROM generate_series(1, 10) g; "
      "CREATE TABLE nobody (a int)");
  postgres::FactOptions options;
  options.probe_timeout = std::chrono::milliseconds(100);
  const schema::QualifiedName t{"public", "t"};
  const auto facts = postgres::facts(connection, {},
                                     {{"nulls", t, "SELECT count(*), min(a)::text FROM public.t WHERE b IS NULL"},
                                      {"slow", t, "SELECT count(*), NULL FROM public.t, pg_sleep(10)"},
                                      {"wrong", t, "SELECT count(a::text::date), NULL FROM public.t"},
                                      {"writes", t, "DELETE FROM public.t RETURNING 1, NULL"},
                                      {"empty", {"public", "nobody"}, "SELECT 1/0, NULL"}},
                                     options);
  ASSERT_TRUE(facts) << facts.error().message;
  EXPECT_EQ(facts->answers.at("nulls").count, 7);
  EXPECT_EQ(facts->answers.at("nulls").example, "1");
  EXPECT_EQ(facts->answers.at("slow").count, std::nullopt);
  EXPECT_EQ(facts->answers.at("slow").sqlstate, "57014");
  EXPECT_EQ(facts->answers.at("wrong").sqlstate.substr(0, 2), "22");
  EXPECT_EQ(facts->answers.at("writes").sqlstate, "25006");
  EXPECT_EQ(facts->answers.at("empty").count, 0);
  EXPECT_TRUE(connection.query("SELECT 1"));
}

TEST_F(FactsTest, RowSecurityLeavesAProbeWithoutAnswer) {
  run("CREATE TABLE t AS SELECT 1 AS a; ALTER TABLE t ENABLE ROW LEVEL SECURITY; CREATE ROLE filtered_one; "
      "GRANT SELECT ON t TO filtered_one; CREATE POLICY p ON t USING (false); SET ROLE filtered_one");
  const auto facts = postgres::facts(connection, {}, {{"k", {"public", "t"}, "SELECT count(*), NULL FROM public.t"}});
  ASSERT_TRUE(facts);
  EXPECT_TRUE(facts->tables.at({"public", "t"}).has_rows);
  EXPECT_EQ(facts->answers.at("k").count, std::nullopt);
  run("RESET ROLE; DROP OWNED BY filtered_one; DROP ROLE filtered_one");
}
}  // namespace
