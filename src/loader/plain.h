#pragma once

#include <set>
#include <string>

#include "schema/database.h"

namespace loader {

struct Plainness {
  std::string default_schema;
  std::set<std::string> schemas;             ///< that the models name
  std::set<std::string> names;               ///< of constraints and indexes, that the models give
  std::set<std::string> foreign_types;       ///< types that stand in for what the models do not make
  std::set<std::string> foreign_extensions;  ///< extensions whose types are among them
};

/// What models say of a database that was made of them: no owners and rights, no names that the server chose, no place
/// of extensions.
schema::Database plain(schema::Database database, const Plainness& known);

}  // namespace loader
