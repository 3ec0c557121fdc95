#include "migration/alembic.h"
#include "migration/sql_file.h"
#include "migration_support.h"

namespace {

using base::ErrorCode;
using migration::Migration;

/// SQL with everything that is hard to write down.
const std::vector<std::string> awkward = {
    "CREATE FUNCTION f() RETURNS text LANGUAGE plpgsql AS $$\nBEGIN\n  -- down\n  COMMIT;\n  RETURN ':x' || '\\n' || "
    "\"a\"\"b\" || '%s %(x)s' || '\"\"\"';\nEND\n$$",
    "COMMENT ON TABLE t IS 'it''s; \\ back\\\\slash :name \\:x ::y {z} \"\"\"'",
    "SELECT 1 -- a comment at the end",
    "CREATE FUNCTION g() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
    "COMMENT ON TABLE t IS '한국어 — ü\r\n-- step 1: no [by itself]\n-- agent-migrate: checksum 0'",
};

Migration awkward_migration() {
  Migration migration;
  migration.message = "do \"many\" things\nat once";
  migration.tables = {"public.t"};
  migration.dangers = {"drop column t.x"};
  migration.plan = "abc";
  int number = 0;
  for (const auto& sql : awkward) migration.up.push_back(in_group(sql, number++ / 2, "step: [x]"));
  migration.up.push_back(alone("CREATE INDEX CONCURRENTLY i ON t (x)"));
  migration.up.push_back(alone("VALIDATE", true));
  migration.up.push_back(alone("DROP INDEX CONCURRENTLY i"));
  migration.up.push_back(in_group("SELECT 'again'", 9));
  for (const auto& sql : awkward) migration.down.push_back(in_group(sql, 0));
  return migration;
}

void expect_same(const Migration& read, const Migration& written) {
  EXPECT_TRUE(does_the_same(read, written));
  EXPECT_EQ(read.tables, written.tables);
  EXPECT_EQ(read.dangers, written.dangers);
  EXPECT_EQ(read.plan, written.plan);
  EXPECT_TRUE(read.ours);
  EXPECT_FALSE(read.edited);
  EXPECT_EQ(read.not_runnable, "");
  ASSERT_EQ(read.up.size(), written.up.size());
  for (std::size_t i = 0; i < read.up.size(); ++i) EXPECT_EQ(read.up[i].sql, written.up[i].sql);
}

TEST_F(ProjectTest, SqlFilesReadBack) {
  const Migration written = write(awkward_migration());
  EXPECT_EQ(written.message, "do \"many\" things at once");
  EXPECT_TRUE(written.file.filename().string().ends_with("_do_many_things_at_once.sql"));
  const auto found = all();
  ASSERT_EQ(found.size(), 1);
  expect_same(found[0], awkward_migration());
  EXPECT_EQ(found[0].up, awkward_migration().up);
  EXPECT_EQ(found[0].checksum, written.checksum);
}

TEST_F(ProjectTest, RevisionsReadBack) {
  make_alembic("");
  const Migration written = write(awkward_migration());
  const auto found = all();
  ASSERT_EQ(found.size(), 1);
  expect_same(found[0], awkward_migration());
  EXPECT_EQ(found[0].checksum, written.checksum);
  EXPECT_EQ(found[0].up[0].description, "step: [x]");
}

TEST_F(ProjectTest, LineEndsMayChangeButNotTheText) {
  const Migration written = write("one", {"SELECT 1", "SELECT 2"});
  const std::string text = get(written.file);
  EXPECT_FALSE(migration::read_sql(base::Path().string() + text).edited);
  std::string windows;
  for (const char c : text) windows += c == '\n' ? std::string("\r\n") : std::string(1, c);
  EXPECT_FALSE(migration::read_sql(windows).edited);
  std::string edited = text;
  edited.replace(edited.find("SELECT 2"), 8, "SELECT 3");
  EXPECT_TRUE(migration::read_sql(edited).edited);
}

TEST_F(ProjectTest, AFormatterMayGoOverARevision) {
  make_alembic("");
  const std::string text = get(write("one", {"SELECT 1"}, {"SELECT 2"}).file);
  std::string formatted = text;
  for (const auto& [from, to] : {std::pair{"op.execute(", "op.execute(\n        "},
                                 {"from alembic import op", "import x\nfrom alembic import op"}}) {
    for (auto at = formatted.find(from); at != std::string::npos;
         at = formatted.find(from, at + std::string(to).size()))
      formatted.replace(at, std::string(from).size(), to);
  }
  EXPECT_FALSE(migration::read_alembic(formatted).edited);
  std::string edited = text;
  edited.replace(edited.find("SELECT 1"), 8, "SELECT 3");
  EXPECT_TRUE(migration::read_alembic(edited).edited);
}

TEST_F(ProjectTest, VersionsGrow) {
  std::string last;
  for (int i = 0; i < 4; ++i) {
    const Migration written = write("again", {"SELECT 1"});
    EXPECT_GT(written.version, last);
    last = written.version;
  }
  EXPECT_EQ(all().size(), 4);
}

TEST_F(ProjectTest, FilesOfOthersAreNotOurs) {
  put("migrations/20200101000000_dbmate.sql", "-- migrate:up\nDROP TABLE users;\n-- migrate:down\n");
  put("migrations/seed.sql", "SELECT 1;");
  std::filesystem::create_directories(root / "migrations/20200101000001_folder.sql");
  EXPECT_TRUE(all().empty());
}

TEST_F(ProjectTest, ABrokenFileCannotRun) {
  put("migrations/20200101000000_x.sql", "-- agent-migrate: message x\nSELECT 'never ends;\n");
  ASSERT_EQ(all().size(), 1);
  EXPECT_EQ(migration::check_runnable(all(), root).error().code, ErrorCode::PendingMigrations);
}

TEST_F(ProjectTest, WhatEndsTheTransactionCannotRun) {
  for (const char* sql : {"COMMIT;", "rollback", "\\i file.sql;", "COPY t FROM stdin;", "START TRANSACTION;"}) {
    put("migrations/20200101000000_x.sql", std::string("-- agent-migrate: message x\n-- up\nBEGIN;\nSELECT 1;\n") +
                                               (sql == std::string("COMMIT;") ? "END;" : sql));
    EXPECT_EQ(migration::check_runnable(all(), root).error().code, ErrorCode::MigrationFailed) << sql;
  }
}

std::string revision(const std::string& id, const std::string& down, const std::string& extra = "") {
  return "\"\"\"" + id + "\"\"\"\nfrom alembic import op\nrevision = '" + id + "'\ndown_revision = " + down + "\n" +
         extra + "\n\ndef upgrade():\n    pass\n\n\ndef downgrade():\n    pass\n";
}

TEST_F(ProjectTest, RevisionsInOrder) {
  make_alembic("");
  put("alembic/versions/1.py", revision("cccccc", "'bbbbbb'", "depends_on = 'dddd'"));
  put("alembic/versions/2.py", revision("bbbbbb", "'aaaaaa'"));
  put("alembic/versions/3.py", revision("aaaaaa", "None"));
  put("alembic/versions/4.py", revision("dddddd", "('aaaaaa',)"));
  put("alembic/versions/5.py", revision("eeeeee", "('cccccc', 'dddddd')"));
  put("alembic/versions/.#6.py", "broken");
  std::vector<std::string> order;
  for (const auto& each : all()) order.push_back(each.version);
  EXPECT_EQ(order.size(), 5);
  EXPECT_EQ(order.front(), "aaaaaa");
  EXPECT_EQ(order.back(), "eeeeee");
  EXPECT_EQ(write("next", {"SELECT 1"}).revises, std::vector<std::string>{"eeeeee"});
}

TEST_F(ProjectTest, HeadsThatDivergeAreNamed) {
  make_alembic("");
  put("alembic/versions/one.py", revision("aaaaaa", "None"));
  put("alembic/versions/two.py", revision("bbbbbb", "None"));
  const auto written = migration::write(store, all(), Migration{});
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, ErrorCode::HistoryConflict);
  EXPECT_NE(written.error().message.find("alembic/versions/one.py"), std::string::npos);
  EXPECT_NE(written.error().message.find("alembic/versions/two.py"), std::string::npos);
}

TEST_F(ProjectTest, RevisionsThatContradictEachOther) {
  make_alembic("");
  put("alembic/versions/one.py", revision("aaaaaa", "'zzzzzz'"));
  EXPECT_EQ(migration::migrations(store).error().code, ErrorCode::HistoryConflict);
  put("alembic/versions/one.py", revision("aaaaaa", "'bbbbbb'"));
  put("alembic/versions/two.py", revision("bbbbbb", "'aaaaaa'"));
  EXPECT_EQ(migration::migrations(store).error().code, ErrorCode::HistoryConflict);
  put("alembic/versions/one.py", revision("bbbbbb", "None"));
  put("alembic/versions/two.py", revision("bbbbbb", "None"));
  EXPECT_EQ(migration::migrations(store).error().code, ErrorCode::HistoryConflict);
  put("alembic/versions/one.py", revision("aaaaaa", "f()"));
  EXPECT_EQ(migration::migrations(store).error().code, ErrorCode::ConfigInvalid);
}

TEST_F(ProjectTest, TheVersionTableOfEnvPy) {
  make_alembic("");
  put("alembic/env.py", "context.configure(version_table='versions', version_table_schema=\"app\", x=version_table)\n");
  EXPECT_EQ(migration::history_table(store, {"public", "h"}).alembic, (schema::QualifiedName{"app", "versions"}));
}

}  // namespace
