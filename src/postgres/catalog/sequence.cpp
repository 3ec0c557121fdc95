#include "postgres/catalog/assembly.h"

namespace postgres::catalog {
namespace {
SequenceEntry entry_of(const Row& row, const Assembly& assembly) {
  SequenceEntry entry;
  entry.sequence.name = {row.text(1), row.text(2)};
  entry.quoted = row[3];
  entry.sequence.unlogged = row[4] == "u";
  entry.sequence.options = {row.text(5),    row.integer(6),  row.integer(7), row.integer(8),
                            row.integer(9), row.integer(10), row.boolean(11)};
  entry.sequence.comment = assembly.comment("pg_class", oid(row, 0));
  entry.grants = assembly.grants(row[15], row[16], AclKind::Sequence);
  entry.sequence.grants = entry.grants;
  entry.sequence.owner.text = row[16];
  if (row.null(12)) return entry;
  entry.of_identity = row[12] == "i";
  entry.owner = {oid(row, 13), static_cast<int>(row.integer(14))};
  entry.sequence.owned_by = schema::ColumnName{{row.text(17), row.text(18)}, {row.text(19)}};
  return entry;
}
}  // namespace

void take_sequences(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    SequenceEntry entry = entry_of(row, assembly);
    if (entry.owner.relation != 0) {
      // What belongs to a table that is left out is left out with it.
      schema::Table* const table = assembly.table(entry.owner.relation);
      if (table == nullptr) continue;
      for (const schema::Grant& grant : entry.grants) {
        table->sequence_grants.emplace_back(entry.sequence.name, grant);
      }
      entry.sequence.grants.clear();
      // Of several sequences that a column owns, SERIAL's is found by its default.
      assembly.sequences_of[entry.owner].push_back(oid(row, 0));
    }
    assembly.sequences.emplace(oid(row, 0), std::move(entry));
    assembly.sequence_order.push_back(oid(row, 0));
  }
}

void finish_sequences(Assembly& assembly) {
  for (const Oid sequence : assembly.sequence_order) {
    SequenceEntry& entry = assembly.sequences.at(sequence);
    if (!entry.of_column) assembly.database.sequences.push_back(std::move(entry.sequence));
  }
}

}  // namespace postgres::catalog
