#pragma once

#include <map>
#include <string>
#include <string_view>

#include "base/error.h"
#include "postgres/connection.h"
#include "schema/database.h"

namespace postgres::spelling {

/// Gives the types, operator classes and collations that the desired state names without a schema the schema in which
/// they are found: among the desired objects, the actual ones, those of extensions, else along the search path.
base::Result<void> resolve_names(Connection& connection, schema::Database& desired, const schema::Database& actual);

/// Types by name, with the name to write in their place.
using Renamed = std::map<schema::QualifiedName, std::string>;

/// The text with the types that it casts to renamed. A name without schema is looked up as it stands.
std::string with_types(std::string_view text, const Renamed& renamed);

}  // namespace postgres::spelling
