// Column: its arguments, copies and merges.
#include <algorithm>

#include "models/context.h"
#include "models/core/names.h"
#include "models/core/schema_internal.h"
#include "models/core/state.h"
#include "models/core/type_values.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

/// A construct that stands behind name and type.
bool is_column_item(Value value) {
  const python::HostObject* host = host_object(value);
  return dynamic_cast<const ForeignKeyObject*>(host) || dynamic_cast<const ConstraintObject*>(host) ||
         dynamic_cast<const SequenceObject*>(host) || dynamic_cast<const ServerDefaultObject*>(host) ||
         dynamic_cast<const ColumnDefaultObject*>(host);
}

/// Name, type and the rest of the positional arguments.
struct Positional {
  Value name, type;
  std::vector<Value> items;
};

Positional sorted_out(const Arguments& arguments) {
  Positional result;
  std::size_t at = 0;
  const std::vector<Value>& given = arguments.positional;
  const auto unknown_name = [&] {
    return given[0].is_unknown() && given.size() > 1 && !has_keyword(arguments, "name") &&
           (is_type_value(given[1]) || has_keyword(arguments, "type_"));
  };
  if (at < given.size() && (text_in(given[at]) || unknown_name())) result.name = given[at++];
  if (result.name.is_none() && at < given.size() && given[at].is_none()) ++at;
  if (at < given.size() && given[at].is_none()) {
    ++at;
  } else if (at < given.size() && !is_column_item(given[at])) {
    result.type = given[at++];
  }
  for (; at < given.size(); ++at) result.items.push_back(given[at]);
  if (const Value* name = arguments.keyword("name"); name && result.name.is_none()) result.name = *name;
  if (const Value* type = arguments.keyword("type_"); type && result.type.is_none()) result.type = *type;
  return result;
}

Value keyword_or(const Arguments& arguments, std::string_view name, Value otherwise) {
  const Value* given = arguments.keyword(name);
  return given ? *given : otherwise;
}

/// default= and onupdate=: what is not a default itself becomes one.
Value column_default(Context& context, Value given, bool for_update) {
  if (given.is_none() || given.is_unknown()) return given;
  const python::HostObject* host = host_object(given);
  if (dynamic_cast<const SequenceObject*>(host) || dynamic_cast<const ColumnDefaultObject*>(host)) return given;
  auto* made = context.interpreter->make<ColumnDefaultObject>();
  made->argument = given;
  made->for_update = for_update;
  return made;
}

Value server_default(Context& context, Value given, bool for_update) {
  if (given.is_none() || given.is_unknown() || as_server_default(given)) return given;
  auto* made = context.interpreter->make<ServerDefaultObject>(ServerDefaultObject::Which::Clause);
  mark_made(context, *made);
  made->argument = given;
  made->for_update = for_update;
  return made;
}

void set_default(Context& context, ColumnObject& column, const Arguments& arguments) {
  const Value* given = arguments.keyword("insert_default");
  if (!given) given = arguments.keyword("default");
  if (given && !given->is_none()) column.default_value = column_default(context, *given, false);
  const Value onupdate = keyword(arguments, "onupdate");
  if (!onupdate.is_none()) column.onupdate = column_default(context, onupdate, true);
  const Value server = server_default(context, keyword(arguments, "server_default"), false);
  if (as_server_default(server)) {
    add_to_column(context, column, server);
  } else if (!server.is_none()) {
    column.server_default = server;
  }
  const Value server_onupdate = keyword(arguments, "server_onupdate");
  if (!server_onupdate.is_none()) column.server_onupdate = server_default(context, server_onupdate, true);
}

void set_key_flag(Context& context, ColumnObject& column, Value given) {
  column.primary_key = is_truthy(context, given);
  if (given.is_unknown()) column.primary_key_unknown = given;
}

void take_identity(Context& context, ColumnObject& column, ServerDefaultObject& identity) {
  column.identity = &identity;
  column.server_default = identity.self;
  if (!column.nullable_given) column.nullable = context.interpreter->boolean(false);
}

}  // namespace

void set_name(ColumnObject& column, std::string_view name) {
  if (column.name.empty()) column.name.text = name;
  if (column.column_key.empty()) column.column_key = column.name.text;
}

void set_type(Context& context, ColumnObject& column, Value type) {
  column.data_type = type.is_none() ? type : type_instance(context, type);
}

void add_to_column(Context& context, ColumnObject& column, Value item) {
  if (item.is_unknown()) {
    note_unknown(column.incomplete, item);
    return;
  }
  if (ForeignKeyObject* key = as_foreign_key(item)) {
    if (key->parent == &column) return;
    key->parent = &column;
    column.foreign_keys.push_back(key);
    if (column.table) attach_foreign_key(context, *key, *column.table);
  } else if (ConstraintObject* check = as_constraint(item)) {
    check->column = &column;
    if (std::ranges::find(column.constraints, check) == column.constraints.end()) column.constraints.push_back(check);
  } else if (SequenceObject* sequence = as_sequence(item)) {
    (sequence->for_update ? column.onupdate : column.default_value) = item;
    if (column.table) attach_sequence(context, *sequence, *column.table->metadata);
  } else if (ServerDefaultObject* server = as_server_default(item)) {
    if (server->which == ServerDefaultObject::Which::Identity) {
      take_identity(context, column, *server);
    } else if (server->which == ServerDefaultObject::Which::Computed) {
      column.computed = server;
      column.server_default = column.server_onupdate = item;
    } else {
      (server->for_update ? column.server_onupdate : column.server_default) = item;
    }
  } else if (auto* other = dynamic_cast<ColumnDefaultObject*>(host_object(item))) {
    (other->for_update ? column.onupdate : column.default_value) = item;
  } else if (!item.is_none()) {
    note_unknown(column.incomplete,
                 unknown_value(context, "an argument of the column is not known: " + context.interpreter->shown(item)));
  }
}

void initialize_column(Context& context, ColumnObject& column, Arguments& arguments) {
  Interpreter& interpreter = *context.interpreter;
  column.location = interpreter.here();
  const Positional given = sorted_out(arguments);
  column.name = given_name(context, given.name, keyword(arguments, "quote"));
  const std::string* key = text_in(keyword(arguments, "key"));
  column.column_key = key ? *key : column.name.text;
  set_type(context, column, given.type);
  set_key_flag(context, column, keyword(arguments, "primary_key"));
  const Value nullable = keyword(arguments, "nullable");
  const auto* unspecified = nullable.as<python::External>();
  column.nullable_given = !nullable.is_none() && !unspecified;
  column.nullable = column.nullable_given ? nullable : interpreter.boolean(!column.primary_key);
  column.index = keyword(arguments, "index");
  column.unique = keyword(arguments, "unique");
  column.autoincrement = keyword_or(arguments, "autoincrement", interpreter.str("auto"));
  column.comment = keyword(arguments, "comment");
  column.doc = keyword(arguments, "doc");
  column.info = keyword(arguments, "info");
  column.system = is_truthy(context, keyword(arguments, "system"));
  column.insert_sentinel = is_truthy(context, keyword(arguments, "insert_sentinel"));
  column.omitted_from_statements = is_truthy(context, keyword(arguments, "_omit_from_statements"));
  keep_options(column.options, arguments);
  for (const Value item : given.items) add_to_column(context, column, item);
  set_default(context, column, arguments);
  column.order = state(context).next_order();
  note_unknown(column.incomplete, arguments);
}

ColumnObject* make_column(Context& context, Arguments& arguments) {
  auto* column = context.interpreter->make<ColumnObject>();
  initialize_column(context, *column, arguments);
  return column;
}

namespace {

ServerDefaultObject* copied_default(Context& context, const ServerDefaultObject& source) {
  auto* made = context.interpreter->make<ServerDefaultObject>(source.which);
  made->location = source.location;
  made->order = state(context).next_order();
  made->argument = source.argument;
  made->persisted = source.persisted;
  made->always = source.always;
  made->sequence = source.sequence;
  made->for_update = source.for_update;
  return made;
}

/// Sequence._copy(): of no MetaData yet.
Value copied_sequence(Context& context, Value value) {
  const SequenceObject* source = as_sequence(value);
  if (!source) return value;
  auto* made = context.interpreter->make<SequenceObject>();
  made->location = source->location;
  made->order = state(context).next_order();
  made->name = source->name;
  made->schema = source->schema;
  made->sequence = source->sequence;
  made->data_type = source->data_type;
  made->optional = source->optional;
  made->for_update = source->for_update;
  return made;
}

}  // namespace

ColumnObject* copied(Context& context, const ColumnObject& source) {
  auto* made = context.interpreter->make<ColumnObject>();
  made->location = source.location;
  made->name = source.name;
  made->column_key = source.column_key;
  made->data_type = copied_type(context, source.data_type);
  made->primary_key = source.primary_key;
  made->primary_key_unknown = source.primary_key_unknown;
  made->nullable = source.nullable;
  made->nullable_given = source.nullable_given;
  made->index = source.index;
  made->unique = source.unique;
  made->autoincrement = source.autoincrement;
  made->comment = source.comment;
  made->doc = source.doc;
  made->info = source.info;
  made->default_value = copied_sequence(context, source.default_value);
  made->onupdate = source.onupdate;
  made->system = source.system;
  made->omitted_from_statements = source.omitted_from_statements;
  made->insert_sentinel = source.insert_sentinel;
  made->options = source.options;
  made->incomplete = source.incomplete;
  made->others = source.others;
  made->listeners = source.listeners;
  for (const ConstraintObject* check : source.constraints) {
    if (!check->type_bound) add_to_column(context, *made, copied_check(context, *check));
  }
  for (const ForeignKeyObject* key : source.foreign_keys) {
    if (!key->constraint) add_to_column(context, *made, copied(context, *key));
  }
  const ServerDefaultObject* server = as_server_default(source.server_default);
  if (server) {
    add_to_column(context, *made, copied_default(context, *server));
  } else {
    made->server_default = source.server_default;
  }
  if (!source.computed) made->server_onupdate = source.server_onupdate;
  made->nullable = source.nullable;
  made->order = state(context).next_order();
  return made;
}

namespace {

void merge_flags(Context& context, const ColumnObject& source, ColumnObject& target) {
  if (source.primary_key) target.primary_key = true;
  if (source.primary_key_unknown.is_unknown()) target.primary_key_unknown = source.primary_key_unknown;
  const std::string* own = text_in(source.autoincrement);
  const std::string* others = text_in(target.autoincrement);
  const bool said = !own || *own != "auto";
  if (said && others && *others == "auto") target.autoincrement = source.autoincrement;
  if (source.system) target.system = true;
  if (source.nullable_given && !target.nullable_given) {
    target.nullable = source.nullable;
    target.nullable_given = true;
  }
  if (!source.index.is_none() && target.index.is_none()) target.index = source.index;
  if (!source.unique.is_none() && target.unique.is_none()) target.unique = source.unique;
  if (is_truthy(context, source.comment) && target.comment.is_none()) target.comment = source.comment;
  if (!source.doc.is_none() && target.doc.is_none()) target.doc = source.doc;
  if (!source.info.is_none() && target.info.is_none()) target.info = source.info;
}

}  // namespace

void merge(Context& context, const ColumnObject& source, ColumnObject& target) {
  merge_flags(context, source, target);
  if (target.data_type.is_none() && !source.data_type.is_none()) {
    target.data_type = copied_type(context, source.data_type);
  }
  if (!source.default_value.is_none() && target.default_value.is_none()) {
    target.default_value = copied_sequence(context, source.default_value);
  }
  if (!source.server_default.is_none() && target.server_default.is_none()) {
    const ServerDefaultObject* server = as_server_default(source.server_default);
    if (server) {
      add_to_column(context, target, copied_default(context, *server));
    } else {
      target.server_default = source.server_default;
    }
  }
  if (!source.onupdate.is_none() && target.onupdate.is_none()) target.onupdate = source.onupdate;
  for (const ConstraintObject* check : source.constraints) {
    if (!check->type_bound) add_to_column(context, target, copied_check(context, *check));
  }
  for (const ForeignKeyObject* key : source.foreign_keys) {
    if (!key->constraint) add_to_column(context, target, copied(context, *key));
  }
  target.incomplete.insert(target.incomplete.end(), source.incomplete.begin(), source.incomplete.end());
}

bool ColumnObject::is_instance_of(std::string_view qualified_name) const {
  const std::string canonical = canonical_name(qualified_name);
  return canonical == type_name() || canonical == "sqlalchemy.SchemaItem" ||
         ExpressionObject::is_instance_of(canonical);
}

}  // namespace models
