// The methods and accessors of expressions: `is_`, `like`, `label`, `astext`, … .
#include <array>
#include <unordered_map>

#include "models/core/objects.h"
#include "models/core/type_values.h"
#include "models/core/values.h"

namespace models {
namespace {

using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

ExpressionObject* node(Context& context, ExpressionKind which, std::vector<ExpressionObject*> operands = {}) {
  auto* made = context.interpreter->make<ExpressionObject>(which);
  made->location = context.interpreter->here();
  made->operands = std::move(operands);
  return made;
}

Value other(const Arguments& arguments) { return argument(arguments, 0, "other"); }

// PostgreSQL's own operators (dialects/postgresql/operators.py).
struct CustomOperator {
  std::string_view text;
  int precedence;
  bool comparison;
  bool self_precedent;
};
constexpr int item_precedence = 15;
constexpr int equal_precedence = 5;
constexpr CustomOperator as_text{"->>", item_precedence, false, true};
constexpr CustomOperator path_as_text{"#>>", item_precedence, false, true};
constexpr CustomOperator hstore_item{"->", item_precedence, false, true};
constexpr CustomOperator contains{"@>", equal_precedence, true, true};

struct NamedOperator {
  std::string_view method;
  CustomOperator op;
};
constexpr std::array postgresql_operators{
    NamedOperator{"has_key", {"?", equal_precedence, true, true}},
    NamedOperator{"has_all", {"?&", equal_precedence, true, true}},
    NamedOperator{"has_any", {"?|", equal_precedence, true, true}},
    NamedOperator{"path_exists", {"@?", equal_precedence, true, true}},
    NamedOperator{"path_match", {"@@", equal_precedence, true, true}},
    NamedOperator{"contained_by", {"<@", equal_precedence, true, true}},
    NamedOperator{"overlap", {"&&", equal_precedence, true, false}},
    NamedOperator{"overlaps", {"&&", equal_precedence, true, false}},
    NamedOperator{"strictly_left_of", {"<<", equal_precedence, true, false}},
    NamedOperator{"strictly_right_of", {">>", equal_precedence, true, false}},
    NamedOperator{"not_extend_right_of", {"&<", equal_precedence, true, false}},
    NamedOperator{"not_extend_left_of", {"&>", equal_precedence, true, false}},
    NamedOperator{"adjacent_to", {"-|-", equal_precedence, true, false}},
    // pgvector
    NamedOperator{"l2_distance", {"<->", equal_precedence, false, false}},
    NamedOperator{"max_inner_product", {"<#>", equal_precedence, false, false}},
    NamedOperator{"cosine_distance", {"<=>", equal_precedence, false, false}},
    NamedOperator{"l1_distance", {"<+>", equal_precedence, false, false}},
};

OperatorUse use_of(const CustomOperator& op) {
  OperatorUse use = Operator::Custom;
  use.precedence = op.precedence;
  use.comparison = op.comparison;
  use.self_precedent = op.self_precedent;
  use.eager_grouping = op.self_precedent;
  use.identity = op.text.data();
  return use;
}

ExpressionObject* custom(Context& context, ExpressionObject* left, const CustomOperator& op, Value right,
                         TypePointer type = nullptr) {
  ExpressionObject* made = operated(context, left, use_of(op), right);
  if (made->expression_kind == ExpressionKind::Binary) {
    made->text = op.text;
    if (type) made->type = std::move(type);
  }
  return made;
}

// Comparisons

ExpressionObject* like(Context& context, ExpressionObject* self, Operator which, const Arguments& arguments) {
  ExpressionObject* made = compared(context, self, which, other(arguments));
  if (const std::string* escape = text_in(argument(arguments, 1, "escape"))) {
    made->escape = *escape;
    made->has_escape = true;
  }
  return made;
}

/// startswith, endswith, contains with autoescape=True.
ExpressionObject* escaped_like(Context& context, ExpressionObject* self, Operator which, const Arguments& arguments) {
  Value value = other(arguments);
  const std::string* given = text_in(keyword(arguments, "escape"));
  std::string escape = given ? *given : std::string();
  if (is_truthy(context, keyword(arguments, "autoescape"))) {
    const std::string* text = text_in(value);
    if (!text) return unknown_expression(context, unknown_value(context, "autoescape needs a text"));
    if (escape.empty()) escape = "/";
    std::string escaped;
    for (const char c : *text) {
      if (c == '%' || c == '_' || std::string(1, c) == escape) escaped += escape;
      escaped += c;
    }
    value = context.interpreter->str(escaped);
  }
  ExpressionObject* made = compared(context, self, which, value);
  made->escape = escape;
  made->has_escape = !escape.empty();
  return made;
}

ExpressionObject* contained(Context& context, ExpressionObject* self, const Arguments& arguments) {
  switch (affinity(type_of(context, *self))) {
    case Affinity::Array:
    case Affinity::Json:
    case Affinity::HStore:
    case Affinity::Range:
    case Affinity::MultiRange:
      return custom(context, self, contains, other(arguments), plain_type("Boolean"));
    default:
      return escaped_like(context, self, Operator::Contains, arguments);
  }
}

ExpressionObject* between(Context& context, ExpressionObject* self, const Arguments& arguments) {
  ExpressionObject* bounds = node(context, ExpressionKind::List,
                                  {coerced(context, argument(arguments, 0, "cleft"), self, Operator::And),
                                   coerced(context, argument(arguments, 1, "cright"), self, Operator::And)});
  bounds->op = Operator::And;
  bounds->grouped = false;
  bounds->type = plain_type("NullType");
  ExpressionObject* made = node(context, ExpressionKind::Binary, {grouped(context, self, Operator::Between), bounds});
  made->op = Operator::Between;
  made->negation = Operator::NotBetween;
  made->type = plain_type("Boolean");
  made->implicit_boolean = true;
  made->symmetric = is_truthy(context, argument(arguments, 2, "symmetric"));
  return made;
}

void take_flags(ExpressionObject* made, Value flags) {
  if (const std::string* text = text_in(flags)) {
    made->flags = *text;
    made->has_flags = true;
  }
}

ExpressionObject* regexp_match(Context& context, ExpressionObject* self, const Arguments& arguments) {
  ExpressionObject* pattern = coerced(context, argument(arguments, 0, "pattern"), self, Operator::Comma);
  ExpressionObject* made =
      node(context, ExpressionKind::Binary,
           {grouped(context, self, Operator::RegexpMatch), grouped(context, pattern, Operator::RegexpMatch)});
  made->op = Operator::RegexpMatch;
  made->negation = Operator::NotRegexpMatch;
  made->type = plain_type("Boolean");
  made->implicit_boolean = true;
  take_flags(made, argument(arguments, 1, "flags"));
  return made;
}

ExpressionObject* regexp_replace(Context& context, ExpressionObject* self, const Arguments& arguments) {
  ExpressionObject* replacement =
      node(context, ExpressionKind::List,
           {coerced(context, argument(arguments, 0, "pattern"), self, Operator::Comma),
            coerced(context, argument(arguments, 1, "replacement"), self, Operator::Comma)});
  replacement->op = Operator::Comma;
  replacement->grouped = false;
  replacement->type = plain_type("NullType");
  ExpressionObject* made =
      node(context, ExpressionKind::Binary, {grouped(context, self, Operator::RegexpReplace), replacement});
  made->op = Operator::RegexpReplace;
  made->type = plain_type("NullType");
  take_flags(made, argument(arguments, 2, "flags"));
  return made;
}

ExpressionObject* matched(Context& context, ExpressionObject* self, const Arguments& arguments) {
  ExpressionObject* made = compared(context, self, Operator::Match, other(arguments));
  take_flags(made, keyword(arguments, "postgresql_regconfig"));
  return made;
}

ExpressionObject* collated(Context& context, ExpressionObject* self, const Arguments& arguments) {
  const std::string* name = text_in(argument(arguments, 0, "collation"));
  if (!name) return unknown_expression(context, unknown_value(context, "the collation is not known"));
  ExpressionObject* collation = node(context, ExpressionKind::Collation);
  collation->text = *name;
  collation->type = plain_type("NullType");
  ExpressionObject* made =
      node(context, ExpressionKind::Binary, {grouped(context, self, Operator::Collate), collation});
  made->op = Operator::Collate;
  made->type = type_of(context, *self);
  return made;
}

ExpressionObject* modified(Context& context, ExpressionObject* self, Operator which) {
  ExpressionObject* made = node(context, ExpressionKind::Modifier, {grouped(context, self, which)});
  made->op = which;
  made->type = plain_type("NullType");
  return made;
}

ExpressionObject* unary(Context& context, ExpressionObject* self, Operator which) {
  ExpressionObject* made = node(context, ExpressionKind::Unary, {grouped(context, self, which)});
  made->op = which;
  made->type = type_of(context, *self);
  return made;
}

ExpressionObject* aggregate(Context& context, ExpressionObject* self, Operator which) {
  ExpressionObject* inner = grouped(context, self);
  ExpressionObject* made = node(context, ExpressionKind::Unary, {grouped(context, inner, which)});
  made->op = which;
  made->collection = true;
  made->type = plain_type("Boolean");
  return made;
}

/// column.any(7): 7 = ANY (column).
ExpressionObject* any_element(Context& context, ExpressionObject* self, Operator which, const Arguments& arguments) {
  const TypePointer type = type_of(context, *self);
  const TypePointer item = type ? implementation(*type).item : nullptr;
  Value value = other(arguments);
  if (!as_expression(context, value) && !value.is_unknown()) value = bind(context, value, item);
  Operator op = Operator::Equal;
  if (const auto* given = argument(arguments, 1, "operator").as<python::External>()) {
    op = operator_named(given->qualified_name.substr(given->qualified_name.rfind('.') + 1));
  }
  return compared(context, aggregate(context, self, which), op, value);
}

ExpressionObject* labelled(Context& context, ExpressionObject* self, const Arguments& arguments) {
  ExpressionObject* made = node(context, ExpressionKind::Label, {grouped(context, self, Operator::As)});
  made->type = type_of(context, *self);
  if (const std::string* name = text_in(argument(arguments, 0, "name"))) made->text = made->key = *name;
  return made;
}

ExpressionObject* cast_method(Context& context, ExpressionObject* self, const Arguments& arguments) {
  return cast_to(context, self, type_from(context, argument(arguments, 0, "type_")));
}

// JSON

bool is_json_item(const ExpressionObject& expression) {
  return expression.expression_kind == ExpressionKind::Binary &&
         (expression.op.which == Operator::JsonGetItem || expression.op.which == Operator::JsonPathGetItem);
}

ExpressionObject* as_text_of(Context& context, ExpressionObject* self) {
  const bool path = self->op.which == Operator::JsonPathGetItem;
  const TypePointer type = type_of(context, *self);
  const TypePointer text = type && implementation(*type).item ? implementation(*type).item : plain_type("Text");
  return custom(context, self->operands[0], path ? path_as_text : as_text, self->operands[1], text);
}

ExpressionObject* json_item_as(Context& context, ExpressionObject* self, TypePointer type) {
  ExpressionObject* made = node(context, ExpressionKind::Binary, self->operands);
  made->op = self->op;
  made->type = std::move(type);
  return made;
}

TypePointer numeric_type(const Arguments& arguments) {
  Type value;
  value.of = type_class("Numeric");
  value.precision = integer_in(argument(arguments, 0, "precision"));
  value.scale = integer_in(argument(arguments, 1, "scale"));
  return std::make_shared<const Type>(std::move(value));
}

ExpressionObject* deleted_path(Context& context, ExpressionObject* self, const Arguments& arguments) {
  static constexpr CustomOperator delete_path{"#-", item_precedence, false, true};
  Value path = argument(arguments, 0, "array");
  if (!as_expression(context, path)) {
    ExpressionObject* array = node(context, ExpressionKind::Array);
    const Outcome items = context.interpreter->items(path);
    if (const auto* list = items.as<python::List>()) {
      for (const Value item : list->items) array->operands.push_back(bind(context, item));
    } else {
      return unknown_expression(context, context.interpreter->settled(items));
    }
    path = array;
  }
  Type texts;
  texts.of = type_class("postgresql.ARRAY");
  texts.item = plain_type("TEXT");
  ExpressionObject* cast = cast_to(context, as_expression(context, path), std::make_shared<const Type>(texts));
  return custom(context, self, delete_path, cast, plain_type("postgresql.JSONB"));
}

// Functions

ExpressionObject* ordered_list(Context& context, Value value) {
  ExpressionObject* made = node(context, ExpressionKind::Clauses);
  made->op = Operator::Comma;
  made->type = plain_type("NullType");
  const bool several = value.as<python::List>() || value.as<python::Tuple>();
  const Outcome items = several ? context.interpreter->items(value) : context.interpreter->list({value});
  if (const auto* list = items.as<python::List>()) {
    for (const Value item : list->items) made->operands.push_back(coerced(context, item));
  }
  return made;
}

ExpressionObject* over(Context& context, ExpressionObject* self, const Arguments& arguments) {
  const Value partition = keyword(arguments, "partition_by");
  const Value order = keyword(arguments, "order_by");
  ExpressionObject* made = node(context, ExpressionKind::Over,
                                {self, partition.is_none() ? nullptr : ordered_list(context, partition),
                                 order.is_none() ? nullptr : ordered_list(context, order)});
  made->type = type_of(context, *self);
  return made;
}

ExpressionObject* within_group(Context& context, ExpressionObject* self, const Arguments& arguments) {
  ExpressionObject* order = node(context, ExpressionKind::Clauses);
  order->op = Operator::Comma;
  for (const Value item : arguments.positional) order->operands.push_back(coerced(context, item));
  ExpressionObject* made = node(context, ExpressionKind::WithinGroup, {self, order});
  made->type = order->operands.empty() ? plain_type("NullType") : type_of(context, *order->operands[0]);
  return made;
}

ExpressionObject* filtered(Context& context, ExpressionObject* self, const Arguments& arguments) {
  if (arguments.positional.empty()) return self;
  std::vector<ExpressionObject*> conditions;
  for (const Value item : arguments.positional) conditions.push_back(coerced(context, item));
  ExpressionObject* made =
      node(context, ExpressionKind::Filter, {self, conjunction(context, Operator::And, std::move(conditions))});
  made->type = type_of(context, *self);
  return made;
}

// Custom operators by op()

/// What `column.op("…")` gives: a function that takes the other side.
Outcome custom_operator(Context& context, ExpressionObject* self, const Arguments& arguments, bool comparison) {
  const std::string* text = text_in(argument(arguments, 0, "opstring"));
  if (!text) return unknown_expression(context, unknown_value(context, "the operator is not known"));
  const std::string_view kept = context.interpreter->intern(*text);
  OperatorUse use = Operator::Custom;
  use.precedence = static_cast<int>(integer_in(argument(arguments, 1, "precedence")).value_or(0));
  use.comparison = comparison || is_truthy(context, argument(arguments, 2, "is_comparison"));
  use.identity = kept.data();
  const Value return_type = argument(arguments, 3, "return_type");
  return method(*context.interpreter, "sqlalchemy.op",
                [&context, self, kept, use, return_type](Interpreter&, Arguments& given) -> Outcome {
                  ExpressionObject* made = operated(context, self, use, argument(given, 0, "right"));
                  if (made->expression_kind != ExpressionKind::Binary) return made;
                  made->text = kept;
                  if (!return_type.is_none()) made->type = type_from(context, return_type);
                  return made;
                });
}

// The table of methods

using Method = Outcome (*)(Context&, ExpressionObject*, Arguments&);

template <Operator which>
Outcome comparing(Context& context, ExpressionObject* self, Arguments& arguments) {
  return compared(context, self, which, other(arguments));
}
template <Operator which>
Outcome liking(Context& context, ExpressionObject* self, Arguments& arguments) {
  return like(context, self, which, arguments);
}
template <Operator which>
Outcome escaping(Context& context, ExpressionObject* self, Arguments& arguments) {
  return escaped_like(context, self, which, arguments);
}
template <Operator which>
Outcome operating(Context& context, ExpressionObject* self, Arguments& arguments) {
  return operated(context, self, which, other(arguments));
}
template <Operator which>
Outcome modifying(Context& context, ExpressionObject* self, Arguments&) {
  return modified(context, self, which);
}
template <Operator which>
Outcome unary_method(Context& context, ExpressionObject* self, Arguments&) {
  return unary(context, self, which);
}
template <Operator which>
Outcome aggregating(Context& context, ExpressionObject* self, Arguments&) {
  return aggregate(context, self, which);
}
template <Operator which>
Outcome element_method(Context& context, ExpressionObject* self, Arguments& arguments) {
  return any_element(context, self, which, arguments);
}
template <ExpressionObject* (*function)(Context&, ExpressionObject*, const Arguments&)>
Outcome calling(Context& context, ExpressionObject* self, Arguments& arguments) {
  return function(context, self, arguments);
}
Outcome itself(Context&, ExpressionObject* self, Arguments&) { return self; }

const std::unordered_map<std::string_view, Method>& methods() {
  static const std::unordered_map<std::string_view, Method> table{
      {"is_", comparing<Operator::Is>},
      {"is_not", comparing<Operator::IsNot>},
      {"isnot", comparing<Operator::IsNot>},
      {"is_distinct_from", comparing<Operator::IsDistinctFrom>},
      {"is_not_distinct_from", comparing<Operator::IsNotDistinctFrom>},
      {"isnot_distinct_from", comparing<Operator::IsNotDistinctFrom>},
      {"in_", comparing<Operator::In>},
      {"not_in", comparing<Operator::NotIn>},
      {"notin_", comparing<Operator::NotIn>},
      {"like", liking<Operator::Like>},
      {"not_like", liking<Operator::NotLike>},
      {"notlike", liking<Operator::NotLike>},
      {"ilike", liking<Operator::ILike>},
      {"not_ilike", liking<Operator::NotILike>},
      {"notilike", liking<Operator::NotILike>},
      {"startswith", escaping<Operator::StartsWith>},
      {"istartswith", escaping<Operator::IStartsWith>},
      {"endswith", escaping<Operator::EndsWith>},
      {"iendswith", escaping<Operator::IEndsWith>},
      {"icontains", escaping<Operator::IContains>},
      {"contains", calling<contained>},
      {"between", calling<between>},
      {"match", calling<matched>},
      {"regexp_match", calling<regexp_match>},
      {"regexp_replace", calling<regexp_replace>},
      {"collate", calling<collated>},
      {"label", calling<labelled>},
      {"cast", calling<cast_method>},
      {"over", calling<over>},
      {"within_group", calling<within_group>},
      {"filter", calling<filtered>},
      {"delete_path", calling<deleted_path>},
      {"concat", operating<Operator::Concat>},
      {"bitwise_and", operating<Operator::BitwiseAnd>},
      {"bitwise_or", operating<Operator::BitwiseOr>},
      {"bitwise_xor", operating<Operator::BitwiseXor>},
      {"bitwise_lshift", operating<Operator::ShiftLeft>},
      {"bitwise_rshift", operating<Operator::ShiftRight>},
      {"union", operating<Operator::Add>},
      {"difference", operating<Operator::Subtract>},
      {"intersection", operating<Operator::Multiply>},
      {"bitwise_not", unary_method<Operator::BitwiseNot>},
      {"distinct", unary_method<Operator::Distinct>},
      {"asc", modifying<Operator::Ascending>},
      {"desc", modifying<Operator::Descending>},
      {"nulls_first", modifying<Operator::NullsFirst>},
      {"nullsfirst", modifying<Operator::NullsFirst>},
      {"nulls_last", modifying<Operator::NullsLast>},
      {"nullslast", modifying<Operator::NullsLast>},
      {"any_", aggregating<Operator::Any>},
      {"all_", aggregating<Operator::All>},
      {"any", element_method<Operator::Any>},
      {"all", element_method<Operator::All>},
      {"self_group", itself},
      {"__clause_element__", itself},
      {"unique_params", itself},
      {"execution_options", itself},
  };
  return table;
}

struct JsonAccessor {
  std::string_view method;
  std::string_view type;
};
constexpr std::array json_accessors{
    JsonAccessor{"as_boolean", "Boolean"}, JsonAccessor{"as_string", "Unicode"},  JsonAccessor{"as_integer", "Integer"},
    JsonAccessor{"as_float", "Float"},     JsonAccessor{"as_numeric", "Numeric"}, JsonAccessor{"as_json", ""},
};

Outcome json_attribute(Context& context, ExpressionObject* self, std::string_view name) {
  if (!is_json_item(*self)) return python::absent;
  if (name == "astext") return as_text_of(context, self);
  for (const JsonAccessor& accessor : json_accessors) {
    if (accessor.method != name) continue;
    return method(*context.interpreter, accessor.method,
                  [&context, self, accessor](Interpreter&, Arguments& arguments) -> Outcome {
                    if (accessor.type.empty()) return self;
                    const bool numeric = accessor.type == "Numeric";
                    return json_item_as(context, self, numeric ? numeric_type(arguments) : plain_type(accessor.type));
                  });
  }
  return python::absent;
}

}  // namespace

/// `x[…]`: items of JSON, arrays and hstore.
Outcome expression_item(Context& context, ExpressionObject* self, Value index) {
  if (index.is_unknown()) return unknown_expression(context, index);
  const TypePointer type = type_of(context, *self);
  switch (affinity(type)) {
    case Affinity::Json: {
      const bool path = index.as<python::Tuple>() || index.as<python::List>();
      const OperatorUse op = path ? Operator::JsonPathGetItem : Operator::JsonGetItem;
      ExpressionObject* key = coerced(context, index, self, op);
      ExpressionObject* made =
          node(context, ExpressionKind::Binary, {grouped(context, self, op), grouped(context, key, op)});
      made->op = op;
      made->type = type;
      return made;
    }
    case Affinity::HStore:
      return custom(context, self, hstore_item, index,
                    implementation(*type).item ? implementation(*type).item : plain_type("Text"));
    case Affinity::Array:
      break;
    default:
      return python::absent;
  }
  const Type& array = implementation(*type);
  const std::int64_t shift = array.zero_indexes ? 1 : 0;
  ExpressionObject* at = nullptr;
  TypePointer result = type;
  const auto shifted = [&](Value value) -> Value {
    const auto number = integer_in(value);
    return number ? context.interpreter->integer(*number + shift) : value;
  };
  if (const auto* slice = index.as<python::Slice>()) {
    at = node(context, ExpressionKind::Slice,
              {coerced(context, shifted(slice->lower)), coerced(context, shifted(slice->upper))});
    at->type = plain_type("NullType");
  } else {
    at = coerced(context, shifted(index), self, Operator::GetItem);
    if (array.dimensions.value_or(1) == 1) {
      result = array.item;
    } else {
      Type inner = array;
      inner.dimensions = *array.dimensions - 1;
      result = std::make_shared<const Type>(std::move(inner));
    }
  }
  ExpressionObject* made = node(context, ExpressionKind::Binary,
                                {grouped(context, self, Operator::GetItem), grouped(context, at, Operator::GetItem)});
  made->op = Operator::GetItem;
  made->type = result ? result : plain_type("NullType");
  return made;
}

ExpressionObject* any_or_all(Context& context, ExpressionObject* array, Operator which) {
  return aggregate(context, array, which);
}

ExpressionObject* with_collation(Context& context, ExpressionObject* expression, const Arguments& arguments) {
  return collated(context, expression, arguments);
}

Outcome expression_attribute(Context& context, ExpressionObject* self, std::string_view name) {
  if (const Outcome found = json_attribute(context, self, name); !found.is_absent()) return found;
  if (const auto found = methods().find(name); found != methods().end()) {
    const Method function = found->second;
    return method(*context.interpreter, found->first,
                  [&context, self, function](Interpreter&, Arguments& arguments) -> Outcome {
                    return function(context, self, arguments);
                  });
  }
  if (name == "op" || name == "bool_op") {
    const bool comparison = name == "bool_op";
    return method(*context.interpreter, "sqlalchemy.op",
                  [&context, self, comparison](Interpreter&, Arguments& arguments) -> Outcome {
                    return custom_operator(context, self, arguments, comparison);
                  });
  }
  for (const NamedOperator& known : postgresql_operators) {
    if (known.method != name) continue;
    const CustomOperator& op = known.op;
    return method(*context.interpreter, known.method,
                  [&context, self, &op](Interpreter&, Arguments& arguments) -> Outcome {
                    return custom(context, self, op, other(arguments), op.comparison ? plain_type("Boolean") : nullptr);
                  });
  }
  return python::absent;
}

}  // namespace models
