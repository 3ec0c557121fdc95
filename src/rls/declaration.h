#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/place.h"
#include "schema/name.h"

namespace rls {

struct LiteralEntry;

/// A literal as a model gives it: what `__rls__` and its like are made of. `shown` is how a message quotes it.
struct Literal {
  enum class Kind { None, Truth, Text, List, Map, Other };

  Kind kind = Kind::None;
  bool truth = false;
  std::string text;
  std::vector<Literal> items;
  std::vector<LiteralEntry> entries;  ///< in the order of writing
  std::string shown;
};

/// A key and its value in a dict.
struct LiteralEntry {
  Literal key;
  Literal value;
};

/// What one model says about its table's row security: `__rls__`, `__rls_owner__`, `__rls_force__`, `__grants__`, or
/// the same keys of `info`. None is what the model does not say.
struct Declaration {
  schema::QualifiedName table;
  Literal rules;
  Literal owner;
  Literal force;
  Literal grants;
  base::Place place;                                        ///< where `__rls__` stands, else the model
  base::Place grants_place;                                 ///< where `__grants__` stands
  std::map<std::string, std::string> columns_by_attribute;  ///< mapped attributes to the names of their columns
};

}  // namespace rls
