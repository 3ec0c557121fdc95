#include "sql/expression.h"

#include <string>
#include <unordered_map>

#include "base/text.h"
#include "sql/normal.h"

namespace sql {
namespace {

/// The tree of an expression that may have been parsed before: one is often held against many, and most defaults of a
/// project are the same few.
const base::Result<Node>& parsed(const std::string& text) {
  constexpr std::size_t most = 1024;
  thread_local std::unordered_map<std::string, base::Result<Node>> known;
  if (const auto found = known.find(text); found != known.end()) return found->second;
  if (known.size() >= most) known.clear();
  return known.emplace(text, parsed_expression(text)).first->second;
}

}  // namespace

bool equivalent(const schema::Expression& left, const schema::Expression& right, const Context& context) {
  if (base::trimmed(left.text) == base::trimmed(right.text)) return true;
  const auto& one = parsed(left.text);
  if (!one) return false;
  const Term first = normal(term(*one), context);
  const auto& other = parsed(right.text);
  return other && first == normal(term(*other), context);
}

}  // namespace sql
