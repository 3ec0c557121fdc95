#include <algorithm>

#include "postgres/catalog/assembly.h"

namespace postgres::catalog {

void take_namespaces(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    schema::Namespace space;
    space.name.text = row[1];
    space.owner.text = row[2];
    space.grants = assembly.grants(row[3], row[2], AclKind::Schema);
    space.comment = assembly.comment("pg_namespace", oid(row, 0));
    assembly.named[{"pg_namespace", oid(row, 0)}] = "SCHEMA " + space.name.text;
    assembly.database.namespaces.push_back(std::move(space));
  }
  std::ranges::sort(assembly.database.namespaces, {}, &schema::Namespace::name);
}

void take_extensions(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    assembly.database.extensions.push_back({{row.text(1)}, row.text(2), row.text(3)});
  }
}

void take_extension_types(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) assembly.database.extension_types.push_back({row.text(0), row.text(1)});
}

void take_comments(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    assembly.comments[{row.text(0), oid(row, 1)}][static_cast<int>(row.integer(2))] = row[3];
  }
}

}  // namespace postgres::catalog
