#pragma once

#include "schema/database.h"

/// A sequence that is part of a SERIAL column on one side and stands by itself on the other is one object on both.
namespace diff {

/// Whether `database` has such sequences.
bool shares_sequences(const schema::Database& database, const schema::Database& other);

/// Makes them sequences of their own, and the columns' values plain defaults.
void separate_sequences(schema::Database& database, const schema::Database& other);

}  // namespace diff
