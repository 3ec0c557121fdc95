#pragma once

#include "ddl/ddl.h"

namespace ddl {

/// The policy dropped and made anew, for one transaction.
Statements replace(const schema::Policy& before, const schema::Policy& after, const Site& site);

/// ENABLE, DISABLE, FORCE, NO FORCE; bring about the field "row_security".
Statements security_changed(const schema::RowSecurity& before, const schema::RowSecurity& after, const Site& site);

}  // namespace ddl
