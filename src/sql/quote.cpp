#include "sql/quote.h"

#include <algorithm>

#include "base/text.h"
#include "sql/reparse.h"
#include "sql/words.h"

namespace sql {
namespace {

std::string enclosed(std::string_view text, char quote) {
  std::string result(1, quote);
  for (const char character : text) {
    if (character == quote) result += quote;
    result += character;
  }
  return result += quote;
}

bool is_plain(std::string_view name) {
  const auto starts = [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; };
  const auto continues = [&](char c) { return starts(c) || (c >= '0' && c <= '9'); };
  return !name.empty() && starts(name.front()) && std::ranges::all_of(name, continues) && !is_reserved(name);
}

/// pg_catalog is searched before every other schema, so `public.point` or `public.pg_class` are not found unqualified.
bool hidden_by_catalog(std::string_view name) { return name.starts_with("pg_") || is_catalog_type(name); }

std::string brackets(const std::string& modifiers) { return modifiers.empty() ? "" : "(" + modifiers + ")"; }

/// "time without time zone" with modifiers "3": TIME(3) WITHOUT TIME ZONE.
std::string time_type(const schema::TypeName& type) {
  const auto blank = type.name.find(' ');
  return base::uppered(type.name.substr(0, blank)) + brackets(type.modifiers) + base::uppered(type.name.substr(blank));
}

std::string interval_type(const std::string& modifiers) {
  const bool precision_only = !modifiers.empty() && modifiers.find_first_not_of("0123456789") == std::string::npos;
  if (precision_only) return "INTERVAL(" + modifiers + ")";
  return modifiers.empty() ? "INTERVAL" : "INTERVAL " + base::uppered(modifiers);
}

std::string catalog_type(const schema::TypeName& type) {
  if (type.name == "\"char\"") return type.name;
  if (type.name == "bit" && type.modifiers.empty()) return "\"bit\"";
  if (type.name == "character varying") return "VARCHAR" + brackets(type.modifiers);
  if (type.name == "character") return "CHAR" + brackets(type.modifiers);
  if (type.name == "numeric") return "NUMERIC" + brackets(base::replaced(type.modifiers, ",", ", "));
  if (type.name == "interval") return interval_type(type.modifiers);
  if (type.name.ends_with(" time zone")) return time_type(type);
  const bool words = type.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_ ") == std::string::npos;
  return (words ? base::uppered(type.name) : enclosed(type.name, '"')) + brackets(type.modifiers);
}

}  // namespace

std::string quoted(const schema::Name& name) { return is_plain(name.text) ? name.text : enclosed(name.text, '"'); }

std::string quoted(const schema::QualifiedName& name) {
  const bool implied = name.schema == "public" && !hidden_by_catalog(name.name);
  return implied ? quoted(schema::Name{name.name}) : fully_quoted(name);
}

std::string fully_quoted(const schema::QualifiedName& name) {
  const std::string last = quoted(schema::Name{name.name});
  return name.schema.empty() ? last : quoted(schema::Name{name.schema}) + "." + last;
}

std::string quoted(const schema::TypeName& type) {
  const std::string element = type.schema.empty()
                                  ? catalog_type(type)
                                  : quoted(schema::QualifiedName{type.schema, type.name}) + brackets(type.modifiers);
  return type.array ? element + "[]" : element;
}

std::string quoted(const schema::Expression& expression) {
  return reparsable(expression.text) + (expression.text.find("--") == std::string::npos ? "" : "\n");
}

std::string quoted(const Literal& literal) { return enclosed(literal.text, '\''); }

std::string quoted(const Raw& raw) { return raw.text; }

}  // namespace sql
