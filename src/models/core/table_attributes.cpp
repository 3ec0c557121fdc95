// Attributes and methods of tables.
#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/schema_internal.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

Value foreign_keys(Context& context, const TableObject& table) {
  std::vector<Value> keys;
  for (const ColumnObject* column : table.columns) {
    for (ForeignKeyObject* key : column->foreign_keys) keys.push_back(key->self);
  }
  return python_set(context, keys);
}

Value foreign_key_constraints(Context& context, const TableObject& table) {
  std::vector<Value> found;
  for (ConstraintObject* constraint : table.constraints) {
    if (constraint->kind_of_constraint == ConstraintKind::ForeignKey) found.push_back(constraint->self);
  }
  return python_set(context, found);
}

Value column_or_none(Context& context, TableObject& table) {
  ColumnObject* column = autoincrement_column(context, table);
  return column ? column->self : Value();
}

Outcome data_attribute(Context& context, TableObject& table, std::string_view name) {
  Interpreter& interpreter = *context.interpreter;
  if (name == "c" || name == "columns" || name == "exported_columns") return column_collection(context, table);
  if (name == "name" || name == "description") return name_value(context, table.name);
  if (name == "schema") return name_value(context, table.schema);
  if (name == "key" || name == "fullname") return interpreter.str(table.key());
  if (name == "metadata") return table.metadata->self;
  if (name == "constraints") return constraint_set(context, table);
  if (name == "indexes") return index_set(context, table);
  if (name == "primary_key") return table.primary_key->self;
  if (name == "foreign_keys") return foreign_keys(context, table);
  if (name == "foreign_key_constraints") return foreign_key_constraints(context, table);
  if (name == "comment") return table.comment;
  if (name == "autoincrement_column" || name == "_autoincrement_column") return column_or_none(context, table);
  if (name == "__table__") return table.self;
  return python::absent;
}

using Method = Outcome (*)(Context&, TableObject&, Arguments&);

struct NamedMethod {
  std::string_view name;
  Method function;
};
constexpr NamedMethod methods[] = {
    {"append_column",
     [](Context& context, TableObject& table, Arguments& given) -> Outcome {
       const Value item = argument(given, 0, "column");
       const bool replaces = is_truthy(context, argument(given, 1, "replace_existing"));
       const Outcome added = add_to_table(context, table, item, replaces);
       return added.is_raised() ? added : Outcome(Value());
     }},
    {"append_constraint",
     [](Context& context, TableObject& table, Arguments& given) -> Outcome {
       const Outcome added = append_constraint(context, table, argument(given, 0, "constraint"));
       return added.is_raised() ? added : Outcome(Value());
     }},
    {"add_is_dependent_on",
     [](Context&, TableObject& table, Arguments& given) -> Outcome {
       if (TableObject* other = as_table(argument(given, 0, "table"))) table.depends_on.push_back(other);
       return Value();
     }},
    {"to_metadata",
     [](Context& context, TableObject& table, Arguments& given) { return copied_table(context, table, given); }},
    {"tometadata",
     [](Context& context, TableObject& table, Arguments& given) { return copied_table(context, table, given); }},
};

bool is_query_method(std::string_view name) {
  constexpr std::string_view names[] = {"select",    "insert", "update",  "delete",      "join",
                                        "outerjoin", "alias",  "lateral", "tablesample", "corresponding_column"};
  for (const std::string_view known : names) {
    if (known == name) return true;
  }
  return false;
}

}  // namespace

Outcome TableObject::attribute(Interpreter& interpreter, std::string_view wanted) {
  Context& shared = context(interpreter);
  if (const Outcome found = data_attribute(shared, *this, wanted); !found.is_absent()) return found;
  for (const NamedMethod& entry : methods) {
    if (entry.name != wanted) continue;
    const Method function = entry.function;
    return method(interpreter, entry.name,
                  [this, &shared, function](Interpreter&, Arguments& given) { return function(shared, *this, given); });
  }
  if (is_query_method(wanted)) return query_object(shared);
  return SchemaItem::attribute(interpreter, wanted);
}

Outcome TableObject::set_attribute(Interpreter& interpreter, std::string_view attribute, Value value) {
  Context& shared = context(interpreter);
  const auto rename = [&](GivenName& part, GivenName given) {
    metadata->by_key.erase(key());
    part = std::move(given);
    if (!removed) metadata->by_key.emplace(key(), this);
  };
  if (attribute == "comment") {
    comment = value;
  } else if (attribute == "schema") {
    rename(schema, is_blank_schema(value) ? GivenName{} : given_name(shared, value));
  } else if (attribute == "name") {
    rename(name, given_name(shared, value));
  } else if (attribute == "constraints") {
    assign_constraints(shared, *this, value);
  } else if (attribute == "indexes") {
    assign_indexes(shared, *this, value);
  } else {
    return SchemaItem::set_attribute(interpreter, attribute, value);
  }
  return interpreter.none();
}

}  // namespace models
