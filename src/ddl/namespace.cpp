#include "ddl/privilege.h"
#include "ddl/write.h"

namespace ddl {
namespace {

std::string object(const schema::Namespace& space) { return sql::text("SCHEMA {}", space.name); }

std::string object(const schema::Extension& extension) { return sql::text("EXTENSION {}", extension.name); }

}  // namespace

Statements create(const schema::Namespace& space, const Site& site) {
  Statements statements;
  Statement made;
  made.sql = "CREATE " + object(space);
  made.description = "create schema " + space.name.text;
  made.rollback = {"DROP " + object(space)};
  statements.push_back(std::move(made));
  add_owner(statements, object(space), space.owner, site);
  add_comment(statements, object(space), space.comment);
  append(statements, grants_on(object(space), space.grants, site, "SCHEMAS"));
  return statements;
}

Statements drop(const schema::Namespace& space, const Site& site) {
  Statement gone;
  gone.sql = "DROP " + object(space);
  gone.description = "drop schema " + space.name.text;
  gone.stage = Stage::Remove;
  return undone_by({std::move(gone)}, create(space, site));
}

Statements rename(const schema::Namespace& before, const schema::Namespace& after, const Site&) {
  Statement renamed = changed("name", sql::text("ALTER SCHEMA {} RENAME TO {}", before.name, after.name),
                              sql::text("ALTER SCHEMA {} RENAME TO {}", after.name, before.name));
  renamed.description = "rename schema " + before.name.text + " to " + after.name.text;
  return {std::move(renamed)};
}

Statements alter(const schema::Namespace& before, const schema::Namespace& after, const Fields& fields, const Site&) {
  Statements statements;
  alter_owner(statements, object(after), before.owner, after.owner, fields);
  alter_comment(statements, object(after), before.comment, after.comment, fields);
  if (has(fields, "grants")) append(statements, grants_changed(object(after), before.grants, after.grants));
  return statements;
}

Statements create(const schema::Extension& extension, const Site&) {
  Statement made;
  made.sql = sql::text("CREATE EXTENSION IF NOT EXISTS {}", extension.name);
  if (!extension.schema.empty()) made.sql += sql::text(" SCHEMA {}", schema::Name{extension.schema});
  made.description = "create extension " + extension.name.text;
  made.rollback = {"DROP " + object(extension)};
  return {std::move(made)};
}

Statements drop(const schema::Extension& extension, const Site& site) {
  Statement gone;
  gone.sql = "DROP " + object(extension);
  gone.description = "drop extension " + extension.name.text;
  gone.stage = Stage::Remove;
  return undone_by({std::move(gone)}, create(extension, site));
}

Statements rename(const schema::Extension&, const schema::Extension&, const Site&) { return {}; }

Statements alter(const schema::Extension& before, const schema::Extension& after, const Fields& fields, const Site&) {
  if (!has(fields, "schema")) return {};
  Statement moved =
      changed("schema", sql::text("ALTER EXTENSION {} SET SCHEMA {}", after.name, schema::Name{after.schema}),
              sql::text("ALTER EXTENSION {} SET SCHEMA {}", after.name, schema::Name{before.schema}));
  moved.description = "move extension " + after.name.text + " to schema " + after.schema;
  return {std::move(moved)};
}

}  // namespace ddl
