#include "plan/kind.h"

#include <algorithm>

namespace plan {

using schema::Kind;
using schema::QualifiedName;

Rank rank_made(Kind kind) {
  switch (kind) {
    case Kind::Namespace:
      return Rank::Schema;
    case Kind::Extension:
      return Rank::Extension;
    case Kind::Role:
      return Rank::Role;
    case Kind::EnumType:
    case Kind::Domain:
    case Kind::CompositeType:
    case Kind::RangeType:
      return Rank::Type;
    case Kind::Sequence:
      return Rank::Sequence;
    case Kind::Table:
      return Rank::Table;
    case Kind::Routine:
      return Rank::Routine;
    case Kind::View:
      return Rank::View;
    case Kind::OtherObject:
      return Rank::Other;
    case Kind::DefaultPrivilege:
      return Rank::Last;
    case Kind::Grant:
      return Rank::Grant;
    case Kind::Column:
      return Rank::AddColumn;
    case Kind::PrimaryKey:
    case Kind::Unique:
    case Kind::Check:
    case Kind::Exclusion:
      return Rank::Constraint;
    case Kind::ForeignKey:
      return Rank::Reference;
    case Kind::Index:
      return Rank::Index;
    case Kind::Trigger:
      return Rank::Trigger;
    case Kind::Policy:
      return Rank::Policy;
  }
  return Rank::Other;
}

Rank rank_dropped(Kind kind) {
  switch (kind) {
    case Kind::Namespace:
      return Rank::DropSchema;
    case Kind::Extension:
      return Rank::DropExtension;
    case Kind::Role:
      return Rank::DropRole;
    case Kind::EnumType:
    case Kind::Domain:
    case Kind::CompositeType:
    case Kind::RangeType:
      return Rank::DropType;
    case Kind::Sequence:
      return Rank::DropSequence;
    case Kind::Table:
      return Rank::DropTable;
    case Kind::Routine:
      return Rank::DropRoutine;
    case Kind::View:
    case Kind::OtherObject:
      return Rank::DropView;
    case Kind::Column:
      return Rank::DropColumn;
    case Kind::ForeignKey:
      return Rank::DropReference;
    case Kind::PrimaryKey:
    case Kind::Unique:
    case Kind::Check:
    case Kind::Exclusion:
    case Kind::Index:
      return Rank::DropConstraint;
    case Kind::Trigger:
      return Rank::DropTrigger;
    case Kind::Policy:
      return Rank::DropPolicy;
    case Kind::DefaultPrivilege:
      return Rank::Last;
    case Kind::Grant:
      return Rank::Security;
  }
  return Rank::Other;
}

Keys names_of(const schema::Namespace& space) { return {schema_key(space.name.text)}; }
Keys names_of(const schema::Role& role) { return {role_key(role.name)}; }
Keys names_of(const schema::EnumType& type) { return {type_key(type.name), labels_key(type.name)}; }
Keys names_of(const schema::Domain& domain) { return {type_key(domain.name)}; }
Keys names_of(const schema::CompositeType& type) { return {type_key(type.name), relation_key(type.name)}; }
Keys names_of(const schema::RangeType& type) { return {type_key(type.name)}; }
Keys names_of(const schema::Sequence& sequence) { return {sequence_key(sequence.name), relation_key(sequence.name)}; }

Keys names_of(const schema::Table& table) {
  Keys keys{table_key(table.name), relation_key(table.name), keys_key(table.name), type_key(table.name)};
  for (const schema::Column& column : table.columns) keys.insert(column_key(table.name, column.name));
  for (const schema::Index& index : table.indexes) keys.insert(relation_key({table.name.schema, index.name.text}));
  return keys;
}

Keys names_of(const schema::View& view) { return {table_key(view.name), relation_key(view.name), type_key(view.name)}; }
Keys names_of(const schema::Routine& routine) { return {routine_key(routine.name)}; }

/// A foreign table is a table to all that stands on it.
Keys names_of(const schema::OtherObject& object) {
  Keys keys{other_key(object.kind + " " + object.identity)};
  if (object.kind == "FOREIGN TABLE" && !object.uses.empty()) keys.insert(table_key(object.uses.front().table));
  return keys;
}

Keys names_of(const QualifiedName& table, const schema::Column& column) {
  Keys keys{column_key(table, column.name)};
  if (column.not_null) keys.insert(not_null_key(table, column.name));
  return keys;
}

namespace {

Keys index_backed(const QualifiedName& table, const schema::Name& name) {
  return {constraint_key(table, name), relation_key({table.schema, name.text})};
}

}  // namespace

Keys names_of(const QualifiedName& table, const schema::PrimaryKey& key) {
  Keys keys = index_backed(table, key.name);
  keys.insert(keys_key(table));
  return keys;
}

Keys names_of(const QualifiedName& table, const schema::Unique& unique) {
  Keys keys = index_backed(table, unique.name);
  keys.insert(keys_key(table));
  return keys;
}

Keys names_of(const QualifiedName& table, const schema::Exclusion& exclusion) {
  return index_backed(table, exclusion.name);
}

Keys names_of(const QualifiedName& table, const schema::Index& index) {
  Keys keys{relation_key({table.schema, index.name.text})};
  if (index.unique && !index.predicate) keys.insert(keys_key(table));
  return keys;
}

bool overlap(const Keys& left, const Keys& right) {
  return std::ranges::any_of(left, [&](const Key& key) { return right.contains(key); });
}

}  // namespace plan
