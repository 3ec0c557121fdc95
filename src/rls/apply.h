#pragma once

#include <vector>

#include "base/error.h"
#include "rls/declaration.h"
#include "rls/settings.h"
#include "schema/database.h"

namespace rls {

/// Puts what the models declare into the desired database: flags, policies, grants, the roles they name with the
/// attributes that the configuration gives, USAGE on the schemas of granted tables and on the sequences behind their
/// SERIAL columns. Idempotent: what an earlier call with other settings made is replaced.
base::Result<void> apply(const std::vector<Declaration>& declarations, const Settings& settings,
                         schema::Database& desired);

}  // namespace rls
