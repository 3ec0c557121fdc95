// Index and ExcludeConstraint: keys that may be expressions.
#include <algorithm>

#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/names.h"
#include "models/core/schema_internal.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

/// The first column (of a table or not) that stands in an expression: what an index knows its table by.
const ExpressionObject* first_column(const ExpressionObject& expression, int depth = 0) {
  const ExpressionKind which = expression.expression_kind;
  if (which == ExpressionKind::Column || which == ExpressionKind::Name) return &expression;
  if (depth > 200) return nullptr;
  for (const ExpressionObject* operand : expression.operands) {
    const ExpressionObject* found = operand ? first_column(*operand, depth + 1) : nullptr;
    if (found) return found;
  }
  return nullptr;
}

/// What an index asks of its arguments: columns for columns, the first column for expressions, texts as they are.
std::vector<Value> pending(Context& context, const IndexObject& index) {
  std::vector<Value> result;
  for (const Value given : index.arguments) {
    const ExpressionObject* expression = as_expression(context, given);
    if (!expression) {
      result.push_back(given);
      continue;
    }
    const ExpressionObject* column = first_column(*expression);
    const bool of_table = column && column->expression_kind == ExpressionKind::Column;
    if (of_table) {
      result.push_back(const_cast<ExpressionObject*>(column));
    } else {
      result.push_back(Value());
    }
  }
  return result;
}

ExpressionObject* resolved(Context& context, TableObject& table, IndexObject& index, Value given) {
  if (ExpressionObject* expression = as_expression(context, given)) return expression;
  if (const std::string* key = text_in(given)) {
    if (ColumnObject* column = table.find(*key)) return column;
    if (table.incomplete.empty()) {
      report_invalid(*context.interpreter, index.location,
                     "an index of table " + table.key() + " names the column " + *key + ", which is not there",
                     table.key());
      return nullptr;
    }
    return unknown_expression(context, unknown_value(context, "the column " + *key + " is not known"));
  }
  const Value reason =
      given.is_unknown()
          ? given
          : unknown_value(context, "a key of the index is not known: " + context.interpreter->shown(given));
  return unknown_expression(context, reason);
}

}  // namespace

IndexObject* make_index(Context& context, Value name, std::vector<Value> expressions) {
  auto* made = context.interpreter->make<IndexObject>();
  mark_made(context, *made);
  made->name = given_name(context, name);
  made->name_given = !name.is_none();
  made->arguments = std::move(expressions);
  return made;
}

Outcome index_handler(Context& context, Arguments& arguments) {
  std::vector<Value> expressions = arguments.positional;
  Value name = keyword(arguments, "name");
  if (!expressions.empty()) {
    name = expressions.front();
    expressions.erase(expressions.begin());
  }
  IndexObject* made = make_index(context, name, std::move(expressions));
  made->name = given_name(context, name, keyword(arguments, "quote"));
  made->unique = keyword(arguments, "unique");
  made->info = keyword(arguments, "info");
  keep_options(made->options, arguments);
  note_unknown(made->incomplete, arguments);
  if (TableObject* table = as_table(keyword(arguments, "_table"))) {
    (void)attach(context, *table, *made);
  } else {
    attach_by_columns(context, *made);
  }
  return made;
}

void attach_by_columns(Context& context, IndexObject& index) {
  TableObject* table = nullptr;
  bool several = false;
  bool only_columns = true;
  std::vector<ColumnObject*> without_table;
  for (const Value given : pending(context, index)) {
    ColumnObject* column = as_column(context, given);
    if (!column) {
      only_columns = only_columns && given.is_none();
    } else if (!column->table) {
      without_table.push_back(column);
    } else {
      several = several || (table && table != column->table);
      table = column->table;
    }
  }
  if (!without_table.empty()) {
    if (!only_columns) return;
    for (ColumnObject* column : without_table) {
      if (std::ranges::find(column->waiting, &index) == column->waiting.end()) column->waiting.push_back(&index);
    }
    return;
  }
  if (table && !several) (void)attach(context, *table, index);
}

Outcome attach(Context& context, TableObject& table, IndexObject& index) {
  if (index.table && index.table != &table) {
    return context.interpreter->raise("ValueError", "Index '" + index.name.text + "' is against another table");
  }
  fire(context, index, index.listeners, "before_parent_attach", index.self, table.self);
  index.table = &table;
  const bool known = std::ranges::find(table.indexes, &index) != table.indexes.end();
  if (!known) table.indexes.push_back(&index);
  index.expressions.clear();
  for (const Value given : index.arguments) {
    ExpressionObject* expression = resolved(context, table, index, given);
    if (!expression) {
      std::erase(table.indexes, &index);
      return index.self;
    }
    index.expressions.push_back(expression);
  }
  if (!known) {
    name_by_convention(context, index);
    fire(context, index, index.listeners, "after_parent_attach", index.self, table.self);
  }
  return index.self;
}

Outcome IndexObject::attribute(Interpreter& interpreter, std::string_view wanted) {
  Context& shared = context(interpreter);
  if (wanted == "name") return name_value(shared, name);
  if (wanted == "table") return table ? table->self : Value();
  if (wanted == "unique") return interpreter.boolean(is_truthy(shared, unique));
  if (wanted == "expressions") {
    std::vector<Value> items;
    for (ExpressionObject* expression : expressions) {
      const auto* column = dynamic_cast<ColumnObject*>(expression);
      items.push_back(column ? column->self : Value(expression));
    }
    if (expressions.empty()) items = arguments;
    return interpreter.list(std::move(items));
  }
  if (wanted == "columns" || wanted == "c") {
    std::vector<ColumnObject*> columns;
    for (const Value given : pending(shared, *this)) {
      ColumnObject* column = as_column(shared, given);
      if (const std::string* key = text_in(given); key && table && !column) column = table->find(*key);
      if (column && std::ranges::find(columns, column) == columns.end()) columns.push_back(column);
    }
    return column_collection(shared, columns);
  }
  return SchemaItem::attribute(interpreter, wanted);
}

Outcome IndexObject::set_attribute(Interpreter& interpreter, std::string_view wanted, Value value) {
  Context& shared = context(interpreter);
  if (wanted == "name") {
    name = given_name(shared, value);
    name_given = !value.is_none();
    return interpreter.none();
  }
  if (wanted == "unique") {
    unique = value;
    return interpreter.none();
  }
  return SchemaItem::set_attribute(interpreter, wanted, value);
}

/// ExcludeConstraint((column, "operator"), …, using=, where=, ops=).
Outcome exclude_constraint_handler(Context& context, Arguments& arguments) {
  ConstraintObject* made = make_constraint(context, ConstraintKind::Exclusion);
  const Value name = keyword(arguments, "name");
  made->name = given_name(context, name);
  made->name_given = !name.is_none();
  made->deferrable = keyword(arguments, "deferrable");
  made->initially = keyword(arguments, "initially");
  made->comment = keyword(arguments, "comment");
  made->info = keyword(arguments, "info");
  made->method = keyword(arguments, "using");
  made->operator_classes = keyword(arguments, "ops");
  keep_options(made->options, arguments);
  note_unknown(made->incomplete, arguments);
  const Value where = keyword(arguments, "where");
  if (!where.is_none()) {
    made->predicate = text_in(where) ? text_expression(context, *text_in(where)) : coerced(context, where);
  }
  for (const Value given : arguments.positional) {
    const Outcome items = context.interpreter->items(given);
    const auto* pair = items.as<python::List>();
    if (!pair || pair->items.size() != 2) {
      note_unknown(made->incomplete, pair ? unknown_value(context, "an element is no pair of column and operator")
                                          : context.interpreter->settled(items));
      continue;
    }
    ConstraintObject::Element element;
    const Value what = pair->items[0];
    if (const std::string* op = text_in(pair->items[1])) element.operator_name = *op;
    note_unknown(made->incomplete, pair->items[1]);
    if (const std::string* key = text_in(what)) {
      element.key = *key;
      made->arguments.push_back(what);
    } else {
      element.expression = coerced(context, what);
      element.column = dynamic_cast<ColumnObject*>(element.expression);
      element.key = element.column ? element.column->column_key : element.expression->key;
      for (ColumnObject* column : columns_in(*element.expression)) made->arguments.push_back(column->self);
    }
    made->exclusions.push_back(std::move(element));
  }
  attach_by_columns(context, *made);
  return made;
}

}  // namespace models
