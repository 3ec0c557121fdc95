#pragma once

#include <vector>

#include "app/outcome.h"
#include "app/session.h"
#include "app/state.h"
#include "migration/execution.h"
#include "migration/store.h"

namespace app {

/// Where the project's migrations lie, by its configuration.
migration::Store store_of(const Session& session);
migration::HistoryTable history_table(const Session& session);

/// Tables that models described at an earlier apply, by the history or by the migration files. None where the state is
/// not the database of the configuration.
base::Result<std::vector<schema::QualifiedName>> managed_tables(const Session& session, State& state);

/// The migrations on disk, and those of them that the database does not have.
struct Migrations {
  std::vector<migration::Migration> all;
  std::vector<migration::Migration> pending;
};
base::Result<Migrations> find_migrations(const Session& session, postgres::Connection& connection);

/// As the JSON lists them.
std::vector<Pending> pending_of(const Session& session, const std::vector<migration::Migration>& pending,
                                bool with_statements);

}  // namespace app
