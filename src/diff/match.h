#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/text.h"
#include "schema/kinds.h"

/// Generic over all kinds through `fields()`: which attributes differ, and which objects of two lists belong together.
namespace diff {

template <class T>
bool same_value(const T& left, const T& right) {
  return left == right;
}

/// Modifiers of types outside pg_catalog are words whose case means nothing: geometry(POINT,4326).
inline bool same_value(const schema::TypeName& left, const schema::TypeName& right) {
  if (left.schema.empty() || right.schema.empty()) return left == right;
  return left.schema == right.schema && left.name == right.name && left.array == right.array &&
         base::lowered(left.modifiers) == base::lowered(right.modifiers);
}

/// The names of the attributes that differ, in the order of `fields()`.
template <class T>
std::vector<std::string> changed_fields(const T& before, const T& after) {
  std::vector<std::string> changed;
  const auto compare = [&](const auto& old_field, const auto& new_field) {
    if (!same_value(old_field.value, new_field.value)) changed.emplace_back(old_field.name);
  };
  std::apply(
      [&](const auto&... old_fields) {
        std::apply([&](const auto&... new_fields) { (compare(old_fields, new_fields), ...); }, schema::fields(after));
      },
      schema::fields(before));
  return changed;
}

/// Equal but for the name.
template <class T>
bool same_meaning(const T& before, const T& after) {
  const auto changed = changed_fields(before, after);
  return changed.empty() || (changed.size() == 1 && changed.front() == "name");
}

/// Two lists, paired: what stands on one side only has a null on the other.
template <class T>
struct Pair {
  const T* before = nullptr;
  const T* after = nullptr;
};

/// Pairs the objects of two lists that have the same key, a hashable value. Linear.
template <class T, class Key>
std::vector<Pair<T>> paired(const std::vector<T>& before, const std::vector<T>& after, const Key& key) {
  using Value = std::decay_t<decltype(key(std::declval<const T&>()))>;
  std::unordered_map<Value, const T*> old_ones;
  for (const T& each : before) old_ones.emplace(key(each), &each);
  std::vector<Pair<T>> pairs;
  for (const T& each : after) {
    auto found = old_ones.extract(key(each));
    pairs.push_back({found.empty() ? nullptr : found.mapped(), &each});
  }
  for (const T& each : before) {
    const auto left = old_ones.find(key(each));
    if (left != old_ones.end() && left->second == &each) pairs.push_back({&each, nullptr});
  }
  return pairs;
}

}  // namespace diff
