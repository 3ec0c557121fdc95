#include <string>

#include "python/library/support.h"

/// object, type, property and the other descriptors, exceptions.
namespace python::library {

namespace {

Outcome do_nothing(Interpreter&, Arguments&) { return Value(); }

std::optional<Kind> payload_kind(const Class& type) { return type.layout; }

/// The value inside an instance of a subclass of a built-in type: what the type makes of the arguments.
Outcome payload_of(Interpreter& in, Class& type, Arguments& arguments) {
  for (const Value base : type.mro) {
    auto* built_in = base.as<Class>();
    if (!built_in || !built_in->builtin || !built_in->layout) continue;
    const Value* maker = built_in->own("__new__");
    if (!maker) continue;
    Arguments inner = arguments;
    inner.positional.insert(inner.positional.begin(), built_in);
    return call_value(in, *maker, inner);
  }
  return absent;
}

Outcome object_new(Interpreter& in, Arguments& arguments) {
  const Value first = value_argument(arguments, 0, "cls");
  auto* type = first.as<Class>();
  if (!type) return first.is_unknown() ? first : Value(in.unknown("the class of a new object is not known"));
  for (const Value base : type->mro)
    if (const auto* unknown = base.as<Unknown>()) return derived(in, *unknown);
  Instance* instance = new_instance(in, *type);
  if (payload_kind(*type)) {
    Arguments none;
    const Outcome payload = payload_of(in, *type, none);
    if (payload) instance->payload = *payload;
    if (payload.is_raised()) in.clear_exception();
  }
  return instance;
}

Outcome object_setattr(Interpreter& in, Arguments& arguments) {
  const Value object = value_argument(arguments, 0, "self");
  const std::string* name = text_of(value_argument(arguments, 1, "name"));
  if (!name || (!object.as<Instance>() && !object.as<Class>())) return Value();
  return set_plainly(in, object, in.intern(*name), value_argument(arguments, 2, "value"));
}

Outcome object_delattr(Interpreter& in, Arguments& arguments) {
  const std::string* name = text_of(value_argument(arguments, 1, "name"));
  Dict* attributes = attributes_of(value_argument(arguments, 0, "self"));
  if (name && attributes) in.erase(*attributes, *name);
  return Value();
}

Outcome object_getattribute(Interpreter& in, Arguments& arguments) {
  const std::string* name = text_of(value_argument(arguments, 1, "name"));
  return name ? in.attribute(value_argument(arguments, 0, "self"), *name) : Outcome(Value());
}

Outcome object_repr(Interpreter& in, Arguments& arguments) {
  const Value self = value_argument(arguments, 0, "self");
  const auto* instance = self.as<Instance>();
  if (!instance) return in.repr_of(self);
  if (instance->payload) return in.repr_of(*instance->payload);
  return in.unknown("the representation of an object holds its address");
}

Outcome object_str(Interpreter& in, Arguments& arguments) {
  const Value self = value_argument(arguments, 0, "self");
  const auto* instance = self.as<Instance>();
  if (!instance) return in.str_of(self);
  return instance->payload ? in.str_of(*instance->payload) : in.repr_of(self);
}

Outcome object_format(Interpreter& in, Arguments& arguments) {
  const std::string* specification = text_of(value_argument(arguments, 1, "format_spec"));
  return in.format(plain(value_argument(arguments, 0, "self")), specification ? *specification : "");
}

Outcome object_eq(Interpreter& in, Arguments& arguments) {
  const Value self = value_argument(arguments, 0, "self"), other = value_argument(arguments, 1, "other");
  if (plain(self) != self) return in.compare(Comparison::Eq, plain(self), plain(other));
  return in.boolean(self == other);
}

Outcome object_ne(Interpreter& in, Arguments& arguments) {
  const Outcome equal = object_eq(in, arguments);
  return equal ? Outcome(in.boolean(!in.is_true(*equal))) : equal;
}

Outcome object_hash(Interpreter& in, Arguments& arguments) {
  bool hashable = true;
  return in.integer(static_cast<std::int64_t>(hash_key(in, plain(value_argument(arguments, 0, "self")), hashable)));
}

constexpr Entry object_methods[] = {
    {"__new__", object_new, true},
    {"__init__", do_nothing, true},
    {"__setattr__", object_setattr, true},
    {"__delattr__", object_delattr, true},
    {"__getattribute__", object_getattribute, true},
    {"__repr__", object_repr, true},
    {"__str__", object_str, true},
    {"__format__", object_format, true},
    {"__eq__", object_eq, true},
    {"__ne__", object_ne, true},
    {"__hash__", object_hash, true},
};

Outcome type_new(Interpreter& in, Arguments& arguments) {
  if (arguments.positional.empty()) return missing_argument(in, "cls");
  const Value metaclass = arguments.positional[0];
  Arguments rest = arguments;
  rest.positional.erase(rest.positional.begin());
  if (rest.positional.size() == 1 && rest.keywords.empty()) return in.type_of(rest.positional[0]);
  return new_class(in, metaclass, rest);
}

Outcome type_call(Interpreter& in, Arguments& arguments) {
  if (arguments.positional.empty() || !arguments.positional[0].as<Class>()) return missing_argument(in, "cls");
  auto& type = *arguments.positional[0].as<Class>();
  Arguments rest = arguments;
  rest.positional.erase(rest.positional.begin());
  if (type.is_enum) return enum_member(in, type, rest);
  if (in.has_outside_base(type))
    if (const Outcome made = in.host().instantiate(in, type, rest); !made.is_absent()) return made;
  return instantiate(in, type, rest);
}

Outcome type_prepare(Interpreter& in, Arguments&) { return in.dict(); }

constexpr Entry type_methods[] = {
    {"__new__", type_new, true},
    {"__init__", do_nothing, true},
    {"__call__", type_call, true},
    {"__setattr__", object_setattr, true},
};

}  // namespace

void add_object_and_type(Interpreter& in) {
  State& state = in.state();
  state.object_class = new_builtin_class(in, "object", {});
  state.object_class->bases.clear();
  state.type_class = new_builtin_class(in, "type", {});
  state.type_class->metaclass = state.type_class;
  state.object_class->metaclass = state.type_class;
  state.class_of_kind[Kind::Class] = state.type_class;
  add(in, *state.object_class->attributes, "object", object_methods);
  add(in, *state.type_class->attributes, "type", type_methods);
  in.set(*state.object_class->attributes, "__init_subclass__",
         in.make<ClassMethod>(function(in, "object.__init_subclass__", do_nothing, true)));
  in.set(*state.type_class->attributes, "__prepare__",
         in.make<ClassMethod>(function(in, "type.__prepare__", type_prepare, true)));
  for (Class* type : {state.object_class, state.type_class}) {
    Value* maker = type->own("__new__");
    *maker = in.make<StaticMethod>(*maker);
  }
}

namespace {

struct ExceptionName {
  std::string_view name, base;
};

constexpr ExceptionName exception_names[] = {
    {"BaseException", "object"},
    {"Exception", "BaseException"},
    {"KeyboardInterrupt", "BaseException"},
    {"SystemExit", "BaseException"},
    {"GeneratorExit", "BaseException"},
    {"BaseExceptionGroup", "BaseException"},
    {"ExceptionGroup", "Exception"},
    {"ArithmeticError", "Exception"},
    {"FloatingPointError", "ArithmeticError"},
    {"OverflowError", "ArithmeticError"},
    {"ZeroDivisionError", "ArithmeticError"},
    {"AssertionError", "Exception"},
    {"AttributeError", "Exception"},
    {"BufferError", "Exception"},
    {"EOFError", "Exception"},
    {"ImportError", "Exception"},
    {"ModuleNotFoundError", "ImportError"},
    {"LookupError", "Exception"},
    {"IndexError", "LookupError"},
    {"KeyError", "LookupError"},
    {"MemoryError", "Exception"},
    {"NameError", "Exception"},
    {"UnboundLocalError", "NameError"},
    {"OSError", "Exception"},
    {"FileNotFoundError", "OSError"},
    {"FileExistsError", "OSError"},
    {"PermissionError", "OSError"},
    {"IsADirectoryError", "OSError"},
    {"NotADirectoryError", "OSError"},
    {"ConnectionError", "OSError"},
    {"TimeoutError", "OSError"},
    {"RuntimeError", "Exception"},
    {"NotImplementedError", "RuntimeError"},
    {"RecursionError", "RuntimeError"},
    {"StopIteration", "Exception"},
    {"StopAsyncIteration", "Exception"},
    {"SyntaxError", "Exception"},
    {"IndentationError", "SyntaxError"},
    {"SystemError", "Exception"},
    {"TypeError", "Exception"},
    {"ValueError", "Exception"},
    {"UnicodeError", "ValueError"},
    {"UnicodeDecodeError", "UnicodeError"},
    {"UnicodeEncodeError", "UnicodeError"},
    {"Warning", "Exception"},
    {"BytesWarning", "Warning"},
    {"DeprecationWarning", "Warning"},
    {"FutureWarning", "Warning"},
    {"ImportWarning", "Warning"},
    {"PendingDeprecationWarning", "Warning"},
    {"ResourceWarning", "Warning"},
    {"RuntimeWarning", "Warning"},
    {"SyntaxWarning", "Warning"},
    {"UnicodeWarning", "Warning"},
    {"UserWarning", "Warning"},
};

Outcome exception_new(Interpreter& in, Arguments& arguments) {
  auto* type = value_argument(arguments, 0, "cls").as<Class>();
  if (!type) return missing_argument(in, "cls");
  Instance* exception = new_instance(in, *type);
  in.set(*exception->attributes, "args", in.tuple({arguments.positional.begin() + 1, arguments.positional.end()}));
  return exception;
}

Outcome exception_init(Interpreter& in, Arguments& arguments) {
  const auto* self = value_argument(arguments, 0, "self").as<Instance>();
  if (!self) return Value();
  in.set(*self->attributes, "args", in.tuple({arguments.positional.begin() + 1, arguments.positional.end()}));
  if (in.is_subclass_of(self->type, "StopIteration") && arguments.positional.size() > 1)
    in.set(*self->attributes, "value", arguments.positional[1]);
  for (const auto& [name, value] : arguments.keywords) in.set(*self->attributes, name, value);
  return Value();
}

Outcome exception_with(Interpreter&, Arguments& arguments) { return value_argument(arguments, 0, "self"); }

constexpr Entry exception_methods[] = {
    {"__new__", exception_new, true},
    {"__init__", exception_init, true},
    {"with_traceback", exception_with, true},
    {"add_note", do_nothing, true},
};

}  // namespace

void add_exceptions(Interpreter& in, Dict& builtins) {
  for (const ExceptionName& entry : exception_names)
    add_class(in, builtins, entry.name, {in.builtin_class(entry.base)});
  Dict& methods = *in.builtin_class("BaseException")->attributes;
  add(in, methods, "BaseException", exception_methods);
  for (const std::string_view name : {"__cause__", "__context__", "__traceback__"}) in.set(methods, name, Value());
  Value* maker = methods.find("__new__");
  *maker = in.make<StaticMethod>(*maker);
  in.set(builtins, "EnvironmentError", in.builtin_class("OSError"));
  in.set(builtins, "IOError", in.builtin_class("OSError"));
}

namespace {

/// An instance of a class below property: what its own `__get__` may do with the functions.
Outcome own_property(Interpreter& in, Class& type, const Arguments& arguments) {
  auto* instance = in.make<Instance>(&type, in.dict());
  instance->location = arguments.location;
  in.set(*instance->attributes, "fget", value_argument(arguments, 1, "fget"));
  in.set(*instance->attributes, "fset", value_argument(arguments, 2, "fset"));
  in.set(*instance->attributes, "fdel", value_argument(arguments, 3, "fdel"));
  return instance;
}

/// property.__get__(self, instance, owner): the descriptor itself where it is asked of the class.
Outcome property_get(Interpreter& in, Arguments& arguments) {
  const Value self = value_argument(arguments, 0, "self");
  const Value instance = value_argument(arguments, 1, "instance");
  if (instance.is_none()) return self;
  const Outcome getter = in.attribute(self, "fget");
  return getter ? in.call(*getter, {instance}) : getter;
}

Outcome property_new(Interpreter& in, Arguments& arguments) {
  auto* type = arguments.at(0) ? arguments.at(0)->as<Class>() : nullptr;
  if (type && !type->builtin) return own_property(in, *type, arguments);
  auto* property = in.make<Property>();
  property->getter = value_argument(arguments, 1, "fget");
  property->setter = value_argument(arguments, 2, "fset");
  property->deleter = value_argument(arguments, 3, "fdel");
  return property;
}

Outcome staticmethod_new(Interpreter& in, Arguments& arguments) {
  return in.make<StaticMethod>(value_argument(arguments, 1, "function"));
}
Outcome classmethod_new(Interpreter& in, Arguments& arguments) {
  return in.make<ClassMethod>(value_argument(arguments, 1, "function"));
}

Outcome super_new(Interpreter& in, Arguments& arguments) {
  if (arguments.positional.size() < 3) return in.raise("RuntimeError", "super(): no arguments");
  return in.make<Super>(arguments.positional[1], arguments.positional[2]);
}

struct Descriptor {
  std::string_view name;
  Kind kind;
  Code make;
};

constexpr Descriptor descriptors[] = {
    {"property", Kind::Property, property_new},
    {"staticmethod", Kind::StaticMethod, staticmethod_new},
    {"classmethod", Kind::ClassMethod, classmethod_new},
    {"super", Kind::Super, super_new},
};

}  // namespace

void add_descriptor_classes(Interpreter& in, Dict& builtins) {
  for (const Descriptor& descriptor : descriptors) {
    Class& type = add_class(in, builtins, descriptor.name);
    in.set(*type.attributes, "__new__", function(in, descriptor.name, descriptor.make, true));
    in.state().class_of_kind[descriptor.kind] = &type;
    if (descriptor.kind != Kind::Property) continue;
    in.set(*type.attributes, "__init__",
           function(
               in, "property.__init__", [](Interpreter&, Arguments&) -> Outcome { return Value(); }, true));
    in.set(*type.attributes, "__get__", function(in, "property.__get__", property_get, true));
  }
  const std::pair<Kind, std::string_view> others[] = {{Kind::None, "NoneType"},
                                                      {Kind::NotImplemented, "NotImplementedType"},
                                                      {Kind::Ellipsis, "ellipsis"},
                                                      {Kind::Function, "types.FunctionType"},
                                                      {Kind::Builtin, "types.BuiltinFunctionType"},
                                                      {Kind::BoundMethod, "types.MethodType"},
                                                      {Kind::Module, "types.ModuleType"},
                                                      {Kind::Generic, "types.GenericAlias"},
                                                      {Kind::Iterator, "types.GeneratorType"},
                                                      {Kind::NewType, "typing.NewType"},
                                                      {Kind::TypeAlias, "typing.TypeAliasType"},
                                                      {Kind::TypeVariable, "typing.TypeVar"}};
  for (const auto& [kind, name] : others) in.state().class_of_kind[kind] = new_builtin_class(in, name, {});
}

}  // namespace python::library
