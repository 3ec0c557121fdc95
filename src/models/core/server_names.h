#pragma once

#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The names that PostgreSQL chooses for what stays unnamed (makeObjectName, ChooseRelationName,
/// ChooseConstraintName, ChooseIndexNameAddition), and how it cuts what is too long.
namespace models {

/// An identifier as the server keeps it: its first 63 bytes, at a character boundary.
std::string clipped_identifier(std::string_view name);

/// "first_second_label", the two names shortened in turn until 63 bytes suffice. `second` and `label` may be empty.
std::string object_name(std::string_view first, std::string_view second, std::string_view label);

/// Columns joined with "_", as far as an identifier reaches.
std::string name_addition(const std::vector<std::string>& columns);

/// The keys' names made different from each other, as the columns of an index are named: "expr", "expr1".
std::vector<std::string> distinct_names(const std::vector<std::string>& names);

/// Names that are taken in the schemas of a database while it is being made.
class ServerNames {
 public:
  void take_relation(const std::string& schema, const std::string& name) { relations_.emplace(schema, name); }
  void take_constraint(const std::string& schema, const std::string& name) { constraints_.emplace(schema, name); }

  /// A free name for a relation (index, sequence) and takes it; for one behind a constraint also as the constraint's.
  std::string choose_relation(const std::string& schema, std::string_view first, std::string_view second,
                              std::string_view label, bool constraint);
  /// A free name for a constraint that is no relation, and takes it.
  std::string choose_constraint(const std::string& schema, std::string_view first, std::string_view second,
                                std::string_view label);

 private:
  using Key = std::pair<std::string, std::string>;
  std::set<Key> relations_;
  std::set<Key> constraints_;
};

}  // namespace models
