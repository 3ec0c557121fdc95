#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/kinds.h"

/// Questions about rows, as one SELECT each that gives the number of offending rows and an example.
namespace ddl {

std::string nulls_query(const schema::QualifiedName& table, const std::string& value);

/// Rows whose keys stand more than once; keys with a null count only if `nulls_too`.
std::string duplicates_query(const schema::QualifiedName& table, const std::vector<std::string>& keys, bool nulls_too,
                             const std::optional<schema::Expression>& predicate);

/// Rows that reference nothing; everything references nothing where `referred` is a table yet to be made.
std::string orphans_query(const schema::QualifiedName& table, const std::vector<schema::Name>& columns,
                          const schema::QualifiedName& referred, const std::vector<schema::Name>& referred_columns,
                          bool referred_exists);

std::string violations_query(const schema::QualifiedName& table, const schema::Expression& condition);

/// Values that are others after a conversion to the type and back, or that make it fail.
std::string roundtrip_query(const schema::QualifiedName& table, const schema::Name& column,
                            const schema::TypeName& before, const schema::TypeName& after);

/// Values longer than a VARCHAR(n) or CHAR(n) takes; trailing blanks are cut off silently.
std::string too_long_query(const schema::QualifiedName& table, const schema::Name& column, const std::string& length);

/// Fails where the expression fails on a row.
std::string evaluation_query(const schema::QualifiedName& table, const std::string& expression);

/// Values that are none of the labels, or, with `among`, that are one of them.
std::string labels_query(const schema::QualifiedName& table, const schema::Column& column,
                         const std::vector<std::string>& labels, bool among);

}  // namespace ddl
