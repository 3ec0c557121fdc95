#include "models/orm/scan.h"

/// composite(): the columns that it brings.
namespace models::orm {
using python::Class;
using python::Outcome;
using python::Value;

/// The parameters of a dataclass (or of a class with an `__init__`, a NamedTuple) with their annotations.
std::vector<std::pair<std::string, Value>> ClassScan::composite_fields(Class& type) {
  std::vector<std::pair<std::string, Value>> fields;
  const Value* dataclass = interpreter_.find_in_mro(type, "__dataclass_fields__");
  if (!dataclass) return fields;
  const auto* dict = dataclass->as<python::Dict>();
  if (!dict) return fields;
  for (const auto& entry : dict->table.entries()) {
    const auto* name = entry.key.as<python::Str>();
    if (!name) continue;
    const Outcome init = interpreter_.find_attribute(entry.value, "init");
    if (init && init.as<python::Bool>() && !init.as<python::Bool>()->value) continue;
    Outcome annotation = python::absent;
    for (const Value& base : type.mro) {
      Class* holder = base.as<Class>();
      if (!holder || annotation) continue;
      for (const python::Annotation& candidate : interpreter_.annotations(*holder)) {
        if (candidate.name == name->text)
          annotation = AnnotationReader(interpreter_, *holder, *holder).value(candidate);
      }
    }
    if (annotation && is_class_var(*annotation)) continue;
    fields.emplace_back(name->text, annotation ? *annotation : interpreter_.none());
  }
  return fields;
}

void ClassScan::interpret_composite(const std::string& key, PropertyObject& property) {
  const auto annotation = annotations_.find(key);
  if (annotation != annotations_.end() && property.composite_class.is_none()) {
    const CollectedAnnotation& collected = annotation->second;
    Value type = AnnotationReader(interpreter_, class_, *collected.holder).resolved(collected.extracted);
    if (is_annotated(type)) type = type.as<python::Generic>()->arguments.front();
    property.composite_class = type;
  }
  Class* type = property.composite_class.as<Class>();
  if (const auto* unknown = property.composite_class.as<python::Unknown>()) {
    note_incomplete(*unknown, place_of(key), "the class of the composite " + class_.name + "." + key);
  }
  if (!type) return;
  std::size_t position = 0;
  for (const auto& [name, field] : composite_fields(*type)) {
    if (position == property.columns.size()) property.columns.emplace_back(blank_column(place_of(key)));
    const Value item = property.columns[position++];
    if (MappedColumnObject* mapped = host_object<MappedColumnObject>(item)) {
      if (mapped->column->name.empty()) set_name(*mapped->column, name);
      interpret_annotation(key, *mapped, field, *type);
    } else if (ColumnObject* column = host_object<ColumnObject>(item)) {
      if (column->name.empty()) set_name(*column, name);
    }
  }
}

}  // namespace models::orm
