#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "base/text.h"
#include "python/evaluation/big_integer.h"
#include "python/evaluation/iterator.h"
#include "python/library/digest.h"
#include "python/library/support.h"

/// What the parts of the library that are written in Python cannot do themselves: the module `_native`.
namespace python::library {

namespace {

Outcome unknown(Interpreter& in, Arguments& a) {
  const auto reason = text_argument(in, a, 0, "reason");
  Unknown* result = in.unknown(reason.value_or("known only to the running program"));
  if (const Value* likely = a.find(1, "likely")) result->likely = *likely;
  return result;
}

Outcome is_unknown(Interpreter& in, Arguments& a) { return in.boolean(value_argument(a, 0, "value").is_unknown()); }

Outcome cached_property(Interpreter& in, Arguments& a) {
  auto* property = in.make<Property>();
  property->getter = value_argument(a, 0, "func");
  property->cached = true;
  return property;
}

Outcome import_module(Interpreter& in, Arguments& a) {
  const Value given = value_argument(a, 0, "name");
  if (given.is_unknown()) return given;
  const std::string* text = text_of(given);
  if (!text) return in.raise("AttributeError", "the module's name must be a str");
  std::string name = *text;
  if (name.starts_with('.')) {
    const std::string* package = text_of(value_argument(a, 1, "package"));
    if (!package) return in.raise("TypeError", "the 'package' argument is required to perform a relative import");
    std::string base = *package;
    std::size_t dots = 0;
    while (dots < name.size() && name[dots] == '.') ++dots;
    for (std::size_t i = 1; i < dots; ++i)
      base = base.substr(0, base.rfind('.') == std::string::npos ? 0 : base.rfind('.'));
    name = base + (name.size() > dots ? "." : "") + name.substr(dots);
  }
  const Outcome module = import_dotted(in, name);
  if (!module.is_absent()) return module;
  const std::string top = name.substr(0, name.find('.'));
  const Outcome package = import_dotted(in, top);
  if (package.as<Module>()) return in.raise("ModuleNotFoundError", "No module named '" + name + "'");
  Unknown* missing = in.unknown("the package " + top + " is not known");
  missing->origin = name;
  return missing;
}

Outcome modules(Interpreter& in, Arguments&) {
  Dict* dict = in.dict();
  for (const auto& [name, module] :
       std::map<std::string, Value>(in.state().modules_by_name.begin(), in.state().modules_by_name.end()))
    in.set(*dict, name, module);
  for (const Module* module : in.modules()) in.set(*dict, module->name, const_cast<Module*>(module));
  return dict;
}

// Files of the project

bool below_project(Interpreter& in, const std::string& path) {
  const std::string& root = in.state().paths.root;
  return (root.empty() || path == root || path.starts_with(root + "/")) && path.find("/../") == std::string::npos;
}

Outcome is_file(Interpreter& in, Arguments& a) {
  const auto path = text_argument(in, a, 0, "path");
  if (!path) return raised;
  if (!below_project(in, *path)) return in.unknown("whether " + *path + " exists is known only to the running program");
  return in.boolean(in.files().is_file(*path));
}

Outcome is_folder(Interpreter& in, Arguments& a) {
  const auto path = text_argument(in, a, 0, "path");
  if (!path) return raised;
  if (!below_project(in, *path)) return in.unknown("whether " + *path + " exists is known only to the running program");
  return in.boolean(in.files().is_folder(*path));
}

Outcome entries(Interpreter& in, Arguments& a) {
  const auto path = text_argument(in, a, 0, "path");
  if (!path) return raised;
  if (!below_project(in, *path) || !in.files().is_folder(*path))
    return in.unknown("the files in " + *path + " are known only to the running program");
  List* names = in.list();
  for (const std::string& name : in.files().entries(*path))
    if (name != "__pycache__") names->items.push_back(in.str(name));
  return names;
}

Outcome read(Interpreter& in, Arguments& a) {
  const auto path = text_argument(in, a, 0, "path");
  if (!path) return raised;
  if (below_project(in, *path))
    if (auto bytes = in.files().bytes(*path); bytes && bytes->size() <= in.state().limits.characters)
      return make_str(in, std::move(*bytes));
  return in.unknown("what stands in " + *path + " is known only to the running program");
}

Outcome project_root(Interpreter& in, Arguments&) { return in.str(in.state().paths.root); }

// Digests

std::string bytes_argument(const Arguments& a) {
  const Value value = plain(value_argument(a, 0, "data"));
  if (const auto* bytes = value.as<Bytes>()) return bytes->bytes;
  const std::string* text = text_of(value);
  return text ? *text : "";
}

Outcome md5(Interpreter& in, Arguments& a) { return in.str(base::md5(bytes_argument(a))); }
Outcome sha256(Interpreter& in, Arguments& a) { return in.str(base::sha256(bytes_argument(a))); }
Outcome sha1(Interpreter& in, Arguments& a) { return in.str(sha1_of(bytes_argument(a))); }
Outcome crc32(Interpreter& in, Arguments& a) { return in.integer(crc32_of(bytes_argument(a))); }

Outcome bytes_of(Interpreter& in, Arguments& a) {
  std::string bytes;
  const Outcome end = in.iterate(value_argument(a, 0, "numbers"), [&](Value number) -> Outcome {
    bytes += static_cast<char>(integer_of(number).value_or(0));
    return absent;
  });
  return end.is_absent() ? Outcome(in.make<Bytes>(std::move(bytes))) : end;
}

// Functions

Value parameter(Interpreter& in, std::string_view name, std::string_view kind, const Value* otherwise,
                const Function& function) {
  const Outcome annotation = in.parameter_annotation(function, name);
  if (annotation.is_raised()) in.clear_exception();
  return in.tuple({in.str(name), in.str(kind), in.boolean(otherwise), otherwise ? *otherwise : Value(),
                   in.boolean(static_cast<bool>(annotation)), annotation ? *annotation : Value()});
}

/// (name, kind, has a default, default, has an annotation, annotation) for each parameter.
Outcome parameters(Interpreter& in, Arguments& a) {
  const auto* function = value_argument(a, 0, "function").as<Function>();
  if (!function) return in.list();
  const syntax::Arguments& all = *function->parameters;
  List* result = in.list();
  const std::size_t count = all.posonlyargs.size() + all.args.size();
  const std::size_t first_default = count - std::min(count, function->defaults.size());
  for (std::size_t at = 0; at < count; ++at) {
    const bool only = at < all.posonlyargs.size();
    const auto* argument = only ? all.posonlyargs[at] : all.args[at - all.posonlyargs.size()];
    const Value* otherwise = at >= first_default ? &function->defaults[at - first_default] : nullptr;
    result->items.push_back(
        parameter(in, argument->arg, only ? "POSITIONAL_ONLY" : "POSITIONAL_OR_KEYWORD", otherwise, *function));
  }
  if (all.vararg) result->items.push_back(parameter(in, all.vararg->arg, "VAR_POSITIONAL", nullptr, *function));
  for (std::size_t at = 0; at < all.kwonlyargs.size(); ++at) {
    const auto& otherwise = function->keyword_defaults[at];
    result->items.push_back(
        parameter(in, all.kwonlyargs[at]->arg, "KEYWORD_ONLY", otherwise ? &*otherwise : nullptr, *function));
  }
  if (all.kwarg) result->items.push_back(parameter(in, all.kwarg->arg, "VAR_KEYWORD", nullptr, *function));
  return result;
}

Outcome return_annotation(Interpreter& in, Arguments& a) {
  const auto* function = value_argument(a, 0, "function").as<Function>();
  const Outcome annotation = function ? in.return_annotation(*function) : Outcome(absent);
  return annotation.is_absent() ? Outcome(Value()) : annotation;
}

/// (name, annotation) of the class's own annotations; a text stays one.
Outcome annotations(Interpreter& in, Arguments& a) {
  auto* type = value_argument(a, 0, "cls").as<Class>();
  List* result = in.list();
  if (!type) return result;
  for (const Annotation& annotation : in.annotations(*type)) {
    const Outcome value = in.value(annotation);
    if (value.is_raised()) in.clear_exception();
    result->items.push_back(in.tuple({in.str(annotation.name), value ? *value : in.str(annotation.text())}));
  }
  return result;
}

Outcome kind_of(Interpreter& in, Arguments& a) {
  const Value value = value_argument(a, 0, "value");
  switch (value.kind()) {
    case Kind::Function:
      return in.str("function");
    case Kind::BoundMethod:
      return in.str("method");
    case Kind::Builtin:
      return in.str("builtin");
    case Kind::Class:
    case Kind::External:
      return in.str("class");
    case Kind::Module:
      return in.str("module");
    case Kind::Generic:
      return in.str("generic");
    case Kind::Unknown:
      return in.str("unknown");
    case Kind::Host:
      return in.str("host");
    case Kind::Instance:
      return in.str("instance");
    default:
      return in.str("value");
  }
}

Outcome is_generator_function(Interpreter& in, Arguments& a) {
  const auto* function = value_argument(a, 0, "function").as<Function>();
  return in.boolean(function && function->is_generator);
}

/// `async def`, of a method too; one that yields is not.
Outcome is_coroutine_function(Interpreter& in, Arguments& a) {
  Value value = value_argument(a, 0, "function");
  if (value.is_unknown()) return value;
  if (const auto* method = value.as<BoundMethod>()) value = method->function;
  const auto* function = value.as<Function>();
  return in.boolean(function && function->is_async && !function->is_generator);
}

/// A copy of a list, dict, set or instance that shares its items.
Outcome shallow_copy(Interpreter& in, Arguments& a) {
  const Value value = value_argument(a, 0, "x");
  if (const auto* list = value.as<List>()) {
    List* copy = in.list(list->items);
    copy->incomplete = list->incomplete;
    return copy;
  }
  if (const auto* dict = value.as<Dict>()) {
    Dict* copy = in.dict();
    copy->table = dict->table;
    copy->incomplete = dict->incomplete;
    return copy;
  }
  if (const auto* set = value.as<Set>()) {
    auto* copy = in.make<Set>(set->frozen);
    copy->table = set->table;
    copy->incomplete = set->incomplete;
    return copy;
  }
  const auto* instance = value.as<Instance>();
  if (!instance || instance->type->is_enum || instance->host) return value;
  Instance* copy = new_instance(in, *instance->type);
  copy->attributes->table = instance->attributes->table;
  if (instance->payload) {
    Arguments inner({*instance->payload});
    const Outcome payload = shallow_copy(in, inner);
    if (!payload) return raised;
    copy->payload = *payload;
  }
  return copy;
}

constexpr Entry functions[] = {
    {"unknown", unknown, true},
    {"is_unknown", is_unknown, true},
    {"cached_property", cached_property, true},
    {"import_module", import_module, true},
    {"modules", modules},
    {"is_file", is_file},
    {"is_folder", is_folder},
    {"entries", entries},
    {"read", read},
    {"project_root", project_root},
    {"md5", md5},
    {"sha1", sha1},
    {"sha256", sha256},
    {"crc32", crc32},
    {"bytes_of", bytes_of},
    {"parameters", parameters, true},
    {"return_annotation", return_annotation, true},
    {"annotations", annotations, true},
    {"kind_of", kind_of, true},
    {"is_generator_function", is_generator_function, true},
    {"is_coroutine_function", is_coroutine_function, true},
    {"shallow_copy", shallow_copy, true},
};

// math

template <double (*compute)(double)>
Outcome real_function(Interpreter& in, Arguments& a) {
  const auto number = number_of(value_argument(a, 0, "x"));
  if (!number) return in.raise("TypeError", "must be real number");
  const double result = compute(*number);
  if (std::isnan(result) && !std::isnan(*number)) return in.raise("ValueError", "math domain error");
  return in.number(result);
}

template <double (*compute)(double)>
Outcome whole_function(Interpreter& in, Arguments& a) {
  const Value value = value_argument(a, 0, "x");
  for (const std::string_view name : {compute == static_cast<double (*)(double)>(std::floor)  ? "__floor__"
                                      : compute == static_cast<double (*)(double)>(std::ceil) ? "__ceil__"
                                                                                              : "__trunc__"})
    if (const Outcome method = special_method(in, value, name); !method.is_absent())
      return method ? in.call(*method) : method;
  if (big_integer_of(value)) return large_integer(in, *big_integer_of(value));
  const auto number = number_of(value);
  if (!number || !std::isfinite(*number)) return in.raise("ValueError", "cannot convert float to integer");
  return large_integer(in, BigInteger::from_double(compute(*number)));
}

Outcome log(Interpreter& in, Arguments& a) {
  const auto number = number_of(value_argument(a, 0, "x")), base = number_of(value_argument(a, 1, "base"));
  if (!number || *number <= 0) return in.raise("ValueError", "math domain error");
  return in.number(base ? std::log(*number) / std::log(*base) : std::log(*number));
}

Outcome isqrt(Interpreter& in, Arguments& a) {
  const auto number = integer_of(value_argument(a, 0, "n"));
  if (!number || *number < 0) return in.raise("ValueError", "isqrt() argument must be nonnegative");
  auto root = static_cast<std::int64_t>(std::sqrt(static_cast<double>(*number)));
  while (root > 0 && root > *number / root) --root;
  while (root + 1 <= *number / (root + 1)) ++root;
  return in.integer(root);
}

Outcome real_power(Interpreter& in, Arguments& a) {
  return in.number(
      std::pow(number_of(value_argument(a, 0, "x")).value_or(0), number_of(value_argument(a, 1, "y")).value_or(0)));
}

Outcome isclose(Interpreter& in, Arguments& a) {
  const double x = number_of(value_argument(a, 0, "a")).value_or(0),
               y = number_of(value_argument(a, 1, "b")).value_or(0);
  return in.boolean(x == y || std::fabs(x - y) <= 1e-9 * std::max(std::fabs(x), std::fabs(y)));
}

Outcome isnan_(Interpreter& in, Arguments& a) {
  return in.boolean(std::isnan(number_of(value_argument(a, 0, "x")).value_or(0)));
}
Outcome isinf_(Interpreter& in, Arguments& a) {
  return in.boolean(std::isinf(number_of(value_argument(a, 0, "x")).value_or(0)));
}
Outcome isfinite_(Interpreter& in, Arguments& a) {
  return in.boolean(std::isfinite(number_of(value_argument(a, 0, "x")).value_or(0)));
}

constexpr Entry math_functions[] = {
    {"sqrt", real_function<std::sqrt>},
    {"exp", real_function<std::exp>},
    {"log2", real_function<std::log2>},
    {"log10", real_function<std::log10>},
    {"sin", real_function<std::sin>},
    {"cos", real_function<std::cos>},
    {"tan", real_function<std::tan>},
    {"fabs", real_function<std::fabs>},
    {"floor", whole_function<std::floor>},
    {"ceil", whole_function<std::ceil>},
    {"trunc", whole_function<std::trunc>},
    {"log", log},
    {"isqrt", isqrt},
    {"pow", real_power},
    {"isclose", isclose},
    {"isnan", isnan_},
    {"isinf", isinf_},
    {"isfinite", isfinite_},
};

}  // namespace

void set_up_native(Interpreter& in, Module& module) { add(in, *module.attributes, "_native", functions); }

void set_up_math(Interpreter& in, Module& module) {
  Dict& names = *module.attributes;
  add(in, names, "math", math_functions);
  in.set(names, "pi", in.number(3.141592653589793));
  in.set(names, "e", in.number(2.718281828459045));
  in.set(names, "tau", in.number(6.283185307179586));
  in.set(names, "inf", in.number(INFINITY));
  in.set(names, "nan", in.number(NAN));
}

}  // namespace python::library
