#include "ddl/write.h"

/// Passwords are never managed, roles never dropped by themselves.
namespace ddl {
namespace {

void add_attribute(std::string& text, const std::optional<bool>& value, std::string_view word) {
  if (value) text += (*value ? " " : " NO") + std::string(word);
}

std::string attributes(const schema::Role& role) {
  std::string text;
  add_attribute(text, role.login, "LOGIN");
  add_attribute(text, role.inherit, "INHERIT");
  add_attribute(text, role.bypassrls, "BYPASSRLS");
  add_attribute(text, role.superuser, "SUPERUSER");
  return text;
}

/// The attributes of `after` that differ from `before`; absent ones are not compared.
schema::Role differing(const schema::Role& before, const schema::Role& after) {
  schema::Role result;
  const auto keep = [](const std::optional<bool>& had, const std::optional<bool>& has) {
    return has && had != has ? has : std::nullopt;
  };
  result.login = keep(before.login, after.login);
  result.inherit = keep(before.inherit, after.inherit);
  result.bypassrls = keep(before.bypassrls, after.bypassrls);
  result.superuser = keep(before.superuser, after.superuser);
  return result;
}

std::vector<schema::Name> without(const std::vector<schema::Name>& left, const std::vector<schema::Name>& right) {
  std::vector<schema::Name> result;
  std::ranges::copy_if(left, std::back_inserter(result),
                       [&](const auto& name) { return std::ranges::find(right, name) == right.end(); });
  return result;
}

void alter_memberships(Statements& statements, const schema::Role& before, const schema::Role& after) {
  const auto had = before.member_of.value_or(std::vector<schema::Name>{});
  const auto has = after.member_of.value_or(std::vector<schema::Name>{});
  for (const schema::Name& group : without(had, has)) {
    statements.push_back(changed("member_of", sql::text("REVOKE {} FROM {}", group, after.name),
                                 sql::text("GRANT {} TO {}", group, after.name)));
    statements.back().description = "take role " + after.name.text + " out of " + group.text;
  }
  for (const schema::Name& group : without(has, had)) {
    statements.push_back(changed("member_of", sql::text("GRANT {} TO {}", group, after.name),
                                 sql::text("REVOKE {} FROM {}", group, after.name)));
    statements.back().description = "make role " + after.name.text + " a member of " + group.text;
  }
}

}  // namespace

Statements create(const schema::Role& role, const Site&) {
  Statement made;
  schema::Role written = role;
  if (!written.login) written.login = false;
  made.sql = sql::text("CREATE ROLE {}", role.name) + attributes(written);
  if (role.member_of && !role.member_of->empty()) made.sql += sql::text(" IN ROLE {}", *role.member_of);
  made.description = "create role " + role.name.text;
  made.rollback = {sql::text("DROP ROLE {}", role.name)};
  return {std::move(made)};
}

Statements drop(const schema::Role& role, const Site& site) {
  Statement gone;
  gone.sql = sql::text("DROP ROLE {}", role.name);
  gone.description = "drop role " + role.name.text;
  gone.stage = Stage::Remove;
  return undone_by({std::move(gone)}, create(role, site));
}

Statements rename(const schema::Role& before, const schema::Role& after, const Site&) {
  Statement renamed = changed("name", sql::text("ALTER ROLE {} RENAME TO {}", before.name, after.name),
                              sql::text("ALTER ROLE {} RENAME TO {}", after.name, before.name));
  renamed.description = "rename role " + before.name.text + " to " + after.name.text;
  return {std::move(renamed)};
}

Statements alter(const schema::Role& before, const schema::Role& after, const Fields& fields, const Site&) {
  Statements statements;
  const std::string forward = attributes(differing(before, after));
  if (!forward.empty()) {
    statements.push_back(changed("login", sql::text("ALTER ROLE {}", after.name) + forward,
                                 sql::text("ALTER ROLE {}", after.name) + attributes(differing(after, before))));
    statements.back().description = "alter role " + after.name.text;
    statements.back().fields = {"login", "inherit", "bypassrls", "superuser"};
  }
  if (has(fields, "member_of")) alter_memberships(statements, before, after);
  return statements;
}

}  // namespace ddl
