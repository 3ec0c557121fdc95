#include <algorithm>

#include "models/orm/scan.h"

/// What the collected attributes mean: columns, with what their annotations say of type and nullability.
namespace models::orm {
using python::Class;
using python::Generic;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
bool lacks_type(const ColumnObject& column) { return column.data_type.is_none() && column.foreign_keys.empty(); }

void name_if_unnamed(ColumnObject& column, const std::string& key) {
  if (column.name.empty()) set_name(column, key);
}
}  // namespace

void ClassScan::extract_properties() {
  const auto collected = collected_.entries();
  for (const auto& [key, value] : collected) extract_property(key, value);
}

void ClassScan::extract_property(const std::string& key, Value value) {
  if (DeclaredAttrObject* declared = host_object<DeclaredAttrObject>(value)) {
    value = interpreter_.settled(declared->get(interpreter_, interpreter_.none(), class_), place_of(key));
    interpreter_.store(class_, key, value);
  }
  if (ColumnObject* column = host_object<ColumnObject>(value)) {
    name_if_unnamed(*column, key);
  } else if (MappedColumnObject* mapped = host_object<MappedColumnObject>(value)) {
    interpret(key, *mapped);
  } else if (PropertyObject* property = host_object<PropertyObject>(value)) {
    if (property->property_kind == PropertyKind::Proxy) return;
    interpret(key, *property);
  } else if (const auto* unknown = value.as<python::Unknown>()) {
    return note_incomplete(*unknown, place_of(key), "the attribute " + class_.name + "." + key);
  } else {
    const ColumnObject* behind = value.kind() == python::Kind::Instance ? as_column(context_, value) : nullptr;
    if (!behind) return;
    name_if_unnamed(*as_column(context_, value), key);
  }
  properties_.set(key, value);
}

ColumnObject* ClassScan::existing_column(const MappedColumnObject& column, const std::string& key) const {
  if (!column.use_existing_column || !mapping_.inherits || !mapping_.single || !mapping_.inherits->table)
    return nullptr;
  const std::string& name = column.column->name.empty() ? key : column.column->name.text;
  return mapping_.inherits->table->find(name);
}

/// `MappedColumn.declarative_scan`.
void ClassScan::interpret(const std::string& key, MappedColumnObject& column) {
  if (ColumnObject* existing = existing_column(column, key)) column.column = existing;
  name_if_unnamed(*column.column, key);
  const auto annotation = annotations_.find(key);
  if (annotation == annotations_.end()) return;
  if (!annotation->second.in_mapped && !allow_unmapped_) return;
  interpret_annotation(key, column, annotation->second.extracted, *annotation->second.holder);
}

/// `ColumnProperty.declarative_scan` and `CompositeProperty.declarative_scan`.
void ClassScan::interpret(const std::string& key, PropertyObject& property) {
  if (property.property_kind == PropertyKind::Composite) return interpret_composite(key, property);
  if (property.property_kind != PropertyKind::Columns) return;
  for (const Value& item : property.columns) {
    if (ColumnObject* column = as_column(context_, item)) name_if_unnamed(*column, key);
  }
}

/// `MappedColumn._init_column_for_annotation`.
void ClassScan::interpret_annotation(const std::string& key, MappedColumnObject& column, Value annotation,
                                     Class& holder) {
  annotation = AnnotationReader(interpreter_, class_, holder).resolved(annotation);
  const bool nullable = includes_none(interpreter_, annotation);
  if (!column.has_nullable) {
    column.column->nullable = annotation.is_unknown() ? annotation : interpreter_.boolean(nullable);
  }
  Value type = without_none(interpreter_, annotation);
  Value alias = interpreter_.none();
  if (python::TypeAlias* named = type_alias(type)) {
    alias = type;
    const Generic* with_arguments = type.as<Generic>();
    type = without_none(interpreter_, alias_value(interpreter_, *named));
    if (with_arguments && !with_arguments->arguments.empty()) {
      const auto& arguments = with_arguments->arguments;
      const Outcome filled =
          interpreter_.subscript(type, arguments.size() == 1 ? arguments.front() : interpreter_.tuple(arguments));
      if (filled) type = *filled;
      if (filled.is_raised()) interpreter_.clear_exception();
    }
  }
  if (is_annotated(type)) {
    for (const Value& element : type.as<Generic>()->arguments) {
      MappedColumnObject* from = host_object<MappedColumnObject>(element);
      if (!from) continue;
      take_template(column, *from, key);
      break;
    }
  }
  resolve_type(column, key, alias, type);
}

/// What the right side does not say comes from the mapped_column in the Annotated.
void ClassScan::take_template(MappedColumnObject& column, MappedColumnObject& from, const std::string& key) {
  if (from.use_existing_column) {
    column.use_existing_column = true;
    if (ColumnObject* existing = existing_column(column, key)) column.column = existing;
  }
  if (!column.has_insert_default && !from.column->default_value.is_none()) {
    column.column->default_value = interpreter_.none();
  }
  merge(context_, *from.column, *column.column);
  if (!column.sort_order) column.sort_order = from.sort_order;
}

/// Looks for the alias first, then for the type as it is written, then without its Annotated.
void ClassScan::resolve_type(MappedColumnObject& column, const std::string& key, Value alias, Value type) {
  if (!lacks_type(*column.column)) return;
  if (type.is_unknown()) return set_type(context_, *column.column, type);
  std::vector<Value> checks;
  if (!alias.is_none()) checks.push_back(alias);
  checks.push_back(type);
  if (is_annotated(type)) checks.push_back(without_none(interpreter_, type.as<Generic>()->arguments.front()));
  for (const Value& check : checks) {
    const Outcome found = column_type(interpreter_, registry_, check, check == type || is_annotated(type));
    if (found.is_raised()) return set_type(context_, *column.column, interpreter_.settled(found, place_of(key)));
    if (found) return set_type(context_, *column.column, *found);
  }
  const std::string reason = "the annotation of " + class_.name + "." + key + ", " + interpreter_.shown(type) +
                             ", stands for no column type that is known";
  set_type(context_, *column.column, interpreter_.unknown(reason, place_of(key)));
}

void ClassScan::declare(ColumnObject& column, std::int64_t sort_order) {
  const auto known = std::ranges::find(columns_, &column, [](const auto& entry) { return entry.first; });
  if (known == columns_.end()) columns_.emplace_back(&column, sort_order);
}

void ClassScan::extract_columns() {
  for (const auto& [key, value] : properties_.entries()) {
    if (MappedColumnObject* mapped = host_object<MappedColumnObject>(value)) {
      declare(*mapped->column, mapped->sort_order.value_or(0));
    } else if (PropertyObject* property = host_object<PropertyObject>(value)) {
      for (const Value& item : property->columns) {
        ColumnObject* column = as_column(context_, item);
        if (column && !column->table && !host_object<AttributeObject>(item)) declare(*column);
      }
    } else if (ColumnObject* column = as_column(context_, value)) {
      declare(*column);
    }
  }
  // Before 2.0 the order of making counts, wherever a column comes from; since then that of the classes.
  if (context_.sqlalchemy < discovery::Version{2, 0, 0}) {
    std::ranges::stable_sort(columns_, {}, [](const auto& entry) { return entry.first->order; });
  }
  std::ranges::stable_sort(columns_, {}, [](const auto& entry) { return entry.second; });
}

}  // namespace models::orm
