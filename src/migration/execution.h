#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "migration/history.h"
#include "migration/migration.h"
#include "postgres/connection.h"

namespace migration {

struct ExecutionOptions {
  HistoryTable history;
  bool alembic = false;
  base::Path root;                       ///< files are shown relative to it
  std::string lock_timeout = "3s";       ///< of each statement; empty: none
  int attempts = 5;                      ///< for a transaction that waits for a lock too long
  std::chrono::milliseconds pause{500};  ///< before the second attempt; doubled before each further one
};

/// Told before each statement: "2/5 add column users.phone".
using Progress = std::function<void(std::string_view)>;

/// Holds the lock that lets one run apply at a time, until it goes. LOCKED names who holds it.
class ApplyLock {
 public:
  static base::Result<ApplyLock> take(postgres::Connection& connection);
  ApplyLock(ApplyLock&& other) noexcept : connection_(std::exchange(other.connection_, nullptr)) {}
  ApplyLock& operator=(ApplyLock&&) = delete;
  ~ApplyLock();

 private:
  explicit ApplyLock(postgres::Connection& connection) : connection_(&connection) {}
  postgres::Connection* connection_;
};

/// Whether all of them can be run by this program, to be asked before the first one is: PENDING_MIGRATIONS for a
/// revision that only Alembic can run, MIGRATION_FAILED for a statement that would end the transaction or needs psql.
base::Result<void> check_runnable(const std::vector<Migration>& migrations, const base::Path& root);

/// Applies one migration, from where an earlier run left it. Each transaction takes its record in the history along;
/// what runs outside one is recorded before and after. `public` stands first in the search path. SIGINT and SIGTERM
/// cancel the running statement on the server. MIGRATION_FAILED, DB_PERMISSION and DB_CONNECTION say which statement,
/// what stands, how to go on.
base::Result<void> apply(postgres::Connection& connection, const Migration& migration, const ExecutionOptions& options,
                         const Progress& progress);

}  // namespace migration
