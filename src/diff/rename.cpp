#include "diff/rename.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"

namespace diff {
namespace {

using schema::Column;
using schema::Database;
using schema::EnumType;
using schema::Expression;
using schema::Name;
using schema::QualifiedName;
using schema::Sequence;
using schema::Table;

/// The names that the server gives to the sequence behind a column (as CREATE TABLE chooses them).
Name sequence_name(const Name& table, const Name& column) {
  std::size_t first = table.text.size();
  std::size_t second = column.text.size();
  constexpr std::size_t room = 63 - std::string_view{"__seq"}.size();
  while (first + second > room) --(first > second ? first : second);
  return {base::clipped(table.text, first) + "_" + base::clipped(column.text, second) + "_seq"};
}

/// Every name of a table in the state, but for those in expressions.
void replace_table(Database& database, const QualifiedName& before, const QualifiedName& after) {
  const auto replace = [&](QualifiedName& name) {
    if (name == before) name = after;
  };
  for (Table& table : database.tables) {
    replace(table.name);
    for (auto& key : table.foreign_keys) replace(key.referred_table);
    for (auto& parent : table.inherits) replace(parent);
    if (table.partition_of) replace(table.partition_of->parent);
  }
  for (Sequence& sequence : database.sequences) {
    if (sequence.owned_by) replace(sequence.owned_by->table);
  }
  for (auto& view : database.views) {
    for (auto& use : view.uses) replace(use.table);
  }
  for (auto& other : database.others) {
    for (auto& use : other.uses) replace(use.table);
  }
}

/// What a table renamed into another schema takes along.
void move_owned(Table& table, const std::string& schema) {
  for (Column& column : table.columns) {
    if (column.serial && !column.serial->sequence.empty()) column.serial->sequence.schema = schema;
  }
  for (auto& [sequence, grant] : table.sequence_grants) sequence.schema = schema;
}

class Renaming {
 public:
  Renaming(const Database& actual, const Rewrite& rewrite) : result_{actual, {}}, rewrite_{rewrite} {}

  void table(const QualifiedName& before, const QualifiedName& after) {
    Table* found = schema::find_table(result_.actual, before);
    if (found == nullptr || schema::find_table(result_.actual, after) != nullptr) return;
    const Table old = *found;
    if (before.schema != after.schema) move_owned(*found, after.schema);
    replace_table(result_.actual, before, after);
    result_.changes.emplace_back(Rename<Table>{{}, old, *found});
    if (before.name == after.name) return;
    for (const Column& column : found->columns) {
      rename_sequence(*found, column, sequence_name({before.name}, column.name),
                      sequence_name({after.name}, column.name));
    }
  }

  void column(const QualifiedName& table_name, const Name& before, const Name& after) {
    Table* table = schema::find_table(result_.actual, table_name);
    Column* found = table == nullptr ? nullptr : schema::find_column(*table, before);
    if (found == nullptr || schema::find_column(*table, after) != nullptr) return;
    const Column old = *found;
    found->name = after;
    result_.changes.emplace_back(Rename<Column>{table_name, old, *found});
    replace_column(*table, before, after);
    replace_references(table_name, before, after);
    rename_sequence(*table, *found, sequence_name({table_name.name}, before), sequence_name({table_name.name}, after));
  }

  void type(const QualifiedName& before, const QualifiedName& after) {
    const auto found = std::ranges::find(result_.actual.enums, before, &EnumType::name);
    if (found == result_.actual.enums.end()) return;
    const EnumType old = *found;
    found->name = after;
    result_.changes.emplace_back(Rename<EnumType>{{}, old, *found});
    for (Table& table : result_.actual.tables) replace_type(table, before, after);
    for (auto& domain : result_.actual.domains) replace(domain.type, before, after);
    for (auto& composite : result_.actual.composites) {
      for (auto& attribute : composite.attributes) replace(attribute.type, before, after);
    }
  }

  void label(const RenameLabel& rename) {
    const auto type = std::ranges::find(result_.actual.enums, rename.type, &EnumType::name);
    if (type == result_.actual.enums.end()) return;
    const auto label = std::ranges::find(type->labels, rename.before);
    if (label == type->labels.end() || std::ranges::find(type->labels, rename.after) != type->labels.end()) return;
    *label = rename.after;
    result_.changes.emplace_back(rename);
    for (Table& table : result_.actual.tables) replace_label(table, rename);
  }

  Renamed result() && { return std::move(result_); }

 private:
  using NewNames = std::map<std::string, std::string>;

  /// The sequence behind SERIAL that bears the server's name follows; under a name of its own it stays.
  void rename_sequence(const Table& table, const Column& column, const Name& before, const Name& after) {
    if (!column.serial || !column.serial->sequence.empty() || before == after) return;
    Sequence old;
    old.name = {table.name.schema, before.text};
    old.options = column.serial->options;
    old.owned_by = {table.name, column.name};
    Sequence renamed = old;
    renamed.name.name = after.text;
    result_.changes.emplace_back(Rename<Sequence>{table.name, old, renamed});
  }

  void rewrite(Expression& expression, const NewNames& names) const {
    if (rewrite_ && !expression.text.empty()) expression = rewrite_(expression, names);
  }
  void rewrite(std::optional<Expression>& expression, const NewNames& names) const {
    if (expression) rewrite(*expression, names);
  }

  static void replace(std::vector<Name>& names, const Name& before, const Name& after) {
    std::ranges::replace(names, before, after);
  }

  void replace(schema::IndexKey& key, const Name& before, const Name& after) const {
    if (key.column == before) key.column = after;
    rewrite(key.expression, {{before.text, after.text}});
  }

  static void replace(schema::TypeName& type, const QualifiedName& before, const QualifiedName& after) {
    if (type.schema != before.schema || type.name != before.name) return;
    type.schema = after.schema;
    type.name = after.name;
  }

  void replace_in_keys(Table& table, const Name& before, const Name& after) const {
    if (table.primary_key) {
      replace(table.primary_key->columns, before, after);
      replace(table.primary_key->include, before, after);
    }
    for (auto& unique : table.uniques) {
      replace(unique.columns, before, after);
      replace(unique.include, before, after);
    }
    for (auto& key : table.foreign_keys) {
      replace(key.columns, before, after);
      replace(key.on_delete_columns, before, after);
    }
    for (auto& exclusion : table.exclusions) {
      for (auto& element : exclusion.elements) replace(element.key, before, after);
      replace(exclusion.include, before, after);
    }
    for (auto& index : table.indexes) {
      for (auto& key : index.keys) replace(key, before, after);
      replace(index.include, before, after);
    }
  }

  /// What the server does by itself: all that lies in the table follows the column.
  void replace_column(Table& table, const Name& before, const Name& after) const {
    replace_in_keys(table, before, after);
    const NewNames names{{before.text, after.text}};
    for (Column& column : table.columns) {
      if (column.generated) rewrite(column.generated->expression, names);
    }
    for (auto& check : table.checks) rewrite(check.expression, names);
    for (auto& exclusion : table.exclusions) rewrite(exclusion.predicate, names);
    for (auto& index : table.indexes) rewrite(index.predicate, names);
    for (auto& policy : table.policies) {
      rewrite(policy.using_expr, names);
      rewrite(policy.with_check_expr, names);
    }
    for (auto& trigger : table.triggers) replace(trigger.uses, before, after);
    for (auto& grant : table.grants) {
      if (grant.column == before) grant.column = after;
    }
  }

  void replace_references(const QualifiedName& table_name, const Name& before, const Name& after) {
    for (Table& table : result_.actual.tables) {
      for (auto& key : table.foreign_keys) {
        if (key.referred_table == table_name) replace(key.referred_columns, before, after);
      }
    }
    const auto follow = [&](schema::ColumnName& use) {
      if (use.table == table_name && use.column == before) use.column = after;
    };
    for (Sequence& sequence : result_.actual.sequences) {
      if (sequence.owned_by) follow(*sequence.owned_by);
    }
    for (auto& view : result_.actual.views) std::ranges::for_each(view.uses, follow);
    for (auto& other : result_.actual.others) std::ranges::for_each(other.uses, follow);
  }

  /// A default holds no columns, so that what is called like the type is the type.
  void replace_type(Table& table, const QualifiedName& before, const QualifiedName& after) const {
    for (Column& column : table.columns) {
      const schema::TypeName old = column.type;
      replace(column.type, before, after);
      if (old != column.type)
        rewrite(column.server_default, {{before.name, after.name}, {before.schema, after.schema}});
    }
  }

  static void replace_label(Table& table, const RenameLabel& rename) {
    const std::string before = "'" + base::replaced(rename.before, "'", "''") + "'::";
    const std::string after = "'" + base::replaced(rename.after, "'", "''") + "'::";
    for (Column& column : table.columns) {
      const bool of_type = column.type.schema == rename.type.schema && column.type.name == rename.type.name;
      if (!of_type || !column.server_default) continue;
      column.server_default->text = base::replaced(column.server_default->text, before, after);
    }
  }

  Renamed result_;
  const Rewrite& rewrite_;
};

/// The name by which the table is called once the renames of tables are done.
QualifiedName current_name(const Renames& renames, const QualifiedName& table) {
  const auto found = std::ranges::find(renames.tables, table, [](const auto& each) { return each.first; });
  return found == renames.tables.end() ? table : found->second;
}

QualifiedName current_type(const Renames& renames, const QualifiedName& type) {
  const auto found = std::ranges::find(renames.types, type, [](const auto& each) { return each.first; });
  return found == renames.types.end() ? type : found->second;
}

}  // namespace

Renamed renamed(const Database& actual, const Renames& renames, const Rewrite& rewrite) {
  Renaming renaming{actual, rewrite};
  for (const auto& [before, after] : renames.types) renaming.type(before, after);
  for (const auto& rename : renames.labels) {
    renaming.label({current_type(renames, rename.type), rename.before, rename.after});
  }
  for (const auto& [before, after] : renames.tables) renaming.table(before, after);
  for (const auto& rename : renames.columns) {
    renaming.column(current_name(renames, rename.table), rename.before, rename.after);
  }
  return std::move(renaming).result();
}

}  // namespace diff
