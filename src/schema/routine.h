#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/field.h"
#include "schema/index.h"
#include "schema/name.h"
#include "schema/role.h"
#include "schema/sequence.h"

namespace schema {

/// A view or materialized view (relkind v, m), compared as PostgreSQL deparses it.
struct View {
  QualifiedName name;
  bool materialized = false;
  std::string definition;            ///< pg_get_viewdef, without the final semicolon
  std::vector<std::string> options;  ///< reloptions, sorted: security_invoker=true
  std::vector<Name> columns;         ///< in order
  std::vector<Index> indexes;        ///< of a materialized view
  std::vector<Grant> grants;
  std::optional<std::string> comment;
  Name owner = {};
  std::vector<ColumnName> uses;     ///< pg_depend: columns (or tables, with an empty column) that it reads
  std::vector<std::string> extras;  ///< further statements that make it whole again: column comments, triggers, rules

  bool operator==(const View&) const = default;
};

inline auto fields(const View& view) {
  const auto& [name, materialized, definition, options, columns, indexes, grants, comment, owner, uses, extras] = view;
  (void)owner;
  (void)uses;
  return std::tuple{Field{"name", name},       Field{"materialized", materialized}, Field{"definition", definition},
                    Field{"options", options}, Field{"columns", columns},           Field{"indexes", indexes},
                    Field{"grants", grants},   Field{"comment", comment},           Field{"extras", extras}};
}

/// A function, procedure or aggregate (pg_proc), whole: its CREATE OR REPLACE statement.
struct Routine {
  QualifiedName name;
  std::string arguments;          ///< pg_get_function_identity_arguments
  std::string kind = "FUNCTION";  ///< FUNCTION, PROCEDURE, AGGREGATE
  std::string definition;         ///< pg_get_functiondef
  std::string returns;            ///< a change of it needs drop and create
  std::vector<Grant> grants;
  std::optional<std::string> comment;
  Name owner = {};

  bool operator==(const Routine&) const = default;
};

inline auto fields(const Routine& routine) {
  const auto& [name, arguments, kind, definition, returns, grants, comment, owner] = routine;
  (void)owner;
  return std::tuple{Field{"name", name},       Field{"arguments", arguments},
                    Field{"kind", kind},       Field{"definition", definition},
                    Field{"returns", returns}, Field{"grants", grants},
                    Field{"comment", comment}};
}

/// A trigger of a table (pg_trigger, not internal).
struct Trigger {
  Name name;
  std::string definition;     ///< pg_get_triggerdef
  std::string enabled = "O";  ///< tgenabled: O, D, R, A
  std::optional<std::string> comment;
  std::vector<Name> uses;  ///< columns that it names

  bool operator==(const Trigger&) const = default;
};

inline auto fields(const Trigger& trigger) {
  const auto& [name, definition, enabled, comment, uses] = trigger;
  (void)uses;
  return std::tuple{Field{"name", name}, Field{"definition", definition}, Field{"enabled", enabled},
                    Field{"comment", comment}};
}

/// Any other object, whole: rules, statistics objects, event triggers, text search objects, casts, operators,
/// publications, foreign tables, … `create` and `drop` are complete statements.
struct OtherObject {
  std::string kind;      ///< as DROP names it: "STATISTICS", "EVENT TRIGGER", "PUBLICATION", …
  std::string identity;  ///< quoted, as DROP takes it
  std::vector<std::string> create;
  std::string drop;
  std::optional<std::string> comment;
  std::vector<ColumnName> uses;
  Name owner = {};                      ///< empty for what has none: casts, user mappings
  std::vector<Grant> grants = {};       ///< of servers, wrappers, foreign tables, languages
  std::vector<std::string> needs = {};  ///< pg_depend: other objects that it stands on, "KIND identity"

  bool operator==(const OtherObject&) const = default;
};

inline auto fields(const OtherObject& object) {
  const auto& [kind, identity, create, drop, comment, uses, owner, grants, needs] = object;
  (void)drop;
  (void)uses;
  (void)owner;
  (void)needs;
  return std::tuple{Field{"kind", kind}, Field{"identity", identity}, Field{"create", create},
                    Field{"comment", comment}, Field{"grants", grants}};
}

}  // namespace schema
