// Python values as SQL literals: what the literal processors of SQLAlchemy's types write.
#include "base/text.h"
#include "models/core/expression_internal.h"
#include "models/core/type_values.h"
#include "models/core/values.h"
#include "sql/quote.h"

namespace models {
namespace {

using python::Outcome;
using python::Value;

WrittenExpression sql_text(std::string text) { return {.sql = std::move(text), .unknown = {}, .refused = {}}; }

WrittenExpression unknown_text(Value unknown) { return {.sql = {}, .unknown = unknown, .refused = {}}; }

WrittenExpression quoted_text(std::string text) { return sql_text(sql::quoted(sql::Literal{std::move(text)})); }

/// str(value), as it is or in quotes.
WrittenExpression by_str(Context& context, Value value, bool in_quotes) {
  const Value text = context.interpreter->settled(context.interpreter->str_of(value));
  const std::string* known = text_in(text);
  if (!known) return unknown_text(text);
  return in_quotes ? quoted_text(*known) : sql_text(*known);
}

/// A timedelta: make_interval(secs=>93600.0).
WrittenExpression interval(Context& context, Value value) {
  const Value method = attribute_or_none(context, value, "total_seconds");
  const Value seconds = context.interpreter->settled(context.interpreter->call(method));
  if (seconds.is_unknown()) return unknown_text(seconds);
  WrittenExpression text = by_str(context, seconds, false);
  text.sql = "make_interval(secs=>" + text.sql + ")";
  return text;
}

WrittenExpression list(Context& context, Value value, const TypePointer& type) {
  const Outcome items = context.interpreter->items(value);
  const auto* elements = items.as<python::List>();
  if (!elements) return unknown_text(context.interpreter->settled(items));
  const bool array = type && affinity(type) == Affinity::Array;
  const TypePointer item = array ? implementation(*type).item : nullptr;
  std::string joined;
  for (const Value element : elements->items) {
    const bool nested = element.as<python::List>() || element.as<python::Tuple>();
    const WrittenExpression part = written_literal(context, element, nested ? type : item);
    if (!part.known()) return part;
    if (!joined.empty()) joined += ", ";
    joined += part.sql;
  }
  return sql_text("ARRAY[" + joined + "]");
}

/// A path into JSON: '{a, b}'.
WrittenExpression path(Context& context, Value value) {
  const Outcome items = context.interpreter->items(value);
  const auto* elements = items.as<python::List>();
  if (!elements) return unknown_text(context.interpreter->settled(items));
  std::string joined;
  for (const Value element : elements->items) {
    const Value text = context.interpreter->settled(context.interpreter->str_of(element));
    const std::string* known = text_in(text);
    if (!known) return unknown_text(text);
    if (!joined.empty()) joined += ", ";
    joined += *known;
  }
  return quoted_text("{" + joined + "}");
}

/// json.dumps(value), by Python's own function.
WrittenExpression json(Context& context, Value value) {
  const Outcome module = context.interpreter->import_module("json");
  if (!module) return unknown_text(context.interpreter->settled(module));
  const Value dumps = attribute_or_none(context, *module, "dumps");
  const Value text = context.interpreter->settled(context.interpreter->call(dumps, {value}));
  const std::string* known = text_in(text);
  return known ? quoted_text(*known) : unknown_text(text);
}

bool is_collection(Value value) {
  return value.as<python::List>() || value.as<python::Tuple>() || value.as<python::Dict>();
}

/// A member of a Python enum beside an Enum column: its name; in other places what it holds.
WrittenExpression member(Context& context, Value value, const TypePointer& type) {
  const bool enumeration = type && implementation(*type).enumeration;
  const Value held = attribute_or_none(context, value, enumeration ? "name" : "value");
  if (held.is_unknown()) return unknown_text(held);
  return written_literal(context, held, nullptr);
}

bool is_enum_member(Value value) {
  const auto* instance = value.as<python::Instance>();
  return instance && instance->type->is_enum;
}

WrittenExpression text_literal(const std::string& text, const TypePointer& type) {
  const Affinity family = affinity(type);
  const bool number = type && (family == Affinity::Integer || family == Affinity::Numeric);
  const bool digits = !text.empty() && text.find_first_not_of("+-0123456789.eE") == std::string::npos;
  return number && digits ? sql_text(text) : quoted_text(text);
}

}  // namespace

WrittenExpression written_literal(Context& context, Value value, const TypePointer& type) {
  if (value.is_unknown()) return unknown_text(value);
  if (value.is_none()) return sql_text("NULL");
  if (const auto* flag = value.as<python::Bool>()) {
    const bool number = type && affinity(type) == Affinity::Integer;
    return sql_text(number ? (flag->value ? "1" : "0") : (flag->value ? "true" : "false"));
  }
  const Affinity family = affinity(type);
  if (family == Affinity::JsonPath && is_collection(value)) return path(context, value);
  if (family == Affinity::Json && is_collection(value)) return json(context, value);
  if (is_enum_member(value)) return member(context, value, type);
  if (const std::string* text = text_in(value)) return text_literal(*text, type);
  if (const auto* bytes = value.as<python::Bytes>()) return quoted_text(bytes->bytes);
  if (value.as<python::Int>() && family == Affinity::Boolean && integer_in(value)) {
    return sql_text(*integer_in(value) ? "true" : "false");
  }
  if (value.as<python::Int>() || value.as<python::Float>()) return by_str(context, value, false);
  if (value.as<python::List>() || value.as<python::Tuple>()) return list(context, value, type);
  if (value.as<python::Dict>()) return json(context, value);
  const std::string name = context.interpreter->type_name(value);
  if (name == "timedelta") return interval(context, value);
  if (name == "Decimal") return by_str(context, value, false);
  if (name == "date" || name == "datetime" || name == "time") return by_str(context, value, true);
  if (name == "UUID") {
    WrittenExpression text = by_str(context, value, true);
    const bool digits = type && affinity(type) == Affinity::Uuid && !implementation(*type).native;
    if (digits) text.sql = base::replaced(text.sql, "-", "");
    return text;
  }
  return {.sql = {}, .unknown = {}, .refused = "a " + name + " has no literal"};
}

}  // namespace models
