#include "python/library/support.h"

#include <algorithm>

namespace python::library {

namespace {

const Unknown* unknown_argument(const Arguments& arguments) {
  for (const Value value : arguments.positional)
    if (const auto* unknown = value.as<Unknown>()) return unknown;
  for (const auto& [name, value] : arguments.keywords)
    if (const auto* unknown = value.as<Unknown>()) return unknown;
  return arguments.unknown_keywords;
}

/// The arguments with likely values in place of the unknown ones; nothing if one has none.
std::optional<Arguments> likely_arguments(const Arguments& arguments) {
  Arguments result = arguments;
  const auto settle = [](Value& value) {
    const auto* unknown = value.as<Unknown>();
    if (!unknown) return true;
    if (unknown->likely) value = *unknown->likely;
    return unknown->likely.has_value();
  };
  for (Value& value : result.positional)
    if (!settle(value)) return {};
  for (auto& [name, value] : result.keywords)
    if (!settle(value)) return {};
  if (result.unknown_keywords || result.unknown_positional) return {};
  return result;
}

Outcome with_unknown(Interpreter& in, const Unknown& unknown, const Arguments& arguments, Code code) {
  if (auto likely = likely_arguments(arguments)) {
    const Outcome result = code(in, *likely);
    if (result) return derived(in, unknown, *result);
    in.clear_exception();
  }
  return derived(in, unknown);
}

}  // namespace

Value function(Interpreter& in, std::string_view qualified_name, Code code, bool takes_unknown) {
  if (takes_unknown) return in.builtin(qualified_name, code);
  return in.builtin(qualified_name, [code](Interpreter& i, Arguments& arguments) -> Outcome {
    const Unknown* unknown = unknown_argument(arguments);
    return unknown ? with_unknown(i, *unknown, arguments, code) : code(i, arguments);
  });
}

void add(Interpreter& in, Dict& attributes, std::string_view owner, std::span<const Entry> entries) {
  for (const Entry& entry : entries) {
    const std::string qualified = std::string(owner) + "." + std::string(entry.name);
    in.set(attributes, entry.name, function(in, qualified, entry.code, entry.takes_unknown));
  }
}

void add_unknown(Interpreter& in, Dict& attributes, std::string_view owner, std::string_view name) {
  in.set(attributes, name, *undescribed(in, std::string(owner) + "." + std::string(name)));
}

void set_maker(Interpreter& in, Class& type, Code code, bool filled_by_init) {
  Class* own = &type;
  const Value maker =
      in.builtin(type.qualified_name, [own, code, filled_by_init](Interpreter& i, Arguments& arguments) -> Outcome {
        auto* wanted = arguments.positional.empty() ? nullptr : arguments.positional[0].as<Class>();
        if (!wanted || wanted == own) return code(i, arguments);
        Arguments none({Value(wanted)});
        const Outcome made = code(i, filled_by_init ? none : arguments);
        if (!made || made.as<Unknown>()) return made;
        Instance* instance = new_instance(i, *wanted);
        instance->payload = *made;
        return instance;
      });
  in.set(*type.attributes, "__new__", in.make<StaticMethod>(maker));
}

Class& add_class(Interpreter& in, Dict& attributes, std::string_view qualified_name, std::vector<Value> bases) {
  Class* type = new_builtin_class(in, qualified_name, std::move(bases));
  in.set(attributes, in.intern(type->name), type);
  return *type;
}

Raised missing_argument(Interpreter& in, std::string_view name) {
  return in.raise("TypeError", "missing a required argument: '" + std::string(name) + "'");
}

std::optional<std::string> text_argument(Interpreter& in, const Arguments& arguments, std::size_t position,
                                         std::string_view name) {
  const Value* value = arguments.find(position, name);
  const std::string* text = value ? text_of(*value) : nullptr;
  if (text) return *text;
  if (!value) {
    (void)missing_argument(in, name);
  } else {
    (void)in.raise("TypeError", "must be str, not " + in.type_name(*value));
  }
  return {};
}

std::optional<std::int64_t> integer_argument(Interpreter& in, const Arguments& arguments, std::size_t position,
                                             std::string_view name) {
  const Value* value = arguments.find(position, name);
  if (!value) {
    (void)missing_argument(in, name);
    return {};
  }
  if (const auto number = integer_of(*value)) return number;
  if (const Outcome method = special_method(in, *value, "__index__")) {
    const Outcome given = in.call(*method);
    if (given) return integer_of(*given);
    return {};
  }
  (void)in.raise("TypeError", "'" + in.type_name(*value) + "' object cannot be interpreted as an integer");
  return {};
}

Value value_argument(const Arguments& arguments, std::size_t position, std::string_view name) {
  const Value* value = arguments.find(position, name);
  return value ? *value : Value();
}

bool has_argument(const Arguments& arguments, std::size_t position, std::string_view name) {
  return arguments.find(position, name) != nullptr;
}

}  // namespace python::library
