#include "models/sqlmodel/pydantic.h"

#include <algorithm>
#include <array>

#include "models/context.h"
#include "models/orm/annotation.h"
#include "models/orm/objects.h"
#include "models/sqlmodel/fields.h"
#include "python/evaluation/interpreter.h"

namespace models::sqlmodel {
using models::orm::host_object;
using python::Arguments;
using python::Class;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
struct TypeName {
  std::string_view name;
  std::string_view python_type;
};

/// Constrained types and what they are subtypes of. Functions that make one (`constr`) count by their results.
constexpr std::array<TypeName, 36> constrained = {{
    {"PositiveInt", "int"},
    {"NegativeInt", "int"},
    {"NonNegativeInt", "int"},
    {"NonPositiveInt", "int"},
    {"StrictInt", "int"},
    {"ByteSize", "int"},
    {"conint", "int"},
    {"PositiveFloat", "float"},
    {"NegativeFloat", "float"},
    {"NonNegativeFloat", "float"},
    {"NonPositiveFloat", "float"},
    {"StrictFloat", "float"},
    {"FiniteFloat", "float"},
    {"confloat", "float"},
    {"StrictStr", "str"},
    {"constr", "str"},
    {"StrictBool", "bool"},
    {"StrictBytes", "bytes"},
    {"conbytes", "bytes"},
    {"condecimal", "decimal.Decimal"},
    {"UUID1", "uuid.UUID"},
    {"UUID3", "uuid.UUID"},
    {"UUID4", "uuid.UUID"},
    {"UUID5", "uuid.UUID"},
    {"UUID7", "uuid.UUID"},
    {"PastDate", "datetime.date"},
    {"FutureDate", "datetime.date"},
    {"condate", "datetime.date"},
    {"AwareDatetime", "datetime.datetime"},
    {"NaiveDatetime", "datetime.datetime"},
    {"PastDatetime", "datetime.datetime"},
    {"FutureDatetime", "datetime.datetime"},
    {"FilePath", "pathlib.Path"},
    {"DirectoryPath", "pathlib.Path"},
    {"NewPath", "pathlib.Path"},
    {"SocketPath", "pathlib.Path"},
}};

constexpr std::array<std::string_view, 9> decorators = {"field_validator", "model_validator",  "validator",
                                                        "root_validator",  "field_serializer", "model_serializer",
                                                        "computed_field",  "validate_call",    "validate_arguments"};

/// Methods of every model that change nothing a table is made of.
constexpr std::array<std::string_view, 2> without_effect = {"model_rebuild", "update_forward_refs"};

/// What else a model has from pydantic, known only where pydantic runs.
constexpr std::array<std::string_view, 22> not_followed = {"model_fields",
                                                           "model_computed_fields",
                                                           "model_fields_set",
                                                           "model_extra",
                                                           "model_validate",
                                                           "model_dump",
                                                           "model_dump_json",
                                                           "model_validate_json",
                                                           "model_construct",
                                                           "model_json_schema",
                                                           "model_copy",
                                                           "__fields__",
                                                           "parse_obj",
                                                           "parse_raw",
                                                           "parse_file",
                                                           "from_orm",
                                                           "construct",
                                                           "copy",
                                                           "dict",
                                                           "json",
                                                           "schema",
                                                           "schema_json"};

const TypeName* constrained_type(std::string_view name) {
  const auto found = std::ranges::find(constrained, name, &TypeName::name);
  return found == constrained.end() ? nullptr : &*found;
}

bool makes_a_type(std::string_view name) { return name.starts_with("con") && constrained_type(name); }

bool is_pydantic(std::string_view name) {
  return name == "pydantic" || name.starts_with("pydantic.") || name == "pydantic_settings" ||
         name.starts_with("pydantic_settings.") || name == "annotated_types" || name.starts_with("annotated_types.");
}

/// `@decorator` and `@decorator(…)` leave the function as it is.
Outcome decorated(Interpreter& interpreter, const Arguments& arguments) {
  const Value* first = arguments.at(0);
  const bool direct = first && (first->as<python::Function>() || first->as<python::Property>() ||
                                first->as<python::ClassMethod>() || first->as<python::StaticMethod>());
  if (direct) return *first;
  return interpreter.builtin("decorator", [](Interpreter& inner, Arguments& given) -> Outcome {
    return given.at(0) ? *given.at(0) : inner.none();
  });
}

/// condecimal(max_digits=5) is Decimal with these limits; the others lose theirs.
Outcome made_type(Interpreter& interpreter, std::string_view name, const Arguments& arguments) {
  const Value type = interpreter.builtin_class(constrained_type(name)->python_type);
  if (name != "condecimal") return type;
  const Value limits = interpreter.make<FieldObject>(arguments, false);
  return interpreter.make<python::Generic>(interpreter.external("typing.Annotated"), std::vector<Value>{type, limits});
}

bool is_model_base(Value base) {
  return orm::is_external(base, "pydantic.BaseModel") || orm::is_external(base, "pydantic_settings.BaseSettings");
}

bool is_model(const Class& type) { return std::ranges::any_of(type.mro, is_model_base); }

/// The project's own `__init__`, not that of `object`.
bool has_constructor(Interpreter& interpreter, const Class& type) {
  const Value* found = interpreter.find_in_mro(type, "__init__");
  return found && *found != *interpreter.builtin_class("object")->own("__init__");
}

Outcome value_of(Interpreter& interpreter, const Class& type, const Field& field) {
  if (field.default_factory) return interpreter.call(*field.default_factory);
  if (field.default_value) return *field.default_value;
  if (field.unknown) return const_cast<python::Unknown*>(field.unknown);
  return interpreter.unknown(type.name + "." + field.name + " gets its value when the program runs");
}

/// An instance of a model: what is given, else the defaults of the fields.
Outcome instance(Interpreter& interpreter, Class& type, const Arguments& arguments) {
  const FieldsObject* fields = fields_of(type);
  if (!fields) fields = collect_fields(interpreter, type);
  auto* made = interpreter.make<python::Instance>(&type, interpreter.dict());
  made->location = arguments.location;
  for (const Field& field : fields->fields) {
    const Value* given = arguments.keyword(field.name);
    const Value value = given ? *given : interpreter.settled(value_of(interpreter, type, field), field.location);
    interpreter.set(*made->attributes, field.name, value);
  }
  return made;
}

class PydanticHost final : public python::Host {
 public:
  Outcome outside(Interpreter& interpreter, std::string_view name) override {
    if (!is_pydantic(name)) return python::absent;
    const std::string_view last = name.substr(name.rfind('.') + 1);
    if (const TypeName* known = constrained_type(last); known && !makes_a_type(last)) {
      if (Class* type = interpreter.builtin_class(known->python_type)) return type;
    }
    if (last == "BaseModel" || last == "Field" || last == "EmailStr" || makes_a_type(last) ||
        std::ranges::find(decorators, last) != decorators.end()) {
      return interpreter.external("pydantic." + std::string(last));
    }
    if (last == "BaseSettings") return interpreter.external("pydantic_settings.BaseSettings");
    return interpreter.external(name);
  }

  Outcome call(Interpreter& interpreter, const python::External& callee, Arguments& arguments) override {
    constexpr std::string_view package = "pydantic.";
    if (!callee.qualified_name.starts_with(package)) return python::absent;
    const std::string_view name = std::string_view(callee.qualified_name).substr(package.size());
    if (name == "Field") return interpreter.make<FieldObject>(arguments, false);
    if (makes_a_type(name)) return made_type(interpreter, name, arguments);
    if (std::ranges::find(decorators, name) != decorators.end()) return decorated(interpreter, arguments);
    return python::absent;
  }

  Outcome inherited(Interpreter& interpreter, Value base, std::string_view name, Value) override {
    if (!is_model_base(base)) return python::absent;
    // Keywords of the class statement are settings of the model.
    if (name == "__init_subclass__" || std::ranges::find(without_effect, name) != without_effect.end()) {
      return interpreter.builtin("BaseModel.method",
                                 [](Interpreter& inner, Arguments&) -> Outcome { return inner.none(); });
    }
    if (std::ranges::find(not_followed, name) == not_followed.end()) return python::absent;
    return interpreter.unknown("what pydantic gives as " + std::string(name) + " is known only to the running program");
  }

  Outcome instantiate(Interpreter& interpreter, Class& type, Arguments& arguments) override {
    if (!is_model(type) || has_constructor(interpreter, type)) return python::absent;
    return instance(interpreter, type, arguments);
  }
};
}  // namespace

std::unique_ptr<python::Host> pydantic_host() { return std::make_unique<PydanticHost>(); }

}  // namespace models::sqlmodel
