#pragma once

#include "schema/kinds.h"

namespace diff {

/// What models cannot say, or did not say where saying is a choice, stays as the database has it: copied from the
/// actual object to the desired one that it is compared with. Called for states of models only.
void keep_unsaid(schema::Table& desired, const schema::Table& actual);  ///< the table's own attributes
void keep_unsaid(schema::Column& desired, const schema::Column& actual);
void keep_unsaid(schema::PrimaryKey& desired, const schema::PrimaryKey& actual);
void keep_unsaid(schema::Unique& desired, const schema::Unique& actual);
void keep_unsaid(schema::Check& desired, const schema::Check& actual);
void keep_unsaid(schema::ForeignKey& desired, const schema::ForeignKey& actual);
void keep_unsaid(schema::Exclusion& desired, const schema::Exclusion& actual);
void keep_unsaid(schema::Index& desired, const schema::Index& actual);
void keep_unsaid(schema::Trigger& desired, const schema::Trigger& actual);
void keep_unsaid(schema::Policy& desired, const schema::Policy& actual);
void keep_unsaid(schema::Namespace& desired, const schema::Namespace& actual);
void keep_unsaid(schema::Extension& desired, const schema::Extension& actual);
void keep_unsaid(schema::Role& desired, const schema::Role& actual);
void keep_unsaid(schema::EnumType& desired, const schema::EnumType& actual);
void keep_unsaid(schema::Domain& desired, const schema::Domain& actual);
void keep_unsaid(schema::CompositeType& desired, const schema::CompositeType& actual);
void keep_unsaid(schema::RangeType& desired, const schema::RangeType& actual);
void keep_unsaid(schema::Sequence& desired, const schema::Sequence& actual);
void keep_unsaid(schema::Routine& desired, const schema::Routine& actual);
void keep_unsaid(schema::View& desired, const schema::View& actual);
void keep_unsaid(schema::OtherObject& desired, const schema::OtherObject& actual);
void keep_unsaid(schema::DefaultPrivilege& desired, const schema::DefaultPrivilege& actual);

}  // namespace diff
