#include "postgres/catalog/assembly.h"

namespace postgres::catalog {
namespace {
/// reloptions of the table and of its TOAST table, the latter as WITH takes them.
std::vector<std::string> storage_parameters(const Row& row) {
  std::vector<std::string> result = row.array(4);
  for (const std::string& option : row.array(5)) result.push_back("toast." + option);
  return sorted(std::move(result));
}

/// pg_get_partkeydef: "RANGE (a, lower(b))".
schema::Partitioning partitioning(std::string_view definition) {
  const auto open = definition.find(" (");
  if (open == std::string_view::npos) return {std::string(definition), ""};
  return {std::string(definition.substr(0, open)),
          std::string(definition.substr(open + 2, definition.size() - open - 3))};
}

std::string replica_identity(std::string_view letter) {
  if (letter == "n") return "NOTHING";
  if (letter == "f") return "FULL";
  return letter == "i" ? "INDEX" : "";
}

schema::Table table_of(const Row& row, const Assembly& assembly) {
  schema::Table table;
  table.name = {row.text(1), row.text(2)};
  table.unlogged = row[3] == "u";
  table.storage_parameters = storage_parameters(row);
  table.access_method = row[6];
  table.tablespace = row[7];
  table.replica_identity = replica_identity(row[8]);
  table.row_security = {schema::Declaration::Managed, row.boolean(9), row.boolean(10)};
  table.owner.text = row[11];
  table.grants = assembly.grants(row[12], row[11], AclKind::Relation);
  if (!row.null(13)) table.partitioning = partitioning(row[13]);
  if (!row.null(14)) table.partition_of = schema::PartitionOf{{}, row.text(14)};
  table.comment = assembly.comment("pg_class", oid(row, 0));
  return table;
}
}  // namespace

void take_tables(const Rows& rows, Assembly& assembly) {
  assembly.database.tables.reserve(static_cast<std::size_t>(rows.size()));
  for (const Row row : rows) {
    assembly.tables[oid(row, 0)] = assembly.database.tables.size();
    assembly.database.tables.push_back(table_of(row, assembly));
  }
}

void take_inheritance(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    schema::Table* const table = assembly.table(oid(row, 0));
    if (table == nullptr) continue;
    schema::QualifiedName parent{row.text(1), row.text(2)};
    if (table->partition_of) {
      table->partition_of->parent = std::move(parent);
    } else {
      table->inherits.push_back(std::move(parent));
    }
  }
}

}  // namespace postgres::catalog
