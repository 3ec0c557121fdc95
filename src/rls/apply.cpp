#include "rls/apply.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "base/text.h"
#include "rls/grant.h"
#include "rls/message.h"
#include "rls/policy.h"

namespace rls {
namespace {

using schema::Database;
using schema::Table;

base::Result<void> apply_rules(const Declaration& declaration, const Settings& settings, const Database& database,
                               Table& table) {
  table.row_security = {};
  table.policies.clear();
  const Literal& rules = declaration.rules;
  if (rules.kind == Literal::Kind::Truth && !rules.truth) {
    table.row_security.declared = schema::Declaration::OptedOut;
  } else if (rules.kind != Literal::Kind::None) {
    auto made = policies(Context{settings, declaration, table, database});
    if (!made) return std::unexpected(made.error());
    table.policies = std::move(*made);
    table.row_security = {schema::Declaration::Managed, true, std::nullopt};
  }
  const bool opted_out = table.row_security.declared == schema::Declaration::OptedOut;
  if (declaration.force.kind == Literal::Kind::Truth && !opted_out) table.row_security.forced = declaration.force.truth;
  if (declaration.force.kind != Literal::Kind::Truth && declaration.force.kind != Literal::Kind::None) {
    return invalid(declaration, fmt::format("__rls_force__ is {}", declaration.force.shown), "give True or False");
  }
  return {};
}

schema::QualifiedName serial_sequence(const Table& table, const schema::Column& column) {
  if (!column.serial->sequence.empty()) return column.serial->sequence;
  return {table.name.schema, base::clipped(table.name.name + "_" + column.name.text, 59) + "_seq"};
}

/// A role has USAGE on the sequence behind a SERIAL column where it has INSERT on the table, else nothing.
void apply_sequence_grants(Table& table) {
  table.sequence_grants.clear();
  for (const auto& column : table.columns) {
    if (!column.serial) continue;
    for (const auto& grant : table.grants) {
      schema::Grant usage;
      usage.role = grant.role;
      if (std::ranges::find(grant.privileges, "INSERT") != grant.privileges.end()) usage.privileges = {"USAGE"};
      table.sequence_grants.emplace_back(serial_sequence(table, column), usage);
    }
  }
}

base::Result<void> apply_grants(const Declaration& declaration, int server_major, Table& table) {
  table.grants.clear();
  if (declaration.grants.kind != Literal::Kind::None) {
    auto made = grants(declaration, server_major);
    if (!made) return std::unexpected(made.error());
    table.grants = std::move(*made);
  }
  apply_sequence_grants(table);
  return {};
}

/// The roles that policies, grants and the configuration name; attributes as the configuration gives them.
std::vector<schema::Role> named_roles(const Database& database, const Settings& settings) {
  std::map<std::string, schema::Role> roles;
  const auto name = [&roles](const schema::Name& role) {
    if (!role.empty() && !is_reserved_role(role.text)) roles[role.text].name = role;
  };
  for (const auto& table : database.tables) {
    for (const auto& policy : table.policies) std::ranges::for_each(policy.roles, name);
    for (const auto& grant : table.grants) name(grant.role);
  }
  for (const auto& configured : settings.roles) {
    if (is_reserved_role(configured.name.text)) continue;
    roles[configured.name.text] = configured;
    for (const auto& group : configured.member_of.value_or(std::vector<schema::Name>{})) name(group);
  }
  std::vector<schema::Role> result;
  for (auto& [key, role] : roles) result.push_back(std::move(role));
  return result;
}

/// USAGE on the schema of a table follows from a grant on the table; PUBLIC does not get it.
void apply_schema_usage(Database& database) {
  std::map<std::string, std::set<schema::Name>> users;
  for (const auto& table : database.tables) {
    for (const auto& grant : table.grants) {
      if (!grant.role.empty() && !grant.privileges.empty()) users[table.name.schema].insert(grant.role);
    }
  }
  for (auto& space : database.namespaces) space.grants.clear();
  for (const auto& [name, roles] : users) {
    auto space = std::ranges::find(database.namespaces, name, [](const auto& each) { return each.name.text; });
    if (space == database.namespaces.end()) {
      database.namespaces.push_back({});
      space = database.namespaces.end() - 1;
      space->name.text = name;
    }
    for (const auto& role : roles) {
      schema::Grant usage;
      usage.role = role;
      usage.privileges = {"USAGE"};
      space->grants.push_back(std::move(usage));
    }
  }
}

}  // namespace

base::Result<void> apply(const std::vector<Declaration>& declarations, const Settings& settings, Database& desired) {
  std::unordered_map<schema::QualifiedName, std::size_t> tables;
  for (std::size_t i = 0; i < desired.tables.size(); ++i) tables.emplace(desired.tables[i].name, i);
  for (const auto& declaration : declarations) {
    const auto found = tables.find(declaration.table);
    if (found == tables.end()) continue;
    Table& table = desired.tables[found->second];
    if (const auto done = apply_rules(declaration, settings, desired, table); !done) return done;
    if (const auto done = apply_grants(declaration, settings.server_major, table); !done) return done;
  }
  desired.roles = named_roles(desired, settings);
  apply_schema_usage(desired);
  return {};
}

}  // namespace rls
