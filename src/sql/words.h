#pragma once

#include <string_view>

/// PostgreSQL's word lists: what must be quoted, and what pg_catalog already means.
namespace sql {

/// A key word that PostgreSQL 13 to 18 (any of them) does not take for any identifier without quotes: all categories of
/// pg_get_keywords() but unreserved.
bool is_reserved(std::string_view word);

/// The short name of a type of pg_catalog (typname): "int4", "timestamptz", "jsonb".
bool is_catalog_type(std::string_view word);

}  // namespace sql
