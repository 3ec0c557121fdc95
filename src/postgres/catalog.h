#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "postgres/connection.h"
#include "schema/database.h"

namespace postgres {

struct ReadOptions {
  std::vector<std::string> schemas = {};          ///< empty: every schema that is not the system's
  std::vector<std::string> excluded_tables = {};  ///< patterns with * and ?: `table` or `schema.table`
};

/// The database as the catalogs show it: one snapshot, one round trip, a fixed number of queries. What extensions own
/// is left out. Everything is sorted: names by bytes, columns by attnum. Expressions are the server's deparse under an
/// empty search_path.
base::Result<schema::Database> read(Connection& connection, const ReadOptions& options = {});

/// The same inside the transaction that the caller has opened: sees what that has done so far. The settings that
/// decide how the server spells expressions stay set until its end.
base::Result<schema::Database> read_in_transaction(Connection& connection, const ReadOptions& options = {});

/// Statement that makes the server spell expressions in one way until the end of the transaction.
extern const std::string canonical_settings;

}  // namespace postgres
