#include <utility>

#include "python/syntax/expression_names.h"
#include "python/syntax/grammar.h"

namespace python::syntax {

/// The parser alone may still write into the tree.
void Grammar::set_context(const Expr* expr, Context context) {
  const auto set = [context](auto* node) {
    const_cast<std::remove_const_t<std::remove_pointer_t<decltype(node)>>*>(node)->context = context;
  };
  const auto set_all = [&](Sequence<Expr> elts) {
    for (const Expr* element : elts) set_context(element, context);
  };
  if (const auto* name = as<Name>(expr)) {
    set(name);
  } else if (const auto* attribute = as<Attribute>(expr)) {
    set(attribute);
  } else if (const auto* subscript = as<Subscript>(expr)) {
    set(subscript);
  } else if (const auto* starred = as<Starred>(expr)) {
    set(starred);
    set_context(starred->value, context);
  } else if (const auto* tuple = as<Tuple>(expr)) {
    set(tuple);
    set_all(tuple->elts);
  } else if (const auto* list = as<List>(expr)) {
    set(list);
    set_all(list->elts);
  }
}

/// The innermost part that cannot be assigned to or deleted; null if all is well.
const Expr* Grammar::invalid_target(const Expr* target, bool starred_allowed) const {
  const auto first_invalid = [&](Sequence<Expr> elts) -> const Expr* {
    for (const Expr* element : elts) {
      if (const Expr* invalid = invalid_target(element, starred_allowed)) return invalid;
    }
    return nullptr;
  };
  switch (target->kind) {
    case ExprKind::Name:
    case ExprKind::Attribute:
    case ExprKind::Subscript:
      return nullptr;
    case ExprKind::Starred:
      return starred_allowed ? invalid_target(as<Starred>(target)->value, true) : target;
    case ExprKind::Tuple:
      return first_invalid(as<Tuple>(target)->elts);
    case ExprKind::List:
      return first_invalid(as<List>(target)->elts);
    default:
      return target;
  }
}

void Grammar::check_target(const Expr* target, const char* verb, bool starred_allowed) const {
  const Expr* invalid = invalid_target(target, starred_allowed);
  if (invalid) fail(std::string("cannot ") + verb + " " + std::string(name_of(invalid)), invalid->span.begin);
}

/// Between `for` and `in`.
const Expr* Grammar::for_targets() {
  const Token* start = token_;
  const Expr* targets = nullptr;
  if (!reads([&] { targets = target_list(); }) || !at(TokenKind::In) || invalid_target(targets, true))
    no_for_target(start);
  store(targets);
  return targets;
}

const Expr* Grammar::target_list() {
  const std::uint32_t start = begin();
  const auto target = [this] {
    return at(TokenKind::Star) ? starred(&Grammar::disjunction_of_bits) : disjunction_of_bits();
  };
  const Expr* first = target();
  if (!at(TokenKind::Comma)) return first;
  Nodes<Expr> elts(*this);
  elts.add(first);
  while (skip(TokenKind::Comma) && (begins_expression(kind()) || at(TokenKind::Star))) elts.add(target());
  return tuple(start, elts.items());
}

}  // namespace python::syntax
