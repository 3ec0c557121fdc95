#pragma once

#include "diff/order.h"
#include "plan/operation.h"
#include "plan/uses.h"

/// What planning has to know of each kind of object, by overloads; what is not listed is handled alike.
namespace plan {

template <class T>
schema::ObjectId id_of(const schema::QualifiedName& table, const T& object) {
  return diff::object_of(diff::Change{diff::Drop<T>{table, object}});
}

/// When it is made and when it goes, if nothing else decides.
Rank rank_made(schema::Kind kind);
Rank rank_dropped(schema::Kind kind);

template <class T>
Rank rank_of_new(const T& object) {
  if constexpr (std::is_same_v<T, schema::OtherObject>) {
    if (object.kind == "EVENT TRIGGER") return Rank::Last;
  }
  return rank_made(schema::kind_of<T>);
}

/// What is there once the object is there, and gone once it is gone.
Keys names_of(const schema::Namespace& space);
Keys names_of(const schema::Role& role);
Keys names_of(const schema::EnumType& type);
Keys names_of(const schema::Domain& domain);
Keys names_of(const schema::CompositeType& type);
Keys names_of(const schema::RangeType& type);
Keys names_of(const schema::Sequence& sequence);
Keys names_of(const schema::Table& table);
Keys names_of(const schema::View& view);
Keys names_of(const schema::Routine& routine);
Keys names_of(const schema::OtherObject& object);
Keys names_of(const schema::QualifiedName& table, const schema::Column& column);
Keys names_of(const schema::QualifiedName& table, const schema::PrimaryKey& key);
Keys names_of(const schema::QualifiedName& table, const schema::Unique& unique);
Keys names_of(const schema::QualifiedName& table, const schema::Exclusion& exclusion);
Keys names_of(const schema::QualifiedName& table, const schema::Index& index);

template <class T>
Keys names_made(const schema::QualifiedName& table, const T& object) {
  if constexpr (requires { names_of(table, object); }) {
    return names_of(table, object);
  } else if constexpr (requires { names_of(object); }) {
    return names_of(object);
  } else if constexpr (requires { object.name.text; }) {
    return {constraint_key(table, object.name)};
  } else {
    return {};
  }
}

/// What the object uses.
template <class T>
Keys used_by(const Uses& uses, const schema::QualifiedName& table, const T& object) {
  if constexpr (std::is_same_v<T, schema::Column>) {
    Keys keys = uses.of(object);
    keys.insert(table_key(table));
    return keys;
  } else if constexpr (std::is_same_v<T, schema::Grant>) {
    return {table.name.empty() ? schema_key(table.schema) : table_key(table), role_key(object.role)};
  } else if constexpr (std::is_same_v<T, schema::EnumType> || std::is_same_v<T, schema::Sequence>) {
    return {schema_key(object.name.schema)};
  } else if constexpr (requires { uses.of(table, object); }) {
    return uses.of(table, object);
  } else if constexpr (requires { uses.of(object); }) {
    return uses.of(object);
  } else {
    return {};
  }
}

bool overlap(const Keys& left, const Keys& right);

}  // namespace plan
