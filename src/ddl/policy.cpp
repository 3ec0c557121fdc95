#include "ddl/policy.h"

#include "base/text.h"
#include "ddl/write.h"

/// Row security: the flags, the policies, then the privileges, in one transaction: at no moment is a table reachable
/// whose policies are not there yet. ALTER POLICY changes roles, conditions and name; command and kind need the policy
/// made anew in the same transaction. A clause cannot be taken off either.
namespace ddl {
namespace {

std::string object(const schema::Policy& policy, const Site& site) {
  return sql::text("POLICY {} ON {}", policy.name, site.table);
}

std::string roles_text(const schema::Policy& policy) {
  return policy.roles.empty() ? "PUBLIC" : sql::quoted(policy.roles);
}

std::string_view command_text(schema::PolicyCommand command) {
  switch (command) {
    case schema::PolicyCommand::All:
      return "ALL";
    case schema::PolicyCommand::Select:
      return "SELECT";
    case schema::PolicyCommand::Insert:
      return "INSERT";
    case schema::PolicyCommand::Update:
      return "UPDATE";
    case schema::PolicyCommand::Delete:
      return "DELETE";
  }
  return "ALL";
}

std::string policy_text(const schema::Policy& policy, const Site& site) {
  std::string text = "CREATE " + object(policy, site);
  if (!policy.permissive) text += " AS RESTRICTIVE";
  if (policy.command != schema::PolicyCommand::All) text += " FOR " + std::string(command_text(policy.command));
  if (!policy.roles.empty()) text += " TO " + roles_text(policy);
  if (policy.using_expr) text += " USING " + bracketed(*policy.using_expr);
  if (policy.with_check_expr) text += " WITH CHECK " + bracketed(*policy.with_check_expr);
  return text;
}

std::string altered_text(const schema::Policy& policy, const Fields& fields, const Site& site) {
  std::string text = "ALTER " + object(policy, site);
  if (has(fields, "roles")) text += " TO " + roles_text(policy);
  if (has(fields, "using_expr") && policy.using_expr) text += " USING " + bracketed(*policy.using_expr);
  if (has(fields, "with_check_expr") && policy.with_check_expr) {
    text += " WITH CHECK " + bracketed(*policy.with_check_expr);
  }
  return text;
}

bool alterable(const schema::Policy& before, const schema::Policy& after) {
  return before.command == after.command && before.permissive == after.permissive &&
         (after.using_expr || !before.using_expr) && (after.with_check_expr || !before.with_check_expr);
}

Statement made(const schema::Policy& policy, const Site& site) {
  Statement statement =
      on_table(site.table, policy_text(policy, site), "create policy " + policy.name.text + " on " + shown(site.table));
  statement.rollback = {"DROP " + object(policy, site)};
  return statement;
}

std::string flag_text(std::string_view words, const Site& site) {
  return sql::text("ALTER TABLE {} {} ROW LEVEL SECURITY", site.table, sql::Raw{std::string(words)});
}

}  // namespace

Statements create(const schema::Policy& policy, const Site& site) {
  Statements statements{made(policy, site)};
  add_comment(statements, object(policy, site), policy.comment);
  return statements;
}

Statements drop(const schema::Policy& policy, const Site& site) {
  Statement gone = on_table(site.table, "DROP " + object(policy, site),
                            "drop policy " + policy.name.text + " on " + shown(site.table));
  return undone_by({std::move(gone)}, create(policy, site));
}

Statements rename(const schema::Policy& before, const schema::Policy& after, const Site& site) {
  const auto text = [&](const schema::Name& from, const schema::Name& to) {
    return sql::text("ALTER POLICY {} ON {} RENAME TO {}", from, site.table, to);
  };
  Statement statement =
      on_table(site.table, text(before.name, after.name),
               "rename policy " + before.name.text + " on " + shown(site.table) + " to " + after.name.text);
  statement.rollback = {text(after.name, before.name)};
  statement.fields = {"name"};
  return {std::move(statement)};
}

Statements alter(const schema::Policy& before, const schema::Policy& after, const Fields& fields, const Site& site) {
  Statements statements;
  const bool conditions = has(fields, "roles") || has(fields, "using_expr") || has(fields, "with_check_expr");
  if (conditions && alterable(before, after)) {
    Statement statement = on_table(site.table, altered_text(after, fields, site),
                                   "change policy " + after.name.text + " on " + shown(site.table));
    if (alterable(after, before)) {
      statement.rollback = {altered_text(before, fields, site)};
    } else {
      statement.rollback = texts(replace(after, before, site));
    }
    statement.fields = {"roles", "using_expr", "with_check_expr"};
    statements.push_back(std::move(statement));
  }
  alter_comment(statements, object(after, site), before.comment, after.comment, fields);
  return statements;
}

Statements replace(const schema::Policy& before, const schema::Policy& after, const Site& site) {
  Statements statements = drop(before, site);
  append(statements, create(after, site));
  return statements;
}

Statements security_changed(const schema::RowSecurity& before, const schema::RowSecurity& after, const Site& site) {
  Statements statements;
  const auto add = [&](std::string_view forward, std::string_view back, std::string description) {
    statements.push_back(on_table(site.table, flag_text(forward, site), std::move(description)));
    statements.back().rollback = {flag_text(back, site)};
    statements.back().fields = {"row_security"};
  };
  if (before.enabled != after.enabled) {
    add(after.enabled ? "ENABLE" : "DISABLE", before.enabled ? "ENABLE" : "DISABLE",
        (after.enabled ? "enable row security on " : "disable row security on ") + shown(site.table));
  }
  if (after.forced && before.forced.value_or(false) != *after.forced) {
    add(*after.forced ? "FORCE" : "NO FORCE", *after.forced ? "NO FORCE" : "FORCE",
        (*after.forced ? "force row security on " : "no longer force row security on ") + shown(site.table));
  }
  return statements;
}

}  // namespace ddl
