#include "postgres/connection.h"

#include "server_support.h"

namespace {
using ConnectionTest = DatabaseTest;

TEST_F(ConnectionTest, GivesValuesOfRows) {
  const auto rows = connection.query("SELECT 1, NULL, $1::text, ARRAY['a', 'b \"c\"', NULL, ''], true", {"x'y"});
  ASSERT_TRUE(rows) << rows.error().message;
  const postgres::Row row = (*rows)[0];
  EXPECT_EQ(row.integer(0), 1);
  EXPECT_TRUE(row.null(1));
  EXPECT_EQ(row.optional(1), std::nullopt);
  EXPECT_EQ(row[2], "x'y");
  EXPECT_EQ(row.array(3), (std::vector<std::string>{"a", "b \"c\"", "", ""}));
  EXPECT_TRUE(row.boolean(4));
}

TEST_F(ConnectionTest, ArraysSurviveTheRoundTrip) {
  const std::vector<std::string> elements{"a", "", "b,c", "d\"e", "f\\g", "NULL", "{}"};
  const auto rows = connection.query("SELECT $1::text[]", {postgres::array_literal(elements)});
  ASSERT_TRUE(rows);
  EXPECT_EQ((*rows)[0].array(0), elements);
}

TEST_F(ConnectionTest, ErrorsKeepTheState) {
  const auto rows = connection.query("SELECT nothing_such");
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().sqlstate, "42703");
  run("CREATE ROLE weak_one LOGIN; CREATE TABLE secret (a int)");
  run("SET ROLE weak_one");
  const auto refused = connection.query("SELECT * FROM secret");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, base::ErrorCode::DbPermission);
  run("RESET ROLE; DROP ROLE weak_one");
}

TEST_F(ConnectionTest, APipelineStopsAtTheFirstFailure) {
  const auto results = connection.pipeline({{"SELECT 1"}, {"SELECT 1/0"}, {"SELECT 3"}});
  ASSERT_EQ(results.size(), 3U);
  EXPECT_TRUE(results[0]);
  EXPECT_EQ(results[1].error().sqlstate, "22012");
  EXPECT_FALSE(results[2]);
  EXPECT_TRUE(connection.query("SELECT 1"));
}

TEST_F(ConnectionTest, APipelineCanGoOnAfterAFailure) {
  const auto results =
      connection.pipeline({{"SELECT 1"}, {"SELECT 1/0"}, {"SELECT $1::int + 1", {"2"}}}, postgres::Failure::StopsSelf);
  EXPECT_TRUE(results[0]);
  EXPECT_FALSE(results[1]);
  ASSERT_TRUE(results[2]);
  EXPECT_EQ((*results[2])[0].integer(0), 3);
}

TEST_F(ConnectionTest, ALargePipelineDoesNotBlock) {
  std::vector<postgres::Statement> statements;
  for (int i = 0; i < 500; ++i) statements.push_back({"SELECT repeat('x', 50000), $1", {std::string(50000, 'y')}});
  const auto results = connection.pipeline(statements);
  for (const auto& result : results) ASSERT_TRUE(result);
}

TEST_F(ConnectionTest, CollectsNotices) {
  run("DO $$ BEGIN RAISE NOTICE 'hello'; END $$");
  const auto notices = connection.take_notices();
  ASSERT_EQ(notices.size(), 1U);
  EXPECT_EQ(notices[0].message, "hello");
}

TEST_F(ConnectionTest, CancelsAndSeesALostConnection) {
  EXPECT_TRUE(connection.cancel());
  EXPECT_EQ(connection.label().substr(0, 17), "PostgreSQL /tmp/a");
  (void)connection.query("SELECT pg_terminate_backend(pg_backend_pid())");
  const auto rows = connection.query("SELECT 1");
  ASSERT_FALSE(rows);
  EXPECT_EQ(rows.error().code, base::ErrorCode::DbConnection);
  EXPECT_FALSE(connection.alive());
}

TEST(ConnectionUrlTest, NeverShowsThePassword) {
  for (const std::string url :
       {"postgresql://u:topsecret@127.0.0.1:1/db", "postgresql://u:topsecret/x@localhost:1/db",
        "postgresql://u:topsecret@localhost:notaport/db", "postgresql://u:topsecret%zz@localhost/db",
        "postgresql://u:topsecret@localhost/db?nonsense=topsecret",
        "host=localhost port=1 password=topsecret dbname"}) {
    const auto opened = postgres::Connection::open(url);
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error().message.find("topsecret"), std::string::npos) << opened.error().message;
    EXPECT_EQ(postgres::label(url).find("topsecret"), std::string::npos);
  }
  EXPECT_EQ(postgres::label("postgresql://u:p@db.example.org:5433/app"), "PostgreSQL db.example.org:5433/app");
  EXPECT_EQ(postgres::label("postgresql:///app?host=/run/pg"), "PostgreSQL /run/pg:5432/app");
}
}  // namespace
