#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"
#include "python/library/library.h"

/// The class statement, type(), metaclasses, and instances.
namespace python {

using namespace syntax;

namespace {

const std::vector<Value>* mro_of(Value base) {
  const auto* type = base.as<Class>();
  return type ? &type->mro : nullptr;
}

/// Merges linearisations as C3 does; nothing if there is no consistent order.
std::optional<std::vector<Value>> merged(std::vector<std::vector<Value>> lists) {
  std::vector<Value> result;
  const auto in_tail = [&](Value candidate) {
    return std::any_of(lists.begin(), lists.end(), [&](const std::vector<Value>& list) {
      return list.size() > 1 && std::find(list.begin() + 1, list.end(), candidate) != list.end();
    });
  };
  while (true) {
    std::erase_if(lists, [](const std::vector<Value>& list) { return list.empty(); });
    if (lists.empty()) return result;
    const auto good =
        std::find_if(lists.begin(), lists.end(), [&](const std::vector<Value>& list) { return !in_tail(list[0]); });
    if (good == lists.end()) return {};
    const Value head = (*good)[0];
    result.push_back(head);
    for (std::vector<Value>& list : lists)
      if (!list.empty() && list[0] == head) list.erase(list.begin());
  }
}

std::vector<Value> linearisation_of_base(Interpreter& in, Value base) {
  if (const auto* mro = mro_of(base)) return *mro;
  std::vector<Value> result = {base};
  if (const auto* external = base.as<External>())
    for (const Value inner : in.host().bases(in, *external))
      for (const Value further : linearisation_of_base(in, inner))
        if (std::find(result.begin(), result.end(), further) == result.end()) result.push_back(further);
  return result;
}

}  // namespace

std::optional<std::vector<Value>> linearised(Interpreter& in, Class& type) {
  std::vector<std::vector<Value>> lists;
  for (const Value base : type.bases) lists.push_back(linearisation_of_base(in, base));
  if (in.state().object_class && &type != in.state().object_class) lists.push_back({in.state().object_class});
  if (in.state().object_class)
    for (std::vector<Value>& list : lists)
      if (!list.empty() && list.back() != Value(in.state().object_class)) list.push_back(in.state().object_class);
  lists.push_back(type.bases);
  auto order = merged(std::move(lists));
  if (order) order->insert(order->begin(), &type);
  return order;
}

Class* new_builtin_class(Interpreter& in, std::string_view qualified_name, std::vector<Value> bases) {
  auto* type = in.make<Class>();
  type->qualified_name = qualified_name;
  type->name = qualified_name.substr(qualified_name.rfind('.') + 1);
  type->bases = std::move(bases);
  if (type->bases.empty() && in.state().object_class) type->bases = {in.state().object_class};
  type->original_bases = type->bases;
  type->builtin = true;
  type->attributes = in.dict();
  if (in.state().type_class) type->metaclass = in.state().type_class;
  type->mro = linearised(in, *type).value_or(std::vector<Value>{type});
  type->layout = layout_of(*type);
  in.state().classes.emplace(in.intern(qualified_name), type);
  return type;
}

std::optional<Kind> layout_of(const Class& type) {
  for (const Value base : type.mro)
    if (const auto* python_class = base.as<Class>(); python_class && python_class != &type && python_class->layout)
      return python_class->layout;
  return {};
}

Instance* new_instance(Interpreter& in, Class& type) {
  auto* instance = in.make<Instance>(&type, in.dict());
  instance->location = in.here();
  return instance;
}

namespace {

// Bases and metaclass

std::optional<std::vector<Value>> resolved_bases(Interpreter& in, const std::vector<Value>& written) {
  std::vector<Value> bases;
  for (const Value base : written) {
    Value resolved = base;
    if (const auto* generic = base.as<Generic>()) {
      resolved = generic->origin;
    } else if (const Outcome entries = base.as<Class>() ? Outcome(absent) : special_method(in, base, "__mro_entries__");
               entries) {
      const Outcome given = in.call(*entries, {in.tuple(written)});
      const auto* items = given ? sequence_items(*given) : nullptr;
      if (items) bases.insert(bases.end(), items->begin(), items->end());
      continue;
    }
    resolved = library::base_class(in, resolved);
    if (resolved.is_none()) continue;
    if (std::find(bases.begin(), bases.end(), resolved) == bases.end()) bases.push_back(resolved);
  }
  return bases;
}

Outcome metaclass_of_base(Interpreter& in, Value base) {
  if (const auto* type = base.as<Class>()) return type->metaclass;
  if (base.is_unknown()) return absent;
  return in.host().metaclass(in, base);
}

}  // namespace

Outcome calculate_metaclass(Interpreter& in, const std::vector<Value>& bases, std::optional<Value> given) {
  Value winner = given.value_or(Value(in.state().type_class));
  if (winner.as<Function>() || winner.as<Builtin>() || winner.is_unknown()) return winner;
  for (const Value base : bases) {
    const Outcome candidate = metaclass_of_base(in, base);
    if (candidate.is_raised()) return raised;
    if (candidate.is_absent()) continue;
    const Outcome covered = in.is_subclass(winner, *candidate);
    if (covered.as<Bool>() && covered.as<Bool>()->value) continue;
    const Outcome below = in.is_subclass(*candidate, winner);
    if (below.as<Bool>() && below.as<Bool>()->value) winner = *candidate;
  }
  return winner;
}

namespace {

void describe_by_scope(Interpreter& in, Class& type) {
  State& state = in.state();
  if (state.class_bodies.empty()) return;
  Scope& body = *state.class_bodies.back();
  if (body.made || body.name != type.name) return;
  body.made = &type;
  type.definition = body.definition;
  type.scope = &body;
  type.annotations = body.annotations;
  type.places = body.places;
  type.module = body.module;
  type.location = location_in(body, body.definition->span);
  std::string qualified(type.name);
  for (const Scope* at = body.parent; at; at = at->parent) {
    if (at->kind == Scope::Kind::Class) qualified = std::string(at->name) + "." + qualified;
    if (at->kind == Scope::Kind::Function && at->function)
      qualified = std::string(at->function->name) + ".<locals>." + qualified;
  }
  type.qualified_name = body.module->name + "." + qualified;
}

void take_annotations_dict(Interpreter& in, Class& type) {
  const Value* own = type.own("__annotations__");
  auto* dict = own ? own->as<python::Dict>() : nullptr;
  if (dict && dict->table.empty()) in.erase(*type.attributes, "__annotations__");
}

Outcome call_set_names(Interpreter& in, Class& type) {
  const std::vector<Table::Entry> entries = type.attributes->table.entries();
  for (const Table::Entry& entry : entries) {
    const std::string* name = text_of(entry.key);
    if (!name) continue;
    if (auto* object = entry.value.as<HostObject>()) object->set_name(in, &type, *name);
    const auto* instance = entry.value.as<Instance>();
    if (!instance || !in.find_in_mro(*instance->type, "__set_name__")) continue;
    const Outcome method = in.attribute(entry.value, "__set_name__");
    if (!method || !in.call(*method, {Value(&type), entry.key})) return raised;
  }
  return Value();
}

Outcome call_init_subclass(Interpreter& in, Class& type, const python::Arguments& keywords) {
  auto* super = in.make<Super>(Value(&type), Value(&type));
  const Outcome hook = in.attribute(super, "__init_subclass__");
  if (!hook) return raised;
  if (hook.as<Unknown>()) return hook;
  python::Arguments arguments;
  arguments.keywords = keywords.keywords;
  arguments.unknown_keywords = keywords.unknown_keywords;
  arguments.location = type.location;
  return in.call(*hook, std::move(arguments));
}

void make_implicit_methods(Interpreter& in, Class& type) {
  for (const std::string_view name : {"__init_subclass__", "__class_getitem__"}) {
    Value* own = type.own(name);
    if (own && own->as<Function>()) *own = in.make<ClassMethod>(*own);
  }
  Value* own_new = type.own("__new__");
  if (own_new && own_new->as<Function>()) *own_new = in.make<StaticMethod>(*own_new);
}

const Unknown* unknown_in(const std::vector<Value>& bases) {
  for (const Value base : bases) {
    if (const auto* unknown = base.as<Unknown>()) return unknown;
    const auto* type = base.as<Class>();
    if (type && type->incomplete) return type->incomplete;
  }
  return nullptr;
}

}  // namespace

Outcome new_class(Interpreter& in, Value metaclass, python::Arguments& arguments) {
  if (arguments.positional.size() < 3) return in.raise("TypeError", "type.__new__() takes exactly 3 arguments");
  const std::string* name = text_of(arguments.positional[0]);
  const auto* written = sequence_items(arguments.positional[1]);
  auto* body = plain(arguments.positional[2]).as<python::Dict>();
  if (!name) {
    if (arguments.positional[0].is_unknown()) return arguments.positional[0];
    return in.raise("TypeError", "type.__new__() argument 1 must be str, not " + in.type_name(arguments.positional[0]));
  }
  auto* type = in.make<Class>();
  type->name = *name;
  type->metaclass = metaclass;
  type->attributes = in.dict();
  if (body) type->attributes->table = body->table;
  type->original_bases = written ? *written : std::vector<Value>();
  if (!written && arguments.positional[1].is_unknown()) type->original_bases = {arguments.positional[1]};
  const auto bases = resolved_bases(in, type->original_bases);
  if (!bases) return raised;
  type->bases = *bases;
  if (type->bases.empty()) type->bases = {in.state().object_class};
  type->location = arguments.location;
  type->module = in.module_here();
  type->qualified_name = (type->module ? type->module->name + "." : "") + type->name;
  type->keywords = arguments.keywords;
  type->incomplete = body && body->incomplete ? body->incomplete : unknown_in(type->bases);
  if (!body && arguments.positional[2].is_unknown()) type->incomplete = arguments.positional[2].as<Unknown>();
  describe_by_scope(in, *type);
  take_annotations_dict(in, *type);
  const auto order = linearised(in, *type);
  if (!order)
    return in.raise("TypeError", "Cannot create a consistent method resolution order (MRO) for bases of " + *name);
  type->mro = *order;
  type->layout = layout_of(*type);
  make_implicit_methods(in, *type);
  for (const Value base : type->mro)
    if (const auto* known = base.as<Class>(); known && known != type && library::is_enum_base(*known))
      type->is_enum = true;
  if (type->is_enum && !library::finish_enum(in, *type, *type->attributes)) return raised;
  if (!call_set_names(in, *type)) return raised;
  if (const Outcome hooked = call_init_subclass(in, *type, arguments); !hooked) return raised;
  return type;
}

namespace {

Outcome call_by_new_and_init(Interpreter& in, Class& metaclass, python::Arguments& arguments) {
  python::Arguments for_new = arguments;
  const Value* maker = in.find_in_mro(metaclass, "__new__");
  Outcome made = absent;
  const auto* type_class = in.state().type_class;
  if (maker && *maker != *type_class->own("__new__")) {
    const Value function = maker->as<StaticMethod>() ? maker->as<StaticMethod>()->function : *maker;
    for_new.positional.insert(for_new.positional.begin(), Value(&metaclass));
    made = call_value(in, function, for_new);
  } else {
    made = new_class(in, &metaclass, for_new);
  }
  if (!made || !made.as<Class>()) return made;
  const Outcome init = inherited_attribute(in, metaclass.mro, 0, "__init__", *made);
  if (init.is_raised()) return raised;
  if (init.is_absent() || *init == *in.state().object_class->own("__init__") || *init == *type_class->own("__init__"))
    return made;
  python::Arguments for_init = arguments;
  if (init.as<Function>()) for_init.positional.insert(for_init.positional.begin(), *made);
  return call_value(in, *init, for_init) ? made : Outcome(raised);
}

bool is_metaclass(Interpreter& in, const Class& type) {
  return in.state().type_class &&
         std::find(type.mro.begin(), type.mro.end(), Value(in.state().type_class)) != type.mro.end();
}

}  // namespace

Outcome call_metaclass(Interpreter& in, Value metaclass, python::Arguments& arguments) {
  if (auto* type = metaclass.as<Class>()) return call_by_new_and_init(in, *type, arguments);
  if (metaclass.as<External>()) {
    python::Arguments for_new = arguments;
    const Outcome made = new_class(in, metaclass, for_new);
    if (!made || !made.as<Class>()) return made;
    const Outcome init = in.host().inherited(in, metaclass, "__init__", *made);
    if (init.is_raised()) return raised;
    if (init && !call_value(in, *init, arguments)) return raised;
    return made;
  }
  if (metaclass.is_unknown()) {
    const Outcome made = new_class(in, in.state().type_class, arguments);
    if (auto* type = made.as<Class>()) type->incomplete = metaclass.as<Unknown>();
    return made;
  }
  return call_value(in, metaclass, arguments);
}

namespace {

Outcome prepared_namespace(Interpreter& in, Value metaclass, Value name, Value bases,
                           const python::Arguments& keywords) {
  const Value* prepare = metaclass.as<Class>() ? in.find_in_mro(*metaclass.as<Class>(), "__prepare__") : nullptr;
  if (!prepare) return in.dict();
  const Outcome bound = in.attribute(metaclass, "__prepare__");
  if (!bound) return raised;
  python::Arguments arguments({name, bases});
  arguments.keywords = keywords.keywords;
  return in.call(*bound, std::move(arguments));
}

Outcome decorated(Interpreter& in, Scope& scope, const ClassDef& statement, const std::vector<Value>& decorators,
                  Value type) {
  for (std::size_t at = decorators.size(); at-- > 0;) {
    const Here here(in.state(), location_in(scope, statement.decorator_list[at]->span));
    python::Arguments arguments({type}, in.here());
    const Outcome result = call_value(in, decorators[at], arguments);
    if (!result) return raised;
    if (result.as<Unknown>() && type.as<Class>()) {
      type.as<Class>()->incomplete = result.as<Unknown>();
      continue;
    }
    type = *result;
  }
  return type;
}

void set_implicit_names(Interpreter& in, Scope& body, const ClassDef& statement) {
  in.set(*body.names, "__module__", in.str(body.module->name));
  const auto* first = statement.body.empty() ? nullptr : as<ExprStmt>(statement.body[0]);
  const auto* text = first ? as<Constant>(first->value) : nullptr;
  if (text && text->constant == ConstantKind::String) in.set(*body.names, "__doc__", in.str(text->text));
}

/// Runs the body and makes the class; `bases` are as written.
Outcome build(Interpreter& in, Scope& scope, const ClassDef& statement, python::Arguments& header) {
  std::optional<Value> given;
  for (std::size_t at = 0; at < header.keywords.size(); ++at) {
    if (header.keywords[at].first != "metaclass") continue;
    given = header.keywords[at].second;
    header.keywords.erase(header.keywords.begin() + static_cast<std::ptrdiff_t>(at));
    break;
  }
  std::vector<Value> written = header.positional;
  if (!statement.type_params.empty()) {
    std::vector<Value> parameters;
    for (const auto& entry : scope.names->table.entries()) parameters.push_back(entry.value);
    written.push_back(in.make<Generic>(in.external("typing.Generic"), std::move(parameters)));
  }
  const auto bases = resolved_bases(in, written);
  if (!bases) return raised;
  const Outcome metaclass = calculate_metaclass(in, *bases, given);
  if (!metaclass) return raised;
  const Value name = in.str(statement.name);
  const Outcome names = prepared_namespace(in, *metaclass, name, in.tuple(*bases), header);
  if (!names) return raised;
  Scope& body = new_scope(in, Scope::Kind::Class, &scope);
  auto* dict = plain(*names).as<python::Dict>();
  if (dict) body.names = dict;
  body.name = statement.name;
  body.definition = &statement;
  for (const Value base : *bases)
    if (auto* known = base.as<Class>(); known && in.is_subclass_of(base, "enum.Enum")) body.enumeration = known;
  set_implicit_names(in, body, statement);
  if (execute(in, body, statement.body) == Flow::Raised) return raised;
  if (!body.annotations.empty() && *metaclass != Value(in.state().type_class) && metaclass.as<Class>() &&
      !in.find_in_mro(*metaclass.as<Class>(), "_member_map_"))
    (void)body_annotations(in, body);
  python::Arguments arguments({name, in.tuple(written), names.as<python::Dict>() ? Value(body.names) : *names},
                              header.location);
  arguments.keywords = header.keywords;
  arguments.unknown_keywords = header.unknown_keywords;
  in.state().class_bodies.push_back(&body);
  const Outcome made = call_metaclass(in, *metaclass, arguments);
  in.state().class_bodies.pop_back();
  if (auto* type = made.as<Class>(); type && !body.made) body.made = type;
  return made;
}

}  // namespace

Flow execute_class(Interpreter& in, Scope& scope, const ClassDef& statement) {
  std::vector<Value> decorators;
  for (const Expr* expression : statement.decorator_list) {
    const Outcome decorator = evaluate(in, scope, expression);
    if (!decorator) return Flow::Raised;
    decorators.push_back(*decorator);
  }
  Scope& outer = statement.type_params.empty() ? scope : type_parameter_scope(in, scope, statement.type_params);
  python::Arguments header;
  header.location = location_in(scope, statement.span);
  if (!evaluate_arguments(in, outer, statement.bases, statement.keywords, header)) return Flow::Raised;
  const Outcome made = build(in, outer, statement, header);
  if (!made) return Flow::Raised;
  if (auto* type = made.as<Class>()) in.host().class_created(in, *type);
  if (in.exception()) return Flow::Raised;
  const Outcome result = decorated(in, scope, statement, decorators, *made);
  if (!result) return Flow::Raised;
  if (scope.kind == Scope::Kind::Class) scope.places.emplace_back(statement.name, location_in(scope, statement.span));
  bind_name(in, scope, statement.name, *result);
  return Flow::Next;
}

namespace {

Outcome initialise(Interpreter& in, Value instance, Class& type, python::Arguments& arguments) {
  const Outcome init = inherited_attribute(in, type.mro, 0, "__init__", instance);
  if (init.is_raised()) return raised;
  if (init.is_absent()) return instance;
  if (init.as<Function>() || init.as<Builtin>()) {
    const bool bound_already = init.as<Builtin>() && !init.as<Builtin>()->binds;
    if (!bound_already) arguments.positional.insert(arguments.positional.begin(), instance);
  } else if (init.as<Instance>() || init.as<HostObject>()) {
    const Outcome bound = bound_to(in, *init, instance, &type);
    return bound && call_value(in, *bound, arguments) ? Outcome(instance) : Outcome(raised);
  }
  return call_value(in, *init, arguments) ? Outcome(instance) : Outcome(raised);
}

const Unknown* unknown_class(const Class& type) {
  for (const Value base : type.mro)
    if (const auto* unknown = base.as<Unknown>()) return unknown;
  return nullptr;
}

}  // namespace

Outcome call_class(Interpreter& in, Class& type, python::Arguments& arguments) {
  if (&type == in.state().type_class && arguments.positional.size() == 1) return in.type_of(arguments.positional[0]);
  if (is_metaclass(in, type)) {
    Value metaclass = &type;
    if (const auto* bases = arguments.positional.size() >= 2 ? sequence_items(arguments.positional[1]) : nullptr) {
      const Outcome best = calculate_metaclass(in, *resolved_bases(in, *bases), metaclass);
      if (!best) return raised;
      metaclass = *best;
    }
    const Outcome made = call_metaclass(in, metaclass, arguments);
    if (auto* made_class = made.as<Class>()) in.host().class_created(in, *made_class);
    return made;
  }
  if (const Outcome by_metaclass = special_method(in, &type, "__call__"); !by_metaclass.is_absent())
    return by_metaclass ? call_value(in, *by_metaclass, arguments) : Outcome(raised);
  if (type.is_enum) return library::enum_member(in, type, arguments);
  if (in.has_outside_base(type))
    if (const Outcome made = in.host().instantiate(in, type, arguments); !made.is_absent()) return made;
  return library::instantiate(in, type, arguments);
}

namespace library {

Outcome instantiate(Interpreter& in, Class& type, python::Arguments& arguments) {
  const Value* maker = in.find_in_mro(type, "__new__");
  Outcome made = absent;
  if (maker && *maker != *in.state().object_class->own("__new__")) {
    const Value function = maker->as<StaticMethod>() ? maker->as<StaticMethod>()->function : *maker;
    python::Arguments for_new = arguments;
    for_new.positional.insert(for_new.positional.begin(), Value(&type));
    made = call_value(in, function, for_new);
    if (!made) return made.is_raised() ? made : Outcome(in.unknown("what " + type.name + "(…) gives is not described"));
    const auto* instance = made.as<Instance>();
    if (!instance || !in.is_true(in.settled(in.is_subclass(instance->type, &type)))) return made;
  } else {
    if (const Unknown* unknown = unknown_class(type)) {
      in.host().unknown_called(in, *unknown, arguments);
      return derived(in, *unknown);
    }
    made = new_instance(in, type);
  }
  return initialise(in, *made, type, arguments);
}

}  // namespace library

Class* Interpreter::make_class(std::string_view name, std::vector<Value> bases, python::Dict* attributes) {
  python::Arguments arguments({str(name), tuple(bases), attributes ? Value(attributes) : Value(dict())}, here());
  const Outcome metaclass = calculate_metaclass(*this, bases, {});
  const Outcome made = metaclass ? new_class(*this, *metaclass, arguments) : metaclass;
  if (Class* type = made.as<Class>()) return type;
  clear_exception();
  python::Arguments without({str(name), tuple({}), Value(dict())}, here());
  return new_class(*this, state().type_class, without).as<Class>();
}

}  // namespace python
