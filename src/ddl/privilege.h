#pragma once

#include <string>
#include <vector>

#include "ddl/ddl.h"

namespace ddl {

/// GRANT and REVOKE that bring a new `object` ("TABLE users", "SCHEMA app") to the grants. What the default privileges
/// in force may have given it is taken, and what they may have kept from it is given. `type` is what they call such an
/// object ("TABLES"; empty: they do not speak of it), `space` the schema that it lies in.
Statements grants_on(const std::string& object, const std::vector<schema::Grant>& grants, const Site& site,
                     const std::string& type = {}, const std::string& space = {});

/// REVOKE and GRANT that lead from one list to the other; they bring about the field "grants". A REVOKE on a table
/// takes the same privileges on columns along: those that are to stay are given back.
Statements grants_changed(const std::string& object, const std::vector<schema::Grant>& before,
                          const std::vector<schema::Grant>& after);

}  // namespace ddl
