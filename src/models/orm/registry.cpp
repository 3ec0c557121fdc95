#include "models/orm/registry.h"

#include <algorithm>

#include "models/orm/annotation.h"
#include "models/orm/events.h"
#include "models/orm/scan.h"
#include "python/evaluation/interpreter.h"

namespace models::orm {
using python::Arguments;
using python::Class;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
constexpr std::string_view declarative_meta = "sqlalchemy.orm.DeclarativeMeta";

MetaDataObject* new_metadata(Context& shared) {
  Arguments none;
  return make_metadata(shared, none);
}

/// The argument of a decorator as a class, or null.
Class* class_in(const Arguments& arguments) { return arguments.at(0) ? arguments.at(0)->as<Class>() : nullptr; }

/// `@registry.mapped`: maps the class and gives it back.
Value mapping_decorator(Interpreter& interpreter, RegistryObject& registry, bool as_dataclass) {
  return interpreter.builtin("registry.mapped",
                             [&registry, as_dataclass](Interpreter& inner, Arguments& arguments) -> Outcome {
                               Class* type = class_in(arguments);
                               if (!type) return arguments.at(0) ? *arguments.at(0) : inner.none();
                               if (as_dataclass) inner.store(*type, "_sa_apply_dc_transforms", inner.boolean(true));
                               const Outcome mapped = map_class(inner, registry, *type);
                               return mapped ? Outcome(type) : mapped;
                             });
}

Outcome as_dataclass(Interpreter& interpreter, RegistryObject& registry, Arguments& arguments) {
  const Value decorator = mapping_decorator(interpreter, registry, true);
  if (class_in(arguments)) return interpreter.call(decorator, std::move(arguments));
  return decorator;
}

/// `@registry.as_declarative_base(…)`: the decorated class becomes the base's own base.
Outcome as_base(Interpreter& interpreter, RegistryObject& registry, const Arguments& given) {
  return interpreter.builtin("registry.as_declarative_base",
                             [&registry, given](Interpreter& inner, Arguments& arguments) -> Outcome {
                               Class* type = class_in(arguments);
                               if (!type) return inner.none();
                               Arguments all = given;
                               all.keywords.emplace_back("cls", Value(type));
                               all.keywords.emplace_back("name", inner.str(type->name));
                               return generate_base(context(inner), registry, all);
                             });
}

Outcome call_method(RegistryObject& registry, std::string_view name, Interpreter& interpreter, Arguments& arguments) {
  if (name == "mapped_as_dataclass") return as_dataclass(interpreter, registry, arguments);
  if (name == "as_declarative_base") return as_base(interpreter, registry, arguments);
  if (name == "generate_base") return generate_base(context(interpreter), registry, arguments);
  if (name == "map_imperatively") return map_imperatively(interpreter, registry, arguments);
  if (name == "map_declaratively") {
    Class* type = class_in(arguments);
    return type ? map_class(interpreter, registry, *type) : Outcome(interpreter.none());
  }
  if (name == "update_type_annotation_map") {
    if (const Value* map = arguments.find(0, "type_annotation_map")) add_types(context(interpreter), registry, *map);
  }
  if (name == "configure") configure(context(interpreter));
  return interpreter.none();
}

bool is_method(std::string_view name) {
  return name == "mapped_as_dataclass" || name == "as_declarative_base" || name == "generate_base" ||
         name == "map_imperatively" || name == "map_declaratively" || name == "update_type_annotation_map" ||
         name == "configure" || name == "dispose";
}

/// A hook that stands on the class itself or comes from a class that is not mapped.
const Value* hook_of(const Class& type, std::string_view name) {
  for (const Value& base : type.mro) {
    const Class* above = base.as<Class>();
    if (!above || above->builtin) continue;
    const Value* own = above->own(name);
    if (own && (above == &type || !nearest_mapping(*above))) return own;
  }
  return nullptr;
}

void run_hooks(Interpreter& interpreter, const std::vector<ClassMapping*>& mappings, std::string_view name) {
  for (ClassMapping* mapping : mappings) {
    if (!hook_of(mapping->mapped, name)) continue;
    const Outcome bound = interpreter.attribute(mapping->mapped, name);
    const Outcome done = bound ? interpreter.call(*bound) : bound;
    if (!done.is_raised()) continue;
    const Value problem = interpreter.settled(done, mapping->mapped.location);
    const auto* unknown = problem.as<python::Unknown>();
    report_unresolved(
        interpreter, mapping->mapped.location,
        std::string(name) + " of " + mapping->mapped.name + " cannot be read: " + (unknown ? unknown->reason : ""));
    if (mapping->table && unknown) mapping->table->incomplete.push_back(unknown);
  }
}

}  // namespace

State& state(Context& shared) {
  if (!shared.orm) shared.orm = std::make_shared<State>();
  return *shared.orm;
}

RegistryObject* make_registry(Context& shared, const Value* metadata, const Value* type_map) {
  RegistryObject* registry = shared.interpreter->make<RegistryObject>();
  registry->metadata = metadata ? as_metadata(*metadata) : nullptr;
  if (!registry->metadata) registry->metadata = new_metadata(shared);
  if (type_map) add_types(shared, *registry, *type_map);
  state(shared).registries.push_back(registry);
  return registry;
}

void add_types(Context& shared, RegistryObject& registry, Value type_map) {
  const auto* dict = type_map.as<python::Dict>();
  if (!dict) return;
  for (const auto& entry : dict->table.entries()) {
    registry.type_map.emplace_back(without_none(*shared.interpreter, entry.key), entry.value);
  }
}

Outcome RegistryObject::attribute(Interpreter& interpreter, std::string_view name) {
  if (name == "metadata") return metadata;
  if (name == "mapped") return mapping_decorator(interpreter, *this, false);
  if (name == "constructor") return constructor;
  if (name == "mappers") {
    std::vector<Value> all;
    for (ClassMapping* mapping : mappings) {
      if (!mapping->deferred) all.emplace_back(mapping);
    }
    return interpreter.tuple(std::move(all));
  }
  if (name == "_class_registry") {
    python::Dict* classes = interpreter.dict();
    for (ClassMapping* mapping : mappings) interpreter.set(*classes, mapping->mapped.name, Value(mapping->mapped));
    return classes;
  }
  if (name == "type_annotation_map") {
    python::Dict* types = interpreter.dict();
    for (const auto& [key, value] : type_map) (void)interpreter.set(types->table, key, value);
    return types;
  }
  if (!is_method(name)) return python::absent;
  const std::string_view kept = interpreter.intern(name);
  return method(interpreter, kept, [this, kept](Interpreter& inner, Arguments& arguments) {
    return call_method(*this, kept, inner, arguments);
  });
}

Outcome generate_base(Context& shared, RegistryObject& registry, const Arguments& arguments) {
  Interpreter& interpreter = *shared.interpreter;
  const Value* given = arguments.find(1, "cls");
  std::vector<Value> bases;
  if (const auto* tuple = given ? given->as<python::Tuple>() : nullptr) {
    bases = tuple->items;
  } else {
    bases.push_back(given ? *given : Value(interpreter.builtin_class("object")));
  }
  const Value* called = arguments.find(2, "name");
  const auto* name = called ? called->as<python::Str>() : nullptr;
  python::Dict* body = interpreter.dict();
  interpreter.set(*body, "registry", &registry);
  interpreter.set(*body, "metadata", registry.metadata);
  interpreter.set(*body, "__abstract__", interpreter.boolean(true));
  if (const python::Module* module = interpreter.module_here()) {
    interpreter.set(*body, "__module__", interpreter.str(module->name));
  }
  const Value* metaclass = arguments.find(3, "metaclass");
  const std::string_view text = name ? std::string_view(name->text) : "Base";
  if (metaclass && metaclass->as<Class>()) {
    return interpreter.call(*metaclass, {interpreter.str(text), interpreter.tuple(bases), body});
  }
  Class* type = interpreter.make_class(text, bases, body);
  type->metaclass = metaclass ? *metaclass : Value(interpreter.external(declarative_meta));
  type->module = interpreter.module_here();
  interpreter.store(*type, "_sa_registry", &registry);
  return type;
}

Outcome set_up_base(Context& shared, Class& type) {
  Interpreter& interpreter = *shared.interpreter;
  const Value* given = type.own("registry");
  RegistryObject* registry = given ? host_object<RegistryObject>(*given) : nullptr;
  if (!registry) {
    const Value* metadata = type.own("metadata");
    registry = make_registry(shared, metadata, type.own("type_annotation_map"));
    if (const auto* unknown = metadata ? metadata->as<python::Unknown>() : nullptr) {
      registry->metadata->incomplete = unknown;
    }
    interpreter.store(type, "registry", registry);
  }
  interpreter.store(type, "_sa_registry", registry);
  if (!type.own("metadata")) interpreter.store(type, "metadata", registry->metadata);
  return interpreter.none();
}

RegistryObject* registry_of(Interpreter& interpreter, Class& type) {
  if (const Value* found = interpreter.find_in_mro(type, "_sa_registry")) return host_object<RegistryObject>(*found);
  const Value* own = type.own("registry");
  RegistryObject* registry = own ? host_object<RegistryObject>(*own) : nullptr;
  if (registry) interpreter.store(type, "_sa_registry", registry);
  return registry;
}

void configure(Context& shared) {
  Interpreter& interpreter = *shared.interpreter;
  std::vector<ClassMapping*> mappings;
  for (RegistryObject* registry : state(shared).registries) {
    for (ClassMapping* mapping : registry->mappings) {
      if (!mapping->configured) mappings.push_back(mapping);
    }
  }
  if (mappings.empty()) return;
  run_listeners(interpreter, "before_configured", nullptr);
  run_hooks(interpreter, mappings, "__declare_first__");
  for (ClassMapping* mapping : mappings) {
    mapping->configured = true;
    run_listeners(interpreter, "before_mapper_configured", mapping);
    run_listeners(interpreter, "mapper_configured", mapping);
  }
  run_listeners(interpreter, "after_configured", nullptr);
  run_hooks(interpreter, mappings, "__declare_last__");
}

}  // namespace models::orm
