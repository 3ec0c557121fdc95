#include "schema/table.h"

#include <algorithm>

namespace schema {

const Column* find_column(const Table& table, const Name& name) {
  const auto found = std::ranges::find(table.columns, name, &Column::name);
  return found == table.columns.end() ? nullptr : &*found;
}

Column* find_column(Table& table, const Name& name) {
  const auto found = std::ranges::find(table.columns, name, &Column::name);
  return found == table.columns.end() ? nullptr : &*found;
}

}  // namespace schema
