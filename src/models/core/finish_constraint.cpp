// Checks, keys and exclusions, with the names that PostgreSQL chooses for those without.
#include <algorithm>

#include "base/text.h"
#include "models/context.h"
#include "models/core/ddl.h"
#include "models/core/finish_internal.h"
#include "models/core/values.h"

namespace models {
using python::Value;
using schema::Kind;

/// Whether `ddl_if` lets it be made; what cannot be told is left out and makes the table partial.
bool Finisher::is_made(const SchemaItem& item, const schema::QualifiedName& owner, const TableObject& table) {
  const auto answer = allowed(context_, item, table.self);
  if (answer) return *answer;
  unresolved(Kind::Table, owner, {}, {}, unknown_value(context_, "the condition of its ddl_if is not known"),
             "whether a part of table " + schema::text(owner) + " is made cannot be told");
  return false;
}

std::string Finisher::constraint_name(const ConstraintObject& constraint) const { return sent_name(constraint.name); }

bool Finisher::unknown_name(const ConstraintObject& constraint, Kind kind, const schema::QualifiedName& owner) {
  if (!constraint.name.is_unknown()) return false;
  unresolved(Kind::Table, owner, {}, {}, constraint.name.unknown,
             "the name of a constraint of table " + schema::text(owner) + " cannot be read");
  (void)kind;
  return true;
}

std::vector<schema::Name> Finisher::column_names(const std::vector<ColumnObject*>& columns) const {
  std::vector<schema::Name> names;
  for (const ColumnObject* column : columns) names.push_back({catalog_name(column->name)});
  return names;
}

std::vector<schema::Name> Finisher::included(const TableObject& table, const DialectOptions& options, Kind kind,
                                             const std::string& name) {
  const Value* given = postgresql_option(options, "include");
  std::vector<schema::Name> names;
  if (!given || given->is_none()) return names;
  const python::Outcome items = context_.interpreter->items(*given);
  const auto* list = items.as<python::List>();
  if (!list) {
    unresolved(kind, qualified(table), name, "include", context_.interpreter->settled(items),
               "the included columns cannot be read");
    return names;
  }
  for (const Value item : list->items) {
    const ColumnObject* column = as_column(context_, item);
    if (const std::string* key = text_in(item); key && !column) column = table.find(*key);
    if (column) names.push_back({catalog_name(column->name)});
  }
  return names;
}

schema::Deferral Finisher::deferral(const ConstraintObject& constraint) const {
  const std::string* initially = text_in(constraint.initially);
  const bool deferred = initially && base::uppered(*initially) == "DEFERRED";
  if (deferred) return schema::Deferral::InitiallyDeferred;
  return flag_in(constraint.deferrable) == true ? schema::Deferral::InitiallyImmediate
                                                : schema::Deferral::NotDeferrable;
}

// CHECK

std::vector<std::string> Finisher::columns_of_check(const ConstraintObject&, const schema::Table& made,
                                                    const std::string& sql) const {
  std::vector<std::string> names = column_names_in(sql);
  std::erase_if(names, [&](const std::string& name) { return !schema::find_column(made, {name}); });
  return names;
}

void Finisher::add_check(const TableObject& table, const ConstraintObject& constraint, schema::Table& made) {
  element_ = constraint.location;
  if (!constraint.expression || !is_made(constraint, made.name, table)) return;
  if (unknown_name(constraint, Kind::Check, made.name)) return;
  const WrittenExpression sql = written(context_, *constraint.expression);
  schema::Check check;
  check.expression.text = sql.sql;
  check.name.text = constraint_name(constraint);
  check.name_open = check.name.empty();
  if (!sql.known() && check.name_open) {
    unresolved(Kind::Table, made.name, {}, {},
               sql.unknown.is_unknown() ? sql.unknown : unknown_value(context_, sql.refused),
               "a check of table " + schema::text(made.name) + " cannot be read");
    return;
  }
  if (check.name_open) {
    const std::vector<std::string> columns = columns_of_check(constraint, made, sql.sql);
    const std::string column = columns.size() == 1 ? columns[0] : std::string();
    check.name.text = names_.choose_constraint(made.name.schema, made.name.name, column, "check");
  } else {
    names_.take_constraint(made.name.schema, check.name.text);
  }
  if (!sql.known()) {
    unresolved(Kind::Check, made.name, check.name.text, "expression",
               sql.unknown.is_unknown() ? sql.unknown : unknown_value(context_, sql.refused),
               "check " + check.name.text + " of table " + schema::text(made.name) + " cannot be read");
  }
  if (!constraint.column) check.comment = comment_of(constraint.comment, Kind::Check, made.name, check.name.text);
  origin(Kind::Check, made.name, check.name.text, constraint.location);
  made.checks.push_back(std::move(check));
}

void Finisher::add_checks(const TableObject& table, schema::Table& made) {
  for (const ColumnObject* column : table.columns) {
    if (column->system) continue;
    std::vector<ConstraintObject*> checks = column->constraints;
    std::ranges::stable_sort(checks, {}, &ConstraintObject::order);
    for (const ConstraintObject* check : checks) add_check(table, *check, made);
  }
  for (const ConstraintObject* constraint : table.sorted_constraints()) {
    const bool check = constraint->kind_of_constraint == ConstraintKind::Check;
    if (check && !constraint->apart) add_check(table, *constraint, made);
  }
}

// PRIMARY KEY, UNIQUE, EXCLUDE

void Finisher::add_primary_key(const TableObject& table, schema::Table& made) {
  const ConstraintObject& source = *table.primary_key;
  const bool discarded = std::ranges::find(table.constraints, &source) == table.constraints.end();
  if (source.columns.empty() || discarded) return;
  element_ = source.location;
  schema::PrimaryKey key;
  std::vector<ColumnObject*> columns = source.columns;
  if (source.implicit) {
    ColumnObject* first = autoincrement_column(context_, table);
    const auto at = std::ranges::find(columns, first);
    if (first && at != columns.end()) std::rotate(columns.begin(), at, at + 1);
  }
  std::erase_if(columns, [](const ColumnObject* column) { return column->system; });
  key.columns = column_names(columns);
  key.deferral = deferral(source);
  if (unknown_name(source, Kind::PrimaryKey, made.name)) {
    key.name_open = true;
  } else {
    key.name.text = constraint_name(source);
  }
  if (key.name.empty() && !key.name_open) key.name.text = name_of_same_unique(table, key);
  if (key.name.empty()) {
    key.name_open = true;
    key.name.text = names_.choose_relation(made.name.schema, made.name.name, "", "pkey", true);
  } else {
    names_.take_relation(made.name.schema, key.name.text);
    names_.take_constraint(made.name.schema, key.name.text);
  }
  key.include = included(table, source.options, Kind::PrimaryKey, key.name.text);
  key.comment = comment_of(source.comment, Kind::PrimaryKey, made.name, key.name.text);
  origin(Kind::PrimaryKey, made.name, key.name.text, source.location);
  made.primary_key = std::move(key);
}

/// An unnamed primary key takes the name of the first unique constraint that CREATE TABLE makes one with it.
std::string Finisher::name_of_same_unique(const TableObject& table, const schema::PrimaryKey& key) const {
  for (const ConstraintObject* constraint : table.sorted_constraints()) {
    if (constraint->kind_of_constraint != ConstraintKind::Unique || constraint->apart) continue;
    const bool has_options = postgresql_option(constraint->options, "include") ||
                             postgresql_option(constraint->options, "nulls_not_distinct");
    if (has_options || column_names(constraint->columns) != key.columns || deferral(*constraint) != key.deferral)
      continue;
    if (std::string name = constraint_name(*constraint); !name.empty()) return name;
  }
  return {};
}

/// CREATE TABLE makes one constraint of two that are alike; an unnamed one takes the other's name.
bool Finisher::merges(const schema::Unique& unique, bool named, schema::Table& made) {
  const auto& key = made.primary_key;
  if (key && key->columns == unique.columns && key->include == unique.include && key->deferral == unique.deferral &&
      !unique.nulls_not_distinct) {
    return true;
  }
  for (schema::Unique& other : made.uniques) {
    const bool alike = other.columns == unique.columns && other.include == unique.include &&
                       other.deferral == unique.deferral && other.nulls_not_distinct == unique.nulls_not_distinct;
    if (!alike) continue;
    if (other.name_open && named) {
      other.name = unique.name;
      other.name_open = false;
    }
    return true;
  }
  return false;
}

void Finisher::add_unique(const TableObject& table, const ConstraintObject& constraint, schema::Table& made,
                          bool apart) {
  if (constraint.columns.empty() && constraint.incomplete.empty()) return;
  element_ = constraint.location;
  if (!is_made(constraint, made.name, table) || unknown_name(constraint, Kind::Unique, made.name)) return;
  schema::Unique unique;
  unique.columns = column_names(constraint.columns);
  unique.deferral = deferral(constraint);
  unique.name.text = constraint_name(constraint);
  unique.name_open = unique.name.empty();
  unique.include = included(table, constraint.options, Kind::Unique, unique.name.text);
  if (const Value* option = postgresql_option(constraint.options, "nulls_not_distinct")) {
    unique.nulls_not_distinct = is_truthy(context_, *option);
  }
  if (!constraint.incomplete.empty()) {
    unresolved(Kind::Table, made.name, {}, {}, Value(const_cast<python::Unknown*>(constraint.incomplete.front())),
               "a unique constraint of table " + schema::text(made.name) + " cannot be read");
    return;
  }
  if (!apart && merges(unique, !unique.name_open, made)) return;
  unique.comment = comment_of(constraint.comment, Kind::Unique, made.name, unique.name.text);
  made.uniques.push_back(std::move(unique));
}

void Finisher::add_keys(const TableObject& table, schema::Table& made) {
  add_primary_key(table, made);
  // Names are chosen when all that are alike have become one, in the order of the statement.
  struct Entry {
    bool unique;
    std::size_t index;
    const ConstraintObject* source;
  };
  std::vector<Entry> entries;
  for (const ConstraintObject* constraint : table.sorted_constraints()) {
    if (constraint->apart) continue;
    if (constraint->kind_of_constraint == ConstraintKind::Unique) {
      const std::size_t before = made.uniques.size();
      add_unique(table, *constraint, made, false);
      if (made.uniques.size() > before) entries.push_back({true, before, constraint});
    } else if (constraint->kind_of_constraint == ConstraintKind::Exclusion) {
      const std::size_t before = made.exclusions.size();
      add_exclusion(table, *constraint, made);
      if (made.exclusions.size() > before) entries.push_back({false, before, constraint});
    }
  }
  const auto settle = [&](schema::Name& name, bool open, const std::vector<std::string>& parts,
                          std::string_view label) {
    if (open) {
      name.text = names_.choose_relation(made.name.schema, made.name.name, name_addition(parts), label, true);
    } else {
      names_.take_relation(made.name.schema, name.text);
      names_.take_constraint(made.name.schema, name.text);
    }
  };
  for (const Entry& entry : entries) {
    std::vector<std::string> parts;
    if (entry.unique) {
      schema::Unique& unique = made.uniques[entry.index];
      for (const schema::Name& column : unique.columns) parts.push_back(column.text);
      for (const schema::Name& column : unique.include) parts.push_back(column.text);
      settle(unique.name, unique.name_open, distinct_names(parts), "key");
      origin(Kind::Unique, made.name, unique.name.text, entry.source->location);
    } else {
      schema::Exclusion& exclusion = made.exclusions[entry.index];
      for (const schema::Exclusion::Element& element : exclusion.elements) {
        parts.push_back(element.key.column.empty() ? key_name(element.key.expression.text) : element.key.column.text);
      }
      settle(exclusion.name, exclusion.name_open, distinct_names(parts), "excl");
      origin(Kind::Exclusion, made.name, exclusion.name.text, entry.source->location);
    }
  }
}

void Finisher::add_exclusion(const TableObject& table, const ConstraintObject& constraint, schema::Table& made) {
  element_ = constraint.location;
  if (!is_made(constraint, made.name, table) || unknown_name(constraint, Kind::Exclusion, made.name)) return;
  schema::Exclusion exclusion;
  exclusion.name.text = constraint_name(constraint);
  exclusion.name_open = exclusion.name.empty();
  if (const std::string* method = text_in(constraint.method)) exclusion.method = base::lowered(*method);
  exclusion.deferral = deferral(constraint);
  const auto fail = [&](Value reason) {
    unresolved(Kind::Table, made.name, {}, {}, reason,
               "an exclusion constraint of table " + schema::text(made.name) + " cannot be read");
  };
  if (!constraint.incomplete.empty()) {
    return fail(Value(const_cast<python::Unknown*>(constraint.incomplete.front())));
  }
  for (const ConstraintObject::Element& element : constraint.exclusions) {
    const ExpressionObject* expression = element.expression;
    if (!expression) expression = table.find(element.key);
    if (!expression) return fail(unknown_value(context_, "it names a column that is not there: " + element.key));
    const WrittenExpression sql = written(context_, *expression);
    if (!sql.known()) return fail(sql.unknown.is_unknown() ? sql.unknown : unknown_value(context_, sql.refused));
    std::string text = sql.sql;
    if (const auto* classes = constraint.operator_classes.as<python::Dict>()) {
      const Value* chosen = classes->find(element.key);
      if (const std::string* name = chosen ? text_in(*chosen) : nullptr) text += " " + *name;
    }
    const auto key = index_key(text, exclusion.method);
    if (!key) return fail(unknown_value(context_, key.error().message));
    exclusion.elements.push_back({*key, element.operator_name});
  }
  if (constraint.predicate) {
    const WrittenExpression sql = written(context_, *constraint.predicate, true);
    if (!sql.known()) return fail(sql.unknown.is_unknown() ? sql.unknown : unknown_value(context_, sql.refused));
    exclusion.predicate = schema::Expression{sql.sql};
  }
  exclusion.comment = comment_of(constraint.comment, Kind::Exclusion, made.name, exclusion.name.text);
  made.exclusions.push_back(std::move(exclusion));
}

}  // namespace models
