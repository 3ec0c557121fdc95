#include <algorithm>

#include "postgres/catalog/assembly.h"

namespace postgres::catalog {
namespace {
schema::PolicyCommand command(std::string_view letter) {
  if (letter == "r") return schema::PolicyCommand::Select;
  if (letter == "a") return schema::PolicyCommand::Insert;
  if (letter == "w") return schema::PolicyCommand::Update;
  if (letter == "d") return schema::PolicyCommand::Delete;
  return schema::PolicyCommand::All;
}

/// polroles: PUBLIC is role 0, alone.
std::vector<schema::Name> roles(const Row& row, const Assembly& assembly) {
  std::vector<schema::Name> result;
  for (const std::string& id : row.array(5)) {
    const auto found = assembly.roles.find(static_cast<Oid>(std::stoul(id)));
    if (found != assembly.roles.end()) result.push_back({found->second});
  }
  std::ranges::sort(result);
  return result;
}
}  // namespace

void take_policies(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    schema::Table* const table = assembly.table(oid(row, 1));
    if (table == nullptr) continue;
    schema::Policy policy;
    policy.name.text = row[2];
    policy.command = command(row[3]);
    policy.permissive = row.boolean(4);
    policy.roles = roles(row, assembly);
    if (!row.null(6)) policy.using_expr = schema::Expression{row.text(6)};
    if (!row.null(7)) policy.with_check_expr = schema::Expression{row.text(7)};
    policy.comment = assembly.comment("pg_policy", oid(row, 0));
    table->policies.push_back(std::move(policy));
  }
}

}  // namespace postgres::catalog
