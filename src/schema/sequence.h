#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "schema/field.h"
#include "schema/name.h"
#include "schema/role.h"

namespace schema {

/// pg_sequence. A value that a state leaves open is resolved to the server's default for the type and direction when
/// the state is made, so that equal sequences are equal values.
struct SequenceOptions {
  std::string type = "bigint";       ///< seqtypid: smallint, integer, bigint
  std::int64_t start = 1;            ///< seqstart
  std::int64_t increment = 1;        ///< seqincrement
  std::int64_t minimum = 1;          ///< seqmin
  std::int64_t maximum = INT64_MAX;  ///< seqmax
  std::int64_t cache = 1;            ///< seqcache
  bool cycle = false;                ///< seqcycle

  bool operator==(const SequenceOptions&) const = default;
};

/// The server's defaults for a sequence of the type ("integer") that counts up or down.
SequenceOptions default_sequence_options(const std::string& type, std::int64_t increment = 1);

/// A column of a table.
struct ColumnName {
  QualifiedName table;
  Name column;

  bool operator==(const ColumnName&) const = default;
  auto operator<=>(const ColumnName&) const = default;
};

/// A sequence of its own (relkind S). Those behind SERIAL and identity columns are part of their column.
struct Sequence {
  QualifiedName name;
  SequenceOptions options;
  std::optional<ColumnName> owned_by;  ///< pg_depend, deptype a
  std::optional<std::string> comment;
  bool unlogged = false;  ///< relpersistence u
  std::vector<Grant> grants;
  Name owner = {};  ///< takes part in comparing only between two databases

  bool operator==(const Sequence&) const = default;
};

inline auto fields(const Sequence& sequence) {
  const auto& [name, options, owned_by, comment, unlogged, grants, owner] = sequence;
  (void)owner;
  return std::tuple{Field{"name", name},       Field{"options", options},   Field{"owned_by", owned_by},
                    Field{"comment", comment}, Field{"unlogged", unlogged}, Field{"grants", grants}};
}

}  // namespace schema
