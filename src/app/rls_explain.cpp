#include <fmt/format.h>

#include <array>

#include "app/commands.h"
#include "app/state.h"
#include "base/text.h"
#include "postgres/connection.h"
#include "sql/quote.h"

namespace app {
namespace {

/// What decides a role's access to a table, as the catalogs have it.
struct Standing {
  std::string oid;
  schema::QualifiedName table;
  bool superuser = false;
  bool bypassrls = false;
  bool owner = false;  ///< it is, or inherits from, the owner, and row security is not forced
  bool row_security = false;
  bool schema_usage = false;
  std::array<bool, 4> privileges{};
};

struct CommandName {
  const char* name;
  char code;  ///< polcmd
};
constexpr std::array<CommandName, 4> commands{{{"select", 'r'}, {"insert", 'a'}, {"update", 'w'}, {"delete", 'd'}}};

/// The table that the user means: with its schema, or in the first of the schemas that has it.
base::Result<std::string> find_table(const Session& session, postgres::Connection& connection) {
  const auto parts = base::split(session.arguments.table, '.');
  const std::vector<std::string> schemas = parts.size() == 2 ? std::vector{parts[0]} : session.config.schemas;
  const auto found = connection.query(
      "SELECT c.oid FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace"
      " WHERE c.relname = $1 AND c.relkind IN ('r', 'p') AND n.nspname = ANY ($2::text[])"
      " ORDER BY array_position($2::text[], n.nspname::text) LIMIT 1",
      {parts.back(), postgres::array_literal(schemas)});
  if (!found) return std::unexpected(found.error());
  if (found->empty()) {
    return base::failure(base::ErrorCode::ConfigInvalid,
                         "no table " + session.arguments.table + " in " + base::joined(schemas, ", "),
                         "give the table as schema.table");
  }
  return (*found)[0].text(0);
}

base::Result<Standing> standing(const Session& session, postgres::Connection& connection) {
  const auto oid = find_table(session, connection);
  if (!oid) return std::unexpected(oid.error());
  const auto found = connection.query(
      "SELECT n.nspname, c.relname, r.rolsuper, r.rolbypassrls, c.relrowsecurity,"
      " pg_catalog.pg_has_role(r.oid, c.relowner, 'USAGE') AND NOT c.relforcerowsecurity,"
      " pg_catalog.has_schema_privilege(r.oid, n.oid, 'USAGE'),"
      " pg_catalog.has_table_privilege(r.oid, c.oid, 'SELECT'), pg_catalog.has_table_privilege(r.oid, c.oid, 'INSERT'),"
      " pg_catalog.has_table_privilege(r.oid, c.oid, 'UPDATE'), pg_catalog.has_table_privilege(r.oid, c.oid, 'DELETE')"
      " FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace, pg_catalog.pg_roles r"
      " WHERE c.oid = $1::oid AND r.rolname = $2",
      {*oid, session.arguments.role});
  if (!found) return std::unexpected(found.error());
  if (found->empty()) {
    return base::failure(base::ErrorCode::ConfigInvalid, "no role " + session.arguments.role,
                         "give an existing role with --as");
  }
  const auto row = (*found)[0];
  Standing standing{
      *oid, {row.text(0), row.text(1)}, row.boolean(2), row.boolean(3), row.boolean(5), row.boolean(4), row.boolean(6),
      {}};
  for (int i = 0; i < 4; ++i) standing.privileges[static_cast<std::size_t>(i)] = row.boolean(7 + i);
  return standing;
}

/// The policies that apply to the role for a command, and their combined conditions.
struct Applying {
  std::vector<std::string> names;
  std::vector<std::string> permissive_using, permissive_check, restrictive_using, restrictive_check;
  bool permissive = false;
};

base::Result<Applying> applying(const Session& session, postgres::Connection& connection, const Standing& standing,
                                char command) {
  const auto found = connection.pipeline({{"BEGIN READ ONLY"},
                                          {"SET LOCAL search_path = ''"},
                                          {"SELECT p.polname, p.polpermissive, pg_catalog.pg_get_expr(p.polqual, "
                                           "p.polrelid), pg_catalog.pg_get_expr(p.polwithcheck, p.polrelid)"
                                           " FROM pg_catalog.pg_policy p, pg_catalog.pg_roles r WHERE p.polrelid = "
                                           "$1::oid AND r.rolname = $2 AND p.polcmd IN ('*', $3)"
                                           " AND EXISTS (SELECT FROM unnest(p.polroles) o WHERE o = 0 OR "
                                           "pg_catalog.pg_has_role(r.oid, o, 'USAGE')) ORDER BY p.polname",
                                           {standing.oid, session.arguments.role, std::string(1, command)}},
                                          {"ROLLBACK"}});
  if (!found[2]) return std::unexpected(found[2].error());
  Applying result;
  for (const auto row : *found[2]) {
    const bool permissive = row.boolean(1);
    result.names.push_back(row.text(0));
    result.permissive = result.permissive || permissive;
    // A permissive policy without its clause admits nothing, a restrictive one restricts nothing.
    const std::string nothing = permissive ? "false" : "true";
    const std::string condition = row.optional(2).value_or(nothing);
    (permissive ? result.permissive_using : result.restrictive_using).push_back("(" + condition + ")");
    const std::string check = row.optional(3).value_or(row.optional(2).value_or(nothing));
    (permissive ? result.permissive_check : result.restrictive_check).push_back("(" + check + ")");
  }
  return result;
}

std::string combined(const std::vector<std::string>& permissive, const std::vector<std::string>& restrictive) {
  std::string result = permissive.size() == 1 ? permissive.front() : "(" + base::joined(permissive, " OR ") + ")";
  for (const auto& condition : restrictive) result += " AND " + condition;
  return result;
}

/// Counts rows as the role, in a transaction that is rolled back.
void count_rows(const Session& session, postgres::Connection& connection, const Standing& standing,
                const std::string& condition, Access& access) {
  std::vector<postgres::Statement> statements{{"BEGIN READ ONLY"}, {"SET LOCAL search_path = ''"}};
  for (const auto& setting : session.arguments.settings) {
    const auto equals = setting.find('=');
    statements.push_back(
        {"SELECT pg_catalog.set_config($1, $2, true)", {setting.substr(0, equals), setting.substr(equals + 1)}});
  }
  statements.push_back({"SET LOCAL ROLE " + sql::quoted(schema::Name{session.arguments.role})});
  statements.push_back(
      {"SELECT count(*) FROM " + sql::fully_quoted(standing.table) + (condition.empty() ? "" : " WHERE " + condition)});
  const auto answers = connection.pipeline(statements);
  (void)connection.execute("ROLLBACK");
  for (const auto& answer : answers) {
    if (answer) continue;
    access.access = "error";
    access.why = answer.error().sqlstate;
    access.error = answer.error().message;
    return;
  }
  access.rows = (*answers.back())[0].integer(0);
}

/// Why a role has the access it has, in the order of PostgreSQL's own checks.
void decide(Access& access, const Standing& standing, std::size_t command, const Applying& policies) {
  const auto says = [&access](const char* what, const char* why) {
    access.access = what;
    access.why = why;
  };
  if (standing.superuser) return says("all", "superuser");
  if (!standing.schema_usage || !standing.privileges[command]) return says("denied", "no_privilege");
  if (!standing.row_security) return says("all", "rls_off");
  if (standing.bypassrls) return says("all", "bypassrls");
  if (standing.owner) return says("all", "owner");
  if (!policies.permissive) return says("denied", "no_policy");
  says("filtered", "policies");
}

void describe_policies(Access& access, const Applying& policies, std::size_t command) {
  access.policies = policies.names;
  if (!policies.permissive) return;
  const bool insert = command == 1;
  if (!insert) access.using_expr = combined(policies.permissive_using, policies.restrictive_using);
  if (insert || command == 2) access.check_expr = combined(policies.permissive_check, policies.restrictive_check);
}

base::Result<Access> access_by(const Session& session, postgres::Connection& connection, const Standing& standing,
                               std::size_t command) {
  const auto policies = applying(session, connection, standing, commands[command].code);
  if (!policies) return std::unexpected(policies.error());
  Access access;
  access.command = commands[command].name;
  decide(access, standing, command, *policies);
  const bool by_policies = access.why == "policies";
  if (by_policies || access.why == "no_policy") describe_policies(access, *policies, command);
  const bool select_allowed = standing.superuser || standing.privileges[0];
  if (access.why == "no_policy" && command != 1) access.rows = 0;
  if (access.access == "denied" || command == 1 || !select_allowed) return access;
  count_rows(session, connection, standing, by_policies && command != 0 ? *access.using_expr : "", access);
  return access;
}

}  // namespace

base::Result<Outcome> run_rls_explain(const Session& session) {
  Outcome outcome;
  outcome.access.emplace();
  for (const auto& setting : session.arguments.settings) {
    const auto equals = setting.find('=');
    if (equals == std::string::npos) {
      return base::failure(base::ErrorCode::ConfigInvalid, "--set " + setting + ": expected NAME=VALUE",
                           "for example --set app.user_id=42");
    }
    outcome.access->settings.emplace_back(setting.substr(0, equals), setting.substr(equals + 1));
  }
  auto connection = connect(session);
  if (!connection) return std::unexpected(connection.error());
  const auto found = standing(session, *connection);
  if (!found) return std::unexpected(found.error());
  if (const auto may = connection->execute("BEGIN; SET LOCAL ROLE " +
                                           sql::quoted(schema::Name{session.arguments.role}) + "; ROLLBACK");
      !may) {
    return std::unexpected(may.error());
  }
  outcome.database = connection->label();
  outcome.access->table = found->table;
  outcome.access->role = session.arguments.role;
  for (std::size_t command = 0; command < commands.size(); ++command) {
    auto access = access_by(session, *connection, *found, command);
    if (!access) return std::unexpected(access.error());
    outcome.access->commands.push_back(std::move(*access));
  }
  return outcome;
}

}  // namespace app
