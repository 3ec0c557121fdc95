#include "migration_support.h"

#include <unistd.h>

#include <stdexcept>

namespace {

template <class T>
T valid(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}

base::Path fresh_folder() {
  static int number = 0;
  return std::filesystem::temp_directory_path() /
         ("migration_test_" + std::to_string(::getpid()) + "_" + std::to_string(number++));
}

postgres::Scratch& server() {
  static postgres::Scratch scratch = valid(postgres::Scratch::start());
  return scratch;
}

}  // namespace

migration::Statement in_group(const std::string& sql, int group, const std::string& description) {
  return {sql, true, group, description};
}

migration::Statement alone(const std::string& sql, bool transactional) {
  return {sql, transactional, std::nullopt, "alone"};
}

ProjectTest::ProjectTest() : root(fresh_folder()) {
  std::filesystem::create_directories(root);
  store.root = root;
  store.folder = root / "migrations";
}

ProjectTest::~ProjectTest() { std::filesystem::remove_all(root); }

void ProjectTest::put(const std::string& name, const std::string& text) const {
  std::filesystem::create_directories((root / name).parent_path());
  ASSERT_TRUE(base::write_file(root / name, text));
}

std::string ProjectTest::get(const base::Path& path) const { return valid(base::read_file(path)); }

void ProjectTest::make_alembic(const std::string& url) {
  put("alembic.ini", "[alembic]\nscript_location = %(here)s/alembic\n");
  put("alembic/env.py",
      "from alembic import context\nfrom sqlalchemy import create_engine\n\n"
      "with create_engine(\"" +
          url +
          "\").connect() as connection:\n"
          "    context.configure(connection=connection)\n    with context.begin_transaction():\n        "
          "context.run_migrations()\n");
  put("alembic/script.py.mako", get("/usr/lib/python3/dist-packages/alembic/templates/generic/script.py.mako"));
  std::filesystem::create_directories(root / "alembic/versions");
  store.alembic = true;
  store.folder = root / "alembic/versions";
  store.version_locations = {store.folder};
}

migration::Migration ProjectTest::write(migration::Migration migration) {
  return valid(migration::write(store, all(), std::move(migration)));
}

migration::Migration ProjectTest::write(const std::string& message, const std::vector<std::string>& up,
                                        const std::vector<std::string>& down) {
  migration::Migration migration;
  migration.message = message;
  for (const auto& sql : up) migration.up.push_back(in_group(sql, 0));
  for (const auto& sql : down) migration.down.push_back(in_group(sql, 0));
  return write(std::move(migration));
}

std::vector<migration::Migration> ProjectTest::all() const { return valid(migration::migrations(store)); }

ApplyTest::ApplyTest() : url(valid(server().new_database())), connection(valid(postgres::Connection::open(url))) {
  options.root = root;
  options.pause = std::chrono::milliseconds(10);
}

void ApplyTest::run(const std::string& sql) {
  const auto done = connection.execute(sql);
  ASSERT_TRUE(done) << done.error().message << "\n" << sql;
}

std::string ApplyTest::value(const std::string& sql) {
  const auto rows = valid(connection.query(sql));
  return rows.empty() ? "(none)" : rows[0].text(0);
}

migration::History ApplyTest::history() { return valid(migration::read_history(connection, options.history)); }

base::Result<std::vector<migration::Migration>> ApplyTest::pending() {
  return migration::pending(store, all(), history());
}

base::Result<void> ApplyTest::apply() {
  options.alembic = store.alembic;
  const auto open = pending();
  if (!open) return std::unexpected(open.error());
  const auto lock = migration::ApplyLock::take(connection);
  if (!lock) return std::unexpected(lock.error());
  for (const auto& each : *open) {
    const auto done =
        migration::apply(connection, each, options, [this](std::string_view text) { told.emplace_back(text); });
    if (!done) return done;
  }
  return {};
}
