#include <algorithm>

#include "postgres/catalog/assembly.h"

namespace postgres::catalog {

/// Roles whose names start with pg_ are the server's own: known by name, not listed.
void take_roles(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    assembly.roles[oid(row, 0)] = row[1];
    if (row.boolean(6)) assembly.database.owner.text = row[1];
  }
  for (const Row row : rows) {
    if (row[1].starts_with("pg_")) continue;
    schema::Role role{{row.text(1)}, row.boolean(2), row.boolean(3), row.boolean(4), row.boolean(5), {}};
    std::vector<schema::Name> member_of;
    for (const std::string& id : row.array(7)) {
      member_of.push_back({assembly.roles[static_cast<Oid>(std::stoul(id))]});
    }
    std::ranges::sort(member_of);
    role.member_of = std::move(member_of);
    assembly.database.roles.push_back(std::move(role));
  }
}

}  // namespace postgres::catalog
