#pragma once

#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace schema {

/// An identifier exactly as the catalog holds it: unquoted, case kept, at most 63 bytes. Quoting exists only in `sql`.
struct Name {
  std::string text;

  bool operator==(const Name&) const = default;
  auto operator<=>(const Name&) const = default;
  bool empty() const { return text.empty(); }
};

/// A schema-qualified name. `schema` is never empty in a finished `Database`, but for what lies in pg_catalog.
struct QualifiedName {
  std::string schema;
  std::string name;

  bool operator==(const QualifiedName&) const = default;
  auto operator<=>(const QualifiedName&) const = default;
  bool empty() const { return name.empty(); }
};

/// An SQL expression: as the model says it, or as the server deparses it under an empty search_path.
struct Expression {
  std::string text;

  bool operator==(const Expression&) const = default;
  auto operator<=>(const Expression&) const = default;
};

/// A type in one canonical form, so that equal types are equal values (atttypid with atttypmod).
/// Built-in types have an empty schema and the name that format_type() gives ("character varying", "timestamp with
/// time zone", "integer", "\"char\"" as `"char"`); all others their schema and plain name.
struct TypeName {
  std::string schema;
  std::string name;
  std::string modifiers;  ///< what stands in the brackets, without blanks: "20", "10,2"; interval fields as format_type
                          ///< prints them: "day to second(3)"
  bool array = false;     ///< dimensions beyond "is an array" mean nothing to PostgreSQL

  bool operator==(const TypeName&) const = default;
  auto operator<=>(const TypeName&) const = default;
  bool empty() const { return name.empty(); }
};

/// "schema.name" for messages; no quoting.
std::string text(const QualifiedName& name);

}  // namespace schema

template <>
struct std::hash<schema::QualifiedName> {
  std::size_t operator()(const schema::QualifiedName& name) const noexcept {
    return std::hash<std::string>{}(name.schema) * 31 + std::hash<std::string>{}(name.name);
  }
};
