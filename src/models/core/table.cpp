// Table: making, extending, finding; columns and constraints that reach it.
#include <algorithm>

#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/names.h"
#include "models/core/schema_internal.h"
#include "models/core/type_internal.h"
#include "models/core/type_values.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

std::string table_key(const GivenName& schema, const GivenName& name) {
  return schema.empty() ? name.text : schema.text + "." + name.text;
}

/// Where a table lies: as it says, or as its MetaData does.
GivenName schema_of(Context& context, const MetaDataObject& metadata, const Arguments& arguments) {
  const Value given = keyword(arguments, "schema");
  if (given.is_none()) return metadata.schema;
  if (is_blank_schema(given)) return {};
  return given_name(context, given, keyword(arguments, "quote_schema"));
}

/// Column, constraint or index of a table's arguments; null for anything else.
bool is_schema_item(Context& context, Value item) {
  return as_column(context, item) || as_constraint(item) || as_index(item);
}

void remove_foreign_keys(TableObject& table, const ColumnObject& column) {
  for (const ForeignKeyObject* key : column.foreign_keys) {
    if (key->constraint) std::erase(table.constraints, key->constraint);
  }
}

/// Puts the column in its place: that of the one it replaces, or the end.
void put_column(TableObject& table, ColumnObject& column, ColumnObject* existing) {
  auto at = std::ranges::find(table.columns, existing);
  if (existing && at != table.columns.end()) {
    *at = &column;
    return;
  }
  table.columns.push_back(&column);
}

void put_in_primary_key(Context& context, TableObject& table, ColumnObject& column) {
  std::vector<ColumnObject*>& columns = table.primary_key->columns;
  const auto same =
      std::ranges::find_if(columns, [&](const ColumnObject* other) { return other->column_key == column.column_key; });
  if (same != columns.end()) {
    *same = &column;
  } else {
    columns.push_back(&column);
  }
  rename_implicit_key(context, table);
}

/// index=True and unique=True.
Outcome add_flagged(Context& context, TableObject& table, ColumnObject& column) {
  const bool index = is_truthy(context, column.index);
  const bool unique = is_truthy(context, column.unique);
  const Value key = context.interpreter->str(column.column_key);
  if (index) {
    IndexObject* made = make_index(context, Value(), {key});
    made->location = column.location;
    made->unique = context.interpreter->boolean(unique);
    made->column_flag = true;
    return attach(context, table, *made);
  }
  if (!unique) return Value();
  ConstraintObject* made = make_constraint(context, ConstraintKind::Unique);
  made->location = column.location;
  made->arguments = {key};
  made->column_flag = true;
  return attach(context, table, *made);
}

/// What hangs on the column and belongs to the table: its type's CHECK, foreign keys, sequences, constraints over it.
void attach_column_parts(Context& context, TableObject& table, ColumnObject& column) {
  type_reaches_table(context, column);
  attach_type_constraint(context, column);
  attach_companion_parts(context, column);
  for (ForeignKeyObject* key : std::vector(column.foreign_keys)) attach_foreign_key(context, *key, table);
  if (SequenceObject* sequence = as_sequence(column.default_value))
    attach_sequence(context, *sequence, *table.metadata);
  for (ConstraintObject* check : column.constraints) {
    check->table = &table;
    name_by_convention(context, *check);
  }
  attach_waiting(context, column);
}

ColumnObject* conflicting(const TableObject& table, const ColumnObject& column) {
  ColumnObject* existing = table.find(column.column_key);
  if (!existing) existing = table.find_by_name(column.name.text);
  return existing == &column ? nullptr : existing;
}

TableObject* new_table(Context& context, GivenName name, GivenName schema, MetaDataObject& metadata) {
  auto* table = context.interpreter->make<TableObject>();
  mark_made(context, *table);
  table->name = std::move(name);
  table->schema = std::move(schema);
  table->metadata = &metadata;
  ConstraintObject* key = make_constraint(context, ConstraintKind::PrimaryKey);
  key->location = table->location;
  key->implicit = true;
  key->table = table;
  table->primary_key = key;
  table->constraints.push_back(key);
  return table;
}

Outcome add_arguments(Context& context, TableObject& table, const Arguments& arguments, std::size_t from,
                      bool replace_existing) {
  for (std::size_t i = from; i < arguments.positional.size(); ++i) {
    const Outcome added = add_to_table(context, table, arguments.positional[i], replace_existing);
    if (added.is_raised()) return added;
  }
  note_unknown(table.incomplete, arguments);
  return table.self;
}

/// A table whose name or MetaData cannot be read: no table can be told from it.
Outcome unreadable_table(Context& context, Value reason, Value name) {
  const auto* unknown = reason.as<python::Unknown>();
  const python::Location here = context.interpreter->here();
  const std::string why = unknown ? unknown->reason : "it is no MetaData";
  report_unresolved(*context.interpreter, here, "a table cannot be read: " + why);
  const std::string* text = text_in(name);
  context.unread_tables.push_back({.schema = {}, .name = text ? *text : "", .place = place(here), .reason = why});
  return reason.is_unknown() ? reason : unknown_value(context, why);
}

Outcome found_table(Context& context, TableObject& table, Arguments& arguments) {
  const bool keep = is_truthy(context, keyword(arguments, "keep_existing"));
  const bool extend = is_truthy(context, keyword(arguments, "extend_existing"));
  const bool has_arguments = arguments.positional.size() > 2 || arguments.unknown_positional;
  if (extend) {
    set_table_options(context, table, arguments);
    return add_arguments(context, table, arguments, 2, true);
  }
  if (!keep && has_arguments) {
    report_conflict(context, table, context.interpreter->here(), table.location,
                    "table " + table.key() + " is defined twice for one MetaData");
  }
  return table.self;
}

}  // namespace

void set_table_options(Context& context, TableObject& table, Arguments& arguments) {
  if (const Value* comment = arguments.keyword("comment")) table.comment = *comment;
  const bool reflected =
      !keyword(arguments, "autoload_with").is_none() || is_truthy(context, keyword(arguments, "autoload"));
  if (reflected) note_unknown(table.incomplete, unknown_value(context, "its columns are read from a database"));
  if (const Value* info = arguments.keyword("info"); info && !info->is_none()) table.info = *info;
  if (const Value* prefixes = arguments.keyword("prefixes"); prefixes && !prefixes->is_none()) {
    table.prefixes.clear();
    const Outcome items = context.interpreter->items(*prefixes);
    const auto* list = items.as<python::List>();
    if (!list) note_unknown(table.incomplete, context.interpreter->settled(items));
    for (const Value item : list ? list->items : std::vector<Value>{}) {
      if (const std::string* text = text_in(item)) table.prefixes.push_back(*text);
    }
  }
  if (const Value* listeners = arguments.keyword("listeners"); listeners && !listeners->is_none()) {
    const Outcome items = context.interpreter->items(*listeners);
    const auto* list = items.as<python::List>();
    for (const Value item : list ? list->items : std::vector<Value>{}) {
      const auto* pair = item.as<python::Tuple>();
      const std::string* event = pair && pair->items.size() == 2 ? text_in(pair->items[0]) : nullptr;
      if (event) table.listeners.push_back({*event, pair->items[1]});
    }
  }
  for (const auto& [name, value] : arguments.keywords) {
    if (!is_dialect_option(name)) continue;
    std::erase_if(table.options, [&](const auto& option) { return option.first == name; });
    table.options.emplace_back(name, value);
  }
}

Outcome make_table(Context& context, Arguments& arguments) {
  const Value name_given = argument(arguments, 0, "name");
  const Value metadata_given = argument(arguments, 1, "metadata");
  MetaDataObject* metadata = as_metadata(metadata_given);
  if (!metadata || name_given.is_unknown()) {
    return unreadable_table(context, name_given.is_unknown() ? name_given : metadata_given, name_given);
  }
  GivenName name = given_name(context, name_given, keyword(arguments, "quote"));
  GivenName schema = schema_of(context, *metadata, arguments);
  if (schema.is_unknown()) return unreadable_table(context, schema.unknown, name_given);
  if (name.empty()) return context.interpreter->raise("TypeError", "a Table needs a name");
  if (TableObject* existing = metadata->find(table_key(schema, name))) {
    return found_table(context, *existing, arguments);
  }
  if (is_truthy(context, keyword(arguments, "must_exist"))) {
    return context.interpreter->raise("LookupError", "Table '" + name.text + "' not defined");
  }
  TableObject* table = new_table(context, std::move(name), std::move(schema), *metadata);
  fire(context, *table, table->listeners, "before_parent_attach", table->self, metadata->self);
  metadata->tables.push_back(table);
  metadata->by_key.emplace(table->key(), table);
  name_by_convention(context, *table->primary_key);
  set_table_options(context, *table, arguments);
  const bool replaces = is_truthy(context, keyword(arguments, "extend_existing")) ||
                        is_truthy(context, keyword(arguments, "keep_existing"));
  const Outcome added = add_arguments(context, *table, arguments, 2, replaces);
  if (added.is_raised()) {
    std::erase(metadata->tables, table);
    metadata->by_key.erase(table->key());
    table->removed = true;
    return added;
  }
  fire(context, *table, table->listeners, "after_parent_attach", table->self, metadata->self);
  return table->self;
}

Outcome add_to_table(Context& context, TableObject& table, Value item, bool replace_existing) {
  if (item.is_none()) return item;
  if (item.is_unknown()) {
    note_unknown(table.incomplete, item);
    return item;
  }
  if (ColumnObject* column = as_column(context, item)) return append_column(context, table, *column, replace_existing);
  if (is_schema_item(context, item)) return append_constraint(context, table, item);
  note_unknown(table.incomplete, unknown_value(context, "an argument of the table is no column or constraint: " +
                                                            context.interpreter->shown(item)));
  return item;
}

Outcome append_column(Context& context, TableObject& table, ColumnObject& column, bool replace_existing) {
  if (column.name.is_unknown() || column.name.empty()) {
    note_unknown(table.incomplete,
                 column.name.is_unknown() ? column.name.unknown : unknown_value(context, "a column has no name"));
    return column.self;
  }
  fire(context, column, column.listeners, "before_parent_attach", column.self, table.self);
  if (column.column_key.empty()) column.column_key = column.name.text;
  if (column.table && column.table != &table) {
    return context.interpreter->raise("ValueError", "Column object '" + column.column_key +
                                                        "' already assigned to Table '" + column.table->key() + "'");
  }
  ColumnObject* existing = conflicting(table, column);
  if (existing && !replace_existing) {
    report_conflict(context, table, column.location, existing->location,
                    "column " + column.name.text + " is defined twice in table " + table.key());
    return column.self;
  }
  const bool again = std::ranges::find(table.columns, &column) != table.columns.end();
  if (existing) remove_foreign_keys(table, *existing);
  if (!again) put_column(table, column, existing);
  column.table = &table;
  if (column.primary_key) put_in_primary_key(context, table, column);
  if (!again) {
    if (const Outcome flagged = add_flagged(context, table, column); flagged.is_raised()) return flagged;
    fire(context, column, {}, "after_parent_attach", column.self, table.self);
    attach_column_parts(context, table, column);
    for (const Listener& listener : std::vector(column.listeners)) {
      if (listener.event != "after_parent_attach") continue;
      (void)context.interpreter->settled(context.interpreter->call(listener.function, {column.self, table.self}));
    }
  }
  return column.self;
}

Outcome append_constraint(Context& context, TableObject& table, Value given) {
  if (ConstraintObject* constraint = as_constraint(given)) return attach(context, table, *constraint);
  if (IndexObject* index = as_index(given)) return attach(context, table, *index);
  return add_to_table(context, table, given);
}

std::string TableObject::key() const { return table_key(schema, name); }

ColumnObject* TableObject::find(std::string_view column_key) const {
  const auto found =
      std::ranges::find_if(columns, [&](const ColumnObject* column) { return column->column_key == column_key; });
  return found == columns.end() ? nullptr : *found;
}

ColumnObject* TableObject::find_by_name(std::string_view column_name) const {
  const auto found =
      std::ranges::find_if(columns, [&](const ColumnObject* column) { return column->name.text == column_name; });
  return found == columns.end() ? nullptr : *found;
}

std::vector<ConstraintObject*> TableObject::sorted_constraints() const {
  std::vector<ConstraintObject*> sorted = constraints;
  std::ranges::stable_sort(sorted, {}, &ConstraintObject::order);
  return sorted;
}

bool TableObject::is_instance_of(std::string_view qualified_name) const {
  const std::string canonical = canonical_name(qualified_name);
  return canonical == type_name() || canonical == "sqlalchemy.FromClause" || canonical == "sqlalchemy.TableClause" ||
         canonical == "sqlalchemy.SchemaItem" || canonical == "sqlalchemy.Selectable";
}

Outcome TableObject::str(Interpreter& interpreter) { return interpreter.str(key()); }

}  // namespace models
