// ForeignKey and ForeignKeyConstraint.
#include <algorithm>

#include "base/text.h"
#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/schema_internal.h"
#include "models/core/state.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

/// "schema.table.column" in its parts; the schema may hold dots.
struct Tokens {
  std::string schema, table, column;
};

Tokens tokens_of(const std::string& text) {
  std::vector<std::string> parts = base::split(text, '.');
  Tokens tokens;
  if (parts.size() == 1) {
    tokens.table = parts[0];
    return tokens;
  }
  tokens.column = parts.back();
  parts.pop_back();
  tokens.table = parts.back();
  parts.pop_back();
  tokens.schema = base::joined(parts, ".");
  return tokens;
}

const MetaDataObject* metadata_of(const ForeignKeyObject& key) {
  if (key.parent && key.parent->table) return key.parent->table->metadata;
  return key.constraint && key.constraint->table ? key.constraint->table->metadata : nullptr;
}

}  // namespace

std::pair<std::string, std::string> referred_names(Context& context, const ForeignKeyObject& key) {
  if (const std::string* text = text_in(key.target)) {
    Tokens tokens = tokens_of(*text);
    const MetaDataObject* metadata = metadata_of(key);
    if (tokens.schema.empty() && metadata && !metadata->schema.empty()) tokens.schema = metadata->schema.text;
    return {tokens.schema.empty() ? tokens.table : tokens.schema + "." + tokens.table, tokens.column};
  }
  const ColumnObject* column = as_column(context, key.target);
  if (!column) return {};
  return {column->table ? column->table->key() : std::string(), column->column_key};
}

ColumnObject* referred_column(Context& context, const ForeignKeyObject& key) {
  if (!text_in(key.target)) {
    ColumnObject* column = as_column(context, key.target);
    if (column) return column;
    return dynamic_cast<ColumnObject*>(as_expression(context, key.target));
  }
  const MetaDataObject* metadata = metadata_of(key);
  if (!metadata) return nullptr;
  const auto [table_key, column_key] = referred_names(context, key);
  const TableObject* table = metadata->find(table_key);
  if (!table) return nullptr;
  if (column_key.empty()) return key.parent ? table->find(key.parent->column_key) : nullptr;
  return is_truthy(context, key.link_to_name) ? table->find_by_name(column_key) : table->find(column_key);
}

namespace {

void take_options(ForeignKeyObject& key, const Arguments& arguments) {
  key.name = keyword(arguments, "name");
  key.on_update = keyword(arguments, "onupdate");
  key.on_delete = keyword(arguments, "ondelete");
  key.deferrable = keyword(arguments, "deferrable");
  key.initially = keyword(arguments, "initially");
  key.match = keyword(arguments, "match");
  key.comment = keyword(arguments, "comment");
  key.use_alter = keyword(arguments, "use_alter");
  key.link_to_name = keyword(arguments, "link_to_name");
  keep_options(key.options, arguments);
}

/// Positional arguments behind the target: use_alter, name, onupdate, ondelete, deferrable, initially, link_to_name,
/// match. `_constraint` stands first in SQLAlchemy's own signature.
void take_positional(ForeignKeyObject& key, const Arguments& arguments) {
  Value ForeignKeyObject::*const order[] = {
      nullptr,
      nullptr,
      &ForeignKeyObject::use_alter,
      &ForeignKeyObject::name,
      &ForeignKeyObject::on_update,
      &ForeignKeyObject::on_delete,
      &ForeignKeyObject::deferrable,
      &ForeignKeyObject::initially,
      &ForeignKeyObject::link_to_name,
      &ForeignKeyObject::match,
  };
  for (std::size_t i = 2; i < std::min(arguments.positional.size(), std::size(order)); ++i) {
    key.*order[i] = arguments.positional[i];
  }
}

void take_options_of(ConstraintObject& constraint, const ForeignKeyObject& key) {
  constraint.name_given = !key.name.is_none();
  constraint.on_update = key.on_update;
  constraint.on_delete = key.on_delete;
  constraint.deferrable = key.deferrable;
  constraint.initially = key.initially;
  constraint.match = key.match;
  constraint.comment = key.comment;
  constraint.use_alter = key.use_alter;
  constraint.link_to_name = key.link_to_name;
  constraint.options = key.options;
}

}  // namespace

Outcome foreign_key_handler(Context& context, Arguments& arguments) {
  auto* key = context.interpreter->make<ForeignKeyObject>();
  mark_made(context, *key);
  key->target = argument(arguments, 0, "column");
  take_options(*key, arguments);
  take_positional(*key, arguments);
  key->info = keyword(arguments, "info");
  return key;
}

ForeignKeyObject* copied(Context& context, const ForeignKeyObject& source) {
  auto* made = context.interpreter->make<ForeignKeyObject>();
  made->location = source.location;
  made->order = state(context).next_order();
  made->target = source.target;
  made->name = source.name;
  made->on_update = source.on_update;
  made->on_delete = source.on_delete;
  made->deferrable = source.deferrable;
  made->initially = source.initially;
  made->match = source.match;
  made->comment = source.comment;
  made->use_alter = source.use_alter;
  made->link_to_name = source.link_to_name;
  made->options = source.options;
  made->info = source.info;
  return made;
}

void attach_foreign_key(Context& context, ForeignKeyObject& key, TableObject& table) {
  if (key.constraint) return;
  ConstraintObject* constraint = make_constraint(context, ConstraintKind::ForeignKey);
  constraint->location = key.location;
  constraint->name = given_name(context, key.name);
  take_options_of(*constraint, key);
  constraint->columns = {key.parent};
  constraint->elements = {&key};
  constraint->info = key.info;
  key.constraint = constraint;
  (void)attach(context, table, *constraint);
}

ForeignKeyObject* make_element(Context& context, ConstraintObject& constraint, Value target) {
  auto* key = context.interpreter->make<ForeignKeyObject>();
  key->location = constraint.location;
  key->order = state(context).next_order();
  key->target = target;
  key->constraint = &constraint;
  key->on_update = constraint.on_update;
  key->on_delete = constraint.on_delete;
  key->use_alter = constraint.use_alter;
  key->link_to_name = constraint.link_to_name;
  return key;
}

Outcome foreign_key_constraint_handler(Context& context, Arguments& arguments) {
  ConstraintObject* made = make_constraint(context, ConstraintKind::ForeignKey);
  const Value name = argument(arguments, 2, "name");
  made->name = given_name(context, name);
  made->name_given = !name.is_none();
  made->on_update = argument(arguments, 3, "onupdate");
  made->on_delete = argument(arguments, 4, "ondelete");
  made->deferrable = argument(arguments, 5, "deferrable");
  made->initially = argument(arguments, 6, "initially");
  made->use_alter = argument(arguments, 7, "use_alter");
  made->link_to_name = argument(arguments, 8, "link_to_name");
  made->match = argument(arguments, 9, "match");
  made->comment = keyword(arguments, "comment");
  made->info = keyword(arguments, "info");
  keep_options(made->options, arguments);
  note_unknown(made->incomplete, arguments);
  const auto listed = [&](Value given) {
    const Outcome items = context.interpreter->items(given);
    const auto* list = items.as<python::List>();
    if (list) return list->items;
    note_unknown(made->incomplete, context.interpreter->settled(items));
    return std::vector<Value>{};
  };
  made->arguments = listed(argument(arguments, 0, "columns"));
  for (const Value target : listed(argument(arguments, 1, "refcolumns"))) {
    made->elements.push_back(make_element(context, *made, target));
  }
  if (made->incomplete.empty() && made->arguments.size() != made->elements.size()) {
    report_invalid(*context.interpreter, made->location,
                   "a foreign key has " + std::to_string(made->arguments.size()) + " columns and refers to " +
                       std::to_string(made->elements.size()));
  }
  if (TableObject* table = as_table(argument(arguments, 10, "table"))) {
    (void)attach(context, *table, *made);
  } else {
    attach_by_columns(context, *made);
  }
  return made;
}

Outcome ForeignKeyObject::attribute(Interpreter& interpreter, std::string_view wanted) {
  Context& shared = context(interpreter);
  if (wanted == "column") {
    ColumnObject* column = referred_column(shared, *this);
    if (column) return column->self;
    return interpreter.raise("LookupError", "the column that the foreign key refers to is not there");
  }
  if (wanted == "parent") return parent ? parent->self : Value();
  if (wanted == "constraint") return constraint ? constraint->self : Value();
  if (wanted == "ondelete") return on_delete;
  if (wanted == "onupdate") return on_update;
  if (wanted == "name") return name;
  if (wanted == "use_alter") return use_alter;
  if (wanted == "deferrable") return deferrable;
  if (wanted == "initially") return initially;
  if (wanted == "match") return match;
  if (wanted == "comment") return comment;
  if (wanted == "target_fullname" || wanted == "_colspec") {
    if (const std::string* text = text_in(target)) return interpreter.str(*text);
    const auto [table_key, column_key] = referred_names(shared, *this);
    return interpreter.str(table_key.empty() ? column_key : table_key + "." + column_key);
  }
  if (wanted == "copy" || wanted == "_copy") {
    return method(interpreter, "sqlalchemy.ForeignKey.copy",
                  [&shared, this](Interpreter&, Arguments&) -> Outcome { return copied(shared, *this); });
  }
  return SchemaItem::attribute(interpreter, wanted);
}

}  // namespace models
