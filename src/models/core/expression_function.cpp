// func.…: what SQLAlchemy knows of functions, and classes of the project that add to it.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/objects.h"
#include "models/core/state.h"
#include "models/core/type_values.h"
#include "models/core/values.h"

namespace models {
namespace {

using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

/// A function with a class of its own (sql/functions.py): "=" takes the type of its arguments.
struct Registered {
  std::string_view name;
  std::string_view type;
};
constexpr std::array registered{
    Registered{"coalesce", "="},
    Registered{"max", "="},
    Registered{"min", "="},
    Registered{"sum", "="},
    Registered{"now", "DateTime"},
    Registered{"concat", "String"},
    Registered{"char_length", "Integer"},
    Registered{"random", "NullType"},
    Registered{"count", "Integer"},
    Registered{"current_date", "Date"},
    Registered{"current_time", "Time"},
    Registered{"current_timestamp", "DateTime"},
    Registered{"current_user", "String"},
    Registered{"localtime", "DateTime"},
    Registered{"localtimestamp", "DateTime"},
    Registered{"session_user", "String"},
    Registered{"sysdate", "DateTime"},
    Registered{"user", "String"},
    Registered{"array_agg", "[]"},
    Registered{"rank", "Integer"},
    Registered{"dense_rank", "Integer"},
    Registered{"percent_rank", "Numeric"},
    Registered{"cume_dist", "Numeric"},
    Registered{"cube", "NullType"},
    Registered{"rollup", "NullType"},
    Registered{"grouping_sets", "NullType"},
    Registered{"aggregate_strings", "String"},
    Registered{"to_tsvector", "postgresql.TSVECTOR"},
    Registered{"to_tsquery", "postgresql.TSQUERY"},
    Registered{"plainto_tsquery", "postgresql.TSQUERY"},
    Registered{"phraseto_tsquery", "postgresql.TSQUERY"},
    Registered{"websearch_to_tsquery", "postgresql.TSQUERY"},
    Registered{"ts_headline", "TEXT"},
};

TypePointer type_of_arguments(Context& context, const std::vector<ExpressionObject*>& arguments) {
  for (const ExpressionObject* argument : arguments) {
    const TypePointer type = type_of(context, *argument);
    if (!is_null_type(type)) return type;
  }
  return plain_type("NullType");
}

TypePointer array_of(TypePointer item) {
  if (affinity(item) == Affinity::Array) return item;
  Type value;
  value.of = type_class("ARRAY");
  value.dimensions = 1;
  value.item = std::move(item);
  return std::make_shared<const Type>(std::move(value));
}

std::vector<ExpressionObject*> expressions(Context& context, const Arguments& arguments) {
  std::vector<ExpressionObject*> list;
  for (const Value value : arguments.positional) list.push_back(coerced(context, value));
  if (arguments.unknown_positional) {
    list.push_back(unknown_expression(context, Value(const_cast<python::Unknown*>(arguments.unknown_positional))));
  }
  return list;
}

TypePointer said_type(Context& context, const Arguments& arguments) {
  const Value given = keyword(arguments, "type_");
  return given.is_none() ? nullptr : type_from(context, given);
}

Outcome next_value(Context& context, SequenceObject& sequence) {
  auto* made = context.interpreter->make<ExpressionObject>(ExpressionKind::NextValue);
  made->sequence = &sequence;
  made->location = context.interpreter->here();
  made->type = sequence.data_type.is_none() ? plain_type("Integer") : type_from(context, sequence.data_type);
  return made;
}

Outcome registered_call(Context& context, const Registered& known, const Arguments& arguments) {
  std::vector<ExpressionObject*> list = expressions(context, arguments);
  if (known.name == "count" && list.empty()) {
    auto* star = context.interpreter->make<ExpressionObject>(ExpressionKind::Star);
    list.push_back(star);
  }
  TypePointer type = said_type(context, arguments);
  if (!type && known.type == "=") type = type_of_arguments(context, list);
  if (!type && known.type == "[]") type = array_of(type_of_arguments(context, list));
  if (!type) type = plain_type(known.type);
  ExpressionObject* made = function_call(context, {}, std::string(known.name), std::move(list), std::move(type));
  made->registered = true;
  return made;
}

/// An attribute of a class or one of its bases, never a descriptor's result.
Value class_attribute(Context& context, const python::Class& type, std::string_view name) {
  const Value* found = context.interpreter->find_in_mro(type, name);
  return found ? *found : Value();
}

/// `sqlalchemy.func`, or a part of a dotted name below it.
class FunctionGenerator final : public python::HostObject {
 public:
  explicit FunctionGenerator(std::vector<std::string> names) : names_(std::move(names)) {}

  std::string_view type_name() const override { return "sqlalchemy.func"; }

  Outcome attribute(Interpreter& interpreter, std::string_view name) override {
    if (name.starts_with("__")) return python::absent;
    if (name.ends_with('_')) name.remove_suffix(1);
    std::vector<std::string> names = names_;
    names.emplace_back(name);
    return interpreter.make<FunctionGenerator>(std::move(names));
  }

  Outcome call(Interpreter& interpreter, Arguments& arguments) override {
    if (names_.empty()) return python::absent;
    return called_function(context(interpreter), names_, arguments);
  }

 private:
  std::vector<std::string> names_;
};

}  // namespace

Outcome called_function(Context& context, std::vector<std::string> names, Arguments& arguments) {
  std::string name = std::move(names.back());
  names.pop_back();
  const std::string lower = base::lowered(name);
  const std::string qualified = names.size() == 1 ? names[0] + "." + lower : lower;
  if (names.size() <= 1) {
    const auto& classes = state(context).functions;
    if (const auto own = classes.find(qualified); own != classes.end()) {
      return context.interpreter->call(Value(own->second), arguments);
    }
  }
  if (names.empty()) {
    if (lower == "next_value") {
      if (SequenceObject* sequence = as_sequence(argument(arguments, 0, "seq"))) return next_value(context, *sequence);
    }
    if (lower == "cast") {
      return cast_to(context, coerced(context, argument(arguments, 0, "expression")),
                     type_from(context, argument(arguments, 1, "type_")));
    }
    const auto known = std::ranges::find(registered, lower, &Registered::name);
    if (known != registered.end()) return registered_call(context, *known, arguments);
  }
  return function_call(context, std::move(names), std::move(name), expressions(context, arguments),
                       said_type(context, arguments));
}

Value function_generator(Context& context) {
  return context.interpreter->make<FunctionGenerator>(std::vector<std::string>{});
}

/// GenericFunction registers its subclasses by `identifier` (or name) and `package`.
void register_function_class(Context& context, python::Class& type) {
  const auto own = [&](std::string_view name) -> const std::string* {
    const Value* found = type.own(name);
    return found ? text_in(*found) : nullptr;
  };
  const std::string* name = own("name");
  const std::string* identifier = own("identifier");
  const std::string* package = own("package");
  const std::string key = base::lowered(identifier ? *identifier : name ? *name : type.name);
  state(context).functions[package ? *package + "." + key : key] = &type;
  if (!name) context.interpreter->store(type, "name", context.interpreter->str(type.name));
}

/// The instance of a class below FunctionElement or GenericFunction, as an expression.
ExpressionObject* function_instance(Context& context, python::Instance& instance, const Arguments& arguments) {
  std::vector<ExpressionObject*> list = expressions(context, arguments);
  const Value name = class_attribute(context, *instance.type, "name");
  const Value type = class_attribute(context, *instance.type, "type");
  const std::string* text = text_in(name);
  TypePointer result = said_type(context, arguments);
  if (!result && !type.is_none() && is_type_value(type)) result = type_from(context, type);
  if (!result && class_derives_from(Value(instance.type), "sqlalchemy.sql.functions.ReturnTypeFromArgs")) {
    result = type_of_arguments(context, list);
  }
  ExpressionObject* made =
      function_call(context, {}, text ? *text : instance.type->name, std::move(list), std::move(result));
  made->value = Value(&instance);
  made->quoted = name.as<python::Instance>() != nullptr;
  return made;
}

}  // namespace models
