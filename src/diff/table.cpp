#include <algorithm>

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

/// Returns the names of the columns that go.
std::set<std::string> compare_columns(Scene& scene, const TablePair& pair) {
  std::set<std::string> dropped;
  const auto& table = pair.after.name;
  for (Column& column : pair.after.columns) drop_null_default(column);
  for (const auto& [before, after] :
       paired(pair.before.columns, pair.after.columns, [](const Column& each) { return each.name.text; })) {
    if (before == nullptr) {
      scene.create(table, *after);
    } else if (after == nullptr) {
      if (scene.unknown.loses_nothing(table)) continue;
      scene.drop(table, *before);
      dropped.insert(before->name.text);
    } else {
      Column desired = *after;
      scene.keep_unsaid_attributes(desired, *before);
      auto changed = changed_fields(*before, desired);
      if (!changed.empty()) scene.alter(table, *before, desired, std::move(changed));
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
