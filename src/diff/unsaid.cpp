#include "diff/unsaid.h"

namespace diff {
namespace {

/// Where the desired side says nothing, the actual value.
template <class T>
void keep_if_empty(T& desired, const T& actual) {
  if (desired == T{}) desired = actual;
}

}  // namespace

void keep_unsaid(schema::Table& desired, const schema::Table& actual) {
  desired.tablespace = actual.tablespace;
  desired.replica_identity = actual.replica_identity;
  desired.partition_of = actual.partition_of;
  desired.unlogged = desired.unlogged || actual.unlogged;
  keep_if_empty(desired.storage_parameters, actual.storage_parameters);
  keep_if_empty(desired.access_method, actual.access_method);
  keep_if_empty(desired.inherits, actual.inherits);
  keep_if_empty(desired.partitioning, actual.partitioning);
  if (desired.row_security.declared != schema::Declaration::Managed) {
    desired.row_security = actual.row_security;
  } else {
    desired.row_security.declared = actual.row_security.declared;
    keep_if_empty(desired.row_security.forced, actual.row_security.forced);
  }
}

/// SERIAL says nothing about the sequence but its type, which follows the column's.
void keep_unsaid(schema::Column& desired, const schema::Column& actual) {
  desired.storage = actual.storage;
  desired.compression = actual.compression;
  desired.statistics = actual.statistics;
  desired.options = actual.options;
  if (!desired.serial || !actual.serial) return;
  keep_if_empty(desired.serial->sequence, actual.serial->sequence);
  if (desired.type == actual.type) desired.serial->options = actual.serial->options;
  desired.serial->comment = actual.serial->comment;
}

void keep_unsaid(schema::PrimaryKey& desired, const schema::PrimaryKey& actual) {
  keep_if_empty(desired.storage_parameters, actual.storage_parameters);
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::Unique& desired, const schema::Unique& actual) {
  keep_if_empty(desired.storage_parameters, actual.storage_parameters);
  keep_if_empty(desired.comment, actual.comment);
}

/// A constraint that was to stay unproven and has been proven since is no difference.
void keep_unsaid(schema::Check& desired, const schema::Check& actual) {
  desired.validated = desired.validated || actual.validated;
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::ForeignKey& desired, const schema::ForeignKey& actual) {
  desired.validated = desired.validated || actual.validated;
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::Exclusion& desired, const schema::Exclusion& actual) {
  keep_if_empty(desired.storage_parameters, actual.storage_parameters);
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::Index& desired, const schema::Index& actual) {
  desired.tablespace = actual.tablespace;
  desired.clustered = actual.clustered;
  desired.replica_identity = actual.replica_identity;
  desired.on_only = actual.on_only;
  keep_if_empty(desired.storage_parameters, actual.storage_parameters);
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::Trigger& desired, const schema::Trigger& actual) {
  desired.enabled = actual.enabled;
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::Policy& desired, const schema::Policy& actual) {
  keep_if_empty(desired.comment, actual.comment);
}

/// Grants on schemas are compared one by one.
void keep_unsaid(schema::Namespace& desired, const schema::Namespace& actual) {
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::Extension& desired, const schema::Extension& actual) { desired.schema = actual.schema; }

/// Absent attributes are not compared, in models or elsewhere.
void keep_unsaid(schema::Role& desired, const schema::Role& actual) {
  keep_if_empty(desired.login, actual.login);
  keep_if_empty(desired.inherit, actual.inherit);
  keep_if_empty(desired.bypassrls, actual.bypassrls);
  keep_if_empty(desired.superuser, actual.superuser);
  keep_if_empty(desired.member_of, actual.member_of);
}

void keep_unsaid(schema::EnumType& desired, const schema::EnumType& actual) {
  desired.grants = actual.grants;
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::Domain& desired, const schema::Domain& actual) {
  desired.grants = actual.grants;
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::CompositeType& desired, const schema::CompositeType& actual) {
  desired.grants = actual.grants;
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::RangeType& desired, const schema::RangeType& actual) {
  desired.grants = actual.grants;
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::Sequence& desired, const schema::Sequence& actual) {
  keep_if_empty(desired.owned_by, actual.owned_by);
  keep_if_empty(desired.comment, actual.comment);
  desired.unlogged = actual.unlogged;
  desired.grants = actual.grants;
}

void keep_unsaid(schema::Routine& desired, const schema::Routine& actual) {
  keep_if_empty(desired.grants, actual.grants);
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::View& desired, const schema::View& actual) {
  keep_if_empty(desired.options, actual.options);
  keep_if_empty(desired.columns, actual.columns);
  keep_if_empty(desired.indexes, actual.indexes);
  keep_if_empty(desired.grants, actual.grants);
  keep_if_empty(desired.comment, actual.comment);
  keep_if_empty(desired.extras, actual.extras);
}

void keep_unsaid(schema::OtherObject& desired, const schema::OtherObject& actual) {
  desired.grants = actual.grants;
  keep_if_empty(desired.comment, actual.comment);
}

void keep_unsaid(schema::DefaultPrivilege&, const schema::DefaultPrivilege&) {}

}  // namespace diff
