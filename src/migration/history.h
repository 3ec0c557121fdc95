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

/// The history table, and Alembic's.
struct HistoryTable {
  schema::QualifiedName name{"public", "agent_migrate_history"};
  schema::QualifiedName alembic{"", "alembic_version"};  ///< an empty schema: public, else the session's search path
};

/// Reads without creating anything: no table, no history.
base::Result<History> read_history(postgres::Connection& connection, const HistoryTable& table);

/// Alembic's table, quoted; empty where the database has none.
base::Result<std::string> find_alembic_table(postgres::Connection& connection, const HistoryTable& table);

/// Makes the history table, and Alembic's, where they are missing.
base::Result<void> prepare_history(postgres::Connection& connection, const HistoryTable& table, bool alembic);

/// Statements that keep the history; all take effect in the transaction they run in.
/// A new entry, or the one of a migration that was applied and taken back since, begun anew.
postgres::Statement begin_entry(const HistoryTable& table, const Migration& migration);
/// Whether the statement after those that are done is being run outside a transaction.
postgres::Statement record_started(const HistoryTable& table, const Migration& migration, bool started);
postgres::Statement record_done(const HistoryTable& table, const Migration& migration, std::size_t statements_done);
/// Moves Alembic's revision on; `alembic_table` as `find_alembic_table` gives it.
std::vector<postgres::Statement> move_alembic_version(const std::string& alembic_table, const Migration& migration);

}  // namespace migration
