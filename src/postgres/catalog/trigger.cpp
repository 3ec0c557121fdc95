#include "postgres/catalog/assembly.h"
#include "sql/quote.h"

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
      if (trigger.comment) {
        view->extras.push_back("COMMENT ON TRIGGER " + sql::quoted(trigger.name) + " ON " +
                               sql::fully_quoted(view->name) + " IS " + sql::quoted(sql::Literal{*trigger.comment}));
      }
    }
  }
}

}  // namespace postgres::catalog
