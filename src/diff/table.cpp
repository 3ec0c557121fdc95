#include <algorithm>
#include <iterator>

#include "diff/match.h"
#include "diff/scene.h"

namespace diff {
namespace {

using schema::Column;
using schema::Name;

/// DEFAULT NULL is no default.
void drop_null_default(Column& column) {
  if (!column.server_default) return;
  if (base::uppered(base::trimmed(column.server_default->text)) == "NULL") column.server_default.reset();
}

/// A column of the table that another one is part of, or inherits from, before and after.
struct Inherited {
  const Column* before = nullptr;
  const Column* after = nullptr;
};

/// The tables that it goes on being part of, or inheriting from.
std::vector<schema::QualifiedName> lasting_parents(const TablePair& pair) {
  std::vector<schema::QualifiedName> parents;
  const auto& before = pair.before.partition_of;
  const auto& after = pair.after.partition_of;
  if (before && after && before->parent == after->parent) parents.push_back(after->parent);
  std::ranges::copy_if(pair.after.inherits, std::back_inserter(parents), [&](const auto& parent) {
    return std::ranges::find(pair.before.inherits, parent) != pair.before.inherits.end();
  });
  return parents;
}

Inherited inherited(const Scene& scene, const std::vector<schema::QualifiedName>& parents, const Name& name) {
  for (const schema::QualifiedName& parent : parents) {
    const auto before = scene.actual_tables.find(parent);
    const auto after = scene.desired_tables.find(parent);
    if (before == scene.actual_tables.end() || after == scene.desired_tables.end()) continue;
    const Inherited found{schema::find_column(*before->second, name), schema::find_column(*after->second, name)};
    if (found.before != nullptr || found.after != nullptr) return found;
  }
  return {};
}

/// A change of a parent's column reaches the children: theirs is then what the parent's is.
Column as_parent_leaves_it(Column column, const Inherited& parent) {
  if (parent.before == nullptr || parent.after == nullptr) return column;
  const Column& from = *parent.before;
  const Column& to = *parent.after;
  const auto follow = [&](auto field) {
    if (from.*field != to.*field) column.*field = to.*field;
  };
  follow(&Column::type);
  follow(&Column::collation);
  follow(&Column::not_null);
  follow(&Column::server_default);
  follow(&Column::statistics);
  follow(&Column::storage);
  if (column.identity == from.identity) follow(&Column::identity);
  if (column.generated == from.generated) follow(&Column::generated);
  if (from.serial && !to.serial) column.server_default = to.server_default;
  return column;
}

/// What a parent's new column is in a child.
Column as_parent_brings_it(const Column& parent, const Column& wanted) {
  Column column = parent;
  column.comment.reset();
  column.options.clear();
  column.inherited = true;
  if (parent.serial) {
    column.serial.reset();
    column.server_default = wanted.server_default;
  }
  if (!wanted.identity) column.identity.reset();
  return column;
}

void alter_column(Scene& scene, const TablePair& pair, const Column& before, const Column& after) {
  Column desired = after;
  scene.keep_unsaid_attributes(desired, before);
  auto changed = changed_fields(before, desired);
  if (!changed.empty()) scene.alter(pair.after.name, before, desired, std::move(changed));
}

/// Returns the names of the columns that go.
std::set<std::string> compare_columns(Scene& scene, const TablePair& pair) {
  std::set<std::string> dropped;
  const auto parents = scene.models ? std::vector<schema::QualifiedName>{} : lasting_parents(pair);
  const auto& table = pair.after.name;
  for (Column& column : pair.after.columns) drop_null_default(column);
  for (const auto& [before, after] :
       paired(pair.before.columns, pair.after.columns, [](const Column& each) { return each.name.text; })) {
    const Inherited parent = inherited(scene, parents, before == nullptr ? after->name : before->name);
    if (before == nullptr) {
      if (after->inherited && parent.after != nullptr) {
        alter_column(scene, pair, as_parent_brings_it(*parent.after, *after), *after);
      } else {
        scene.create(table, *after);
      }
    } else if (after == nullptr) {
      if (scene.unknown.loses_nothing(table)) continue;
      if (!before->inherited || parent.before == nullptr) scene.drop(table, *before);
      dropped.insert(before->name.text);
    } else {
      alter_column(scene, pair, as_parent_leaves_it(*before, parent), *after);
    }
  }
  return dropped;
}

void compare_triggers(Scene& scene, const TablePair& pair) {
  const auto& table = pair.after.name;
  for (const auto& [before, after] :
       paired(pair.before.triggers, pair.after.triggers, [](const schema::Trigger& each) { return each.name.text; })) {
    if (before == nullptr) {
      scene.create(table, *after);
    } else if (after != nullptr) {
      schema::Trigger desired = *after;
      scene.keep_unsaid_attributes(desired, *before);
      auto changed = changed_fields(*before, desired);
      if (!changed.empty()) scene.alter(table, *before, desired, std::move(changed));
    } else if (!scene.models) {
      scene.drop(table, *before);
    }
  }
}

}  // namespace

void compare_tables(Scene& scene, const TablePair& pair) {
  const schema::Declaration declared = pair.after.row_security.declared;
  scene.keep_unsaid_attributes(pair.after, pair.before);
  auto changed = changed_fields(pair.before, pair.after);
  scene.compare_owners(pair.before, pair.after, changed);
  if (!changed.empty()) scene.alter(pair.after.name, pair.before, pair.after, std::move(changed));
  const auto dropped = compare_columns(scene, pair);
  compare_constraints(scene, pair, dropped);
  compare_triggers(scene, pair);
  pair.after.row_security.declared = declared;
  compare_policies(scene, pair);
  compare_grants(scene, pair);
}

}  // namespace diff
