#pragma once

#include <vector>

#include "base/error.h"
#include "rls/declaration.h"
#include "schema/role.h"

namespace rls {

/// The table grants that `__grants__` declares, one for each role, sorted by role; a role with nothing has none.
/// `all` is what GRANT ALL gives on that server: with MAINTAIN since PostgreSQL 17.
base::Result<std::vector<schema::Grant>> grants(const Declaration& declaration, int server_major);

}  // namespace rls
