#pragma once

#include <string>
#include <variant>
#include <vector>

#include "schema/kinds.h"
#include "schema/reading.h"

namespace diff {

/// An object that only the desired side has. `table` is set for what lies in a table, under its name on the desired
/// side.
template <class T>
struct Create {
  schema::QualifiedName table;
  T after;

  bool operator==(const Create&) const = default;
};

/// An object that only the actual side has. `table` is the table's name after the renames.
template <class T>
struct Drop {
  schema::QualifiedName table;
  T before;

  bool operator==(const Drop&) const = default;
};

/// The same object on both sides with other attributes: `fields` names them as `fields()` does.
template <class T>
struct Alter {
  schema::QualifiedName table;
  T before;
  T after;
  std::vector<std::string> fields;

  bool operator==(const Alter&) const = default;
};

/// The same object under another name and nothing else; an Alter with the new name may follow.
template <class T>
struct Rename {
  schema::QualifiedName table;
  T before;
  T after;

  bool operator==(const Rename&) const = default;
};

/// ALTER TYPE … RENAME VALUE: `--rename-value`.
struct RenameLabel {
  schema::QualifiedName type;
  std::string before;
  std::string after;

  bool operator==(const RenameLabel&) const = default;
};

namespace detail {
template <class List>
struct VariantOf;
template <class... T>
struct VariantOf<schema::Kinds<T...>> {
  template <class... U>
  using With = std::variant<Create<T>..., Drop<T>..., Alter<T>..., Rename<T>..., Create<U>..., Drop<U>..., Alter<U>...,
                            Rename<U>..., RenameLabel>;
};
template <class List, class Other>
struct Both;
template <class List, class... U>
struct Both<List, schema::Kinds<U...>> {
  using Type = typename VariantOf<List>::template With<U...>;
};
}  // namespace detail

/// One change of one object: Create, Drop, Alter or Rename of any kind of the two lists in schema/kinds.h.
/// A table that is created or dropped stands for everything in it. Grants on schemas are `Grant` with an empty table
/// name. Create<Grant> holds just the privileges to be given and Drop<Grant> those to be taken, one of each per role
/// and object; a Drop<Grant> with `grantable` alone takes the grant options and leaves the privileges. Grants are never
/// altered. A Rename<Sequence> with a table belongs to the renaming of that table or of its SERIAL column.
/// What falls with a dropped column (its indexes and constraints) has no Drop of its own.
using Change = detail::Both<schema::DatabaseKinds, schema::TableKinds>::Type;

/// Two objects, one that went and one that came, of the same shape: perhaps one was renamed.
struct RenameCandidate {
  schema::ObjectId before;
  schema::ObjectId after;

  bool operator==(const RenameCandidate&) const = default;
};

/// What `compare` finds.
struct Changes {
  std::vector<Change> changes;  ///< in a fixed order: kind by kind, by name
  std::vector<RenameCandidate> candidates;
  std::vector<schema::QualifiedName> unmanaged;  ///< tables of the managed schemas that nobody describes
  std::vector<std::pair<schema::QualifiedName, schema::Policy>> untracked_policies;  ///< information, no drift
};

}  // namespace diff
