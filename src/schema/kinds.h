#pragma once

#include "schema/database.h"

/// The list of kinds of object. What is generic over it (the diff, the JSON, the fingerprint) handles every kind; what
/// dispatches by overload does not compile for a kind that it lacks.
namespace schema {

template <class... T>
struct Kinds {};

/// Objects that stand in the database by themselves, in an order in which they can be made.
using DatabaseKinds = Kinds<Namespace, Extension, Role, EnumType, Domain, CompositeType, RangeType, Sequence, Table,
                            Routine, View, OtherObject, DefaultPrivilege>;

/// Objects that lie in a table.
using TableKinds = Kinds<Column, PrimaryKey, Unique, Check, ForeignKey, Exclusion, Index, Trigger, Policy, Grant>;

enum class Kind {
  Namespace,
  Extension,
  Role,
  EnumType,
  Domain,
  CompositeType,
  RangeType,
  Sequence,
  Table,
  Routine,
  View,
  OtherObject,
  DefaultPrivilege,
  Column,
  PrimaryKey,
  Unique,
  Check,
  ForeignKey,
  Exclusion,
  Index,
  Trigger,
  Policy,
  Grant,
};

template <class T>
constexpr Kind kind_of = Kind{};
template <>
inline constexpr Kind kind_of<Namespace> = Kind::Namespace;
template <>
inline constexpr Kind kind_of<Extension> = Kind::Extension;
template <>
inline constexpr Kind kind_of<Role> = Kind::Role;
template <>
inline constexpr Kind kind_of<EnumType> = Kind::EnumType;
template <>
inline constexpr Kind kind_of<Domain> = Kind::Domain;
template <>
inline constexpr Kind kind_of<CompositeType> = Kind::CompositeType;
template <>
inline constexpr Kind kind_of<RangeType> = Kind::RangeType;
template <>
inline constexpr Kind kind_of<Sequence> = Kind::Sequence;
template <>
inline constexpr Kind kind_of<Table> = Kind::Table;
template <>
inline constexpr Kind kind_of<Routine> = Kind::Routine;
template <>
inline constexpr Kind kind_of<View> = Kind::View;
template <>
inline constexpr Kind kind_of<OtherObject> = Kind::OtherObject;
template <>
inline constexpr Kind kind_of<DefaultPrivilege> = Kind::DefaultPrivilege;
template <>
inline constexpr Kind kind_of<Column> = Kind::Column;
template <>
inline constexpr Kind kind_of<PrimaryKey> = Kind::PrimaryKey;
template <>
inline constexpr Kind kind_of<Unique> = Kind::Unique;
template <>
inline constexpr Kind kind_of<Check> = Kind::Check;
template <>
inline constexpr Kind kind_of<ForeignKey> = Kind::ForeignKey;
template <>
inline constexpr Kind kind_of<Exclusion> = Kind::Exclusion;
template <>
inline constexpr Kind kind_of<Index> = Kind::Index;
template <>
inline constexpr Kind kind_of<Trigger> = Kind::Trigger;
template <>
inline constexpr Kind kind_of<Policy> = Kind::Policy;
template <>
inline constexpr Kind kind_of<Grant> = Kind::Grant;

/// Which object: enough to find it, to say where it came from, to name it in a message.
struct ObjectId {
  Kind kind = Kind::Table;
  QualifiedName owner;  ///< the table for what lies in one; else the object's own name
  std::string name;     ///< the name within the table; empty for what stands by itself

  bool operator==(const ObjectId&) const = default;
  auto operator<=>(const ObjectId&) const = default;
};

}  // namespace schema
