// SQLAlchemy's type classes as Python classes: constructors that keep their arguments as attributes, and the methods
// that code calls on types.
#include <array>
#include <unordered_map>

#include "base/text.h"
#include "models/core/expression_internal.h"
#include "models/core/objects.h"
#include "models/core/state.h"
#include "models/core/type_internal.h"
#include "models/core/type_values.h"
#include "models/core/values.h"

namespace models {
namespace {

using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

/// One parameter of a constructor: "length=None".
struct Parameter {
  std::string name;
  std::string default_value;  ///< "None", "True", "False" or empty
};

struct Signature {
  std::vector<Parameter> positional;
  std::vector<Parameter> keyword_only;
};

Signature parsed(std::string_view text) {
  Signature signature;
  bool keyword_only = false;
  for (const std::string& part : base::split(text, ',')) {
    const std::string_view word = base::trimmed(part);
    if (word == "*") keyword_only = true;
    if (word.empty() || word.front() == '*') continue;
    const auto equals = word.find('=');
    Parameter parameter{std::string(word.substr(0, equals)), {}};
    if (equals != std::string_view::npos) parameter.default_value = word.substr(equals + 1);
    (keyword_only ? signature.keyword_only : signature.positional).push_back(std::move(parameter));
  }
  return signature;
}

Value default_of(Interpreter& interpreter, const Parameter& parameter) {
  if (parameter.default_value == "True") return interpreter.boolean(true);
  if (parameter.default_value == "False") return interpreter.boolean(false);
  return interpreter.none();
}

void set(Context& context, python::Instance& instance, std::string_view name, Value value) {
  context.interpreter->set(*instance.attributes, name, value);
}

/// Keeps the arguments of a constructor as attributes of the same names.
void keep_arguments(Context& context, python::Instance& self, const Signature& signature, const Arguments& arguments) {
  const auto keep = [&](const Parameter& parameter, const Value* given) {
    set(context, self, parameter.name, given ? *given : default_of(*context.interpreter, parameter));
  };
  for (std::size_t i = 0; i < signature.positional.size(); ++i) {
    keep(signature.positional[i], arguments.find(i, signature.positional[i].name));
  }
  for (const Parameter& parameter : signature.keyword_only) keep(parameter, arguments.keyword(parameter.name));
}

/// The arguments without `self`, which stands first.
std::pair<python::Instance*, Arguments> bound(const Arguments& arguments) {
  Arguments rest = arguments;
  python::Instance* self = nullptr;
  if (!rest.positional.empty()) {
    self = rest.positional.front().as<python::Instance>();
    rest.positional.erase(rest.positional.begin());
  }
  return {self, std::move(rest)};
}

/// TypeDecorator.__init__: `impl` of the class with the arguments, if it is a class itself.
Outcome initialize_decorator(Context& context, python::Instance& self, const Arguments& arguments) {
  const Value* impl = context.interpreter->find_in_mro(*self.type, "impl");
  if (!impl) {
    return context.interpreter->raise("AttributeError",
                                      "TypeDecorator implementations require a class-level variable 'impl'");
  }
  Value made = *impl;
  if (made.as<python::Class>()) {
    const Outcome called = context.interpreter->call(made, arguments);
    if (called.is_raised()) return called;
    made = *called;
  }
  set(context, self, "impl", made);
  return context.interpreter->none();
}

Outcome initialize_pickle(Context& context, python::Instance& self, const Arguments& arguments) {
  const Value impl = keyword(arguments, "impl");
  const Value type = impl.is_none() ? Value(type_class_object(context, *type_class("LargeBinary"))) : impl;
  set(context, self, "impl", type_instance(context, type));
  return context.interpreter->none();
}

Outcome initialize(Context& context, const TypeClass& type, const Signature& signature, const Arguments& given) {
  const auto [self, arguments] = bound(given);
  Interpreter& interpreter = *context.interpreter;
  if (!self) return interpreter.none();
  if (const python::Unknown* unknown = unknown_arguments(arguments)) {
    set(context, *self, "_unknown_arguments", Value(const_cast<python::Unknown*>(unknown)));
  }
  if (derives_from(&type, "Enum")) {
    initialize_enum(context, *self, arguments);
    return interpreter.none();
  }
  if (type.name == "PickleType") return initialize_pickle(context, *self, arguments);
  if (type.name == "TypeDecorator") return initialize_decorator(context, *self, arguments);
  keep_arguments(context, *self, signature, arguments);
  if (type.visit == "DOMAIN") {
    if (MetaDataObject* owner = as_metadata(keyword(arguments, "metadata"))) owner->types.push_back(Value(self));
  }
  for (const std::string_view inner : {"item_type", "data_type", "astext_type", "text_type"}) {
    Value* value = self->attributes->find(inner);
    if (value && !value->is_none()) set(context, *self, inner, type_instance(context, *value));
  }
  return interpreter.none();
}

Value copy_of(Context& context, python::Instance& instance) {
  python::Dict* attributes = context.interpreter->dict();
  for (const auto& entry : instance.attributes->table.entries()) {
    if (const std::string* name = text_in(entry.key)) context.interpreter->set(*attributes, *name, entry.value);
  }
  auto* made = context.interpreter->make<python::Instance>(instance.type, attributes);
  made->location = instance.location;
  made->payload = instance.payload;
  return made;
}

/// with_variant(type, "postgresql", …): a copy that knows of it.
Outcome with_variant(Context& context, const Arguments& given) {
  const auto [self, arguments] = bound(given);
  if (!self) return python::absent;
  const Value type = type_instance(context, argument(arguments, 0, "type_"));
  const Value copy = copy_of(context, *self);
  auto* made = copy.as<python::Instance>();
  python::Dict* variants = context.interpreter->dict();
  if (const Value* known = self->attributes->find("_variant_mapping")) {
    if (const auto* dict = known->as<python::Dict>()) {
      for (const auto& entry : dict->table.entries()) {
        if (const std::string* name = text_in(entry.key)) context.interpreter->set(*variants, *name, entry.value);
      }
    }
  }
  const auto add = [&](Value dialect) {
    if (const std::string* name = text_in(dialect)) context.interpreter->set(*variants, *name, type);
  };
  for (std::size_t i = 1; i < arguments.positional.size(); ++i) add(arguments.positional[i]);
  add(keyword(arguments, "dialect_name"));
  set(context, *made, "_variant_mapping", variants);
  return copy;
}

Outcome compiled_text(Context& context, Value self) {
  const TypePointer type = type_from(context, self);
  if (!type->unknown.empty()) return unknown_value(context, type->unknown);
  return context.interpreter->str(written(*type));
}

using Method = Outcome (*)(Context&, const Arguments&);

Outcome first_argument(Context&, const Arguments& given) {
  return given.positional.empty() ? Outcome(Value()) : Outcome(given.positional[0]);
}

struct NamedMethod {
  std::string_view name;
  Method function;
};
constexpr std::array type_methods{
    NamedMethod{"with_variant", [](Context& c, const Arguments& given) { return with_variant(c, given); }},
    NamedMethod{"copy",
                [](Context& c, const Arguments& given) -> Outcome {
                  auto* self = given.positional.empty() ? nullptr : given.positional[0].as<python::Instance>();
                  return self ? Outcome(copy_of(c, *self)) : Outcome(Value());
                }},
    NamedMethod{"evaluates_none",
                [](Context& c, const Arguments& given) -> Outcome {
                  auto* self = given.positional.empty() ? nullptr : given.positional[0].as<python::Instance>();
                  return self ? Outcome(copy_of(c, *self)) : Outcome(Value());
                }},
    NamedMethod{"compile",
                [](Context& c, const Arguments& given) -> Outcome {
                  return compiled_text(c, given.positional.empty() ? Value() : given.positional[0]);
                }},
    NamedMethod{"__str__",
                [](Context& c, const Arguments& given) -> Outcome {
                  return compiled_text(c, given.positional.empty() ? Value() : given.positional[0]);
                }},
    NamedMethod{"dialect_impl", first_argument},
    NamedMethod{"coerce_compared_value", first_argument},
    NamedMethod{"as_generic", first_argument},
    NamedMethod{"with_expression", first_argument},
    NamedMethod{"result_processor", [](Context&, const Arguments&) -> Outcome { return Value(); }},
    NamedMethod{"bind_processor", [](Context&, const Arguments&) -> Outcome { return Value(); }},
    NamedMethod{"literal_processor", [](Context&, const Arguments&) -> Outcome { return Value(); }},
    NamedMethod{"bind_expression", [](Context&, const Arguments&) -> Outcome { return Value(); }},
    NamedMethod{"column_expression", [](Context&, const Arguments&) -> Outcome { return Value(); }},
};

void add_method(Context& context, python::Dict& attributes, std::string_view type, std::string_view name,
                python::Native native) {
  const std::string_view qualified =
      context.interpreter->intern("sqlalchemy." + std::string(type) + "." + std::string(name));
  context.interpreter->set(attributes, name, context.interpreter->builtin(qualified, std::move(native)));
}

void add_common_methods(Context& context, python::Dict& attributes) {
  for (const NamedMethod& entry : type_methods) {
    const Method function = entry.function;
    add_method(context, attributes, "TypeEngine", entry.name,
               [&context, function](Interpreter&, Arguments& given) { return function(context, given); });
  }
  Interpreter& interpreter = *context.interpreter;
  const Value subscript =
      interpreter.builtin("sqlalchemy.TypeEngine.__class_getitem__", [](Interpreter&, Arguments& given) -> Outcome {
        return given.positional.empty() ? Outcome(Value()) : Outcome(given.positional[0]);
      });
  interpreter.set(attributes, "__class_getitem__", interpreter.make<python::ClassMethod>(subscript));
  const Value comparator = interpreter.external("sqlalchemy.TypeEngine.Comparator");
  interpreter.set(attributes, "Comparator", comparator);
  interpreter.set(attributes, "comparator_factory", comparator);
  interpreter.set(attributes, "cache_ok", interpreter.none());
}

void add_decorator_methods(Context& context, python::Dict& attributes) {
  add_method(context, attributes, "TypeDecorator", "load_dialect_impl",
             [&context](Interpreter&, Arguments& given) -> Outcome {
               const Value self = given.positional.empty() ? Value() : given.positional[0];
               return attribute_or_none(context, self, "impl");
             });
  auto* instance = context.interpreter->make<python::Property>();
  instance->getter = context.interpreter->builtin(
      "sqlalchemy.TypeDecorator.impl_instance", [&context](Interpreter&, Arguments& given) -> Outcome {
        const Value self = given.positional.empty() ? Value() : given.positional[0];
        return attribute_or_none(context, self, "impl");
      });
  context.interpreter->set(attributes, "impl_instance", instance);
}

std::string canonical_of(const TypeClass& type) {
  return type.name.starts_with("postgresql.") ? "sqlalchemy.dialects." + std::string(type.name)
                                              : "sqlalchemy." + std::string(type.name);
}

}  // namespace

const TypeClass* type_class_of(const python::Class& type) {
  constexpr std::string_view core = "sqlalchemy.";
  constexpr std::string_view dialects = "sqlalchemy.dialects.";
  for (const Value base : type.mro) {
    const auto* known = base.as<python::Class>();
    if (!known || !known->builtin) continue;
    const std::string_view name = known->qualified_name;
    if (name.starts_with(dialects)) {
      if (const TypeClass* found = type_class(name.substr(dialects.size()))) return found;
    } else if (name.starts_with(core)) {
      if (const TypeClass* found = type_class(name.substr(core.size()))) return found;
    }
  }
  return nullptr;
}

python::Class* type_class_object(Context& context, const TypeClass& type) {
  auto& made = state(context).types;
  if (const auto found = made.find(std::string(type.name)); found != made.end()) return found->second;
  Interpreter& interpreter = *context.interpreter;
  std::vector<Value> bases;
  if (const TypeClass* base = type_class(type.base)) bases.push_back(type_class_object(context, *base));
  python::Dict* attributes = interpreter.dict();
  interpreter.set(*attributes, "__visit_name__", interpreter.str(type.visit));
  interpreter.set(*attributes, "__module__", interpreter.str("sqlalchemy.sql.sqltypes"));
  const Signature signature = parsed(type.parameters);
  add_method(context, *attributes, type.name, "__init__", [&context, &type, signature](Interpreter&, Arguments& given) {
    return initialize(context, type, signature, given);
  });
  if (type.base.empty()) add_common_methods(context, *attributes);
  if (type.name == "TypeDecorator") add_decorator_methods(context, *attributes);
  if (type.name == "JSON") interpreter.set(*attributes, "NULL", interpreter.external("sqlalchemy.JSON.NULL"));
  const std::string_view name = type.name.substr(type.name.rfind('.') + 1);
  python::Class* object = interpreter.make_class(name, std::move(bases), attributes);
  object->qualified_name = canonical_of(type);
  object->builtin = true;
  made.emplace(type.name, object);
  if (type.name == "JSON") {
    for (const std::string_view inner :
         {"JSONElementType", "JSONIndexType", "JSONIntIndexType", "JSONStrIndexType", "JSONPathType"}) {
      const TypeClass* nested = type_class("JSON." + std::string(inner));
      interpreter.set(*object->attributes, inner, type_class_object(context, *nested));
    }
  }
  return object;
}

Value copied_type(Context& context, Value type) {
  auto* instance = type.as<python::Instance>();
  return instance ? copy_of(context, *instance) : type;
}

Value type_object(Context& context, const TypePointer& type) {
  if (!type->of) return unknown_value(context, type->unknown);
  python::Class* of = type_class_object(context, *type->of);
  python::Dict* attributes = context.interpreter->dict();
  auto* made = context.interpreter->make<python::Instance>(of, attributes);
  if (type->length) set(context, *made, "length", context.interpreter->integer(*type->length));
  if (type->item) set(context, *made, type->decorated ? "impl" : "item_type", type_object(context, type->item));
  return made;
}

}  // namespace models
