#include <algorithm>

#include "ddl/expression.h"
#include "ddl/write.h"
#include "plan/expansion.h"

namespace plan {
namespace {

using ddl::Stage;
using schema::Column;
using schema::ColumnName;
using schema::QualifiedName;

bool has(const std::vector<std::string>& fields, std::string_view name) {
  return std::ranges::find(fields, name) != fields.end();
}

/// What changes of a column of a parent reaches its children before they are brought to what is their own.
void after_parents(const Scene& scene, const QualifiedName& name, Operation& operation) {
  const schema::Table* table = scene.desired_table(name);
  operation.makes.insert(children_key(name));
  if (table == nullptr) return;
  if (table->partition_of) operation.needs.insert(children_key(table->partition_of->parent));
  for (const QualifiedName& parent : table->inherits) operation.needs.insert(children_key(parent));
}

/// The statements up to the backfill, and those from it on.
std::pair<ddl::Statements, ddl::Statements> halves(ddl::Statements statements) {
  const auto filling = std::ranges::find_if(statements, [](const ddl::Statement& statement) {
    return statement.sql.starts_with("UPDATE") || statement.sql.starts_with("DO ");
  });
  ddl::Statements second(std::make_move_iterator(filling), std::make_move_iterator(statements.end()));
  statements.erase(filling, statements.end());
  return {std::move(statements), std::move(second)};
}

Keys computed_from(const Uses& uses, const QualifiedName& table, const Column& column) {
  Keys keys = uses.of(column);
  if (!column.generated) return keys;
  schema::Check reader;
  reader.expression = column.generated->expression;
  keys.merge(uses.of(table, reader));
  keys.erase(column_key(table, column.name));
  return keys;
}

/// What is to be put into the rows that are there, if they cannot simply take the default.
std::optional<schema::Expression> filling(const Scene& scene, const QualifiedName& table, const Column& column) {
  const auto given = scene.options.backfills.find({table, column.name});
  if (given != scene.options.backfills.end()) return given->second;
  const bool busy = scene.site(table).online;
  if (busy && column.server_default && ddl::may_be_volatile(*column.server_default)) return column.server_default;
  return std::nullopt;
}

void append_texts(std::vector<std::string>& to, const ddl::Statements& statements) {
  for (const ddl::Statement& statement : statements) to.push_back(statement.sql);
}

/// The columns of the table that the plan drops; computed ones, which go before what they are computed from, first.
std::vector<Key> dropped_columns(const Scene& scene, const QualifiedName& table) {
  std::vector<Key> computed;
  std::vector<Key> others;
  for (const diff::Change& change : scene.changes.changes) {
    const auto* gone = diff::get_if<diff::Drop<Column>>(&change);
    if (gone == nullptr || gone->table != table) continue;
    (gone->before.generated ? computed : others).push_back(column_key(table, gone->before.name));
  }
  computed.insert(computed.end(), others.begin(), others.end());
  return computed;
}

/// What falls with a dropped column: its names are free then, and it is made again when the column comes back. What
/// stands on several columns falls with the first that goes, and so is made again when all are back.
void add_fallen(Expanding& expanding, const diff::Drop<Column>& change, Operation& gone) {
  const schema::Table* table = expanding.scene.actual_table(change.table);
  if (table == nullptr) return;
  const Key column = column_key(change.table, change.before.name);
  const std::vector<Key> dropped = dropped_columns(expanding.scene, change.table);
  const ddl::Site site = expanding.scene.quiet_site(change.table);
  std::vector<std::string>& rollback = gone.statements.front().rollback;
  const auto fall = [&](const auto& object, const Keys& used) {
    const auto first = std::ranges::find_if(dropped, [&](const Key& key) { return used.contains(key); });
    if (first == dropped.end() || *first != column) return;
    if (expanding.changed.contains(id_of(change.table, object))) return;
    append_texts(rollback, ddl::create(object, site));
    gone.removes.merge(names_made(change.table, object));
  };
  const auto add = [&](const auto& object) { fall(object, expanding.uses.of(change.table, object)); };
  if (table->primary_key) {
    add(*table->primary_key);
    // Until it fell, those of its columns that stay cannot become nullable.
    Keys used = expanding.uses.of(change.table, *table->primary_key);
    if (used.contains(column)) {
      for (const Key& key : dropped) used.erase(key);
      gone.releases.merge(used);
    }
  }
  for (const auto& unique : table->uniques) add(unique);
  for (const auto& check : table->checks) add(check);
  for (const auto& exclusion : table->exclusions) add(exclusion);
  for (const auto& index : table->indexes) add(index);
  for (const auto& key : table->foreign_keys) {
    Keys used;
    for (const schema::Name& name : key.columns) used.insert(column_key(change.table, name));
    if (!is_cut(expanding.scene, change.table, key)) fall(key, used);
  }
}

}  // namespace

bool is_cut(const Scene& scene, const QualifiedName& table, const schema::ForeignKey& key) {
  const auto loses = [&](const QualifiedName& name, const std::vector<schema::Name>& columns) {
    const schema::Table* left = scene.desired_table(name);
    return left == nullptr || std::ranges::any_of(columns, [&](const schema::Name& column) {
             return schema::find_column(*left, column) == nullptr;
           });
  };
  const auto key_changes = [&](const diff::Change& change) {
    const schema::ObjectId object = diff::object_of(change);
    const bool is_key = object.kind == schema::Kind::PrimaryKey || object.kind == schema::Kind::Unique;
    return is_key && object.owner == key.referred_table;
  };
  return scene.desired_table(table) != nullptr && loses(table, key.columns) &&
         (loses(key.referred_table, key.referred_columns) || std::ranges::any_of(scene.changes.changes, key_changes));
}

void expand_column(Expanding& expanding, const diff::Create<Column>& change) {
  const Scene& scene = expanding.scene;
  const ddl::Site site = scene.site(change.table);
  const schema::ObjectId about = id_of(change.table, change.after);
  const auto value = filling(scene, change.table, change.after);
  ddl::Statements statements = value ? ddl::create_filled(change.after, *value, scene.rows(change.table), site)
                                     : ddl::create(change.after, site);
  auto [first, second] = halves(std::move(statements));
  Operation& made = expanding.operations.add(std::move(first), Rank::AddColumn, about);
  made.needs = computed_from(expanding.uses, change.table, change.after);
  made.needs.insert(table_key(change.table));
  made.makes = {column_key(change.table, change.after.name), children_key(change.table)};
  const Key not_null = not_null_key(change.table, change.after.name);
  if (second.empty()) {
    if (change.after.not_null) made.makes.insert(not_null);
    return;
  }
  Operation& filled = expanding.operations.add(std::move(second), Rank::AlterColumn, about);
  filled.needs = {column_key(change.table, change.after.name)};
  if (change.after.not_null) filled.makes = {not_null};
}

void expand_column(Expanding& expanding, const diff::Drop<Column>& change) {
  const ddl::Site site = expanding.scene.quiet_site(change.table);
  Operation& gone =
      expanding.operations.add(ddl::drop(change.before, site), Rank::DropColumn, id_of(change.table, change.before));
  gone.releases = computed_from(expanding.uses, change.table, change.before);
  gone.releases.insert(table_key(change.table));
  gone.removes = {column_key(change.table, change.before.name)};
  add_fallen(expanding, change, gone);
}

namespace {

void remake(Expanding& expanding, const QualifiedName& table, const Column& before, const Column& after) {
  const ddl::Site site = expanding.scene.quiet_site(table);
  ddl::Statements dropped = ddl::drop(before, site);
  dropped.front().stage = Stage::Main;
  dropped.front().description += ": it is computed anew";
  dropped.front().fields = {"generated", "type", "collation", "server_default", "not_null"};
  Operation& gone = expanding.operations.add(std::move(dropped), Rank::DropConstraint, id_of(table, before));
  gone.releases = computed_from(expanding.uses, table, before);
  gone.releases.insert(table_key(table));
  gone.removes = {column_key(table, before.name)};
  gone.moves = true;
  ddl::Statements statements = ddl::create(after, site);
  for (ddl::Statement& statement : statements) statement.fields = {"generated", "type", "collation", "not_null"};
  Operation& made = expanding.operations.add(std::move(statements), Rank::RemakeColumn, id_of(table, after));
  made.needs = computed_from(expanding.uses, table, after);
  made.needs.insert(table_key(table));
  made.makes = {column_key(table, after.name)};
  const schema::Table* actual = expanding.scene.actual_table(table);
  if (actual == nullptr) return;
  for (const schema::Grant& grant : actual->grants) {
    if (grant.column == before.name)
      expanding.operations.make(table, grant, site).needs.insert(column_key(table, after.name));
  }
}

/// NOT NULL comes after the values, and goes after what needs it.
void change_nullability(Expanding& expanding, const diff::Alter<Column>& change) {
  const Scene& scene = expanding.scene;
  const ColumnName name{change.table, change.after.name};
  ddl::Site site = scene.site(change.table);
  if (scene.disturbed.is_retyped(name)) site.online = false;
  ddl::Statements statements;
  const auto value = scene.options.backfills.find(name);
  if (change.after.not_null && value != scene.options.backfills.end()) {
    schema::Column filled = change.after;
    auto [first, second] = halves(ddl::create_filled(filled, value->second, scene.rows(change.table), site));
    statements = std::move(second);
  } else {
    statements = ddl::nullability_changed(change.after, site);
  }
  for (ddl::Statement& statement : statements) statement.fields = {"not_null"};
  Operation& altered =
      expanding.operations.add(std::move(statements), Rank::AlterColumn, id_of(change.table, change.after));
  altered.needs = {table_key(change.table), column_key(change.table, change.after.name)};
  after_parents(scene, change.table, altered);
  const Key key = not_null_key(change.table, change.after.name);
  (change.after.not_null ? altered.makes : altered.removes).insert(key);
}

void alter_rest(Expanding& expanding, const diff::Alter<Column>& change, const std::vector<std::string>& fields) {
  if (fields.empty()) return;
  const ddl::Site site = expanding.scene.site(change.table);
  ddl::Statements statements = ddl::alter(change.before, change.after, fields, site);
  const schema::ObjectId about = id_of(change.table, change.after);
  for (const std::string& field : fields) {
    const bool covered =
        std::ranges::any_of(statements, [&](const ddl::Statement& statement) { return has(statement.fields, field); });
    const bool implied = field == "serial" || field == "server_default";
    if (covered || (implied && change.before.serial && change.after.serial)) continue;
    expanding.operations.unsupported(about, "change " + field + " of " + ddl::shown(change.table, change.after.name) +
                                                ": there is no statement for it");
  }
  if (statements.empty()) return;
  Operation& altered = expanding.operations.add(std::move(statements), Rank::AlterColumn, about);
  altered.needs = expanding.uses.of(change.after);
  altered.needs.insert(table_key(change.table));
  altered.needs.insert(column_key(change.table, change.after.name));
  altered.releases = expanding.uses.of(change.before);
  after_parents(expanding.scene, change.table, altered);
  const Key not_null = not_null_key(change.table, change.after.name);
  if (change.after.identity && has(change.fields, "not_null")) altered.needs.insert(not_null);
  if (change.before.identity && !change.after.identity) altered.releases.insert(not_null);
}

}  // namespace

void expand_column(Expanding& expanding, const diff::Alter<Column>& change) {
  const ColumnName name{change.table, change.after.name};
  if (expanding.scene.disturbed.remade.contains(name)) {
    remake(expanding, change.table, change.before, change.after);
    return;
  }
  const bool retyped = expanding.scene.disturbed.is_retyped(name);
  std::vector<std::string> rest;
  for (const std::string& field : change.fields) {
    if (field == "type" || field == "collation" || field == "not_null") continue;
    const bool plain = !change.before.serial && !change.after.serial && !change.before.identity &&
                       !change.after.identity && !change.before.generated && !change.after.generated;
    if (field == "server_default" && retyped && plain) continue;
    rest.push_back(field);
  }
  if (has(change.fields, "not_null")) change_nullability(expanding, change);
  alter_rest(expanding, change, rest);
}

void retype_columns(Expanding& expanding) {
  const Scene& scene = expanding.scene;
  for (const auto& [table, columns] : scene.disturbed.retypes) {
    ddl::Statement statement = ddl::retyped(table, columns);
    for (const ddl::Retype& column : columns) {
      const schema::Conversion conversion = scene.context.conversion(column.before, column.after);
      if (column.conversion || conversion.rewrite == schema::Rewrite::Table) statement.rewrites = true;
      if (conversion.rewrite == schema::Rewrite::Indexes) statement.builds_index = true;
    }
    Operation& retyped =
        expanding.operations.add({std::move(statement)}, Rank::Retype, id_of(table, columns.front().after));
    retyped.needs = {table_key(table)};
    after_parents(scene, table, retyped);
    retyped.moves = true;
    for (const ddl::Retype& column : columns) {
      const Key key = column_key(table, column.after.name);
      retyped.removes.insert(key);
      retyped.makes.insert(key);
      retyped.needs.merge(expanding.uses.of(column.after));
      retyped.releases.merge(expanding.uses.of(column.before));
    }
  }
  for (const ColumnName& column : scene.disturbed.remade) {
    const schema::Table* table = scene.actual_table(column.table);
    const Column* found = table == nullptr ? nullptr : schema::find_column(*table, column.column);
    if (found == nullptr || expanding.changed.contains(id_of(column.table, *found))) continue;
    remake(expanding, column.table, *found, *found);
  }
}

}  // namespace plan
