#include "diff/unresolved.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <unordered_map>

namespace diff {
namespace {

using schema::Database;
using schema::Kind;
using schema::Table;
using schema::Unresolved;

/// The attribute of that name copied; false where the kind has none of that name.
template <class T>
bool copy_attribute(T& to, const T& from, const std::string& attribute) {
  bool known = false;
  const auto copy = [&](const auto& target, const auto& source) {
    if (target.name != attribute) return;
    using Value = std::remove_cvref_t<decltype(target.value)>;
    const_cast<Value&>(target.value) = source.value;
    known = true;
  };
  std::apply(
      [&](const auto&... targets) {
        std::apply([&](const auto&... sources) { (copy(targets, sources), ...); }, schema::fields(from));
      },
      schema::fields(to));
  return known;
}

std::string name_of(const schema::Grant& grant) { return grant.role.text; }
template <class T>
std::string name_of(const T& object) {
  return object.name.text;
}

template <class T>
T* named(std::vector<T>& list, const std::string& name) {
  const auto found = std::ranges::find_if(list, [&](const T& each) { return name_of(each) == name; });
  return found == list.end() ? nullptr : &*found;
}

template <class T>
const T* named(const std::vector<T>& list, const std::string& name) {
  const auto found = std::ranges::find_if(list, [&](const T& each) { return name_of(each) == name; });
  return found == list.end() ? nullptr : &*found;
}

/// Where a column's values come from is one thing with four attributes: of an unknown default the database may have
/// made SERIAL.
void take_origin_of_values(schema::Column& to, const schema::Column& from, const std::string& attribute) {
  const bool is_origin =
      attribute == "server_default" || attribute == "generated" || attribute == "identity" || attribute == "serial";
  if (!is_origin || (attribute == "server_default" && (to.generated || to.identity || to.serial))) return;
  to.server_default = from.server_default;
  to.generated = from.generated;
  to.identity = from.identity;
  to.serial = from.serial;
}

template <class T>
bool take_attribute(T& to, const T& from, const std::string& attribute) {
  if constexpr (std::is_same_v<T, schema::Column>) take_origin_of_values(to, from, attribute);
  return copy_attribute(to, from, attribute);
}

/// A member of a table: true where nothing is left to be concluded wrongly. A constraint or an index of which a part is
/// unknown is not made without it.
template <class T>
bool take_member(std::vector<T>& to, const std::vector<T>* from, const Unresolved& what) {
  T* target = named(to, what.object.name);
  const T* source = from == nullptr ? nullptr : named(*from, what.object.name);
  if (!what.attribute.empty()) {
    if (target == nullptr) return false;
    if (source != nullptr) return take_attribute(*target, *source, what.attribute);
    if constexpr (std::is_same_v<T, schema::Column>) return true;
    to.erase(to.begin() + (target - to.data()));
    return false;
  }
  if (target != nullptr && source != nullptr) *target = *source;
  if (target == nullptr && source != nullptr) to.push_back(*source);
  if (target != nullptr && source == nullptr) to.erase(to.begin() + (target - to.data()));
  return source != nullptr;
}

bool take_key(std::optional<schema::PrimaryKey>& to, const std::optional<schema::PrimaryKey>* from,
              const Unresolved& what) {
  if (from == nullptr) return true;
  if (what.attribute.empty() || !to || !*from) {
    to = *from;
    return true;
  }
  return copy_attribute(*to, **from, what.attribute);
}

bool take_in_table(Table& to, const Table* from, const Unresolved& what) {
  const auto list = [from](auto member) { return from == nullptr ? nullptr : &(from->*member); };
  switch (what.object.kind) {
    case Kind::Column:
      return take_member(to.columns, list(&Table::columns), what);
    case Kind::PrimaryKey:
      return take_key(to.primary_key, list(&Table::primary_key), what);
    case Kind::Unique:
      return take_member(to.uniques, list(&Table::uniques), what);
    case Kind::Check:
      return take_member(to.checks, list(&Table::checks), what);
    case Kind::ForeignKey:
      return take_member(to.foreign_keys, list(&Table::foreign_keys), what);
    case Kind::Exclusion:
      return take_member(to.exclusions, list(&Table::exclusions), what);
    case Kind::Index:
      return take_member(to.indexes, list(&Table::indexes), what);
    case Kind::Trigger:
      return take_member(to.triggers, list(&Table::triggers), what);
    case Kind::Policy:
      return take_member(to.policies, list(&Table::policies), what);
    case Kind::Grant:
      return take_member(to.grants, list(&Table::grants), what);
    default:
      return false;
  }
}

bool take_table_attribute(Table& to, const Table* from, const Unresolved& what) {
  if (what.attribute.empty()) return false;
  return from == nullptr || copy_attribute(to, *from, what.attribute);
}

/// An object that stands by itself, in lists that are searched: few are ever unresolved.
template <class T>
void take_object(std::vector<T>& to, const std::vector<T>& from, const Unresolved& what) {
  const auto is_it = [&](const T& each) { return each.name == what.object.owner; };
  const auto target = std::ranges::find_if(to, is_it);
  const auto source = std::ranges::find_if(from, is_it);
  if (source == from.end()) return;
  if (target == to.end()) {
    to.push_back(*source);
  } else if (what.attribute.empty() || !copy_attribute(*target, *source, what.attribute)) {
    *target = *source;
  }
}

void take_other(Database& to, const Database& from, const Unresolved& what) {
  switch (what.object.kind) {
    case Kind::EnumType:
      return take_object(to.enums, from.enums, what);
    case Kind::Domain:
      return take_object(to.domains, from.domains, what);
    case Kind::CompositeType:
      return take_object(to.composites, from.composites, what);
    case Kind::RangeType:
      return take_object(to.ranges, from.ranges, what);
    case Kind::Sequence:
      return take_object(to.sequences, from.sequences, what);
    case Kind::View:
      return take_object(to.views, from.views, what);
    default:
      return;
  }
}

bool lies_in_table(Kind kind) { return kind >= Kind::Column; }

template <class Tables>
auto by_name(Tables& tables) {
  std::unordered_map<schema::QualifiedName, decltype(&tables.front())> found;
  for (auto& table : tables) found.emplace(table.name, &table);
  return found;
}

}  // namespace

Unknown take_over(Database& desired, const std::vector<Unresolved>& unresolved, const Database& actual) {
  Unknown unknown;
  if (unresolved.empty()) return unknown;
  auto targets = by_name(desired.tables);
  const auto sources = by_name(actual.tables);
  for (const Unresolved& what : unresolved) {
    const bool member = lies_in_table(what.object.kind);
    if (!member && what.object.kind != Kind::Table) {
      take_other(desired, actual, what);
      continue;
    }
    const auto& name = what.object.owner;
    if (name.empty()) {
      unknown.some_table = true;
      continue;
    }
    const auto target = targets.find(name);
    const auto source = sources.find(name);
    const Table* from = source == sources.end() ? nullptr : source->second;
    const bool settled = target != targets.end() && (member ? take_in_table(*target->second, from, what)
                                                            : take_table_attribute(*target->second, from, what));
    if (settled) continue;
    if (member && what.object.kind != Kind::Column) unknown.open_lists.insert({name, what.object.kind});
    if (!member || what.object.kind == Kind::Column || target == targets.end()) unknown.partial_tables.insert(name);
  }
  return unknown;
}

}  // namespace diff
