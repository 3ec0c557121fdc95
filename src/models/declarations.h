#pragma once

#include <vector>

#include "models/context.h"
#include "models/core/objects.h"
#include "rls/declaration.h"
#include "schema/reading.h"

/// What models say about a table beside SQLAlchemy: class attributes of our own, or keys of `info`.
namespace models {

/// `__rls__`, `__rls_owner__`, `__rls_force__` and `__grants__` of each table that has any of them. A class attribute,
/// inherited or not, wins over `info`. A class that shares a table with another cannot have one of its own: that goes
/// to `Context::invalid`.
std::vector<rls::Declaration> row_security(Context&, const std::vector<MetaDataObject*>&,
                                           const std::string& default_schema);

/// `__renamed_from__ = {"new": "old"}`, or `"old"` for the table itself.
void add_renames(Context&, const std::vector<MetaDataObject*>&, const std::string& default_schema, schema::Reading&);

}  // namespace models
