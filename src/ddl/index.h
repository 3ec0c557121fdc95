#pragma once

#include <string>
#include <vector>

#include "ddl/ddl.h"

namespace ddl {

/// A key as CREATE INDEX writes it: column or (expression), collation, operator class, order.
std::string key_text(const schema::IndexKey& key);

/// CREATE INDEX … of the index under the given name.
std::string create_index_text(const schema::Index& index, const schema::Name& name, const schema::QualifiedName& table,
                              bool concurrently);

/// The index in its table's schema.
std::string index_name(const schema::QualifiedName& table, const schema::Name& index);

/// A free name for something that exists for a while beside `name`.
schema::Name temporary_name(const schema::Name& name, std::string_view label);

/// The index exchanged for another one of the same name; online: without a moment in which there is none.
Statements replace(const schema::Index& before, const schema::Index& after, const Site& site);

/// DROP INDEX of what a failed CREATE INDEX CONCURRENTLY left behind.
Statement drop_invalid(const schema::QualifiedName& table, const schema::Name& index);

}  // namespace ddl
