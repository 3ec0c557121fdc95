#pragma once

#include <string>
#include <vector>

#include "ddl/statement.h"
#include "schema/kinds.h"

/// An object to the statements that make it, drop it, rename it or change it, and back. One file per kind or family
/// of kinds. CASCADE is never written.
namespace ddl {

/// Where an object lies and how to go about it.
struct Site {
  schema::QualifiedName table;  ///< for what lies in a table
  bool online = false;          ///< busy: avoid what blocks
  bool partitioned = false;     ///< the table is partitioned: no CONCURRENTLY, no NOT VALID reference
  int server_version = 150000;
  schema::Name usual_owner = {};  ///< what belongs to it is given to nobody
  /// In force while new objects are made; null: none, or nobody asks what new objects are born with.
  const std::vector<schema::DefaultPrivilege>* default_privileges = nullptr;
};

Statements create(const schema::Namespace&, const Site&);
Statements create(const schema::Extension&, const Site&);
Statements create(const schema::Role&, const Site&);
Statements create(const schema::EnumType&, const Site&);
Statements create(const schema::Domain&, const Site&);
Statements create(const schema::CompositeType&, const Site&);
Statements create(const schema::RangeType&, const Site&);
Statements create(const schema::Sequence&, const Site&);
Statements create(const schema::Table&, const Site&);
Statements create(const schema::Routine&, const Site&);
Statements create(const schema::View&, const Site&);
Statements create(const schema::OtherObject&, const Site&);
Statements create(const schema::DefaultPrivilege&, const Site&);
Statements create(const schema::Column&, const Site&);
Statements create(const schema::PrimaryKey&, const Site&);
Statements create(const schema::Unique&, const Site&);
Statements create(const schema::Check&, const Site&);
Statements create(const schema::ForeignKey&, const Site&);
Statements create(const schema::Exclusion&, const Site&);
Statements create(const schema::Index&, const Site&);
Statements create(const schema::Trigger&, const Site&);
Statements create(const schema::Policy&, const Site&);
Statements create(const schema::Grant&, const Site&);

/// The rollback makes the object whole again; rows do not come back.
Statements drop(const schema::Namespace&, const Site&);
Statements drop(const schema::Extension&, const Site&);
Statements drop(const schema::Role&, const Site&);
Statements drop(const schema::EnumType&, const Site&);
Statements drop(const schema::Domain&, const Site&);
Statements drop(const schema::CompositeType&, const Site&);
Statements drop(const schema::RangeType&, const Site&);
Statements drop(const schema::Sequence&, const Site&);
Statements drop(const schema::Table&, const Site&);
Statements drop(const schema::Routine&, const Site&);
Statements drop(const schema::View&, const Site&);
Statements drop(const schema::OtherObject&, const Site&);
Statements drop(const schema::DefaultPrivilege&, const Site&);
Statements drop(const schema::Column&, const Site&);
Statements drop(const schema::PrimaryKey&, const Site&);
Statements drop(const schema::Unique&, const Site&);
Statements drop(const schema::Check&, const Site&);
Statements drop(const schema::ForeignKey&, const Site&);
Statements drop(const schema::Exclusion&, const Site&);
Statements drop(const schema::Index&, const Site&);
Statements drop(const schema::Trigger&, const Site&);
Statements drop(const schema::Policy&, const Site&);
Statements drop(const schema::Grant&, const Site&);

/// Empty for kinds that have no other name than what they are.
Statements rename(const schema::Namespace& before, const schema::Namespace& after, const Site&);
Statements rename(const schema::Extension& before, const schema::Extension& after, const Site&);
Statements rename(const schema::Role& before, const schema::Role& after, const Site&);
Statements rename(const schema::EnumType& before, const schema::EnumType& after, const Site&);
Statements rename(const schema::Domain& before, const schema::Domain& after, const Site&);
Statements rename(const schema::CompositeType& before, const schema::CompositeType& after, const Site&);
Statements rename(const schema::RangeType& before, const schema::RangeType& after, const Site&);
Statements rename(const schema::Sequence& before, const schema::Sequence& after, const Site&);
Statements rename(const schema::Table& before, const schema::Table& after, const Site&);
Statements rename(const schema::Routine& before, const schema::Routine& after, const Site&);
Statements rename(const schema::View& before, const schema::View& after, const Site&);
Statements rename(const schema::OtherObject& before, const schema::OtherObject& after, const Site&);
Statements rename(const schema::DefaultPrivilege& before, const schema::DefaultPrivilege& after, const Site&);
Statements rename(const schema::Column& before, const schema::Column& after, const Site&);
Statements rename(const schema::PrimaryKey& before, const schema::PrimaryKey& after, const Site&);
Statements rename(const schema::Unique& before, const schema::Unique& after, const Site&);
Statements rename(const schema::Check& before, const schema::Check& after, const Site&);
Statements rename(const schema::ForeignKey& before, const schema::ForeignKey& after, const Site&);
Statements rename(const schema::Exclusion& before, const schema::Exclusion& after, const Site&);
Statements rename(const schema::Index& before, const schema::Index& after, const Site&);
Statements rename(const schema::Trigger& before, const schema::Trigger& after, const Site&);
Statements rename(const schema::Policy& before, const schema::Policy& after, const Site&);
Statements rename(const schema::Grant& before, const schema::Grant& after, const Site&);

using Fields = std::vector<std::string>;

/// Statements for the fields that can be changed in place; each says which fields it brings about. A field that no
/// statement names cannot be changed so: the object has to be made anew, or a person has to do it.
Statements alter(const schema::Namespace& before, const schema::Namespace& after, const Fields&, const Site&);
Statements alter(const schema::Extension& before, const schema::Extension& after, const Fields&, const Site&);
Statements alter(const schema::Role& before, const schema::Role& after, const Fields&, const Site&);
Statements alter(const schema::EnumType& before, const schema::EnumType& after, const Fields&, const Site&);
Statements alter(const schema::Domain& before, const schema::Domain& after, const Fields&, const Site&);
Statements alter(const schema::CompositeType& before, const schema::CompositeType& after, const Fields&, const Site&);
Statements alter(const schema::RangeType& before, const schema::RangeType& after, const Fields&, const Site&);
Statements alter(const schema::Sequence& before, const schema::Sequence& after, const Fields&, const Site&);
Statements alter(const schema::Table& before, const schema::Table& after, const Fields&, const Site&);
Statements alter(const schema::Routine& before, const schema::Routine& after, const Fields&, const Site&);
Statements alter(const schema::View& before, const schema::View& after, const Fields&, const Site&);
Statements alter(const schema::OtherObject& before, const schema::OtherObject& after, const Fields&, const Site&);
Statements alter(const schema::DefaultPrivilege& before, const schema::DefaultPrivilege& after, const Fields&,
                 const Site&);
Statements alter(const schema::Column& before, const schema::Column& after, const Fields&, const Site&);
Statements alter(const schema::PrimaryKey& before, const schema::PrimaryKey& after, const Fields&, const Site&);
Statements alter(const schema::Unique& before, const schema::Unique& after, const Fields&, const Site&);
Statements alter(const schema::Check& before, const schema::Check& after, const Fields&, const Site&);
Statements alter(const schema::ForeignKey& before, const schema::ForeignKey& after, const Fields&, const Site&);
Statements alter(const schema::Exclusion& before, const schema::Exclusion& after, const Fields&, const Site&);
Statements alter(const schema::Index& before, const schema::Index& after, const Fields&, const Site&);
Statements alter(const schema::Trigger& before, const schema::Trigger& after, const Fields&, const Site&);
Statements alter(const schema::Policy& before, const schema::Policy& after, const Fields&, const Site&);
Statements alter(const schema::Grant& before, const schema::Grant& after, const Fields&, const Site&);

/// The parts of a new table that a plan puts in their places one by one.
Statements create_bare_table(const schema::Table&, const std::vector<schema::ForeignKey>& inline_keys, const Site&);
Statements secure_table(const schema::Table&, const Site&);  ///< row security, policies, then grants

}  // namespace ddl
