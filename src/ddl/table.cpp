#include <algorithm>
#include <map>
#include <utility>

#include "base/text.h"
#include "ddl/column.h"
#include "ddl/constraint.h"
#include "ddl/policy.h"
#include "ddl/privilege.h"
#include "ddl/write.h"

namespace ddl {
namespace {

std::string object(const schema::QualifiedName& table) { return sql::text("TABLE {}", table); }

std::string table_options(const schema::Table& table) {
  std::string text;
  if (!table.inherits.empty()) text += sql::text(" INHERITS ({})", table.inherits);
  if (table.partitioning)
    text += " PARTITION BY " + table.partitioning->strategy + " (" + table.partitioning->key + ")";
  if (!table.access_method.empty()) text += sql::text(" USING {}", schema::Name{table.access_method});
  text += with_parameters(table.storage_parameters);
  if (!table.tablespace.empty()) text += sql::text(" TABLESPACE {}", schema::Name{table.tablespace});
  return text;
}

/// Checks that were never validated come after the table, as they are.
template <class T>
bool stands_in_table(const T& constraint) {
  return constraint.validated || !constraint.enforced;
}

/// In CREATE TABLE the server takes a unique constraint on the columns of another key for that key, and makes one only.
bool repeats_a_key(const schema::Table& table, const schema::Unique& unique) {
  if (table.primary_key && table.primary_key->columns == unique.columns) return true;
  const auto first = std::ranges::find(table.uniques, unique.columns, &schema::Unique::columns);
  return &*first != &unique;
}

std::vector<std::string> parts(const schema::Table& table, const std::vector<schema::ForeignKey>& inline_keys) {
  std::vector<std::string> result;
  for (const schema::Column& column : table.columns) {
    // A partition is made whole before it is attached.
    if (!column.inherited || table.partition_of) result.push_back(column_text(table.name, column));
  }
  if (table.primary_key) result.push_back(constraint_text(*table.primary_key));
  for (const schema::Unique& unique : table.uniques) {
    if (!repeats_a_key(table, unique)) result.push_back(constraint_text(unique));
  }
  for (const schema::Check& check : table.checks) {
    if (stands_in_table(check)) result.push_back(constraint_text(check));
  }
  for (const schema::Exclusion& exclusion : table.exclusions) result.push_back(constraint_text(exclusion));
  for (const schema::ForeignKey& key : inline_keys) result.push_back(constraint_text(key));
  return result;
}

void add_constraint_comments(Statements& statements, const schema::Table& table) {
  const auto add = [&](const auto& constraint) {
    add_comment(statements, constraint_object(table.name, constraint.name), constraint.comment);
  };
  if (table.primary_key) add(*table.primary_key);
  for (const auto& unique : table.uniques) {
    if (!repeats_a_key(table, unique)) add(unique);
  }
  for (const auto& check : table.checks) {
    if (stands_in_table(check)) add(check);
  }
  for (const auto& exclusion : table.exclusions) add(exclusion);
}

Statement attached(const schema::QualifiedName& table, const schema::PartitionOf& part) {
  Statement statement =
      on_table(part.parent, sql::text("ALTER TABLE {} ATTACH PARTITION {} ", part.parent, table) + part.bound,
               "attach partition " + shown(table) + " to " + shown(part.parent));
  statement.lock = Lock::ShareUpdateExclusive;
  statement.scans = true;
  return statement;
}

Statement created(const schema::Table& table, const std::vector<schema::ForeignKey>& inline_keys) {
  Statement made;
  made.sql = std::string("CREATE ") + (table.unlogged ? "UNLOGGED " : "") + object(table.name) + " (";
  const std::vector<std::string> all = parts(table, inline_keys);
  if (!all.empty()) made.sql += "\n    " + base::joined(all, ",\n    ") + "\n";
  made.sql += ")" + table_options(table);
  made.description = "create table " + shown(table.name);
  made.rollback = {"DROP " + object(table.name)};
  if (!inline_keys.empty()) {
    made.lock = Lock::ShareRowExclusive;
    made.table = inline_keys.front().referred_table;
  }
  return made;
}

Site inside(const schema::Table& table, const Site& site) {
  Site result = site;
  result.table = table.name;
  result.online = false;
  result.partitioned = table.partitioning.has_value();
  return result;
}

void no_rollback_after_first(Statements& statements, std::size_t first) {
  for (std::size_t at = first + 1; at < statements.size(); ++at) statements[at].rollback.clear();
}

std::string replica_identity_text(const schema::Table& table) {
  const std::string how = table.replica_identity.empty() ? "DEFAULT" : table.replica_identity;
  return sql::text("ALTER TABLE {} REPLICA IDENTITY {}", table.name, sql::Raw{how});
}

}  // namespace

Statements create_bare_table(const schema::Table& table, const std::vector<schema::ForeignKey>& inline_keys,
                             const Site& site) {
  Statements statements;
  const Site here = inside(table, site);
  for (const schema::Column& column : table.columns) append(statements, before_column(table.name, column));
  const std::size_t first = statements.size();
  statements.push_back(created(table, inline_keys));
  for (const schema::Column& column : table.columns) append(statements, after_column(table.name, column));
  for (const schema::Check& check : table.checks) {
    if (!stands_in_table(check)) append(statements, create(check, here));
  }
  for (const schema::Unique& unique : table.uniques) {
    if (repeats_a_key(table, unique)) append(statements, create(unique, here));
  }
  for (const schema::Index& index : table.indexes) append(statements, create(index, here));
  for (const schema::AttachedIndex& attached : table.attached_indexes) append(statements, create(attached.index, here));
  add_owner(statements, object(table.name), table.owner, site);
  add_comment(statements, object(table.name), table.comment);
  add_constraint_comments(statements, table);
  for (const schema::ForeignKey& key : inline_keys) {
    add_comment(statements, constraint_object(table.name, key.name), key.comment);
  }
  if (!table.replica_identity.empty() && table.replica_identity != "INDEX") {
    statements.push_back(on_table(table.name, replica_identity_text(table), "set replica identity"));
  }
  if (table.partition_of) statements.push_back(attached(table.name, *table.partition_of));
  no_rollback_after_first(statements, first);
  return statements;
}

Statements secure_table(const schema::Table& table, const Site& site) {
  Statements statements;
  const Site here = inside(table, site);
  append(statements, security_changed({}, table.row_security, here));
  for (Statement& statement : statements) statement.rollback.clear();
  // A policy may read other tables: it goes before them.
  for (const schema::Policy& policy : table.policies) append(statements, create(policy, here));
  append(statements, grants_on(object(table.name), table.grants, site, "TABLES", table.name.schema));
  std::map<schema::QualifiedName, std::vector<schema::Grant>> of_sequences;
  for (const schema::Column& column : table.columns) {
    if (column.serial) of_sequences[sequence_of(table.name, column)];
  }
  for (const auto& [sequence, grant] : table.sequence_grants) of_sequences[sequence].push_back(grant);
  for (const auto& [sequence, grants] : of_sequences) {
    append(statements, grants_on(sql::text("SEQUENCE {}", sequence), grants, site, "SEQUENCES", sequence.schema));
  }
  return statements;
}

Statements create(const schema::Table& table, const Site& site) {
  std::vector<schema::ForeignKey> inline_keys;
  const Site here = inside(table, site);
  Statements late;
  for (const schema::ForeignKey& key : table.foreign_keys) {
    if (stands_in_table(key)) {
      inline_keys.push_back(key);
    } else {
      append(late, create(key, here));
    }
  }
  Statements statements = create_bare_table(table, inline_keys, site);
  append(statements, std::move(late));
  for (const schema::Trigger& trigger : table.triggers) append(statements, create(trigger, here));
  append(statements, secure_table(table, site));
  for (Statement& statement : statements) statement.rollback.clear();
  if (!statements.empty()) statements.front().rollback = {"DROP " + object(table.name)};
  return statements;
}

Statements drop(const schema::Table& table, const Site& site) {
  Statement gone = on_table(table.name, "DROP " + object(table.name), "drop table " + shown(table.name));
  gone.stage = Stage::Remove;
  return undone_by({std::move(gone)}, create(table, site));
}

Statements rename(const schema::Table& before, const schema::Table& after, const Site&) {
  Statements statements;
  schema::QualifiedName moved = before.name;
  const std::string description = "rename table " + shown(before.name) + " to " + shown(after.name);
  if (before.name.schema != after.name.schema) {
    moved.schema = after.name.schema;
    statements.push_back(
        on_table(before.name, sql::text("ALTER TABLE {} SET SCHEMA {}", before.name, schema::Name{after.name.schema}),
                 description));
    statements.back().rollback = {sql::text("ALTER TABLE {} SET SCHEMA {}", moved, schema::Name{before.name.schema})};
  }
  if (before.name.name != after.name.name) {
    statements.push_back(
        on_table(moved, sql::text("ALTER TABLE {} RENAME TO {}", moved, schema::Name{after.name.name}), description));
    statements.back().rollback = {sql::text("ALTER TABLE {} RENAME TO {}", after.name, schema::Name{moved.name})};
  }
  for (Statement& statement : statements) statement.fields = {"name"};
  for (const schema::Column& column : before.columns) {
    append(statements, sequence_renamed(before.name, after.name, column, column));
  }
  return statements;
}

namespace {

void alter_inheritance(Statements& statements, const schema::Table& before, const schema::Table& after) {
  const auto contains = [](const std::vector<schema::QualifiedName>& list, const schema::QualifiedName& name) {
    return std::ranges::find(list, name) != list.end();
  };
  const auto add = [&](const char* words, const char* inverse, const schema::QualifiedName& parent) {
    statements.push_back(on_table(after.name, sql::text("ALTER TABLE {} {} {}", after.name, sql::Raw{words}, parent),
                                  "change what " + shown(after.name) + " inherits"));
    statements.back().rollback = {sql::text("ALTER TABLE {} {} {}", after.name, sql::Raw{inverse}, parent)};
    statements.back().fields = {"inherits"};
  };
  for (const auto& parent : before.inherits) {
    if (!contains(after.inherits, parent)) add("NO INHERIT", "INHERIT", parent);
  }
  for (const auto& parent : after.inherits) {
    if (!contains(before.inherits, parent)) add("INHERIT", "NO INHERIT", parent);
  }
}

void alter_partition(Statements& statements, const schema::Table& before, const schema::Table& after) {
  if (before.partition_of) {
    statements.push_back(
        on_table(before.partition_of->parent,
                 sql::text("ALTER TABLE {} DETACH PARTITION {}", before.partition_of->parent, after.name),
                 "detach partition " + shown(after.name)));
    statements.back().rollback = {attached(after.name, *before.partition_of).sql};
    statements.back().fields = {"partition_of"};
  }
  if (after.partition_of) {
    statements.push_back(attached(after.name, *after.partition_of));
    statements.back().rollback = {
        sql::text("ALTER TABLE {} DETACH PARTITION {}", after.partition_of->parent, after.name)};
    statements.back().fields = {"partition_of"};
  }
}

Statement table_altered(const schema::Table& table, const char* field, const std::string& forward,
                        const std::string& back, bool rewrites) {
  Statement statement = on_table(table.name, sql::text("ALTER TABLE {} ", table.name) + forward,
                                 "change " + base::replaced(field, "_", " ") + " of " + shown(table.name));
  statement.rollback = {sql::text("ALTER TABLE {} ", table.name) + back};
  statement.fields = {field};
  statement.rewrites = rewrites;
  return statement;
}

void alter_parameters(Statements& statements, const schema::Table& before, const schema::Table& after) {
  const auto back = parameter_changes(after.storage_parameters, before.storage_parameters);
  bool first = true;
  for (const std::string& clause : parameter_changes(before.storage_parameters, after.storage_parameters)) {
    statements.push_back(table_altered(after, "storage_parameters", clause, clause, false));
    statements.back().lock = Lock::ShareUpdateExclusive;
    statements.back().rollback.clear();
    if (!std::exchange(first, false)) continue;
    for (const std::string& undo : back) {
      statements.back().rollback.push_back(sql::text("ALTER TABLE {} ", after.name) + undo);
    }
  }
}

}  // namespace

Statements alter(const schema::Table& before, const schema::Table& after, const Fields& fields, const Site& site) {
  Statements statements;
  Site here = site;
  here.table = after.name;
  if (has(fields, "row_security")) {
    append(statements, security_changed(before.row_security, after.row_security, here));
  }
  if (has(fields, "unlogged")) {
    const auto text = [](bool unlogged) { return unlogged ? "SET UNLOGGED" : "SET LOGGED"; };
    statements.push_back(table_altered(after, "unlogged", text(after.unlogged), text(before.unlogged), true));
  }
  if (has(fields, "storage_parameters")) alter_parameters(statements, before, after);
  if (has(fields, "access_method") && site.server_version >= 150000) {
    const auto text = [](const schema::Table& table) {
      return sql::text("SET ACCESS METHOD {}",
                       schema::Name{table.access_method.empty() ? "heap" : table.access_method});
    };
    statements.push_back(table_altered(after, "access_method", text(after), text(before), true));
  }
  if (has(fields, "tablespace")) {
    const auto text = [](const schema::Table& table) {
      return sql::text("SET TABLESPACE {}", schema::Name{table.tablespace.empty() ? "pg_default" : table.tablespace});
    };
    statements.push_back(table_altered(after, "tablespace", text(after), text(before), true));
  }
  if (has(fields, "replica_identity") && after.replica_identity != "INDEX") {
    statements.push_back(on_table(after.name, replica_identity_text(after), "change replica identity"));
    if (before.replica_identity != "INDEX") statements.back().rollback = {replica_identity_text(before)};
    statements.back().fields = {"replica_identity"};
  } else if (has(fields, "replica_identity")) {
    for (const schema::Index& index : after.indexes) {
      if (!index.replica_identity) continue;
      statements.push_back(on_table(after.name,
                                    sql::text("ALTER TABLE {} REPLICA IDENTITY USING INDEX {}", after.name, index.name),
                                    "change replica identity"));
      statements.back().rollback = {replica_identity_text(before)};
      statements.back().fields = {"replica_identity"};
      statements.back().stage = Stage::Finish;
    }
  }
  if (has(fields, "inherits")) alter_inheritance(statements, before, after);
  if (has(fields, "partition_of")) alter_partition(statements, before, after);
  alter_owner(statements, object(after.name), before.owner, after.owner, fields);
  alter_comment(statements, object(after.name), before.comment, after.comment, fields);
  return statements;
}

}  // namespace ddl
