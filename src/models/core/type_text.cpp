// How PostgreSQL's type compiler writes a type: by its class's visit name.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "models/core/type.h"
#include "sql/quote.h"

namespace models {
namespace {

using Rule = std::string (*)(const Type&);

std::string with_length(std::string name, const Type& type) {
  return type.length ? name + "(" + std::to_string(*type.length) + ")" : name;
}

std::string numeric(std::string_view name, const Type& type) {
  std::string text(name);
  if (!type.precision) return text;
  text += "(" + std::to_string(*type.precision);
  if (type.scale) text += ", " + std::to_string(*type.scale);
  return text + ")";
}

std::string floating(const Type& type) {
  const bool said = type.precision && *type.precision != 0;
  return said ? "FLOAT(" + std::to_string(*type.precision) + ")" : "FLOAT";
}

std::string moment(std::string_view name, const Type& type) {
  const std::string precision = type.precision ? "(" + std::to_string(*type.precision) + ")" : "";
  return std::string(name) + precision + (type.timezone ? " WITH TIME ZONE" : " WITHOUT TIME ZONE");
}

std::string interval(const Type& type) {
  if (!type.native) return "TIMESTAMP WITHOUT TIME ZONE";
  std::string text = "INTERVAL";
  if (!type.fields.empty()) text += " " + type.fields;
  if (type.precision) text += " (" + std::to_string(*type.precision) + ")";
  return text;
}

std::string bits(const Type& type) {
  if (type.varying) return with_length("BIT VARYING", type);
  return "BIT(" + std::to_string(type.length.value_or(1)) + ")";
}

std::string named(const Type& type) {
  if (type.name.empty()) return {};
  const auto plain = [](const std::string& name) { return sql::quoted(schema::Name{name}); };
  return type.schema.empty() ? plain(type.name) : plain(type.schema) + "." + plain(type.name);
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string enumeration(const Type& type) {
  if (!type.enumeration) return {};
  if (type.enumeration->native) return named(type);
  std::size_t longest = 0;
  for (const std::string& label : type.enumeration->labels) longest = std::max(longest, characters(label));
  if (type.length) longest = std::max(longest, static_cast<std::size_t>(*type.length));
  return "VARCHAR(" + std::to_string(longest) + ")";
}

struct VisitRule {
  std::string_view visit;
  Rule rule;
};
constexpr std::array rules{
    VisitRule{"string", [](const Type& t) { return with_length("VARCHAR", t); }},
    VisitRule{"unicode", [](const Type& t) { return with_length("VARCHAR", t); }},
    VisitRule{"VARCHAR", [](const Type& t) { return with_length("VARCHAR", t); }},
    VisitRule{"text", [](const Type& t) { return with_length("TEXT", t); }},
    VisitRule{"unicode_text", [](const Type& t) { return with_length("TEXT", t); }},
    VisitRule{"TEXT", [](const Type& t) { return with_length("TEXT", t); }},
    VisitRule{"CHAR", [](const Type& t) { return with_length("CHAR", t); }},
    VisitRule{"NCHAR", [](const Type& t) { return with_length("NCHAR", t); }},
    VisitRule{"enum", enumeration},
    VisitRule{"ENUM", enumeration},
    VisitRule{"DOMAIN", named},
    VisitRule{"integer", [](const Type&) { return std::string("INTEGER"); }},
    VisitRule{"small_integer", [](const Type&) { return std::string("SMALLINT"); }},
    VisitRule{"big_integer", [](const Type&) { return std::string("BIGINT"); }},
    VisitRule{"numeric", [](const Type& t) { return numeric("NUMERIC", t); }},
    VisitRule{"NUMERIC", [](const Type& t) { return numeric("NUMERIC", t); }},
    VisitRule{"DECIMAL", [](const Type& t) { return numeric("DECIMAL", t); }},
    VisitRule{"float", floating},
    VisitRule{"FLOAT", floating},
    VisitRule{"double", [](const Type&) { return std::string("DOUBLE PRECISION"); }},
    VisitRule{"DOUBLE_PRECISION", [](const Type&) { return std::string("DOUBLE PRECISION"); }},
    VisitRule{"boolean", [](const Type&) { return std::string("BOOLEAN"); }},
    VisitRule{"matchtype", [](const Type&) { return std::string("BOOLEAN"); }},
    VisitRule{"datetime", [](const Type& t) { return moment("TIMESTAMP", t); }},
    VisitRule{"TIMESTAMP", [](const Type& t) { return moment("TIMESTAMP", t); }},
    VisitRule{"DATETIME", [](const Type&) { return std::string(); }},
    VisitRule{"date", [](const Type&) { return std::string("DATE"); }},
    VisitRule{"time", [](const Type& t) { return moment("TIME", t); }},
    VisitRule{"TIME", [](const Type& t) { return moment("TIME", t); }},
    VisitRule{"interval", interval},
    VisitRule{"INTERVAL", interval},
    VisitRule{"large_binary", [](const Type&) { return std::string("BYTEA"); }},
    VisitRule{"BYTEA", [](const Type&) { return std::string("BYTEA"); }},
    VisitRule{"uuid", [](const Type& t) { return std::string(t.native ? "UUID" : "CHAR(32)"); }},
    VisitRule{"BIT", bits},
    VisitRule{"json_path", [](const Type&) { return std::string("JSONPATH"); }},
    VisitRule{"json_int_index", [](const Type&) { return std::string("INT"); }},
    VisitRule{"json_str_index", [](const Type&) { return std::string("TEXT"); }},
};

/// Types that are written by their visit name: INTEGER, JSONB, INT4RANGE.
bool is_plain_upper(std::string_view visit) {
  return !visit.empty() && std::ranges::all_of(visit, [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  });
}

/// Names that other servers know and PostgreSQL does not.
bool is_foreign(std::string_view visit) {
  constexpr std::array foreign{"BLOB", "CLOB", "NVARCHAR", "BINARY", "VARBINARY", "DOUBLE", "NCLOB"};
  return std::ranges::find(foreign, visit) != foreign.end();
}

std::string without_collation(const Type& type) {
  if (!type.spec.empty()) return type.spec;
  const TypeClass* of = type.of;
  if (!of) return {};
  const auto rule = std::ranges::find(rules, of->visit, &VisitRule::visit);
  if (rule != rules.end()) return rule->rule(type);
  return is_plain_upper(of->visit) && !is_foreign(of->visit) ? std::string(of->visit) : std::string();
}

WrittenType array(const Type& type) {
  if (!type.item) return {};
  WrittenType inner = written_apart(*type.item);
  if (inner.type.empty()) return {};
  const std::int64_t dimensions = std::clamp<std::int64_t>(type.dimensions.value_or(1), 0, 6);
  for (std::int64_t i = 0; i < dimensions; ++i) inner.type += "[]";
  return inner;
}

/// A collation that a project's own text brings along.
WrittenType split_collation(std::string text) {
  const auto at = text.find(" COLLATE ");
  if (at == std::string::npos) return {std::move(text), {}};
  std::string name(base::trimmed(std::string_view(text).substr(at + 9)));
  const bool quoted = name.size() > 1 && name.front() == '"' && name.back() == '"';
  if (quoted) name = base::replaced(name.substr(1, name.size() - 2), "\"\"", "\"");
  return {text.substr(0, at), name};
}

}  // namespace

WrittenType written_apart(const Type& type) {
  if (!type.unknown.empty()) return {};
  if (!type.spec.empty()) return split_collation(type.spec);
  if (type.decorated && type.item) return written_apart(*type.item);
  if (type.of && type.of->affinity == Affinity::Array) return array(type);
  return {without_collation(type), type.collation};
}

std::string written(const Type& type) {
  const WrittenType apart = written_apart(type);
  if (apart.collation.empty() || apart.type.empty()) return apart.type;
  return apart.type + " COLLATE " + sql::quoted(schema::Name{apart.collation});
}

}  // namespace models
