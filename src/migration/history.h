#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "migration/migration.h"
#include "postgres/connection.h"

namespace migration {

/// What the history table says of one migration.
struct Entry {
  std::string checksum;
  int statements_done = 0;
  bool started_next = false;  ///< the statement after those was begun outside a transaction
  bool finished = false;
};

/// What the database knows of migrations.
struct History {
  std::map<std::string, Entry> entries;  ///< by version
  std::vector<std::string> tables;       ///< that models described at an earlier apply, as schema.table
  std::vector<std::string> alembic_versions;
};

/// The history table, and the schema where `alembic_version` lies.
struct HistoryTable {
  schema::QualifiedName name{"public", "agent_migrate_history"};
};

/// Reads without creating anything: no table, no history.
base::Result<History> read_history(postgres::Connection& connection, const HistoryTable& table);

/// Statements that keep the history; all take effect in the transaction they run in.
std::string create_history(const HistoryTable& table);
postgres::Statement begin_entry(const HistoryTable& table, const Migration& migration);
postgres::Statement record_started(const HistoryTable& table, const Migration& migration);
postgres::Statement record_done(const HistoryTable& table, const Migration& migration, std::size_t statements_done);
/// Alembic's own table: created as Alembic does, its revision moved on.
std::vector<postgres::Statement> move_alembic_version(const Migration& migration);

}  // namespace migration
