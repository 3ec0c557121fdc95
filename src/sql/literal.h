#pragma once

#include "sql/term.h"

/// Casts of constants: when they say nothing, and what the constant is then.
namespace sql {

bool is_integer(const schema::TypeName& type);
/// Integers, numeric, real, double precision.
bool is_numeric(const schema::TypeName& type);
/// text and character varying, whatever its length.
bool is_string(const schema::TypeName& type);

/// `argument` cast to `type`, in its one spelling: `'0'::integer` is 0, `'t'::boolean` true, `'a'::varchar::text`
/// `'a'::text`, `ARRAY['a']::mood[]` `ARRAY['a'::mood]`.
Term cast(Term argument, const schema::TypeName& type);

/// How a constant meets the type of what stands beside it.
enum class Meeting {
  Assignment,  ///< it becomes the value of a column of the type
  Comparison,  ///< it is compared with a value of the type
  Arithmetic,  ///< it is added to, multiplied by … a value of the type
};

/// The constant without the cast that the meeting implies; everything else as it is.
Term met(Term constant, const schema::TypeName& type, Meeting meeting);

}  // namespace sql
