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
  if (!rows) return base::within(rows.error(), "while reading the migration history " + table);
  for (const auto row : *rows) {
    history.entries[row.text(0)] = {row.text(1), static_cast<int>(row.integer(2)), row.boolean(3), row.boolean(4)};
    for (auto& name : row.array(5)) history.tables.push_back(std::move(name));
  }
  return {};
}

base::Result<void> make_history(postgres::Connection& connection, const HistoryTable& table) {
  const schema::Name schema{table.name.schema};
  const auto known = connection.query("SELECT pg_catalog.to_regnamespace($1) IS NOT NULL", {sql::quoted(schema)});
  if (!known) return std::unexpected(known.error());
  const std::string first = (*known)[0].boolean(0) ? "" : "CREATE SCHEMA " + sql::quoted(schema) + "; ";
  return connection.execute(
      first +
      fmt::format(
          "CREATE TABLE {} (version text PRIMARY KEY, name text NOT NULL, file text NOT NULL, checksum text NOT NULL,"
          " statements integer NOT NULL, statements_done integer NOT NULL DEFAULT 0,"
          " started_next boolean NOT NULL DEFAULT false, tables text[] NOT NULL DEFAULT '{{}}',"
          " applied_by text NOT NULL DEFAULT session_user, started_at timestamptz NOT NULL DEFAULT clock_timestamp(),"
          " finished_at timestamptz)",
          sql::fully_quoted(table.name)));
}

/// As Alembic makes it.
std::string create_alembic(const HistoryTable& table) {
  const schema::QualifiedName name{table.alembic.schema.empty() ? "public" : table.alembic.schema, table.alembic.name};
  return fmt::format("CREATE TABLE {} (version_num VARCHAR(32) NOT NULL, CONSTRAINT {} PRIMARY KEY (version_num))",
                     sql::fully_quoted(name), sql::quoted(schema::Name{name.name + "_pkc"}));
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
  const auto alembic = find_alembic_table(connection, table);
  if (!alembic) return std::unexpected(alembic.error());
  if (alembic->empty()) return history;
  const auto rows = connection.query("SELECT version_num FROM " + *alembic + " ORDER BY 1");
  if (!rows) return base::within(rows.error(), "while reading Alembic's version table");
  for (const auto row : *rows) history.alembic_versions.push_back(row.text(0));
  return history;
}

base::Result<std::string> find_alembic_table(postgres::Connection& connection, const HistoryTable& table) {
  const bool anywhere = table.alembic.schema.empty();
  const schema::QualifiedName first{anywhere ? "public" : table.alembic.schema, table.alembic.name};
  const std::string second = anywhere ? sql::quoted(schema::Name{table.alembic.name}) : sql::fully_quoted(first);
  const auto found = connection.query(
      "SELECT n.nspname, c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
      " WHERE c.oid = coalesce(pg_catalog.to_regclass($1), pg_catalog.to_regclass($2))",
      {sql::fully_quoted(first), second});
  if (!found) return std::unexpected(found.error());
  if (found->empty()) return std::string();
  return sql::fully_quoted(schema::QualifiedName{(*found)[0].text(0), (*found)[0].text(1)});
}

base::Result<void> prepare_history(postgres::Connection& connection, const HistoryTable& table, bool alembic) {
  const auto there = exists(connection, sql::fully_quoted(table.name));
  if (!there) return std::unexpected(there.error());
  if (!*there) {
    if (const auto made = make_history(connection, table); !made)
      return base::within(made.error(), "while making the history table");
  }
  if (!alembic) return {};
  const auto version_table = find_alembic_table(connection, table);
  if (!version_table) return std::unexpected(version_table.error());
  if (!version_table->empty()) return {};
  const auto made = connection.execute(create_alembic(table));
  if (!made) return base::within(made.error(), "while making Alembic's version table");
  return {};
}

postgres::Statement begin_entry(const HistoryTable& table, const Migration& migration) {
  return {fmt::format(
              "INSERT INTO {} (version, name, file, checksum, statements, tables) VALUES ($1, $2, $3, $4, "
              "$5::integer, $6::text[]) ON CONFLICT (version) DO UPDATE SET name = excluded.name, file = excluded.file,"
              " checksum = excluded.checksum, statements = excluded.statements, tables = excluded.tables,"
              " statements_done = 0, started_next = false, applied_by = excluded.applied_by,"
              " started_at = excluded.started_at, finished_at = NULL",
              sql::fully_quoted(table.name)),
          {migration.version, migration.message, migration.file.filename().string(), migration.checksum,
           std::to_string(migration.up.size()), postgres::array_literal(migration.tables)}};
}

postgres::Statement record_started(const HistoryTable& table, const Migration& migration, bool started) {
  return {fmt::format("UPDATE {} SET started_next = $2::boolean WHERE version = $1", sql::fully_quoted(table.name)),
          {migration.version, started ? "true" : "false"}};
}

postgres::Statement record_done(const HistoryTable& table, const Migration& migration, std::size_t statements_done) {
  return {
      fmt::format("UPDATE {} SET statements_done = $2::integer, started_next = false,"
                  " finished_at = CASE WHEN $2::integer >= statements THEN clock_timestamp() END WHERE version = $1",
                  sql::fully_quoted(table.name)),
      {migration.version, std::to_string(statements_done)}};
}

std::vector<postgres::Statement> move_alembic_version(const std::string& alembic_table, const Migration& migration) {
  std::vector<std::string> before = migration.revises;
  before.insert(before.end(), migration.depends_on.begin(), migration.depends_on.end());
  return {{"DELETE FROM " + alembic_table + " WHERE version_num = ANY ($1::text[])", {postgres::array_literal(before)}},
          {"INSERT INTO " + alembic_table + " (version_num) VALUES ($1)", {migration.version}}};
}

}  // namespace migration
