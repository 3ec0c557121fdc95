#include "app/apply.h"

#include "app/commands.h"
#include "app/generate.h"
#include "app/history.h"
#include "app/state.h"
#include "base/text.h"

namespace app {
namespace {

/// Files that were edited, or that only Alembic itself can run.
base::Result<void> check_files(const Session& session, const std::vector<migration::Migration>& pending) {
  for (const auto& each : pending) {
    const std::string file = base::shown(each.file, session.config.root);
    if (!each.not_runnable.empty()) {
      return base::failure(base::ErrorCode::PendingMigrations, file + " cannot be run from here: " + each.not_runnable,
                           "run `alembic upgrade head` first");
    }
    if (each.edited) session.progress(file + " was edited after it was written; it is applied as it stands");
  }
  return {};
}

migration::ExecutionOptions execution_options(const Session& session) {
  migration::ExecutionOptions options;
  options.history = history_table(session);
  options.alembic = store_of(session).alembic;
  options.root = session.config.root;
  options.lock_timeout = std::to_string(session.config.plan.lock_timeout.count()) + "ms";
  return options;
}

}  // namespace

base::Result<std::vector<std::string>> apply_pending(const Session& session, postgres::Connection& connection,
                                                     const std::vector<migration::Migration>& pending) {
  std::vector<std::string> applied;
  if (!session.arguments.execute || pending.empty()) return applied;
  if (const auto fine = check_files(session, pending); !fine) return std::unexpected(fine.error());
  std::vector<std::string> dangers;
  for (const auto& each : pending) dangers.insert(dangers.end(), each.dangers.begin(), each.dangers.end());
  if (const auto fine = check_danger(session, dangers); !fine) return std::unexpected(fine.error());
  const auto lock = migration::ApplyLock::take(connection);
  if (!lock) return std::unexpected(lock.error());
  for (const auto& each : pending) {
    const auto done = migration::apply(connection, each, execution_options(session), session.progress);
    if (!done) return std::unexpected(done.error());
    applied.push_back(base::shown(each.file, session.config.root));
  }
  return applied;
}

base::Result<Outcome> run_apply(const Session& session) {
  auto connection = connect(session);
  if (!connection) return std::unexpected(connection.error());
  auto migrations = find_migrations(session, *connection);
  if (!migrations) return std::unexpected(migrations.error());
  auto applied = apply_pending(session, *connection, migrations->pending);
  if (!applied) return std::unexpected(applied.error());
  Outcome outcome;
  outcome.database = connection->label();
  outcome.applied = session.arguments.execute;
  outcome.applied_files = std::move(*applied);
  if (!session.arguments.execute) outcome.pending = pending_of(session, migrations->pending, true);
  return outcome;
}

}  // namespace app
