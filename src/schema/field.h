#pragma once

#include <string_view>
#include <tuple>

namespace schema {

/// One attribute of an object, by name. `fields(object)` beside each struct lists its attributes once; the diff
/// ("what changed"), the JSON and the fingerprint read that list.
template <class T>
struct Field {
  std::string_view name;
  const T& value;
};
template <class T>
Field(std::string_view, const T&) -> Field<T>;

}  // namespace schema
