#include "postgres/catalog/assembly.h"

namespace postgres::catalog {

void take_triggers(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    schema::Trigger trigger;
    trigger.name.text = row[2];
    trigger.definition = row[3];
    trigger.enabled = row[4];
    trigger.comment = assembly.comment("pg_trigger", oid(row, 0));
    for (std::string& column : row.array(5)) trigger.uses.push_back({std::move(column)});
    if (schema::Table* const table = assembly.table(oid(row, 1))) {
      table->triggers.push_back(std::move(trigger));
    } else if (schema::View* const view = assembly.view(oid(row, 1))) {
      view->extras.push_back(trigger.definition);
    }
  }
}

}  // namespace postgres::catalog
