#include <array>
#include <cstdio>

#include "migration_support.h"

namespace {

using base::ErrorCode;
using migration::Migration;

/// Projects on which real Alembic runs too.
class AlembicTest : public ApplyTest {
 protected:
  void SetUp() override { make_alembic("postgresql+psycopg2://" + url.substr(std::string("postgresql://").size())); }

  /// Runs Debian's Alembic in the project; its output.
  std::string alembic(const std::string& arguments, bool succeeds = true) const {
    const std::string command = "cd '" + root.string() + "' && /usr/bin/alembic " + arguments + " 2>&1";
    FILE* pipe = ::popen(command.c_str(), "r");
    std::string output;
    std::array<char, 4096> buffer{};
    while (const std::size_t got = std::fread(buffer.data(), 1, buffer.size(), pipe)) output.append(buffer.data(), got);
    EXPECT_EQ(::pclose(pipe) == 0, succeeds) << output;
    return output;
  }

  std::string version() { return value("SELECT string_agg(version_num, ',') FROM alembic_version"); }
};

Migration full() {
  Migration migration;
  migration.message = "add \"things\"";
  migration.up = {in_group("CREATE TABLE t (id int, x text DEFAULT '12:30 :name \\ %s %(a)s 100%' )", 0),
                  in_group("COMMENT ON TABLE t IS 'it''s \"\"\"quoted\"\"\" \\:x ::y\n한국어'", 0),
                  in_group("INSERT INTO t (id) VALUES (1::int)", 1),
                  alone("CREATE INDEX CONCURRENTLY i ON t (id)"),
                  alone("DO $$ BEGIN COMMIT; END $$"),
                  in_group("CREATE FUNCTION f() RETURNS text LANGUAGE sql AS $f$ SELECT ':b'::text || '\\n' $f$", 2)};
  migration.down = {in_group("DROP FUNCTION f()", 0), in_group("DROP TABLE t", 0)};
  return migration;
}

constexpr const char* signature =
    "SELECT pg_get_expr(adbin, adrelid) || obj_description('t'::regclass) || (SELECT prosrc FROM pg_proc WHERE proname "
    "= 'f') FROM pg_attrdef WHERE adrelid = 't'::regclass";

TEST_F(AlembicTest, AlembicRunsWhatIsWritten) {
  const Migration written = write(full());
  ASSERT_TRUE(apply()) << "by this program";
  const std::string ours = value(signature);
  EXPECT_EQ(version(), written.version);
  EXPECT_NE(alembic("current").find(written.version + " (head)"), std::string::npos);
  alembic("downgrade -1");
  EXPECT_EQ(value("SELECT to_regclass('t')"), "");
  EXPECT_EQ(pending()->size(), 1);
  alembic("upgrade head");
  EXPECT_EQ(value(signature), ours);
  EXPECT_TRUE(pending()->empty());
  EXPECT_NE(alembic("heads").find(written.version), std::string::npos);
  EXPECT_NE(alembic("upgrade head --sql").find("CREATE INDEX CONCURRENTLY i"), std::string::npos);
  alembic("downgrade base");
  const auto again = apply();
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_EQ(value(signature), ours);
}

TEST_F(AlembicTest, ContinuesAHistoryThatAlembicBegan) {
  alembic("revision -m 'by hand'");
  const std::string first = all().at(0).version;
  alembic("upgrade head");
  EXPECT_TRUE(pending()->empty());
  const Migration written = write("ours", {"CREATE TABLE t (x int)"}, {"DROP TABLE t"});
  EXPECT_EQ(written.revises, std::vector<std::string>{first});
  ASSERT_TRUE(apply());
  EXPECT_EQ(version(), written.version);
  alembic("revision -m 'by hand again'");
  alembic("upgrade head");
  EXPECT_TRUE(pending()->empty());
  EXPECT_EQ(write("more", {"SELECT 1"}).revises.size(), 1);
  alembic("upgrade head");
  alembic("downgrade base");
}

TEST_F(AlembicTest, TheProjectsOwnNamesAndTemplate) {
  put("alembic.ini", "[alembic]\nscript_location = %(here)s/alembic\nfile_template = %%(year)d-%%(rev)s.%%(slug)s\n");
  put("alembic/script.py.mako",
      "\"\"\"${message}\n\nRevises: ${down_revision | comma,n}\n\"\"\"\nfrom typing import Union\nfrom alembic import "
      "op\nimport sqlalchemy as sa\nimport sqlmodel\n${imports if imports else \"\"}\n\n# revision identifiers, used "
      "by Alembic.\nrevision: str = ${repr(up_revision)}\ndown_revision: Union[str, None] = "
      "${repr(down_revision)}\nbranch_labels = ${repr(branch_labels)}\ndepends_on = ${repr(depends_on)}\n\n\ndef "
      "upgrade() -> None:\n    ${upgrades if upgrades else \"pass\"}\n\n\ndef downgrade() -> None:\n    ${downgrades "
      "if downgrades else \"pass\"}\n");
  store.file_template = "%(year)d-%(rev)s.%(slug)s";
  const Migration written = write("User 모델", {"CREATE TABLE t (x int)"}, {"DROP TABLE t"});
  EXPECT_TRUE(written.file.filename().string().ends_with(written.version + ".user_모델.py"));
  const std::string text = get(written.file);
  EXPECT_NE(text.find("import sqlmodel\n"), std::string::npos);
  EXPECT_NE(text.find("revision: str = '"), std::string::npos);
  EXPECT_NE(alembic("history").find("User 모델"), std::string::npos);
}

TEST_F(AlembicTest, WhatOnlyAlembicCanRunIsLeftToIt) {
  alembic("revision -m 'by hand'");
  const base::Path file = all().at(0).file;
  std::string text = get(file);
  text.replace(text.find("pass"), 4, "op.create_table('t', sa.Column('x', sa.Integer()))");
  ASSERT_TRUE(base::write_file(file, text));
  const auto refused = apply();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::PendingMigrations);
  EXPECT_NE(refused.error().hint.find("alembic upgrade head"), std::string::npos);
  text.replace(text.find("op.create_table"), std::string("op.create_table('t', sa.Column('x', sa.Integer()))").size(),
               "op.execute('CREATE TABLE t (x int)')");
  ASSERT_TRUE(base::write_file(file, text));
  const auto done = apply();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(value("SELECT to_regclass('t')"), "t");
  EXPECT_NE(alembic("current").find("(head)"), std::string::npos);
}

TEST_F(AlembicTest, StampsAndUnknownRevisions) {
  const Migration first = write("first", {"CREATE TABLE t (x int)"}, {"DROP TABLE t"});
  alembic("stamp head");
  EXPECT_TRUE(pending()->empty());
  const Migration second = write("second", {"CREATE TABLE u (x int)"}, {"DROP TABLE u"});
  ASSERT_TRUE(apply());
  EXPECT_EQ(value("SELECT to_regclass('t')"), "");
  EXPECT_EQ(version(), second.version);
  std::filesystem::remove(second.file);
  const auto open = pending();
  ASSERT_FALSE(open);
  EXPECT_EQ(open.error().code, ErrorCode::HistoryConflict);
  EXPECT_NE(open.error().message.find(second.version), std::string::npos);
}

TEST_F(AlembicTest, MergesBranches) {
  const Migration base = write("base", {"CREATE TABLE t (x int)"}, {"DROP TABLE t"});
  alembic("revision -m left");
  alembic("revision -m right --head " + base.version + " --splice");
  EXPECT_FALSE(pending());
  alembic("merge heads -m together");
  const auto done = apply();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_NE(alembic("current").find("(head) (mergepoint)"), std::string::npos);
  EXPECT_EQ(version().find(','), std::string::npos);
}

TEST_F(AlembicTest, AVersionTableElsewhere) {
  run("CREATE SCHEMA app");
  std::string env = get(root / "alembic/env.py");
  env.replace(env.find("connection=connection"), std::string("connection=connection").size(),
              "connection=connection, version_table=\"versions\", version_table_schema=\"app\"");
  put("alembic/env.py", env);
  options.history = migration::history_table(store, options.history.name);
  const Migration written = write("one", {"CREATE TABLE t (x int)"}, {"DROP TABLE t"});
  const auto done = apply();
  ASSERT_TRUE(done) << done.error().message;
  EXPECT_EQ(value("SELECT version_num FROM app.versions"), written.version);
  EXPECT_NE(alembic("current").find("(head)"), std::string::npos);
  EXPECT_EQ(value("SELECT to_regclass('alembic_version')"), "");
}

}  // namespace
