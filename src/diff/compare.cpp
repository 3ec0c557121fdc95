#include "diff/compare.h"

#include <algorithm>
#include <optional>
#include <unordered_map>

#include "diff/candidate.h"
#include "diff/match.h"
#include "diff/order.h"
#include "diff/scene.h"
#include "diff/scope.h"
#include "diff/serial.h"

namespace diff {
namespace {

using schema::Database;
using schema::QualifiedName;
using schema::Table;

QualifiedName key(const schema::Namespace& space) { return {{}, space.name.text}; }
QualifiedName key(const schema::Extension& extension) { return {{}, extension.name.text}; }
QualifiedName key(const schema::Role& role) { return {{}, role.name.text}; }
QualifiedName key(const schema::Routine& routine) {
  return {routine.name.schema, routine.name.name + "(" + routine.arguments + ")"};
}
QualifiedName key(const schema::OtherObject& object) { return {object.kind, object.identity}; }
QualifiedName key(const schema::DefaultPrivilege& privilege) {
  return {privilege.owner.text + "\n" + privilege.in_schema.text, privilege.object_type};
}
template <class T>
QualifiedName key(const T& object) {
  return object.name;
}

/// Attributes of roles that no state gives are not compared.
template <class T>
void keep_unsaid_attributes(const Scene& scene, T& desired, const T& actual) {
  if constexpr (std::is_same_v<T, schema::Role>) {
    keep_unsaid(desired, actual);
  } else {
    scene.keep_unsaid_attributes(desired, actual);
  }
}

template <class T>
void compare_pair(Scene& scene, const T& before, const T& after) {
  T desired = after;
  keep_unsaid_attributes(scene, desired, before);
  auto changed = changed_fields(before, desired);
  if constexpr (std::is_same_v<T, schema::Namespace>) {
    std::erase(changed, "grants");
    compare_schema_grants(scene, before, desired);
  }
  scene.compare_owners(before, desired, changed);
  if (!changed.empty()) scene.alter(key(before), before, desired, std::move(changed));
}

/// Objects that stand by themselves, tables aside.
template <class T>
void compare_objects(Scene& scene, const Scope& scope, const std::vector<T>& before, const std::vector<T>& after) {
  for (const auto& [actual, desired] : paired(before, after, [](const T& object) { return key(object); })) {
    if (actual != nullptr && desired != nullptr) {
      if (scene.models || scope.in_scope(*desired)) compare_pair(scene, *actual, *desired);
    } else if (desired != nullptr) {
      if (scene.models || scope.in_scope(*desired)) scene.create({}, *desired);
    } else if (scope.may_drop(*actual)) {
      scene.drop({}, *actual);
    }
  }
}

/// What the tables were called before the renames, by what they are called after them.
using OldNames = std::unordered_map<QualifiedName, std::string>;

OldNames old_names(const std::vector<Change>& renames) {
  OldNames names;
  for (const Change& change : renames) {
    const auto* table = diff::get_if<Rename<Table>>(&change);
    if (table != nullptr && table->before.name.name != table->after.name.name) {
      names.emplace(table->after.name, table->before.name.name);
    }
  }
  return names;
}

void lose_table(Scene& scene, const Scope& scope, const Table& table) {
  switch (scope.fate(table)) {
    case Scope::Fate::Dropped:
      return scene.drop({}, table);
    case Scope::Fate::Unmanaged:
      return scene.found.unmanaged.push_back(table.name);
    case Scope::Fate::Left:
      return;
  }
}

void compare_table_lists(Scene& scene, const Scope& scope, const Database& before, Database& after,
                         const OldNames& old_names) {
  std::unordered_map<QualifiedName, const Table*>& actual = scene.actual_tables;
  for (const Table& table : before.tables) actual.emplace(table.name, &table);
  for (const Table& table : after.tables) scene.desired_tables.emplace(table.name, &table);
  for (Table& table : after.tables) {
    if (!scope.takes_part(table.name)) continue;
    const auto found = actual.find(table.name);
    if (found == actual.end()) {
      scene.create({}, table);
      continue;
    }
    const auto old = old_names.find(table.name);
    compare_tables(scene, {*found->second, table, old == old_names.end() ? std::string{} : old->second});
  }
  for (const Table& table : before.tables) {
    if (!scene.desired_tables.contains(table.name)) lose_table(scene, scope, table);
  }
}

/// Roles of platforms, and those that PostgreSQL brings: never created, altered or dropped.
bool is_reserved_role(const schema::Role& role) {
  const std::string& name = role.name.text;
  return name.starts_with("pg_") || name.starts_with("supabase_") || name == "anon" || name == "authenticated" ||
         name == "service_role" || name == "authenticator" || name == "dashboard_user";
}

/// Between two databases only the roles that something in the desired one names: a server has many others.
std::vector<schema::Role> compared_roles(const Database& desired) {
  std::set<schema::Name> named;
  for (const Table& table : desired.tables) {
    for (const auto& grant : table.grants) named.insert(grant.role);
    for (const auto& policy : table.policies) named.insert(policy.roles.begin(), policy.roles.end());
  }
  std::vector<schema::Role> roles;
  for (const auto& role : desired.roles) {
    const bool counts = desired.scope == schema::Scope::Models || named.contains(role.name);
    if (counts && !is_reserved_role(role)) roles.push_back(role);
  }
  return roles;
}

void compare_all(Scene& scene, const Scope& scope, const Database& before, Database& after, const OldNames& names) {
  compare_objects(scene, scope, before.namespaces, after.namespaces);
  compare_objects(scene, scope, before.extensions, after.extensions);
  compare_objects(scene, scope, before.roles, compared_roles(after));
  compare_objects(scene, scope, before.enums, after.enums);
  compare_objects(scene, scope, before.domains, after.domains);
  compare_objects(scene, scope, before.composites, after.composites);
  compare_objects(scene, scope, before.ranges, after.ranges);
  compare_objects(scene, scope, before.sequences, after.sequences);
  compare_table_lists(scene, scope, before, after, names);
  compare_objects(scene, scope, before.routines, after.routines);
  compare_objects(scene, scope, before.views, after.views);
  compare_objects(scene, scope, before.others, after.others);
  compare_objects(scene, scope, before.default_privileges, after.default_privileges);
}

std::set<schema::Name> granted_roles(const Database& desired) {
  std::set<schema::Name> roles;
  for (const Table& table : desired.tables) {
    for (const auto& grant : table.grants) roles.insert(grant.role);
  }
  return roles;
}

}  // namespace

Changes compare(const schema::Reading& desired, const schema::Database& actual, const Options& options) {
  std::optional<Renamed> after_renames;
  if (options.renames != Renames{}) after_renames = renamed(actual, options.renames, options.rewrite);
  const Database& had = after_renames ? after_renames->actual : actual;
  Database after = desired.database;
  std::optional<Database> separated;
  if (shares_sequences(had, after)) separate_sequences(separated.emplace(had), after);
  const Database& before = separated ? *separated : had;
  separate_sequences(after, had);
  Scene scene;
  scene.models = after.scope == schema::Scope::Models;
  scene.owner_before = before.owner;
  scene.owner_after = after.owner;
  scene.unknown = take_over(after, desired.unresolved, before);
  scene.granted_roles = granted_roles(after);
  if (after_renames) scene.found.changes = after_renames->changes;
  const Scope scope{after, before, options, scene.unknown};
  compare_all(scene, scope, before, after, old_names(scene.found.changes));
  scene.found.candidates = rename_candidates(scene.found, before);
  put_in_order(scene.found);
  return std::move(scene.found);
}

}  // namespace diff
