#include "diff/order.h"

#include <algorithm>
#include <tuple>

namespace diff {
namespace {

using schema::Kind;
using schema::ObjectId;
using schema::QualifiedName;

std::string name_in_table(const schema::Grant& grant) {
  return schema::text(grant.sequence) + "\n" + grant.role.text + "\n" + grant.column.text;
}
template <class T>
std::string name_in_table(const T& object) {
  return object.name.text;
}

ObjectId object_id(const QualifiedName&, const schema::Namespace& space) {
  return {Kind::Namespace, {space.name.text, {}}, {}};
}
ObjectId object_id(const QualifiedName&, const schema::Extension& extension) {
  return {Kind::Extension, {{}, extension.name.text}, {}};
}
ObjectId object_id(const QualifiedName&, const schema::Role& role) { return {Kind::Role, {{}, role.name.text}, {}}; }
ObjectId object_id(const QualifiedName&, const schema::Routine& routine) {
  return {Kind::Routine, routine.name, routine.arguments};
}
ObjectId object_id(const QualifiedName&, const schema::OtherObject& object) {
  return {Kind::OtherObject, {{}, object.identity}, object.kind};
}
ObjectId object_id(const QualifiedName&, const schema::DefaultPrivilege& privilege) {
  return {Kind::DefaultPrivilege, {privilege.in_schema.text, privilege.owner.text}, privilege.object_type};
}
template <class T>
ObjectId object_id(const QualifiedName& table, const T& object) {
  if constexpr (requires { object.name.schema; }) {
    return {schema::kind_of<T>, object.name, {}};
  } else {
    return {schema::kind_of<T>, table, name_in_table(object)};
  }
}

template <class T>
const T& shown(const Create<T>& change) {
  return change.after;
}
template <class Other>
const auto& shown(const Other& change) {
  return change.before;
}

template <class T>
constexpr int rank(const Rename<T>&) {
  return 0;
}
template <class T>
constexpr int rank(const Drop<T>&) {
  return 1;
}
template <class T>
constexpr int rank(const Alter<T>&) {
  return 2;
}
template <class T>
constexpr int rank(const Create<T>&) {
  return 3;
}
constexpr int rank(const RenameLabel&) { return 0; }

using Key = std::tuple<ObjectId, int, std::string>;

Key key(const Change& change) {
  const auto label = diff::get_if<RenameLabel>(&change);
  return {object_of(change), diff::visit([](const auto& each) { return rank(each); }, change),
          label == nullptr ? std::string{} : label->before};
}

/// Renames of tables and columns come first and in their own order: one may build on another.
bool comes_as_given(const Change& change) {
  return diff::holds_alternative<Rename<schema::Table>>(change) ||
         diff::holds_alternative<Rename<schema::Column>>(change) ||
         diff::holds_alternative<Rename<schema::EnumType>>(change) ||
         diff::holds_alternative<Rename<schema::Sequence>>(change) || diff::holds_alternative<RenameLabel>(change);
}

}  // namespace

ObjectId object_of(const Change& change) {
  return diff::visit(
      [](const auto& each) -> ObjectId {
        if constexpr (std::is_same_v<std::remove_cvref_t<decltype(each)>, RenameLabel>) {
          return {Kind::EnumType, each.type, {}};
        } else {
          return object_id(each.table, shown(each));
        }
      },
      change);
}

void put_in_order(Changes& found) {
  std::vector<std::pair<Key, std::size_t>> keys;
  const auto first = std::ranges::stable_partition(found.changes, comes_as_given).begin();
  const auto renames = static_cast<std::size_t>(first - found.changes.begin());
  for (std::size_t i = renames; i < found.changes.size(); ++i) keys.emplace_back(key(found.changes[i]), i);
  std::ranges::sort(keys);
  std::vector<Change> ordered;
  ordered.reserve(found.changes.size());
  for (std::size_t i = 0; i < renames; ++i) ordered.push_back(std::move(found.changes[i]));
  for (const auto& [key, index] : keys) ordered.push_back(std::move(found.changes[index]));
  found.changes = std::move(ordered);
  std::ranges::sort(found.unmanaged);
  std::ranges::sort(found.untracked_policies, {},
                    [](const auto& each) { return std::tie(each.first, each.second.name); });
  std::ranges::sort(found.candidates, {}, [](const auto& each) { return std::tie(each.before, each.after); });
}

}  // namespace diff
