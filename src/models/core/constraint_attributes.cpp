// Attributes of constraints.
#include "models/context.h"
#include "models/core/names.h"
#include "models/core/schema_internal.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

std::string_view ConstraintObject::type_name() const {
  switch (kind_of_constraint) {
    case ConstraintKind::PrimaryKey:
      return "sqlalchemy.PrimaryKeyConstraint";
    case ConstraintKind::Unique:
      return "sqlalchemy.UniqueConstraint";
    case ConstraintKind::Check:
      return "sqlalchemy.CheckConstraint";
    case ConstraintKind::ForeignKey:
      return "sqlalchemy.ForeignKeyConstraint";
    case ConstraintKind::Exclusion:
      return "sqlalchemy.dialects.postgresql.ExcludeConstraint";
  }
  return "sqlalchemy.Constraint";
}

bool ConstraintObject::is_instance_of(std::string_view qualified_name) const {
  const std::string canonical = canonical_name(qualified_name);
  return canonical == type_name() || canonical == "sqlalchemy.Constraint" || canonical == "sqlalchemy.SchemaItem" ||
         canonical == "sqlalchemy.ColumnCollectionConstraint";
}

Outcome ConstraintObject::attribute(Interpreter& interpreter, std::string_view wanted) {
  Context& shared = context(interpreter);
  if (wanted == "name") return name_given || !name.empty() ? name_value(shared, name) : Value();
  if (wanted == "table" || wanted == "parent") {
    if (table) return table->self;
    return column ? Outcome(column->self) : Outcome(Value());
  }
  if (wanted == "columns" || wanted == "c") return column_collection(shared, columns);
  if (wanted == "column_keys") {
    std::vector<Value> keys;
    for (const ColumnObject* each : columns) keys.push_back(interpreter.str(each->column_key));
    return interpreter.list(std::move(keys));
  }
  if (wanted == "elements") {
    std::vector<Value> keys;
    for (ForeignKeyObject* key : elements) keys.push_back(key->self);
    return interpreter.list(std::move(keys));
  }
  if (wanted == "referred_table" && !elements.empty()) {
    const ColumnObject* referred = referred_column(shared, *elements[0]);
    return referred && referred->table ? Outcome(referred->table->self) : Outcome(Value());
  }
  if (wanted == "sqltext" && expression) return expression;
  if (wanted == "ondelete") return on_delete;
  if (wanted == "onupdate") return on_update;
  if (wanted == "deferrable") return deferrable;
  if (wanted == "initially") return initially;
  if (wanted == "match") return match;
  if (wanted == "use_alter") return use_alter;
  if (wanted == "comment") return comment;
  return SchemaItem::attribute(interpreter, wanted);
}

Outcome ConstraintObject::set_attribute(Interpreter& interpreter, std::string_view wanted, Value value) {
  Context& shared = context(interpreter);
  struct Member {
    std::string_view name;
    Value ConstraintObject::*member;
  };
  constexpr Member members[] = {
      {"deferrable", &ConstraintObject::deferrable}, {"initially", &ConstraintObject::initially},
      {"comment", &ConstraintObject::comment},       {"ondelete", &ConstraintObject::on_delete},
      {"onupdate", &ConstraintObject::on_update},    {"match", &ConstraintObject::match},
      {"use_alter", &ConstraintObject::use_alter},
  };
  if (wanted == "name") {
    name = given_name(shared, value);
    name_given = !value.is_none();
    return interpreter.none();
  }
  for (const Member& known : members) {
    if (known.name != wanted) continue;
    this->*known.member = value;
    return interpreter.none();
  }
  return SchemaItem::set_attribute(interpreter, wanted, value);
}

Outcome ConstraintObject::iterate(Interpreter& interpreter) {
  std::vector<Value> items;
  for (ColumnObject* each : columns) items.push_back(each->self);
  return interpreter.list(std::move(items));
}

Outcome ConstraintObject::length(Interpreter& interpreter) {
  return interpreter.integer(static_cast<std::int64_t>(columns.size()));
}

}  // namespace models
