// Foreign keys: in their table, or after all tables where they close a circle; constraints that events add.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "models/context.h"
#include "models/core/finish_internal.h"
#include "models/core/values.h"

namespace models {
using python::Value;
using schema::Kind;

namespace {

struct Action {
  std::string_view text;
  schema::ReferentialAction action;
};
constexpr std::array actions{
    Action{"NO ACTION", schema::ReferentialAction::NoAction},
    Action{"RESTRICT", schema::ReferentialAction::Restrict},
    Action{"CASCADE", schema::ReferentialAction::Cascade},
    Action{"SET NULL", schema::ReferentialAction::SetNull},
    Action{"SET DEFAULT", schema::ReferentialAction::SetDefault},
};

/// "SET NULL (city)": the action and the columns it is for.
struct WrittenAction {
  schema::ReferentialAction action = schema::ReferentialAction::NoAction;
  std::vector<schema::Name> columns;
  bool known = true;
};

WrittenAction parsed_action(const std::string& text) {
  WrittenAction result;
  const auto open = text.find('(');
  const std::string word = base::uppered(base::trimmed(std::string_view(text).substr(0, open)));
  const auto found = std::ranges::find(actions, word, &Action::text);
  result.known = found != actions.end();
  if (result.known) result.action = found->action;
  if (open == std::string::npos) return result;
  const std::string list = text.substr(open + 1, text.rfind(')') - open - 1);
  for (const std::string& part : base::split(list, ',')) {
    std::string name(base::trimmed(part));
    const bool quoted = name.size() > 1 && name.front() == '"' && name.back() == '"';
    name = quoted ? base::replaced(name.substr(1, name.size() - 2), "\"\"", "\"") : base::lowered(name);
    if (!name.empty()) result.columns.push_back({name});
  }
  return result;
}

}  // namespace

void Finisher::add_foreign_key(const ConstraintObject& constraint, schema::Table& made, bool apart) {
  const TableObject& table = *constraint.table;
  element_ = constraint.location;
  if (!is_made(constraint, made.name, table) || unknown_name(constraint, Kind::ForeignKey, made.name)) return;
  const std::string what = "a foreign key of table " + schema::text(made.name);
  const auto fail = [&](Value reason) { unresolved(Kind::Table, made.name, {}, {}, reason, what + " cannot be read"); };
  if (!constraint.incomplete.empty()) {
    return fail(Value(const_cast<python::Unknown*>(constraint.incomplete.front())));
  }
  schema::ForeignKey key;
  key.columns = column_names(constraint.columns);
  for (const ForeignKeyObject* element : constraint.elements) {
    if (element->target.is_unknown()) return fail(element->target);
    const ColumnObject* column = referred_column(context_, *element);
    if (!column || !column->table) return missing_target(constraint, *element, made);
    if (column->name.is_unknown()) return fail(column->name.unknown);
    key.referred_table = qualified(*column->table);
    key.referred_columns.push_back({catalog_name(column->name)});
  }
  const auto action = [&](Value given, std::string_view word) {
    if (given.is_none()) return WrittenAction{};
    const std::string* text = text_in(given);
    WrittenAction parsed = text ? parsed_action(*text) : WrittenAction{.action = {}, .columns = {}, .known = false};
    if (!parsed.known) {
      fail(given.is_unknown() ? given
                              : unknown_value(context_, std::string(word) + " " + context_.interpreter->shown(given) +
                                                            " is no action"));
    }
    return parsed;
  };
  const WrittenAction on_delete = action(constraint.on_delete, "ON DELETE");
  key.on_delete = on_delete.action;
  key.on_delete_columns = on_delete.columns;
  key.on_update = action(constraint.on_update, "ON UPDATE").action;
  const std::string* match = text_in(constraint.match);
  key.match_full = match && base::uppered(*match) == "FULL";
  key.deferral = deferral(constraint);
  const Value* not_valid = postgresql_option(constraint.options, "not_valid");
  key.validated = !(apart && not_valid && is_truthy(context_, *not_valid));
  key.name.text = constraint_name(constraint);
  key.name_open = key.name.empty();
  if (key.name_open) {
    std::vector<std::string> names;
    for (const schema::Name& column : key.columns) names.push_back(column.text);
    key.name.text = names_.choose_constraint(made.name.schema, made.name.name, name_addition(names), "fkey");
  } else {
    names_.take_constraint(made.name.schema, key.name.text);
  }
  key.comment = comment_of(constraint.comment, Kind::ForeignKey, made.name, key.name.text);
  origin(Kind::ForeignKey, made.name, key.name.text, constraint.location);
  made.foreign_keys.push_back(std::move(key));
}

/// The table or column that a foreign key names is not there: a contradiction, unless a part of the models is unknown.
void Finisher::missing_target(const ConstraintObject& constraint, const ForeignKeyObject& element,
                              schema::Table& made) {
  const auto [table_key, column_key] = referred_names(context_, element);
  const TableObject& table = *constraint.table;
  const TableObject* target = table.metadata->find(table_key);
  const bool may_exist = (target && !target->incomplete.empty()) || table.metadata->incomplete ||
                         !context_.unread_tables.empty() || !context_.unresolved_places.empty() || table_key.empty();
  const std::string column = element.parent != nullptr ? "column " + element.parent->name.text + " of " : "";
  const std::string what = "a foreign key of " + column + "table " + schema::text(made.name) + " refers to " +
                           (table_key.empty() ? "a column of no table" : table_key) +
                           (column_key.empty() ? "" : "." + column_key);
  if (may_exist) {
    unresolved(Kind::Table, made.name, {}, {}, unknown_value(context_, "what it refers to could not be read"), what);
    return;
  }
  report_invalid(*context_.interpreter, constraint.location,
                 what + (target ? ", a column that is not there" : ", a table that is not there") +
                     (target && target->location ? "; the table is at " + base::text(place(target->location)) : ""),
                 table.key());
}

void Finisher::add_foreign_keys(const TableObject& table, schema::Table& made) {
  for (const ConstraintObject* constraint : table.sorted_constraints()) {
    if (constraint->kind_of_constraint != ConstraintKind::ForeignKey || constraint->apart) continue;
    if (deferred_.contains(constraint)) {
      later_.push_back({constraint, made.name});
    } else {
      add_foreign_key(*constraint, made, false);
    }
  }
}

void Finisher::add_deferred() {
  for (const Deferred& deferred : std::exchange(later_, {})) {
    schema::Table* table = schema::find_table(reading_.database, deferred.table);
    if (table) add_foreign_key(*deferred.constraint, *table, true);
  }
}

/// Constraints that AddConstraint(…) took out of their table, and an event has added.
void Finisher::add_apart(const TableObject& table) {
  schema::Table* made = schema::find_table(reading_.database, qualified(table));
  if (!made) return;
  for (const ConstraintObject* constraint : table.sorted_constraints()) {
    if (!constraint->apart || !constraint->added) continue;
    if (constraint->kind_of_constraint == ConstraintKind::Check) add_check(table, *constraint, *made);
    if (constraint->kind_of_constraint == ConstraintKind::ForeignKey) add_foreign_key(*constraint, *made, true);
    if (constraint->kind_of_constraint == ConstraintKind::Exclusion) add_exclusion(table, *constraint, *made);
    if (constraint->kind_of_constraint == ConstraintKind::Unique) add_unique(table, *constraint, *made, true);
  }
}

}  // namespace models
