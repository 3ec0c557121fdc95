#include <algorithm>
#include <array>

#include "models/context.h"
#include "models/core/names.h"
#include "models/orm/annotation.h"
#include "models/orm/objects.h"
#include "models/sqlmodel/fields.h"

/// The Column that SQLModel makes of a field.
namespace models::sqlmodel {
using models::orm::host_object;
using python::Arguments;
using python::Class;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
constexpr discovery::Version enums_before_texts{0, 0, 9};  ///< from this release on
constexpr discovery::Version second_pydantic{0, 0, 14};

struct Mapping {
  std::string_view python_type;
  std::string_view column_type;
};

/// In the order in which SQLModel asks `issubclass`.
constexpr std::array<Mapping, 19> mappings = {{
    {"str", "text"},
    {"ipaddress.IPv4Address", "text"},
    {"ipaddress.IPv4Network", "text"},
    {"ipaddress.IPv6Address", "text"},
    {"ipaddress.IPv6Network", "text"},
    {"pathlib.Path", "text"},
    {"pathlib.PurePath", "text"},
    {"pydantic.EmailStr", "text"},
    {"float", "sqlalchemy.Float"},
    {"bool", "sqlalchemy.Boolean"},
    {"int", "sqlalchemy.Integer"},
    {"datetime.datetime", "sqlalchemy.DateTime"},
    {"datetime.date", "sqlalchemy.Date"},
    {"datetime.timedelta", "sqlalchemy.Interval"},
    {"datetime.time", "sqlalchemy.Time"},
    {"bytes", "sqlalchemy.LargeBinary"},
    {"decimal.Decimal", "sqlalchemy.Numeric"},
    {"uuid.UUID", "sqlalchemy.Uuid"},
    {"sqlmodel.GUID", "sqlalchemy.Uuid"},
}};

/// What pydantic keeps of a length or a precision: the first marker that SQLModel looks at.
struct Limits {
  Value max_length;
  Value max_digits;
  Value decimal_places;
};

Value given(const FieldObject& info, std::string_view name) {
  const Value* value = info.arguments.keyword(name);
  return value ? *value : Value();
}

Limits limits_of(const Field& field) {
  for (const Value& item : field.metadata) {
    if (const FieldObject* info = host_object<FieldObject>(item)) {
      Limits limits;
      limits.max_length = given(*info, "max_length");
      if (!limits.max_length.is_none()) return limits;
      limits.max_digits = given(*info, "max_digits");
      limits.decimal_places = given(*info, "decimal_places");
      const bool general = !limits.max_digits.is_none() || !limits.decimal_places.is_none() ||
                           !given(*info, "regex").is_none() || !given(*info, "pattern").is_none();
      if (general) return limits;
    } else if (const auto* call = item.as<python::Call>()) {
      const auto* callee = call->callee.as<python::External>();
      if (!callee || !callee->qualified_name.ends_with("MaxLen")) continue;
      const Value* length = call->arguments.find(0, "max_length");
      if (length) return {*length, {}, {}};
    }
  }
  return {};
}

Value core_class(Context& shared, std::string_view name) {
  const Outcome known = core_value(shared, name);
  return known ? *known : Value(shared.interpreter->external(name));
}

/// Optional and Annotated taken away; of a generic type its origin.
Value plain_type(Value type, int depth = 0) {
  constexpr int deepest = 20;
  const auto* generic = type.as<python::Generic>();
  if (!generic || depth > deepest) return type;
  if (orm::is_annotated(type)) return plain_type(generic->arguments.front(), depth + 1);
  if (!orm::is_union(type)) return generic->origin;
  for (const Value& part : generic->arguments) {
    if (!orm::is_none_type(part)) return plain_type(part, depth + 1);
  }
  return type;
}

bool is_below(Interpreter& interpreter, Value type, std::string_view name) {
  if (orm::is_external(type, name)) return true;
  const Class* named = type.as<Class>();
  return named && (named->qualified_name == name || interpreter.is_subclass_of(type, name));
}

Outcome typed(Context& shared, std::string_view column_type, const Limits& limits) {
  Interpreter& interpreter = *shared.interpreter;
  Arguments arguments;
  if (column_type == "text") {
    if (limits.max_length.is_none()) return core_class(shared, "sqlalchemy.String");
    arguments.keywords.emplace_back("length", limits.max_length);
    return interpreter.call(core_class(shared, "sqlalchemy.String"), std::move(arguments));
  }
  if (column_type != "sqlalchemy.Numeric") return core_class(shared, column_type);
  arguments.keywords.emplace_back("precision", limits.max_digits);
  arguments.keywords.emplace_back("scale", limits.decimal_places);
  return interpreter.call(core_class(shared, column_type), std::move(arguments));
}

/// `get_sqlalchemy_type`; an Unknown for a type that SQLModel has nothing for.
Value column_type_of(Context& shared, const Field& field, const Class& model) {
  Interpreter& interpreter = *shared.interpreter;
  const Value* chosen = field.option("sa_type");
  if (chosen) return *chosen;
  const Value type = plain_type(field.annotation);
  if (type.is_unknown()) return type;
  const Class* named = type.as<Class>();
  const bool is_enum = named && named->is_enum;
  if (is_enum && shared.sqlmodel >= enums_before_texts) {
    return interpreter.settled(interpreter.call(core_class(shared, "sqlalchemy.Enum"), {type}), field.location);
  }
  const Limits limits = limits_of(field);
  for (const Mapping& mapping : mappings) {
    if (is_below(interpreter, type, mapping.python_type)) {
      return interpreter.settled(typed(shared, mapping.column_type, limits), field.location);
    }
  }
  if (is_enum) {
    return interpreter.settled(interpreter.call(core_class(shared, "sqlalchemy.Enum"), {type}), field.location);
  }
  return interpreter.unknown("SQLModel has no column type for the annotation of " + model.name + "." + field.name +
                                 ", " + interpreter.shown(field.annotation),
                             field.location);
}

/// `is_field_noneable`.
bool allows_none(const Context& shared, const Field& field) {
  const auto* generic = field.annotation.as<python::Generic>();
  const bool optional =
      generic && orm::is_union(field.annotation) && std::ranges::any_of(generic->arguments, orm::is_none_type);
  if (optional || orm::is_none_type(field.annotation)) return optional || field.default_value.has_value();
  // pydantic 1 takes `x: int = None` for Optional.
  return shared.sqlmodel < second_pydantic && field.default_value && field.default_value->is_none();
}

Value option_or(const Field& field, std::string_view name, Value otherwise) {
  const Value* value = field.option(name);
  return value ? *value : otherwise;
}

/// Keywords of a dict replace those that are there.
void update(Interpreter& interpreter, Arguments& arguments, const python::Dict& dict) {
  for (const auto& entry : dict.table.entries()) {
    const auto* name = entry.key.as<python::Str>();
    if (!name) continue;
    std::erase_if(arguments.keywords, [&](const auto& keyword) { return keyword.first == name->text; });
    arguments.keywords.emplace_back(interpreter.intern(name->text), entry.value);
  }
  if (dict.incomplete) arguments.unknown_keywords = dict.incomplete;
}

Outcome foreign_key(Interpreter& interpreter, Value target, Value on_delete, const python::Location& location) {
  Arguments arguments({target}, location);
  arguments.keywords.emplace_back("ondelete", on_delete);
  return interpreter.call(interpreter.external("sqlalchemy.ForeignKey"), std::move(arguments));
}
}  // namespace

Outcome column_of(Context& shared, const Field& field, const Class& model) {
  Interpreter& interpreter = *shared.interpreter;
  if (field.unknown) return Value(const_cast<python::Unknown*>(field.unknown));
  if (const Value* column = field.option("sa_column")) {
    if (!column->is_none() && column->kind() != python::Kind::External) return *column;
  }
  const Value no = interpreter.boolean(false);
  const Value primary_key = option_or(field, "primary_key", no);
  Arguments arguments;
  arguments.location = field.location;
  arguments.positional.push_back(column_type_of(shared, field, model));
  const bool nullable = !interpreter.is_true(primary_key) && allows_none(shared, field);
  const Value target = option_or(field, "foreign_key", {});
  if (!target.is_none()) {
    const Outcome key = foreign_key(interpreter, target, option_or(field, "ondelete", {}), field.location);
    if (!key) return key;
    arguments.positional.push_back(*key);
  }
  arguments.keywords = {{"primary_key", primary_key},
                        {"nullable", option_or(field, "nullable", interpreter.boolean(nullable))},
                        {"index", option_or(field, "index", no)},
                        {"unique", option_or(field, "unique", no)}};
  if (field.default_factory) {
    arguments.keywords.emplace_back("default", *field.default_factory);
  } else if (field.default_value) {
    arguments.keywords.emplace_back("default", *field.default_value);
  }
  if (const Value* more = field.option("sa_column_args")) {
    const Outcome items = interpreter.items(*more);
    if (const auto* list = items.as<python::List>()) {
      arguments.positional.insert(arguments.positional.end(), list->items.begin(), list->items.end());
    } else if (items) {
      arguments.positional.push_back(*items);
    }
  }
  if (const Value* more = field.option("sa_column_kwargs")) {
    if (const auto* dict = more->as<python::Dict>()) update(interpreter, arguments, *dict);
    if (const auto* unknown = more->as<python::Unknown>()) arguments.unknown_keywords = unknown;
  }
  return make_column(shared, arguments);
}

}  // namespace models::sqlmodel
