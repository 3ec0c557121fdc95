#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "diff/change.h"
#include "schema/reading.h"

namespace diff {

/// Renames that were accepted. Each names things as they are called before it; a column's or a label's owner may be
/// called by its name before or after.
struct Renames {
  struct Column {
    schema::QualifiedName table;
    schema::Name before;
    schema::Name after;

    bool operator==(const Column&) const = default;
  };

  std::vector<std::pair<schema::QualifiedName, schema::QualifiedName>> tables;
  std::vector<Column> columns;
  std::vector<std::pair<schema::QualifiedName, schema::QualifiedName>> types;
  std::vector<RenameLabel> labels;

  bool operator==(const Renames&) const = default;
};

/// What the user wrote: `--rename`, `--rename-type`, `--rename-value`. Parts may be in double quotes.
struct RenameOptions {
  std::vector<std::string> renames;  ///< table=table, schema.table=schema.table, table.column=column
  std::vector<std::string> types;    ///< type=type
  std::vector<std::string> values;   ///< type.OLD=NEW
};

/// The options and the models' `__renamed_from__`, resolved against the two states. What is done already (the old name
/// is gone, the new one is there) is left out; an option that names nothing is CONFIG_INVALID.
base::Result<Renames> accepted_renames(const RenameOptions& written, const schema::Reading& desired,
                                       const schema::Database& actual);

/// The expression with identifiers replaced; given by the caller, because it takes knowledge of SQL.
using Rewrite = std::function<schema::Expression(const schema::Expression&, const std::map<std::string, std::string>&)>;

/// The actual state as it will be after the renames, and the renames as changes, in an order in which they can be done.
struct Renamed {
  schema::Database actual;
  std::vector<Change> changes;
};

Renamed renamed(const schema::Database& actual, const Renames& renames, const Rewrite& rewrite);

}  // namespace diff
