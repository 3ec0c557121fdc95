#pragma once

#include "schema/name.h"

/// What ALTER COLUMN … TYPE does between two types: measured on PostgreSQL 15 (relfilenode, DEBUG1 messages).
namespace schema {

enum class Cast {
  None,        ///< no cast that could be written: the user has to say how
  Assignment,  ///< done without being written
  Explicit,    ///< column::type has to be written
  ViaText,     ///< column::text::type has to be written: enums
  ViaInteger,  ///< column::integer::type: between boolean and the other integers
};

enum class Rewrite {
  None,     ///< the catalog alone
  Indexes,  ///< the indexes on the column are built anew
  Table,    ///< the table and all its indexes
};

struct Conversion {
  Cast cast = Cast::Assignment;
  Rewrite rewrite = Rewrite::Table;
  bool narrows = false;   ///< values may not fit, or lose digits
  bool can_fail = false;  ///< values that are not of the new type make it fail
  bool zoned = false;     ///< the result depends on the session's TimeZone
};

/// `enums` says whether a type that is not built in is an enum.
Conversion conversion(const TypeName& before, const TypeName& after, bool before_is_enum, bool after_is_enum);

/// Whether values of the two types can stand in one foreign key, index or comparison without being converted.
bool same_family(const TypeName& left, const TypeName& right);

}  // namespace schema
