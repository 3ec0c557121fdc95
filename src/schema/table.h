#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/column.h"
#include "schema/constraint.h"
#include "schema/index.h"
#include "schema/policy.h"
#include "schema/role.h"
#include "schema/routine.h"

namespace schema {

/// PARTITION BY of a partitioned table (pg_partitioned_table).
struct Partitioning {
  std::string strategy;  ///< RANGE, LIST, HASH
  std::string key;       ///< what stands in the brackets, deparsed

  bool operator==(const Partitioning&) const = default;
};

/// PARTITION OF parent bound (pg_inherits, relpartbound).
struct PartitionOf {
  QualifiedName parent;
  std::string bound;  ///< deparsed: "FOR VALUES FROM (1) TO (2)", "DEFAULT"

  bool operator==(const PartitionOf&) const = default;
};

/// pg_class, relkind r or p, with everything that lies in it.
struct Table {
  QualifiedName name;
  std::vector<Column> columns;
  std::optional<PrimaryKey> primary_key;
  std::vector<Unique> uniques;
  std::vector<Check> checks;
  std::vector<ForeignKey> foreign_keys;
  std::vector<Exclusion> exclusions;
  std::vector<Index> indexes;
  std::vector<Trigger> triggers;
  RowSecurity row_security;
  std::vector<Policy> policies;
  std::vector<Grant> grants;
  std::optional<std::string> comment;
  bool unlogged = false;                        ///< relpersistence u
  std::vector<std::string> storage_parameters;  ///< reloptions, sorted
  std::string access_method;                    ///< relam where it is not heap
  std::string tablespace;
  std::string replica_identity;         ///< relreplident where it is not default: NOTHING, FULL, INDEX
  std::vector<QualifiedName> inherits;  ///< pg_inherits in inhseqno, for tables that are no partitions
  std::optional<Partitioning> partitioning;
  std::optional<PartitionOf> partition_of;
  std::vector<AttachedIndex> attached_indexes;  ///< but for those of constraints; take no part in comparing
  Name owner;
  std::vector<std::pair<QualifiedName, Grant>> sequence_grants;  ///< on sequences that columns own

  bool operator==(const Table&) const = default;
};

/// The table's own attributes; what lies in it is listed by `members<Kind>(table)` in kinds.h.
inline auto fields(const Table& table) {
  return std::tuple{Field{"name", table.name},
                    Field{"row_security", table.row_security},
                    Field{"comment", table.comment},
                    Field{"unlogged", table.unlogged},
                    Field{"storage_parameters", table.storage_parameters},
                    Field{"access_method", table.access_method},
                    Field{"tablespace", table.tablespace},
                    Field{"replica_identity", table.replica_identity},
                    Field{"inherits", table.inherits},
                    Field{"partitioning", table.partitioning},
                    Field{"partition_of", table.partition_of}};
}

const Column* find_column(const Table& table, const Name& name);
Column* find_column(Table& table, const Name& name);

}  // namespace schema
