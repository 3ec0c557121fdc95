#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"
#include "python/library/library.h"

/// x.name, as Python looks it up, and what hosts add for outside classes.
namespace python {

namespace {

struct Found {
  Outcome value = absent;
  bool from_host = false;  ///< taken as it is
};

Found found_in(Interpreter& in, Value base, std::string_view name, std::uint32_t hash, Value receiver) {
  if (const auto* type = base.as<Class>()) {
    if (Value* own = type->attributes->table.find(name, hash)) return {*own, false};
    return {};
  }
  if (base.is_unknown()) return {};
  return {in.host().inherited(in, base, name, receiver), true};
}

Found found_along(Interpreter& in, const std::vector<Value>& mro, std::size_t from, std::string_view name,
                  Value receiver) {
  const std::uint32_t hash = hash_of(name);
  for (std::size_t at = from; at < mro.size(); ++at) {
    const Found found = found_in(in, mro[at], name, hash, receiver);
    if (!found.value.is_absent()) return found;
  }
  return {};
}

const Unknown* unknown_base(const std::vector<Value>& mro) {
  for (const Value base : mro)
    if (const auto* unknown = base.as<Unknown>()) return unknown;
  return nullptr;
}

bool is_dunder(std::string_view name) { return name.size() > 4 && name.starts_with("__") && name.ends_with("__"); }

Outcome read_property(Interpreter& in, const Property& property, Value instance) {
  if (property.getter.is_none()) return in.raise("AttributeError", "unreadable attribute");
  return in.call(property.getter, {instance});
}

bool is_data_descriptor(Interpreter& in, Value attribute) {
  if (const auto* property = attribute.as<Property>()) return !property->cached;
  const auto* instance = attribute.as<Instance>();
  return instance && !instance->type->builtin && in.find_in_mro(*instance->type, "__set__");
}

Outcome descriptor_get(Interpreter& in, const Instance& descriptor, std::optional<Value> instance, Value owner) {
  const Value self(const_cast<Instance*>(&descriptor));
  const Value* method = in.find_in_mro(*descriptor.type, "__get__");
  if (!method) return self;
  return in.call(*method, {self, instance.value_or(Value()), owner});
}

Outcome instance_special(const Instance& instance, std::string_view name) {
  if (name == "__class__") return Value(instance.type);
  if (name == "__dict__") return Value(instance.attributes);
  return absent;
}

/// `__getattr__`, once everything else failed.
Outcome by_getattr(Interpreter& in, const std::vector<Value>& mro, Value receiver, Value owner, std::string_view name) {
  if (is_dunder(name)) return absent;
  const Found method = found_along(in, mro, 0, "__getattr__", receiver);
  if (!method.value) return method.value;
  const Outcome bound = method.from_host ? method.value : bound_to(in, *method.value, receiver, owner);
  if (!bound) return bound;
  Outcome result = in.call(*bound, {in.str(name)});
  if (result.is_raised() && in.catches("AttributeError")) return absent;
  return result;
}

Outcome instance_attribute(Interpreter& in, Instance& instance, std::string_view name) {
  const Value self(&instance);
  const std::uint32_t hash = hash_of(name);
  const auto& mro = instance.type->mro;
  Value* in_class = in.find_in_mro(*instance.type, name);
  if (in_class && is_data_descriptor(in, *in_class)) return bound_to(in, *in_class, self, instance.type);
  if (Value* own = instance.attributes->table.find(name, hash)) return *own;
  if (const Outcome special = instance_special(instance, name); !special.is_absent()) return special;
  const Found found = found_along(in, mro, 0, name, self);
  if (found.value) {
    if (found.from_host) return found.value;
    if (const auto* property = found.value.as<Property>(); property && property->cached) {
      const Outcome value = read_property(in, *property, self);
      if (value) in.set(*instance.attributes, name, *value);
      return value;
    }
    return bound_to(in, *found.value, self, instance.type);
  }
  if (found.value.is_raised()) return raised;
  if (const Outcome given = by_getattr(in, mro, self, instance.type, name); !given.is_absent()) return given;
  if (const Unknown* unknown = unknown_base(mro); unknown && !is_dunder(name)) return derived(in, *unknown);
  return absent;
}

Outcome module_of_class(Interpreter& in, const Class& type) {
  if (type.module) return in.str(type.module->name);
  const std::size_t dot = type.qualified_name.rfind('.');
  return in.str(dot == std::string::npos ? "builtins" : type.qualified_name.substr(0, dot));
}

Outcome qualified_name_of_class(Interpreter& in, const Class& type) {
  const std::string prefix = type.module ? type.module->name + "." : "";
  if (type.module && type.qualified_name.starts_with(prefix)) return in.str(type.qualified_name.substr(prefix.size()));
  return in.str(type.name);
}

Outcome subclasses_of(Interpreter& in, Class& type) {
  List* list = in.list();
  for (Object* object : std::vector<Object*>(in.state().objects)) {
    auto* candidate = Value(object).as<Class>();
    if (!candidate) continue;
    for (const Value base : candidate->bases)
      if (base == Value(&type)) list->items.emplace_back(candidate);
  }
  return list;
}

Outcome class_special(Interpreter& in, Class& type, std::string_view name) {
  if (name == "__name__") return in.str(type.name);
  if (name == "__qualname__") return qualified_name_of_class(in, type);
  if (name == "__module__") return module_of_class(in, type);
  if (name == "__dict__") return Value(type.attributes);
  if (name == "__mro__") return in.tuple(type.mro);
  if (name == "__bases__") return in.tuple(type.bases);
  if (name == "__base__") return type.bases.empty() ? Value() : type.bases[0];
  if (name == "__orig_bases__") return in.tuple(type.original_bases);
  if (name == "__class__") return type.metaclass;
  if (name == "__annotations__") return annotations_dict(in, type);
  if (name == "__subclasses__")
    return in.builtin("type.__subclasses__", [&type](Interpreter& i, Arguments&) { return subclasses_of(i, type); });
  if (name == "mro") {
    return in.builtin("type.mro", [&type](Interpreter& i, Arguments&) -> Outcome { return i.list(type.mro); });
  }
  if (name == "__doc__") return Value();
  if (name == "__parameters__") return in.tuple({});
  return absent;
}

Outcome metaclass_attribute(Interpreter& in, Class& type, std::string_view name) {
  const auto* metaclass = type.metaclass.as<Class>();
  if (!metaclass || metaclass == in.state().type_class) return absent;
  const Found found = found_along(in, metaclass->mro, 0, name, &type);
  if (!found.value || found.from_host) return found.value;
  if (name == "__init__" || name == "__new__" || name == "__call__") return absent;
  return bound_to(in, *found.value, Value(&type), type.metaclass);
}

Outcome class_attribute(Interpreter& in, Class& type, std::string_view name) {
  const auto* metaclass = type.metaclass.as<Class>();
  if (metaclass && metaclass != in.state().type_class) {
    Value* in_metaclass = in.find_in_mro(*metaclass, name);
    if (in_metaclass && is_data_descriptor(in, *in_metaclass))
      return bound_to(in, *in_metaclass, Value(&type), type.metaclass);
  }
  if (name == "__annotations__" || name == "__dict__" || name == "__name__") return class_special(in, type, name);
  const bool special_first = is_dunder(name) && !type.attributes->find(name);
  if (special_first)
    if (const Outcome special = class_special(in, type, name); !special.is_absent()) return special;
  const Found found = found_along(in, type.mro, 0, name, &type);
  if (found.value) return found.from_host ? found.value : bound_to(in, *found.value, {}, &type);
  if (found.value.is_raised()) return raised;
  if (const Outcome special = class_special(in, type, name); !special.is_absent()) return special;
  if (const Outcome inherited = metaclass_attribute(in, type, name); !inherited.is_absent()) return inherited;
  if (metaclass && metaclass != in.state().type_class)
    if (const Outcome given = by_getattr(in, metaclass->mro, &type, type.metaclass, name); !given.is_absent())
      return given;
  if (const Unknown* unknown = unknown_base(type.mro); unknown && !is_dunder(name)) return derived(in, *unknown);
  return absent;
}

Outcome function_attribute(Interpreter& in, Function& function, std::string_view name) {
  if (function.attributes)
    if (Value* own = function.attributes->find(name)) return *own;
  if (name == "__name__") return in.str(function.name);
  if (name == "__qualname__") return in.str(function.qualified_name);
  if (name == "__module__") return function.module ? in.str(function.module->name) : in.none();
  if (name == "__doc__") return library::docstring(in, function);
  if (name == "__dict__") {
    if (!function.attributes) function.attributes = in.dict();
    return Value(function.attributes);
  }
  if (name == "__defaults__") return function.defaults.empty() ? in.none() : in.tuple(function.defaults);
  if (name == "__annotations__") return library::function_annotations(in, function);
  return absent;
}

/// What Generic.__class_getitem__ does for the class below it.
Value subscript_method(Interpreter& in, Value type) {
  return in.builtin("typing.Generic.__class_getitem__", [type](Interpreter& i, Arguments& arguments) -> Outcome {
    return arguments.at(0) ? subscript_type(i, type, *arguments.at(0))
                           : Outcome(i.raise("TypeError", "missing a required argument: 'item'"));
  });
}

Outcome super_attribute(Interpreter& in, const Super& super, std::string_view name) {
  const auto* receiver_class = super.receiver.as<Class>();
  const auto* after = super.after.as<Class>();
  const std::vector<Value>* mro = nullptr;
  bool on_class = false;
  const auto contains = [&](const std::vector<Value>& order) {
    return std::find(order.begin(), order.end(), super.after) != order.end();
  };
  if (receiver_class && contains(receiver_class->mro)) {
    mro = &receiver_class->mro;
    on_class = true;
  } else if (const auto* type = in.type_of(super.receiver).as<Class>()) {
    mro = &type->mro;
  }
  if (!after || !mro) return in.raise("TypeError", "super(type, obj): obj must be an instance or subtype of type");
  std::size_t from = 0;
  while (from < mro->size() && (*mro)[from] != super.after) ++from;
  const Found found = found_along(in, *mro, from + 1, name, super.receiver);
  if (found.value) {
    if (found.from_host || name == "__new__") return found.value;
    return bound_to(in, *found.value, on_class ? std::optional<Value>() : super.receiver,
                    on_class ? super.receiver : in.type_of(super.receiver));
  }
  if (found.value.is_raised()) return raised;
  if (name == "__class__") return in.builtin_class("super");
  if (name == "__class_getitem__") return subscript_method(in, super.receiver);
  if (const Unknown* unknown = unknown_base(*mro)) return derived(in, *unknown);
  return absent;
}

Outcome module_attribute(Interpreter& in, Module& module, std::string_view name) {
  const std::string qualified = module.name + "." + std::string(name);
  if (const Outcome supplied = in.host().supplied(in, qualified); !supplied.is_absent()) return supplied;
  if (Value* own = module.attributes->find(name)) return *own;
  if (name == "__dict__") return Value(module.attributes);
  if (name == "__class__") return in.builtin_class("types.ModuleType");
  if (Value* fallback = is_dunder(name) ? nullptr : module.attributes->find("__getattr__")) {
    Outcome given = in.call(*fallback, {in.str(name)});
    if (given.is_raised() && in.catches("AttributeError")) return absent;
    return given;
  }
  if (is_dunder(name)) return absent;
  if (module.builtin && library::is_described(qualified)) return import_dotted(in, qualified);
  if (module.builtin) return library::undescribed(in, qualified);
  if (module.scope && !module.scope->star_imports.empty()) return star_imported(in, *module.scope, name);
  const bool package = !module.search_paths.empty();
  if (!package || module.attributes->find("__getattr__")) return absent;
  const Outcome submodule = import_dotted(in, qualified);
  return submodule.as<Unknown>() ? Outcome(absent) : submodule;
}

Outcome external_attribute(Interpreter& in, External& external, std::string_view name) {
  if (external.attributes)
    if (Value* own = external.attributes->find(name)) return *own;
  if (const Outcome special = library::special_form_attribute(in, external, name); !special.is_absent()) return special;
  const std::string& own = external.qualified_name;
  if (name == "__name__" || name == "__qualname__")
    return in.str(external.is_module ? own : own.substr(own.rfind('.') + 1));
  if (name == "__module__") return in.str(own.substr(0, own.rfind('.')));
  const std::string qualified = own + "." + std::string(name);
  if (const Outcome supplied = in.host().supplied(in, qualified); !supplied.is_absent()) return supplied;
  if (const Outcome given = in.host().outside(in, qualified); !given.is_absent()) return given;
  if (is_dunder(name) && name != "__version__") return absent;
  return in.external(qualified);
}

Outcome unknown_attribute(Interpreter& in, const Unknown& unknown, std::string_view name) {
  Unknown* result = in.make<Unknown>(unknown.reason, unknown.location);
  if (!unknown.origin.empty()) result->origin = unknown.origin + "." + std::string(name);
  if (unknown.likely)
    if (const Outcome likely = in.find_attribute(*unknown.likely, name)) result->likely = *likely;
  return result;
}

Outcome generic_attribute(Interpreter& in, Generic& generic, std::string_view name) {
  if (name == "__origin__") {
    const auto* origin = generic.origin.as<External>();
    if (origin && origin->qualified_name == "typing.Annotated" && !generic.arguments.empty())
      return generic.arguments[0];
    return generic.origin;
  }
  if (name == "__args__") return in.tuple(generic.arguments);
  if (name == "__metadata__")
    return in.tuple(generic.arguments.empty()
                        ? std::vector<Value>()
                        : std::vector<Value>(generic.arguments.begin() + 1, generic.arguments.end()));
  if (name == "__parameters__") return in.tuple({});
  return in.find_attribute(generic.origin, name);
}

Outcome bound_method_attribute(Interpreter& in, const BoundMethod& method, std::string_view name) {
  if (name == "__func__") return method.function;
  if (name == "__self__") return method.self;
  return in.find_attribute(method.function, name);
}

Outcome builtin_function_attribute(Interpreter& in, Builtin& builtin, std::string_view name) {
  if (builtin.attributes)
    if (Value* own = builtin.attributes->find(name)) return *own;
  const std::size_t dot = builtin.qualified_name.rfind('.');
  if (name == "__name__" || name == "__qualname__")
    return in.str(dot == std::string_view::npos ? builtin.qualified_name : builtin.qualified_name.substr(dot + 1));
  if (name == "__module__")
    return in.str(dot == std::string_view::npos ? "builtins" : builtin.qualified_name.substr(0, dot));
  if (name == "__doc__") return Value();
  return absent;
}

Outcome wrapped_attribute(Value function, std::string_view name) {
  if (name == "__func__" || name == "__wrapped__" || name == "fget") return function;
  return absent;
}

Outcome property_attribute(Interpreter& in, Property& property, std::string_view name) {
  if (name == "fget") return property.getter;
  if (name == "fset") return property.setter;
  if (name == "fdel") return property.deleter;
  Value Property::*slot = name == "getter"    ? &Property::getter
                          : name == "setter"  ? &Property::setter
                          : name == "deleter" ? &Property::deleter
                                              : nullptr;
  if (!slot) return in.find_attribute(property.getter, name);
  return in.builtin("property.setter", [&property, slot](Interpreter& i, Arguments& arguments) -> Outcome {
    auto* copy = i.make<Property>();
    copy->getter = property.getter;
    copy->setter = property.setter;
    copy->deleter = property.deleter;
    copy->*slot = arguments.at(0) ? *arguments.at(0) : Value();
    return copy;
  });
}

Outcome number_part(Interpreter& in, Value value, std::string_view name) {
  if (const auto* number = value.as<Complex>()) {
    if (name == "real") return in.number(number->value.real());
    if (name == "imag") return in.number(number->value.imag());
  }
  if (name == "real" || name == "numerator") return value;
  if (name == "imag") return in.integer(0);
  if (name == "denominator" && value.kind() != Kind::Float) return in.integer(1);
  return absent;
}

Outcome slot_of(Interpreter& in, Value value, std::string_view name) {
  switch (value.kind()) {
    case Kind::Int:
    case Kind::Bool:
    case Kind::Float:
    case Kind::Complex:
      return number_part(in, value, name);
    case Kind::Slice:
      if (name == "start") return value.as<Slice>()->lower;
      if (name == "stop") return value.as<Slice>()->upper;
      if (name == "step") return value.as<Slice>()->step;
      return absent;
    case Kind::Range:
      if (name == "start") return in.integer(value.as<Range>()->start);
      if (name == "stop") return in.integer(value.as<Range>()->stop);
      if (name == "step") return in.integer(value.as<Range>()->step);
      return absent;
    case Kind::TypeVariable:
      return library::type_variable_attribute(in, *value.as<TypeVariable>(), name);
    case Kind::NewType:
      if (name == "__name__") return in.str(value.as<NewType>()->name);
      if (name == "__supertype__") return value.as<NewType>()->supertype;
      return absent;
    case Kind::TypeAlias:
      if (name == "__name__") return in.str(value.as<TypeAlias>()->name);
      if (name == "__value__") return in.value(*value.as<TypeAlias>());
      if (name == "__type_params__") return in.tuple(value.as<TypeAlias>()->parameters);
      return absent;
    case Kind::StaticMethod:
      return wrapped_attribute(value.as<StaticMethod>()->function, name);
    case Kind::ClassMethod:
      return wrapped_attribute(value.as<ClassMethod>()->function, name);
    default:
      return absent;
  }
}

Outcome builtin_value_attribute(Interpreter& in, Value value, std::string_view name) {
  if (const Outcome slot = slot_of(in, value, name); !slot.is_absent()) return slot;
  const Value type = in.type_of(value);
  if (name == "__class__") return type;
  const auto* type_class = type.as<Class>();
  if (!type_class) return absent;
  if (Value* found = in.find_in_mro(*type_class, name)) return bound_to(in, *found, value, type);
  if (name == "__doc__") return Value();
  return absent;
}

Outcome host_attribute(Interpreter& in, HostObject& object, std::string_view name) {
  const Outcome given = object.attribute(in, name);
  if (!given.is_absent()) return given;
  if (name == "__class__") return in.type_of(&object);
  if (name == "__doc__") return Value();
  return absent;
}

}  // namespace

Value* Interpreter::find_in_mro(const Class& type, std::string_view name) {
  const std::uint32_t hash = hash_of(name);
  for (const Value base : type.mro)
    if (const auto* python_class = base.as<Class>())
      if (Value* found = python_class->attributes->table.find(name, hash)) return found;
  return nullptr;
}

Outcome inherited_attribute(Interpreter& in, const std::vector<Value>& mro, std::size_t from, std::string_view name,
                            Value receiver) {
  return found_along(in, mro, from, name, receiver).value;
}

Outcome bound_to(Interpreter& in, Value attribute, std::optional<Value> instance, Value owner) {
  switch (attribute.kind()) {
    case Kind::Function:
      return instance ? Outcome(in.make<BoundMethod>(attribute, *instance)) : Outcome(attribute);
    case Kind::Builtin:
      return instance && attribute.as<Builtin>()->binds ? Outcome(in.make<BoundMethod>(attribute, *instance))
                                                        : Outcome(attribute);
    case Kind::Property:
      return instance ? read_property(in, *attribute.as<Property>(), *instance) : Outcome(attribute);
    case Kind::StaticMethod:
      return attribute.as<StaticMethod>()->function;
    case Kind::ClassMethod: {
      const Value function = attribute.as<ClassMethod>()->function;
      if (const auto* property = function.as<Property>()) return read_property(in, *property, owner);
      return in.make<BoundMethod>(function, owner);
    }
    case Kind::Instance:
      return descriptor_get(in, *attribute.as<Instance>(), instance, owner);
    case Kind::Host: {
      const Outcome given = attribute.as<HostObject>()->get(in, instance.value_or(Value()), owner);
      return given.is_absent() ? Outcome(attribute) : given;
    }
    default:
      return attribute;
  }
}

Outcome special_method(Interpreter& in, Value value, std::string_view name) {
  const auto* instance = value.as<Instance>();
  const auto* type = instance ? instance->type : nullptr;
  if (const auto* receiver = value.as<Class>()) type = receiver->metaclass.as<Class>();
  if (!type || (value.as<Class>() && type == in.state().type_class)) return absent;
  const Found found = found_along(in, type->mro, 0, name, value);
  if (!found.value || found.from_host) return found.value;
  const Value* default_method = in.state().object_class->own(name);
  if (default_method && *default_method == *found.value) return absent;
  if (found.value.value().is_none()) return absent;
  return bound_to(in, *found.value, value, const_cast<Class*>(type));
}

Dict* attributes_of(Value value) {
  if (const auto* instance = value.as<Instance>()) return instance->attributes;
  if (const auto* type = value.as<Class>()) return type->attributes;
  if (const auto* module = value.as<Module>()) return module->attributes;
  if (const auto* function = value.as<Function>()) return function->attributes;
  return nullptr;
}

Outcome Interpreter::find_attribute(Value object, std::string_view name) {
  const Depth depth(state());
  if (depth.too_deep()) return raise("RecursionError", "maximum recursion depth exceeded");
  if (!spend(1)) return raised;
  switch (object.kind()) {
    case Kind::Unknown:
      return unknown_attribute(*this, *object.as<Unknown>(), name);
    case Kind::Module:
      return module_attribute(*this, *object.as<Module>(), name);
    case Kind::Class:
      return class_attribute(*this, *object.as<Class>(), name);
    case Kind::Instance:
      return instance_attribute(*this, *object.as<Instance>(), name);
    case Kind::External:
      return external_attribute(*this, *object.as<External>(), name);
    case Kind::Host:
      return host_attribute(*this, *object.as<HostObject>(), name);
    case Kind::Generic:
      return generic_attribute(*this, *object.as<Generic>(), name);
    case Kind::Super:
      return super_attribute(*this, *object.as<Super>(), name);
    case Kind::BoundMethod:
      return bound_method_attribute(*this, *object.as<BoundMethod>(), name);
    case Kind::Property:
      return property_attribute(*this, *object.as<Property>(), name);
    case Kind::Function:
      if (const Outcome own = function_attribute(*this, *object.as<Function>(), name); !own.is_absent()) return own;
      break;
    case Kind::Builtin:
      if (const Outcome own = builtin_function_attribute(*this, *object.as<Builtin>(), name); !own.is_absent())
        return own;
      break;
    case Kind::Call: {
      const auto& call = *object.as<Call>();
      const Outcome given = host().attribute(*this, call, name);
      if (!given.is_absent()) return given;
      if (is_dunder(name)) return absent;
      return unknown("what " + shown(call.callee) + "(…) gives is not described");
    }
    default:
      break;
  }
  return builtin_value_attribute(*this, object, name);
}

Outcome Interpreter::attribute(Value object, std::string_view name) {
  const Outcome found = find_attribute(object, name);
  if (!found.is_absent()) return found;
  const std::string quoted_name = "'" + std::string(name) + "'";
  if (const auto* type = object.as<Class>())
    return raise("AttributeError", "type object '" + type->name + "' has no attribute " + quoted_name);
  if (const auto* module = object.as<Module>())
    return raise("AttributeError", "module '" + module->name + "' has no attribute " + quoted_name);
  return raise("AttributeError", "'" + type_name(object) + "' object has no attribute " + quoted_name);
}

namespace {

Outcome set_through_descriptor(Interpreter& in, Value attribute, Value receiver, Value value) {
  if (const auto* property = attribute.as<Property>()) {
    if (property->cached) return absent;
    if (property->setter.is_none()) return in.raise("AttributeError", "can't set attribute");
    return in.call(property->setter, {receiver, value});
  }
  const auto* descriptor = attribute.as<Instance>();
  if (!descriptor || descriptor->type->builtin) return absent;
  const Value* method = in.find_in_mro(*descriptor->type, "__set__");
  return method ? in.call(*method, {attribute, receiver, value}) : Outcome(absent);
}

Outcome set_on_instance(Interpreter& in, Instance& instance, std::string_view name, Value value) {
  const Value self(&instance);
  if (const Outcome method = special_method(in, self, "__setattr__"); !method.is_absent()) {
    if (!method) return raised;
    return in.call(*method, {in.str(name), value});
  }
  return library::set_plainly(in, self, name, value);
}

Outcome set_on_class(Interpreter& in, Class& type, std::string_view name, Value value) {
  if (const Outcome method = special_method(in, &type, "__setattr__"); !method.is_absent()) {
    if (!method) return raised;
    return in.call(*method, {in.str(name), value});
  }
  return library::set_plainly(in, &type, name, value);
}

Dict& own_attributes(Interpreter& in, Dict*& attributes) {
  if (!attributes) attributes = in.dict();
  return *attributes;
}

}  // namespace

namespace library {

Outcome set_plainly(Interpreter& in, Value object, std::string_view name, Value value) {
  if (auto* instance = object.as<Instance>()) {
    if (Value* in_class = in.find_in_mro(*instance->type, name))
      if (const Outcome done = set_through_descriptor(in, *in_class, object, value); !done.is_absent()) return done;
    in.set(*instance->attributes, name, value);
    return Value();
  }
  auto& type = *object.as<Class>();
  if (const auto* metaclass = type.metaclass.as<Class>())
    if (Value* in_metaclass = in.find_in_mro(*metaclass, name))
      if (const Outcome done = set_through_descriptor(in, *in_metaclass, object, value); !done.is_absent()) return done;
  if (const Outcome done = in.host().set_class_attribute(in, type, name, value); !done.is_absent()) return done;
  in.store(type, name, value);
  return Value();
}

}  // namespace library

void Interpreter::store(Class& type, std::string_view name, Value value) {
  const std::string* text = text_of(value);
  if (name == "__name__" && text) type.name = *text;
  if (name == "__qualname__" && text) type.qualified_name = type.module ? type.module->name + "." + *text : *text;
  if (name == "__name__" || name == "__qualname__") return;
  if (name == "__bases__") return;
  set(*type.attributes, name, value);
}

Outcome Interpreter::set_attribute(Value object, std::string_view name, Value value) {
  switch (object.kind()) {
    case Kind::Unknown:
      return Value();
    case Kind::Class:
      return set_on_class(*this, *object.as<Class>(), name, value);
    case Kind::Instance:
      return set_on_instance(*this, *object.as<Instance>(), name, value);
    case Kind::Module:
      set(*object.as<Module>()->attributes, name, value);
      return Value();
    case Kind::Function: {
      auto* function = object.as<Function>();
      if (name == "__name__" && text_of(value)) function->name = intern(*text_of(value));
      set(own_attributes(*this, function->attributes), name, value);
      return Value();
    }
    case Kind::Builtin:
      set(own_attributes(*this, object.as<Builtin>()->attributes), name, value);
      return Value();
    case Kind::External:
      set(own_attributes(*this, object.as<External>()->attributes), name, value);
      return Value();
    case Kind::Call:
      return Value();
    case Kind::Host: {
      const Outcome done = object.as<HostObject>()->set_attribute(*this, name, value);
      if (!done.is_absent()) return done;
      break;
    }
    default:
      break;
  }
  return raise("AttributeError", "'" + type_name(object) + "' object has no attribute '" + std::string(name) + "'");
}

Outcome Interpreter::delete_attribute(Value object, std::string_view name) {
  if (object.is_unknown()) return Value();
  if (auto* type = object.as<Class>())
    if (const Outcome done = host().delete_class_attribute(*this, *type, name); !done.is_absent()) return done;
  if (auto* host_object = object.as<HostObject>())
    if (const Outcome done = host_object->delete_attribute(*this, name); !done.is_absent()) return done;
  if (const Outcome method = special_method(*this, object, "__delattr__"); !method.is_absent())
    return method ? call(*method, {str(name)}) : Outcome(raised);
  Dict* attributes = attributes_of(object);
  if (attributes && erase(*attributes, name)) return Value();
  return raise("AttributeError", "'" + type_name(object) + "' object has no attribute '" + std::string(name) + "'");
}

}  // namespace python
