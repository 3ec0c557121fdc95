#pragma once

#include <set>
#include <string>

#include "diff/compare.h"
#include "diff/unresolved.h"

namespace diff {

/// What is ours: which tables take part in the comparison, and what may be dropped.
class Scope {
 public:
  Scope(const schema::Database& desired, const schema::Database& actual, const Options& options,
        const Unknown& unknown);

  /// Neither excluded nor a table of the program or of Alembic, and in one of the schemas that are looked at.
  bool takes_part(const schema::QualifiedName& table) const;
  /// In one of the schemas that are looked at.
  bool takes_part_in(const std::string& schema) const;

  /// For an actual table that the desired state lacks.
  enum class Fate { Dropped, Unmanaged, Left };
  Fate fate(const schema::Table& table) const;

  /// For actual objects that the desired state lacks.
  bool may_drop(const schema::Namespace& space) const;
  bool may_drop(const schema::EnumType& type) const;
  bool may_drop(const schema::Sequence& sequence) const;
  template <class T>
  bool may_drop(const T& object) const {
    return !models_ && in_scope(object);
  }
  bool may_drop(const schema::Role&) const { return false; }

  /// The object lies where the comparison looks.
  template <class T>
  bool in_scope(const T& object) const {
    if constexpr (requires { object.name.schema; }) {
      return takes_part_in(object.name.schema);
    } else {
      return true;
    }
  }

 private:
  bool is_managed(const schema::Table& table) const;
  void note_uses(const schema::Database& desired, const schema::Database& actual);
  void note_falling_sequences(const schema::Database& desired, const schema::Database& actual);
  void note_emptied_schemas(const schema::Database& actual);

  bool models_;
  bool drop_unmanaged_;
  bool all_schemas_;
  const Unknown& unknown_;
  std::set<std::string> schemas_;
  std::vector<std::string> excluded_;
  std::set<schema::QualifiedName> managed_;
  std::set<schema::QualifiedName> kept_;  ///< the desired tables
  std::set<schema::QualifiedName> dropped_;
  std::set<std::string> emptied_schemas_;  ///< named by the user, with nothing in them but tables that are dropped
  std::set<schema::QualifiedName> falling_sequences_;  ///< owned by a column or table that goes
  std::set<std::string> used_by_ours_;                 ///< types and sequences that managed tables use: "schema.name"
  std::set<std::string> used_by_others_;  ///< those that other things use, or that the desired state goes on using
};

}  // namespace diff
