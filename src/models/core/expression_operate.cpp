// What an operator means: the types of literals, which operator a type chooses, the type of the result; what
// SQLAlchemy's default_comparator.py, coercions.py and the comparators of its types decide.
#include <array>

#include "models/core/objects.h"
#include "models/core/type_values.h"
#include "models/core/values.h"

namespace models {
namespace {

using python::Value;

ExpressionObject* node(Context& context, ExpressionKind which) {
  auto* made = context.interpreter->make<ExpressionObject>(which);
  made->location = context.interpreter->here();
  return made;
}

/// An operation between types that gives another type (`_expression_adaptations`). `result` empty: the left type
/// itself.
struct Adaptation {
  Affinity left;
  Operator op;
  Affinity right;
  std::string_view result;
};
constexpr std::array adaptations{
    Adaptation{Affinity::Integer, Operator::Add, Affinity::Date, "Date"},
    Adaptation{Affinity::Integer, Operator::Add, Affinity::Numeric, "="},
    Adaptation{Affinity::Integer, Operator::Multiply, Affinity::Interval, "="},
    Adaptation{Affinity::Integer, Operator::Multiply, Affinity::Numeric, "="},
    Adaptation{Affinity::Integer, Operator::TrueDivide, Affinity::Integer, "Numeric"},
    Adaptation{Affinity::Integer, Operator::TrueDivide, Affinity::Numeric, "="},
    Adaptation{Affinity::Integer, Operator::FloorDivide, Affinity::Numeric, "="},
    Adaptation{Affinity::Integer, Operator::Subtract, Affinity::Numeric, "="},
    Adaptation{Affinity::Numeric, Operator::Multiply, Affinity::Interval, "="},
    Adaptation{Affinity::DateTime, Operator::Subtract, Affinity::DateTime, "Interval"},
    Adaptation{Affinity::Date, Operator::Add, Affinity::Interval, "DateTime"},
    Adaptation{Affinity::Date, Operator::Add, Affinity::Time, "DateTime"},
    Adaptation{Affinity::Date, Operator::Subtract, Affinity::Date, "Integer"},
    Adaptation{Affinity::Date, Operator::Subtract, Affinity::Interval, "DateTime"},
    Adaptation{Affinity::Date, Operator::Subtract, Affinity::DateTime, "Interval"},
    Adaptation{Affinity::Time, Operator::Add, Affinity::Date, "DateTime"},
    Adaptation{Affinity::Time, Operator::Subtract, Affinity::Time, "Interval"},
    Adaptation{Affinity::Interval, Operator::Add, Affinity::Date, "DateTime"},
    Adaptation{Affinity::Interval, Operator::Add, Affinity::DateTime, "="},
    Adaptation{Affinity::Interval, Operator::Add, Affinity::Time, "="},
};

TypePointer adapted_type(const TypePointer& left, Operator op, const TypePointer& right) {
  for (const Adaptation& known : adaptations) {
    if (known.left != affinity(left) || known.op != op || known.right != affinity(right)) continue;
    return known.result == "=" ? right : plain_type(known.result);
  }
  return left;
}

bool is_commutative(Operator op) {
  return op == Operator::Equal || op == Operator::NotEqual || op == Operator::Add || op == Operator::Multiply;
}

/// The operator and the type of `left op right` (`_adapt_expression`).
std::pair<Operator, TypePointer> adapted(const TypePointer& left, Operator op, const TypePointer& right) {
  if (is_null_type(left)) {
    if (is_null_type(right) || !is_commutative(op)) return {op, left};
    return adapted(right, op, left);
  }
  if (op == Operator::Add && is_concatenable(left) && (is_concatenable(right) || is_null_type(right))) {
    return {Operator::Concat, left};
  }
  return {op, adapted_type(left, op, right)};
}

/// The type of a literal beside an expression (`coerce_compared_value`).
TypePointer literal_type(Context& context, const TypePointer& beside, const OperatorUse& op, Value value) {
  if (!beside) return type_of_value(context, value);
  if (beside->decorated) return beside;
  if (op.which == Operator::JsonPathGetItem) return plain_type("JSON.JSONPathType");
  const TypePointer own = type_of_value(context, value);
  const bool same_family = is_null_type(own) || affinity(own) == affinity(beside);
  return same_family ? beside : own;
}

bool is_list(Value value) { return value.as<python::List>() || value.as<python::Tuple>() || value.as<python::Set>(); }

/// A literal beside ARRAY[…] is an array itself.
ExpressionObject* array_literal(Context& context, const ExpressionObject& beside, const OperatorUse& op, Value value) {
  ExpressionObject* made = node(context, ExpressionKind::Array);
  made->type = type_of(context, beside);
  const python::Outcome items = context.interpreter->items(value);
  const auto* list = items.as<python::List>();
  if (!list) return unknown_expression(context, context.interpreter->settled(items));
  for (const Value item : list->items) {
    made->operands.push_back(bind(context, item, literal_type(context, made->type, op, item)));
  }
  return made;
}

/// The type that a literal beside the expression is compared to: of ANY (array) that of its elements.
TypePointer compared_type(Context& context, const ExpressionObject& beside) {
  if (!beside.collection) return type_of(context, beside);
  const TypePointer inner = type_of(context, *beside.operands[0]);
  const bool array = inner && affinity(inner) == Affinity::Array && implementation(*inner).item;
  return array ? implementation(*inner).item : inner;
}

ExpressionObject* literal(Context& context, Value value, ExpressionObject* beside, const OperatorUse& op) {
  if (!beside) return bind(context, value);
  if (beside->expression_kind == ExpressionKind::Array && is_list(value) && op.which != Operator::GetItem) {
    return array_literal(context, *beside, op, value);
  }
  return bind(context, value, literal_type(context, compared_type(context, *beside), op, value));
}

bool takes_over_type(const ExpressionObject& expression) {
  return expression.expression_kind == ExpressionKind::Bind && is_null_type(expression.type);
}

/// Joins a + b + c to one list, as the operators allow it.
ExpressionObject* joined(Context& context, ExpressionObject* left, ExpressionObject* right, Operator op,
                         const TypePointer& type) {
  constexpr std::size_t most_operands = 10'000;
  const auto flattened = [&](ExpressionObject* side) {
    const bool same =
        (side->expression_kind == ExpressionKind::Binary || side->expression_kind == ExpressionKind::List) &&
        side->op.which == op && affinity(type) == affinity(type_of(context, *side));
    return same ? side->operands : std::vector<ExpressionObject*>{side};
  };
  std::vector<ExpressionObject*> operands = flattened(left);
  const std::vector<ExpressionObject*> more = flattened(right);
  if (operands.size() + more.size() <= 2 || operands.size() + more.size() > most_operands) return nullptr;
  operands.insert(operands.end(), more.begin(), more.end());
  ExpressionObject* made = node(context, ExpressionKind::List);
  made->op = op;
  made->type = type;
  for (ExpressionObject* operand : operands) made->operands.push_back(grouped(context, operand, op));
  return made;
}

ExpressionObject* binary_node(Context& context, ExpressionObject* left, ExpressionObject* right, const OperatorUse& op,
                              TypePointer type, Operator negation) {
  ExpressionObject* made = node(context, ExpressionKind::Binary);
  made->op = op;
  made->type = std::move(type);
  made->negation = right->collection ? Operator::None : negation;
  made->implicit_boolean = is_boolean(op.which) || (op.which == Operator::Custom && op.comparison);
  made->operands = {grouped(context, left, op), grouped(context, right, op)};
  return made;
}

/// None, True and False beside = and IS.
ExpressionObject* compared_to_constant(Context& context, ExpressionObject* left, Operator which, ExpressionKind value) {
  const bool is_bool = value != ExpressionKind::Null;
  ExpressionObject* right = constant(context, value);
  const bool distinct = which == Operator::IsDistinctFrom || which == Operator::IsNotDistinctFrom;
  const bool equality = which == Operator::Equal || which == Operator::NotEqual;
  if (!distinct && !(equality && is_bool)) {
    if (which == Operator::Equal) which = Operator::Is;
    if (which == Operator::NotEqual) which = Operator::IsNot;
  }
  return binary_node(context, left, right, which, plain_type("Boolean"), facts(which).negation);
}

std::optional<ExpressionKind> constant_kind(Value value, const ExpressionObject* expression) {
  if (expression) {
    const ExpressionKind which = expression->expression_kind;
    const bool is_constant =
        which == ExpressionKind::Null || which == ExpressionKind::True || which == ExpressionKind::False;
    return is_constant ? std::optional(which) : std::nullopt;
  }
  if (value.is_none()) return ExpressionKind::Null;
  if (const auto flag = value.as<python::Bool>()) return flag->value ? ExpressionKind::True : ExpressionKind::False;
  return std::nullopt;
}

Operator mirrored(Operator op) {
  switch (op) {
    case Operator::Less:
      return Operator::Greater;
    case Operator::LessEqual:
      return Operator::GreaterEqual;
    case Operator::Greater:
      return Operator::Less;
    case Operator::GreaterEqual:
      return Operator::LessEqual;
    default:
      return op;
  }
}

/// The right side of IN: a list of literals, or of expressions.
ExpressionObject* in_operand(Context& context, ExpressionObject* left, Operator op, Value value) {
  if (ExpressionObject* expression = as_expression(context, value)) return grouped(context, expression, op);
  if (value.is_unknown()) return unknown_expression(context, value);
  const python::Outcome items = context.interpreter->items(value);
  auto* list = items.as<python::List>();
  if (!list) return unknown_expression(context, context.interpreter->settled(items));
  if (list->incomplete) return unknown_expression(context, Value(const_cast<python::Unknown*>(list->incomplete)));
  bool all_literal = true;
  for (const Value item : list->items) all_literal = all_literal && !as_expression(context, item);
  ExpressionObject* made = node(context, all_literal ? ExpressionKind::Bind : ExpressionKind::Clauses);
  made->expanding = all_literal;
  made->op = Operator::Comma;
  made->type = type_of(context, *left);
  for (const Value item : list->items) made->operands.push_back(coerced(context, item, left, op));
  return grouped(context, made, op);
}

}  // namespace

ExpressionObject* bind(Context& context, Value value, TypePointer type) {
  if (value.is_unknown()) return unknown_expression(context, value);
  ExpressionObject* made = node(context, ExpressionKind::Bind);
  made->value = value;
  made->type = type ? std::move(type) : type_of_value(context, value);
  return made;
}

ExpressionObject* coerced(Context& context, Value value, ExpressionObject* beside, OperatorUse op) {
  if (value.is_unknown()) return unknown_expression(context, value);
  ExpressionObject* expression = as_expression(context, value);
  if (!expression) {
    if (value.is_none() && !beside) return constant(context, ExpressionKind::Null);
    return literal(context, value, beside, op);
  }
  if (!beside || !takes_over_type(*expression) || is_null_type(type_of(context, *beside))) return expression;
  return bind(context, expression->value, type_of(context, *beside));
}

ExpressionObject* compared(Context& context, ExpressionObject* left, Operator which, Value value) {
  if (value.is_unknown()) return unknown_expression(context, value);
  if (left->expression_kind == ExpressionKind::Unknown) return left;
  if (which == Operator::In || which == Operator::NotIn) {
    ExpressionObject* right = in_operand(context, left, which, value);
    return binary_node(context, left, right, which, plain_type("Boolean"), facts(which).negation);
  }
  const bool reversed = left->collection;
  if (reversed) which = mirrored(which);
  const auto fixed = constant_kind(value, as_expression(context, value));
  if (fixed && !reversed) return compared_to_constant(context, left, which, *fixed);
  ExpressionObject* right = coerced(context, value, left, which);
  if (reversed) std::swap(left, right);
  return binary_node(context, left, right, which, plain_type("Boolean"), facts(which).negation);
}

ExpressionObject* operated(Context& context, ExpressionObject* left, const OperatorUse& op, Value value,
                           bool reflected) {
  if (value.is_unknown()) return unknown_expression(context, value);
  if (left->expression_kind == ExpressionKind::Unknown) return left;
  ExpressionObject* right = coerced(context, value, left, op);
  if (reflected) std::swap(left, right);
  if (op.which == Operator::And || op.which == Operator::Or) return conjunction(context, op.which, {left, right});
  if (op.which == Operator::Custom) {
    TypePointer type = op.comparison ? plain_type("Boolean") : type_of(context, *left);
    return binary_node(context, left, right, op, std::move(type), Operator::None);
  }
  const auto [chosen, type] = adapted(type_of(context, *left), op.which, type_of(context, *right));
  if (is_associative(chosen)) {
    if (ExpressionObject* list = joined(context, left, right, chosen, type)) return list;
  }
  return binary_node(context, left, right, chosen, type, Operator::None);
}

TypePointer type_of(Context& context, const ExpressionObject& expression) {
  if (expression.expression_kind == ExpressionKind::Column) {
    return column_type(context, static_cast<const ColumnObject&>(expression));
  }
  return expression.type ? expression.type : plain_type("NullType");
}

TypePointer type_of_value(Context& context, Value value) {
  struct Known {
    std::string_view python;
    std::string_view type;
  };
  constexpr std::array known{
      Known{"int", "Integer"},        Known{"bool", "Boolean"},      Known{"float", "Float"},
      Known{"str", "String"},         Known{"bytes", "LargeBinary"}, Known{"Decimal", "Numeric"},
      Known{"date", "Date"},          Known{"datetime", "DateTime"}, Known{"time", "Time"},
      Known{"timedelta", "Interval"}, Known{"UUID", "Uuid"},
  };
  const std::string name = context.interpreter->type_name(value);
  for (const Known& entry : known) {
    if (entry.python == name) return plain_type(entry.type);
  }
  return plain_type("NullType");
}

ExpressionObject* cast_to(Context& context, ExpressionObject* operand, TypePointer type) {
  ExpressionObject* made = node(context, ExpressionKind::Cast);
  made->type = std::move(type);
  made->operands = {operand};
  return made;
}

ExpressionObject* text_expression(Context& context, std::string text) {
  ExpressionObject* made = node(context, ExpressionKind::Text);
  made->text = std::move(text);
  made->type = plain_type("NullType");
  return made;
}

ExpressionObject* function_call(Context& context, std::vector<std::string> packages, std::string name,
                                std::vector<ExpressionObject*> arguments, TypePointer type) {
  ExpressionObject* made = node(context, ExpressionKind::Function);
  made->packages = std::move(packages);
  made->text = std::move(name);
  made->key = made->text;
  made->type = type ? std::move(type) : plain_type("NullType");
  for (ExpressionObject* argument : arguments) made->operands.push_back(grouped(context, argument, Operator::Comma));
  return made;
}

}  // namespace models
