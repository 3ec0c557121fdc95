#pragma once

#include <string_view>
#include <utility>
#include <vector>

#include "python/evaluation/location.h"
#include "python/evaluation/value.h"

namespace python {

struct Unknown;

/// The arguments of a call, after `*` and `**` were unpacked.
struct Arguments {
  /// `*x` of an unknown x is that one Unknown here.
  std::vector<Value> positional;
  std::vector<std::pair<std::string_view, Value>> keywords;
  /// The call had `*x` of an unknown x: what stands behind it may be at other positions.
  const Unknown* unknown_positional = nullptr;
  /// The call had `**x` of an unknown x: any keyword may have been given.
  const Unknown* unknown_keywords = nullptr;
  /// The call in the source.
  Location location;

  Arguments() = default;
  explicit Arguments(std::vector<Value> values, Location where = {}) : positional(std::move(values)), location(where) {}

  /// The argument at a position or, failing that, under a name; null if neither was given.
  const Value* find(std::size_t position, std::string_view name) const;
  const Value* keyword(std::string_view name) const;
  const Value* at(std::size_t position) const { return position < positional.size() ? &positional[position] : nullptr; }
};

}  // namespace python
