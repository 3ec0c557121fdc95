#pragma once

#include <memory>
#include <string>
#include <type_traits>
#include <utility>
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

/// One change of one object: Create, Drop, Alter or Rename of any kind of the two lists in schema/kinds.h, or
/// RenameLabel. A table that is created or dropped stands for everything in it; grants on schemas are `Grant` with an
/// empty table name. Create<Grant> holds just the privileges to be given and Drop<Grant> those to be taken, one of each
/// per role and object; grants are never altered. A Rename<Sequence> with a table belongs to the renaming of that table
/// or of its SERIAL column. What falls with a dropped column has no Drop of its own. A value: copies share what cannot
/// be changed. (A std::variant of some hundred alternatives takes a compiler minutes.) `visit`, `get_if` and
/// `holds_alternative` of this namespace look into it.
class Change {
 public:
  template <class T>
  Change(Create<T> change) : Change(schema::kind_of<T>, Action::Create, std::move(change)) {}
  template <class T>
  Change(Drop<T> change) : Change(schema::kind_of<T>, Action::Drop, std::move(change)) {}
  template <class T>
  Change(Alter<T> change) : Change(schema::kind_of<T>, Action::Alter, std::move(change)) {}
  template <class T>
  Change(Rename<T> change) : Change(schema::kind_of<T>, Action::Rename, std::move(change)) {}
  Change(RenameLabel change) : Change(schema::Kind::EnumType, Action::RenameLabel, std::move(change)) {}

  bool operator==(const Change& other) const;

 private:
  enum class Action { Create, Drop, Alter, Rename, RenameLabel };

  template <class T>
  Change(schema::Kind kind, Action action, T change)
      : kind_(kind), action_(action), value_(std::make_shared<const T>(std::move(change))) {}

  template <class T>
  const T& as() const {
    return *static_cast<const T*>(value_.get());
  }
  template <class T>
  bool is(const Create<T>*) const {
    return action_ == Action::Create && kind_ == schema::kind_of<T>;
  }
  template <class T>
  bool is(const Drop<T>*) const {
    return action_ == Action::Drop && kind_ == schema::kind_of<T>;
  }
  template <class T>
  bool is(const Alter<T>*) const {
    return action_ == Action::Alter && kind_ == schema::kind_of<T>;
  }
  template <class T>
  bool is(const Rename<T>*) const {
    return action_ == Action::Rename && kind_ == schema::kind_of<T>;
  }
  bool is(const RenameLabel*) const { return action_ == Action::RenameLabel; }

  template <class T, class Visitor>
  decltype(auto) visit_kind(Visitor& visitor) const {
    switch (action_) {
      case Action::Create:
        return visitor(as<Create<T>>());
      case Action::Drop:
        return visitor(as<Drop<T>>());
      case Action::Alter:
        return visitor(as<Alter<T>>());
      default:
        return visitor(as<Rename<T>>());
    }
  }

  template <class Visitor>
  friend decltype(auto) visit(Visitor&& visitor, const Change& change);
  template <class T>
  friend const T* get_if(const Change* change);

  schema::Kind kind_;
  Action action_;
  std::shared_ptr<const void> value_;
};

/// Calls the visitor with the change as what it is.
template <class Visitor>
decltype(auto) visit(Visitor&& visitor, const Change& change) {
  using schema::Kind;
  if (change.action_ == Change::Action::RenameLabel) return visitor(change.as<RenameLabel>());
  switch (change.kind_) {
    case Kind::Namespace:
      return change.visit_kind<schema::Namespace>(visitor);
    case Kind::Extension:
      return change.visit_kind<schema::Extension>(visitor);
    case Kind::Role:
      return change.visit_kind<schema::Role>(visitor);
    case Kind::EnumType:
      return change.visit_kind<schema::EnumType>(visitor);
    case Kind::Domain:
      return change.visit_kind<schema::Domain>(visitor);
    case Kind::CompositeType:
      return change.visit_kind<schema::CompositeType>(visitor);
    case Kind::RangeType:
      return change.visit_kind<schema::RangeType>(visitor);
    case Kind::Sequence:
      return change.visit_kind<schema::Sequence>(visitor);
    case Kind::Table:
      return change.visit_kind<schema::Table>(visitor);
    case Kind::Routine:
      return change.visit_kind<schema::Routine>(visitor);
    case Kind::View:
      return change.visit_kind<schema::View>(visitor);
    case Kind::OtherObject:
      return change.visit_kind<schema::OtherObject>(visitor);
    case Kind::DefaultPrivilege:
      return change.visit_kind<schema::DefaultPrivilege>(visitor);
    case Kind::Column:
      return change.visit_kind<schema::Column>(visitor);
    case Kind::PrimaryKey:
      return change.visit_kind<schema::PrimaryKey>(visitor);
    case Kind::Unique:
      return change.visit_kind<schema::Unique>(visitor);
    case Kind::Check:
      return change.visit_kind<schema::Check>(visitor);
    case Kind::ForeignKey:
      return change.visit_kind<schema::ForeignKey>(visitor);
    case Kind::Exclusion:
      return change.visit_kind<schema::Exclusion>(visitor);
    case Kind::Index:
      return change.visit_kind<schema::Index>(visitor);
    case Kind::Trigger:
      return change.visit_kind<schema::Trigger>(visitor);
    case Kind::Policy:
      return change.visit_kind<schema::Policy>(visitor);
    case Kind::Grant:
      return change.visit_kind<schema::Grant>(visitor);
  }
  std::unreachable();
}

/// The change if it is a T, else null.
template <class T>
const T* get_if(const Change* change) {
  return change->is(static_cast<const T*>(nullptr)) ? &change->as<T>() : nullptr;
}

template <class T>
bool holds_alternative(const Change& change) {
  return get_if<T>(&change) != nullptr;
}

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
