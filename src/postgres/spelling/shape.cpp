#include "postgres/spelling/shape.h"

#include <algorithm>

#include "base/text.h"
#include "sql/quote.h"
#include "sql/statement.h"

namespace postgres::spelling {
namespace {
template <class T>
const T* find(const std::vector<T>& list, const schema::QualifiedName& name) {
  const auto found = std::ranges::find(list, name, &T::name);
  return found == list.end() ? nullptr : &*found;
}

/// Behind the user's own search path: what the table's schema has, then the stand-ins.
std::string search_path(const schema::Table& table) {
  const std::string schema = table.name.schema.empty() ? "" : ", " + sql::quoted(schema::Name{table.name.schema});
  return "SELECT set_config('search_path', current_setting('agent_migrate.path') || " +
         sql::quoted(sql::Literal{schema + ", pg_temp"}) + ", true)";
}

std::string collation(const schema::QualifiedName& name) {
  return name.empty() ? std::string() : " COLLATE " + sql::fully_quoted(name);
}
}  // namespace

Shape::Shape(const schema::Table& table, const schema::Database& desired, const schema::Database& actual)
    : table_{table.name.name} {
  preparation_.push_back({search_path(table), ""});
  for (const schema::Column& column : table.columns) {
    if (!column.type.schema.empty()) add_type({column.type.schema, column.type.name}, desired, actual);
  }
  for (const auto& [name, text] : std::map(temporary_)) {
    temporary_[{"", name.name}] = text;
    real_[{"", name.name}] = sql::fully_quoted(name);
    real_[{"pg_temp", name.name}] = sql::fully_quoted(name);
  }
  add_columns(table);
}

void Shape::add_type(const schema::QualifiedName& name, const schema::Database& desired,
                     const schema::Database& actual) {
  if (!seen_.insert(name).second) return;
  const std::string stand_in = sql::fully_quoted(schema::QualifiedName{"pg_temp", name.name});
  const auto make = [&](const std::string& statement) {
    temporary_[name] = stand_in;
    preparation_.push_back({statement, ""});
  };
  if (const schema::EnumType* type = find(desired.enums, name)) {
    const schema::EnumType* const there = find(actual.enums, name);
    if (there != nullptr && there->labels == type->labels) return;
    std::vector<sql::Literal> labels;
    for (const std::string& label : type->labels) labels.push_back({label});
    make("CREATE TYPE " + stand_in + " AS ENUM (" + sql::quoted(labels) + ")");
  } else if (const schema::Domain* domain = find(desired.domains, name)) {
    const schema::Domain* const there = find(actual.domains, name);
    if (there != nullptr && there->type == domain->type) return;
    if (!domain->type.schema.empty()) add_type({domain->type.schema, domain->type.name}, desired, actual);
    make("CREATE DOMAIN " + stand_in + " AS " + text(domain->type));
  } else if (const schema::CompositeType* composite = find(desired.composites, name)) {
    const schema::CompositeType* const there = find(actual.composites, name);
    if (there != nullptr && there->attributes == composite->attributes) return;
    std::string attributes;
    for (const auto& attribute : composite->attributes) {
      if (!attribute.type.schema.empty()) add_type({attribute.type.schema, attribute.type.name}, desired, actual);
      attributes += (attributes.empty() ? "" : ", ") + sql::quoted(attribute.name) + " " + text(attribute.type);
    }
    make("CREATE TYPE " + stand_in + " AS (" + attributes + ")");
  } else if (const schema::RangeType* range = find(desired.ranges, name); range && !find(actual.ranges, name)) {
    if (!range->subtype.schema.empty()) add_type({range->subtype.schema, range->subtype.name}, desired, actual);
    make("CREATE TYPE " + stand_in + " AS RANGE (subtype = " + text(range->subtype) + ")");
  }
}

/// Generated columns come after the others, each by itself: one that the server refuses becomes a plain one, so that
/// the rest of the table can still be asked about.
void Shape::add_columns(const schema::Table& table) {
  std::vector<std::string> columns;
  for (const schema::Column& column : table.columns) {
    if (column.generated) continue;
    columns.push_back(sql::quoted(column.name) + " " + text(column.type) + collation(column.collation));
  }
  preparation_.push_back({"CREATE TEMP TABLE " + this->table() + " (" + base::joined(columns, ", ") + ")", ""});
  for (const schema::Column& column : table.columns) {
    if (!column.generated) continue;
    const std::string definition = sql::quoted(column.name) + " " + text(column.type) + collation(column.collation);
    preparation_.push_back({"ALTER TABLE " + this->table() + " ADD COLUMN " + definition + " GENERATED ALWAYS AS (" +
                                text(column.generated->expression) + ") STORED",
                            ""});
    preparation_.push_back({"ALTER TABLE " + this->table() + " ADD COLUMN IF NOT EXISTS " + definition, ""});
  }
}

std::string Shape::table() const { return "pg_temp." + sql::quoted(table_); }

std::string Shape::text(const schema::TypeName& type) const {
  if (type.schema.empty()) return sql::quoted(type);
  const auto stand_in = temporary_.find({type.schema, type.name});
  std::string text = stand_in != temporary_.end() ? stand_in->second
                                                  : sql::fully_quoted(schema::QualifiedName{type.schema, type.name});
  if (!type.modifiers.empty()) text += "(" + type.modifiers + ")";
  return type.array ? text + "[]" : text;
}

std::string Shape::text(const schema::Expression& expression) const {
  return with_types(sql::quoted(expression), temporary_);
}

std::string Shape::text(const schema::IndexKey& key) const {
  std::string result = key.column.empty() ? "(" + text(key.expression) + ")" : sql::quoted(key.column);
  result += collation(key.collation);
  if (!key.operator_class.empty()) {
    result += " " + sql::quoted(key.operator_class);
    if (!key.operator_class_parameters.empty()) result += " (" + key.operator_class_parameters + ")";
  }
  return result;
}

}  // namespace postgres::spelling
