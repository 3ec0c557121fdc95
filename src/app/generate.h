#pragma once

#include "app/compare.h"
#include "app/history.h"

namespace app {

/// DANGEROUS_MIGRATION where something in the plan forbids to run it at all.
base::Result<void> check_blockers(const plan::Plan& plan);

/// DANGEROUS_MIGRATION where a migration has steps of risk danger and the caller did not say --force.
base::Result<void> check_danger(const Session& session, const std::vector<std::string>& dangers);

/// Writes the plan as a migration file. Where a pending file holds this very plan already, that one is given back: the
/// same command twice is harmless. PENDING_MIGRATIONS where other files wait.
base::Result<migration::Migration> write_migration(const Session& session, const Compared& compared,
                                                   const Migrations& migrations);

}  // namespace app
