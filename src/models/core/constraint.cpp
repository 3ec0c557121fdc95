// Primary keys, unique, check and foreign key constraints: making them, and how they reach a table.
#include <algorithm>

#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/handlers.h"
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

ConstraintObject* make_constraint(Context& context, ConstraintKind which) {
  auto* made = context.interpreter->make<ConstraintObject>(which);
  mark_made(context, *made);
  return made;
}

namespace {

/// Keyword arguments that every constraint has.
void take_common(Context& context, ConstraintObject& constraint, const Arguments& arguments) {
  const Value name = keyword(arguments, "name");
  constraint.name = given_name(context, name);
  constraint.name_given = !name.is_none();
  constraint.deferrable = keyword(arguments, "deferrable");
  constraint.initially = keyword(arguments, "initially");
  constraint.comment = keyword(arguments, "comment");
  constraint.info = keyword(arguments, "info");
  keep_options(constraint.options, arguments);
  note_unknown(constraint.incomplete, arguments);
}

template <ConstraintKind which>
Outcome key_constraint(Context& context, Arguments& arguments) {
  ConstraintObject* made = make_constraint(context, which);
  take_common(context, *made, arguments);
  made->arguments = arguments.positional;
  attach_by_columns(context, *made);
  if (TableObject* table = as_table(keyword(arguments, "table"))) (void)attach(context, *table, *made);
  return made;
}

/// A condition as a text or an expression.
ExpressionObject* condition(Context& context, Value given) {
  if (const std::string* text = text_in(given)) return text_expression(context, *text);
  if (const auto flag = given.as<python::Bool>()) {
    return constant(context, flag->value ? ExpressionKind::True : ExpressionKind::False);
  }
  return coerced(context, given);
}

Outcome check_constraint(Context& context, Arguments& arguments) {
  ConstraintObject* made = make_constraint(context, ConstraintKind::Check);
  take_common(context, *made, arguments);
  if (arguments.positional.size() > 1) {
    made->name = given_name(context, arguments.positional[1]);
    made->name_given = !arguments.positional[1].is_none();
  }
  made->expression = condition(context, argument(arguments, 0, "sqltext"));
  for (ColumnObject* column : columns_in(*made->expression)) made->arguments.push_back(column->self);
  const Value table = keyword(arguments, "table");
  if (TableObject* known = as_table(table)) {
    (void)attach(context, *known, *made);
  } else {
    attach_by_columns(context, *made);
  }
  return made;
}

/// The columns of a constraint's arguments; those named that the table has not are told.
bool resolve_columns(Context& context, TableObject& table, ConstraintObject& constraint) {
  std::vector<ColumnObject*> columns;
  for (const Value given : constraint.arguments) {
    ColumnObject* column = as_column(context, given);
    if (const std::string* key = text_in(given); key && !column) {
      column = table.find(*key);
      if (!column && table.incomplete.empty()) {
        report_invalid(*context.interpreter, constraint.location,
                       "a constraint of table " + table.key() + " names the column " + *key + ", which is not there",
                       table.key());
        return false;
      }
    }
    if (given.is_unknown()) note_unknown(constraint.incomplete, given);
    if (column && std::ranges::find(columns, column) == columns.end()) columns.push_back(column);
    if (!column && !given.is_unknown()) {
      note_unknown(constraint.incomplete, unknown_value(context, "a column of the constraint is not known: " +
                                                                     context.interpreter->shown(given)));
    }
  }
  if (!constraint.arguments.empty()) constraint.columns = std::move(columns);
  return true;
}

/// A primary key of its own takes the place of the one that the table made.
void take_over_primary_key(Context& context, TableObject& table, ConstraintObject& key) {
  if (table.primary_key != &key) {
    std::erase(table.constraints, table.primary_key);
    table.primary_key = &key;
  }
  std::vector<ColumnObject*> flagged;
  for (ColumnObject* column : table.columns) {
    if (column->primary_key) flagged.push_back(column);
  }
  const bool other_columns = !key.columns.empty() && !std::ranges::is_permutation(flagged, key.columns);
  if (other_columns) flagged.clear();
  for (ColumnObject* column : key.columns) {
    column->primary_key = true;
    if (!column->nullable_given) column->nullable = context.interpreter->boolean(false);
  }
  for (ColumnObject* column : flagged) {
    if (std::ranges::find(key.columns, column) == key.columns.end()) key.columns.push_back(column);
  }
}

void bind_elements(Context&, ConstraintObject& constraint) {
  const std::size_t count = std::min(constraint.columns.size(), constraint.elements.size());
  for (std::size_t i = 0; i < count; ++i) {
    ForeignKeyObject* key = constraint.elements[i];
    ColumnObject* column = constraint.columns[i];
    key->parent = column;
    if (std::ranges::find(column->foreign_keys, key) == column->foreign_keys.end()) column->foreign_keys.push_back(key);
  }
}

}  // namespace

Outcome attach(Context& context, TableObject& table, ConstraintObject& constraint) {
  fire(context, constraint, constraint.listeners, "before_parent_attach", constraint.self, table.self);
  constraint.table = &table;
  constraint.column = nullptr;
  const bool known = std::ranges::find(table.constraints, &constraint) != table.constraints.end();
  if (!known) table.constraints.push_back(&constraint);
  if (!resolve_columns(context, table, constraint)) return constraint.self;
  if (constraint.kind_of_constraint == ConstraintKind::PrimaryKey) take_over_primary_key(context, table, constraint);
  if (constraint.kind_of_constraint == ConstraintKind::ForeignKey) bind_elements(context, constraint);
  if (!known) {
    name_by_convention(context, constraint);
    fire(context, constraint, constraint.listeners, "after_parent_attach", constraint.self, table.self);
  }
  return constraint.self;
}

namespace {

struct Reachable {
  std::vector<ColumnObject*> without_table;
  TableObject* table = nullptr;
  bool several = false;
  bool only_columns = true;
};

Reachable reachable(Context& context, const std::vector<Value>& arguments) {
  Reachable result;
  for (const Value given : arguments) {
    ColumnObject* column = as_column(context, given);
    if (!column) {
      if (!given.is_none()) result.only_columns = false;
    } else if (!column->table) {
      result.without_table.push_back(column);
    } else if (result.table && result.table != column->table) {
      result.several = true;
    } else {
      result.table = column->table;
    }
  }
  return result;
}

template <class T>
void attach_or_wait(Context& context, T& item, const std::vector<Value>& arguments) {
  const Reachable found = reachable(context, arguments);
  if (!found.without_table.empty()) {
    if (!found.only_columns) return;
    for (ColumnObject* column : found.without_table) column->waiting.push_back(&item);
    return;
  }
  if (found.table && !found.several) (void)attach(context, *found.table, item);
}

}  // namespace

void attach_by_columns(Context& context, ConstraintObject& constraint) {
  attach_or_wait(context, constraint, constraint.arguments);
}

void attach_waiting(Context& context, ColumnObject& column) {
  for (python::HostObject* item : std::exchange(column.waiting, {})) {
    if (auto* constraint = dynamic_cast<ConstraintObject*>(item)) {
      const bool complete = reachable(context, constraint->arguments).without_table.empty();
      if (complete && !constraint->table) (void)attach(context, *column.table, *constraint);
    } else if (auto* index = dynamic_cast<IndexObject*>(item)) {
      if (!index->table) attach_by_columns(context, *index);
    }
  }
}

/// Enum(native_enum=False, create_constraint=True): column IN (labels).
void attach_type_constraint(Context& context, ColumnObject& column) {
  if (column.data_type.is_none()) return;
  const TypePointer type = type_from(context, column.data_type, &column);
  const Type& beneath = implementation(*type);
  if (!beneath.enumeration || beneath.enumeration->native || !beneath.enumeration->create_constraint) return;
  auto* list = context.interpreter->list();
  for (const std::string& label : beneath.enumeration->labels) list->items.push_back(context.interpreter->str(label));
  auto* coerced_column = context.interpreter->make<ExpressionObject>(ExpressionKind::Coerce);
  coerced_column->type = string_type();
  coerced_column->operands = {&column};
  ConstraintObject* check = make_constraint(context, ConstraintKind::Check);
  check->location = column.location;
  check->expression = compared(context, coerced_column, Operator::In, list);
  check->name.text = beneath.name;
  check->name_given = beneath.enumeration->has_name;
  check->type_bound = true;
  check->arguments = {column.self};
  (void)attach(context, *column.table, *check);
}

ConstraintObject* copied_check(Context& context, const ConstraintObject& source) {
  ConstraintObject* made = make_constraint(context, ConstraintKind::Check);
  made->location = source.location;
  made->name = source.name;
  made->name_given = source.name_given;
  made->deferrable = source.deferrable;
  made->initially = source.initially;
  made->comment = source.comment;
  made->options = source.options;
  made->expression = source.expression;
  made->arguments = source.arguments;
  made->incomplete = source.incomplete;
  made->info = source.info;
  made->ddl_condition = source.ddl_condition;
  return made;
}

ColumnObject* autoincrement_column(Context& context, const TableObject& table) {
  const auto fits = [&](ColumnObject& column, bool forced) {
    const Affinity family = affinity(column_type(context, column));
    if (family != Affinity::Integer && family != Affinity::Numeric) return forced;
    const bool own_default = !column.default_value.is_none() && !as_sequence(column.default_value);
    if (own_default && !forced) return false;
    if (!column.server_default.is_none() && !column.identity && !forced) return false;
    const std::string* text = text_in(column.autoincrement);
    const bool ignores_keys = forced || (text && *text == "ignore_fk");
    return column.foreign_keys.empty() || ignores_keys;
  };
  const std::vector<ColumnObject*>& columns = table.primary_key->columns;
  const auto is_forced = [](const ColumnObject& column) { return flag_in(column.autoincrement) == true; };
  if (columns.size() == 1) {
    ColumnObject& column = *columns[0];
    if (is_forced(column)) return &column;
    const std::string* text = text_in(column.autoincrement);
    const bool automatic = text && (*text == "auto" || *text == "ignore_fk");
    return automatic && fits(column, false) ? &column : nullptr;
  }
  for (ColumnObject* column : columns) {
    if (is_forced(*column)) return column;
  }
  return nullptr;
}

Outcome foreign_key_handler(Context&, Arguments&);
Outcome foreign_key_constraint_handler(Context&, Arguments&);
Outcome exclude_constraint_handler(Context&, Arguments&);
Outcome index_handler(Context&, Arguments&);

std::span<const NamedHandler> constraint_handlers() {
  static constexpr NamedHandler handlers[] = {
      {"sqlalchemy.PrimaryKeyConstraint", key_constraint<ConstraintKind::PrimaryKey>},
      {"sqlalchemy.UniqueConstraint", key_constraint<ConstraintKind::Unique>},
      {"sqlalchemy.CheckConstraint", check_constraint},
      {"sqlalchemy.ForeignKey", foreign_key_handler},
      {"sqlalchemy.ForeignKeyConstraint", foreign_key_constraint_handler},
      {"sqlalchemy.dialects.postgresql.ExcludeConstraint", exclude_constraint_handler},
      {"sqlalchemy.Index", index_handler},
  };
  return handlers;
}

}  // namespace models
