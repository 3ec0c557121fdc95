#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "diff/change.h"
#include "diff/unresolved.h"
#include "diff/unsaid.h"

namespace diff {

/// What the parts of one comparison share.
struct Scene {
  bool models = false;  ///< the desired state is of models: it says only what models can say
  Unknown unknown;
  std::set<schema::Name> granted_roles;  ///< roles that some model's grants name
  schema::Name owner_before;             ///< of the databases: what they own has the owner that is usual there
  schema::Name owner_after;
  std::unordered_map<schema::QualifiedName, const schema::Table*> actual_tables;
  std::unordered_map<schema::QualifiedName, const schema::Table*> desired_tables;
  Changes found;

  template <class T>
  void create(const schema::QualifiedName& table, const T& after) {
    found.changes.emplace_back(Create<T>{table, with_usual_owner(after)});
  }
  template <class T>
  void drop(const schema::QualifiedName& table, const T& before) {
    found.changes.emplace_back(Drop<T>{table, before});
  }
  template <class T>
  void alter(const schema::QualifiedName& table, const T& before, const T& after, std::vector<std::string> fields) {
    found.changes.emplace_back(Alter<T>{table, before, after, std::move(fields)});
  }
  template <class T>
  void rename(const schema::QualifiedName& table, const T& before, const schema::Name& name) {
    T after = before;
    after.name = name;
    found.changes.emplace_back(Rename<T>{table, before, std::move(after)});
  }
  /// What belongs to the owner of the desired database is to belong to that of the actual one.
  template <class T>
  T with_usual_owner(T object) const {
    if constexpr (
        requires { object.name, object.owner.text; } || requires { object.identity, object.owner.text; }) {
      if (object.owner == owner_after || object.owner.text == "pg_database_owner") object.owner = owner_before;
    }
    return object;
  }
  /// Between two databases, whether an object changes hands; notes it among the fields.
  template <class T>
  void compare_owners(const T& before, T& after, std::vector<std::string>& fields) const {
    if constexpr (requires { after.owner.text; }) {
      if (models || before.owner.empty() || after.owner.empty()) return;
      after = with_usual_owner(std::move(after));
      const bool usual = before.owner.text == "pg_database_owner" && after.owner == owner_before;
      if (before.owner != after.owner && !usual) fields.emplace_back("owner");
    }
  }
  template <class T>
  void keep_unsaid_attributes(T& desired, const T& actual) const {
    if (models) keep_unsaid(desired, actual);
  }
};

/// A table that both sides have, and what it was called before the renames.
struct TablePair {
  const schema::Table& before;
  schema::Table& after;
  std::string old_name;
};

/// The differences of two tables: their own attributes and everything that lies in them.
void compare_tables(Scene& scene, const TablePair& pair);

/// What lies in a table and is found by name, or by meaning where the name is open or changed.
void compare_constraints(Scene& scene, const TablePair& pair, const std::set<std::string>& dropped_columns);
void compare_policies(Scene& scene, const TablePair& pair);
void compare_grants(Scene& scene, const TablePair& pair);
void compare_schema_grants(Scene& scene, const schema::Namespace& before, const schema::Namespace& after);

}  // namespace diff
