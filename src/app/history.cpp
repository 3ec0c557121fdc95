#include "app/history.h"

#include <algorithm>

namespace app {
namespace {

bool uses_alembic(const config::Config& config) {
  if (config.migrations.format == config::MigrationFormat::Sql) return false;
  return config.alembic.has_value() && !config.alembic->script_location.empty();
}

schema::QualifiedName table_name(const std::string& text) {
  const auto dot = text.find('.');
  return dot == std::string::npos ? schema::QualifiedName{"public", text}
                                  : schema::QualifiedName{text.substr(0, dot), text.substr(dot + 1)};
}

}  // namespace

migration::Store store_of(const Session& session) {
  const config::Config& config = session.config;
  migration::Store store;
  store.root = config.root;
  store.alembic = uses_alembic(config);
  store.folder = config.root / config.migrations.directory;
  if (!store.alembic) return store;
  const config::AlembicSettings& alembic = *config.alembic;
  store.version_locations = alembic.version_locations;
  if (store.version_locations.empty()) store.version_locations = {alembic.script_location / "versions"};
  for (auto& location : store.version_locations) location = config.root / location;
  store.folder = store.version_locations.front();
  store.file_template = alembic.file_template;
  store.slug_length = alembic.truncate_slug_length.value_or(40);
  return store;
}

migration::HistoryTable history_table(const Session& session) {
  return {{session.config.migrations.schema, session.config.migrations.history}};
}

base::Result<std::vector<schema::QualifiedName>> managed_tables(const Session& session, State& state) {
  std::vector<schema::QualifiedName> tables;
  if (!state.configured) return tables;
  const auto history = migration::read_history(*state.connection, history_table(session));
  if (!history) return std::unexpected(history.error());
  for (const auto& name : history->tables) tables.push_back(table_name(name));
  const auto files = migration::migrations(store_of(session));
  if (!files) return std::unexpected(files.error());
  for (const auto& file : *files) {
    for (const auto& name : file.tables) tables.push_back(table_name(name));
  }
  std::ranges::sort(tables);
  const auto repeated = std::ranges::unique(tables);
  tables.erase(repeated.begin(), repeated.end());
  return tables;
}

base::Result<Migrations> find_migrations(const Session& session, postgres::Connection& connection) {
  const migration::Store store = store_of(session);
  auto all = migration::migrations(store);
  if (!all) return std::unexpected(all.error());
  const auto history = migration::read_history(connection, history_table(session));
  if (!history) return std::unexpected(history.error());
  auto pending = migration::pending(store, *all, *history);
  if (!pending) return std::unexpected(pending.error());
  return Migrations{std::move(*all), std::move(*pending)};
}

std::vector<Pending> pending_of(const Session& session, const std::vector<migration::Migration>& pending,
                                bool with_statements) {
  std::vector<Pending> result;
  for (const auto& each : pending) {
    Pending shown{each.version, base::shown(each.file, session.config.root), {}};
    if (with_statements) {
      for (const auto& statement : each.up) shown.statements.push_back(statement.sql);
    }
    result.push_back(std::move(shown));
  }
  return result;
}

}  // namespace app
