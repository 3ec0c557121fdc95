#include "plan/uses.h"

#include <optional>

#include "base/text.h"
#include "ddl/expression.h"
#include "ddl/write.h"
#include "diff/mention.h"

namespace plan {
namespace {

using schema::Name;
using schema::QualifiedName;

void add(Keys& to, const Keys& more) { to.insert(more.begin(), more.end()); }

void add_columns_of(Keys& keys, const QualifiedName& table, const std::vector<Name>& columns) {
  for (const Name& column : columns) keys.insert(column_key(table, column));
}

/// "public.users" or "users", which the server writes for what lies in pg_catalog.
QualifiedName split_name(const std::string& text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string::npos) return {"public", text};
  return {text.substr(0, dot), text.substr(dot + 1)};
}

/// Words, those in string constants among them: a regclass constant names a table.
std::vector<ddl::Word> all_words(const std::string& text) {
  std::vector<ddl::Word> words = ddl::words(text);
  if (text.find('\'') == std::string::npos) return words;
  for (ddl::Word& word : ddl::words(base::replaced(text, "'", " "))) words.push_back(std::move(word));
  return words;
}

}  // namespace

Uses::Uses(const schema::Database& actual, const schema::Database& desired) {
  add_names(actual);
  add_names(desired);
}

void Uses::add_names(const schema::Database& database) {
  for (const auto& routine : database.routines) routines_[routine.name.name].insert(routine_key(routine.name));
  const auto add_type = [this](const QualifiedName& name) { types_[name.name].insert(type_key(name)); };
  for (const auto& type : database.enums) {
    add_type(type.name);
    types_[type.name.name].insert(labels_key(type.name));
  }
  for (const auto& type : database.domains) add_type(type.name);
  for (const auto& type : database.composites) add_type(type.name);
  for (const auto& type : database.ranges) add_type(type.name);
  for (const auto& table : database.tables) add_columns(table);
  for (const auto& view : database.views) tables_[view.name.name].push_back(view.name);
}

void Uses::add_columns(const schema::Table& table) {
  tables_[table.name.name].push_back(table.name);
  for (const auto& column : table.columns) column_names_[table.name].insert(column.name.text);
}

Keys Uses::of(const schema::TypeName& type) const {
  if (type.schema.empty()) return {};
  const QualifiedName name{type.schema, type.name};
  // A table is a type too.
  return {type_key(name), labels_key(name), table_key(name), schema_key(type.schema)};
}

Keys Uses::routines_and_types_in(const std::string& text, Naming naming) const {
  Keys keys;
  for (const ddl::Word& word : ddl::words(text)) {
    if (const auto found = types_.find(word.text); found != types_.end()) add(keys, found->second);
    if (!word.called && naming == Naming::Calls) continue;
    if (const auto found = routines_.find(word.text); found != routines_.end()) add(keys, found->second);
  }
  return keys;
}

Keys Uses::of(const schema::Expression& expression) const {
  Keys keys = routines_and_types_in(expression.text);
  for (const std::string& name : diff::sequences_in(expression.text)) keys.insert(sequence_key(split_name(name)));
  return keys;
}

Keys Uses::of(const std::optional<schema::Expression>& expression) const {
  return expression ? of(*expression) : Keys{};
}

namespace {

void add_collation(Keys& keys, const QualifiedName& collation) {
  if (!collation.schema.empty()) keys.insert(other_key("COLLATION " + sql::fully_quoted(collation)));
}

}  // namespace

Keys Uses::of(const schema::Column& column) const {
  Keys keys = of(column.type);
  add_collation(keys, column.collation);
  add(keys, of(column.server_default));
  if (column.generated) add(keys, of(column.generated->expression));
  return keys;
}

Keys Uses::of(const schema::Table& table) const {
  Keys keys{schema_key(table.name.schema)};
  for (const auto& column : table.columns) add(keys, of(column));
  for (const auto& check : table.checks) add(keys, of(check.expression));
  for (const auto& index : table.indexes) {
    add(keys, of(index.predicate));
    for (const auto& key : index.keys) add(keys, of(key.expression));
  }
  for (const auto& parent : table.inherits) keys.insert(table_key(parent));
  if (table.partition_of) keys.insert(table_key(table.partition_of->parent));
  if (table.partitioning) add(keys, routines_and_types_in(table.partitioning->key));
  return keys;
}

Keys Uses::columns_in(const QualifiedName& table, const std::string& text) const {
  Keys keys;
  const auto columns = column_names_.find(table);
  if (columns == column_names_.end()) return keys;
  for (const ddl::Word& word : ddl::words(text)) {
    if (columns->second.contains(word.text)) keys.insert(column_key(table, {word.text}));
  }
  return keys;
}

Keys Uses::key_of(const QualifiedName& table, const schema::IndexKey& key) const {
  Keys keys = key.column.empty() ? columns_in(table, key.expression.text) : Keys{column_key(table, key.column)};
  add_collation(keys, key.collation);
  if (!key.column.empty()) return keys;
  add(keys, of(key.expression));
  return keys;
}

Keys Uses::of(const QualifiedName& table, const schema::PrimaryKey& key) const {
  Keys keys{table_key(table)};
  add_columns_of(keys, table, key.columns);
  add_columns_of(keys, table, key.include);
  for (const Name& column : key.columns) keys.insert(not_null_key(table, column));
  return keys;
}

Keys Uses::of(const QualifiedName& table, const schema::Unique& unique) const {
  Keys keys{table_key(table)};
  add_columns_of(keys, table, unique.columns);
  add_columns_of(keys, table, unique.include);
  return keys;
}

Keys Uses::of(const QualifiedName& table, const schema::Check& check) const {
  Keys keys = columns_in(table, check.expression.text);
  keys.insert(table_key(table));
  add(keys, of(check.expression));
  return keys;
}

Keys Uses::of(const QualifiedName& table, const schema::ForeignKey& key) const {
  Keys keys{table_key(table), table_key(key.referred_table), keys_key(key.referred_table)};
  add_columns_of(keys, table, key.columns);
  add_columns_of(keys, key.referred_table, key.referred_columns);
  return keys;
}

Keys Uses::of(const QualifiedName& table, const schema::Exclusion& exclusion) const {
  Keys keys{table_key(table)};
  for (const auto& element : exclusion.elements) add(keys, key_of(table, element.key));
  add_columns_of(keys, table, exclusion.include);
  if (exclusion.predicate) add(keys, columns_in(table, exclusion.predicate->text));
  add(keys, of(exclusion.predicate));
  return keys;
}

Keys Uses::of(const QualifiedName& table, const schema::Index& index) const {
  Keys keys{table_key(table)};
  for (const auto& key : index.keys) add(keys, key_of(table, key));
  add_columns_of(keys, table, index.include);
  if (index.predicate) add(keys, columns_in(table, index.predicate->text));
  add(keys, of(index.predicate));
  return keys;
}

Keys Uses::of(const QualifiedName& table, const schema::Trigger& trigger) const {
  Keys keys = routines_and_types_in(trigger.definition);
  keys.insert(table_key(table));
  add_columns_of(keys, table, trigger.uses);
  return keys;
}

Keys Uses::of(const QualifiedName& table, const schema::Policy& policy) const {
  Keys keys{table_key(table)};
  for (const auto& expression : {policy.using_expr, policy.with_check_expr}) {
    if (!expression) continue;
    add(keys, columns_in(table, expression->text));
    add(keys, relations_in(expression->text));
    add(keys, of(*expression));
  }
  for (const Name& role : policy.roles) keys.insert(role_key(role));
  return keys;
}

Keys Uses::relations_in(const std::string& text) const {
  Keys keys;
  for (const ddl::Word& word : all_words(text)) {
    const auto found = tables_.find(word.text);
    if (found == tables_.end()) continue;
    for (const QualifiedName& table : found->second) {
      if (!keys.insert(table_key(table)).second) continue;
      add(keys, columns_in(table, text));
    }
  }
  return keys;
}

Keys Uses::of(const schema::View& view) const {
  Keys keys = routines_and_types_in(view.definition);
  keys.insert(schema_key(view.name.schema));
  for (const auto& use : view.uses) {
    keys.insert(table_key(use.table));
    if (!use.column.empty()) keys.insert(column_key(use.table, use.column));
  }
  return keys;
}

namespace {

/// How an object of another kind is known to need something, as a key.
Key needed_key(const std::string& need) {
  for (const auto& [word, prefix] : {std::pair{"ROUTINE ", "routine "}, {"TYPE ", "type "}, {"SCHEMA ", "schema "}}) {
    if (need.starts_with(word)) return prefix + need.substr(std::string_view(word).size());
  }
  return other_key(need);
}

/// Whether the catalogs say all that such an object stands on.
bool needs_are_known(const std::string& kind) {
  return kind != "RULE" && kind != "PUBLICATION" && kind != "FOREIGN TABLE" && kind != "STATISTICS";
}

}  // namespace

Keys Uses::of(const schema::OtherObject& object) const {
  Keys keys;
  for (const std::string& need : object.needs) keys.insert(needed_key(need));
  if (object.needs.empty() || !needs_are_known(object.kind)) {
    for (const std::string& text : object.create) add(keys, routines_and_types_in(text, Naming::Names));
  }
  for (const auto& use : object.uses) {
    if (object.kind == "FOREIGN TABLE") {
      keys.insert(schema_key(use.table.schema));
      continue;
    }
    keys.insert(table_key(use.table));
    if (!use.column.empty()) keys.insert(column_key(use.table, use.column));
  }
  return keys;
}

Keys Uses::of(const schema::DefaultPrivilege& privilege) const {
  Keys keys{role_key(privilege.owner)};
  if (!privilege.in_schema.empty()) keys.insert(schema_key(privilege.in_schema.text));
  return keys;
}

Keys Uses::of(const schema::Routine& routine) const {
  Keys keys = routines_and_types_in(routine.definition, routine.kind == "AGGREGATE" ? Naming::Names : Naming::Calls);
  // What it calls need not be there before it, but before what calls it in turn.
  std::string body = base::replaced(routine.definition, "$function$", " ");
  add(keys, routines_and_types_in(base::replaced(std::move(body), "$procedure$", " ")));
  keys.erase(routine_key(routine.name));
  keys.insert(schema_key(routine.name.schema));
  add(keys, relations_in(routine.definition));
  return keys;
}

Keys Uses::of(const schema::Domain& domain) const {
  Keys keys = of(domain.type);
  add_collation(keys, domain.collation);
  keys.insert(schema_key(domain.name.schema));
  add(keys, of(domain.server_default));
  for (const auto& check : domain.checks) add(keys, of(check.expression));
  keys.erase(type_key(domain.name));
  return keys;
}

Keys Uses::of(const schema::CompositeType& type) const {
  Keys keys{schema_key(type.name.schema)};
  for (const auto& attribute : type.attributes) {
    add(keys, of(attribute.type));
    add_collation(keys, attribute.collation);
  }
  return keys;
}

Keys Uses::of(const schema::RangeType& type) const {
  Keys keys = of(type.subtype);
  keys.insert(schema_key(type.name.schema));
  add(keys, routines_and_types_in(type.options, Naming::Names));
  return keys;
}

}  // namespace plan
