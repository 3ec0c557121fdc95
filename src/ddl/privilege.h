#pragma once

#include <string>
#include <vector>

#include "ddl/ddl.h"

namespace ddl {

/// GRANT … ON `object` ("TABLE users", "SCHEMA app") for each of the grants.
Statements grants_on(const std::string& object, const std::vector<schema::Grant>& grants);

/// REVOKE and GRANT that lead from one list to the other; they bring about the field "grants". A REVOKE on a table
/// takes the same privileges on columns along: those that are to stay are given back.
Statements grants_changed(const std::string& object, const std::vector<schema::Grant>& before,
                          const std::vector<schema::Grant>& after);

}  // namespace ddl
