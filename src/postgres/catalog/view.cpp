#include "base/text.h"
#include "postgres/catalog/assembly.h"

namespace postgres::catalog {
/// schema.table or schema.table.column, quoted.
schema::ColumnName column_name(std::string_view text) {
  std::vector<std::string> parts(1);
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (c == '.' && !quoted) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  for (std::string& part : parts) part = unquoted(part).name;
  parts.resize(3);
  return {{parts[0], parts[1]}, {parts[2]}};
}

void take_views(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    schema::View view;
    view.name = {row.text(1), row.text(2)};
    view.materialized = row.boolean(3);
    view.definition = row[4];
    view.options = sorted(row.array(5));
    view.owner.text = row[6];
    view.grants = assembly.grants(row[7], row[6], AclKind::Relation);
    for (const std::string& text : row.array(8)) view.uses.push_back(column_name(text));
    view.comment = assembly.comment("pg_class", oid(row, 0));
    assembly.views[oid(row, 0)] = assembly.database.views.size();
    assembly.database.views.push_back(std::move(view));
  }
}

void take_routines(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    schema::Routine routine;
    routine.name = {row.text(1), row.text(2)};
    routine.arguments = row[3];
    routine.kind = row[4] == "p" ? "PROCEDURE" : row[4] == "a" ? "AGGREGATE" : "FUNCTION";
    routine.definition = base::trimmed(row[5]);
    routine.returns = row[6];
    routine.owner.text = row[7];
    routine.grants = assembly.grants(row[8], row[7], AclKind::Routine);
    routine.comment = assembly.comment("pg_proc", oid(row, 0));
    assembly.named[{"pg_proc", oid(row, 0)}] = "ROUTINE " + schema::text(routine.name);
    assembly.database.routines.push_back(std::move(routine));
  }
}

}  // namespace postgres::catalog
