#pragma once

#include <set>
#include <string>
#include <string_view>

namespace diff {

/// The identifiers in an expression as the server deparses it: names of columns, functions, types, unquoted. String
/// constants are left out. Enough to ask whether a column that goes is used; not a parser.
std::set<std::string> identifiers(std::string_view expression);

/// The relations that the expression names as nextval('…'::regclass): "schema.name" or "name", unquoted.
std::set<std::string> sequences_in(std::string_view expression);

}  // namespace diff
