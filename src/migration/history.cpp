#include "migration/history.h"

#include <fmt/format.h>

#include "base/text.h"
#include "sql/quote.h"

namespace migration {
namespace {

base::Result<bool> exists(postgres::Connection& connection, const std::string& table) {
  const auto found = connection.query("SELECT pg_catalog.to_regclass($1) IS NOT NULL", {table});
  if (!found) return std::unexpected(found.error());
  return (*found)[0].boolean(0);
}

base::Result<void> read_entries(postgres::Connection& connection, const std::string& table, History& history) {
  const auto rows = connection.query(
      "SELECT version, checksum, statements_done, started_next, finished_at IS NOT NULL, tables FROM " + table +
      " ORDER BY started_at, version");
  if (!rows) return std::unexpected(rows.error());
  for (const auto row : *rows) {
    history.entries[row.text(0)] = {row.text(1), static_cast<int>(row.integer(2)), row.boolean(3), row.boolean(4)};
    for (auto& name : row.array(5)) history.tables.push_back(std::move(name));
  }
  return {};
}

}  // namespace

base::Result<History> read_history(postgres::Connection& connection, const HistoryTable& table) {
  History history;
  const std::string name = sql::fully_quoted(table.name);
  const auto has_history = exists(connection, name);
  if (!has_history) return std::unexpected(has_history.error());
  if (*has_history) {
    if (const auto read = read_entries(connection, name, history); !read) return std::unexpected(read.error());
  }
  const auto has_alembic = exists(connection, "alembic_version");
  if (!has_alembic) return std::unexpected(has_alembic.error());
  if (*has_alembic) {
    const auto rows = connection.query("SELECT version_num FROM alembic_version ORDER BY 1");
    if (!rows) return std::unexpected(rows.error());
    for (const auto row : *rows) history.alembic_versions.push_back(row.text(0));
  }
  return history;
}

std::string create_history(const HistoryTable& table) {
  return fmt::format(
      "CREATE TABLE IF NOT EXISTS {} (version text PRIMARY KEY, name text NOT NULL, file text NOT NULL, checksum text "
      "NOT NULL,"
      " statements integer NOT NULL, statements_done integer NOT NULL DEFAULT 0, started_next boolean NOT NULL DEFAULT "
      "false,"
      " tables text[] NOT NULL DEFAULT '{{}}', applied_by text NOT NULL DEFAULT current_user,"
      " started_at timestamptz NOT NULL DEFAULT now(), finished_at timestamptz)",
      sql::fully_quoted(table.name));
}

postgres::Statement begin_entry(const HistoryTable& table, const Migration& migration) {
  return {fmt::format("INSERT INTO {} (version, name, file, checksum, statements, tables) VALUES ($1, $2, $3, $4, "
                      "$5::integer, $6::text[])"
                      " ON CONFLICT (version) DO NOTHING",
                      sql::fully_quoted(table.name)),
          {migration.version, migration.message, migration.file.filename().string(), migration.checksum,
           std::to_string(migration.up.size()), postgres::array_literal(migration.tables)}};
}

postgres::Statement record_started(const HistoryTable& table, const Migration& migration) {
  return {fmt::format("UPDATE {} SET started_next = true WHERE version = $1", sql::fully_quoted(table.name)),
          {migration.version}};
}

postgres::Statement record_done(const HistoryTable& table, const Migration& migration, std::size_t statements_done) {
  return {
      fmt::format("UPDATE {} SET statements_done = $2::integer, started_next = false,"
                  " finished_at = CASE WHEN $2::integer >= statements THEN clock_timestamp() END WHERE version = $1",
                  sql::fully_quoted(table.name)),
      {migration.version, std::to_string(statements_done)}};
}

std::vector<postgres::Statement> move_alembic_version(const Migration& migration) {
  return {{"CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL,"
           " CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"},
          {"DELETE FROM alembic_version WHERE version_num = ANY ($1::text[])",
           {postgres::array_literal(migration.revises)}},
          {"INSERT INTO alembic_version (version_num) VALUES ($1)", {migration.version}}};
}

}  // namespace migration
