#include <algorithm>
#include <csignal>
#include <thread>

#include "migration_support.h"

namespace {

using base::ErrorCode;
using migration::Migration;

TEST_F(ApplyTest, AppliesAndRemembers) {
  Migration migration;
  migration.message = "make users";
  migration.tables = {"public.users"};
  migration.up = {in_group("CREATE TABLE users (id int)", 0), in_group("INSERT INTO users VALUES (1)", 0)};
  write(migration);
  EXPECT_TRUE(history().entries.empty());
  EXPECT_EQ(value("SELECT to_regclass('agent_migrate_history')"), "");
  ASSERT_TRUE(apply());
  EXPECT_EQ(value("SELECT count(*) FROM users"), "1");
  EXPECT_EQ(history().tables, std::vector<std::string>{"public.users"});
  EXPECT_TRUE(pending()->empty());
  ASSERT_TRUE(apply());
  EXPECT_EQ(value("SELECT count(*) FROM users"), "1");
  EXPECT_EQ(value("SELECT statements_done || ' ' || name || ' ' || applied_by FROM agent_migrate_history"),
            "2 make users " + connection.user());
  EXPECT_EQ(value("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM "
                  "pg_database WHERE datname = current_database())"),
            "0");
}

TEST_F(ApplyTest, AFailedTransactionLeavesNothing) {
  write("one", {"CREATE TABLE a (x int)"});
  const Migration second = write("two", {"CREATE TABLE b (x int)", "CREATE TABLE a (x int)"});
  const auto failed = apply();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::MigrationFailed);
  EXPECT_EQ(failed.error().sqlstate, "42P07");
  EXPECT_NE(failed.error().message.find("statement 2 of 2"), std::string::npos);
  EXPECT_NE(failed.error().message.find("CREATE TABLE a (x int)"), std::string::npos);
  EXPECT_NE(failed.error().hint.find("nothing of the file was applied"), std::string::npos);
  EXPECT_EQ(value("SELECT to_regclass('b')"), "");
  EXPECT_FALSE(connection.in_transaction());
  ASSERT_EQ(pending()->size(), 1);
  run("DROP TABLE a");
  ASSERT_TRUE(apply());
}

TEST_F(ApplyTest, GoesOnAfterTheTransactionsThatStand) {
  Migration migration;
  migration.message = "parts";
  migration.up = {in_group("CREATE TABLE a (x int)", 0), alone("CREATE INDEX CONCURRENTLY i ON a (x)"),
                  in_group("INSERT INTO a VALUES (1)", 1), in_group("INSERT INTO missing VALUES (1)", 1)};
  write(migration);
  const auto failed = apply();
  ASSERT_FALSE(failed);
  EXPECT_NE(failed.error().hint.find("statements 1 to 2 are applied"), std::string::npos);
  EXPECT_EQ(value("SELECT count(*) FROM a"), "0");
  run("CREATE TABLE missing (x int)");
  ASSERT_TRUE(apply());
  EXPECT_EQ(value("SELECT count(*) FROM a"), "1");
  EXPECT_TRUE(pending()->empty());
}

TEST_F(ApplyTest, AFailedIndexBuildLeavesNoInvalidIndex) {
  run("CREATE TABLE a (x int); INSERT INTO a VALUES (1), (1)");
  Migration migration;
  migration.message = "unique";
  migration.up = {alone("CREATE UNIQUE INDEX CONCURRENTLY i ON a (x)")};
  write(migration);
  const auto failed = apply();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().sqlstate, "23505");
  EXPECT_EQ(value("SELECT count(*) FROM pg_index WHERE NOT indisvalid"), "0");
  run("DELETE FROM a");
  // As a killed run leaves it.
  run("UPDATE agent_migrate_history SET started_next = true; CREATE INDEX i ON a (x)");
  run("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass");
  ASSERT_TRUE(apply());
  EXPECT_EQ(value("SELECT indisvalid AND indisunique FROM pg_index WHERE indexrelid = 'i'::regclass"), "t");
}

TEST_F(ApplyTest, AStatementThatWasDoneBeforeTheKillIsNotDoneAgain) {
  run("CREATE TABLE a (x int); CREATE TYPE mood AS ENUM ('sad')");
  Migration migration;
  migration.message = "alone";
  migration.up = {alone("CREATE INDEX CONCURRENTLY i ON a (x)"), alone("ALTER TYPE mood ADD VALUE 'happy'")};
  write(migration);
  ASSERT_TRUE(apply());
  run("UPDATE agent_migrate_history SET statements_done = 0, started_next = true, finished_at = NULL");
  run("ALTER TYPE mood RENAME VALUE 'happy' TO 'glad'");
  ASSERT_TRUE(apply());
  EXPECT_EQ(value("SELECT count(*) FROM pg_enum"), "3");
}

TEST_F(ApplyTest, SettingsOfTheRunDoNotStay) {
  run("CREATE SCHEMA other");
  run("SET search_path = other");
  Migration migration;
  migration.message = "settings";
  migration.up = {
      in_group(
          "CREATE TABLE a AS SELECT current_setting('lock_timeout') AS timeout, current_setting('search_path') AS path",
          0),
      alone("CREATE INDEX CONCURRENTLY i ON a (path)"), alone("DO $$ BEGIN UPDATE a SET path = path; COMMIT; END $$")};
  write(migration);
  const auto done = apply();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(value("SELECT timeout || ' ' || path FROM public.a"), "3s public, other");
  EXPECT_EQ(value("SHOW lock_timeout"), "0");
}

TEST_F(ApplyTest, WaitsForALockAndTriesAgain) {
  run("CREATE TABLE a (x int)");
  write("wait", {"ALTER TABLE a ADD COLUMN y int"});
  options.lock_timeout = "50ms";
  options.attempts = 3;
  auto other = postgres::Connection::open(url);
  ASSERT_TRUE(other->execute("BEGIN; LOCK TABLE a"));
  const auto failed = apply();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::MigrationFailed);
  EXPECT_EQ(failed.error().sqlstate, "55P03");
  EXPECT_EQ(
      std::ranges::count_if(told, [](const std::string& text) { return text.find("attempt") != std::string::npos; }),
      2);
  options.attempts = 20;
  std::thread release([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(200));
    (void)other->execute("COMMIT");
  });
  const auto done = apply();
  release.join();
  EXPECT_TRUE(done) << done.error().message;
}

TEST_F(ApplyTest, TheSecondComerIsLocked) {
  auto other = postgres::Connection::open(url);
  const auto lock = migration::ApplyLock::take(*other);
  ASSERT_TRUE(lock);
  const auto locked = apply();
  ASSERT_FALSE(locked);
  EXPECT_EQ(locked.error().code, ErrorCode::Locked);
  EXPECT_NE(locked.error().message.find("process " + std::to_string(other->backend_pid())), std::string::npos);
  EXPECT_NE(locked.error().message.find("since 20"), std::string::npos);
}

TEST_F(ApplyTest, WhatAnotherRunAppliedMeanwhileIsNotAppliedAgain) {
  const Migration migration = write("once", {"CREATE TABLE a (x int)"});
  ASSERT_TRUE(apply());
  const auto again = migration::apply(connection, migration, options, [](std::string_view) {});
  EXPECT_TRUE(again) << again.error().message;
}

TEST_F(ApplyTest, AnInterruptionCancelsOnTheServer) {
  write("slow", {"CREATE TABLE a (x int)", "SELECT pg_sleep(30)"});
  std::thread signal([] {
    std::this_thread::sleep_for(std::chrono::milliseconds(500));
    ::raise(SIGINT);
  });
  const auto begin = std::chrono::steady_clock::now();
  const auto failed = apply();
  signal.join();
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::MigrationFailed);
  EXPECT_EQ(failed.error().sqlstate, "57014");
  EXPECT_EQ(value("SELECT to_regclass('a')"), "");
}

TEST_F(ApplyTest, ALostConnectionIsSaid) {
  write("lost", {"CREATE TABLE a (x int)", "SELECT pg_terminate_backend(pg_backend_pid())"});
  const auto failed = apply();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::DbConnection);
  EXPECT_NE(failed.error().message.find("statement 2"), std::string::npos);
}

TEST_F(ApplyTest, EditedRemovedAndLateFiles) {
  const Migration first = write("first", {"CREATE TABLE a (x int)"});
  const Migration second = write("second", {"CREATE TABLE b (x int)"});
  ASSERT_TRUE(apply());
  const std::string text = get(first.file);
  const auto conflict = [&](const std::string& part) {
    const auto open = pending();
    ASSERT_FALSE(open);
    EXPECT_EQ(open.error().code, ErrorCode::HistoryConflict);
    EXPECT_NE(open.error().message.find(part), std::string::npos) << open.error().message;
  };
  ASSERT_TRUE(base::write_file(first.file, text + "SELECT 1;\n"));
  conflict(base::shown(first.file, root));
  std::filesystem::remove(first.file);
  conflict(first.version);
  ASSERT_TRUE(base::write_file(first.file, text));
  EXPECT_TRUE(pending()->empty());
  put("migrations/20010101000000_late.sql", "-- agent-migrate: message late\n-- up\nSELECT 1;\n");
  conflict("20010101000000_late.sql");
}

TEST_F(ApplyTest, AnEditedFileMustSayThatItIs) {
  const Migration migration = write("one", {"CREATE TABLE a (x int)"});
  std::string text = get(migration.file);
  text.replace(text.find("(x int)"), 7, "(y int)");
  ASSERT_TRUE(base::write_file(migration.file, text));
  ASSERT_FALSE(pending());
  EXPECT_EQ(pending().error().code, ErrorCode::HistoryConflict);
  const auto begin = text.find("-- agent-migrate: checksum");
  text.erase(begin, text.find('\n', begin) - begin + 1);
  ASSERT_TRUE(base::write_file(migration.file, text));
  const auto done = apply();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(value("SELECT attname FROM pg_attribute WHERE attrelid = 'a'::regclass AND attnum = 1"), "y");
}

TEST_F(ApplyTest, NothingNewWhileSomethingIsPending) {
  write("one", {"SELECT 1"});
  const auto checked = migration::check_nothing_pending(store, *pending());
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().code, ErrorCode::PendingMigrations);
  ASSERT_TRUE(apply());
  EXPECT_TRUE(migration::check_nothing_pending(store, *pending()));
}

TEST_F(ApplyTest, TheHistoryMayHaveASchemaOfItsOwn) {
  options.history.name = {"My Schema", "the history"};
  write("one", {"CREATE TABLE a (x int)"});
  const auto done = apply();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(value("SELECT count(*) FROM \"My Schema\".\"the history\""), "1");
}

TEST_F(ApplyTest, AMissingPrivilegeIsSaid) {
  run("CREATE TABLE a (x int)");
  run("DO $$ BEGIN CREATE ROLE migration_test_weak LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  run("GRANT ALL ON SCHEMA public TO migration_test_weak; SET SESSION AUTHORIZATION migration_test_weak");
  write("weak", {"ALTER TABLE a ADD COLUMN y int"});
  const auto failed = apply();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().code, ErrorCode::DbPermission);
  EXPECT_EQ(failed.error().sqlstate, "42501");
}

TEST_F(ApplyTest, RowsHiddenByRowSecurityAreNoSilentHalf) {
  run("DO $$ BEGIN CREATE ROLE migration_test_owner LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END $$");
  run("GRANT ALL ON SCHEMA public TO migration_test_owner; SET SESSION AUTHORIZATION migration_test_owner");
  run("CREATE TABLE a (x int); INSERT INTO a VALUES (1); ALTER TABLE a ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL "
      "SECURITY");
  write("fill", {"UPDATE a SET x = 2"});
  EXPECT_FALSE(apply());
}

}  // namespace
