#pragma once

#include <string>
#include <vector>

#include "app/session.h"
#include "migration/migration.h"
#include "postgres/connection.h"

namespace app {

/// Applies the migrations in order, for real only with --execute; gives the files that were applied.
base::Result<std::vector<std::string>> apply_pending(const Session& session, postgres::Connection& connection,
                                                     const std::vector<migration::Migration>& pending);

}  // namespace app
