#pragma once

#include <string_view>
#include <vector>

#include "models/context.h"
#include "models/orm/objects.h"

namespace models::orm {

/// A listener on mappers, mapped classes or the configuration of all mappers.
struct MapperListener {
  std::string event;
  python::Value target;
  python::Value function;
  bool propagate = false;  ///< to subclasses of the target
};

/// What the mapping keeps while models are read.
struct State {
  std::vector<RegistryObject*> registries;
  std::vector<MapperListener> listeners;
};

State& state(Context&);

/// registry(metadata=…, type_annotation_map=…).
RegistryObject* make_registry(Context&, const python::Value* metadata, const python::Value* type_map);
/// Adds the entries of a type_annotation_map; Optional around a key means nothing.
void add_types(Context&, RegistryObject&, python::Value type_map);
/// registry.generate_base(cls=…, name=…, metaclass=…).
python::Outcome generate_base(Context&, RegistryObject&, const python::Arguments&);

/// A class directly below DeclarativeBase: gets its registry and MetaData.
python::Outcome set_up_base(Context&, python::Class&);
/// The registry that a class belongs to, or null.
RegistryObject* registry_of(python::Interpreter&, python::Class&);

/// Configures the mappers: `__declare_first__`, listeners, `__declare_last__`. May be called again for new ones.
void configure(Context&);

}  // namespace models::orm
