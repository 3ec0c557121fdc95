// Attributes of columns, as code reads and sets them.
#include <array>

#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/schema_internal.h"
#include "models/core/type_values.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

Value column_type_value(Context& context, const ColumnObject& column) {
  if (!column.data_type.is_none()) return column.data_type;
  return type_object(context, column_type(context, column));
}

Value foreign_keys(Context& context, const ColumnObject& column) {
  std::vector<Value> keys;
  for (ForeignKeyObject* key : column.foreign_keys) keys.push_back(key->self);
  return python_set(context, keys);
}

Value constraints(Context& context, const ColumnObject& column) {
  std::vector<Value> found;
  for (ConstraintObject* constraint : column.constraints) found.push_back(constraint->self);
  return python_set(context, found);
}

/// Plain attributes that are kept as they were given.
struct Member {
  std::string_view name;
  Value ColumnObject::*member;
};
constexpr std::array members{
    Member{"nullable", &ColumnObject::nullable},
    Member{"index", &ColumnObject::index},
    Member{"unique", &ColumnObject::unique},
    Member{"autoincrement", &ColumnObject::autoincrement},
    Member{"comment", &ColumnObject::comment},
    Member{"doc", &ColumnObject::doc},
    Member{"default", &ColumnObject::default_value},
    Member{"onupdate", &ColumnObject::onupdate},
    Member{"server_default", &ColumnObject::server_default},
    Member{"server_onupdate", &ColumnObject::server_onupdate},
};

Outcome data_attribute(Context& context, ColumnObject& column, std::string_view wanted) {
  Interpreter& interpreter = *context.interpreter;
  for (const Member& known : members) {
    if (known.name == wanted) return column.*known.member;
  }
  if (wanted == "name" || wanted == "description") return name_value(context, column.name);
  if (wanted == "key")
    return column.column_key.empty() ? Outcome(Value()) : Outcome(interpreter.str(column.column_key));
  if (wanted == "type") return column_type_value(context, column);
  if (wanted == "primary_key") return interpreter.boolean(column.primary_key);
  if (wanted == "table") return column.table ? column.table->self : Value();
  if (wanted == "foreign_keys") return foreign_keys(context, column);
  if (wanted == "constraints") return constraints(context, column);
  if (wanted == "identity") return column.identity ? column.identity->self : Value();
  if (wanted == "computed") return column.computed ? column.computed->self : Value();
  if (wanted == "system") return interpreter.boolean(column.system);
  if (wanted == "info") {
    if (column.info.is_none()) column.info = interpreter.dict();
    return column.info;
  }
  for (const auto& [name, kept] : column.others) {
    if (name == wanted) return kept;
  }
  return python::absent;
}

Outcome method_attribute(Context& context, ColumnObject& column, std::string_view wanted) {
  Interpreter& interpreter = *context.interpreter;
  if (wanted == "copy" || wanted == "_copy") {
    return method(interpreter, "sqlalchemy.Column.copy",
                  [&context, &column](Interpreter&, Arguments&) -> Outcome { return copied(context, column); });
  }
  if (wanted == "append_foreign_key") {
    return method(interpreter, "sqlalchemy.Column.append_foreign_key",
                  [&context, &column](Interpreter&, Arguments& given) -> Outcome {
                    add_to_column(context, column, argument(given, 0, "fk"));
                    return Value();
                  });
  }
  if (wanted == "references") {
    return method(interpreter, "sqlalchemy.Column.references",
                  [&context, &column](Interpreter& python, Arguments& given) -> Outcome {
                    const ColumnObject* other = as_column(context, argument(given, 0, "column"));
                    bool refers = false;
                    for (const ForeignKeyObject* key : column.foreign_keys) {
                      refers = refers || (other && referred_column(context, *key) == other);
                    }
                    return python.boolean(refers);
                  });
  }
  return python::absent;
}

}  // namespace

Outcome ColumnObject::attribute(Interpreter& interpreter, std::string_view wanted) {
  Context& shared = context(interpreter);
  if (const Outcome found = data_attribute(shared, *this, wanted); !found.is_absent()) return found;
  if (const Outcome found = method_attribute(shared, *this, wanted); !found.is_absent()) return found;
  return ExpressionObject::attribute(interpreter, wanted);
}

Outcome ColumnObject::set_attribute(Interpreter& interpreter, std::string_view wanted, Value given) {
  Context& shared = context(interpreter);
  if (wanted == "server_default" && !given.is_none() && !given.is_unknown() && !as_server_default(given)) {
    auto* made = interpreter.make<ServerDefaultObject>(ServerDefaultObject::Which::Clause);
    mark_made(shared, *made);
    made->argument = given;
    given = made;
  }
  if (wanted == "nullable") nullable_given = true;
  for (const Member& known : members) {
    if (known.name != wanted) continue;
    this->*known.member = given;
    return interpreter.none();
  }
  if (wanted == "type") {
    set_type(shared, *this, given);
    if (table) type_reaches_table(shared, *this);
  } else if (wanted == "name") {
    name = given_name(shared, given);
  } else if (wanted == "key") {
    if (const std::string* chosen = text_in(given)) column_key = *chosen;
  } else if (wanted == "primary_key") {
    primary_key = is_truthy(shared, given);
  } else if (wanted == "system") {
    system = is_truthy(shared, given);
  } else if (wanted == "info") {
    info = given;
  } else {
    std::erase_if(others, [&](const auto& entry) { return entry.first == wanted; });
    others.emplace_back(wanted, given);
  }
  return interpreter.none();
}

Outcome ColumnObject::str(Interpreter& interpreter) {
  const std::string own = name.text;
  return interpreter.str(table ? table->name.text + "." + own : own);
}

}  // namespace models
