#pragma once

#include <string>

#include "ddl/ddl.h"

namespace ddl {

/// What stands after ADD, and in CREATE TABLE: "CONSTRAINT name CHECK (…)"; without NOT VALID.
std::string constraint_text(const schema::PrimaryKey& key);
std::string constraint_text(const schema::Unique& unique);
std::string constraint_text(const schema::Check& check);
std::string constraint_text(const schema::ForeignKey& key);
std::string constraint_text(const schema::Exclusion& exclusion);

/// The constraint exchanged for another one; in one transaction, and online with the index built before.
Statements replace(const schema::PrimaryKey& before, const schema::PrimaryKey& after, const Site&);
Statements replace(const schema::Unique& before, const schema::Unique& after, const Site&);
Statements replace(const schema::Check& before, const schema::Check& after, const Site&);
Statements replace(const schema::ForeignKey& before, const schema::ForeignKey& after, const Site&);
Statements replace(const schema::Exclusion& before, const schema::Exclusion& after, const Site&);

/// "CONSTRAINT name ON table", as COMMENT names it.
std::string constraint_object(const schema::QualifiedName& table, const schema::Name& constraint);

}  // namespace ddl
