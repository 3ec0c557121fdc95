#pragma once

#include "base/diagnostic.h"
#include "base/error.h"
#include "postgres/connection.h"
#include "schema/database.h"

namespace postgres {

struct Spelled {
  schema::Database database;
  base::Diagnostics diagnostics;  ///< COMPARED_BY_SYNTAX, EXPRESSION_REFUSED
};

/// The desired state with its names resolved and its expressions in the server's own words, so that what means the same
/// as its counterpart on the actual side has the same text.
///
/// - Types, operator classes and collations without a schema get the one in which they are found.
/// - An expression whose tree equals that of its counterpart takes the counterpart's text.
/// - All others are put to the server: on temporary tables shaped like the desired ones, in one transaction that is
///   rolled back and one round trip whatever their number. Only TEMP is needed, and nothing of the user's is locked.
/// - Where the server cannot be asked (a standby, no TEMP), texts stay and COMPARED_BY_SYNTAX lists the objects. What
///   the server refuses stays too, with EXPRESSION_REFUSED, unless it speaks of objects that are yet to be made.
base::Result<Spelled> spelled(Connection& connection, schema::Database desired, const schema::Database& actual);

}  // namespace postgres
