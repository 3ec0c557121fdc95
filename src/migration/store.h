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
};

/// Every migration on disk, in the order in which they are to be applied.
base::Result<std::vector<Migration>> migrations(const Store& store);

/// The migrations on disk that the database does not have. HISTORY_CONFLICT: an applied file was edited, heads diverge.
base::Result<std::vector<Migration>> pending(const Store& store, const std::vector<Migration>& all,
                                             const History& history);

/// Numbers the migration and writes its file.
base::Result<Migration> write(const Store& store, const std::vector<Migration>& all, Migration migration);

}  // namespace migration
