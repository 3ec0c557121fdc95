// The Core as a part of the interpreter's host: what its names are, what calls of them do, and what the classes of a
// project inherit from them.
#include <algorithm>
#include <array>
#include <unordered_map>

#include "models/context.h"
#include "models/core/core.h"
#include "models/core/ddl.h"
#include "models/core/expression_internal.h"
#include "models/core/handlers.h"
#include "models/core/names.h"
#include "models/core/schema_internal.h"
#include "models/core/state.h"
#include "models/core/type_internal.h"
#include "models/core/type_values.h"
#include "models/core/values.h"

namespace models {

python::Outcome called_operator(Context&, std::string_view name, python::Arguments&);

namespace {

using python::Arguments;
using python::External;
using python::Interpreter;
using python::Outcome;
using python::Value;

constexpr std::string_view functions_module = "sqlalchemy.sql.functions.";
constexpr std::string_view operators_module = "sqlalchemy.sql.operators.";
constexpr std::string_view type_prefix = "sqlalchemy.";
constexpr std::string_view dialects_prefix = "sqlalchemy.dialects.";

/// Names with a meaning that are no functions: base classes and constants.
constexpr std::array<std::string_view, 22> constants{
    "sqlalchemy.func",
    "sqlalchemy.BLANK_SCHEMA",
    "sqlalchemy.RETAIN_SCHEMA",
    "sqlalchemy.NONE_NAME",
    "sqlalchemy.SchemaItem",
    "sqlalchemy.Constraint",
    "sqlalchemy.ColumnCollectionConstraint",
    "sqlalchemy.ClauseElement",
    "sqlalchemy.ColumnElement",
    "sqlalchemy.UnaryExpression",
    "sqlalchemy.BinaryExpression",
    "sqlalchemy.ClauseList",
    "sqlalchemy.FunctionElement",
    "sqlalchemy.Function",
    "sqlalchemy.Label",
    "sqlalchemy.Executable",
    "sqlalchemy.TableClause",
    "sqlalchemy.FromClause",
    "sqlalchemy.Select",
    "sqlalchemy.DDLElement",
    "sqlalchemy.conv",
    "sqlalchemy.quoted_name",
};

Handler handler_named(std::string_view name) {
  static const auto table = [] {
    std::unordered_map<std::string_view, Handler> all;
    for (const NamedHandler& named : core_handlers()) all.emplace(named.name, named.handler);
    return all;
  }();
  const auto found = table.find(name);
  return found == table.end() ? nullptr : found->second;
}

bool is_upper(std::string_view name) {
  return !name.empty() &&
         std::ranges::all_of(name, [](char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// A type of another server: PostgreSQL has none of that name.
python::Class* foreign_type(Context& context, std::string_view canonical) {
  auto& made = state(context).types;
  if (const auto found = made.find(std::string(canonical)); found != made.end()) return found->second;
  python::Dict* attributes = context.interpreter->dict();
  const std::string_view name = canonical.substr(canonical.rfind('.') + 1);
  python::Class* base = type_class_object(context, *type_class("TypeEngine"));
  python::Class* type = context.interpreter->make_class(name, {Value(base)}, attributes);
  type->qualified_name = canonical;
  made.emplace(canonical, type);
  return type;
}

/// conv("name") and quoted_name("name", quote): texts of a class of their own.
python::Class* text_class(Context& context, std::string_view canonical) {
  auto& made = state(context).types;
  if (const auto found = made.find(std::string(canonical)); found != made.end()) return found->second;
  Interpreter& interpreter = *context.interpreter;
  python::Dict* attributes = interpreter.dict();
  const auto construct = [](Interpreter& python, Arguments& given) -> Outcome {
    auto* type = given.positional.empty() ? nullptr : given.positional[0].as<python::Class>();
    const Value text = argument(given, 1, "value");
    if (!type || text.is_none() || text.is_unknown()) return text;
    auto* instance = python.make<python::Instance>(type, python.dict());
    const std::string* known = text_in(text);
    instance->payload = known ? python.str(*known) : text;
    python.set(*instance->attributes, "quote", argument(given, 2, "quote"));
    return instance;
  };
  const Value make = interpreter.builtin("sqlalchemy.quoted_name.__new__", construct);
  interpreter.set(*attributes, "__new__", interpreter.make<python::StaticMethod>(make));
  interpreter.set(*attributes, "construct", interpreter.make<python::ClassMethod>(make));
  interpreter.set(*attributes, "__init__",
                  interpreter.builtin("sqlalchemy.quoted_name.__init__",
                                      [](Interpreter&, Arguments&) -> Outcome { return Value(); }));
  const std::string_view name = canonical.substr(canonical.rfind('.') + 1);
  python::Class* type = interpreter.make_class(name, {Value(interpreter.builtin_class("str"))}, attributes);
  type->qualified_name = canonical;
  type->builtin = true;
  type->layout = python::Kind::Str;
  made.emplace(canonical, type);
  return type;
}

/// MutableDict.as_mutable(type) is the type.
Outcome as_mutable(Context& context, Arguments& arguments) {
  return type_instance(context, argument(arguments, 0, "sqltype"));
}

bool is_mutable_method(std::string_view name) {
  return name.ends_with(".as_mutable") && name.find("utable") != std::string_view::npos;
}

// Objects of a project's subclasses

/// `super().__init__(…)` of the subclass of a construct: what the construct would make hangs on the instance.
Outcome initialize(Context& context, std::string_view base, python::Instance& instance, Arguments& arguments) {
  if (base == "sqlalchemy.Column") {
    auto* column = context.interpreter->make<ColumnObject>();
    column->self = Value(&instance);
    instance.host = column;
    initialize_column(context, *column, arguments);
    return Value();
  }
  const bool function =
      base == "sqlalchemy.FunctionElement" || base == "sqlalchemy.Function" || base.starts_with(functions_module);
  if (function) {
    instance.host = function_instance(context, instance, arguments);
    return Value();
  }
  const Handler handler = handler_named(base);
  if (!handler) return Value();
  const Outcome made = handler(context, arguments);
  if (made.is_raised()) return made;
  instance.host = host_object(*made);
  if (auto* item = dynamic_cast<SchemaItem*>(instance.host)) item->self = Value(&instance);
  return Value();
}

struct BinaryMethod {
  std::string_view name;
  python::Binary op;
  bool reflected;
};
constexpr BinaryMethod binary_methods[] = {
    {"__add__", python::Binary::Add, false},     {"__radd__", python::Binary::Add, true},
    {"__sub__", python::Binary::Sub, false},     {"__rsub__", python::Binary::Sub, true},
    {"__mul__", python::Binary::Mult, false},    {"__rmul__", python::Binary::Mult, true},
    {"__truediv__", python::Binary::Div, false}, {"__rtruediv__", python::Binary::Div, true},
    {"__mod__", python::Binary::Mod, false},     {"__and__", python::Binary::BitAnd, false},
    {"__or__", python::Binary::BitOr, false},    {"__rand__", python::Binary::BitAnd, true},
    {"__ror__", python::Binary::BitOr, true},    {"__floordiv__", python::Binary::FloorDiv, false},
};

struct CompareMethod {
  std::string_view name;
  python::Comparison op;
};
constexpr CompareMethod compare_methods[] = {
    {"__eq__", python::Comparison::Eq},  {"__ne__", python::Comparison::NotEq}, {"__lt__", python::Comparison::Lt},
    {"__le__", python::Comparison::LtE}, {"__gt__", python::Comparison::Gt},    {"__ge__", python::Comparison::GtE},
};

/// The operators that the object behind an instance answers, as methods of the instance.
Outcome operator_method(Context& context, python::HostObject& host, std::string_view name) {
  Interpreter& interpreter = *context.interpreter;
  for (const BinaryMethod& known : binary_methods) {
    if (known.name != name) continue;
    return method(interpreter, known.name, [&host, known](Interpreter& python, Arguments& given) {
      return host.binary(python, known.op, argument(given, 0, "other"), known.reflected);
    });
  }
  for (const CompareMethod& known : compare_methods) {
    if (known.name != name || !dynamic_cast<ExpressionObject*>(&host)) continue;
    return method(interpreter, known.name, [&host, known](Interpreter& python, Arguments& given) {
      return host.compare(python, known.op, argument(given, 0, "other"));
    });
  }
  if (name == "__invert__" || name == "__neg__") {
    const python::Unary op = name == "__neg__" ? python::Unary::USub : python::Unary::Invert;
    return method(interpreter, "__invert__",
                  [&host, op](Interpreter& python, Arguments&) { return host.unary(python, op); });
  }
  if (name == "__getitem__") {
    return method(interpreter, "__getitem__", [&host](Interpreter& python, Arguments& given) {
      return host.subscript(python, argument(given, 0, "index"));
    });
  }
  if (name == "__iter__") {
    return method(interpreter, "__iter__", [&host](Interpreter& python, Arguments&) { return host.iterate(python); });
  }
  return python::absent;
}

/// DDLElement.execute_if of an instance.
Outcome conditional_element(Context& context, python::Instance& instance) {
  auto* ddl = context.interpreter->make<DdlObject>(DdlObject::Which::Compiled);
  mark_made(context, *ddl);
  ddl->element = Value(&instance);
  return ddl->attribute(*context.interpreter, "execute_if");
}

class CoreHost final : public python::Host {
 public:
  Outcome outside(Interpreter& interpreter, std::string_view name) override {
    Context& shared = context(interpreter);
    if (const Outcome companion = companion_type(shared, name); !companion.is_absent()) return companion;
    if (is_companion_module(name)) return interpreter.external(name);
    const bool own = name == "sqlalchemy" || name.starts_with(type_prefix);
    if (!own && !name.starts_with("sqlmodel.")) return python::absent;
    const std::string canonical = canonical_name(name);
    if (const Outcome value = core_value(shared, canonical); !value.is_absent()) return value;
    if (canonical != name) return interpreter.external(canonical);
    const bool elsewhere = name.starts_with("sqlalchemy.orm") || name.starts_with("sqlalchemy.ext.");
    return own && !elsewhere ? Outcome(interpreter.external(name)) : Outcome(python::absent);
  }

  Outcome call(Interpreter& interpreter, const External& callee, Arguments& arguments) override {
    Context& shared = context(interpreter);
    const std::string& name = callee.qualified_name;
    if (const Handler handler = handler_named(name)) return handler(shared, arguments);
    const std::string_view rest(name);
    if (rest.starts_with(functions_module)) {
      return called_function(shared, {name.substr(functions_module.size())}, arguments);
    }
    if (rest.starts_with(operators_module))
      return called_operator(shared, rest.substr(operators_module.size()), arguments);
    if (is_mutable_method(rest)) return as_mutable(shared, arguments);
    return companion_call(shared, rest, arguments);
  }

  Outcome inherited(Interpreter& interpreter, Value base, std::string_view name, Value receiver) override {
    const auto* external = base.as<External>();
    return external ? core_inherited(context(interpreter), external->qualified_name, name, receiver)
                    : Outcome(python::absent);
  }

  void class_created(Interpreter& interpreter, python::Class& type) override {
    core_class_created(context(interpreter), type);
  }
};

}  // namespace

std::span<const std::string_view> core_constants() { return constants; }

std::span<const NamedHandler> core_handlers() {
  static const std::vector<NamedHandler> all = [] {
    std::vector<NamedHandler> handlers;
    for (const auto& part : {schema_handlers(), constraint_handlers(), sequence_handlers(), expression_handlers(),
                             event_handlers(), type_handlers()}) {
      handlers.insert(handlers.end(), part.begin(), part.end());
    }
    return handlers;
  }();
  return all;
}

Outcome core_value(Context& context, std::string_view canonical) {
  if (canonical == "sqlalchemy.func") return function_generator(context);
  if (canonical == "sqlalchemy.conv" || canonical == "sqlalchemy.quoted_name") return text_class(context, canonical);
  if (canonical.starts_with(dialects_prefix)) {
    const std::string_view rest = canonical.substr(dialects_prefix.size());
    if (const TypeClass* type = type_class(rest)) return type_class_object(context, *type);
    const auto dot = rest.find('.');
    const bool foreign = dot != std::string_view::npos && rest.substr(0, dot) != "postgresql";
    if (foreign && is_upper(rest.substr(rest.rfind('.') + 1))) return foreign_type(context, canonical);
    return python::absent;
  }
  if (canonical.starts_with(type_prefix)) {
    if (const TypeClass* type = type_class(canonical.substr(type_prefix.size()))) {
      return type_class_object(context, *type);
    }
  }
  return python::absent;
}

Outcome core_inherited(Context& context, std::string_view base, std::string_view name, Value receiver) {
  const std::string canonical = canonical_name(base);
  if (name == "as_mutable" && canonical.find("utable") != std::string::npos) {
    return method(*context.interpreter, "sqlalchemy.ext.mutable.as_mutable",
                  [&context](Interpreter&, Arguments& given) { return as_mutable(context, given); });
  }
  const bool ours = handler_named(canonical) || std::ranges::find(constants, canonical) != constants.end() ||
                    std::string_view(canonical).starts_with(functions_module);
  auto* instance = receiver.as<python::Instance>();
  if (!ours || !instance) return python::absent;
  if (name == "__init__") {
    return method(*context.interpreter, "sqlalchemy.__init__",
                  [&context, canonical, instance](Interpreter&, Arguments& given) {
                    return initialize(context, canonical, *instance, given);
                  });
  }
  if (canonical == "sqlalchemy.DDLElement" && name == "execute_if") return conditional_element(context, *instance);
  (void)as_expression(context, receiver);
  python::HostObject* host = instance->host;
  if (!host) return python::absent;
  if (name == "__setattr__") {
    return method(
        *context.interpreter, "sqlalchemy.__setattr__", [host](Interpreter& python, Arguments& given) -> Outcome {
          const std::string* attribute = text_in(argument(given, 0, "name"));
          return attribute ? host->set_attribute(python, *attribute, argument(given, 1, "value")) : Outcome(Value());
        });
  }
  if (name.starts_with("__")) return operator_method(context, *host, name);
  return host->attribute(*context.interpreter, name);
}

void core_class_created(Context& context, python::Class& type) {
  if (class_derives_from(Value(&type), "sqlalchemy.sql.functions.GenericFunction")) {
    register_function_class(context, type);
  }
}

namespace {
Outcome to_instance_handler(Context& context, Arguments& arguments) {
  return type_instance(context, argument(arguments, 0, "typeobj"));
}
}  // namespace

std::span<const NamedHandler> type_handlers() {
  static constexpr NamedHandler handlers[] = {
      {"sqlalchemy.to_instance", to_instance_handler},
      {"sqlalchemy.adapt_type", to_instance_handler},
  };
  return handlers;
}

std::unique_ptr<python::Host> core_host() { return std::make_unique<CoreHost>(); }

}  // namespace models
