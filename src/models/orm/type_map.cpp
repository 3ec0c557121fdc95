#include <array>

#include "models/core/names.h"
#include "models/orm/scan.h"

/// Which column type a Python type stands for (`registry._resolve_type`).
namespace models::orm {
using python::Class;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
struct DefaultType {
  std::string_view python_type;
  std::string_view column_type;
};

constexpr std::array<DefaultType, 11> default_types = {{
    {"int", "sqlalchemy.Integer"},
    {"str", "sqlalchemy.String"},
    {"bool", "sqlalchemy.Boolean"},
    {"float", "sqlalchemy.Float"},
    {"bytes", "sqlalchemy.LargeBinary"},
    {"datetime.datetime", "sqlalchemy.DateTime"},
    {"datetime.date", "sqlalchemy.Date"},
    {"datetime.time", "sqlalchemy.Time"},
    {"datetime.timedelta", "sqlalchemy.Interval"},
    {"decimal.Decimal", "sqlalchemy.Numeric"},
    {"uuid.UUID", "sqlalchemy.Uuid"},
}};

std::string_view name_of(Value type) {
  if (const Class* named = type.as<Class>()) return named->qualified_name;
  const auto* external = type.as<python::External>();
  return external ? std::string_view(external->qualified_name) : std::string_view();
}

Value core_class(Interpreter& interpreter, std::string_view name) {
  const Outcome known = core_value(context(interpreter), name);
  return known ? *known : Value(interpreter.external(name));
}

bool is_class_of(Interpreter& interpreter, Value type, std::string_view name) {
  const Class* named = type.as<Class>();
  if (named && named->qualified_name == name) return true;
  return is_external(type, name) || interpreter.is_subclass_of(type, name);
}

/// A type's class or instance is one of sqlalchemy.Enum.
bool is_enum(Interpreter& interpreter, Value type) {
  const Value of = type.as<Class>() || type.as<python::External>() ? type : interpreter.type_of(type);
  return is_class_of(interpreter, of, "sqlalchemy.Enum");
}

/// `Enum(enum.Enum)`: a pattern for all enum classes.
bool is_enum_pattern(Interpreter& interpreter, Value type) {
  const Outcome of = interpreter.find_attribute(type, "enum_class");
  const Class* named = of.as<Class>();
  return named && named->qualified_name == "enum.Enum";
}

/// An Enum with other members and the options of `pattern`.
Outcome enum_like(Interpreter& interpreter, Value pattern, std::vector<Value> members, bool native) {
  python::Arguments arguments(std::move(members));
  for (std::string_view option : {"name", "schema", "inherit_schema", "metadata", "native_enum", "values_callable",
                                  "create_constraint", "length", "omit_aliases"}) {
    if (option == "native_enum" && !native) continue;
    if (pattern.as<Class>()) continue;
    const Outcome value = interpreter.find_attribute(pattern, option);
    if (value.is_raised()) interpreter.clear_exception();
    if (!value || value.value().is_none()) continue;
    const auto* number = value.as<python::Int>();
    if (option == "length" && number && number->value == 0) continue;
    arguments.keywords.emplace_back(option, *value);
  }
  if (!native) arguments.keywords.emplace_back("native_enum", interpreter.boolean(false));
  return interpreter.call(core_class(interpreter, "sqlalchemy.Enum"), std::move(arguments));
}

Outcome enum_of_literal(Interpreter& interpreter, Value pattern, Value literal) {
  std::vector<Value> members;
  for (const Value& member : literal.as<python::Generic>()->arguments) {
    if (!member.as<python::Str>()) return python::absent;
    members.push_back(member);
  }
  return enum_like(interpreter, pattern, std::move(members), false);
}

/// The Literal that an alias stands for, through aliases of aliases.
Value literal_of_alias(Interpreter& interpreter, Value type) {
  constexpr int deepest = 20;
  for (int depth = 0; depth < deepest; ++depth) {
    python::TypeAlias* alias = type_alias(type);
    if (!alias) break;
    type = alias_value(interpreter, *alias);
  }
  return type;
}

/// `TypeEngine._resolve_for_python_type`: what a hit in the map makes of the type that was asked for.
Outcome adapted(Interpreter& interpreter, Value column_type, Value python_type, Value matched, bool exact) {
  if (!is_enum(interpreter, column_type)) return exact ? Outcome(column_type) : Outcome(python::absent);
  if (python_type == matched && !is_enum_pattern(interpreter, column_type)) return column_type;
  if (is_literal(python_type)) return enum_of_literal(interpreter, column_type, python_type);
  if (type_alias(python_type)) {
    const Value literal = literal_of_alias(interpreter, python_type);
    return is_literal(literal) ? enum_of_literal(interpreter, column_type, literal) : Outcome(python::absent);
  }
  const Class* named = python_type.as<Class>();
  if (named && named->is_enum) return enum_like(interpreter, column_type, {python_type}, true);
  return column_type;
}

/// The last entry of the map for this type.
const Value* entry_for(Interpreter& interpreter, const RegistryObject& registry, Value type) {
  for (auto entry = registry.type_map.rbegin(); entry != registry.type_map.rend(); ++entry) {
    if (same_type(interpreter, entry->first, type)) return &entry->second;
  }
  return nullptr;
}

Outcome default_type(Interpreter& interpreter, Value type) {
  const std::string_view name = name_of(type);
  for (const DefaultType& known : default_types) {
    if (known.python_type == name) return core_class(interpreter, known.column_type);
  }
  return python::absent;
}

Outcome matched_type(Interpreter& interpreter, const RegistryObject& registry, Value python_type, Value candidate) {
  // An entry holds for the type itself; one for a superclass only where it is an Enum.
  const bool exact = candidate == python_type || same_type(interpreter, candidate, python_type) ||
                     (is_literal(python_type) && is_external(candidate, "typing.Literal"));
  if (const Value* entry = entry_for(interpreter, registry, candidate)) {
    return adapted(interpreter, *entry, python_type, exact ? python_type : candidate, exact);
  }
  if (name_of(candidate) == "enum.Enum") {
    const Class* named = python_type.as<Class>();
    if (!named || !named->is_enum) return python::absent;
    return interpreter.call(core_class(interpreter, "sqlalchemy.Enum"), {python_type});
  }
  if (is_external(candidate, "typing.Literal")) {
    return enum_of_literal(interpreter, core_class(interpreter, "sqlalchemy.Enum"), python_type);
  }
  return exact ? default_type(interpreter, candidate) : Outcome(python::absent);
}

std::vector<Value> candidates(Interpreter& interpreter, Value python_type) {
  if (is_literal(python_type)) return {python_type, interpreter.external("typing.Literal")};
  if (const Class* named = python_type.as<Class>()) return named->mro;
  return {python_type};
}

/// What a NewType or a TypeAliasType stands for in the end.
Value underlying(Interpreter& interpreter, Value type) {
  constexpr int deepest = 20;
  for (int depth = 0; depth < deepest; ++depth) {
    if (const auto* made = type.as<python::NewType>()) {
      type = made->supertype;
    } else if (python::TypeAlias* alias = type_alias(type); alias && !is_annotated(type)) {
      type = without_none(interpreter, alias_value(interpreter, *alias));
    } else {
      break;
    }
  }
  return type;
}
}  // namespace

Outcome column_type(Interpreter& interpreter, const RegistryObject& registry, Value python_type, bool fallbacks) {
  for (const Value& candidate : candidates(interpreter, python_type)) {
    const Outcome found = matched_type(interpreter, registry, python_type, candidate);
    if (!found.is_absent()) return found;
  }
  if (!fallbacks) return python::absent;
  const Value stands_for = underlying(interpreter, python_type);
  return stands_for == python_type ? Outcome(python::absent) : column_type(interpreter, registry, stands_for, false);
}

}  // namespace models::orm
