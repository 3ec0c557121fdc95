#pragma once

#include "sql/expression.h"
#include "sql/term.h"

namespace sql {

/// The one spelling of all that certainly mean the same as `term`.
Term normal(Term term, const Context& context);

}  // namespace sql
