#include <algorithm>
#include <map>

#include "app/commands.h"
#include "app/desired.h"
#include "app/state.h"
#include "diff/compare.h"
#include "postgres/catalog.h"
#include "postgres/spelling.h"

namespace app {
namespace {

/// The command works without models too: then every policy is untracked.
base::Result<std::optional<models::Models>> models_if_any(const Session& session) {
  auto models = read_models(session);
  if (models) return std::optional(std::move(*models));
  if (models.error().code == base::ErrorCode::ModelsNotFound) return std::optional<models::Models>();
  return std::unexpected(models.error());
}

bool same_meaning(const schema::Policy& a, const schema::Policy& b) {
  // PostgreSQL takes USING for the check of UPDATE and ALL where none is given.
  const auto check = [](const schema::Policy& policy) {
    const bool implied =
        policy.command == schema::PolicyCommand::Update || policy.command == schema::PolicyCommand::All;
    return policy.with_check_expr || !implied ? policy.with_check_expr : policy.using_expr;
  };
  return a.command == b.command && a.permissive == b.permissive && a.roles == b.roles && a.using_expr == b.using_expr &&
         check(a) == check(b);
}

std::string origin_of(const schema::Policy& policy, const schema::Table* desired) {
  if (desired == nullptr) return "untracked";
  for (const auto& declared : desired->policies) {
    if (declared.name == policy.name) return declared.origin;
  }
  for (const auto& declared : desired->policies) {
    if (same_meaning(declared, policy)) return declared.origin;
  }
  return "untracked";
}

TableSecurity security_of(const schema::Table& table, const schema::Table* desired) {
  TableSecurity security;
  security.table = table.name;
  security.owner = table.owner;
  security.enabled = table.row_security.enabled;
  security.forced = table.row_security.forced.value_or(false);
  if (desired != nullptr) security.declared = desired->row_security.declared;
  for (const auto& policy : table.policies) security.policies.push_back({policy, origin_of(policy, desired)});
  return security;
}

}  // namespace

base::Result<Outcome> run_rls(const Session& session) {
  auto models = models_if_any(session);
  if (!models) return std::unexpected(models.error());
  auto connection = connect(session);
  if (!connection) return std::unexpected(connection.error());
  const auto made_by = provider(session, *connection);
  if (!made_by) return std::unexpected(made_by.error());
  const auto actual = postgres::read(*connection, {session.config.schemas, session.config.exclude_tables});
  if (!actual) return std::unexpected(actual.error());

  Outcome outcome;
  outcome.database = connection->label();
  outcome.security.emplace();
  outcome.security->provider = *made_by == rls::Provider::Supabase ? "supabase" : "postgres";
  outcome.security->roles = actual->roles;
  schema::Database desired;
  if (*models) {
    if (const auto done = declare_row_security(session, *made_by, connection->major_version(), **models); !done)
      return std::unexpected(done.error());
    auto spelled = postgres::spelled(*connection, (*models)->reading.database, *actual);
    if (!spelled) return std::unexpected(spelled.error());
    desired = std::move(spelled->database);
    outcome.warnings = (*models)->reading.diagnostics;
  }
  std::map<schema::QualifiedName, const schema::Table*> described;
  for (const auto& table : desired.tables) described[table.name] = &table;
  for (const auto& table : actual->tables) {
    const auto found = described.find(table.name);
    outcome.security->tables.push_back(security_of(table, found == described.end() ? nullptr : found->second));
  }
  return outcome;
}

}  // namespace app
