// Expressions as Python objects: operators, attributes, comparison.
#include "models/core/expression.h"

#include <array>

#include "models/core/expression_internal.h"
#include "models/core/names.h"
#include "models/core/objects.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

Operator arithmetic(python::Binary op) {
  switch (op) {
    case python::Binary::Add:
      return Operator::Add;
    case python::Binary::Sub:
      return Operator::Subtract;
    case python::Binary::Mult:
      return Operator::Multiply;
    case python::Binary::Div:
      return Operator::TrueDivide;
    case python::Binary::FloorDiv:
      return Operator::FloorDivide;
    case python::Binary::Mod:
      return Operator::Modulo;
    case python::Binary::BitAnd:
      return Operator::And;
    case python::Binary::BitOr:
      return Operator::Or;
    default:
      return Operator::None;
  }
}

Operator comparison(python::Comparison op) {
  switch (op) {
    case python::Comparison::Eq:
      return Operator::Equal;
    case python::Comparison::NotEq:
      return Operator::NotEqual;
    case python::Comparison::Lt:
      return Operator::Less;
    case python::Comparison::LtE:
      return Operator::LessEqual;
    case python::Comparison::Gt:
      return Operator::Greater;
    case python::Comparison::GtE:
      return Operator::GreaterEqual;
    case python::Comparison::In:
      return Operator::None;
  }
  return Operator::None;
}

struct KindName {
  ExpressionKind kind;
  std::string_view name;
};
constexpr std::array kind_names{
    KindName{ExpressionKind::Name, "sqlalchemy.column"},
    KindName{ExpressionKind::Text, "sqlalchemy.text"},
    KindName{ExpressionKind::Bind, "sqlalchemy.bindparam"},
    KindName{ExpressionKind::Null, "sqlalchemy.Null"},
    KindName{ExpressionKind::True, "sqlalchemy.True_"},
    KindName{ExpressionKind::False, "sqlalchemy.False_"},
    KindName{ExpressionKind::Binary, "sqlalchemy.BinaryExpression"},
    KindName{ExpressionKind::Unary, "sqlalchemy.UnaryExpression"},
    KindName{ExpressionKind::Modifier, "sqlalchemy.UnaryExpression"},
    KindName{ExpressionKind::List, "sqlalchemy.BooleanClauseList"},
    KindName{ExpressionKind::Clauses, "sqlalchemy.ClauseList"},
    KindName{ExpressionKind::Case, "sqlalchemy.case"},
    KindName{ExpressionKind::Cast, "sqlalchemy.cast"},
    KindName{ExpressionKind::Function, "sqlalchemy.Function"},
    KindName{ExpressionKind::Label, "sqlalchemy.Label"},
    KindName{ExpressionKind::Array, "sqlalchemy.dialects.postgresql.array"},
};

/// Base classes that every expression has, and those of texts and functions.
bool has_base(ExpressionKind kind, std::string_view name) {
  if (name == "sqlalchemy.ClauseElement" || name == "sqlalchemy.Executable" || name == "sqlalchemy.ElementBase") {
    return true;
  }
  if (name == "sqlalchemy.ColumnElement" || name == "sqlalchemy.ColumnOperators" ||
      name == "sqlalchemy.SQLColumnExpression") {
    return kind != ExpressionKind::Text && kind != ExpressionKind::Clauses;
  }
  if (name == "sqlalchemy.FunctionElement") return kind == ExpressionKind::Function;
  if (name == "sqlalchemy.column") return kind == ExpressionKind::Column;
  return false;
}

Outcome named_attribute(Context& context, ExpressionObject& self, std::string_view name) {
  Interpreter& interpreter = *context.interpreter;
  if (name == "type") return type_object(context, type_of(context, self));
  if (name == "name" || name == "key") {
    const std::string& text = name == "key" && !self.key.empty() ? self.key : self.text;
    const bool named = self.expression_kind == ExpressionKind::Name || self.expression_kind == ExpressionKind::Label ||
                       self.expression_kind == ExpressionKind::Function;
    if (!named) return name == "key" ? Outcome(interpreter.none()) : Outcome(python::absent);
    return interpreter.str(text);
  }
  if (name == "text" && self.expression_kind == ExpressionKind::Text) return interpreter.str(self.text);
  if (name == "value" && self.expression_kind == ExpressionKind::Bind) return self.value;
  if (name == "element" && self.operands.size() == 1) return self.operands[0];
  if (name == "left" && self.operands.size() == 2) return self.operands[0];
  if (name == "right" && self.operands.size() == 2) return self.operands[1];
  if (name == "clauses" || name == "clause_expr") {
    auto* clauses = interpreter.make<ExpressionObject>(ExpressionKind::Clauses);
    clauses->op = Operator::Comma;
    clauses->operands = self.operands;
    return clauses;
  }
  if (name == "table") return interpreter.none();
  if (name == "expression" || name == "comparator" || name == "expr") return &self;
  return python::absent;
}

/// text("…").bindparams(x=1)
Outcome with_binds(Context& context, ExpressionObject& self, const Arguments& arguments) {
  ExpressionObject* made = text_expression(context, self.text);
  made->packages = self.packages;
  made->operands = self.operands;
  const auto add = [&](std::string_view name, ExpressionObject* bound) {
    made->packages.emplace_back(name);
    made->operands.push_back(bound);
  };
  for (const Value given : arguments.positional) {
    if (ExpressionObject* bound = as_expression(context, given)) add(bound->key, bound);
  }
  for (const auto& [name, value] : arguments.keywords) add(name, bind(context, value));
  return made;
}

Outcome compiled_text(Context& context, ExpressionObject& self) {
  const WrittenExpression text = written(context, self);
  if (!text.known()) return text.unknown.is_unknown() ? text.unknown : unknown_value(context, text.refused);
  return context.interpreter->str(text.sql);
}

}  // namespace

std::string_view ExpressionObject::type_name() const {
  for (const KindName& entry : kind_names) {
    if (entry.kind == expression_kind) return entry.name;
  }
  return "sqlalchemy.ColumnElement";
}

bool ExpressionObject::is_instance_of(std::string_view name) const {
  const std::string canonical = canonical_name(name);
  return canonical == type_name() || has_base(expression_kind, canonical);
}

Outcome ExpressionObject::attribute(Interpreter& interpreter, std::string_view name) {
  Context& shared = context(interpreter);
  if (expression_kind == ExpressionKind::Unknown && !name.starts_with("__")) {
    return method(interpreter, "sqlalchemy.unknown", [this](Interpreter&, Arguments&) -> Outcome { return this; });
  }
  if (name == "bindparams" && expression_kind == ExpressionKind::Text) {
    return method(interpreter, "sqlalchemy.text.bindparams",
                  [&shared, this](Interpreter&, Arguments& given) { return with_binds(shared, *this, given); });
  }
  if (name == "compile") {
    return method(interpreter, "sqlalchemy.compile",
                  [&shared, this](Interpreter&, Arguments&) { return compiled_text(shared, *this); });
  }
  if (const Outcome found = named_attribute(shared, *this, name); !found.is_absent()) return found;
  return expression_attribute(shared, this, name);
}

Outcome ExpressionObject::subscript(Interpreter& interpreter, Value index) {
  return expression_item(context(interpreter), this, index);
}

Outcome ExpressionObject::call(Interpreter&, Arguments&) { return python::absent; }

Outcome ExpressionObject::binary(Interpreter& interpreter, python::Binary sign, Value other, bool reflected) {
  const Operator which = arithmetic(sign);
  if (which == Operator::None) return python::absent;
  return operated(context(interpreter), this, which, other, reflected);
}

Outcome ExpressionObject::unary(Interpreter& interpreter, python::Unary sign) {
  Context& shared = context(interpreter);
  if (sign == python::Unary::Invert) return negated(shared, this);
  if (sign == python::Unary::UAdd) return python::absent;
  auto* made = interpreter.make<ExpressionObject>(ExpressionKind::Unary);
  made->location = interpreter.here();
  made->op = Operator::Negate;
  made->type = type_of(shared, *this);
  made->operands.push_back(models::grouped(shared, this, Operator::Negate));
  return made;
}

Outcome ExpressionObject::compare(Interpreter& interpreter, python::Comparison sign, Value other) {
  const Operator which = comparison(sign);
  if (which == Operator::None) return python::absent;
  return compared(context(interpreter), this, which, other);
}

Outcome ExpressionObject::iterate(Interpreter& interpreter) {
  const bool list = expression_kind == ExpressionKind::Clauses || expression_kind == ExpressionKind::List ||
                    expression_kind == ExpressionKind::Tuple || expression_kind == ExpressionKind::Array;
  if (!list) return python::absent;
  return interpreter.list(std::vector<Value>(operands.begin(), operands.end()));
}

/// `a == b` is true where both are the same object: membership tests in lists rely on it.
Outcome ExpressionObject::truth(Interpreter& interpreter) {
  const bool equality =
      expression_kind == ExpressionKind::Binary && (op.which == Operator::Equal || op.which == Operator::NotEqual);
  if (equality) return interpreter.boolean((operands[0] == operands[1]) == (op.which == Operator::Equal));
  if (expression_kind == ExpressionKind::Unknown) return value;
  return interpreter.raise("TypeError", "Boolean value of this clause is not defined");
}

Outcome ExpressionObject::str(Interpreter& interpreter) { return compiled_text(context(interpreter), *this); }

ExpressionObject* as_expression(Context& context, Value value) {
  python::HostObject* host = host_object(value);
  if (auto* expression = dynamic_cast<ExpressionObject*>(host)) return expression;
  if (auto* holder = dynamic_cast<ClauseHolder*>(host)) return holder->clause(context);
  if (!value.as<python::Instance>()) return nullptr;
  if (ExpressionObject* compiled = compiled_expression(context, value)) return compiled;
  const Value method = attribute_or_none(context, value, "__clause_element__");
  if (method.is_none() || method.is_unknown()) return nullptr;
  const Value clause = context.interpreter->settled(context.interpreter->call(method));
  return clause == value ? nullptr : as_expression(context, clause);
}

}  // namespace models
