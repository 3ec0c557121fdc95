#pragma once

#include <optional>
#include <string>
#include <vector>

#include "ddl/ddl.h"
#include "schema/conversion.h"

namespace ddl {

/// The sequence behind a SERIAL column: its own, or the one that PostgreSQL makes.
schema::QualifiedName sequence_of(const schema::QualifiedName& table, const schema::Column& column);

/// Whether SERIAL alone says it: the sequence and its options are those that the server makes.
bool is_plain_serial(const schema::QualifiedName& table, const schema::Column& column);

/// The sequence of a SERIAL column: its own, else the one that the server makes.
schema::QualifiedName sequence_of(const schema::QualifiedName& table, const schema::Column& column);

/// As CREATE TABLE and ADD COLUMN take it.
std::string column_text(const schema::QualifiedName& table, const schema::Column& column);

/// What has to be there before the column (its sequence), and what makes it complete after (comment, storage, …).
Statements before_column(const schema::QualifiedName& table, const schema::Column& column);
Statements after_column(const schema::QualifiedName& table, const schema::Column& column);

/// A column added to a table that has rows, which get the value: nullable first, then filled in batches, then NOT NULL.
/// `rows` is the estimate that decides whether one UPDATE will do.
Statements create_filled(const schema::Column& column, const schema::Expression& value, std::int64_t rows,
                         const Site& site);

/// One column of an ALTER TABLE that changes types.
struct Retype {
  schema::Column before;
  schema::Column after;
  schema::Cast cast = schema::Cast::Assignment;
  std::optional<schema::Expression> conversion;  ///< USING, as the user gives it

  bool operator==(const Retype&) const = default;
};

/// All type changes of one table in one statement: the table is rewritten once. Defaults are taken off before and put
/// on after.
Statement retyped(const schema::QualifiedName& table, const std::vector<Retype>& columns);

/// The conversion that the column goes through: what the user gives, else a cast.
std::string conversion_text(const Retype& column);

/// DROP NOT NULL, or SET NOT NULL, online with a helping check.
Statements nullability_changed(const schema::Column& after, const Site& site);

/// The sequence of an identity column follows a new name of its table or column; that of a SERIAL column is renamed by
/// a change of its own.
Statements sequence_renamed(const schema::QualifiedName& table_before, const schema::QualifiedName& table_after,
                            const schema::Column& before, const schema::Column& after);

/// ALTER SEQUENCE of a SERIAL column whose options differ.
Statements serial_options_changed(const schema::QualifiedName& table, const schema::Column& before,
                                  const schema::Column& after);

}  // namespace ddl
