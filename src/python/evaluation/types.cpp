#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"
#include "python/library/library.h"

/// type(), isinstance, issubclass.
namespace python {

Value Interpreter::type_of(Value value) {
  switch (value.kind()) {
    case Kind::Instance:
      return value.as<Instance>()->type;
    case Kind::Class:
      return value.as<Class>()->metaclass;
    case Kind::Unknown:
      return derived(*this, *value.as<Unknown>());
    case Kind::Host: {
      const std::string_view name = value.as<HostObject>()->type_name();
      const Outcome given = host().outside(*this, name);
      return given ? *given : Value(external(name));
    }
    case Kind::Call:
      return value.as<Call>()->callee;
    case Kind::External: {
      const Outcome given = host().metaclass(*this, value);
      return given ? *given : Value(state().type_class);
    }
    case Kind::Set:
      if (value.as<Set>()->frozen) return builtin_class("frozenset");
      break;
    case Kind::TypeVariable:
      return builtin_class("typing.TypeVar");
    default:
      break;
  }
  const auto found = state().class_of_kind.find(value.kind());
  return found == state().class_of_kind.end() ? Value(state().object_class) : Value(found->second);
}

std::string Interpreter::type_name(Value value) {
  if (const auto* object = value.as<HostObject>()) {
    const std::string_view name = object->type_name();
    return std::string(name.substr(name.rfind('.') + 1));
  }
  if (value.is_unknown()) return "unknown";
  const Value type = type_of(value);
  if (const auto* known = type.as<Class>()) return known->name;
  if (const auto* outside = type.as<External>())
    return outside->qualified_name.substr(outside->qualified_name.rfind('.') + 1);
  return "object";
}

namespace {

bool in_mro(Value type, Value wanted) {
  const auto* known = type.as<Class>();
  return known && std::find(known->mro.begin(), known->mro.end(), wanted) != known->mro.end();
}

const Unknown* unknown_in_mro(Value type) {
  const auto* known = type.as<Class>();
  if (!known) return type.as<Unknown>();
  for (const Value base : known->mro)
    if (const auto* unknown = base.as<Unknown>()) return unknown;
  return nullptr;
}

/// True as soon as one of several types fits; Unknown if one might.
Outcome any_of(Interpreter& in, const std::vector<Value>& types, const std::function<Outcome(Value)>& fits) {
  Outcome unknown = absent;
  for (const Value type : types) {
    const Outcome result = fits(type);
    if (!result) return raised;
    if (const auto* known = result.as<Bool>()) {
      if (known->value) return result;
    } else {
      unknown = result;
    }
  }
  return unknown.is_absent() ? Outcome(in.boolean(false)) : unknown;
}

std::optional<std::vector<Value>> several(Value type) {
  if (const auto* tuple = type.as<Tuple>()) return tuple->items;
  const auto* generic = type.as<Generic>();
  if (!generic) return {};
  const auto* origin = generic->origin.as<External>();
  if (origin && origin->qualified_name == "typing.Union") return generic->arguments;
  return std::vector<Value>{generic->origin};
}

bool is_abstract(Interpreter& in, Value value, const Class& type);

struct Abstract {
  std::string_view name;
  std::vector<Kind> kinds;
  std::string_view method;
};

const std::vector<Abstract>& abstracts() {
  static const std::vector<Abstract> list = {
      {"Iterable",
       {Kind::Str, Kind::Bytes, Kind::Tuple, Kind::List, Kind::Dict, Kind::Set, Kind::Range, Kind::Iterator},
       "__iter__"},
      {"Collection",
       {Kind::Str, Kind::Bytes, Kind::Tuple, Kind::List, Kind::Dict, Kind::Set, Kind::Range},
       "__contains__"},
      {"Container",
       {Kind::Str, Kind::Bytes, Kind::Tuple, Kind::List, Kind::Dict, Kind::Set, Kind::Range},
       "__contains__"},
      {"Sized", {Kind::Str, Kind::Bytes, Kind::Tuple, Kind::List, Kind::Dict, Kind::Set, Kind::Range}, "__len__"},
      {"Sequence", {Kind::Str, Kind::Bytes, Kind::Tuple, Kind::List, Kind::Range}, ""},
      {"MutableSequence", {Kind::List}, ""},
      {"Mapping", {Kind::Dict}, ""},
      {"MutableMapping", {Kind::Dict}, ""},
      {"Set", {Kind::Set}, ""},
      {"MutableSet", {Kind::Set}, ""},
      {"Iterator", {Kind::Iterator}, "__next__"},
      {"Generator", {Kind::Iterator}, ""},
      {"Callable", {Kind::Function, Kind::Builtin, Kind::BoundMethod, Kind::Class, Kind::External}, "__call__"},
      {"Hashable",
       {Kind::Str, Kind::Int, Kind::Float, Kind::Bool, Kind::None, Kind::Tuple, Kind::Bytes, Kind::Instance},
       ""},
  };
  return list;
}

bool is_abstract(Interpreter& in, Value value, const Class& type) {
  if (!type.builtin || !type.qualified_name.starts_with("collections.abc.")) {
    const Value inner = plain(value);
    if (!type.builtin || !type.qualified_name.starts_with("numbers.")) return false;
    if (inner.as<Int>() || inner.as<Bool>()) return true;
    return inner.as<Float>() && type.name != "Integral" && type.name != "Rational";
  }
  for (const Abstract& abstract : abstracts()) {
    if (abstract.name != type.name) continue;
    if (std::find(abstract.kinds.begin(), abstract.kinds.end(), plain(value).kind()) != abstract.kinds.end())
      return true;
    return !abstract.method.empty() && !special_method(in, value, abstract.method).is_absent();
  }
  return false;
}

Outcome host_object_is(Interpreter& in, const HostObject& object, Value type) {
  if (const auto* known = type.as<Class>())
    return in.boolean(known == in.state().object_class || object.is_instance_of(known->qualified_name));
  const auto* external = type.as<External>();
  if (!external) return in.boolean(false);
  if (object.is_instance_of(external->qualified_name)) return in.boolean(true);
  return in.boolean(in.host().is_instance(in, const_cast<HostObject*>(&object), *external).value_or(false));
}

Outcome instance_of_one(Interpreter& in, Value value, Value type) {
  type = library::base_class(in, type);
  if (const auto* unknown = type.as<Unknown>()) return derived(in, *unknown);
  if (type.is_none()) return in.boolean(value.is_none());
  if (const auto* unknown = value.as<Unknown>()) {
    if (!unknown->likely) return derived(in, *unknown);
    const Outcome likely = in.is_instance(*unknown->likely, type);
    return likely ? Outcome(derived(in, *unknown, *likely)) : likely;
  }
  if (const auto* object = value.as<HostObject>()) return host_object_is(in, *object, type);
  const Value own = in.type_of(value);
  if (own == type || in_mro(own, type)) return in.boolean(true);
  if (const auto* known = type.as<Class>()) {
    if (const Outcome method = special_method(in, type, "__instancecheck__"); !method.is_absent()) {
      const Outcome given = method ? in.call(*method, {value}) : method;
      return given ? in.truth(*given) : given;
    }
    if (known == in.state().object_class || is_abstract(in, value, *known)) return in.boolean(true);
    if (known == in.state().type_class)
      return in.boolean(value.kind() == Kind::Class || value.kind() == Kind::External);
    if (known->qualified_name == "int" && own == Value(in.builtin_class("bool"))) return in.boolean(true);
  } else if (const auto* external = type.as<External>()) {
    if (const auto answer = in.host().is_instance(in, value, *external)) return in.boolean(*answer);
    if (value.as<Call>() || value.as<External>())
      return in.unknown("the class of " + in.shown(value) + " is not described");
  } else if (type.kind() != Kind::Host) {
    return in.raise("TypeError", "isinstance() arg 2 must be a type, a tuple of types, or a union");
  }
  if (const Unknown* unknown = unknown_in_mro(own)) return derived(in, *unknown);
  return in.boolean(false);
}

Outcome subclass_of_one(Interpreter& in, Value type, Value other) {
  other = library::base_class(in, other);
  if (const auto* unknown = other.as<Unknown>()) return derived(in, *unknown);
  if (const auto* unknown = type.as<Unknown>()) return derived(in, *unknown);
  if (const auto* generic = type.as<Generic>()) type = generic->origin;
  if (type == other || in_mro(type, other)) return in.boolean(true);
  if (type.kind() != Kind::Class && type.kind() != Kind::External && type.kind() != Kind::Host)
    return in.raise("TypeError", "issubclass() arg 1 must be a class");
  if (other == Value(in.state().object_class)) return in.boolean(true);
  if (const auto* external = other.as<External>())
    if (const auto answer = in.host().is_subclass(in, type, *external)) return in.boolean(*answer);
  if (const auto* external = type.as<External>())
    for (const Value base : in.host().bases(in, *external)) {
      const Outcome below = subclass_of_one(in, base, other);
      if (!below || in.is_true(*below)) return below;
    }
  if (const auto* known = type.as<Class>()) {
    const auto* wanted = other.as<Class>();
    if (wanted && known->layout && wanted->qualified_name.starts_with("collections.abc."))
      for (const Abstract& abstract : abstracts())
        if (abstract.name == wanted->name)
          return in.boolean(std::find(abstract.kinds.begin(), abstract.kinds.end(), *known->layout) !=
                            abstract.kinds.end());
  }
  if (const Unknown* unknown = unknown_in_mro(type)) return derived(in, *unknown);
  return in.boolean(false);
}

}  // namespace

Outcome Interpreter::is_instance(Value value, Value type) {
  if (const auto types = several(type))
    return any_of(*this, *types, [&](Value one) { return is_instance(value, one); });
  return instance_of_one(*this, value, type);
}

Outcome Interpreter::is_subclass(Value type, Value other) {
  if (const auto types = several(other))
    return any_of(*this, *types, [&](Value one) { return is_subclass(type, one); });
  return subclass_of_one(*this, type, other);
}

bool Interpreter::is_subclass_of(Value type, std::string_view qualified_name) {
  if (const auto* external = type.as<External>()) return external->qualified_name == qualified_name;
  const auto* known = type.as<Class>();
  if (!known) return false;
  return std::any_of(known->mro.begin(), known->mro.end(), [&](Value base) {
    if (const auto* python_class = base.as<Class>()) return python_class->qualified_name == qualified_name;
    const auto* external = base.as<External>();
    return external && external->qualified_name == qualified_name;
  });
}

bool Interpreter::has_outside_base(const Class& type) {
  return std::any_of(type.mro.begin(), type.mro.end(),
                     [](Value base) { return base.kind() == Kind::External || base.kind() == Kind::Host; });
}

}  // namespace python
