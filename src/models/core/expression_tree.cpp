// Trees of expressions: grouping, negation, conjunctions; what SQLAlchemy's elements.py decides.
#include "models/core/objects.h"
#include "models/core/values.h"

namespace models {
namespace {

ExpressionObject* node(Context& context, ExpressionKind which) {
  auto* made = context.interpreter->make<ExpressionObject>(which);
  made->location = context.interpreter->here();
  return made;
}

ExpressionObject* in_parentheses(Context& context, ExpressionObject* inner) {
  ExpressionObject* made = node(context, ExpressionKind::Grouping);
  made->type = type_of(context, *inner);
  made->implicit_boolean = inner->implicit_boolean;
  made->operands = {inner};
  return made;
}

ExpressionObject* as_boolean(Context& context, ExpressionObject* inner, Operator which) {
  ExpressionObject* made = node(context, ExpressionKind::AsBoolean);
  made->type = plain_type("Boolean");
  made->op = which;
  made->negation = facts(which).negation;
  made->implicit_boolean = inner->implicit_boolean;
  made->operands = {inner};
  return made;
}

bool is_boolean_typed(Context& context, const ExpressionObject& expression) {
  return affinity(type_of(context, expression)) == Affinity::Boolean;
}

/// A copy with other operands: nodes are values once they are made.
ExpressionObject* copy_with(Context& context, const ExpressionObject& of, std::vector<ExpressionObject*> operands) {
  ExpressionObject* made = node(context, of.expression_kind);
  made->op = of.op;
  made->negation = of.negation;
  made->type = of.type;
  made->text = of.text;
  made->packages = of.packages;
  made->key = of.key;
  made->escape = of.escape;
  made->flags = of.flags;
  made->has_escape = of.has_escape;
  made->has_flags = of.has_flags;
  made->symmetric = of.symmetric;
  made->grouped = of.grouped;
  made->implicit_boolean = of.implicit_boolean;
  made->collection = of.collection;
  made->operands = std::move(operands);
  return made;
}

ExpressionObject* grouped_operation(Context& context, ExpressionObject* expression, const OperatorUse& against) {
  if (expression->expression_kind == ExpressionKind::List && expression->operands.empty()) return expression;
  const bool needed = (expression->grouped && is_precedent(expression->op, against)) ||
                      (against.which == Operator::Invert && !is_boolean(expression->op.which) &&
                       !(expression->op.which == Operator::Custom && expression->op.comparison));
  return needed ? in_parentheses(context, expression) : expression;
}

ExpressionObject* grouped_inner(Context& context, ExpressionObject* outer, const OperatorUse& against) {
  ExpressionObject* inner = grouped(context, outer->operands[0], against);
  return inner == outer->operands[0] ? outer : copy_with(context, *outer, {inner});
}

ExpressionObject* grouped_column(Context& context, ExpressionObject* expression, const OperatorUse& against) {
  const bool condition =
      against.which == Operator::And || against.which == Operator::Or || against.which == Operator::AsBoolean;
  if (condition && is_boolean_typed(context, *expression)) return as_boolean(context, expression, Operator::IsTrue);
  const bool collection = against.which == Operator::Any || against.which == Operator::All;
  return collection ? in_parentheses(context, expression) : expression;
}

ExpressionObject* inverted(Context& context, ExpressionObject* expression) {
  ExpressionObject* made = node(context, ExpressionKind::Unary);
  made->op = Operator::Invert;
  made->type = plain_type("Boolean");
  made->implicit_boolean = true;
  made->operands = {grouped(context, expression, Operator::Invert)};
  return made;
}

ExpressionObject* negated_column(Context& context, ExpressionObject* expression) {
  if (is_boolean_typed(context, *expression)) return as_boolean(context, expression, Operator::IsFalse);
  return inverted(context, expression);
}

ExpressionObject* negated_binary(Context& context, ExpressionObject* expression) {
  if (expression->negation == Operator::None) return negated(context, grouped(context, expression));
  ExpressionObject* made = copy_with(context, *expression, expression->operands);
  made->op = expression->negation;
  made->negation = expression->op.which;
  return made;
}

}  // namespace

ExpressionObject* constant(Context& context, ExpressionKind which) {
  ExpressionObject* made = node(context, which);
  made->type = plain_type(which == ExpressionKind::Null ? "NullType" : "Boolean");
  return made;
}

ExpressionObject* unknown_expression(Context& context, python::Value unknown) {
  ExpressionObject* made = node(context, ExpressionKind::Unknown);
  made->type = plain_type("NullType");
  made->value = unknown;
  return made;
}

ExpressionObject* grouped(Context& context, ExpressionObject* expression, const OperatorUse& against) {
  switch (expression->expression_kind) {
    case ExpressionKind::Binary:
    case ExpressionKind::List:
      return grouped_operation(context, expression, against);
    case ExpressionKind::Clauses:
      return is_precedent(Operator::Comma, against) ? in_parentheses(context, expression) : expression;
    case ExpressionKind::Text:
      return against.which == Operator::In ? in_parentheses(context, expression) : expression;
    case ExpressionKind::Unary:
      return is_precedent(expression->op, against) ? in_parentheses(context, expression) : expression;
    case ExpressionKind::Filter:
      return is_precedent(Operator::Filter, against) ? in_parentheses(context, expression) : expression;
    case ExpressionKind::Label:
    case ExpressionKind::Coerce:
      return grouped_inner(context, expression, against);
    case ExpressionKind::Array: {
      const bool inside =
          against.which == Operator::Any || against.which == Operator::All || against.which == Operator::GetItem;
      return inside ? in_parentheses(context, expression) : expression;
    }
    case ExpressionKind::Function:
      if (against.which == Operator::GetItem && affinity(type_of(context, *expression)) == Affinity::Array) {
        return in_parentheses(context, expression);
      }
      return grouped_column(context, expression, against);
    case ExpressionKind::Modifier:
    case ExpressionKind::AsBoolean:
    case ExpressionKind::Grouping:
    case ExpressionKind::Tuple:
    case ExpressionKind::Slice:
    case ExpressionKind::Collation:
    case ExpressionKind::Select:
    case ExpressionKind::Star:
    case ExpressionKind::OrderedArgument:
    case ExpressionKind::Unknown:
      return expression;
    default:
      return grouped_column(context, expression, against);
  }
}

ExpressionObject* negated(Context& context, ExpressionObject* expression) {
  switch (expression->expression_kind) {
    case ExpressionKind::True:
      return constant(context, ExpressionKind::False);
    case ExpressionKind::False:
      return constant(context, ExpressionKind::True);
    case ExpressionKind::Binary:
      return negated_binary(context, expression);
    case ExpressionKind::List:
      return inverted(context, expression);
    case ExpressionKind::Unary:
      return is_boolean_typed(context, *expression) ? inverted(context, expression)
                                                    : negated_column(context, expression);
    case ExpressionKind::AsBoolean: {
      ExpressionObject* inner = expression->operands[0];
      const bool is_constant =
          inner->expression_kind == ExpressionKind::True || inner->expression_kind == ExpressionKind::False;
      return is_constant ? negated(context, inner) : as_boolean(context, inner, expression->negation);
    }
    case ExpressionKind::Label: {
      ExpressionObject* inner = negated(context, expression->operands[0]);
      return copy_with(context, *expression, {inner});
    }
    case ExpressionKind::Unknown:
      return expression;
    default:
      return negated_column(context, expression);
  }
}

ExpressionObject* conjunction(Context& context, Operator which, std::vector<ExpressionObject*> conditions) {
  const ExpressionKind neutral = which == Operator::And ? ExpressionKind::True : ExpressionKind::False;
  const ExpressionKind decisive = which == Operator::And ? ExpressionKind::False : ExpressionKind::True;
  std::vector<ExpressionObject*> kept;
  ExpressionObject* skipped = nullptr;
  for (ExpressionObject* condition : conditions) {
    if (condition->expression_kind == neutral) {
      skipped = condition;
    } else if (condition->expression_kind == decisive) {
      kept = {condition};
      break;
    } else {
      kept.push_back(condition);
    }
  }
  if (kept.empty() && skipped) kept = {skipped};
  const OperatorUse against = kept.size() > 1 ? which : Operator::AsBoolean;
  for (ExpressionObject*& condition : kept) condition = grouped(context, condition, against);
  if (kept.size() == 1) return kept[0];
  ExpressionObject* made = node(context, ExpressionKind::List);
  made->op = which;
  made->type = plain_type("Boolean");
  made->implicit_boolean = true;
  for (ExpressionObject* condition : kept) {
    const bool same = condition->expression_kind == ExpressionKind::List && condition->op.which == which;
    if (same) {
      made->operands.insert(made->operands.end(), condition->operands.begin(), condition->operands.end());
    } else {
      made->operands.push_back(condition);
    }
  }
  return made;
}

std::vector<ColumnObject*> columns_in(const ExpressionObject& expression) {
  std::vector<ColumnObject*> found;
  std::vector<const ExpressionObject*> waiting{&expression};
  // Shared parts are walked once for each use: a bound keeps `e = e + e` in a loop from growing without end.
  for (std::size_t steps = 0; !waiting.empty() && steps < 100'000; ++steps) {
    const ExpressionObject* at = waiting.back();
    waiting.pop_back();
    if (at->expression_kind == ExpressionKind::Column) {
      found.push_back(const_cast<ColumnObject*>(static_cast<const ColumnObject*>(at)));
      continue;
    }
    for (auto operand = at->operands.rbegin(); operand != at->operands.rend(); ++operand) {
      if (*operand) waiting.push_back(*operand);
    }
  }
  return found;
}

}  // namespace models
