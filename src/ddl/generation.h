#pragma once

#include "ddl/ddl.h"

namespace ddl {

/// Where a column's values come from when none is given: default, SERIAL, identity, generation. Statements from one to
/// the other; a counter goes on where the old one stood. Empty where only a new column can do it.
Statements generation_changed(const schema::Column& before, const schema::Column& after, const Fields& fields,
                              const Site& site);

}  // namespace ddl
