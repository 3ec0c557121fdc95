#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "ddl/column.h"
#include "ddl/ddl.h"
#include "plan/plan.h"
#include "risk/rules.h"

namespace plan {

/// A column whose type changes, or that is dropped and made anew, and what that does to others.
struct Disturbances {
  std::map<schema::QualifiedName, std::vector<ddl::Retype>> retypes;
  std::set<schema::ColumnName> incompatible;                    ///< retyped into another family of types
  std::set<schema::ColumnName> remade;                          ///< dropped and added again: computed columns
  std::map<schema::QualifiedName, std::string> replaced_enums;  ///< type: the name that the old one has meanwhile

  bool is_retyped(const schema::ColumnName& column) const;
  bool touches(const schema::QualifiedName& table) const;
};

/// Everything that planning looks at. The actual state and the facts are under the names after the renames.
struct Scene {
  const diff::Changes& changes;
  const schema::Database& desired;
  schema::Database actual;
  schema::Facts facts;
  const Options& options;
  risk::Context context;
  Disturbances disturbed;
  std::unordered_map<schema::QualifiedName, const schema::Table*> actual_tables;
  std::unordered_map<schema::QualifiedName, const schema::Table*> desired_tables;
  std::vector<schema::DefaultPrivilege> born_with;  ///< what may decide which privileges new objects have

  Scene(const diff::Changes& changes, const schema::Database& desired, const schema::Database& actual,
        const schema::Facts& facts, const Options& options);
  Scene(const Scene&) = delete;
  Scene& operator=(const Scene&) = delete;

  const schema::Table* actual_table(const schema::QualifiedName& name) const;
  const schema::Table* desired_table(const schema::QualifiedName& name) const;
  /// How to go about objects of a table.
  ddl::Site site(const schema::QualifiedName& table) const;
  /// The same, in the short form: inside the one transaction.
  ddl::Site quiet_site(const schema::QualifiedName& table) const;
  std::int64_t rows(const schema::QualifiedName& table) const;

 private:
  bool speaks_of_grants(const schema::QualifiedName& table) const;
};

}  // namespace plan
