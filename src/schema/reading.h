#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "schema/database.h"
#include "schema/kinds.h"

namespace schema {

/// Something of a state that could not be read. Before comparing, the attribute is taken over from the actual side;
/// what could not be read is never a difference. An empty attribute means the whole object; for a table: it is partial,
/// never dropped, and loses nothing.
struct Unresolved {
  ObjectId object;
  std::string attribute;  ///< a name that `fields()` gives, or empty
  base::Place place;
  std::string reason;

  bool operator==(const Unresolved&) const = default;
};

/// A statement that a state says in SQL of its own: what DDL events of models send. What it makes is known only to a
/// server: to compare, it runs on a scratch server with the rest of the state, and everything is read back.
struct RawStatement {
  std::string sql;
  base::Place place;
  bool before_tables = false;  ///< it runs before the tables are made, else after
  QualifiedName table;         ///< the table whose event sends it; empty: the whole MetaData's

  bool operator==(const RawStatement&) const = default;
};

/// Where objects came from.
using Origins = std::map<ObjectId, base::Place>;

/// A state as a reader gives it.
struct Reading {
  Database database;
  Origins origins;
  std::vector<Unresolved> unresolved;
  base::Diagnostics diagnostics;
  std::vector<RawStatement> raw_ddl;  ///< in the order in which they run
  std::map<ObjectId, std::vector<std::pair<std::string, std::string>>> renamed_from;  ///< `__renamed_from__`: new, old
};

}  // namespace schema
