#include <algorithm>
#include <string>

#include "python/library/support.h"

/// typing and typing_extensions.
namespace python::library {

namespace {

constexpr std::string_view special_forms[] = {
    "Any",
    "Optional",
    "Union",
    "Annotated",
    "Literal",
    "ClassVar",
    "Final",
    "Required",
    "NotRequired",
    "ReadOnly",
    "Self",
    "Never",
    "NoReturn",
    "LiteralString",
    "TypeGuard",
    "TypeIs",
    "Concatenate",
    "Unpack",
    "Callable",
    "Type",
    "Tuple",
    "List",
    "Dict",
    "Set",
    "FrozenSet",
    "DefaultDict",
    "OrderedDict",
    "Counter",
    "ChainMap",
    "Deque",
    "Iterable",
    "Iterator",
    "Generator",
    "AsyncIterable",
    "AsyncIterator",
    "AsyncGenerator",
    "Awaitable",
    "Coroutine",
    "Sequence",
    "MutableSequence",
    "Mapping",
    "MutableMapping",
    "AbstractSet",
    "MutableSet",
    "Collection",
    "Container",
    "Sized",
    "Reversible",
    "Hashable",
    "KeysView",
    "ValuesView",
    "ItemsView",
    "ContextManager",
    "AsyncContextManager",
    "Pattern",
    "Match",
    "Generic",
    "Protocol",
    "TypedDict",
    "TypeAlias",
    "IO",
    "TextIO",
    "BinaryIO",
    "SupportsInt",
    "SupportsFloat",
    "SupportsIndex",
    "SupportsAbs",
    "SupportsRound",
    "SupportsBytes",
    "ByteString",
    "Buffer",
    "Doc",
    "TypeForm",
};

struct Alias {
  std::string_view form, type;
};

/// What a form of typing stands for as a base class and in isinstance.
constexpr Alias aliases[] = {
    {"typing.List", "list"},
    {"typing.Dict", "dict"},
    {"typing.Set", "set"},
    {"typing.FrozenSet", "frozenset"},
    {"typing.Tuple", "tuple"},
    {"typing.Type", "type"},
    {"typing.DefaultDict", "collections.defaultdict"},
    {"typing.OrderedDict", "collections.OrderedDict"},
    {"typing.Counter", "collections.Counter"},
    {"typing.ChainMap", "collections.ChainMap"},
    {"typing.Deque", "collections.deque"},
    {"typing.AbstractSet", "collections.abc.Set"},
    {"typing.Callable", "collections.abc.Callable"},
    {"typing.Iterable", "collections.abc.Iterable"},
    {"typing.Iterator", "collections.abc.Iterator"},
    {"typing.Generator", "collections.abc.Generator"},
    {"typing.Sequence", "collections.abc.Sequence"},
    {"typing.MutableSequence", "collections.abc.MutableSequence"},
    {"typing.Mapping", "collections.abc.Mapping"},
    {"typing.MutableMapping", "collections.abc.MutableMapping"},
    {"typing.MutableSet", "collections.abc.MutableSet"},
    {"typing.Collection", "collections.abc.Collection"},
    {"typing.Container", "collections.abc.Container"},
    {"typing.Sized", "collections.abc.Sized"},
    {"typing.Hashable", "collections.abc.Hashable"},
};

Outcome identity(Interpreter&, Arguments& a) { return value_argument(a, 0, "func"); }
Outcome cast(Interpreter&, Arguments& a) { return value_argument(a, 1, "val"); }

Outcome decorator(Interpreter& in, Arguments&) { return function(in, "typing.decorator", identity, true); }

Outcome new_type(Interpreter& in, Arguments& a) {
  const auto name = text_argument(in, a, 0, "name");
  if (!name) return raised;
  return in.make<NewType>(*name, value_argument(a, 1, "tp"));
}

Outcome variable(Interpreter& in, Arguments& a, std::string_view type) {
  const auto name = text_argument(in, a, 1, "name");
  if (!name) return raised;
  auto* result = in.make<TypeVariable>(*name);
  result->type_name = type;
  for (std::size_t at = 2; at < a.positional.size(); ++at) result->constraints.push_back(a.positional[at]);
  if (const Value* bound = a.keyword("bound")) result->bound = *bound;
  if (const Value* otherwise = a.keyword("default")) result->default_value = *otherwise;
  return result;
}

Outcome type_var(Interpreter& in, Arguments& a) { return variable(in, a, "TypeVar"); }
Outcome param_spec(Interpreter& in, Arguments& a) { return variable(in, a, "ParamSpec"); }
Outcome type_var_tuple(Interpreter& in, Arguments& a) { return variable(in, a, "TypeVarTuple"); }

Outcome type_alias(Interpreter& in, Arguments& a) {
  const auto name = text_argument(in, a, 1, "name");
  if (!name) return raised;
  auto* alias = in.make<TypeAlias>(*name);
  alias->value = value_argument(a, 2, "value");
  alias->location = a.location;
  if (const Value* parameters = a.keyword("type_params"))
    if (const auto* items = sequence_items(*parameters)) alias->parameters = *items;
  return alias;
}

Outcome forward_ref(Interpreter&, Arguments& a) { return value_argument(a, 1, "arg"); }

Outcome get_origin(Interpreter& in, Arguments& a) {
  const auto* generic = value_argument(a, 0, "tp").as<Generic>();
  if (!generic) return Value();
  const Value base = base_class(in, generic->origin);
  return generic->origin.as<External>() && base.as<Class>() && base.as<Class>()->layout ? base : generic->origin;
}

Outcome get_args(Interpreter& in, Arguments& a) {
  const auto* generic = value_argument(a, 0, "tp").as<Generic>();
  return in.tuple(generic ? generic->arguments : std::vector<Value>());
}

Outcome get_type_hints(Interpreter& in, Arguments& a) {
  const Value object = value_argument(a, 0, "obj");
  if (auto* code = object.as<Function>()) return function_annotations(in, *code);
  const auto* type = object.as<Class>();
  Dict* hints = in.dict();
  if (!type) return hints;
  for (std::size_t at = type->mro.size(); at-- > 0;) {
    auto* base = type->mro[at].as<Class>();
    if (!base) continue;
    for (const Annotation& annotation : in.annotations(*base)) {
      Outcome value = in.value(annotation);
      if (value && text_of(*value)) value = in.evaluate_in(*base, *text_of(*value));
      if (!value) return value;
      in.set(*hints, annotation.name, *value);
    }
  }
  return hints;
}

constexpr Entry functions[] = {
    {"cast", cast, true},
    {"NewType", new_type, true},
    {"get_origin", get_origin},
    {"get_args", get_args},
    {"get_type_hints", get_type_hints},
    {"overload", identity, true},
    {"final", identity, true},
    {"override", identity, true},
    {"no_type_check", identity, true},
    {"runtime_checkable", identity, true},
    {"runtime", identity, true},
    {"assert_never", identity, true},
    {"reveal_type", identity, true},
    {"dataclass_transform", decorator, true},
    {"deprecated", decorator, true},
    {"assert_type", identity, true},
};

struct Maker {
  std::string_view name;
  Code code;
};

constexpr Maker makers[] = {{"typing.TypeVar", type_var},
                            {"typing.ParamSpec", param_spec},
                            {"typing.TypeVarTuple", type_var_tuple},
                            {"typing.TypeAliasType", type_alias},
                            {"typing.ForwardRef", forward_ref}};

Class& known_class(Interpreter& in, std::string_view name) {
  const auto known = in.state().classes.find(name);
  return known != in.state().classes.end() ? *known->second : *new_builtin_class(in, name, {});
}

}  // namespace

Value base_class(Interpreter& in, Value base) {
  const auto* external = base.as<External>();
  if (!external || !external->qualified_name.starts_with("typing.")) return base;
  for (const Alias& alias : aliases)
    if (alias.form == external->qualified_name) {
      Class* type = in.builtin_class(alias.type);
      return type ? Value(type) : base;
    }
  if (external->qualified_name == "typing.TypedDict") {
    const auto known = in.state().classes.find(external->qualified_name);
    return known != in.state().classes.end()
               ? known->second
               : new_builtin_class(in, external->qualified_name, {in.builtin_class("dict")});
  }
  return &known_class(in, external->qualified_name);
}

Outcome special_form_attribute(Interpreter& in, External& external, std::string_view name) {
  if (!external.qualified_name.starts_with("typing.")) return absent;
  if (name == "__origin__") return base_class(in, &external);
  if (name == "__name__" || name == "_name") return in.str(external.qualified_name.substr(7));
  if (name == "__module__") return in.str("typing");
  return absent;
}

Outcome type_variable_attribute(Interpreter& in, TypeVariable& variable, std::string_view name) {
  if (name == "__name__") return in.str(variable.name);
  if (name == "__bound__") return variable.bound;
  if (name == "__constraints__") return in.tuple(variable.constraints);
  if (name == "args" || name == "kwargs") return Value(&variable);
  return absent;
}

void set_up_typing(Interpreter& in, Module& module) {
  Dict& names = *module.attributes;
  for (const std::string_view form : special_forms) in.set(names, form, in.external("typing." + std::string(form)));
  for (const Maker& maker : makers) {
    Class& type = known_class(in, maker.name);
    in.set(*type.attributes, "__new__", in.make<StaticMethod>(function(in, maker.name, maker.code, true)));
    in.set(names, maker.name.substr(7), &type);
  }
  add(in, names, "typing", functions);
  in.set(names, "TYPE_CHECKING", in.boolean(false));
  in.set(names, "NoneType", in.builtin_class("NoneType"));
  in.set(names, "Text", in.builtin_class("str"));
  if (const Outcome records = library::module(in, "typing_named_tuple"))
    in.set(names, "NamedTuple", *in.attribute(*records, "NamedTuple"));
  in.set(names, "AnyStr", in.make<TypeVariable>("AnyStr"));
}

}  // namespace python::library
