// From the objects that models made to a reading: what create_all makes of them, in its order.
#include <algorithm>
#include <unordered_map>

#include "base/graph.h"
#include "base/text.h"
#include "models/context.h"
#include "models/core/ddl.h"
#include "models/core/finish_internal.h"
#include "models/core/type_values.h"
#include "models/core/values.h"
#include "sql/parser.h"

namespace models {
using python::Value;
using schema::Kind;

std::string sent_name(const GivenName& name) {
  constexpr std::size_t limit = 63;
  if (!name.conventional) return catalog_name(name);
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; at < name.text.size(); ++at) {
    if ((name.text[at] & 0xC0) != 0x80) starts.push_back(at);
  }
  if (starts.size() <= limit) return catalog_name(name);
  const std::string digest = base::md5(name.text);
  const std::string cut = name.text.substr(0, starts[limit - 8]) + "_" + digest.substr(digest.size() - 4);
  return clipped_identifier(cut);
}

// Names and places

std::string Finisher::schema_name(const GivenName& schema) const {
  return schema.empty() ? options_.default_schema : catalog_name(schema);
}

schema::QualifiedName Finisher::qualified(const TableObject& table) const {
  return {schema_name(table.schema), catalog_name(table.name)};
}

void Finisher::origin(Kind kind, const schema::QualifiedName& owner, const std::string& name,
                      const python::Location& location) {
  if (location) reading_.origins.emplace(schema::ObjectId{kind, owner, name}, place(location));
}

void Finisher::unresolved_text(Kind kind, const schema::QualifiedName& owner, const std::string& name,
                               std::string attribute, const base::Place& where, const std::string& reason,
                               std::string what) {
  reading_.unresolved.push_back({{kind, owner, name}, std::move(attribute), where, reason});
  reading_.diagnostics.push_back(
      {.code = "UNRESOLVED", .message = std::move(what) + ": " + reason, .place = where, .table = schema::text(owner)});
}

void Finisher::unresolved(Kind kind, const schema::QualifiedName& owner, const std::string& name, std::string attribute,
                          Value reason, std::string what) {
  const auto* unknown = reason.as<python::Unknown>();
  base::Place where = element_ ? place(element_) : base::Place{};
  std::string why = unknown ? unknown->reason : "it is known only to the running program";
  if (unknown && unknown->location) {
    const base::Place origin = place(unknown->location);
    if (where.file.empty()) where = origin;
    if (origin.file != where.file || origin.line != where.line) why += " (" + base::text(origin) + ")";
  }
  unresolved_text(kind, owner, name, std::move(attribute), where, why, std::move(what));
}

void Finisher::need_schema(const std::string& schema) {
  if (schema == options_.default_schema || schema.empty()) return;
  if (schemas_.insert(schema).second) {
    schema::Namespace space;
    space.name.text = schema;
    reading_.database.namespaces.push_back(std::move(space));
  }
}

// Events

namespace {

/// CREATE SCHEMA name, CREATE EXTENSION name: objects of the state rather than statements.
bool take_simple_statement(const schema::RawStatement& statement, schema::Database& database,
                           const std::string& default_schema) {
  const auto parsed = sql::parsed_statements(statement.sql);
  if (!parsed || parsed->size() != 1) return false;
  const sql::Node& node = parsed->front();
  if (node.kind == "CreateExtensionStmt") {
    const std::string name(sql::value(node, "extname"));
    const bool known = std::ranges::any_of(
        database.extensions, [&](const schema::Extension& extension) { return extension.name.text == name; });
    std::string space = default_schema;
    for (const sql::Node* option : sql::children(node, "options")) {
      const sql::Node* argument = sql::child(*option, "arg");
      if (sql::value(*option, "defname") == "schema" && argument) space = sql::value(*argument, "sval");
    }
    if (!known) database.extensions.push_back({{name}, space, {}});
    return true;
  }
  const bool plain_schema = node.kind == "CreateSchemaStmt" && sql::children(node, "schema_elts").empty() &&
                            !sql::child(node, "authrole") && !sql::value(node, "schemaname").empty();
  if (!plain_schema) return false;
  const std::string name(sql::value(node, "schemaname"));
  const bool known =
      std::ranges::any_of(database.namespaces, [&](const schema::Namespace& space) { return space.name.text == name; });
  schema::Namespace space;
  space.name.text = name;
  if (!known && name != default_schema) database.namespaces.push_back(std::move(space));
  return true;
}

}  // namespace

void Finisher::take_sent(Sent& sent) {
  for (const std::string& name : sent.schemas) need_schema(clipped_identifier(name));
  for (const SequenceObject* sequence : sent.sequences) add_sequence(*sequence);
  for (schema::RawStatement& statement : sent.statements) {
    if (take_simple_statement(statement, reading_.database, options_.default_schema)) continue;
    if (!statement.table.name.empty() && statement.table.schema.empty()) {
      statement.table.schema = options_.default_schema;
    }
    reading_.raw_ddl.push_back(std::move(statement));
  }
  for (const Value reason : sent.unknown) {
    const auto* unknown = reason.as<python::Unknown>();
    reading_.diagnostics.push_back(
        {.code = "UNRESOLVED",
         .message = "a statement that an event sends cannot be read: " + (unknown ? unknown->reason : ""),
         .place = unknown && unknown->location ? place(unknown->location) : base::Place{},
         .table = {}});
  }
}

// The order

std::vector<TableObject*> Finisher::creation_order(const MetaDataObject& metadata) {
  std::vector<TableObject*> tables;
  for (TableObject* table : metadata.tables) {
    if (!table->name.is_unknown() && !table->schema.is_unknown() && !is_temporary(*table)) tables.push_back(table);
  }
  std::ranges::sort(tables, {}, &TableObject::key);
  std::unordered_map<const TableObject*, std::size_t> number;
  for (std::size_t i = 0; i < tables.size(); ++i) number.emplace(tables[i], i);
  std::vector<base::Edge> edges;
  std::map<base::Edge, std::vector<const ConstraintObject*>> keys;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const auto depends = [&](const TableObject* on, const ConstraintObject* key) {
      const auto found = number.find(on);
      if (found == number.end() || found->second == i) return;
      edges.emplace_back(found->second, i);
      if (key) keys[edges.back()].push_back(key);
    };
    for (const TableObject* other : tables[i]->depends_on) depends(other, nullptr);
    for (const ConstraintObject* key : tables[i]->constraints) {
      if (key->kind_of_constraint != ConstraintKind::ForeignKey || key->elements.empty()) continue;
      if (flag_in(key->use_alter) == true) {
        deferred_.insert(key);
        continue;
      }
      const ColumnObject* column = referred_column(context_, *key->elements[0]);
      if (column && column->table) depends(column->table, key);
    }
  }
  const base::Order order = base::topological_order(tables.size(), edges);
  for (const base::Edge& broken : order.broken) {
    for (const ConstraintObject* key : keys[broken]) deferred_.insert(key);
  }
  std::vector<TableObject*> sorted;
  for (const std::size_t at : order.nodes) sorted.push_back(tables[at]);
  return sorted;
}

void Finisher::add(MetaDataObject& metadata) {
  const std::vector<TableObject*> order = creation_order(metadata);
  Sent before;
  send(context_, metadata, order, "before_create", before);
  take_sent(before);
  for (const Value bound : metadata.types) need_named_type(*type_from(context_, bound), {});
  for (TableObject* table : metadata.tables) {
    for (ColumnObject* column : table->columns) {
      const TypePointer type = column_type(context_, *column);
      const base::Place where = column->location ? place(column->location) : base::Place{};
      if (type->unknown.empty()) need_named_type(*type, where);
    }
  }
  for (const std::string& key : metadata.sequence_order) {
    const auto found = metadata.sequences.find(key);
    if (found != metadata.sequences.end() && !found->second->optional) add_sequence(*found->second);
  }
  Sent after;
  for (TableObject* table : order) {
    Sent first;
    send(context_, *table, {}, "before_create", first);
    take_sent(first);
    send(context_, *table, {}, "after_create", after);
  }
  for (TableObject* table : order) add_table(*table);
  add_deferred();
  send(context_, metadata, order, "after_create", after);
  for (TableObject* table : order) add_apart(*table);
  take_sent(after);
  if (metadata.incomplete) {
    reading_.diagnostics.push_back(
        {.code = "UNRESOLVED",
         .message = "tables may be missing: " + metadata.incomplete->reason,
         .place = metadata.incomplete->location ? place(metadata.incomplete->location) : base::Place{},
         .table = {}});
  }
}

schema::Reading Finisher::take() { return std::move(reading_); }

schema::Reading finish(Context& context, const std::vector<MetaDataObject*>& metadatas, const FinishOptions& options) {
  Finisher finisher(context, options);
  for (MetaDataObject* metadata : metadatas) finisher.add(*metadata);
  schema::Reading reading = finisher.take();
  reading.database.scope = schema::Scope::Models;
  return reading;
}

}  // namespace models
