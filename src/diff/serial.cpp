#include "diff/serial.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "diff/mention.h"

namespace diff {
namespace {

using schema::Column;
using schema::Database;
using schema::QualifiedName;
using schema::Sequence;
using schema::Table;

/// The name that SERIAL chooses: the longer of the two parts is cut until it fits.
QualifiedName sequence_of(const Table& table, const Column& column) {
  if (!column.serial->sequence.empty()) return column.serial->sequence;
  std::size_t first = table.name.name.size();
  std::size_t second = column.name.text.size();
  while (first + second > 63 - 5) --(first > second ? first : second);
  return {table.name.schema,
          base::clipped(table.name.name, first) + "_" + base::clipped(column.name.text, second) + "_seq"};
}

std::string quoted(const std::string& name) { return '"' + base::replaced(name, "\"", "\"\"") + '"'; }

bool names(const std::optional<schema::Expression>& value, const QualifiedName& sequence) {
  if (!value) return false;
  const auto named = sequences_in(value->text);
  return named.contains(schema::text(sequence)) || (sequence.schema == "public" && named.contains(sequence.name));
}

/// In the words of the other side, where it has the same default.
schema::Expression default_of(const QualifiedName& sequence, const Table* other_table, const Column& column) {
  const Column* other = other_table == nullptr ? nullptr : schema::find_column(*other_table, column.name);
  if (other != nullptr && names(other->server_default, sequence)) return *other->server_default;
  const std::string name = quoted(sequence.schema) + "." + quoted(sequence.name);
  return {"nextval('" + base::replaced(name, "'", "''") + "'::regclass)"};
}

void separate(Database& database, Table& table, Column& column, const QualifiedName& name, const Table* other) {
  Sequence sequence;
  sequence.name = name;
  sequence.options = column.serial->options;
  sequence.comment = column.serial->comment;
  sequence.owner = table.owner;
  sequence.owned_by = schema::ColumnName{table.name, column.name};
  column.serial.reset();
  column.server_default = default_of(name, other, column);
  database.sequences.push_back(std::move(sequence));
}

}  // namespace

bool shares_sequences(const Database& database, const Database& other) {
  std::set<QualifiedName> standing;
  for (const Sequence& sequence : other.sequences) standing.insert(sequence.name);
  if (standing.empty()) return false;
  return std::ranges::any_of(database.tables, [&](const Table& table) {
    return std::ranges::any_of(table.columns, [&](const Column& column) {
      return column.serial && standing.contains(sequence_of(table, column));
    });
  });
}

void separate_sequences(Database& database, const Database& other) {
  std::set<QualifiedName> standing;
  for (const Sequence& sequence : other.sequences) standing.insert(sequence.name);
  for (Table& table : database.tables) {
    const Table* counterpart = nullptr;
    for (Column& column : table.columns) {
      if (!column.serial) continue;
      const QualifiedName name = sequence_of(table, column);
      if (!standing.contains(name)) continue;
      if (counterpart == nullptr) counterpart = schema::find_table(other, table.name);
      separate(database, table, column, name, counterpart);
    }
  }
}

}  // namespace diff
