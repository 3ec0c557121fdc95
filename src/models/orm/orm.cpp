#include "models/orm/orm.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "models/context.h"
#include "models/core/names.h"
#include "models/orm/annotation.h"
#include "models/orm/constructs.h"
#include "models/orm/events.h"
#include "models/orm/registry.h"
#include "models/orm/scan.h"
#include "models/orm/star_names.h"
#include "python/evaluation/interpreter.h"

namespace models::orm {
using python::Arguments;
using python::Class;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
constexpr std::string_view base_name = "sqlalchemy.orm.DeclarativeBase";
constexpr std::string_view plain_base_name = "sqlalchemy.orm.DeclarativeBaseNoMeta";
constexpr std::string_view dataclass_name = "sqlalchemy.orm.MappedAsDataclass";
constexpr std::string_view meta_name = "sqlalchemy.orm.DeclarativeMeta";
constexpr std::string_view intercept_name = "sqlalchemy.orm.DeclarativeAttributeIntercept";
constexpr std::string_view dataclass_meta_name = "sqlalchemy.orm.DCTransformDeclarative";

bool is_metaclass_name(std::string_view name) {
  return name == meta_name || name == intercept_name || name == dataclass_meta_name;
}

std::string_view name_of(Value value) {
  const auto* external = value.as<python::External>();
  return external ? std::string_view(external->qualified_name) : std::string_view();
}

/// Calls `__init_subclass__` of what stands behind `base` in the MRO.
Outcome continue_init_subclass(Interpreter& interpreter, Class& type, Value base, Arguments arguments) {
  auto at = std::ranges::find(type.mro, base);
  if (at == type.mro.end()) return interpreter.none();
  for (++at; at != type.mro.end(); ++at) {
    Outcome hook = python::absent;
    if (const Class* above = at->as<Class>()) {
      const Value* own = above->builtin ? nullptr : above->own("__init_subclass__");
      if (!own) continue;
      const auto* bound = own->as<python::ClassMethod>();
      hook = interpreter.make<python::BoundMethod>(bound ? bound->function : *own, type);
    } else {
      hook = interpreter.host().inherited(interpreter, *at, "__init_subclass__", type);
    }
    if (hook) return interpreter.call(*hook, std::move(arguments));
    if (hook.is_raised()) return hook;
  }
  return interpreter.none();
}

bool stands_in(const std::vector<Value>& bases, std::string_view name) {
  return std::ranges::any_of(bases, [&](Value base) { return name_of(base) == name; });
}

/// `DeclarativeBase.__init_subclass__`.
Outcome below_base(Interpreter& interpreter, Class& type, Value base, Arguments& arguments) {
  if (stands_in(type.bases, name_of(base))) {
    (void)set_up_base(context(interpreter), type);
  } else if (RegistryObject* registry = registry_of(interpreter, type)) {
    const Outcome mapped = map_class(interpreter, *registry, type);
    if (!mapped) return mapped;
  }
  return continue_init_subclass(interpreter, type, base, arguments);
}

/// `MappedAsDataclass.__init_subclass__`: its arguments are about `__init__` and its like, not about the table.
Outcome below_dataclass(Interpreter& interpreter, Class& type, Value base, Arguments& arguments) {
  static constexpr std::string_view own[] = {"init",        "repr",    "eq",         "order",
                                             "unsafe_hash", "kw_only", "match_args", "dataclass_callable"};
  std::erase_if(arguments.keywords,
                [](const auto& keyword) { return std::ranges::find(own, keyword.first) != std::end(own); });
  interpreter.store(type, "_sa_apply_dc_transforms", interpreter.boolean(true));
  return continue_init_subclass(interpreter, type, base, std::move(arguments));
}

/// `DeclarativeMeta.__init__`.
Outcome below_meta(Interpreter& interpreter, Class& type) {
  RegistryObject* registry = registry_of(interpreter, type);
  if (!registry) return interpreter.none();
  return map_class(interpreter, *registry, type);
}

/// Whether setting an attribute of the class tells SQLAlchemy.
bool intercepts(Interpreter& interpreter, const Class& type) {
  if (is_metaclass_name(name_of(type.metaclass))) return true;
  if (name_of(type.metaclass) == "sqlmodel.SQLModelMetaclass") return true;
  const Class* metaclass = type.metaclass.as<Class>();
  return metaclass && (interpreter.is_subclass_of(type.metaclass, meta_name) ||
                       interpreter.is_subclass_of(type.metaclass, intercept_name) ||
                       interpreter.is_subclass_of(type.metaclass, dataclass_meta_name));
}

/// The base of a class, or one above it, that is not known.
const python::Unknown* unknown_base(const Class& type) {
  for (const Value& base : type.mro) {
    if (const auto* unknown = base.as<python::Unknown>()) return unknown;
  }
  return nullptr;
}

/// A class with a table's attributes that nothing has mapped.
void report_unmapped(Interpreter& interpreter, const Class& type, const python::Unknown& unknown) {
  const Value* name = type.own("__tablename__");
  if (!name && !type.own("__table__")) return;
  const std::string reason = "the class " + type.name + " has a base that cannot be read: " + unknown.reason;
  report_unresolved(interpreter, type.location, reason);
  const auto* text = name ? name->as<python::Str>() : nullptr;
  context(interpreter).unread_tables.push_back({{}, text ? text->text : "", place(type.location), reason});
}

/// A base out of a package that means nothing to tables, as far as is known.
const python::External* undescribed_base(const Class& type) {
  constexpr std::array<std::string_view, 6> harmless = {"typing",      "abc",      "enum",
                                                        "collections", "pydantic", "dataclasses"};
  for (const Value& base : type.mro) {
    const auto* outside = base.as<python::External>();
    if (!outside) continue;
    const std::string_view name = outside->qualified_name;
    const std::string_view top = name.substr(0, name.find('.'));
    if (top != "sqlalchemy" && top != "sqlmodel" && std::ranges::find(harmless, top) == harmless.end()) return outside;
  }
  return nullptr;
}

/// Whether the class says what only a mapped class says: a table's name and a column of it.
bool looks_mapped(const Class& type) {
  const Value* name = type.own("__tablename__");
  if (!name || !name->as<python::Str>()) return false;
  const Value* abstract = type.own("__abstract__");
  if (abstract) return false;
  return std::ranges::any_of(type.attributes->table.entries(),
                             [](const auto& entry) { return entry.value.kind() == python::Kind::Host; });
}

class OrmHost final : public python::Host {
 public:
  OrmHost() {
    for (const NamedHandler& known : handlers()) handlers_.emplace(known.name, known.handler);
    for (const NamedHandler& known : event_handlers()) handlers_.emplace(known.name, known.handler);
  }

  Outcome outside(Interpreter& interpreter, std::string_view asked) override {
    const std::string name = name_in_right_module(asked);
    if (!name.starts_with("sqlalchemy.orm") && !name.starts_with("sqlalchemy.ext")) return python::absent;
    const std::string own = canonical_orm_name(name);
    if (own != name) return interpreter.external(own);
    const std::string of_core = canonical_name(name);
    if (const Outcome value = core_value(context(interpreter), of_core); !value.is_absent()) return value;
    return interpreter.external(of_core);
  }

  Outcome call(Interpreter& interpreter, const python::External& callee, Arguments& arguments) override {
    const auto handler = handlers_.find(callee.qualified_name);
    return handler == handlers_.end() ? Outcome(python::absent) : handler->second(context(interpreter), arguments);
  }

  /// `scoped_session(…).query_property()` and the like are of no concern to the schema.
  Outcome attribute(Interpreter& interpreter, const python::Call& call, std::string_view name) override {
    const std::string_view callee = name_of(call.callee);
    if (!callee.starts_with("sqlalchemy.orm.") && !callee.starts_with("sqlalchemy.ext.")) return python::absent;
    return interpreter.external(std::string(callee) + "()." + std::string(name));
  }

  Outcome inherited(Interpreter& interpreter, Value base, std::string_view name, Value receiver) override {
    Class* type = receiver.as<Class>();
    const std::string_view from = name_of(base);
    if (!type || from.empty()) return python::absent;
    if (name == "__init_subclass__") {
      if (from == base_name || from == plain_base_name) return hook(interpreter, *type, base, below_base);
      if (from == dataclass_name) return hook(interpreter, *type, base, below_dataclass);
    }
    if (name == "__init__" && from == meta_name) {
      return interpreter.builtin("DeclarativeMeta.__init__",
                                 [type](Interpreter& inner, Arguments&) { return below_meta(inner, *type); });
    }
    return python::absent;
  }

  Outcome metaclass(Interpreter& interpreter, Value base) override {
    const std::string_view name = name_of(base);
    if (name == base_name) return interpreter.external(intercept_name);
    if (name == dataclass_name) return interpreter.external(dataclass_meta_name);
    return python::absent;
  }

  std::vector<Value> bases(Interpreter& interpreter, const python::External& type) override {
    if (type.qualified_name == intercept_name) return {interpreter.builtin_class("type")};
    if (type.qualified_name == meta_name || type.qualified_name == dataclass_meta_name) {
      return {interpreter.external(intercept_name), interpreter.builtin_class("type")};
    }
    if (type.qualified_name == "sqlalchemy.ext.declarative.AbstractConcreteBase") {
      return {interpreter.external("sqlalchemy.ext.declarative.ConcreteBase")};
    }
    return {};
  }

  /// An unknown base hides the hook of DeclarativeBase behind it; alone, it hides what the class is.
  void class_created(Interpreter& interpreter, Class& type) override {
    if (mapping_of(type)) return;
    const python::Unknown* unknown = unknown_base(type);
    const python::External* outside = unknown ? nullptr : undescribed_base(type);
    if (outside && looks_mapped(type) && !registry_of(interpreter, type)) {
      return report_unmapped(interpreter, type,
                             *interpreter.unknown(outside->qualified_name + " is not described", type.location));
    }
    if (!unknown) return;
    if (RegistryObject* registry = registry_of(interpreter, type)) {
      (void)interpreter.settled(map_class(interpreter, *registry, type), type.location);
    } else {
      report_unmapped(interpreter, type, *unknown);
    }
  }

  Outcome set_class_attribute(Interpreter& interpreter, Class& type, std::string_view name, Value value) override {
    ClassMapping* mapping = mapping_of(type);
    if (!mapping || mapping->scanning || mapping->deferred || !intercepts(interpreter, type)) return python::absent;
    return add_attribute(interpreter, *mapping, name, value);
  }

 private:
  using Hook = Outcome (*)(Interpreter&, Class&, Value, Arguments&);

  static Outcome hook(Interpreter& interpreter, Class& type, Value base, Hook code) {
    return interpreter.builtin("__init_subclass__", [&type, base, code](Interpreter& inner, Arguments& arguments) {
      return code(inner, type, base, arguments);
    });
  }

  std::unordered_map<std::string_view, Handler> handlers_;
};
}  // namespace

std::unique_ptr<python::Host> orm_host() { return std::make_unique<OrmHost>(); }

}  // namespace models::orm
