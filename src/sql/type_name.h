#pragma once

#include <optional>
#include <string_view>

#include "base/error.h"
#include "schema/name.h"

namespace sql {

struct Node;

/// What a person, SQLAlchemy or format_type() writes for a type, in the one form of schema::TypeName: `int4`,
/// `DECIMAL(10)`, `timestamptz(3)`, `CHAR`, `FLOAT(24)`, `INTEGER[][]`, `public.mood`, `vector(3)`.
/// A type that is not of pg_catalog and is written without schema keeps an empty schema: `in_catalog` tells the two
/// apart. SERIAL is no type: see `serial_type`.
base::Result<schema::TypeName> canonical_type(std::string_view written);

/// The type of a `TypeName` node of the parse tree; nothing for `SETOF x` and `x%TYPE`.
std::optional<schema::TypeName> canonical_type(const Node& type_name);

/// The type with an empty schema is one of pg_catalog, under the name that `canonical_type` gives.
bool in_catalog(const schema::TypeName& type);

/// SMALLSERIAL, SERIAL2, SERIAL, SERIAL4, BIGSERIAL, SERIAL8 in any case: the integer type of the column. Else nothing.
std::optional<schema::TypeName> serial_type(std::string_view written);

}  // namespace sql
