#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "rls/declaration.h"
#include "schema/name.h"

namespace loader {

/// A statement of create_all, in order.
struct Sent {
  std::string sql;
  schema::QualifiedName table;  ///< the table it belongs to; the schema is empty where the model gives none
  bool creates_table = false;
  bool own = false;  ///< the models' own SQL, sent by a DDL event
};

/// An enum type of a column.
struct LoadedEnum {
  schema::QualifiedName name;
  std::vector<std::string> labels;
};

/// What is known of a table beside its statements.
struct LoadedTable {
  schema::QualifiedName name;
  base::Place place;
  std::map<std::string, rls::Literal, std::less<>> security;  ///< `__rls__` and its like
  std::map<std::string, std::string> columns_by_attribute;
  std::vector<std::pair<std::string, std::string>> renamed_from;  ///< new, old
};

/// What the script inside Python says: see load_models.py.
struct Answer {
  std::string sqlalchemy;  ///< its version
  std::vector<std::string> schemas;
  std::vector<LoadedEnum> enums;  ///< also those that create_all does not make
  std::vector<Sent> statements;
  std::vector<LoadedTable> tables;
  base::Diagnostics warnings;
};

/// Where Python could not do it, the error that a user is told.
base::Result<Answer> parsed_answer(std::string_view json);

}  // namespace loader
