#pragma once

#include <string>
#include <vector>

#include "schema/column.h"
#include "schema/name.h"

namespace sql {

/// Where an expression stands: what its columns are, and what becomes of its value.
struct Context {
  schema::QualifiedName table;                           ///< whose columns the expression may name
  const std::vector<schema::Column>* columns = nullptr;  ///< of that table; none: nothing is known of columns
  schema::TypeName type;  ///< what the value is assigned to: the type of a default's column; empty elsewhere
};

/// The two mean the same, by their parse trees: spellings that cannot differ in meaning (redundant casts and
/// parentheses, `IN` and `= ANY (ARRAY[…])`, `BETWEEN`, `now()` and CURRENT_TIMESTAMP, …) are brought into one first.
/// True is certain; false only means that the server has to be asked. What does not parse equals only the same text.
bool equivalent(const schema::Expression& left, const schema::Expression& right, const Context& context);

}  // namespace sql
