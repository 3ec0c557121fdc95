// Indexes: their keys out of expressions, and PostgreSQL's options.
#include <algorithm>

#include "base/text.h"
#include "models/context.h"
#include "models/core/finish_internal.h"
#include "models/core/values.h"

namespace models {
using python::Value;
using schema::Kind;

/// A key as it stands in CREATE INDEX: expressions in brackets where SQLAlchemy sets them.
std::string Finisher::key_text(const ExpressionObject& expression, Value& unknown, std::string& refused) {
  const bool column =
      expression.expression_kind == ExpressionKind::Column || expression.expression_kind == ExpressionKind::Name;
  auto* key = const_cast<ExpressionObject*>(&expression);
  const WrittenExpression sql = written(context_, column ? expression : *grouped(context_, key));
  if (sql.unknown.is_unknown()) unknown = sql.unknown;
  if (!sql.refused.empty()) refused = sql.refused;
  return sql.sql;
}

namespace {

std::string key_of(const ExpressionObject& expression) {
  if (const auto* column = dynamic_cast<const ColumnObject*>(&expression)) return column->column_key;
  return expression.key;
}

}  // namespace

bool Finisher::add_keys(const TableObject& table, const IndexObject& index, schema::Index& made) {
  const schema::QualifiedName owner = qualified(table);
  const Value* classes = postgresql_option(index.options, "ops");
  const auto fail = [&](Value reason) {
    unresolved(Kind::Index, owner, made.name.text, {}, reason,
               "index " + made.name.text + " of table " + schema::text(owner) + " cannot be read");
    return false;
  };
  if (classes && classes->is_unknown()) return fail(*classes);
  for (const ExpressionObject* expression : index.expressions) {
    Value unknown;
    std::string refused;
    std::string text = key_text(*expression, unknown, refused);
    if (unknown.is_unknown()) return fail(unknown);
    if (!refused.empty()) return fail(unknown_value(context_, refused));
    if (const auto* dict = classes ? classes->as<python::Dict>() : nullptr) {
      const Value* chosen = dict->find(key_of(*expression));
      if (const std::string* name = chosen ? text_in(*chosen) : nullptr) text += " " + *name;
    }
    auto key = index_key(text, made.method);
    if (!key) return fail(unknown_value(context_, text + " is no key of an index: " + key.error().message));
    made.keys.push_back(std::move(*key));
  }
  return true;
}

void Finisher::add_index(const TableObject& table, const IndexObject& index, schema::Table& made) {
  element_ = index.location;
  if (!is_made(index, made.name, table)) return;
  schema::Index result;
  result.name.text = sent_name(index.name);
  if (index.name.is_unknown() || result.name.empty()) {
    const Value reason =
        index.name.is_unknown() ? index.name.unknown : unknown_value(context_, "an index needs a name");
    unresolved(Kind::Table, made.name, {}, {}, reason,
               "an index of table " + schema::text(made.name) + " cannot be read");
    return;
  }
  for (const python::Unknown* unknown : index.incomplete) {
    unresolved(Kind::Index, made.name, result.name.text, {}, Value(const_cast<python::Unknown*>(unknown)),
               "index " + result.name.text + " cannot be read whole");
  }
  const auto attribute = [&](std::string_view name, Value reason) {
    unresolved(Kind::Index, made.name, result.name.text, std::string(name), reason,
               "index " + result.name.text + " of table " + schema::text(made.name) + " cannot be read whole");
  };
  const auto option = [&](std::string_view name) -> Value {
    const Value* value = postgresql_option(index.options, name);
    return value ? *value : Value();
  };
  result.unique = is_truthy(context_, index.unique);
  if (index.unique.is_unknown()) attribute("unique", index.unique);
  if (const Value method = option("using"); !method.is_none()) {
    const std::string* text = text_in(method);
    if (!text) attribute("method", method);
    if (text && !text->empty()) result.method = base::lowered(*text);
  }
  if (const Value space = option("tablespace"); text_in(space) && *text_in(space) != "pg_default") {
    result.tablespace = *text_in(space);
  }
  result.nulls_not_distinct = is_truthy(context_, option("nulls_not_distinct"));
  result.include = included(table, index.options, Kind::Index, result.name.text);
  if (const Value with = option("with"); !with.is_none()) {
    if (const auto* dict = with.as<python::Dict>()) {
      for (const auto& entry : dict->table.entries()) {
        const Value text = context_.interpreter->settled(context_.interpreter->str_of(entry.value));
        if (text_in(entry.key) && text_in(text)) {
          result.storage_parameters.push_back(*text_in(entry.key) + "=" + *text_in(text));
        } else {
          attribute("storage_parameters", text);
        }
      }
      std::ranges::sort(result.storage_parameters);
    } else {
      attribute("storage_parameters", with);
    }
  }
  if (const Value where = option("where"); !where.is_none()) {
    ExpressionObject* expression =
        text_in(where) ? text_expression(context_, *text_in(where)) : coerced(context_, where);
    const WrittenExpression sql = written(context_, *expression);
    if (sql.known()) {
      result.predicate = schema::Expression{sql.sql};
    } else {
      attribute("predicate", sql.unknown.is_unknown() ? sql.unknown : unknown_value(context_, sql.refused));
    }
  }
  names_.take_relation(made.name.schema, result.name.text);
  origin(Kind::Index, made.name, result.name.text, index.location);
  if (!add_keys(table, index, result)) return;
  made.indexes.push_back(std::move(result));
}

}  // namespace models
