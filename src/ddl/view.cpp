#include "ddl/index.h"
#include "ddl/privilege.h"
#include "ddl/write.h"
#include "sql/reparse.h"

/// A view is made whole: definition, options, columns' names, indexes, comment, privileges, extras.
namespace ddl {
namespace {

std::string object(const schema::View& view) {
  return sql::text("{} {}", sql::Raw{view.materialized ? "MATERIALIZED VIEW" : "VIEW"}, view.name);
}

std::string kind(const schema::View& view) { return view.materialized ? "materialized view " : "view "; }

Statements changes_beside_the_definition(const schema::View& before, const schema::View& after, const Fields& fields) {
  Statements statements;
  if (has(fields, "options")) {
    const auto forward = parameter_changes(before.options, after.options);
    const auto back = parameter_changes(after.options, before.options);
    for (std::size_t at = 0; at < forward.size(); ++at) {
      Statement statement;
      statement.sql = "ALTER " + object(after) + " " + forward[at];
      statement.fields = {"options"};
      statement.description = "change the options of " + kind(after) + shown(after.name);
      if (at == 0) {
        for (const std::string& clause : back) statement.rollback.push_back("ALTER " + object(after) + " " + clause);
      }
      statements.push_back(std::move(statement));
    }
  }
  if (has(fields, "grants")) {
    append(statements, grants_changed(sql::text("TABLE {}", after.name), before.grants, after.grants));
  }
  alter_comment(statements, object(after), before.comment, after.comment, fields);
  return statements;
}

}  // namespace

Statements create(const schema::View& view, const Site& site) {
  Statement made;
  made.sql = "CREATE " + object(view);
  if (!view.columns.empty()) made.sql += sql::text(" ({})", view.columns);
  made.sql += with_parameters(view.options) + " AS " + sql::reparsable(view.definition);
  made.description = "create " + kind(view) + shown(view.name);
  made.rollback = {"DROP " + object(view)};
  Statements statements{std::move(made)};
  Site inside = site;
  inside.table = view.name;
  inside.online = false;
  for (const schema::Index& index : view.indexes) append(statements, create(index, inside));
  add_owner(statements, object(view), view.owner, site);
  add_comment(statements, object(view), view.comment);
  append(statements, grants_on(sql::text("TABLE {}", view.name), view.grants, site, "TABLES", view.name.schema));
  for (const std::string& extra : view.extras) {
    statements.emplace_back();
    statements.back().sql = extra;
    statements.back().description = "complete " + kind(view) + shown(view.name);
  }
  for (std::size_t at = 1; at < statements.size(); ++at) statements[at].rollback.clear();
  return statements;
}

Statements drop(const schema::View& view, const Site& site) {
  Statement gone;
  gone.sql = "DROP " + object(view);
  gone.description = "drop " + kind(view) + shown(view.name);
  return undone_by({std::move(gone)}, create(view, site));
}

Statements rename(const schema::View& before, const schema::View& after, const Site&) {
  Statements statements;
  schema::View moved = before;
  const auto add = [&](const std::string& forward, const std::string& back) {
    statements.push_back(changed("name", forward, back));
    statements.back().description = "rename " + kind(before) + shown(before.name) + " to " + shown(after.name);
  };
  if (before.name.schema != after.name.schema) {
    moved.name.schema = after.name.schema;
    add("ALTER " + object(before) + sql::text(" SET SCHEMA {}", schema::Name{after.name.schema}),
        "ALTER " + object(moved) + sql::text(" SET SCHEMA {}", schema::Name{before.name.schema}));
  }
  if (before.name.name != after.name.name) {
    add("ALTER " + object(moved) + sql::text(" RENAME TO {}", schema::Name{after.name.name}),
        "ALTER " + object(after) + sql::text(" RENAME TO {}", schema::Name{before.name.name}));
  }
  return statements;
}

/// A changed definition, set of columns or index needs the view made anew: no statement here names those fields.
Statements alter(const schema::View& before, const schema::View& after, const Fields& fields, const Site&) {
  Statements statements = changes_beside_the_definition(before, after, fields);
  alter_owner(statements, object(after), before.owner, after.owner, fields);
  return statements;
}

}  // namespace ddl
