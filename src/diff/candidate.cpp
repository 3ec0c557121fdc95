#include "diff/candidate.h"

#include <algorithm>
#include <map>
#include <unordered_set>

#include "diff/order.h"

namespace diff {
namespace {

using schema::ObjectId;

/// What goes and what comes of one shape.
struct Group {
  std::vector<ObjectId> gone;
  std::vector<ObjectId> come;
};

std::string shape(const schema::TypeName& type) {
  return type.schema + "." + type.name + "(" + type.modifiers + ")" + (type.array ? "[]" : "");
}

std::string shape(const schema::Column& column) { return shape(column.type) + (column.not_null ? "!" : ""); }

std::string shape(const schema::Table& table) {
  std::vector<std::string> columns;
  for (const auto& column : table.columns) columns.push_back(column.name.text + " " + shape(column));
  std::ranges::sort(columns);
  std::string all;
  for (const auto& column : columns) all += column + "\n";
  return all;
}

std::string shape(const schema::EnumType& type) {
  std::string all;
  for (const auto& label : type.labels) all += label + "\n";
  return all;
}

using Groups = std::map<std::pair<schema::QualifiedName, std::string>, Group>;

template <class T>
void note(Groups& groups, const Change& change) {
  if (const auto* create = diff::get_if<Create<T>>(&change)) {
    groups[{create->table, shape(create->after)}].come.push_back(object_of(change));
  } else if (const auto* drop = diff::get_if<Drop<T>>(&change)) {
    groups[{drop->table, shape(drop->before)}].gone.push_back(object_of(change));
  }
}

/// Where several could be meant, none is: nothing is guessed.
void add_pairs(std::vector<RenameCandidate>& found, const Groups& groups) {
  for (const auto& [key, group] : groups) {
    if (group.gone.size() == 1 && group.come.size() == 1) found.push_back({group.gone.front(), group.come.front()});
  }
}

void note_unmanaged(Groups& groups, const Changes& changes, const schema::Database& actual) {
  const std::unordered_set<schema::QualifiedName> unmanaged{changes.unmanaged.begin(), changes.unmanaged.end()};
  if (unmanaged.empty() || groups.empty()) return;
  for (const auto& table : actual.tables) {
    if (!unmanaged.contains(table.name)) continue;
    const auto group = groups.find({{}, shape(table)});
    if (group != groups.end()) group->second.gone.push_back({schema::Kind::Table, table.name, {}});
  }
}

}  // namespace

std::vector<RenameCandidate> rename_candidates(const Changes& changes, const schema::Database& actual) {
  Groups tables;
  Groups columns;
  Groups enums;
  for (const Change& change : changes.changes) {
    note<schema::Table>(tables, change);
    note<schema::Column>(columns, change);
    note<schema::EnumType>(enums, change);
  }
  note_unmanaged(tables, changes, actual);
  std::vector<RenameCandidate> found;
  add_pairs(found, tables);
  add_pairs(found, columns);
  add_pairs(found, enums);
  return found;
}

}  // namespace diff
