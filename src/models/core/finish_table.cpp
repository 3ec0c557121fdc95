// Tables: their own options, what they inherit, and the order in which their parts get names.
#include <algorithm>

#include "base/text.h"
#include "models/context.h"
#include "models/core/finish_internal.h"
#include "models/core/values.h"
#include "sql/quote.h"

namespace models {
using python::Value;
using schema::Kind;

bool Finisher::is_temporary(const TableObject& table) const {
  return std::ranges::any_of(table.prefixes, [](const std::string& prefix) {
    const std::string upper = base::uppered(prefix);
    return upper.find("TEMP") != std::string::npos;
  });
}

namespace {

/// "RANGE (taken_at)" in its parts.
std::optional<schema::Partitioning> partitioning(const std::string& text) {
  const auto open = text.find('(');
  const auto close = text.rfind(')');
  if (open == std::string::npos || close == std::string::npos || close < open) return {};
  schema::Partitioning made;
  made.strategy = base::uppered(base::trimmed(std::string_view(text).substr(0, open)));
  made.key = base::trimmed(std::string_view(text).substr(open + 1, close - open - 1));
  return made;
}

/// A parent's column as its child has it: the default of a SERIAL stays with the parent's sequence.
schema::Column inherited_column(const schema::QualifiedName& parent, schema::Column column) {
  column.inherited = true;
  column.comment.reset();
  column.identity.reset();
  if (column.serial) {
    const std::string own = object_name(parent.name, column.name.text, "seq");
    const schema::QualifiedName sequence =
        column.serial->sequence.empty() ? schema::QualifiedName{parent.schema, own} : column.serial->sequence;
    column.serial.reset();
    column.server_default =
        schema::Expression{"nextval(" + sql::quoted(sql::Literal{sql::fully_quoted(sequence)}) + "::regclass)"};
  }
  return column;
}

}  // namespace

void Finisher::add_options(TableObject& table, schema::Table& made) {
  for (const std::string& prefix : table.prefixes) {
    if (base::uppered(base::trimmed(prefix)) == "UNLOGGED") made.unlogged = true;
  }
  const auto option = [&](std::string_view name, std::string_view attribute) -> const std::string* {
    const Value* value = postgresql_option(table.options, name);
    if (!value || value->is_none()) return nullptr;
    const std::string* text = text_in(*value);
    if (!text) {
      unresolved(Kind::Table, made.name, {}, std::string(attribute), *value,
                 "postgresql_" + std::string(name) + " of table " + table.key() + " cannot be read");
    }
    return text;
  };
  if (const std::string* space = option("tablespace", "tablespace"); space && *space != "pg_default") {
    made.tablespace = *space;
  }
  if (const std::string* method = option("using", "access_method"); method && *method != "heap") {
    made.access_method = *method;
  }
  if (const std::string* text = option("partition_by", "partitioning")) made.partitioning = partitioning(*text);
}

/// Columns of parents come first; those that the table has too are one with them. Their checks hold for it as well, but
/// are not its own.
void Finisher::add_inherited(TableObject& table, schema::Table& made) {
  const Value* given = postgresql_option(table.options, "inherits");
  if (!given || given->is_none()) return;
  std::vector<Value> names{*given};
  if (!text_in(*given)) {
    const python::Outcome items = context_.interpreter->items(*given);
    const auto* list = items.as<python::List>();
    if (!list) {
      unresolved(Kind::Table, made.name, {}, "inherits", context_.interpreter->settled(items),
                 "what table " + table.key() + " inherits cannot be read");
      return;
    }
    names = list->items;
  }
  std::vector<schema::Column> columns;
  for (const Value name : names) {
    const std::string* text = text_in(name);
    if (!text) continue;
    const schema::QualifiedName parent{options_.default_schema, *text};
    made.inherits.push_back(parent);
    const schema::Table* known = schema::find_table(reading_.database, parent);
    if (!known) continue;
    for (const schema::Column& column : known->columns) {
      const bool there =
          std::ranges::any_of(columns, [&](const schema::Column& other) { return other.name == column.name; });
      if (!there) columns.push_back(inherited_column(parent, column));
    }
  }
  for (schema::Column& own : made.columns) {
    const auto inherited =
        std::ranges::find_if(columns, [&](const schema::Column& other) { return other.name == own.name; });
    if (inherited == columns.end()) {
      columns.push_back(std::move(own));
      continue;
    }
    own.not_null = own.not_null || inherited->not_null;
    if (!own.server_default && !own.serial) own.server_default = inherited->server_default;
    *inherited = std::move(own);
  }
  made.columns = std::move(columns);
}

void Finisher::add_table(TableObject& table) {
  const schema::QualifiedName name = qualified(table);
  const auto [known, fresh] = tables_.emplace(name, &table);
  if (!fresh) {
    const base::Place first = known->second->location ? place(known->second->location) : base::Place{};
    const base::Place second = table.location ? place(table.location) : base::Place{};
    reading_.diagnostics.push_back({.code = "DECLARED_TWICE",
                                    .message = "table " + schema::text(name) +
                                               " is declared in two MetaData, also at " + base::text(first) +
                                               "; that one counts",
                                    .place = second,
                                    .table = schema::text(name)});
    return;
  }
  need_schema(name.schema);
  origin(Kind::Table, name, {}, table.location);
  element_ = table.location;
  schema::Table made;
  made.name = name;
  add_options(table, made);
  made.comment = comment_of(table.comment, Kind::Table, name, {});
  ColumnObject* automatic = autoincrement_column(context_, table);
  for (ColumnObject* column : table.columns) add_column(table, *column, column == automatic, made);
  for (const schema::Column& column : made.columns) {
    if (column.serial) names_.choose_relation(name.schema, name.name, column.name.text, "seq", false);
    if (column.identity) names_.choose_relation(name.schema, name.name, column.name.text, "seq", false);
  }
  names_.take_relation(name.schema, name.name);
  add_inherited(table, made);
  add_checks(table, made);
  add_keys(table, made);
  add_foreign_keys(table, made);
  for (const IndexObject* index : table.indexes) add_index(table, *index, made);
  element_ = table.location;
  for (const python::Unknown* unknown : table.incomplete) {
    unresolved(Kind::Table, name, {}, {}, Value(const_cast<python::Unknown*>(unknown)),
               "table " + schema::text(name) + " cannot be read whole");
  }
  need_extensions(made);
  reading_.database.tables.push_back(std::move(made));
}

std::optional<std::string> Finisher::comment_of(Value value, Kind kind, const schema::QualifiedName& owner,
                                                const std::string& name) {
  if (value.is_none()) return {};
  if (const std::string* text = text_in(value)) return text->empty() ? std::nullopt : std::optional(*text);
  unresolved(kind, owner, name, "comment", value, "a comment cannot be read");
  return {};
}

}  // namespace models
