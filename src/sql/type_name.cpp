#include "sql/type_name.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "base/text.h"
#include "sql/parser.h"
#include "sql/quote.h"
#include "sql/words.h"

namespace sql {
namespace {

using namespace std::string_view_literals;

/// typname to format_type(), where the two differ.
constexpr std::array<std::pair<std::string_view, std::string_view>, 15> long_names{{
    {"bool", "boolean"},
    {"char", "\"char\""},
    {"float4", "real"},
    {"float8", "double precision"},
    {"int2", "smallint"},
    {"int4", "integer"},
    {"int8", "bigint"},
    {"time", "time without time zone"},
    {"timestamp", "timestamp without time zone"},
    {"timestamptz", "timestamp with time zone"},
    {"timetz", "time with time zone"},
    {"varbit", "bit varying"},
    {"varchar", "character varying"},
    {"bpchar", "bpchar"},
    {"any", "\"any\""},
}};

std::string_view long_name(std::string_view short_name) {
  const auto found = std::ranges::find(long_names, short_name, &decltype(long_names)::value_type::first);
  return found == long_names.end() ? short_name : found->second;
}

std::vector<std::string> strings(const Node& node, std::string_view field) {
  std::vector<std::string> result;
  for (const Node* each : children(node, field)) result.emplace_back(value(*each, "sval"));
  return result;
}

/// One modifier as it is written: a number, a word (the shape of a geometry), a string.
std::string modifier(const Node& node) {
  if (node.kind == "ColumnRef") {
    std::vector<std::string> parts;
    for (const std::string& part : strings(node, "fields")) parts.push_back(quoted(schema::Name{part}));
    return base::joined(parts, ".");
  }
  if (const Node* number = child(node, "ival")) return value(*number, "ival").empty() ? "0" : number->children[0].value;
  if (const Node* number = child(node, "fval")) return std::string{value(*number, "fval")};
  if (const Node* text = child(node, "sval")) return quoted(Literal{std::string{value(*text, "sval")}});
  return {};
}

/// The fields of an interval by the bits that the grammar sets: 1 << MONTH (1), YEAR (2), DAY (3), HOUR (10),
/// MINUTE (11), SECOND (12).
std::string_view interval_fields(int mask) {
  constexpr int month = 1 << 1, year = 1 << 2, day = 1 << 3, hour = 1 << 10, minute = 1 << 11, second = 1 << 12;
  switch (mask) {
    case year:
      return "year";
    case month:
      return "month";
    case day:
      return "day";
    case hour:
      return "hour";
    case minute:
      return "minute";
    case second:
      return "second";
    case year | month:
      return "year to month";
    case day | hour:
      return "day to hour";
    case day | hour | minute:
      return "day to minute";
    case day | hour | minute | second:
      return "day to second";
    case hour | minute:
      return "hour to minute";
    case hour | minute | second:
      return "hour to second";
    case minute | second:
      return "minute to second";
    default:
      return {};
  }
}

/// The server takes 6 for any greater precision, with a warning.
std::string clamped(const std::string& precision) {
  return precision.size() > 1 && std::ranges::all_of(precision, [](char c) { return c >= '0' && c <= '9'; })
             ? "6"
             : (precision > "6" ? "6" : precision);
}

std::string interval_modifiers(const std::vector<std::string>& modifiers) {
  if (modifiers.empty()) return {};
  int mask = 0;
  std::from_chars(modifiers[0].data(), modifiers[0].data() + modifiers[0].size(), mask);
  const std::string fields{interval_fields(mask)};
  if (modifiers.size() < 2) return fields;
  const std::string precision = clamped(modifiers[1]);
  return fields.empty() ? precision : fields + "(" + precision + ")";
}

std::string canonical_modifiers(std::string_view type, const std::vector<std::string>& modifiers) {
  if (type == "interval") return interval_modifiers(modifiers);
  if (type == "numeric" && modifiers.size() == 1) return modifiers[0] + ",0";
  if ((type.starts_with("time") || type.starts_with("timestamp")) && modifiers.size() == 1)
    return clamped(modifiers[0]);
  return base::joined(modifiers, ",");
}

schema::TypeName catalog_type(std::string_view short_name, const std::vector<std::string>& modifiers) {
  const std::string bracketed = canonical_modifiers(short_name, modifiers);
  const std::string_view name = short_name == "bpchar" && !bracketed.empty() ? "character" : long_name(short_name);
  return {{}, std::string{name}, bracketed, false};
}

std::string written_part(const std::vector<std::string>& names, std::size_t from_end) {
  return names.size() > from_end ? names[names.size() - 1 - from_end] : std::string{};
}

}  // namespace

std::optional<schema::TypeName> canonical_type(const Node& type_name) {
  if (child(type_name, "setof") != nullptr || child(type_name, "pct_type") != nullptr) return std::nullopt;
  const std::vector<std::string> names = strings(type_name, "names");
  if (names.empty() || names.size() > 3) return std::nullopt;
  std::vector<std::string> modifiers;
  for (const Node* each : children(type_name, "typmods")) modifiers.push_back(modifier(*each));
  std::string schema = written_part(names, 1);
  std::string name = names.back();
  bool array = !children(type_name, "array_bounds").empty();
  const bool catalog = schema == "pg_catalog" || schema.empty();
  if (catalog && name.starts_with('_') && is_catalog_type(name.substr(1))) {
    array = true;
    name.erase(0, 1);
  }
  if (catalog && is_catalog_type(name)) {
    schema::TypeName type = catalog_type(name, modifiers);
    type.array = array;
    return type;
  }
  return schema::TypeName{schema == "pg_catalog" ? "" : schema, name, base::joined(modifiers, ","), array};
}

base::Result<schema::TypeName> canonical_type(std::string_view written) {
  const std::string message = "not a type: " + std::string{written};
  const auto cast = parsed_expression("CAST(NULL AS " + std::string{written} + "\n)");
  if (!cast) return base::failure(base::ErrorCode::ParseError, message);
  const Node* type_name = child(*cast, "type_name");
  const Node* argument = child(*cast, "arg");
  const bool one_cast = cast->kind == "TypeCast" && argument != nullptr && argument->kind == "AConst";
  const auto type = one_cast && type_name != nullptr ? canonical_type(*type_name) : std::nullopt;
  if (!type) return base::failure(base::ErrorCode::ParseError, message);
  return *type;
}

bool in_catalog(const schema::TypeName& type) {
  if (!type.schema.empty()) return false;
  const bool is_long = std::ranges::find(long_names, std::string_view{type.name},
                                         &decltype(long_names)::value_type::second) != long_names.end();
  return is_long || type.name == "character" || is_catalog_type(type.name);
}

std::optional<schema::TypeName> serial_type(std::string_view written) {
  const std::string name = base::lowered(base::trimmed(written));
  const auto integer = [](const char* type) { return schema::TypeName{{}, type, {}, false}; };
  if (name == "serial" || name == "serial4") return integer("integer");
  if (name == "bigserial" || name == "serial8") return integer("bigint");
  if (name == "smallserial" || name == "serial2") return integer("smallint");
  return std::nullopt;
}

}  // namespace sql
