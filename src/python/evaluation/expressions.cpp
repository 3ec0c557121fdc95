#include <optional>
#include <string>

#include "python/evaluation/big_integer.h"
#include "python/evaluation/evaluator.h"
#include "python/evaluation/mangling.h"

/// One function for each kind of expression.
namespace python {

using namespace syntax;

namespace {

bool collect(Interpreter& in, Scope& scope, Sequence<Expr> elements, std::vector<Value>& items,
             const python::Unknown*& incomplete) {
  items.reserve(elements.size());
  for (const Expr* element : elements) {
    const auto* starred = as<Starred>(element);
    const Outcome value = evaluate(in, scope, starred ? starred->value : element);
    if (!value) return false;
    if (!starred) {
      items.push_back(*value);
      continue;
    }
    const Outcome unpacked = in.items(*value);
    if (!unpacked) return false;
    if (const auto* list = unpacked.as<python::List>()) {
      items.insert(items.end(), list->items.begin(), list->items.end());
      if (list->incomplete) incomplete = list->incomplete;
    } else {
      incomplete = unpacked.as<python::Unknown>();
      items.push_back(*unpacked);
    }
  }
  return true;
}

Outcome evaluate_name(Interpreter& in, Scope& scope, const Name& name) {
  const Outcome found = look_up(in, scope, name.id);
  if (!found.is_absent()) return found;
  if (name.id == "__annotations__" && scope.kind == Scope::Kind::Class) return body_annotations(in, scope);
  return in.raise("NameError", "name '" + std::string(name.id) + "' is not defined");
}

Outcome evaluate_tuple(Interpreter& in, Scope& scope, const syntax::Tuple& tuple) {
  std::vector<Value> items;
  const python::Unknown* incomplete = nullptr;
  if (!collect(in, scope, tuple.elts, items, incomplete)) return raised;
  return in.tuple(std::move(items));
}

Outcome evaluate_list_display(Interpreter& in, Scope& scope, const syntax::List& display) {
  python::List* list = in.list();
  if (!collect(in, scope, display.elts, list->items, list->incomplete)) return raised;
  return list;
}

Outcome evaluate_set_display(Interpreter& in, Scope& scope, const syntax::Set& display) {
  std::vector<Value> items;
  auto* set = in.make<python::Set>();
  if (!collect(in, scope, display.elts, items, set->incomplete)) return raised;
  for (const Value item : items)
    if (!in.set(set->table, item, {})) return raised;
  return set;
}

bool merge_into(Interpreter& in, python::Dict& dict, Value mapping) {
  if (const auto* unknown = mapping.as<python::Unknown>()) {
    dict.incomplete = unknown;
    return true;
  }
  const Outcome updated = in.call(*in.attribute(&dict, "update"), {mapping});
  return static_cast<bool>(updated);
}

Outcome evaluate_dict_display(Interpreter& in, Scope& scope, const syntax::Dict& display) {
  python::Dict* dict = in.dict();
  for (std::size_t at = 0; at < display.keys.size(); ++at) {
    if (!display.keys[at]) {
      const Outcome mapping = evaluate(in, scope, display.values[at]);
      if (!mapping || !merge_into(in, *dict, *mapping)) return raised;
      continue;
    }
    const Outcome key = evaluate(in, scope, display.keys[at]);
    if (!key) return raised;
    const Outcome value = evaluate(in, scope, display.values[at]);
    if (!value) return raised;
    if (const auto* unknown = key.as<python::Unknown>()) {
      dict->incomplete = unknown;
    } else if (!in.set(dict->table, *key, *value)) {
      return raised;
    }
  }
  return dict;
}

Outcome evaluate_bool_op(Interpreter& in, Scope& scope, const BoolOp& expression) {
  const bool is_or = expression.op == BoolOperator::Or;
  for (std::size_t at = 0; at + 1 < expression.values.size(); ++at) {
    const Outcome value = evaluate(in, scope, expression.values[at]);
    if (!value) return raised;
    const Outcome truth = in.truth(*value);
    if (!truth) return raised;
    if (const auto* known = truth.as<Bool>()) {
      if (known->value == is_or) return value;
      continue;
    }
    const auto* unknown = truth.as<python::Unknown>();
    if (unknown->likely && in.is_true(*unknown->likely) != is_or) continue;
    return unknown->likely ? value : Outcome(derived(in, *unknown));
  }
  return evaluate(in, scope, expression.values.back());
}

Outcome evaluate_conditional(Interpreter& in, Scope& scope, const IfExp& expression) {
  const Outcome condition = evaluate_condition(in, scope, expression.test);
  if (!condition) return raised;
  if (const auto* known = condition.as<Bool>())
    return evaluate(in, scope, known->value ? expression.body : expression.orelse);
  const auto& unknown = *condition.as<python::Unknown>();
  const Location location = location_in(scope, expression.span);
  const bool first = decided(in, unknown, location);
  const Outcome likely = evaluate(in, scope, first ? expression.body : expression.orelse);
  if (!likely) return raised;
  const Outcome other = evaluate(in, scope, first ? expression.orelse : expression.body);
  if (!other) return raised;
  return choose_unknown(in, unknown, *likely, *other, location);
}

std::optional<Comparison> comparison(CompareOperator op) {
  switch (op) {
    case CompareOperator::Eq:
      return Comparison::Eq;
    case CompareOperator::NotEq:
      return Comparison::NotEq;
    case CompareOperator::Lt:
      return Comparison::Lt;
    case CompareOperator::LtE:
      return Comparison::LtE;
    case CompareOperator::Gt:
      return Comparison::Gt;
    case CompareOperator::GtE:
      return Comparison::GtE;
    default:
      return {};
  }
}

Outcome negated(Interpreter& in, Outcome outcome) {
  if (!outcome) return outcome;
  const Outcome truth = in.truth(*outcome);
  if (const auto* known = truth.as<Bool>()) return in.boolean(!known->value);
  if (const auto* unknown = truth.as<python::Unknown>()) {
    if (!unknown->likely) return derived(in, *unknown);
    return derived(in, *unknown, in.boolean(!in.is_true(*unknown->likely)));
  }
  return truth;
}

Outcome is_same(Interpreter& in, Value left, Value right, bool wanted) {
  const python::Unknown* unknown =
      left.as<python::Unknown>() ? left.as<python::Unknown>() : right.as<python::Unknown>();
  if (unknown && left != right) {
    if (!unknown->likely) return derived(in, *unknown);
    const bool likely = *unknown->likely == (left.is_unknown() ? right : left);
    return derived(in, *unknown, in.boolean(likely == wanted));
  }
  bool same = left == right;
  if (!same && left.kind() == right.kind() && (left.kind() == Kind::Int || left.kind() == Kind::Str))
    same = in.same(left, right);
  return in.boolean(same == wanted);
}

Outcome compare_once(Interpreter& in, CompareOperator op, Value left, Value right) {
  switch (op) {
    case CompareOperator::Is:
      return is_same(in, left, right, true);
    case CompareOperator::IsNot:
      return is_same(in, left, right, false);
    case CompareOperator::In:
      return in.compare(Comparison::In, right, left);
    case CompareOperator::NotIn:
      return negated(in, in.compare(Comparison::In, right, left));
    default:
      return in.compare(*comparison(op), left, right);
  }
}

Outcome evaluate_compare(Interpreter& in, Scope& scope, const Compare& expression) {
  Outcome left = evaluate(in, scope, expression.left);
  if (!left) return raised;
  for (std::size_t at = 0; at < expression.ops.size(); ++at) {
    const Outcome right = evaluate(in, scope, expression.comparators[at]);
    if (!right) return raised;
    const Outcome result = compare_once(in, expression.ops[at], *left, *right);
    if (!result || at + 1 == expression.ops.size()) return result;
    const Outcome truth = in.truth(*result);
    if (!truth) return raised;
    if (truth.as<python::Unknown>()) return truth;
    if (!truth.as<Bool>()->value) return result;
    left = right;
  }
  return left;
}

Outcome evaluate_unary(Interpreter& in, Scope& scope, const UnaryOp& expression) {
  const Outcome operand = expression.op == UnaryOperator::Not ? evaluate_condition(in, scope, expression.operand)
                                                              : evaluate(in, scope, expression.operand);
  if (!operand) return raised;
  switch (expression.op) {
    case UnaryOperator::Not:
      return negated(in, operand);
    case UnaryOperator::Invert:
      return in.unary(Unary::Invert, *operand);
    case UnaryOperator::UAdd:
      return in.unary(Unary::UAdd, *operand);
    case UnaryOperator::USub:
      return in.unary(Unary::USub, *operand);
  }
  return raised;
}

Outcome evaluate_binary(Interpreter& in, Scope& scope, const BinOp& expression) {
  const Outcome left = evaluate(in, scope, expression.left);
  if (!left) return raised;
  const Outcome right = evaluate(in, scope, expression.right);
  if (!right) return raised;
  const Here here(in.state(), location_in(scope, expression.span));
  return in.binary(static_cast<Binary>(expression.op), *left, *right);
}

Outcome evaluate_attribute(Interpreter& in, Scope& scope, const Attribute& expression) {
  const Outcome value = evaluate(in, scope, expression.value);
  if (!value) return raised;
  const Here here(in.state(), location_in(scope, expression.span));
  return in.attribute(*value, mangled(in, scope, expression.attr));
}

Outcome evaluate_subscript(Interpreter& in, Scope& scope, const Subscript& expression) {
  const Outcome value = evaluate(in, scope, expression.value);
  if (!value) return raised;
  const Outcome index = evaluate(in, scope, expression.slice);
  if (!index) return raised;
  const Here here(in.state(), location_in(scope, expression.span));
  return in.subscript(*value, *index);
}

Outcome evaluate_named(Interpreter& in, Scope& scope, const NamedExpr& expression) {
  const Outcome value = evaluate(in, scope, expression.value);
  if (!value) return raised;
  if (!assign(in, binding_scope(scope), expression.target, *value)) return raised;
  return value;
}

Outcome evaluate_formatted(Interpreter& in, Scope& scope, const FormattedValue& part) {
  Outcome value = evaluate(in, scope, part.value);
  if (!value) return raised;
  if (part.conversion == 's') value = in.str_of(*value);
  if (part.conversion == 'r' || part.conversion == 'a') value = in.repr_of(*value);
  if (!value) return raised;
  if (!part.format_spec) return in.format(*value, "");
  const Outcome specification = evaluate(in, scope, part.format_spec);
  if (!specification) return raised;
  const std::string* text = text_of(*specification);
  return text ? in.format(*value, *text) : specification;
}

Outcome evaluate_yield(Interpreter& in, Scope& scope, const Expr* expression) {
  Outcome value = expression ? evaluate(in, scope, expression) : Outcome(Value());
  if (!value) return raised;
  const Scope* function = function_scope(&scope);
  if (!function || !function->yield) return in.raise("SyntaxError", "'yield' outside function");
  return (*function->yield)(*value);
}

Outcome evaluate_yield_from(Interpreter& in, Scope& scope, const YieldFrom& expression) {
  const Outcome value = evaluate(in, scope, expression.value);
  if (!value) return raised;
  const Scope* function = function_scope(&scope);
  if (!function || !function->yield) return in.raise("SyntaxError", "'yield from' outside function");
  const auto* yield = function->yield;
  const Outcome done = in.iterate(*value, [&](Value item) -> Outcome {
    const Outcome sent = (*yield)(item);
    return sent ? Outcome(absent) : Outcome(raised);
  });
  return done.is_raised() ? Outcome(raised) : Outcome(Value());
}

Outcome evaluate_await(Interpreter& in, Scope& scope, const Await& expression) {
  const Outcome value = evaluate(in, scope, expression.value);
  if (!value) return raised;
  return in.unknown("what is awaited is known only to the running program");
}

Outcome evaluate_known_kind(Interpreter& in, Scope& scope, const Expr* expression) {
  switch (expression->kind) {
    case ExprKind::Constant:
      return evaluate_constant(in, scope, *as<Constant>(expression));
    case ExprKind::Name:
      return evaluate_name(in, scope, *as<Name>(expression));
    case ExprKind::Attribute:
      return evaluate_attribute(in, scope, *as<Attribute>(expression));
    case ExprKind::Subscript:
      return evaluate_subscript(in, scope, *as<Subscript>(expression));
    case ExprKind::Slice:
      return evaluate_slice(in, scope, *as<syntax::Slice>(expression));
    case ExprKind::Call:
      return evaluate_call(in, scope, *as<syntax::Call>(expression));
    case ExprKind::Starred:
      return evaluate(in, scope, as<Starred>(expression)->value);
    case ExprKind::BinOp:
      return evaluate_binary(in, scope, *as<BinOp>(expression));
    case ExprKind::UnaryOp:
      return evaluate_unary(in, scope, *as<UnaryOp>(expression));
    case ExprKind::BoolOp:
      return evaluate_bool_op(in, scope, *as<BoolOp>(expression));
    case ExprKind::Compare:
      return evaluate_compare(in, scope, *as<Compare>(expression));
    case ExprKind::IfExp:
      return evaluate_conditional(in, scope, *as<IfExp>(expression));
    case ExprKind::Lambda:
      return make_lambda(in, scope, *as<Lambda>(expression));
    case ExprKind::Tuple:
      return evaluate_tuple(in, scope, *as<syntax::Tuple>(expression));
    case ExprKind::List:
      return evaluate_list_display(in, scope, *as<syntax::List>(expression));
    case ExprKind::Set:
      return evaluate_set_display(in, scope, *as<syntax::Set>(expression));
    case ExprKind::Dict:
      return evaluate_dict_display(in, scope, *as<syntax::Dict>(expression));
    case ExprKind::ListComp:
      return evaluate_list(in, scope, *as<ListComp>(expression));
    case ExprKind::SetComp:
      return evaluate_set(in, scope, *as<SetComp>(expression));
    case ExprKind::DictComp:
      return evaluate_dict(in, scope, *as<DictComp>(expression));
    case ExprKind::GeneratorExp:
      return evaluate_generator(in, scope, *as<GeneratorExp>(expression));
    case ExprKind::Await:
      return evaluate_await(in, scope, *as<Await>(expression));
    case ExprKind::Yield:
      return evaluate_yield(in, scope, as<Yield>(expression)->value);
    case ExprKind::YieldFrom:
      return evaluate_yield_from(in, scope, *as<YieldFrom>(expression));
    case ExprKind::NamedExpr:
      return evaluate_named(in, scope, *as<NamedExpr>(expression));
    case ExprKind::JoinedStr:
      return evaluate_joined(in, scope, *as<JoinedStr>(expression));
    case ExprKind::FormattedValue:
      return evaluate_formatted(in, scope, *as<FormattedValue>(expression));
    case ExprKind::TemplateStr:
    case ExprKind::Interpolation:
      return in.unknown("template strings are not read");
  }
  return raised;
}

}  // namespace

Location location_in(const Scope& scope, Span span) { return {scope.source, span}; }

namespace {

Outcome named_text(Interpreter& in, const Scope& scope, const Constant& constant) {
  auto text = with_named_characters(constant.text, python::text(location_in(scope, constant.span)));
  if (text) return make_str(in, std::move(*text));
  return in.unknown("a character named by \\N{…} is not known", location_in(scope, constant.span));
}

}  // namespace

Outcome evaluate_constant(Interpreter& in, const Scope& scope, const Constant& constant) {
  switch (constant.constant) {
    case ConstantKind::None:
      return Value();
    case ConstantKind::True:
      return in.boolean(true);
    case ConstantKind::False:
      return in.boolean(false);
    case ConstantKind::Ellipsis:
      return *in.find_attribute(in.state().builtins, "Ellipsis");
    case ConstantKind::String:
      return constant.has_named_characters ? named_text(in, scope, constant) : Outcome(interned_str(in, constant.text));
    case ConstantKind::Bytes:
      return in.make<Bytes>(std::string(constant.text));
    case ConstantKind::Integer:
      return in.integer(constant.integer);
    case ConstantKind::LargeInteger:
      return large_integer(in, BigInteger::parsed_literal(constant.text));
    case ConstantKind::Float:
      return in.number(constant.number);
    case ConstantKind::Complex:
      return in.make<Complex>(std::complex<double>(0, constant.number));
  }
  return raised;
}

Outcome evaluate_joined(Interpreter& in, Scope& scope, const JoinedStr& joined) {
  std::string text;
  const python::Unknown* unknown = nullptr;
  bool all_likely = true;
  for (const Expr* part : joined.values) {
    const auto* constant = as<Constant>(part);
    if (constant && !constant->has_named_characters) {
      text += constant->text;
      continue;
    }
    const Outcome value = evaluate(in, scope, part);
    if (!value) return raised;
    const auto* missing = value.as<python::Unknown>();
    if (missing && !unknown) unknown = missing;
    const std::string* known = text_of(missing && missing->likely ? *missing->likely : *value);
    if (!known) all_likely = false;
    if (known) text += *known;
    if (text.size() > in.state().limits.characters) return in.raise("MemoryError", "the text is too long");
  }
  if (!unknown) return make_str(in, std::move(text));
  if (!all_likely) return derived(in, *unknown);
  return derived(in, *unknown, make_str(in, std::move(text)));
}

Outcome evaluate(Interpreter& in, Scope& scope, const Expr* expression) {
  const Depth depth(in.state());
  if (depth.too_deep()) return in.raise("RecursionError", "maximum recursion depth exceeded");
  if (!in.spend(1)) return raised;
  return evaluate_known_kind(in, scope, expression);
}

}  // namespace python
