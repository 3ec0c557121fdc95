#include "sql/expression.h"

#include "base/text.h"
#include "sql/normal.h"

namespace sql {

bool equivalent(const schema::Expression& left, const schema::Expression& right, const Context& context) {
  if (base::trimmed(left.text) == base::trimmed(right.text)) return true;
  const auto one = parsed_expression(left.text);
  if (!one) return false;
  const auto other = parsed_expression(right.text);
  return other && normal(term(*one), context) == normal(term(*other), context);
}

}  // namespace sql
