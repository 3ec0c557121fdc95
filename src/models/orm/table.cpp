#include <algorithm>

#include "models/orm/events.h"
#include "models/orm/scan.h"

/// The table of a mapped class: its own, one that is given, or a share in that of a superclass.
namespace models::orm {
using python::Class;
using python::Outcome;
using python::Value;

namespace {
/// The nearest mapped class that a base leads to (`_resolve_for_abstract_or_classical`).
const Class* mapped_base(const Class& base) {
  const Value* abstract = base.own("__abstract__");
  const bool is_abstract = abstract && abstract->as<python::Bool>() && abstract->as<python::Bool>()->value;
  if (is_abstract) {
    for (const Value& above : base.bases) {
      const Class* type = above.as<Class>();
      if (const Class* found = type ? mapped_base(*type) : nullptr) return found;
    }
    return nullptr;
  }
  const ClassMapping* mapping = nearest_mapping(base);
  return mapping ? &mapping->mapped : nullptr;
}
}  // namespace

Outcome ClassScan::set_up_inheritance() {
  for (const Value& base : class_.bases) {
    const Class* type = base.as<Class>();
    const Class* above = type ? mapped_base(*type) : nullptr;
    if (!above || !is_mapped(*above)) continue;
    ClassMapping* found = mapping_of(*above);
    if (mapping_.inherits && mapping_.inherits != found) {
      return interpreter_.raise("ValueError", "Class " + class_.name + " has multiple mapped bases: " +
                                                  mapping_.inherits->mapped.name + ", " + above->name);
    }
    mapping_.inherits = found;
  }
  mapping_.single = !fixed_table_ && !table_by_function_ && !has_table_name_;
  return interpreter_.none();
}

Value ClassScan::metadata() {
  const Value* own = interpreter_.find_in_mro(class_, "metadata");
  return own && (as_metadata(*own) || own->is_unknown()) ? *own : Value(registry_.metadata);
}

Outcome ClassScan::set_up_table() {
  if (!fixed_table_ && !table_by_function_) return has_table_name_ ? make_own_table() : Outcome(interpreter_.none());
  const Outcome given = interpreter_.attribute(class_, "__table__");
  if (!given) return given;
  interpreter_.store(class_, "__table__", *given);
  if (const auto* unknown = given.as<python::Unknown>()) {
    note_incomplete(*unknown, place_of("__table__"), "the table of " + class_.name);
  }
  mapping_.table = as_table(*given);
  if (!mapping_.table) mapping_.selectable = *given;
  if (mapping_.table && !mapping_.table->mapped_class) mapping_.table->mapped_class = &class_;
  return interpreter_.none();
}

/// Table(name, metadata, *columns, *arguments, **options).
Outcome ClassScan::make_own_table() {
  python::Arguments arguments;
  arguments.location = table_name_.is_unknown() ? place_of("__tablename__") : class_.location;
  arguments.positional = {table_name_, metadata()};
  for (const auto& [column, order] : columns_) arguments.positional.emplace_back(column);
  std::vector<Value> items;
  if (const auto* tuple = table_args_.as<python::Tuple>()) items = tuple->items;
  Value options = table_args_;
  if (!items.empty()) {
    options = items.back();
    if (options.as<python::Dict>()) items.pop_back();
  }
  arguments.positional.insert(arguments.positional.end(), items.begin(), items.end());
  if (const auto* dict = options.as<python::Dict>()) {
    for (const auto& entry : dict->table.entries()) {
      if (const auto* name = entry.key.as<python::Str>()) {
        arguments.keywords.emplace_back(interpreter_.intern(name->text), entry.value);
      }
    }
    if (dict->incomplete) incomplete_.push_back(dict->incomplete);
  }
  if (const auto* unknown = table_args_.as<python::Unknown>()) {
    note_incomplete(*unknown, place_of("__table_args__"), class_.name + ".__table_args__");
  }
  Outcome made = python::absent;
  const Outcome maker = interpreter_.find_attribute(class_, "__table_cls__");
  if (maker) {
    made = interpreter_.call(*maker, std::move(arguments));
  } else {
    made = make_table(context_, arguments);
  }
  if (!made) return made.is_absent() ? Outcome(interpreter_.none()) : made;
  mapping_.table = as_table(*made);
  if (!mapping_.table) return interpreter_.none();
  mapping_.table->mapped_class = &class_;
  mapping_.table->incomplete.insert(mapping_.table->incomplete.end(), incomplete_.begin(), incomplete_.end());
  interpreter_.store(class_, "__table__", *made);
  return interpreter_.none();
}

/// Single-table inheritance: the columns go to the nearest table above, at its end.
Outcome ClassScan::add_to_inherited_table() {
  if (mapping_.table || !mapping_.selectable.is_none()) return interpreter_.none();
  if (!mapping_.inherits) {
    const Outcome no_table = interpreter_.find_attribute(class_, "__no_table__");
    if (mapping_.deferred || no_table || !incomplete_.empty()) return interpreter_.none();
    return interpreter_.raise("ValueError", "Class " + class_.name +
                                                " does not have a __table__ or __tablename__ specified and does not "
                                                "inherit from an existing table-mapped class");
  }
  TableObject* inherited = mapping_.inherits->table;
  mapping_.table = inherited;
  mapping_.single = true;
  if (!inherited) return interpreter_.none();
  inherited->incomplete.insert(inherited->incomplete.end(), incomplete_.begin(), incomplete_.end());
  for (const auto& [column, order] : columns_) {
    const ColumnObject* present = inherited->find_by_name(column->name.text);
    if (present == column) continue;
    if (present) {
      return interpreter_.raise("ValueError", "Column '" + column->name.text + "' on class " + class_.name +
                                                  " conflicts with an existing column of the table " +
                                                  inherited->key());
    }
    if (const Outcome added = append_column(context_, *inherited, *column); !added) return added;
  }
  return interpreter_.none();
}

void ClassScan::check_primary_key() {
  const TableObject* table = mapping_.table;
  if (mapping_.deferred || mapping_.single || !table || table->mapped_class != &class_) return;
  if (!incomplete_.empty() || !table->incomplete.empty()) return;
  const bool has_key = std::ranges::any_of(table->columns, [](const ColumnObject* column) {
    return column->primary_key || !column->primary_key_unknown.is_none();
  });
  if (has_key || (table->primary_key && !table->primary_key->arguments.empty())) return;
  const Outcome arguments = interpreter_.find_attribute(class_, "__mapper_args__");
  if (arguments.is_raised()) interpreter_.clear_exception();
  const auto* dict = arguments.as<python::Dict>();
  if ((arguments && !dict) || (dict && dict->find("primary_key"))) return;
  report_invalid(
      interpreter_, class_.location,
      "the class " + class_.name + " is mapped to the table " + table->key() + ", which has no primary key column",
      table->key());
}

/// Puts an attribute on the class for every property and for every column of the table.
void ClassScan::install_attributes() {
  std::unordered_set<const ColumnObject*> named;
  const auto install = [&](const std::string& key, ColumnObject* column, PropertyObject* property) {
    AttributeObject* attribute = interpreter_.make<AttributeObject>(mapping_, key);
    attribute->column = column;
    attribute->property = property;
    if (column) named.insert(column);
    mapping_.attributes.emplace_back(key, attribute);
    interpreter_.store(class_, key, attribute);
  };
  for (const auto& [key, value] : properties_.entries()) {
    PropertyObject* property = host_object<PropertyObject>(value);
    install(key, property && property->property_kind != PropertyKind::Columns ? nullptr : as_column(context_, value),
            property);
  }
  if (mapping_.table && mapping_.table->mapped_class == &class_) {
    for (ColumnObject* column : mapping_.table->columns) {
      if (!named.contains(column) && !mapping_.find(column->column_key)) install(column->column_key, column, nullptr);
    }
  }
  interpreter_.store(class_, "__mapper__", &mapping_);
}

/// A part of the class is not known: the table may lack something, or have something else.
void ClassScan::note_incomplete(const python::Unknown& unknown, const python::Location& location,
                                std::string_view what) {
  incomplete_.push_back(&unknown);
  report_unresolved(interpreter_, location, std::string(what) + " cannot be read: " + unknown.reason);
}

python::Location ClassScan::place_of(std::string_view name) const {
  for (const auto& [key, location] : class_.places) {
    if (key == name) return location;
  }
  for (const Value& base : class_.mro) {
    const Class* type = base.as<Class>();
    if (!type || type->builtin) continue;
    for (const auto& [key, location] : type->places) {
      if (key == name) return location;
    }
  }
  return class_.location;
}

Outcome map_class(python::Interpreter& interpreter, RegistryObject& registry, Class& type) {
  const Value* abstract = type.own("__abstract__");
  if (abstract && interpreter.is_true(*abstract)) return interpreter.none();
  if (mapping_of(type)) return interpreter.none();
  ClassMapping* mapping = interpreter.make<ClassMapping>(type, registry);
  type.host = mapping;
  // AbstractConcreteBase itself is mapped to no table; the classes below it see a mixin.
  mapping->deferred = std::ranges::any_of(
      type.bases, [](Value base) { return is_external(base, "sqlalchemy.ext.declarative.AbstractConcreteBase"); });
  const Outcome outcome = ClassScan(interpreter, registry, *mapping).run();
  if (!outcome) {
    type.host = nullptr;
    return outcome;
  }
  registry.mappings.push_back(mapping);
  return interpreter.none();
}

Outcome map_imperatively(python::Interpreter& interpreter, RegistryObject& registry, python::Arguments& arguments) {
  const Value* target = arguments.find(0, "class_");
  Class* type = target ? target->as<Class>() : nullptr;
  if (!type) return interpreter.none();
  const Value* given = arguments.find(1, "local_table");
  ClassMapping* mapping = interpreter.make<ClassMapping>(*type, registry);
  type->host = mapping;
  mapping->inherits = nullptr;
  for (const Value& base : type->mro) {
    const Class* above = base.as<Class>();
    if (above && above != type && is_mapped(*above) && !mapping->inherits) mapping->inherits = mapping_of(*above);
  }
  mapping->table = given ? as_table(*given) : nullptr;
  if (!mapping->table && mapping->inherits) mapping->table = mapping->inherits->table;
  if (given) interpreter.store(*type, "__table__", *given);
  if (mapping->table && !mapping->table->mapped_class) mapping->table->mapped_class = type;
  const Value* properties = arguments.keyword("properties");
  const auto* dict = properties ? properties->as<python::Dict>() : nullptr;
  std::unordered_set<const ColumnObject*> named;
  const auto install = [&](std::string_view key, ColumnObject* column, PropertyObject* property) {
    AttributeObject* attribute = interpreter.make<AttributeObject>(*mapping, key);
    attribute->column = column;
    attribute->property = property;
    mapping->attributes.emplace_back(key, attribute);
    interpreter.store(*type, key, attribute);
    if (column) named.insert(column);
  };
  if (dict) {
    for (const auto& entry : dict->table.entries()) {
      const auto* key = entry.key.as<python::Str>();
      if (key)
        install(key->text, as_column(context(interpreter), entry.value), host_object<PropertyObject>(entry.value));
    }
  }
  if (mapping->table) {
    for (ColumnObject* column : mapping->table->columns) {
      if (!named.contains(column)) install(column->column_key, column, nullptr);
    }
  }
  interpreter.store(*type, "__mapper__", mapping);
  registry.mappings.push_back(mapping);
  run_listeners(interpreter, "instrument_class", mapping);
  run_listeners(interpreter, "after_mapper_constructed", mapping);
  return mapping;
}

Outcome add_attribute(python::Interpreter& interpreter, ClassMapping& mapping, std::string_view key, Value value) {
  Context& shared = context(interpreter);
  std::vector<ColumnObject*> columns;
  PropertyObject* property = host_object<PropertyObject>(value);
  if (MappedColumnObject* mapped = host_object<MappedColumnObject>(value)) {
    columns.push_back(mapped->column);
  } else if (property) {
    for (const Value& item : property->columns) {
      ColumnObject* column = as_column(shared, item);
      if (column && !column->table) columns.push_back(column);
    }
  } else if (ColumnObject* column = host_object<ColumnObject>(value)) {
    columns.push_back(column);
  } else {
    if (const auto* unknown = value.as<python::Unknown>(); unknown && mapping.table) {
      mapping.table->incomplete.push_back(unknown);
      report_unresolved(
          interpreter, interpreter.here(),
          "the attribute " + mapping.mapped.name + "." + std::string(key) + " cannot be read: " + unknown->reason);
    }
    interpreter.store(mapping.mapped, key, value);
    return interpreter.none();
  }
  for (ColumnObject* column : columns) {
    if (column->name.empty()) set_name(*column, key);
    if (!mapping.table || column->table == mapping.table) continue;
    if (const Outcome added = append_column(shared, *mapping.table, *column, true); !added) return added;
  }
  AttributeObject* attribute = interpreter.make<AttributeObject>(mapping, key);
  attribute->property = property;
  attribute->column = columns.empty() ? nullptr : columns.front();
  mapping.attributes.emplace_back(key, attribute);
  interpreter.store(mapping.mapped, key, attribute);
  return interpreter.none();
}

}  // namespace models::orm
