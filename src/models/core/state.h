#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "models/core/objects.h"

namespace models {

/// `@compiles(type, "postgresql")`.
struct Compilation {
  python::Value target;  ///< a Class or External
  std::string dialect;   ///< empty: all
  python::Value function;
};

/// A listener on a whole class: `@event.listens_for(Table, "after_parent_attach")`.
struct ClassListener {
  std::string type;  ///< canonical name: "sqlalchemy.Table"
  Listener listener;
};

/// What the constructs of the Core keep while models are read.
struct CoreState {
  std::vector<Compilation> compilations;
  std::vector<ClassListener> class_listeners;
  std::map<std::string, python::Class*> functions;        ///< GenericFunction classes by "package.name" or "name"
  std::unordered_map<std::string, python::Class*> types;  ///< Python classes of SQLAlchemy's types, by name
  std::uint64_t order = 0;                                ///< of the construct made last

  std::uint64_t next_order() { return ++order; }
};

CoreState& state(Context&);

}  // namespace models
