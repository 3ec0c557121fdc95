#include <algorithm>

#include "models/context.h"
#include "models/orm/objects.h"
#include "models/orm/scan.h"
#include "python/evaluation/interpreter.h"

/// What code reads off a mapper, an attribute of a mapped class, a registry.
namespace models::orm {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
/// Attributes of the class and of those above it, the nearest first.
std::vector<std::pair<std::string, AttributeObject*>> all_attributes(const ClassMapping& mapping) {
  std::vector<std::pair<std::string, AttributeObject*>> all = mapping.attributes;
  for (const ClassMapping* above = mapping.inherits; above; above = above->inherits) {
    for (const auto& attribute : above->attributes) {
      const bool hidden = std::ranges::any_of(all, [&](const auto& own) { return own.first == attribute.first; });
      if (!hidden) all.push_back(attribute);
    }
  }
  return all;
}

template <class Keep>
Value attribute_dict(Interpreter& interpreter, const ClassMapping& mapping, const Keep& keep) {
  python::Dict* dict = interpreter.dict();
  for (const auto& [name, attribute] : all_attributes(mapping)) {
    if (keep(*attribute)) interpreter.set(*dict, name, attribute);
  }
  return dict;
}

bool is_column(const AttributeObject& attribute) { return attribute.column != nullptr; }
bool is_relationship(const AttributeObject& attribute) {
  return attribute.property && attribute.property->property_kind == PropertyKind::Relationship;
}

Value columns_of(Interpreter& interpreter, TableObject& table) {
  return interpreter.settled(table.attribute(interpreter, "columns"), table.location);
}

/// The class that a relationship leads to, by its own argument: a class, a name, a callable.
ClassMapping* target_of(Interpreter& interpreter, const AttributeObject& attribute) {
  const Value* argument = attribute.property->arguments.find(0, "argument");
  if (!argument) return nullptr;
  Value target = *argument;
  if (target.as<python::Function>()) target = interpreter.settled(interpreter.call(target));
  if (const auto* name = target.as<python::Str>()) {
    const std::string last = name->text.substr(name->text.rfind('.') + 1);
    for (ClassMapping* mapping : attribute.mapping.registry.mappings) {
      if (mapping->mapped.name == last) return mapping;
    }
    return nullptr;
  }
  const python::Class* type = target.as<python::Class>();
  return type ? mapping_of(*type) : nullptr;
}

/// The class that `Mapped[…]` of a relationship without an argument names.
ClassMapping* annotated_target(Interpreter& interpreter, const AttributeObject& attribute) {
  for (const python::Annotation& annotation : interpreter.annotations(attribute.mapping.mapped)) {
    if (annotation.name != attribute.key) continue;
    const std::string_view text = annotation.text();
    for (ClassMapping* mapping : attribute.mapping.registry.mappings) {
      const std::size_t at = text.rfind(mapping->mapped.name);
      if (at == std::string_view::npos || at == 0) continue;
      const std::size_t end = at + mapping->mapped.name.size();
      const auto is_name = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
      if (!is_name(text[at - 1]) && (end >= text.size() || !is_name(text[end]))) return mapping;
    }
  }
  return nullptr;
}

/// The columns of the class's own table that refer to the target's: `local_columns` of a many-to-one relationship.
std::vector<Value> local_columns(Interpreter& interpreter, const AttributeObject& attribute) {
  ClassMapping* target = target_of(interpreter, attribute);
  if (!target) target = annotated_target(interpreter, attribute);
  std::vector<Value> columns;
  if (!target || !attribute.mapping.table) return columns;
  for (ColumnObject* column : attribute.mapping.table->columns) {
    for (const ForeignKeyObject* key : column->foreign_keys) {
      const ColumnObject* referred = referred_column(context(interpreter), *key);
      if (referred && referred->table == target->table) columns.emplace_back(column);
    }
  }
  return columns;
}

Outcome relationship_attribute(Interpreter& interpreter, AttributeObject& attribute, std::string_view name) {
  if (name == "local_columns") return interpreter.list(local_columns(interpreter, attribute));
  if (name != "mapper" && name != "entity" && name != "target" && name != "argument") return python::absent;
  ClassMapping* target = target_of(interpreter, attribute);
  if (!target) target = annotated_target(interpreter, attribute);
  if (!target) return python::absent;
  if (name == "target") return target->table;
  if (name == "argument") return Value(target->mapped);
  return target;
}
}  // namespace

Outcome ClassMapping::attribute(Interpreter& interpreter, std::string_view name) {
  if (name == "class_" || name == "entity") return Value(mapped);
  if (name == "local_table" || name == "persist_selectable" || name == "mapped_table" || name == "selectable") {
    return table ? Outcome(table) : Outcome(selectable);
  }
  if (name == "mapper") return this;
  if (name == "inherits") return inherits ? Outcome(inherits) : Outcome(interpreter.none());
  if (name == "single") return interpreter.boolean(single);
  if (name == "registry") return &registry;
  if (name == "tables") return interpreter.list(table ? std::vector<Value>{table} : std::vector<Value>{});
  if ((name == "columns" || name == "c") && table) return columns_of(interpreter, *table);
  if (name == "primary_key" && table) {
    std::vector<Value> keys;
    for (ColumnObject* column : table->columns) {
      if (column->primary_key) keys.emplace_back(column);
    }
    return interpreter.tuple(std::move(keys));
  }
  if (name == "attrs" || name == "all_orm_descriptors") {
    return attribute_dict(interpreter, *this, [](const AttributeObject&) { return true; });
  }
  if (name == "column_attrs") return attribute_dict(interpreter, *this, is_column);
  if (name == "relationships") return attribute_dict(interpreter, *this, is_relationship);
  if (name == "get_property") {
    return method(interpreter, "Mapper.get_property", [this](Interpreter& inner, Arguments& arguments) -> Outcome {
      const auto* key = arguments.at(0) ? arguments.at(0)->as<python::Str>() : nullptr;
      AttributeObject* found = key ? find(key->text) : nullptr;
      if (found) return found;
      return inner.raise("AttributeError", "the mapper has no such property");
    });
  }
  if (name == "add_property") {
    return method(interpreter, "Mapper.add_property", [this](Interpreter& inner, Arguments& arguments) -> Outcome {
      const auto* key = arguments.at(0) ? arguments.at(0)->as<python::Str>() : nullptr;
      const Value* value = arguments.find(1, "prop");
      return key && value ? add_attribute(inner, *this, key->text, *value) : inner.none();
    });
  }
  if (name == "class_manager" || name == "polymorphic_map") return interpreter.dict();
  if (name == "polymorphic_on" || name == "polymorphic_identity" || name == "version_id_col") return interpreter.none();
  if (name == "iterate_properties") {
    std::vector<Value> properties;
    for (const auto& [key, attribute] : all_attributes(*this)) properties.emplace_back(attribute);
    return interpreter.list(std::move(properties));
  }
  return python::absent;
}

Outcome AttributeObject::set_attribute(Interpreter& interpreter, std::string_view, Value) { return interpreter.none(); }

Outcome AttributeObject::attribute(Interpreter& interpreter, std::string_view name) {
  if (name == "key") return interpreter.str(key);
  if (name == "class_") return Value(mapping.mapped);
  if (name == "parent") return &mapping;
  if (name == "property" || name == "prop") return this;
  if (name == "columns" && column) return interpreter.list({Value(column)});
  if (property && property->property_kind == PropertyKind::Relationship) {
    const Outcome answer = relationship_attribute(interpreter, *this, name);
    if (!answer.is_absent()) return answer;
  }
  if (property) {
    const Outcome answer = property->attribute(interpreter, name);
    if (!answer.is_absent()) return answer;
  }
  return ClauseProxy::attribute(interpreter, name);
}

}  // namespace models::orm
