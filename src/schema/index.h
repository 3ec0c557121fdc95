#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/field.h"
#include "schema/name.h"

namespace schema {

/// One key of an index: a column or an expression. What is the default for the column's type and the method is left
/// empty or false, so that equal keys are equal values.
struct IndexKey {
  Name column;                            ///< indkey; empty for an expression
  Expression expression;                  ///< indexprs
  QualifiedName collation;                ///< indcollation where it is not the column's own
  QualifiedName operator_class;           ///< indclass where it is not the default; pg_catalog's without schema
  std::string operator_class_parameters;  ///< attoptions of the index's column: "siglen='32'"
  bool descending = false;                ///< indoption bit 0
  bool nulls_first = false;               ///< indoption bit 1, as stored: true is the default of a descending key

  bool operator==(const IndexKey&) const = default;
};

/// An index of its own; those behind primary keys, unique and exclusion constraints are part of the constraint.
struct Index {
  Name name;
  bool name_open = false;  ///< its state left the name to the server; takes no part in comparing
  bool unique = false;
  bool nulls_not_distinct = false;
  std::string method = "btree";
  std::vector<IndexKey> keys;
  std::vector<Name> include;
  std::optional<Expression> predicate;          ///< indpred
  std::vector<std::string> storage_parameters;  ///< reloptions, sorted
  std::string tablespace;
  bool valid = true;              ///< indisvalid
  bool clustered = false;         ///< indisclustered
  bool replica_identity = false;  ///< indisreplident
  bool on_only = false;           ///< of a partitioned table, without the partitions (not valid yet)
  std::optional<std::string> comment;

  bool operator==(const Index&) const = default;
};

/// On a partition, attached to that of the table it is part of, with which it comes and goes (pg_inherits).
struct AttachedIndex {
  QualifiedName whole;
  Index index;

  bool operator==(const AttachedIndex&) const = default;
};

inline auto fields(const Index& index) {
  const auto& [name, name_open, unique, nulls_not_distinct, method, keys, include, predicate, storage_parameters,
               tablespace, valid, clustered, replica_identity, on_only, comment] = index;
  (void)name_open;
  return std::tuple{Field{"name", name},
                    Field{"unique", unique},
                    Field{"nulls_not_distinct", nulls_not_distinct},
                    Field{"method", method},
                    Field{"keys", keys},
                    Field{"include", include},
                    Field{"predicate", predicate},
                    Field{"storage_parameters", storage_parameters},
                    Field{"tablespace", tablespace},
                    Field{"valid", valid},
                    Field{"clustered", clustered},
                    Field{"replica_identity", replica_identity},
                    Field{"on_only", on_only},
                    Field{"comment", comment}};
}

}  // namespace schema
