#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"
#include "python/library/library.h"

namespace python {

using namespace syntax;

namespace {

bool unpack_positional(Interpreter& in, Value value, python::Arguments& arguments) {
  const Outcome items = in.items(value);
  if (!items) return false;
  if (const auto* list = items.as<python::List>()) {
    arguments.positional.insert(arguments.positional.end(), list->items.begin(), list->items.end());
    if (!list->incomplete) return true;
    arguments.unknown_positional = list->incomplete;
    arguments.positional.emplace_back(const_cast<python::Unknown*>(list->incomplete));
    return true;
  }
  arguments.unknown_positional = items.as<python::Unknown>();
  arguments.positional.push_back(*items);
  return true;
}

bool add_keyword(Interpreter& in, std::string_view name, Value value, python::Arguments& arguments) {
  if (arguments.keyword(name))
    return in.raise("TypeError", "got multiple values for keyword argument '" + std::string(name) + "'"), false;
  arguments.keywords.emplace_back(name, value);
  return true;
}

bool unpack_keywords(Interpreter& in, Value mapping, python::Arguments& arguments) {
  if (const auto* unknown = mapping.as<python::Unknown>()) {
    arguments.unknown_keywords = unknown;
    return true;
  }
  auto* dict = plain(mapping).as<python::Dict>();
  if (!dict) {
    dict = in.dict();
    const Outcome updated = in.call(*in.attribute(dict, "update"), {mapping});
    if (!updated) return false;
  }
  if (dict->incomplete) arguments.unknown_keywords = dict->incomplete;
  for (const auto& entry : dict->table.entries()) {
    const std::string* name = text_of(entry.key);
    if (!name) return in.raise("TypeError", "keywords must be strings"), false;
    if (!add_keyword(in, in.intern(*name), entry.value, arguments)) return false;
  }
  return true;
}

/// super() without arguments: the class whose body holds the function, and its first argument.
Outcome implicit_super(Interpreter& in, Scope& scope) {
  const Scope* function = function_scope(&scope);
  Class* owner = nullptr;
  for (Scope* at = &scope; at && !owner; at = at->parent)
    if (at->kind == Scope::Kind::Class) owner = at->made;
  if (!function || !owner || function->names->table.empty()) return in.raise("RuntimeError", "super(): no arguments");
  return in.make<Super>(owner, function->names->table.entries()[0].value);
}

bool is_super(const syntax::Call& call) {
  const auto* name = as<Name>(call.func);
  return name && name->id == "super" && call.args.empty() && call.keywords.empty();
}

/// locals(), vars(), globals(), dir() need the scope.
Outcome scope_function(Interpreter& in, Scope& scope, const syntax::Call& call) {
  const auto* name = as<Name>(call.func);
  if (!name || !call.args.empty() || !call.keywords.empty()) return absent;
  if (name->id != "locals" && name->id != "vars" && name->id != "globals") return absent;
  const Outcome function = look_up(in, scope, name->id);
  const auto* builtin = function.as<Builtin>();
  if (!builtin || !builtin->qualified_name.starts_with("builtins.")) return absent;
  if (name->id == "globals" && scope.module) return Value(scope.module->attributes);
  return Value(binding_scope(scope).names);
}

}  // namespace

bool evaluate_arguments(Interpreter& in, Scope& scope, Sequence<Expr> positional, Sequence<Keyword> keywords,
                        python::Arguments& arguments) {
  arguments.positional.reserve(positional.size());
  for (const Expr* expression : positional) {
    const auto* starred = as<Starred>(expression);
    const Outcome value = evaluate(in, scope, starred ? starred->value : expression);
    if (!value) return false;
    if (!starred) {
      arguments.positional.push_back(*value);
    } else if (!unpack_positional(in, *value, arguments)) {
      return false;
    }
  }
  for (const Keyword* keyword : keywords) {
    const Outcome value = evaluate(in, scope, keyword->value);
    if (!value) return false;
    const bool added = keyword->arg.empty() ? unpack_keywords(in, *value, arguments)
                                            : add_keyword(in, keyword->arg, *value, arguments);
    if (!added) return false;
  }
  return true;
}

Outcome evaluate_call(Interpreter& in, Scope& scope, const syntax::Call& call) {
  if (is_super(call)) return implicit_super(in, scope);
  if (const Outcome special = scope_function(in, scope, call); !special.is_absent()) return special;
  const Outcome callee = evaluate(in, scope, call.func);
  if (!callee) return raised;
  python::Arguments arguments;
  if (!evaluate_arguments(in, scope, call.args, call.keywords, arguments)) return raised;
  const Here here(in.state(), location_in(scope, call.span));
  arguments.location = in.here();
  return call_value(in, *callee, arguments);
}

namespace {

Outcome call_unknown(Interpreter& in, const python::Unknown& unknown, python::Arguments& arguments) {
  in.host().unknown_called(in, unknown, arguments);
  python::Unknown* result = derived(in, unknown);
  if (!unknown.likely) return result;
  const auto* method = unknown.likely->as<BoundMethod>();
  const bool harmless = unknown.likely->as<Builtin>() || (method && method->function.as<Builtin>());
  if (!harmless) return result;
  const Outcome likely = call_value(in, *unknown.likely, arguments);
  if (likely) return derived(in, unknown, *likely);
  in.clear_exception();
  return result;
}

Outcome call_external(Interpreter& in, External& external, python::Arguments& arguments) {
  if (auto* form = library::base_class(in, &external).as<Class>()) return call_class(in, *form, arguments);
  const Outcome given = in.host().call(in, external, arguments);
  if (!given.is_absent()) return given;
  return in.make<python::Call>(Value(&external), arguments);
}

Outcome call_instance(Interpreter& in, Value instance, python::Arguments& arguments) {
  const Outcome method = special_method(in, instance, "__call__");
  if (method) return call_value(in, *method, arguments);
  if (method.is_raised()) return raised;
  for (const Value base : instance.as<Instance>()->type->mro)
    if (const auto* unknown = base.as<python::Unknown>()) return call_unknown(in, *unknown, arguments);
  return in.raise("TypeError", "'" + in.type_name(instance) + "' object is not callable");
}

/// A subscripted class, `Repository[int]()`, is called like the class.
Outcome call_generic(Interpreter& in, const Generic& generic, python::Arguments& arguments) {
  return call_value(in, generic.origin, arguments);
}

}  // namespace

Outcome call_value(Interpreter& in, Value callee, python::Arguments& arguments) {
  const Depth depth(in.state());
  if (depth.too_deep()) return in.raise("RecursionError", "maximum recursion depth exceeded");
  if (!in.spend(1)) return raised;
  switch (callee.kind()) {
    case Kind::Function:
      return call_function(in, *callee.as<Function>(), arguments);
    case Kind::Builtin:
      return callee.as<Builtin>()->native(in, arguments);
    case Kind::BoundMethod: {
      const auto& method = *callee.as<BoundMethod>();
      arguments.positional.insert(arguments.positional.begin(), method.self);
      return call_value(in, method.function, arguments);
    }
    case Kind::Class:
      return call_class(in, *callee.as<Class>(), arguments);
    case Kind::Instance:
      return call_instance(in, callee, arguments);
    case Kind::External:
      return call_external(in, *callee.as<External>(), arguments);
    case Kind::Unknown:
      return call_unknown(in, *callee.as<python::Unknown>(), arguments);
    case Kind::Generic:
      return call_generic(in, *callee.as<Generic>(), arguments);
    case Kind::StaticMethod:
      return call_value(in, callee.as<StaticMethod>()->function, arguments);
    case Kind::NewType:
      if (arguments.at(0)) return *arguments.at(0);
      break;
    case Kind::TypeAlias: {
      const Outcome value = in.value(*callee.as<python::TypeAlias>());
      return value ? call_value(in, *value, arguments) : value;
    }
    case Kind::Call:
      return in.unknown("what " + in.shown(callee) + "(…) gives is not described");
    case Kind::Host: {
      const Outcome given = callee.as<HostObject>()->call(in, arguments);
      if (!given.is_absent()) return given;
      break;
    }
    default:
      break;
  }
  return in.raise("TypeError", "'" + in.type_name(callee) + "' object is not callable");
}

Outcome Interpreter::call(Value callee, python::Arguments arguments) {
  if (!arguments.location) arguments.location = here();
  return call_value(*this, callee, arguments);
}

Outcome Interpreter::call(Value callee, std::vector<Value> positional) {
  return call(callee, python::Arguments(std::move(positional)));
}

}  // namespace python
