#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "plan/kind.h"
#include "plan/operation.h"
#include "plan/scene.h"
#include "plan/uses.h"

namespace plan {

/// Collects operations: the change that is being expanded signs each of them.
class Operations {
 public:
  Operations(const Scene& scene, const Uses& uses) : scene_(scene), uses_(uses) {}

  const diff::Change* current = nullptr;

  Operation& add(ddl::Statements statements, Rank rank, const schema::ObjectId& about);

  template <class T>
  Operation& make(const schema::QualifiedName& table, const T& object, const ddl::Site& site) {
    Operation& made = add(ddl::create(object, site), rank_of_new(object), id_of(table, object));
    made.needs = used_by(uses_, table, object);
    made.makes = names_made(table, object);
    return made;
  }

  template <class T>
  Operation& remove(const schema::QualifiedName& table, const T& object, const ddl::Site& site) {
    Operation& gone = add(ddl::drop(object, site), rank_dropped(schema::kind_of<T>), id_of(table, object));
    gone.releases = used_by(uses_, table, object);
    gone.removes = names_made(table, object);
    return gone;
  }

  /// A step that says what no statement does.
  void unsupported(const schema::ObjectId& about, const std::string& what);

  std::vector<Operation> take() { return std::move(operations_); }

 private:
  const Scene& scene_;
  const Uses& uses_;
  std::vector<Operation> operations_;
};

/// Where tables stand in an order in which what is referred to comes first as far as circles allow.
using Positions = std::unordered_map<schema::QualifiedName, std::size_t>;

Positions new_tables_in_order(const diff::Changes& changes);
Positions dropped_tables_in_order(const diff::Changes& changes);

/// Tables whose columns, keys or indexes change.
std::set<schema::QualifiedName> tables_changed_within(const diff::Changes& changes);

/// What one expansion shares.
struct Expanding {
  const Scene& scene;
  const Uses& uses;
  Operations& operations;
  std::set<schema::ObjectId> changed;  ///< objects that a change drops or alters
  Positions new_tables;
  Positions dropped_tables;
  std::set<schema::QualifiedName> changed_within;
  Keys moving;  ///< columns, types, views and functions that are gone for a moment
};

/// Tables: new ones in parts, dropped ones.
void expand_table(Expanding& expanding, const diff::Create<schema::Table>& change);
void expand_table(Expanding& expanding, const diff::Drop<schema::Table>& change);

/// Columns, but for what `retype_columns` does.
void expand_column(Expanding& expanding, const diff::Create<schema::Column>& change);
void expand_column(Expanding& expanding, const diff::Drop<schema::Column>& change);
void expand_column(Expanding& expanding, const diff::Alter<schema::Column>& change);
/// Type changes, one statement for each table, and computed columns made anew around them.
void retype_columns(Expanding& expanding);

/// Whether a reference that falls with its column has to go by itself, before what it points at goes.
bool is_cut(const Scene& scene, const schema::QualifiedName& table, const schema::ForeignKey& key);

/// Labels added, or the type replaced.
void expand_enum(Expanding& expanding, const diff::Alter<schema::EnumType>& change);

/// Everything unchanged that stands in the way of what moves: dropped, and made anew exactly as it was.
void give_way(Expanding& expanding);

/// All changes to operations.
std::vector<Operation> expanded(const Scene& scene, const Uses& uses);

}  // namespace plan
