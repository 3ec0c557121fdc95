// MetaData.
#include <algorithm>

#include "base/graph.h"
#include "models/context.h"
#include "models/core/schema_internal.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

/// metadata.sorted_tables: those that others refer to first.
Value sorted_tables(Context& context, const MetaDataObject& metadata) {
  std::vector<TableObject*> tables = metadata.tables;
  std::ranges::sort(tables, {}, &TableObject::key);
  std::vector<base::Edge> edges;
  for (std::size_t i = 0; i < tables.size(); ++i) {
    const auto depend = [&](const TableObject* on) {
      const auto found = std::ranges::find(tables, on);
      if (found != tables.end() && on != tables[i]) edges.emplace_back(found - tables.begin(), i);
    };
    for (const TableObject* other : tables[i]->depends_on) depend(other);
    for (const ConstraintObject* constraint : tables[i]->constraints) {
      if (constraint->kind_of_constraint != ConstraintKind::ForeignKey || constraint->elements.empty()) continue;
      if (is_truthy(context, constraint->use_alter)) continue;
      if (const ColumnObject* column = referred_column(context, *constraint->elements[0])) depend(column->table);
    }
  }
  std::vector<Value> sorted;
  for (const std::size_t at : base::topological_order(tables.size(), edges).nodes) sorted.push_back(tables[at]->self);
  return context.interpreter->list(std::move(sorted));
}

Value tables_by_key(Context& context, const MetaDataObject& metadata) {
  python::Dict* dict = context.interpreter->dict();
  for (const TableObject* table : metadata.tables) context.interpreter->set(*dict, table->key(), table->self);
  return dict;
}

void remove_table(MetaDataObject& metadata, TableObject& table) {
  std::erase(metadata.tables, &table);
  std::erase_if(metadata.by_key, [&](const auto& entry) { return entry.second == &table; });
  table.removed = true;
}

Value convention_value(Context& context, const MetaDataObject& metadata) {
  if (metadata.naming_convention) return metadata.naming_convention;
  python::Dict* dict = context.interpreter->dict();
  context.interpreter->set(*dict, "ix", context.interpreter->str("ix_%(column_0_label)s"));
  return dict;
}

void set_convention(MetaDataObject& metadata, Value value) {
  metadata.naming_convention = value.as<python::Dict>();
  if (value.is_unknown()) metadata.naming_unknown = value;
  if (metadata.naming_convention && metadata.naming_convention->table.empty()) metadata.naming_convention = nullptr;
}

}  // namespace

MetaDataObject* make_metadata(Context& context, Arguments& arguments) {
  auto* metadata = context.interpreter->make<MetaDataObject>();
  mark_made(context, *metadata);
  const Value schema = argument(arguments, 0, "schema");
  if (!is_blank_schema(schema)) metadata->schema = given_name(context, schema, argument(arguments, 1, "quote_schema"));
  set_convention(*metadata, argument(arguments, 2, "naming_convention"));
  metadata->info = argument(arguments, 3, "info");
  if (const python::Unknown* unknown = arguments.unknown_keywords) {
    metadata->naming_unknown = Value(const_cast<python::Unknown*>(unknown));
  }
  std::vector<Value> parts{metadata->naming_unknown};
  if (metadata->naming_convention) {
    for (const auto& entry : metadata->naming_convention->table.entries()) parts.push_back(entry.value);
  }
  for (const Value part : parts) {
    const auto* unknown = part.as<python::Unknown>();
    if (!unknown) continue;
    report_unresolved(*context.interpreter, metadata->location,
                      "a naming convention cannot be read: " + unknown->reason);
  }
  context.metadatas.push_back(metadata);
  return metadata;
}

TableObject* MetaDataObject::find(std::string_view key) const {
  const auto found = by_key.find(std::string(key));
  return found == by_key.end() ? nullptr : found->second;
}

Outcome MetaDataObject::attribute(Interpreter& interpreter, std::string_view name) {
  Context& shared = context(interpreter);
  if (name == "tables") return tables_by_key(shared, *this);
  if (name == "sorted_tables") return sorted_tables(shared, *this);
  if (name == "schema") return name_value(shared, schema);
  if (name == "naming_convention") return convention_value(shared, *this);
  if (name == "bind") return interpreter.none();
  if (name == "remove") {
    return method(interpreter, "sqlalchemy.MetaData.remove", [this](Interpreter&, Arguments& given) -> Outcome {
      if (TableObject* table = as_table(argument(given, 0, "table"))) remove_table(*this, *table);
      return Value();
    });
  }
  if (name == "clear") {
    return method(interpreter, "sqlalchemy.MetaData.clear", [this](Interpreter&, Arguments&) -> Outcome {
      while (!tables.empty()) remove_table(*this, *tables.back());
      return Value();
    });
  }
  if (name == "reflect") {
    return method(interpreter, "sqlalchemy.MetaData.reflect", [this](Interpreter& python, Arguments&) -> Outcome {
      incomplete = python.unknown("tables are read from a database");
      return Value();
    });
  }
  if (name == "create_all" || name == "drop_all") {
    return ignored_method(interpreter, "sqlalchemy.MetaData.create_all");
  }
  return SchemaItem::attribute(interpreter, name);
}

Outcome MetaDataObject::set_attribute(Interpreter& interpreter, std::string_view name, Value value) {
  Context& shared = context(interpreter);
  if (name == "schema") {
    schema = given_name(shared, value);
    return interpreter.none();
  }
  if (name == "naming_convention") {
    set_convention(*this, value);
    return interpreter.none();
  }
  return SchemaItem::set_attribute(interpreter, name, value);
}

Outcome MetaDataObject::compare(Interpreter& interpreter, python::Comparison op, Value other) {
  if (op != python::Comparison::In) return python::absent;
  if (const std::string* key = text_in(other)) return interpreter.boolean(find(*key) != nullptr);
  const TableObject* table = as_table(other);
  return interpreter.boolean(table && find(table->key()) != nullptr);
}

}  // namespace models
