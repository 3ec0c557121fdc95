#include "schema/database.h"

#include <algorithm>

namespace schema {

const Table* find_table(const Database& database, const QualifiedName& name) {
  const auto found = std::ranges::find(database.tables, name, &Table::name);
  return found == database.tables.end() ? nullptr : &*found;
}

Table* find_table(Database& database, const QualifiedName& name) {
  const auto found = std::ranges::find(database.tables, name, &Table::name);
  return found == database.tables.end() ? nullptr : &*found;
}

}  // namespace schema
