// Columns: type, SERIAL, nullability, defaults, identity, generated.
#include <algorithm>

#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/finish_internal.h"
#include "models/core/type_values.h"
#include "models/core/values.h"
#include "sql/quote.h"

namespace models {
using python::Value;
using schema::Kind;

namespace {

/// The type that decides about SERIAL: one decorator is looked through, no more.
std::string_view serial_type(const Type& type) {
  const Type& beneath = type.decorated && type.item ? *type.item : type;
  if (beneath.decorated) return "integer";
  if (derives_from(beneath.of, "BigInteger")) return "bigint";
  return derives_from(beneath.of, "SmallInteger") ? "smallint" : "integer";
}

bool has_default(const ColumnObject& column) {
  if (column.default_value.is_none()) return false;
  const SequenceObject* sequence = as_sequence(column.default_value);
  return !sequence || !sequence->optional;
}

std::string column_text(const schema::QualifiedName& owner, const ColumnObject& column) {
  return "column " + schema::text(owner) + "." + column.name.text;
}

}  // namespace

void Finisher::set_column_type(const schema::QualifiedName& owner, ColumnObject& column, bool automatic,
                               schema::Column& made) {
  const TypePointer type = column_type(context_, column);
  if (!type->unknown.empty()) {
    const base::Place where = column.location ? place(column.location) : type->unknown_at;
    unresolved_text(Kind::Column, owner, made.name.text, "type", where, type->unknown,
                    "the type of " + column_text(owner, column) + " cannot be read");
    return;
  }
  const bool serial = column.primary_key && automatic && !column.identity && !has_default(column);
  if (serial) {
    made.type.name = serial_type(*type);
    made.serial = schema::Serial{};
    made.serial->options = schema::default_sequence_options(made.type.name);
    made.not_null = true;
    return;
  }
  std::string problem;
  made.type = type_name(*type, made.collation, problem);
  if (!problem.empty()) {
    unresolved_text(Kind::Column, owner, made.name.text, "type",
                    column.location ? place(column.location) : base::Place{}, problem,
                    "the type of " + column_text(owner, column) + " cannot be told");
  }
}

void Finisher::set_server_default(const schema::QualifiedName& owner, const ColumnObject& column,
                                  schema::Column& made) {
  const std::string what = "the default of " + column_text(owner, column) + " cannot be read";
  if (column.server_default.is_unknown()) {
    unresolved(Kind::Column, owner, made.name.text, "server_default", column.server_default, what);
    return;
  }
  const ServerDefaultObject* given = as_server_default(column.server_default);
  if (!given || given->which != ServerDefaultObject::Which::Clause || made.serial) return;
  if (const std::string* text = text_in(given->argument)) {
    made.server_default = schema::Expression{sql::quoted(sql::Literal{*text})};
    return;
  }
  ExpressionObject* expression = as_expression(context_, given->argument);
  if (!expression) {
    const Value reason = given->argument.is_unknown()
                             ? given->argument
                             : unknown_value(context_, "it is neither a text nor an SQL expression: " +
                                                           context_.interpreter->shown(given->argument));
    unresolved(Kind::Column, owner, made.name.text, "server_default", reason, what);
    return;
  }
  const WrittenExpression sql = written(context_, *expression, true);
  if (!sql.known()) {
    const Value reason = sql.unknown.is_unknown() ? sql.unknown : unknown_value(context_, sql.refused);
    unresolved(Kind::Column, owner, made.name.text, "server_default", reason, what);
    return;
  }
  // PostgreSQL keeps no default that is a mere NULL.
  if (sql.sql != "NULL") made.server_default = schema::Expression{sql.sql};
}

void Finisher::set_identity(const schema::QualifiedName& owner, const ColumnObject& column, schema::Column& made) {
  if (!column.identity) return;
  schema::Identity identity;
  identity.always = is_truthy(context_, column.identity->always);
  if (column.identity->always.is_unknown()) {
    unresolved(Kind::Column, owner, made.name.text, "identity", column.identity->always,
               "the identity of " + column_text(owner, column) + " cannot be read");
  }
  identity.options = sequence_options(column.identity->sequence, made.type.name);
  made.identity = identity;
  made.not_null = true;
}

void Finisher::set_computed(const schema::QualifiedName& owner, const ColumnObject& column, schema::Column& made) {
  if (!column.computed) return;
  const Value given = column.computed->argument;
  ExpressionObject* expression = text_in(given) ? text_expression(context_, *text_in(given)) : coerced(context_, given);
  const WrittenExpression sql = written(context_, *expression);
  if (!sql.known()) {
    const Value reason = sql.unknown.is_unknown() ? sql.unknown : unknown_value(context_, sql.refused);
    unresolved(Kind::Column, owner, made.name.text, "generated", reason,
               "the expression of " + column_text(owner, column) + " cannot be read");
    return;
  }
  made.generated = schema::Generated{};
  made.generated->expression.text = sql.sql;
}

void Finisher::add_column(const TableObject&, ColumnObject& column, bool automatic, schema::Table& made) {
  if (column.system) return;
  element_ = column.location;
  schema::Column result;
  result.name.text = catalog_name(column.name);
  const schema::QualifiedName& owner = made.name;
  origin(Kind::Column, owner, result.name.text, column.location);
  set_column_type(owner, column, automatic, result);
  set_identity(owner, column, result);
  set_server_default(owner, column, result);
  set_computed(owner, column, result);
  if (column.nullable.is_unknown()) {
    unresolved(Kind::Column, owner, result.name.text, "not_null", column.nullable,
               "whether " + column_text(owner, column) + " may be NULL cannot be read");
  } else if (!is_truthy(context_, column.nullable)) {
    result.not_null = true;
  }
  if (column.primary_key) result.not_null = true;
  result.comment = comment_of(column.comment, Kind::Column, owner, result.name.text);
  for (const python::Unknown* unknown : column.incomplete) {
    unresolved(Kind::Column, owner, result.name.text, {}, Value(const_cast<python::Unknown*>(unknown)),
               column_text(owner, column) + " cannot be read whole");
  }
  for (const Value flag : {column.index, column.unique, column.primary_key_unknown}) {
    if (!flag.is_unknown()) continue;
    unresolved(Kind::Table, owner, {}, {}, flag,
               "whether " + column_text(owner, column) + " is a key or has an index cannot be read");
  }
  made.columns.push_back(std::move(result));
}

}  // namespace models
