#include "base/text.h"
#include "postgres/catalog/assembly.h"
#include "sql/quote.h"

namespace postgres::catalog {
namespace {
std::string storage(char letter) {
  switch (letter) {
    case 'p':
      return "PLAIN";
    case 'e':
      return "EXTERNAL";
    case 'm':
      return "MAIN";
    default:
      return "EXTENDED";
  }
}

/// The name that SERIAL gives its sequence: table_column_seq, the longer of the two parts cut until it fits
/// (makeObjectName of the server).
std::string serial_name(std::string_view table, std::string_view column) {
  constexpr std::size_t room = 63 - 5;  // "_" and "_seq"
  std::size_t first = table.size();
  std::size_t second = column.size();
  while (first + second > room) {
    if (first > second) {
      --first;
    } else {
      --second;
    }
  }
  return base::clipped(table, first) + "_" + base::clipped(column, second) + "_seq";
}

std::string nextval_of(const std::string& quoted_sequence) {
  return "nextval('" + base::replaced(quoted_sequence, "'", "''") + "'::regclass)";
}

schema::Serial serial(const SequenceEntry& entry, const schema::Table& table, const schema::Column& column) {
  schema::Serial result{entry.sequence.name, entry.sequence.options, entry.sequence.comment};
  const schema::QualifiedName usual{table.name.schema, serial_name(table.name.name, column.name.text)};
  if (result.sequence == usual) result.sequence = {};
  return result;
}

/// SERIAL, identity, generated or a plain default: what stands behind a column's value.
void take_value(const Row& row, const AttributeId& id, const schema::Table& table, schema::Column& column,
                Assembly& assembly) {
  const auto owned = assembly.sequences_of.find(id);
  const auto text = assembly.defaults.find(id);
  if (owned != assembly.sequences_of.end()) {
    for (const Oid sequence : owned->second) {
      SequenceEntry& entry = assembly.sequences.at(sequence);
      if (entry.of_identity) {
        column.identity = schema::Identity{row[8] == "a", entry.sequence.options};
        entry.of_column = true;
      } else if (text != assembly.defaults.end() && text->second == nextval_of(entry.quoted)) {
        column.serial = serial(entry, table, column);
        entry.of_column = true;
        return;
      }
    }
  }
  if (text == assembly.defaults.end()) return;
  if (row[9].empty()) {
    column.server_default = schema::Expression{text->second};
  } else {
    column.generated = schema::Generated{{text->second}, row[9] == "s"};
  }
}

schema::Column column_of(const Row& row, const TypeEntry* type, const Assembly& assembly) {
  schema::Column column;
  column.name.text = row[2];
  column.type = assembly.type(oid(row, 3), row[4]);
  const Oid collation = oid(row, 5);
  if (type != nullptr && collation != 0 && collation != type->collation) {
    column.collation = row.null(6) ? schema::QualifiedName{"", "default"} : unquoted(row[6]);
  }
  column.not_null = row.boolean(7);
  if (type != nullptr && !row[10].empty() && row[10].front() != type->storage)
    column.storage = storage(row[10].front());
  if (row[11] == "p") column.compression = "pglz";
  if (row[11] == "l") column.compression = "lz4";
  if (!row.null(12)) column.statistics = static_cast<int>(row.integer(12));
  column.options = without_stamp(row.array(13));
  column.inherited = !row.boolean(15);
  return column;
}

void take_table_column(const Row& row, const AttributeId& id, schema::Table& table, Assembly& assembly) {
  const auto type = assembly.types.find(oid(row, 3));
  schema::Column column = column_of(row, type == assembly.types.end() ? nullptr : &type->second, assembly);
  column.comment = assembly.comment("pg_class", id.relation, id.number);
  take_value(row, id, table, column, assembly);
  for (schema::Grant& grant : grants(row[14], table.owner.text, {}, row[2])) table.grants.push_back(std::move(grant));
  table.columns.push_back(std::move(column));
}
/// A view's definition does not hold what its columns were given afterwards.
void take_view_column(const Row& row, const AttributeId& id, schema::View& view, const Assembly& assembly) {
  for (schema::Grant& grant : grants(row[14], view.owner.text, {}, row[2])) view.grants.push_back(std::move(grant));
  const schema::Name name{row.text(2)};
  view.columns.push_back(name);
  const std::string place = sql::fully_quoted(view.name);
  if (const auto value = assembly.defaults.find(id); value != assembly.defaults.end()) {
    view.extras.push_back("ALTER VIEW " + place + " ALTER COLUMN " + sql::quoted(name) + " SET DEFAULT " +
                          value->second);
  }
  if (const auto comment = assembly.comment("pg_class", id.relation, id.number)) {
    view.extras.push_back("COMMENT ON COLUMN " + place + "." + sql::quoted(name) + " IS " +
                          sql::quoted(sql::Literal{*comment}));
  }
}
}  // namespace

void take_defaults(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) assembly.defaults[{oid(row, 0), static_cast<int>(row.integer(1))}] = row[2];
}

void take_columns(const Rows& rows, Assembly& assembly) {
  assembly.attributes.reserve(static_cast<std::size_t>(rows.size()));
  for (const Row row : rows) {
    const AttributeId id{oid(row, 0), static_cast<int>(row.integer(1))};
    assembly.attributes[id] = {row.text(2), oid(row, 3), oid(row, 5)};
    if (schema::Table* const table = assembly.table(id.relation)) {
      take_table_column(row, id, *table, assembly);
    } else if (schema::View* const view = assembly.view(id.relation)) {
      take_view_column(row, id, *view, assembly);
    }
  }
}

void take_referred_columns(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    assembly.attributes[{oid(row, 0), static_cast<int>(row.integer(1))}] = {row.text(2), 0, 0};
  }
}

}  // namespace postgres::catalog
