// Naming conventions (sql/naming.py).
#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"
#include "models/context.h"
#include "models/core/schema_internal.h"
#include "models/core/values.h"

namespace models {
namespace {

using python::Value;

/// What a convention names: a constraint or an index, with its columns.
struct Subject {
  std::string_view prefix;     ///< "uq"
  std::string_view type_name;  ///< canonical
  GivenName name;
  bool name_given = false;
  Value self;
  std::vector<ColumnObject*> columns;
  const std::vector<ForeignKeyObject*>* elements = nullptr;
  TableObject* table = nullptr;
};

std::string_view prefix_of(ConstraintKind kind) {
  switch (kind) {
    case ConstraintKind::PrimaryKey:
      return "pk";
    case ConstraintKind::Unique:
      return "uq";
    case ConstraintKind::Check:
      return "ck";
    case ConstraintKind::ForeignKey:
      return "fk";
    case ConstraintKind::Exclusion:
      return {};
  }
  return {};
}

/// Replaces the tokens of one convention.
class Namer {
 public:
  Namer(Context& context, const Subject& subject) : context_(context), subject_(subject) {}

  /// Nothing if the convention cannot be applied; an Unknown's reason in `unknown`.
  std::optional<std::string> filled(std::string_view convention);
  Value unknown;

 private:
  std::optional<std::string> token(const std::string& key);
  std::optional<std::string> by_function(const std::string& key);
  std::optional<std::string> by_column(std::string_view key);
  std::optional<std::string> column_part(std::size_t index, std::string_view part, bool referred);
  std::string label(const ColumnObject& column) const;

  Context& context_;
  const Subject& subject_;
};

std::optional<std::string> Namer::filled(std::string_view convention) {
  std::string result;
  for (std::size_t at = 0; at < convention.size(); ++at) {
    if (convention[at] != '%') {
      result += convention[at];
      continue;
    }
    if (convention.substr(at, 2) == "%%") {
      result += '%';
      ++at;
      continue;
    }
    const auto end = convention.find(")s", at);
    if (convention.substr(at, 2) != "%(" || end == std::string_view::npos) return {};
    const auto value = token(std::string(convention.substr(at + 2, end - at - 2)));
    if (!value) return {};
    result += *value;
    at = end + 1;
  }
  return result;
}

std::optional<std::string> Namer::by_function(const std::string& key) {
  const python::Dict* convention = subject_.table->metadata->naming_convention;
  const Value* function = convention ? convention->find(key) : nullptr;
  if (!function || text_in(*function)) return {};
  const Value called =
      context_.interpreter->settled(context_.interpreter->call(*function, {subject_.self, subject_.table->self}));
  const Value text = context_.interpreter->settled(context_.interpreter->str_of(called));
  if (const std::string* known = text_in(text)) return *known;
  unknown = text;
  return {};
}

std::optional<std::string> Namer::token(const std::string& key) {
  if (const auto made = by_function(key); made || unknown.is_unknown()) return made;
  if (key == "table_name") return subject_.table->name.text;
  if (key == "constraint_name") {
    if (subject_.name.is_unknown()) unknown = subject_.name.unknown;
    if (subject_.name.empty() || subject_.name.is_unknown()) return {};
    return subject_.name.text;
  }
  if (key == "referred_table_name" && subject_.elements && !subject_.elements->empty()) {
    const std::string table = referred_names(context_, *subject_.elements->front()).first;
    return table.substr(table.rfind('.') + 1);
  }
  return by_column(key);
}

/// column_0_name, column_0N_key, referred_column_0_N_name, column_1_label …
std::optional<std::string> Namer::by_column(std::string_view key) {
  const bool referred = key.starts_with("referred_");
  if (referred) key.remove_prefix(9);
  if (!key.starts_with("column_")) return {};
  key.remove_prefix(7);
  std::size_t index = 0;
  const auto [rest, error] = std::from_chars(key.data(), key.data() + key.size(), index);
  if (error != std::errc()) return {};
  key.remove_prefix(static_cast<std::size_t>(rest - key.data()));
  std::string_view separator = "_";
  bool all = false;
  if (key.starts_with("_N_")) {
    all = true;
    key.remove_prefix(3);
  } else if (key.starts_with("N_")) {
    all = true;
    separator = "";
    key.remove_prefix(2);
  } else if (key.starts_with("_")) {
    key.remove_prefix(1);
  }
  if (!all) return column_part(index, key, referred);
  const std::size_t count = subject_.elements ? subject_.elements->size() : subject_.columns.size();
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < count; ++i) {
    const auto part = column_part(i, key, referred);
    if (!part) return {};
    parts.push_back(*part);
  }
  return base::joined(parts, separator);
}

std::string Namer::label(const ColumnObject& column) const {
  const TableObject& table = *subject_.table;
  const std::string schema = table.schema.empty() ? std::string() : base::replaced(table.schema.text, ".", "_") + "_";
  return schema + table.name.text + "_" + column.name.text;
}

std::optional<std::string> Namer::column_part(std::size_t index, std::string_view part, bool referred) {
  const ColumnObject* column = nullptr;
  if (referred) {
    if (!subject_.elements || index >= subject_.elements->size()) return {};
    column = referred_column(context_, *(*subject_.elements)[index]);
    if (!column) return referred_names(context_, *(*subject_.elements)[index]).second;
  } else if (index < subject_.columns.size()) {
    column = subject_.columns[index];
  }
  if (!column) return std::string();
  if (column->name.is_unknown()) {
    unknown = column->name.unknown;
    return {};
  }
  if (part == "name") return column->name.text;
  if (part == "key") return column->column_key;
  if (part == "label") return label(*column);
  return {};
}

/// The convention for that kind of thing: by prefix, by class, by the base class.
Value convention_for(Context& context, const Subject& subject) {
  const MetaDataObject& metadata = *subject.table->metadata;
  if (metadata.naming_unknown.is_unknown()) return metadata.naming_unknown;
  if (!metadata.naming_convention) {
    return subject.prefix == "ix" ? context.interpreter->str("ix_%(column_0_label)s") : Value();
  }
  python::Dict& dict = *metadata.naming_convention;
  const auto by_key = [&](Value key) {
    const Value* found = context.interpreter->find(dict.table, key);
    return found ? *found : Value();
  };
  if (!subject.prefix.empty()) {
    if (const Value* found = dict.find(subject.prefix)) return *found;
  }
  const Value by_class = by_key(context.interpreter->external(subject.type_name));
  if (!by_class.is_none()) return by_class;
  return subject.prefix == "ix" ? Value() : by_key(context.interpreter->external("sqlalchemy.Constraint"));
}

/// The name that the convention gives; nothing if the thing keeps the one it has.
std::optional<GivenName> conventional_name(Context& context, const Subject& subject) {
  if (subject.name.conventional) return {};
  const Value convention = convention_for(context, subject);
  GivenName made;
  made.conventional = true;
  if (convention.is_unknown() && !subject.name_given) {
    made.unknown = convention;
    return made;
  }
  const std::string* text = text_in(convention);
  if (!text) return {};
  const bool wraps = text->find("constraint_name") != std::string::npos;
  if (subject.name_given && !wraps) return {};
  Namer namer(context, subject);
  const auto filled = namer.filled(*text);
  made.unknown = namer.unknown;
  if (!filled && !made.is_unknown()) return {};
  made.text = filled.value_or("");
  return made;
}

Subject subject_of(const ConstraintObject& constraint) {
  Subject subject{.prefix = prefix_of(constraint.kind_of_constraint),
                  .type_name = constraint.type_name(),
                  .name = constraint.name,
                  .name_given = constraint.name_given,
                  .self = constraint.self,
                  .columns = constraint.columns,
                  .table = constraint.table};
  if (constraint.kind_of_constraint == ConstraintKind::ForeignKey) subject.elements = &constraint.elements;
  if (constraint.kind_of_constraint == ConstraintKind::Check && constraint.expression && subject.columns.empty()) {
    for (ColumnObject* column : columns_in(*constraint.expression)) {
      if (std::ranges::find(subject.columns, column) == subject.columns.end()) subject.columns.push_back(column);
    }
  }
  return subject;
}

Subject subject_of(Context&, const IndexObject& index) {
  Subject subject{.prefix = "ix",
                  .type_name = index.type_name(),
                  .name = index.name,
                  .name_given = index.name_given,
                  .self = index.self,
                  .columns = {},
                  .table = index.table};
  for (ExpressionObject* expression : index.expressions) {
    const std::vector<ColumnObject*> columns = columns_in(*expression);
    if (columns.empty()) continue;
    ColumnObject* first = columns.front();
    if (std::ranges::find(subject.columns, first) == subject.columns.end()) subject.columns.push_back(first);
  }
  return subject;
}

}  // namespace

void name_by_convention(Context& context, ConstraintObject& constraint) {
  if (!constraint.table) return;
  if (const auto name = conventional_name(context, subject_of(constraint))) constraint.name = *name;
}

void name_by_convention(Context& context, IndexObject& index) {
  if (const auto name = conventional_name(context, subject_of(context, index))) index.name = *name;
}

void rename_implicit_key(Context& context, TableObject& table) {
  ConstraintObject& key = *table.primary_key;
  if (!key.implicit) return;
  key.name = {};
  name_by_convention(context, key);
}

}  // namespace models
