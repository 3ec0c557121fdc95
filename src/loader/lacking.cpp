#include "loader/lacking.h"

#include <algorithm>

#include "base/text.h"
#include "models/core/extensions.h"
#include "sql/quote.h"

namespace loader {
namespace {

/// The names in a message of the server, in order: `type "citext" does not exist`, `function f(uuid) does not exist`.
std::vector<std::string> words(const std::string& message) {
  std::vector<std::string> found{""};
  for (const char c : message) {
    const bool in_word = std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
    if (in_word) found.back() += c;
    if (!in_word && !found.back().empty()) found.emplace_back();
  }
  return found;
}

std::string extension_named(const base::Error& error) {
  for (const std::string& word : words(error.message)) {
    if (const std::string_view known = models::extension_of(word); !known.empty()) return std::string(known);
  }
  const auto says = [&](std::string_view text) { return error.message.find(text) != std::string::npos; };
  if (!says("no default operator class")) return {};
  if (says("\"gist\"")) return "btree_gist";
  return says("\"gin\"") ? "btree_gin" : "";
}

/// What stands in quotes behind "type": `type "name"`, `type "schema.name"`.
std::string type_named(const base::Error& error) {
  constexpr std::string_view before = "type \"";
  const std::size_t begin = error.message.find(before);
  const std::size_t end = error.message.find("\" does not exist");
  if (begin == std::string::npos || end == std::string::npos || end < begin) return {};
  const std::string name = error.message.substr(begin + before.size(), end - begin - before.size());
  return name.ends_with("[]") ? name.substr(0, name.size() - 2) : name;
}

/// "name" or "schema.name", quoted.
std::string quoted_type(const std::string& name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string::npos) return sql::quoted(schema::Name{name});
  return sql::quoted(schema::Name{name.substr(0, dot)}) + "." + sql::quoted(schema::Name{name.substr(dot + 1)});
}

/// A type that takes every text and one number as modifier.
std::string opaque_type(const std::string& type, const std::string& bare) {
  const auto function = [&](const std::string& suffix, const std::string& signature, const std::string& does) {
    return "CREATE FUNCTION " + sql::quoted(schema::Name{base::clipped(bare, 50) + suffix}) + signature +
           " LANGUAGE internal IMMUTABLE STRICT AS '" + does + "';";
  };
  const auto name = [&](const std::string& suffix) {
    return sql::quoted(schema::Name{base::clipped(bare, 50) + suffix});
  };
  return "CREATE TYPE " + type + ";" + function("_in", "(cstring) RETURNS " + type, "textin") +
         function("_out", "(" + type + ") RETURNS cstring", "textout") + "CREATE TYPE " + type +
         " (INPUT = " + name("_in") + ", OUTPUT = " + name("_out") +
         ", TYPMOD_IN = varchartypmodin, TYPMOD_OUT = varchartypmodout, LIKE = text)";
}

std::string enum_type(const std::string& type, const std::vector<std::string>& labels) {
  std::vector<std::string> literals;
  for (const std::string& label : labels) literals.push_back(sql::quoted(sql::Literal{label}));
  return "CREATE TYPE " + type + " AS ENUM (" + base::joined(literals, ", ") + ")";
}

}  // namespace

base::Result<void> Lacking::run(const std::string& sql) {
  base::Result<void> ran = connection_.execute(sql);
  while (!ran && supply(ran.error())) ran = connection_.execute(sql);
  return ran;
}

bool Lacking::supply(const base::Error& error) {
  constexpr std::string_view undefined_object = "42704";
  constexpr std::string_view undefined_function = "42883";
  if (error.sqlstate != undefined_object && error.sqlstate != undefined_function) return false;
  const std::string extension = extension_named(error);
  if (!extension.empty() && tried_.insert("extension " + extension).second && make_extension(extension)) return true;
  const std::string type = type_named(error);
  if (type.empty() || !tried_.insert("type " + type).second || !make_type(type)) return false;
  if (!extension.empty()) extensions_.insert(extension);
  return true;
}

bool Lacking::make_extension(const std::string& name) {
  return connection_.execute("CREATE EXTENSION IF NOT EXISTS " + sql::quoted(schema::Name{name}) + " CASCADE")
      .has_value();
}

bool Lacking::make_type(const std::string& name) {
  const std::size_t dot = name.find('.');
  const std::string bare = dot == std::string::npos ? name : name.substr(dot + 1);
  const std::string type = quoted_type(name);
  const auto known =
      std::ranges::find_if(answer_.enums, [&](const LoadedEnum& candidate) { return candidate.name.name == bare; });
  const bool is_enum = known != answer_.enums.end();
  if (!connection_.execute(is_enum ? enum_type(type, known->labels) : opaque_type(type, bare))) return false;
  types_.insert(bare);
  return true;
}

}  // namespace loader
