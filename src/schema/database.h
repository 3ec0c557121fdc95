#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/role.h"
#include "schema/routine.h"
#include "schema/sequence.h"
#include "schema/table.h"
#include "schema/type.h"

namespace schema {

/// pg_namespace. Called `schema` only where it is a name.
struct Namespace {
  Name name;
  std::vector<Grant> grants;
  std::optional<std::string> comment;
  Name owner;

  bool operator==(const Namespace&) const = default;
};

inline auto fields(const Namespace& space) {
  const auto& [name, grants, comment, owner] = space;
  (void)owner;
  return std::tuple{Field{"name", name}, Field{"grants", grants}, Field{"comment", comment}};
}

/// pg_extension.
struct Extension {
  Name name;
  std::string schema;
  std::string version;

  bool operator==(const Extension&) const = default;
};

inline auto fields(const Extension& extension) {
  const auto& [name, schema, version] = extension;
  (void)version;
  return std::tuple{Field{"name", name}, Field{"schema", schema}};
}

/// What a state is able to say: models say the kinds that models can say, a catalog says everything.
enum class Scope { Models, Everything };

/// The one currency: the whole of a state, from models, a live database, SQL files or migrations.
/// Objects that extensions own are left out (their types are named in `extension_types`).
struct Database {
  Scope scope = Scope::Everything;
  Name owner;  ///< pg_database.datdba; empty where the state is no database
  std::vector<Namespace> namespaces;
  std::vector<Extension> extensions;
  std::vector<Role> roles;
  std::vector<EnumType> enums;
  std::vector<Domain> domains;
  std::vector<CompositeType> composites;
  std::vector<RangeType> ranges;
  std::vector<Sequence> sequences;
  std::vector<Table> tables;
  std::vector<View> views;
  std::vector<Routine> routines;
  std::vector<OtherObject> others;
  std::vector<DefaultPrivilege> default_privileges;
  std::vector<QualifiedName> extension_types;  ///< types that extensions own: to find the schema of `vector`, `citext`

  bool operator==(const Database&) const = default;
};

const Table* find_table(const Database& database, const QualifiedName& name);
Table* find_table(Database& database, const QualifiedName& name);

}  // namespace schema
