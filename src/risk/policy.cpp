#include <algorithm>

#include "base/text.h"
#include "risk/reason.h"

/// What a change of row security opens or closes.
namespace risk {
namespace {

bool is_true(const std::optional<schema::Expression>& expression) {
  if (!expression) return false;
  std::string_view text = base::trimmed(expression->text);
  while (text.size() > 2 && text.front() == '(' && text.back() == ')') {
    text = base::trimmed(text.substr(1, text.size() - 2));
  }
  return base::lowered(text) == "true";
}

bool writes(schema::PolicyCommand command) { return command != schema::PolicyCommand::Select; }

bool for_everybody(const std::vector<schema::Name>& roles) {
  return roles.empty() || std::ranges::any_of(roles, [](const schema::Name& role) { return role.text == "anon"; });
}

/// Whether the policy lets everybody write: its condition on new or changed rows is `true`.
bool opens_writing(const schema::Policy& policy) {
  return policy.permissive && writes(policy.command) && for_everybody(policy.roles) &&
         (is_true(policy.using_expr) || is_true(policy.with_check_expr));
}

bool contains(const std::vector<schema::Name>& roles, const schema::Name& role) {
  return roles.empty() || std::ranges::find(roles, role) != roles.end();
}

/// Whether `after` has a role that `before` has not; no roles are all roles.
bool widens(const std::vector<schema::Name>& before, const std::vector<schema::Name>& after) {
  if (before.empty()) return false;
  if (after.empty()) return true;
  return std::ranges::any_of(after, [&](const schema::Name& role) { return !contains(before, role); });
}

std::string named(const schema::QualifiedName& table, const schema::Policy& policy) {
  return "policy " + policy.name.text + " on " + shown(table);
}

bool becomes_true(const std::optional<schema::Expression>& before, const std::optional<schema::Expression>& after) {
  return is_true(after) && !is_true(before);
}

Reasons condition_reasons(const diff::Alter<schema::Policy>& change, bool opened) {
  const std::string name = named(change.table, change.after);
  if (opened) return {danger("POLICY_OPENS", "the condition of " + name + " becomes true")};
  return {caution("POLICY_CHANGED", name + " lets other rows through than before")};
}

}  // namespace

Reasons policy_reasons(const diff::Create<schema::Policy>& change) {
  const std::string name = named(change.table, change.after);
  if (opens_writing(change.after)) {
    return {danger("POLICY_OPENS", name + " lets everybody write: permissive, true, for PUBLIC or anon")};
  }
  return {caution("POLICY_ADDED", name + (change.after.permissive ? " lets rows through that were hidden"
                                                                  : " hides rows that were seen"))};
}

Reasons policy_reasons(const diff::Drop<schema::Policy>& change) {
  const std::string name = named(change.table, change.before);
  return {danger("POLICY_REMOVED",
                 change.before.permissive
                     ? name + " is permissive: without it its roles no longer reach the rows it let through"
                     : name + " is restrictive: without it rows are seen or changed that it held back")};
}

Reasons policy_reasons(const diff::Alter<schema::Policy>& change, const std::string& field) {
  const schema::Policy& before = change.before;
  const schema::Policy& after = change.after;
  const std::string name = named(change.table, after);
  if (field == "comment") return {};
  if (field == "command") return {danger("POLICY_OPENS", name + " allows other commands than before")};
  if (field == "permissive") {
    return {danger("POLICY_OPENS", name + (after.permissive ? " becomes permissive" : " becomes restrictive"))};
  }
  if (field == "roles") {
    const bool opened = after.permissive ? widens(before.roles, after.roles) : widens(after.roles, before.roles);
    if (!opened) return {caution("POLICY_CHANGED", name + " is for fewer roles than before")};
    return {danger("POLICY_OPENS", after.permissive ? name + " is given to more roles"
                                                    : name + " is restrictive and holds for fewer roles")};
  }
  if (field == "using_expr") return condition_reasons(change, becomes_true(before.using_expr, after.using_expr));
  const auto& check_before = before.with_check_expr ? before.with_check_expr : before.using_expr;
  return condition_reasons(change, becomes_true(check_before, after.with_check_expr));
}

Reasons security_reasons(const schema::QualifiedName& table, const schema::RowSecurity& before,
                         const schema::RowSecurity& after) {
  Reasons reasons;
  const std::string name = shown(table);
  if (!before.enabled && after.enabled) {
    reasons.push_back(
        caution("ROW_SECURITY_ENABLED", "rows of " + name + " vanish for everybody whom no policy lets through"));
  }
  if (before.enabled && !after.enabled) {
    reasons.push_back(danger("ROW_SECURITY_DISABLED", "the policies of " + name + " no longer hold"));
  }
  const bool forced = before.forced.value_or(false);
  if (!forced && after.forced.value_or(forced)) {
    reasons.push_back(caution("ROW_SECURITY_FORCED", "the owner of " + name + " obeys its policies too"));
  }
  if (forced && !after.forced.value_or(forced)) {
    reasons.push_back(danger("ROW_SECURITY_NOT_FORCED", "the owner of " + name + " sees all rows again"));
  }
  return reasons;
}

Reasons grant_reasons(const schema::Grant& given, const schema::QualifiedName& object) {
  const std::string what = base::joined(given.privileges, ", ") + " on " + shown(object);
  if (given.role.empty() || given.role.text == "anon") {
    const std::string who = given.role.empty() ? "PUBLIC" : given.role.text;
    return {danger("GRANT_TO_EVERYBODY", who + " is given " + what)};
  }
  return {caution("GRANT_ADDED", "role " + given.role.text + " is given " + what)};
}

Reasons opened_by(const schema::Table& table) {
  Reasons reasons;
  const auto keep = [&](const Reasons& more) {
    std::ranges::copy_if(more, std::back_inserter(reasons),
                         [](const Reason& reason) { return reason.severity == Severity::Danger; });
  };
  for (const schema::Policy& policy : table.policies) {
    keep(policy_reasons(diff::Create<schema::Policy>{table.name, policy}));
  }
  for (const schema::Grant& grant : table.grants) {
    if (!grant.withheld) keep(grant_reasons(grant, table.name));
  }
  return reasons;
}

}  // namespace risk
