#pragma once

#include <set>
#include <string>

#include "postgres/spelling/names.h"
#include "postgres/spelling/question.h"
#include "schema/database.h"

namespace postgres::spelling {

/// The temporary stand-in of a table: the statements that make it, and how names are written in and for it.
class Shape {
 public:
  /// `actual` tells which types are already there as they are desired; all others are made in the temporary schema.
  Shape(const schema::Table& table, const schema::Database& desired, const schema::Database& actual);

  /// The statements that come before any question about the table.
  const Group& preparation() const { return preparation_; }
  /// "pg_temp.users"
  std::string table() const;
  std::string text(const schema::TypeName& type) const;
  /// An expression as it must be written for the stand-in.
  std::string text(const schema::Expression& expression) const;
  std::string text(const schema::IndexKey& key) const;
  /// An answer of the server in terms of the real types.
  std::string real(const std::string& answer) const { return with_types(answer, real_); }

 private:
  void add_type(const schema::QualifiedName& name, const schema::Database& desired, const schema::Database& actual);
  void add_columns(const schema::Table& table);

  schema::Name table_;
  Group preparation_;
  Renamed temporary_;  ///< real types to their stand-ins
  Renamed real_;       ///< and back
  std::set<schema::QualifiedName> seen_;
};

}  // namespace postgres::spelling
