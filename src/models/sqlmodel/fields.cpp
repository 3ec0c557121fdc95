#include "models/sqlmodel/fields.h"

#include <algorithm>
#include <unordered_map>

#include "models/orm/annotation.h"
#include "models/orm/objects.h"

namespace models::sqlmodel {
using models::orm::host_object;
using python::Annotation;
using python::Class;
using python::Generic;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
constexpr std::string_view fields_name = "__sqlmodel_fields__";

struct Hint {
  Class* holder = nullptr;
  Annotation annotation;
};

/// All annotated names along the MRO, those of the farthest class first; a name keeps its first place.
std::vector<Hint> type_hints(Interpreter& interpreter, Class& type) {
  std::vector<Hint> hints;
  std::unordered_map<std::string_view, std::size_t> places;
  for (auto base = type.mro.rbegin(); base != type.mro.rend(); ++base) {
    Class* holder = base->as<Class>();
    if (!holder || holder->builtin) continue;
    for (const Annotation& annotation : interpreter.annotations(*holder)) {
      const auto [place, added] = places.try_emplace(annotation.name, hints.size());
      if (added) {
        hints.push_back({holder, annotation});
      } else {
        hints[place->second] = {holder, annotation};
      }
    }
  }
  return hints;
}

/// A class attribute along the MRO, as it is stored; what pydantic took away as a field is not there.
std::optional<Value> assigned(Interpreter& interpreter, const Class& type, std::string_view name) {
  for (const Value& base : type.mro) {
    const Class* above = base.as<Class>();
    const Value* own = above && !above->builtin ? above->own(name) : nullptr;
    if (!own) continue;
    if (above != &type && fields_of(*above)) return std::nullopt;
    return *own;
  }
  (void)interpreter;
  return std::nullopt;
}

const Field* inherited_field(const Class& type, std::string_view name) {
  const Field* found = nullptr;
  for (auto base = type.bases.rbegin(); base != type.bases.rend(); ++base) {
    const Class* above = base->as<Class>();
    for (const Value& entry : above ? above->mro : std::vector<Value>{}) {
      const Class* holder = entry.as<Class>();
      const FieldsObject* fields = holder ? fields_of(*holder) : nullptr;
      if (!fields) continue;
      const auto field = std::ranges::find(fields->fields, name, &Field::name);
      if (field != fields->fields.end()) found = &*field;
      break;
    }
  }
  return found;
}

/// Takes default and factory out of a Field(…).
void take_defaults(Field& field, const FieldObject& info) {
  const Value* given = info.arguments.find(0, "default");
  if (given && given->kind() != python::Kind::Ellipsis) field.default_value = *given;
  const Value* factory = info.arguments.keyword("default_factory");
  if (factory && !factory->is_none()) field.default_factory = *factory;
}

/// Puts the metadata of an Annotated beside the type; a Field(…) in it may have a default.
void split_annotated(Field& field) {
  const Generic* generic = field.annotation.as<Generic>();
  if (!generic || !orm::is_annotated(field.annotation) || generic->arguments.empty()) return;
  const std::vector<Value> arguments = generic->arguments;
  field.annotation = arguments.front();
  for (std::size_t index = 1; index < arguments.size(); ++index) {
    field.metadata.push_back(arguments[index]);
    if (const FieldObject* info = host_object<FieldObject>(arguments[index])) take_defaults(field, *info);
  }
}

void take_value(Field& field, Value value) {
  if (const FieldObject* info = host_object<FieldObject>(value)) {
    // What is assigned comes before what stands in the Annotated.
    field.metadata.insert(field.metadata.begin(), value);
    take_defaults(field, *info);
    if (info->arguments.location) field.location = info->arguments.location;
  } else if (const auto* unknown = value.as<python::Unknown>()) {
    field.unknown = unknown;
  } else if (value.kind() != python::Kind::Ellipsis) {
    field.default_value = value;
  }
}

Field field_from(Interpreter& interpreter, Class& type, const Hint& hint, std::optional<Value> value) {
  Field field;
  field.name = hint.annotation.name;
  field.location = hint.annotation.location;
  const orm::AnnotationReader reader(interpreter, type, *hint.holder, orm::Quoting::None);
  const Outcome evaluated = reader.value(hint.annotation);
  if (evaluated) {
    field.annotation = reader.resolved(*evaluated);
  } else {
    field.annotation = interpreter.unknown("the annotation of " + type.name + "." + field.name + " cannot be evaluated",
                                           hint.annotation.location);
  }
  split_annotated(field);
  if (value) take_value(field, *value);
  return field;
}

bool is_class_variable(Interpreter& interpreter, Class& type, const Hint& hint) {
  const std::string_view text = hint.annotation.text();
  if (text.find("ClassVar") == std::string_view::npos) return false;
  const orm::AnnotationReader reader(interpreter, type, *hint.holder, orm::Quoting::None);
  const Outcome value = reader.value(hint.annotation);
  return !value || orm::is_class_var(*value);
}

bool is_relationship(const std::optional<Value>& value) {
  const auto* property = value ? host_object<orm::PropertyObject>(*value) : nullptr;
  return property && property->property_kind == orm::PropertyKind::Relationship;
}

/// A relationship of a base is no field of the classes below.
bool is_inherited_relationship(Interpreter& interpreter, const Class& type, std::string_view name) {
  const Value* found = interpreter.find_in_mro(type, name);
  if (!found) return false;
  const auto* attribute = host_object<orm::AttributeObject>(*found);
  return is_relationship(*found) || (attribute && attribute->property);
}
}  // namespace

Outcome FieldObject::attribute(Interpreter&, std::string_view name) {
  const Value* given = name == "default" ? arguments.find(0, "default") : arguments.keyword(name);
  return given ? Outcome(*given) : Outcome(python::absent);
}

const Value* Field::option(std::string_view option_name) const {
  for (const Value& item : metadata) {
    const FieldObject* info = host_object<FieldObject>(item);
    if (info && info->knows_columns) return info->arguments.keyword(option_name);
  }
  return nullptr;
}

FieldsObject* fields_of(const Class& type) {
  const Value* own = type.own(fields_name);
  return own ? host_object<FieldsObject>(*own) : nullptr;
}

FieldsObject* collect_fields(Interpreter& interpreter, Class& type) {
  FieldsObject* collected = interpreter.make<FieldsObject>();
  std::unordered_map<std::string_view, bool> own;
  const std::vector<Annotation> annotations = interpreter.annotations(type);
  for (const Annotation& annotation : annotations) own.emplace(annotation.name, true);
  for (const Hint& hint : type_hints(interpreter, type)) {
    const std::string_view name = hint.annotation.name;
    if (name.starts_with('_') || name == "model_config" || name == "metadata") continue;
    if (is_class_variable(interpreter, type, hint)) continue;
    const std::optional<Value> value = assigned(interpreter, type, name);
    if (is_relationship(value) || is_inherited_relationship(interpreter, type, name)) continue;
    const Field* above = own.contains(name) || value ? nullptr : inherited_field(type, name);
    collected->fields.push_back(above ? *above : field_from(interpreter, type, hint, value));
  }
  // pydantic takes the fields out of the class.
  for (const Field& field : collected->fields) interpreter.erase(*type.attributes, field.name);
  interpreter.store(type, fields_name, collected);
  return collected;
}

}  // namespace models::sqlmodel
