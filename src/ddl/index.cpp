#include "ddl/index.h"

#include "base/text.h"
#include "ddl/write.h"

namespace ddl {
namespace {

std::string object(const schema::Index& index, const Site& site) {
  return "INDEX " + index_name(site.table, index.name);
}

Statement built(const schema::Index& index, const schema::Name& name, const Site& site) {
  const bool concurrently = site.online && !site.partitioned;
  Statement made;
  made.sql = create_index_text(index, name, site.table, concurrently);
  made.description =
      "create " + std::string(index.unique ? "unique " : "") + "index " + name.text + " on " + shown(site.table);
  made.rollback = {"DROP INDEX " + index_name(site.table, name)};
  made.lock = concurrently ? Lock::ShareUpdateExclusive : Lock::Share;
  made.table = site.table;
  made.transactional = !concurrently;
  made.stage = concurrently ? Stage::Concurrent : Stage::Main;
  made.scans = true;
  made.builds_index = true;
  return made;
}

Statement removed(const schema::Index& index, const Site& site) {
  const bool concurrently = site.online && !site.partitioned;
  Statement gone;
  gone.sql = std::string("DROP INDEX ") + (concurrently ? "CONCURRENTLY " : "") + index_name(site.table, index.name);
  gone.description = "drop index " + index.name.text;
  gone.lock = concurrently ? Lock::ShareUpdateExclusive : Lock::AccessExclusive;
  gone.table = site.table;
  gone.transactional = !concurrently;
  gone.stage = concurrently ? Stage::Concurrent : Stage::Main;
  return gone;
}

void add_marks(Statements& statements, const schema::Index& index, const Site& site) {
  const auto mark = [&](std::string text, std::string description) {
    Statement marked = on_table(site.table, std::move(text), std::move(description));
    marked.stage = statements.front().stage == Stage::Concurrent ? Stage::Finish : Stage::Main;
    statements.push_back(std::move(marked));
  };
  if (index.clustered) {
    mark(sql::text("ALTER TABLE {} CLUSTER ON {}", site.table, index.name), "cluster on index " + index.name.text);
  }
  if (index.replica_identity) {
    mark(sql::text("ALTER TABLE {} REPLICA IDENTITY USING INDEX {}", site.table, index.name),
         "replica identity by index " + index.name.text);
  }
}

/// The replacement is built beside the old index under another name.
Statements replaced_online(const schema::Index& before, const schema::Index& after, const Site& site) {
  const schema::Name beside = temporary_name(after.name, "new");
  Statement renamed;
  renamed.sql = sql::text("ALTER INDEX {} RENAME TO {}", sql::Raw{index_name(site.table, beside)}, after.name);
  renamed.rollback = {sql::text("ALTER INDEX {} RENAME TO {}", sql::Raw{index_name(site.table, after.name)}, beside)};
  renamed.description = "rename index " + beside.text + " to " + after.name.text;
  renamed.lock = Lock::ShareUpdateExclusive;
  renamed.table = site.table;
  renamed.stage = Stage::Finish;
  Site plain = site;
  plain.online = false;
  Statements statements{built(after, beside, site), removed(before, site), std::move(renamed)};
  statements[1].rollback = texts(create(before, plain));
  if (after.comment) {
    add_comment(statements, object(after, site), after.comment);
    statements.back().stage = Stage::Finish;
  }
  add_marks(statements, after, site);
  return statements;
}

}  // namespace

std::string key_text(const schema::IndexKey& key) {
  std::string text = key.column.empty() ? bracketed(key.expression) : sql::quoted(key.column);
  if (!key.collation.empty()) text += sql::text(" COLLATE {}", key.collation);
  if (!key.operator_class.empty()) {
    text += sql::text(" {}", key.operator_class);
    if (!key.operator_class_parameters.empty()) text += " (" + key.operator_class_parameters + ")";
  }
  if (key.descending) text += " DESC";
  if (key.nulls_first != key.descending) text += key.nulls_first ? " NULLS FIRST" : " NULLS LAST";
  return text;
}

std::string create_index_text(const schema::Index& index, const schema::Name& name, const schema::QualifiedName& table,
                              bool concurrently) {
  std::vector<std::string> keys;
  for (const schema::IndexKey& key : index.keys) keys.push_back(key_text(key));
  std::string text = std::string("CREATE ") + (index.unique ? "UNIQUE " : "") + "INDEX ";
  if (concurrently) text += "CONCURRENTLY ";
  text += sql::text("{} ON {}{}", name, sql::Raw{index.on_only ? "ONLY " : ""}, table);
  if (index.method != "btree") text += sql::text(" USING {}", schema::Name{index.method});
  text += " (" + base::joined(keys, ", ") + ")";
  if (!index.include.empty()) text += sql::text(" INCLUDE ({})", index.include);
  if (index.nulls_not_distinct) text += " NULLS NOT DISTINCT";
  text += with_parameters(index.storage_parameters);
  if (!index.tablespace.empty()) text += sql::text(" TABLESPACE {}", schema::Name{index.tablespace});
  if (index.predicate) text += " WHERE " + sql::quoted(*index.predicate);
  return text;
}

std::string index_name(const schema::QualifiedName& table, const schema::Name& index) {
  return sql::quoted(schema::QualifiedName{table.schema, index.text});
}

schema::Name temporary_name(const schema::Name& name, std::string_view label) {
  return made_name(name.text, "", label);
}

Statement drop_invalid(const schema::QualifiedName& table, const schema::Name& index) {
  Statement gone;
  gone.sql = "DROP INDEX CONCURRENTLY IF EXISTS " + index_name(table, index);
  gone.description = "drop invalid index " + index.text;
  gone.lock = Lock::ShareUpdateExclusive;
  gone.table = table;
  gone.transactional = false;
  gone.stage = Stage::Prepare;
  return gone;
}

Statements create(const schema::Index& index, const Site& site) {
  Statements statements{built(index, index.name, site)};
  if (index.comment) {
    add_comment(statements, object(index, site), index.comment);
    if (statements.front().stage == Stage::Concurrent) statements.back().stage = Stage::Finish;
  }
  add_marks(statements, index, site);
  return statements;
}

Statements drop(const schema::Index& index, const Site& site) {
  Site plain = site;
  plain.online = false;
  return undone_by({removed(index, site)}, create(index, plain));
}

Statements replace(const schema::Index& before, const schema::Index& after, const Site& site) {
  if (site.online && !site.partitioned) return replaced_online(before, after, site);
  Statements statements = drop(before, site);
  append(statements, create(after, site));
  return statements;
}

Statements rename(const schema::Index& before, const schema::Index& after, const Site& site) {
  Statement statement = changed(
      "name", sql::text("ALTER INDEX {} RENAME TO {}", sql::Raw{index_name(site.table, before.name)}, after.name),
      sql::text("ALTER INDEX {} RENAME TO {}", sql::Raw{index_name(site.table, after.name)}, before.name));
  statement.description = "rename index " + before.name.text + " to " + after.name.text;
  statement.lock = Lock::ShareUpdateExclusive;
  statement.table = site.table;
  return {std::move(statement)};
}

namespace {

std::string clustering(const schema::Index& index, const Site& site) {
  if (!index.clustered) return sql::text("ALTER TABLE {} SET WITHOUT CLUSTER", site.table);
  return sql::text("ALTER TABLE {} CLUSTER ON {}", site.table, index.name);
}

std::string replica_identity(const schema::Index& index, const Site& site) {
  if (!index.replica_identity) return sql::text("ALTER TABLE {} REPLICA IDENTITY DEFAULT", site.table);
  return sql::text("ALTER TABLE {} REPLICA IDENTITY USING INDEX {}", site.table, index.name);
}

}  // namespace

Statements alter(const schema::Index& before, const schema::Index& after, const Fields& fields, const Site& site) {
  Statements statements;
  const std::string index = "ALTER INDEX " + index_name(site.table, after.name) + " ";
  if (has(fields, "storage_parameters")) {
    const auto forward = parameter_changes(before.storage_parameters, after.storage_parameters);
    const auto back = parameter_changes(after.storage_parameters, before.storage_parameters);
    for (const std::string& clause : forward) {
      statements.push_back(on_table(site.table, index + clause, "change storage parameters of " + after.name.text));
      statements.back().lock = Lock::ShareUpdateExclusive;
      statements.back().fields = {"storage_parameters"};
    }
    for (const std::string& clause : back) {
      if (!statements.empty()) statements.front().rollback.push_back(index + clause);
    }
  }
  if (has(fields, "tablespace")) {
    const auto move = [&](const std::string& to) {
      return index + sql::text("SET TABLESPACE {}", schema::Name{to.empty() ? "pg_default" : to});
    };
    statements.push_back(on_table(site.table, move(after.tablespace), "move index " + after.name.text));
    statements.back().rollback = {move(before.tablespace)};
    statements.back().fields = {"tablespace"};
  }
  if (has(fields, "clustered")) {
    statements.push_back(on_table(site.table, clustering(after, site), "change clustering of " + shown(site.table)));
    statements.back().rollback = {clustering(before, site)};
    statements.back().fields = {"clustered"};
  }
  if (has(fields, "replica_identity")) {
    statements.push_back(
        on_table(site.table, replica_identity(after, site), "change replica identity of " + shown(site.table)));
    statements.back().rollback = {replica_identity(before, site)};
    statements.back().fields = {"replica_identity"};
  }
  alter_comment(statements, object(after, site), before.comment, after.comment, fields);
  return statements;
}

}  // namespace ddl
