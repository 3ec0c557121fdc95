#include <iterator>
#include <utility>

#include "base/text.h"
#include "ddl/privilege.h"
#include "ddl/write.h"

/// REVOKE comes before GRANT, and what a REVOKE on the whole table takes along from single columns is given back.
namespace ddl {
namespace {

std::string role(const schema::Name& name) { return name.empty() ? "PUBLIC" : sql::quoted(name); }

std::string shown_role(const schema::Name& name) { return name.empty() ? "PUBLIC" : name.text; }

using Privileges = std::vector<std::string>;

/// "SELECT, UPDATE" or, for a column, "SELECT (a), UPDATE (a)".
std::string listed(const Privileges& privileges, const schema::Name& column) {
  std::vector<std::string> items;
  for (const std::string& privilege : privileges) {
    items.push_back(column.empty() ? privilege : privilege + " (" + sql::quoted(column) + ")");
  }
  return base::joined(items, ", ");
}

bool contains(const Privileges& privileges, const std::string& privilege) {
  return std::ranges::find(privileges, privilege) != privileges.end();
}

Privileges without(const Privileges& left, const Privileges& right) {
  Privileges result;
  std::ranges::copy_if(left, std::back_inserter(result), [&](const auto& item) { return !contains(right, item); });
  return result;
}

std::string grant_text(const std::string& object, const schema::Grant& grant, const Privileges& privileges,
                       bool with_option) {
  return "GRANT " + listed(privileges, grant.column) + " ON " + object + " TO " + role(grant.role) +
         (with_option ? " WITH GRANT OPTION" : "");
}

std::string revoke_text(const std::string& object, const schema::Grant& grant, const Privileges& privileges) {
  return "REVOKE " + listed(privileges, grant.column) + " ON " + object + " FROM " + role(grant.role);
}

/// The statements that give `grant`, with and without grant option.
std::vector<std::string> granting(const std::string& object, const schema::Grant& grant) {
  std::vector<std::string> result;
  const Privileges plain = without(grant.privileges, grant.grantable);
  if (!plain.empty()) result.push_back(grant_text(object, grant, plain, false));
  if (!grant.grantable.empty()) result.push_back(grant_text(object, grant, grant.grantable, true));
  return result;
}

std::vector<std::string> revoking(const std::string& object, const schema::Grant& grant);

/// The statements that bring `grant` about: of what is withheld, those that take it.
std::vector<std::string> giving(const std::string& object, const schema::Grant& grant) {
  return grant.withheld ? revoking(object, grant) : granting(object, grant);
}

std::vector<std::string> taking(const std::string& object, const schema::Grant& grant) {
  return grant.withheld ? granting(object, grant) : revoking(object, grant);
}

std::vector<std::string> taking_option(const std::string& object, const schema::Grant& before,
                                       const schema::Grant& after) {
  Privileges lost;
  for (const std::string& privilege : without(before.grantable, after.grantable)) {
    if (contains(after.privileges, privilege)) lost.push_back(privilege);
  }
  if (lost.empty()) return {};
  return {"REVOKE GRANT OPTION FOR " + listed(lost, after.column) + " ON " + object + " FROM " + role(after.role)};
}

std::vector<std::string> leading(const std::string& object, const schema::Grant& before, const schema::Grant& after) {
  if (after.withheld) {
    std::vector<std::string> result;
    const Privileges taken = without(after.privileges, before.privileges);
    const Privileges given = without(before.privileges, after.privileges);
    if (!taken.empty()) result.push_back(revoke_text(object, after, taken));
    if (!given.empty()) result.push_back(grant_text(object, after, given, false));
    return result;
  }
  std::vector<std::string> result;
  const Privileges lost = without(before.privileges, after.privileges);
  if (!lost.empty()) result.push_back(revoke_text(object, before, lost));
  for (std::string& text : taking_option(object, before, after)) result.push_back(std::move(text));
  schema::Grant gained = after;
  gained.privileges = without(after.privileges, before.privileges);
  gained.grantable = without(after.grantable, before.grantable);
  for (const std::string& privilege : gained.grantable) {
    if (!contains(gained.privileges, privilege)) gained.privileges.push_back(privilege);
  }
  for (std::string& text : giving(object, gained)) result.push_back(std::move(text));
  return result;
}

Statement statement_of(std::string text, const schema::Grant& grant, const std::string& object) {
  Statement statement;
  const bool revokes = text.starts_with("REVOKE");
  statement.description = (revokes ? "revoke from " : "grant to ") + shown_role(grant.role) + " on " + object;
  statement.sql = std::move(text);
  return statement;
}

/// What a grant in a table is on: a sequence of the table, the table, or the schema where the table's name is empty.
std::string object_of(const schema::Grant& grant, const Site& site) {
  if (!grant.sequence.empty()) return sql::text("SEQUENCE {}", grant.sequence);
  if (site.table.name.empty()) return sql::text("SCHEMA {}", schema::Name{site.table.schema});
  return sql::text("TABLE {}", site.table);
}

/// The statements that take `grant`: privileges, and grant options of privileges that stay.
std::vector<std::string> revoking(const std::string& object, const schema::Grant& grant) {
  std::vector<std::string> result;
  if (!grant.privileges.empty()) result.push_back(revoke_text(object, grant, grant.privileges));
  const Privileges options = without(grant.grantable, grant.privileges);
  if (!options.empty()) {
    result.push_back("REVOKE GRANT OPTION FOR " + listed(options, grant.column) + " ON " + object + " FROM " +
                     role(grant.role));
  }
  return result;
}

Statements from_texts(const std::vector<std::string>& forward, const std::vector<std::string>& back,
                      const schema::Grant& grant, const std::string& object) {
  Statements statements;
  for (const std::string& text : forward) statements.push_back(statement_of(text, grant, object));
  if (!statements.empty()) statements.front().rollback = back;
  return statements;
}

}  // namespace

namespace {

/// Of what default privileges may do to a new object, the contrary as far as `grants` do not want the same.
std::vector<schema::Grant> put_right(const std::vector<schema::Grant>& grants, const Site& site,
                                     const std::string& type, const std::string& space) {
  std::vector<schema::Grant> result;
  if (site.default_privileges == nullptr || type.empty()) return result;
  for (const schema::DefaultPrivilege& privilege : *site.default_privileges) {
    if (privilege.object_type != type) continue;
    if (!privilege.in_schema.empty() && privilege.in_schema.text != space) continue;
    for (schema::Grant change : privilege.grants) {
      // They hold for what this role makes, which is its own then.
      if (change.role == privilege.owner && !change.withheld) continue;
      for (const schema::Grant& wanted : grants) {
        if (wanted.role != change.role || !wanted.column.empty() || wanted.withheld != change.withheld) continue;
        change.grantable = without(change.grantable, wanted.grantable);
        change.privileges = without(change.privileges, wanted.privileges);
      }
      const bool known = std::ranges::find(result, change) != result.end();
      if (!known && !(change.privileges.empty() && change.grantable.empty())) result.push_back(std::move(change));
    }
  }
  return result;
}

}  // namespace

Statements grants_on(const std::string& object, const std::vector<schema::Grant>& grants, const Site& site,
                     const std::string& type, const std::string& space) {
  Statements statements;
  for (const schema::Grant& wrong : put_right(grants, site, type, space)) {
    for (std::string& text : taking(object, wrong)) statements.push_back(statement_of(std::move(text), wrong, object));
  }
  for (const schema::Grant& grant : grants) {
    for (std::string& text : giving(object, grant)) statements.push_back(statement_of(std::move(text), grant, object));
  }
  return statements;
}

Statements grants_changed(const std::string& object, const std::vector<schema::Grant>& before,
                          const std::vector<schema::Grant>& after) {
  const auto counterpart = [](const std::vector<schema::Grant>& list, const schema::Grant& grant) {
    const auto found = std::ranges::find_if(list, [&](const auto& other) {
      return other.role == grant.role && other.column == grant.column && other.withheld == grant.withheld;
    });
    schema::Grant none;
    none.role = grant.role;
    none.column = grant.column;
    none.withheld = grant.withheld;
    return found == list.end() ? none : *found;
  };
  Statements statements;
  const auto add = [&](const schema::Grant& from, const schema::Grant& to) {
    const std::vector<std::string> back = leading(object, to, from);
    bool first = true;
    for (std::string& text : leading(object, from, to)) {
      statements.push_back(statement_of(std::move(text), to, object));
      if (std::exchange(first, false)) statements.back().rollback = back;
      statements.back().fields = {"grants"};
    }
  };
  for (const schema::Grant& grant : before) add(grant, counterpart(after, grant));
  for (const schema::Grant& grant : after) {
    if (counterpart(before, grant).privileges.empty()) add(counterpart(before, grant), grant);
  }
  return statements;
}

Statements create(const schema::Grant& grant, const Site& site) {
  const std::string object = object_of(grant, site);
  return from_texts(giving(object, grant), taking(object, grant), grant, object);
}

Statements drop(const schema::Grant& grant, const Site& site) {
  const std::string object = object_of(grant, site);
  return from_texts(taking(object, grant), giving(object, grant), grant, object);
}

Statements rename(const schema::Grant&, const schema::Grant&, const Site&) { return {}; }

Statements alter(const schema::Grant& before, const schema::Grant& after, const Fields& fields, const Site& site) {
  Statements statements = grants_changed(object_of(after, site), {before}, {after});
  for (Statement& statement : statements) statement.fields = fields;
  return statements;
}

namespace {

std::string default_prefix(const schema::DefaultPrivilege& privilege) {
  std::string text = "ALTER DEFAULT PRIVILEGES";
  if (!privilege.owner.empty()) text += sql::text(" FOR ROLE {}", privilege.owner);
  if (!privilege.in_schema.empty()) text += sql::text(" IN SCHEMA {}", privilege.in_schema);
  return text + " ";
}

/// The statements on "TABLES" made statements about defaults.
Statements as_defaults(Statements statements, const schema::DefaultPrivilege& privilege) {
  for (Statement& statement : statements) {
    statement.sql = default_prefix(privilege) + statement.sql;
    for (std::string& back : statement.rollback) back = default_prefix(privilege) + back;
    statement.description = "default privileges: " + statement.description;
    // All else is made, and on the way back made again, under those that were.
    statement.stage = Stage::Remove;
  }
  return statements;
}

}  // namespace

Statements create(const schema::DefaultPrivilege& privilege, const Site&) {
  return as_defaults(grants_changed(privilege.object_type, {}, privilege.grants), privilege);
}

Statements drop(const schema::DefaultPrivilege& privilege, const Site&) {
  return as_defaults(grants_changed(privilege.object_type, privilege.grants, {}), privilege);
}

Statements rename(const schema::DefaultPrivilege&, const schema::DefaultPrivilege&, const Site&) { return {}; }

Statements alter(const schema::DefaultPrivilege& before, const schema::DefaultPrivilege& after, const Fields& fields,
                 const Site&) {
  if (!has(fields, "grants")) return {};
  return as_defaults(grants_changed(after.object_type, before.grants, after.grants), after);
}

}  // namespace ddl
