#pragma once

#include "diff/change.h"

namespace diff {

/// The fixed order of a comparison's results: by kind, table, name, and what is done; renames first, in the order in
/// which they are to be done.
void put_in_order(Changes& changes);

/// The object that a change is about, under its name on the side that has it (for renames the old one).
schema::ObjectId object_of(const Change& change);

}  // namespace diff
