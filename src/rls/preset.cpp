#include "rls/preset.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "rls/message.h"
#include "sql/quote.h"

namespace rls {
namespace {

using schema::Column;
using schema::Table;

bool is_supabase(const Context& context) { return context.settings.provider == Provider::Supabase; }

bool is_character(const schema::TypeName& type) {
  return type.schema.empty() && !type.array &&
         (type.name == "text" || type.name == "character varying" || type.name == "character");
}

/// `users`, or `schema.users`: whether the name that the configuration gives is that of the table.
bool is_named(const schema::QualifiedName& table, const std::string& configured) {
  return configured.find('.') == std::string::npos ? table.name == configured : schema::text(table) == configured;
}

/// The caller's id, of the type of the column it is compared with. A cast to VARCHAR(n) would cut a longer id silently,
/// so character types get none.
base::Result<std::string> user(const Context& context, const Column& column) {
  if (is_supabase(context)) {
    if (column.type.schema.empty() && column.type.name == "uuid" && !column.type.array) return "(SELECT auth.uid())";
    if (is_character(column.type)) return "(SELECT auth.uid()::text)";
    return invalid(context.declaration,
                   fmt::format("column {} is {}, which cannot be compared with auth.uid(), a uuid", column.name.text,
                               sql::quoted(column.type)),
                   "make the column uuid or text, or write a custom policy");
  }
  const std::string setting =
      fmt::format("NULLIF(current_setting({}, true), '')", sql::quoted(sql::Literal{context.settings.user_setting}));
  if (is_character(column.type)) return fmt::format("(SELECT {})", setting);
  return fmt::format("(SELECT {}::{})", setting, sql::quoted(column.type));
}

base::Result<const Column*> declared_owner(const Context& context) {
  const Literal& owner = context.declaration.owner;
  if (owner.kind != Literal::Kind::Text) {
    return invalid(context.declaration, fmt::format("__rls_owner__ is {}", owner.shown), "give the name of a column");
  }
  std::string name = owner.text;
  const Column* column = schema::find_column(context.table, schema::Name{name});
  if (column == nullptr) {
    const auto attribute = context.declaration.columns_by_attribute.find(name);
    if (attribute != context.declaration.columns_by_attribute.end()) {
      column = schema::find_column(context.table, schema::Name{attribute->second});
    }
  }
  if (column != nullptr) return column;
  return invalid(context.declaration, fmt::format("__rls_owner__ names {}, which is no column of the table", name),
                 "give the name of a column");
}

std::vector<const Column*> references_to_users(const Context& context) {
  std::vector<const Column*> found;
  for (const auto& key : context.table.foreign_keys) {
    if (key.columns.size() != 1 || !is_named(key.referred_table, context.settings.users_table)) continue;
    const Column* column = schema::find_column(context.table, key.columns.front());
    if (column != nullptr && std::ranges::find(found, column) == found.end()) found.push_back(column);
  }
  return found;
}

base::Result<const Column*> owner_column(const Context& context) {
  if (context.declaration.owner.kind != Literal::Kind::None) return declared_owner(context);
  const Column* user_id = schema::find_column(context.table, schema::Name{"user_id"});
  const Column* owner_id = schema::find_column(context.table, schema::Name{"owner_id"});
  if (user_id != nullptr && owner_id != nullptr) {
    return invalid(context.declaration, "the table has both user_id and owner_id",
                   "say which is meant with __rls_owner__");
  }
  if (user_id != nullptr) return user_id;
  if (owner_id != nullptr) return owner_id;
  const auto references = references_to_users(context);
  if (references.size() == 1) return references.front();
  if (references.empty()) {
    return invalid(context.declaration,
                   fmt::format("the table has no owner column: no user_id, no owner_id, no foreign key to {}",
                               context.settings.users_table),
                   "name it with __rls_owner__");
  }
  std::vector<std::string> names;
  for (const Column* column : references) names.push_back(column->name.text);
  return invalid(
      context.declaration,
      fmt::format("several columns refer to {}: {}", context.settings.users_table, base::joined(names, ", ")),
      "say which is meant with __rls_owner__");
}

/// The roles that a condition about the caller is for: with Supabase only those who are logged in.
std::vector<std::string> callers(const Context& context) {
  return is_supabase(context) ? std::vector<std::string>{"authenticated"} : std::vector<std::string>{};
}

base::Result<Condition> owner(const Context& context, schema::PolicyCommand) {
  const auto column = owner_column(context);
  if (!column) return std::unexpected(column.error());
  const auto caller = user(context, **column);
  if (!caller) return std::unexpected(caller.error());
  return Condition{fmt::format("{} = {}", sql::quoted((*column)->name), *caller), callers(context)};
}

base::Result<Condition> authenticated(const Context& context, schema::PolicyCommand) {
  if (is_supabase(context)) return Condition{"true", {"authenticated"}};
  return Condition{fmt::format("(SELECT NULLIF(current_setting({}, true), '')) IS NOT NULL",
                               sql::quoted(sql::Literal{context.settings.user_setting})),
                   {}};
}

base::Result<Condition> public_read(const Context& context, schema::PolicyCommand command) {
  if (command != schema::PolicyCommand::Select) return owner(context, command);
  return Condition{
      "true", is_supabase(context) ? std::vector<std::string>{"anon", "authenticated"} : std::vector<std::string>{}};
}

base::Result<Condition> admin_only(const Context& context, schema::PolicyCommand) {
  return Condition{"true", {is_supabase(context) ? "service_role" : context.settings.admin_role}};
}

base::Result<Condition> team(const Context& context, schema::PolicyCommand) {
  const Settings& settings = context.settings;
  const auto membership = std::ranges::find_if(
      context.database.tables, [&](const Table& table) { return is_named(table.name, settings.membership_table); });
  if (membership == context.database.tables.end()) {
    return invalid(context.declaration,
                   fmt::format("team needs the table {}, which no model describes", settings.membership_table),
                   "set membership_table in [rls] to the table that says who is in which team");
  }
  if (membership->name == context.table.name) {
    return invalid(context.declaration, "the membership table itself cannot have team: it would read itself for ever",
                   "use another preset or a custom policy");
  }
  if (schema::find_column(context.table, schema::Name{settings.team_column}) == nullptr) {
    return invalid(context.declaration, fmt::format("team needs the column {}", settings.team_column),
                   "set team_column in [rls]");
  }
  const Column* member = schema::find_column(*membership, schema::Name{settings.membership_user_column});
  if (member == nullptr || schema::find_column(*membership, schema::Name{settings.membership_team_column}) == nullptr) {
    return invalid(context.declaration,
                   fmt::format("{} lacks the column {} or {}", settings.membership_table,
                               settings.membership_user_column, settings.membership_team_column),
                   "set membership_user_column and membership_team_column in [rls]");
  }
  const auto caller = user(context, *member);
  if (!caller) return std::unexpected(caller.error());
  return Condition{
      fmt::format("{} IN (SELECT m.{} FROM {} m WHERE m.{} = {})", sql::quoted(schema::Name{settings.team_column}),
                  sql::quoted(schema::Name{settings.membership_team_column}), settings.membership_table,
                  sql::quoted(schema::Name{settings.membership_user_column}), *caller),
      callers(context)};
}

struct Preset {
  std::string_view name;
  base::Result<Condition> (*condition)(const Context&, schema::PolicyCommand);
};

constexpr std::array<Preset, 5> presets{{{"owner", owner},
                                         {"authenticated", authenticated},
                                         {"public_read", public_read},
                                         {"admin_only", admin_only},
                                         {"team", team}}};

}  // namespace

bool is_preset(const std::string& name) { return std::ranges::find(presets, name, &Preset::name) != presets.end(); }

std::string preset_names() {
  std::vector<std::string> names;
  for (const Preset& preset : presets) names.emplace_back(preset.name);
  return base::joined(names, ", ");
}

base::Result<Condition> preset_condition(const Context& context, const std::string& preset,
                                         schema::PolicyCommand command) {
  return std::ranges::find(presets, preset, &Preset::name)->condition(context, command);
}

}  // namespace rls
