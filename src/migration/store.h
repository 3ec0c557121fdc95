#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "migration/history.h"
#include "migration/migration.h"

namespace migration {

/// Where a project's migrations lie.
struct Store {
  base::Path root;
  base::Path folder;  ///< of `.sql` files, or Alembic's first version location
  bool alembic = false;
  std::vector<base::Path> version_locations;  ///< Alembic's
  std::string file_template;
  int slug_length = 40;
  base::Path script_location;  ///< Alembic's: where env.py and script.py.mako lie; empty: the folder above the first
                               ///< version location
  std::string timezone;        ///< Alembic's
};

/// Where this project's databases remember its migrations: Alembic's table as env.py names it with constants
/// (`version_table=`, `version_table_schema=`).
HistoryTable history_table(const Store& store, const schema::QualifiedName& name);

/// Every migration on disk, in the order in which they are to be applied. HISTORY_CONFLICT: a version given twice, a
/// revision that another builds on and no file gives, a circle.
base::Result<std::vector<Migration>> migrations(const Store& store);

/// The migrations on disk that the database does not have, in order; one that was applied in part is among them. In an
/// Alembic project `alembic_version` decides. HISTORY_CONFLICT, naming the files: one was edited or removed after it
/// was applied, or edited after it was generated; one should have come before others that are applied; heads diverge;
/// the database is at a revision that no file gives.
base::Result<std::vector<Migration>> pending(const Store& store, const std::vector<Migration>& all,
                                             const History& history);

/// PENDING_MIGRATIONS where some are: for what wants to write a new one.
base::Result<void> check_nothing_pending(const Store& store, const std::vector<Migration>& pending);

/// Numbers the migration and writes its file; gives it as it reads back.
base::Result<Migration> write(const Store& store, const std::vector<Migration>& all, Migration migration);

}  // namespace migration
