#pragma once

#include <string>
#include <unordered_map>
#include <vector>

#include "plan/operation.h"
#include "schema/kinds.h"

namespace plan {

/// What objects use, as keys. Expressions are read by their words: what they may speak of counts as used.
class Uses {
 public:
  Uses(const schema::Database& actual, const schema::Database& desired);

  Keys of(const schema::TypeName& type) const;
  /// Functions, types and sequences.
  Keys of(const schema::Expression& expression) const;
  Keys of(const std::optional<schema::Expression>& expression) const;
  Keys of(const schema::Column& column) const;
  Keys of(const schema::Table& table) const;  ///< of all that is made with the table, but for policies and triggers

  Keys of(const schema::QualifiedName& table, const schema::PrimaryKey& key) const;
  Keys of(const schema::QualifiedName& table, const schema::Unique& unique) const;
  Keys of(const schema::QualifiedName& table, const schema::Check& check) const;
  Keys of(const schema::QualifiedName& table, const schema::ForeignKey& key) const;
  Keys of(const schema::QualifiedName& table, const schema::Exclusion& exclusion) const;
  Keys of(const schema::QualifiedName& table, const schema::Index& index) const;
  Keys of(const schema::QualifiedName& table, const schema::Trigger& trigger) const;
  Keys of(const schema::QualifiedName& table, const schema::Policy& policy) const;

  Keys of(const schema::View& view) const;
  Keys of(const schema::OtherObject& object) const;
  Keys of(const schema::DefaultPrivilege& privilege) const;
  Keys of(const schema::Routine& routine) const;  ///< types of arguments and result, tables its text speaks of
  Keys of(const schema::Domain& domain) const;
  Keys of(const schema::CompositeType& type) const;
  Keys of(const schema::RangeType& type) const;

  /// Tables and columns that a text may speak of.
  Keys relations_in(const std::string& text) const;
  /// How a text names functions: by calls of them, or by their mere names as "SFUNC = name" does.
  enum class Naming { Calls, Names };

  /// Functions and types that a text may speak of.
  Keys routines_and_types_in(const std::string& text, Naming naming = Naming::Calls) const;

 private:
  void add_names(const schema::Database& database);
  void add_columns(const schema::Table& table);
  Keys key_of(const schema::QualifiedName& table, const schema::IndexKey& key) const;
  Keys columns_in(const schema::QualifiedName& table, const std::string& text) const;

  std::unordered_map<std::string, Keys> routines_;
  std::unordered_map<std::string, Keys> types_;
  std::unordered_map<std::string, std::vector<schema::QualifiedName>> tables_;
  std::unordered_map<schema::QualifiedName, Keys> column_names_;  ///< of a table, plain
};

}  // namespace plan
