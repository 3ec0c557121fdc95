#include "base/text.h"
#include "ddl/privilege.h"
#include "ddl/write.h"

namespace ddl {
namespace {

std::string object(const schema::Routine& routine) {
  const bool star = routine.kind == "AGGREGATE" && routine.arguments.empty();
  return sql::text("{} {}({})", sql::Raw{routine.kind}, routine.name, sql::Raw{star ? "*" : routine.arguments});
}

/// GRANT knows no aggregates: they are functions there.
std::string granted_object(const schema::Routine& routine) {
  schema::Routine named = routine;
  if (named.kind == "AGGREGATE") named.kind = "FUNCTION";
  return object(named);
}

std::string described(const schema::Routine& routine) {
  return base::lowered(routine.kind) + " " + shown(routine.name) + "(" + routine.arguments + ")";
}

}  // namespace

Statements create(const schema::Routine& routine, const Site& site) {
  Statement made;
  made.sql = routine.definition;
  made.description = "create " + described(routine);
  made.rollback = {"DROP " + object(routine)};
  Statements statements{std::move(made)};
  add_owner(statements, object(routine), routine.owner, site);
  add_comment(statements, object(routine), routine.comment);
  append(statements, grants_on(granted_object(routine), routine.grants, site, "FUNCTIONS", routine.name.schema));
  for (std::size_t at = 1; at < statements.size(); ++at) statements[at].rollback.clear();
  return statements;
}

Statements drop(const schema::Routine& routine, const Site& site) {
  Statement gone;
  gone.sql = "DROP " + object(routine);
  gone.description = "drop " + described(routine);
  gone.stage = Stage::Remove;
  return undone_by({std::move(gone)}, create(routine, site));
}

Statements rename(const schema::Routine& before, const schema::Routine& after, const Site&) {
  schema::Routine moved = before;
  moved.name = after.name;
  Statement statement =
      changed("name", "ALTER " + object(before) + sql::text(" RENAME TO {}", schema::Name{after.name.name}),
              "ALTER " + object(moved) + sql::text(" RENAME TO {}", schema::Name{before.name.name}));
  statement.description = "rename " + described(before) + " to " + shown(after.name);
  return {std::move(statement)};
}

/// CREATE OR REPLACE keeps what it returns; where that changes no statement names the field: it has to be made anew.
Statements alter(const schema::Routine& before, const schema::Routine& after, const Fields& fields, const Site&) {
  Statements statements;
  const bool replaceable = before.returns == after.returns && before.kind == after.kind && after.kind != "AGGREGATE";
  if (has(fields, "definition") && replaceable) {
    statements.push_back(changed("definition", after.definition, before.definition));
    statements.back().description = "replace " + described(after);
  }
  if (has(fields, "grants")) append(statements, grants_changed(granted_object(after), before.grants, after.grants));
  alter_owner(statements, object(after), before.owner, after.owner, fields);
  alter_comment(statements, object(after), before.comment, after.comment, fields);
  return statements;
}

namespace {

std::string trigger_object(const schema::Trigger& trigger, const Site& site) {
  return sql::text("TRIGGER {} ON {}", trigger.name, site.table);
}

std::string enabling(const schema::Trigger& trigger, const Site& site) {
  const std::string& how = trigger.enabled;
  const std::string word = how == "D"   ? "DISABLE"
                           : how == "R" ? "ENABLE REPLICA"
                           : how == "A" ? "ENABLE ALWAYS"
                                        : "ENABLE";
  return sql::text("ALTER TABLE {} {} TRIGGER {}", site.table, sql::Raw{word}, trigger.name);
}

Statement with_lock(Statement statement, Lock lock, const Site& site) {
  statement.lock = lock;
  statement.table = site.table;
  return statement;
}

}  // namespace

Statements create(const schema::Trigger& trigger, const Site& site) {
  Statement made;
  made.sql = trigger.definition;
  made.description = "create trigger " + trigger.name.text + " on " + shown(site.table);
  made.rollback = {"DROP " + trigger_object(trigger, site)};
  Statements statements{with_lock(std::move(made), Lock::ShareRowExclusive, site)};
  if (trigger.enabled != "O") {
    Statement enabled;
    enabled.sql = enabling(trigger, site);
    enabled.description = "set when trigger " + trigger.name.text + " fires";
    statements.push_back(with_lock(std::move(enabled), Lock::ShareRowExclusive, site));
  }
  add_comment(statements, trigger_object(trigger, site), trigger.comment);
  return statements;
}

Statements drop(const schema::Trigger& trigger, const Site& site) {
  Statement gone = on_table(site.table, "DROP " + trigger_object(trigger, site),
                            "drop trigger " + trigger.name.text + " on " + shown(site.table));
  return undone_by({std::move(gone)}, create(trigger, site));
}

Statements rename(const schema::Trigger& before, const schema::Trigger& after, const Site& site) {
  Statement statement =
      changed("name", sql::text("ALTER TRIGGER {} ON {} RENAME TO {}", before.name, site.table, after.name),
              sql::text("ALTER TRIGGER {} ON {} RENAME TO {}", after.name, site.table, before.name));
  statement.description = "rename trigger " + before.name.text + " to " + after.name.text;
  return {with_lock(std::move(statement), Lock::AccessExclusive, site)};
}

/// A changed definition needs the trigger made anew.
Statements alter(const schema::Trigger& before, const schema::Trigger& after, const Fields& fields, const Site& site) {
  Statements statements;
  if (has(fields, "enabled")) {
    Statement statement = changed("enabled", enabling(after, site), enabling(before, site));
    statement.description = "set when trigger " + after.name.text + " fires";
    statements.push_back(with_lock(std::move(statement), Lock::ShareRowExclusive, site));
  }
  alter_comment(statements, trigger_object(after, site), before.comment, after.comment, fields);
  return statements;
}

namespace {

std::string granted_object(const schema::OtherObject& object) {
  if (object.kind == "SERVER") return "FOREIGN SERVER " + object.identity;
  return (object.kind == "FOREIGN TABLE" ? "TABLE" : object.kind) + " " + object.identity;
}

/// A subscription with a slot ends it on the other server, which no transaction takes back.
bool ends_slot(const schema::OtherObject& object) {
  return object.kind == "SUBSCRIPTION" && std::ranges::any_of(object.create, [](const std::string& text) {
           return text.find(" SET (slot_name = '") != std::string::npos;
         });
}

/// All statements but the first set something that may be set again: subscriptions.
bool can_be_set(const schema::OtherObject& before, const schema::OtherObject& after) {
  return before.kind == "SUBSCRIPTION" && before.create.size() == after.create.size() && !after.create.empty() &&
         before.create.front() == after.create.front();
}

}  // namespace

Statements create(const schema::OtherObject& object, const Site& site) {
  Statements statements;
  for (const std::string& text : object.create) {
    statements.emplace_back();
    statements.back().sql = text;
    statements.back().description = "create " + base::lowered(object.kind) + " " + object.identity;
  }
  if (!statements.empty()) statements.front().rollback = {object.drop};
  const std::string named = object.kind + " " + object.identity;
  add_owner(statements, named, object.owner, site);
  add_comment(statements, named, object.comment);
  const bool table = object.kind == "FOREIGN TABLE";
  append(statements, grants_on(granted_object(object), object.grants, site, table ? "TABLES" : "",
                               table && !object.uses.empty() ? object.uses.front().table.schema : ""));
  // An event trigger hears of what else the plan does: it comes last and goes first.
  if (object.kind == "EVENT TRIGGER") {
    for (Statement& statement : statements) statement.stage = Stage::Remove;
  }
  return statements;
}

Statements drop(const schema::OtherObject& object, const Site& site) {
  Statement gone;
  gone.sql = object.drop;
  gone.description = "drop " + base::lowered(object.kind) + " " + object.identity;
  if (object.kind == "EVENT TRIGGER") gone.stage = Stage::Prepare;
  if (ends_slot(object)) {
    gone.transactional = false;
    gone.stage = Stage::Remove;
  }
  return undone_by({std::move(gone)}, create(object, site));
}

Statements rename(const schema::OtherObject&, const schema::OtherObject&, const Site&) { return {}; }

Statements alter(const schema::OtherObject& before, const schema::OtherObject& after, const Fields& fields,
                 const Site&) {
  Statements statements;
  const std::string named = after.kind + " " + after.identity;
  for (std::size_t at = 1; has(fields, "create") && can_be_set(before, after) && at < after.create.size(); ++at) {
    if (before.create[at] == after.create[at]) continue;
    statements.push_back(changed("create", after.create[at], before.create[at]));
    statements.back().description = "change " + base::lowered(after.kind) + " " + after.identity;
  }
  alter_owner(statements, named, before.owner, after.owner, fields);
  if (has(fields, "grants")) append(statements, grants_changed(granted_object(after), before.grants, after.grants));
  alter_comment(statements, named, before.comment, after.comment, fields);
  return statements;
}

}  // namespace ddl
