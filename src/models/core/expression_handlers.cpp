// The functions that make expressions: text, literal, case, cast, and_, … .
#include <array>

#include "models/core/expression_internal.h"
#include "models/core/handlers.h"
#include "models/core/objects.h"
#include "models/core/text_clause.h"
#include "models/core/type_values.h"
#include "models/core/values.h"

namespace models {
namespace {

using python::Arguments;
using python::Outcome;
using python::Value;

ExpressionObject* node(Context& context, ExpressionKind which, std::vector<ExpressionObject*> operands = {}) {
  auto* made = context.interpreter->make<ExpressionObject>(which);
  made->location = context.interpreter->here();
  made->operands = std::move(operands);
  made->type = plain_type("NullType");
  return made;
}

TypePointer said_type(Context& context, Value type) { return type.is_none() ? nullptr : type_from(context, type); }

Outcome text(Context& context, Arguments& arguments) {
  const Value given = argument(arguments, 0, "text");
  const std::string* sql = text_in(given);
  if (!sql) {
    return unknown_expression(context, given.is_unknown() ? given : unknown_value(context, "text() of no text"));
  }
  return text_expression(context, *sql);
}

Outcome literal(Context& context, Arguments& arguments) {
  const Value value = argument(arguments, 0, "value");
  return bind(context, value, said_type(context, argument(arguments, 1, "type_")));
}

Outcome bind_parameter(Context& context, Arguments& arguments) {
  const Value name = argument(arguments, 0, "key");
  ExpressionObject* made = nullptr;
  if (const Value* value = arguments.find(1, "value")) {
    made = bind(context, *value, said_type(context, argument(arguments, 2, "type_")));
  } else {
    made = unknown_expression(context, unknown_value(context, "a bind without a value"));
  }
  if (const std::string* key = text_in(name)) made->key = *key;
  return made;
}

ExpressionObject* named(Context& context, Arguments& arguments, bool is_literal) {
  const Value name = argument(arguments, 0, "text");
  const std::string* text = text_in(name);
  if (!text) {
    return unknown_expression(context, name.is_unknown() ? name : unknown_value(context, "a column without a name"));
  }
  ExpressionObject* made = node(context, ExpressionKind::Name);
  made->text = made->key = *text;
  made->literal = is_literal || is_truthy(context, keyword(arguments, "is_literal"));
  if (const TypePointer type = said_type(context, argument(arguments, 1, "type_"))) made->type = type;
  return made;
}

Outcome column(Context& context, Arguments& arguments) { return named(context, arguments, false); }
Outcome literal_column(Context& context, Arguments& arguments) { return named(context, arguments, true); }

template <ExpressionKind which>
Outcome constant_of(Context& context, Arguments&) {
  return constant(context, which);
}

/// A condition: True, False and None count as constants.
ExpressionObject* condition(Context& context, Value value) {
  if (const auto flag = value.as<python::Bool>()) {
    return constant(context, flag->value ? ExpressionKind::True : ExpressionKind::False);
  }
  return coerced(context, value);
}

template <Operator which>
Outcome conjunction_of(Context& context, Arguments& arguments) {
  std::vector<ExpressionObject*> conditions;
  for (const Value value : arguments.positional) conditions.push_back(condition(context, value));
  if (arguments.unknown_positional) {
    return unknown_expression(context, Value(const_cast<python::Unknown*>(arguments.unknown_positional)));
  }
  return conjunction(context, which, std::move(conditions));
}

Outcome not_of(Context& context, Arguments& arguments) {
  return negated(context, condition(context, argument(arguments, 0, "clause")));
}

// CASE

struct Branch {
  Value condition, result;
};

Outcome add_branches(Context& context, Value given, std::vector<Branch>& branches) {
  if (given.is_unknown()) return given;
  if (const auto* dict = given.as<python::Dict>()) {
    for (const auto& entry : dict->table.entries()) branches.push_back({entry.key, entry.value});
    return python::absent;
  }
  const Outcome items = context.interpreter->items(given);
  const auto* list = items.as<python::List>();
  if (!list) return context.interpreter->settled(items);
  const bool pair = list->items.size() == 2 && !list->items[0].as<python::Tuple>();
  if (pair) {
    branches.push_back({list->items[0], list->items[1]});
    return python::absent;
  }
  for (const Value item : list->items) {
    if (const Outcome failed = add_branches(context, item, branches)) return failed;
  }
  return python::absent;
}

Outcome case_of(Context& context, Arguments& arguments) {
  std::vector<Branch> branches;
  for (const Value given : arguments.positional) {
    if (const Outcome failed = add_branches(context, given, branches)) return unknown_expression(context, *failed);
  }
  if (const Value whens = keyword(arguments, "whens"); !whens.is_none()) {
    if (const Outcome failed = add_branches(context, whens, branches)) return unknown_expression(context, *failed);
  }
  const Value value = keyword(arguments, "value");
  const Value other = keyword(arguments, "else_");
  ExpressionObject* made =
      node(context, ExpressionKind::Case,
           {value.is_none() ? nullptr : coerced(context, value), other.is_none() ? nullptr : coerced(context, other)});
  for (const Branch& branch : branches) {
    made->operands.push_back(grouped(context, coerced(context, branch.condition)));
    ExpressionObject* result = coerced(context, branch.result);
    made->operands.push_back(result);
    if (!is_null_type(type_of(context, *result))) made->type = type_of(context, *result);
  }
  if (is_null_type(made->type) && made->operands[1]) made->type = type_of(context, *made->operands[1]);
  return made;
}

// CAST and the like

/// What is cast: a literal takes the target's type.
ExpressionObject* typed_operand(Context& context, Value value, const TypePointer& type) {
  if (as_expression(context, value) || value.is_unknown()) return coerced(context, value);
  return value.is_none() ? constant(context, ExpressionKind::Null) : bind(context, value, type);
}

Outcome cast_of(Context& context, Arguments& arguments) {
  const TypePointer type = type_from(context, argument(arguments, 1, "type_"));
  return cast_to(context, typed_operand(context, argument(arguments, 0, "expression"), type), type);
}

Outcome type_coerce(Context& context, Arguments& arguments) {
  const TypePointer type = type_from(context, argument(arguments, 1, "type_"));
  ExpressionObject* made =
      node(context, ExpressionKind::Coerce, {typed_operand(context, argument(arguments, 0, "expression"), type)});
  made->type = type;
  return made;
}

Outcome extract(Context& context, Arguments& arguments) {
  const Value field = argument(arguments, 0, "field");
  const std::string* name = text_in(field);
  if (!name) return unknown_expression(context, unknown_value(context, "the field of extract() is not known"));
  ExpressionObject* made = node(context, ExpressionKind::Extract, {coerced(context, argument(arguments, 1, "expr"))});
  made->text = *name;
  made->type = plain_type("Integer");
  return made;
}

// Functions of the same name as a method: between(x, a, b) is x.between(a, b)

template <std::size_t length>
struct MethodName {
  char text[length];
  constexpr MethodName(const char (&name)[length]) { std::copy_n(name, length, text); }
};

template <MethodName name>
Outcome by_method(Context& context, Arguments& arguments) {
  Arguments rest = arguments;
  Value subject;
  if (!rest.positional.empty()) {
    subject = rest.positional.front();
    rest.positional.erase(rest.positional.begin());
  } else if (!rest.keywords.empty()) {
    subject = rest.keywords.front().second;
    rest.keywords.erase(rest.keywords.begin());
  }
  ExpressionObject* expression = nullptr;
  if (const std::string* text = text_in(subject)) {
    expression = text_expression(context, *text);  // desc("name")
  } else {
    expression = coerced(context, subject);
  }
  const Outcome bound = expression_attribute(context, expression, name.text);
  return bound ? context.interpreter->call(*bound, rest) : bound;
}

Outcome labelled(Context& context, Arguments& arguments) {
  Arguments rest({argument(arguments, 1, "element"), argument(arguments, 0, "name")}, arguments.location);
  return by_method<"label">(context, rest);
}

Outcome over_of(Context& context, Arguments& arguments) { return by_method<"over">(context, arguments); }

template <Operator which>
Outcome collection_of(Context& context, Arguments& arguments) {
  return any_or_all(context, coerced(context, argument(arguments, 0, "expr")), which);
}

Outcome tuple_of(Context& context, Arguments& arguments) {
  ExpressionObject* made = node(context, ExpressionKind::Tuple);
  for (const Value value : arguments.positional) made->operands.push_back(coerced(context, value));
  made->type = plain_type("TupleType");
  return made;
}

// PostgreSQL's

Outcome array_of(Context& context, Arguments& arguments) {
  ExpressionObject* made = node(context, ExpressionKind::Array);
  const Value given = argument(arguments, 0, "clauses");
  const Outcome items = given.is_none() ? Outcome(context.interpreter->list()) : context.interpreter->items(given);
  const auto* list = items.as<python::List>();
  if (!list) return unknown_expression(context, context.interpreter->settled(items));
  for (const Value item : list->items) made->operands.push_back(coerced(context, item));
  TypePointer item = said_type(context, keyword(arguments, "type_"));
  if (!item) item = made->operands.empty() ? plain_type("NullType") : type_of(context, *made->operands[0]);
  Type type;
  type.of = type_class("postgresql.ARRAY");
  type.item = item;
  if (affinity(item) == Affinity::Array && implementation(*item).item) {
    type.item = implementation(*item).item;
    type.dimensions = implementation(*item).dimensions.value_or(1) + 1;
  }
  made->type = std::make_shared<const Type>(std::move(type));
  return made;
}

Outcome aggregate_order_by(Context& context, Arguments& arguments) {
  if (arguments.positional.empty()) return unknown_expression(context, unknown_value(context, "no aggregate"));
  ExpressionObject* order = node(context, ExpressionKind::Clauses);
  order->op = Operator::Comma;
  for (std::size_t i = 1; i < arguments.positional.size(); ++i) {
    order->operands.push_back(coerced(context, arguments.positional[i]));
  }
  ExpressionObject* target = coerced(context, arguments.positional[0]);
  ExpressionObject* made = node(context, ExpressionKind::OrderedArgument, {target, order});
  made->type = type_of(context, *target);
  return made;
}

template <MethodName name>
Outcome function_of(Context& context, Arguments& arguments) {
  return called_function(context, {name.text}, arguments);
}

Outcome query(Context& context, Arguments&) { return query_object(context); }

constexpr std::array handlers{
    NamedHandler{"sqlalchemy.text", text},
    NamedHandler{"sqlalchemy.literal", literal},
    NamedHandler{"sqlalchemy.bindparam", bind_parameter},
    NamedHandler{"sqlalchemy.outparam", bind_parameter},
    NamedHandler{"sqlalchemy.column", column},
    NamedHandler{"sqlalchemy.literal_column", literal_column},
    NamedHandler{"sqlalchemy.null", constant_of<ExpressionKind::Null>},
    NamedHandler{"sqlalchemy.true", constant_of<ExpressionKind::True>},
    NamedHandler{"sqlalchemy.false", constant_of<ExpressionKind::False>},
    NamedHandler{"sqlalchemy.Null", constant_of<ExpressionKind::Null>},
    NamedHandler{"sqlalchemy.True_", constant_of<ExpressionKind::True>},
    NamedHandler{"sqlalchemy.False_", constant_of<ExpressionKind::False>},
    NamedHandler{"sqlalchemy.and_", conjunction_of<Operator::And>},
    NamedHandler{"sqlalchemy.or_", conjunction_of<Operator::Or>},
    NamedHandler{"sqlalchemy.not_", not_of},
    NamedHandler{"sqlalchemy.case", case_of},
    NamedHandler{"sqlalchemy.cast", cast_of},
    NamedHandler{"sqlalchemy.try_cast", cast_of},
    NamedHandler{"sqlalchemy.type_coerce", type_coerce},
    NamedHandler{"sqlalchemy.extract", extract},
    NamedHandler{"sqlalchemy.between", by_method<"between">},
    NamedHandler{"sqlalchemy.collate", by_method<"collate">},
    NamedHandler{"sqlalchemy.distinct", by_method<"distinct">},
    NamedHandler{"sqlalchemy.bitwise_not", by_method<"bitwise_not">},
    NamedHandler{"sqlalchemy.asc", by_method<"asc">},
    NamedHandler{"sqlalchemy.desc", by_method<"desc">},
    NamedHandler{"sqlalchemy.nulls_first", by_method<"nulls_first">},
    NamedHandler{"sqlalchemy.nulls_last", by_method<"nulls_last">},
    NamedHandler{"sqlalchemy.label", labelled},
    NamedHandler{"sqlalchemy.over", over_of},
    NamedHandler{"sqlalchemy.within_group", by_method<"within_group">},
    NamedHandler{"sqlalchemy.funcfilter", by_method<"filter">},
    NamedHandler{"sqlalchemy.any_", collection_of<Operator::Any>},
    NamedHandler{"sqlalchemy.all_", collection_of<Operator::All>},
    NamedHandler{"sqlalchemy.tuple_", tuple_of},
    NamedHandler{"sqlalchemy.select", query},
    NamedHandler{"sqlalchemy.exists", query},
    NamedHandler{"sqlalchemy.insert", query},
    NamedHandler{"sqlalchemy.update", query},
    NamedHandler{"sqlalchemy.delete", query},
    NamedHandler{"sqlalchemy.table", query},
    NamedHandler{"sqlalchemy.alias", query},
    NamedHandler{"sqlalchemy.join", query},
    NamedHandler{"sqlalchemy.outerjoin", query},
    NamedHandler{"sqlalchemy.lateral", query},
    NamedHandler{"sqlalchemy.union", query},
    NamedHandler{"sqlalchemy.union_all", query},
    NamedHandler{"sqlalchemy.intersect", query},
    NamedHandler{"sqlalchemy.except_", query},
    NamedHandler{"sqlalchemy.values", query},
    NamedHandler{"sqlalchemy.dialects.postgresql.insert", query},
    NamedHandler{"sqlalchemy.dialects.postgresql.array", array_of},
    NamedHandler{"sqlalchemy.dialects.postgresql.aggregate_order_by", aggregate_order_by},
    NamedHandler{"sqlalchemy.aggregate_order_by", aggregate_order_by},
    NamedHandler{"sqlalchemy.dialects.postgresql.array_agg", function_of<"array_agg">},
    NamedHandler{"sqlalchemy.dialects.postgresql.hstore", function_of<"hstore">},
    NamedHandler{"sqlalchemy.dialects.postgresql.to_tsvector", function_of<"to_tsvector">},
    NamedHandler{"sqlalchemy.dialects.postgresql.to_tsquery", function_of<"to_tsquery">},
    NamedHandler{"sqlalchemy.dialects.postgresql.plainto_tsquery", function_of<"plainto_tsquery">},
    NamedHandler{"sqlalchemy.dialects.postgresql.phraseto_tsquery", function_of<"phraseto_tsquery">},
    NamedHandler{"sqlalchemy.dialects.postgresql.websearch_to_tsquery", function_of<"websearch_to_tsquery">},
};

}  // namespace

std::span<const NamedHandler> expression_handlers() { return handlers; }

/// sqlalchemy.sql.operators.ge(a, b), and Python's operator module on expressions.
Outcome called_operator(Context& context, std::string_view name, Arguments& arguments) {
  const Operator which = operator_named(name);
  ExpressionObject* left = coerced(context, argument(arguments, 0, "a"));
  const Value right = argument(arguments, 1, "b");
  if (which == Operator::None) return python::absent;
  if (which == Operator::Invert) return negated(context, left);
  if (which >= Operator::Equal && which <= Operator::GreaterEqual) return compared(context, left, which, right);
  if (facts(which).text.empty() || is_comparison(which) || is_ordering(which)) {
    Arguments rest = arguments;
    if (!rest.positional.empty()) rest.positional.erase(rest.positional.begin());
    const Outcome bound = expression_attribute(context, left, facts(which).name == "in" ? "in_" : facts(which).name);
    return bound ? context.interpreter->call(*bound, rest) : bound;
  }
  return operated(context, left, which, right);
}

}  // namespace models
