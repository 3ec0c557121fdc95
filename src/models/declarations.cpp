#include "models/declarations.h"

#include <algorithm>
#include <array>

#include "models/literal.h"
#include "models/orm/objects.h"
#include "models/orm/registry.h"
#include "python/evaluation/interpreter.h"

namespace models {
using python::Class;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
constexpr std::array<std::string_view, 4> attributes = {"__rls__", "__rls_owner__", "__rls_force__", "__grants__"};

/// The class attribute, along the MRO; none where no class has it.
std::optional<Value> attribute_of(Interpreter& interpreter, Class& type, std::string_view name) {
  if (!interpreter.find_in_mro(type, name)) return std::nullopt;
  return interpreter.settled(interpreter.find_attribute(type, name), type.location);
}

/// "__rls_owner__" is the key "rls_owner" of `info`.
std::optional<Value> info_of(const TableObject& table, std::string_view name) {
  const auto* info = table.info.as<python::Dict>();
  const Value* value = info ? info->find(name.substr(2, name.size() - 4)) : nullptr;
  return value ? std::optional(*value) : std::nullopt;
}

base::Place place_of(const Class& type, std::string_view name) {
  for (const Value& base : type.mro) {
    const Class* above = base.as<Class>();
    if (!above) continue;
    for (const auto& [key, location] : above->places) {
      if (key == name && location) return place(location);
    }
  }
  return type.location ? place(type.location) : base::Place{};
}

schema::QualifiedName name_of(const TableObject& table, const std::string& default_schema) {
  const std::string schema = table.schema.empty() ? default_schema : catalog_name(table.schema);
  return {schema, catalog_name(table.name)};
}

/// Attributes of the mapped class whose column has another name.
std::map<std::string, std::string> columns_by_attribute(Context& shared, const Class& type) {
  std::map<std::string, std::string> columns;
  const orm::ClassMapping* mapping = orm::mapping_of(type);
  for (; mapping; mapping = mapping->inherits) {
    for (const auto& [key, attribute] : mapping->attributes) {
      const ColumnObject* column = attribute->column;
      if (!column && attribute->property) column = as_column(shared, attribute);
      if (column) columns.try_emplace(key, catalog_name(column->name));
    }
  }
  return columns;
}

rls::Literal* member(rls::Declaration& declaration, std::string_view name) {
  if (name == "__rls__") return &declaration.rules;
  if (name == "__rls_owner__") return &declaration.owner;
  if (name == "__rls_force__") return &declaration.force;
  return &declaration.grants;
}

/// An attribute that is not known says nothing: it is reported, and what the database has stays.
bool is_known(Context& shared, Value value, const base::Place& where, const std::string& table) {
  const auto* unknown = value.as<python::Unknown>();
  if (!unknown) return true;
  if (shared.unresolved_places.insert(where).second) {
    shared.diagnostics.push_back({.code = "UNRESOLVED",
                                  .message = "the row security of " + table + " cannot be read: " + unknown->reason,
                                  .place = where,
                                  .table = table});
  }
  return false;
}

std::optional<rls::Declaration> declaration_of(Context& shared, TableObject& table, const std::string& default_schema) {
  Interpreter& interpreter = *shared.interpreter;
  rls::Declaration declaration;
  declaration.table = name_of(table, default_schema);
  bool says_anything = false;
  for (std::string_view name : attributes) {
    std::optional<Value> value =
        table.mapped_class ? attribute_of(interpreter, *table.mapped_class, name) : std::nullopt;
    base::Place where = table.location ? place(table.location) : base::Place{};
    if (value) where = place_of(*table.mapped_class, name);
    if (!value) value = info_of(table, name);
    if (!value || value->is_none() || !is_known(shared, *value, where, table.key())) continue;
    *member(declaration, name) = literal(interpreter, *value);
    (name == "__grants__" ? declaration.grants_place : declaration.place) = where;
    says_anything = true;
  }
  if (!says_anything) return std::nullopt;
  if (declaration.place.file.empty()) declaration.place = declaration.grants_place;
  if (table.mapped_class) declaration.columns_by_attribute = columns_by_attribute(shared, *table.mapped_class);
  return declaration;
}

/// A class without a table of its own must not say what another class says of their table.
void refuse_shared_tables(Context& shared) {
  for (const orm::RegistryObject* registry : orm::state(shared).registries) {
    for (const orm::ClassMapping* mapping : registry->mappings) {
      if (!mapping->single) continue;
      for (std::string_view name : attributes) {
        if (!mapping->mapped.own(name)) continue;
        base::Error error;
        error.code = base::ErrorCode::RlsInvalid;
        error.message =
            "the class " + mapping->mapped.name + " has no table of its own, so it cannot declare " + std::string(name);
        error.hint = "declare it on the class that has the table";
        error.place = place_of(mapping->mapped, name);
        shared.invalid.push_back({std::move(error), {}});
      }
    }
  }
}
}  // namespace

std::vector<rls::Declaration> row_security(Context& shared, const std::vector<MetaDataObject*>& metadatas,
                                           const std::string& default_schema) {
  std::vector<rls::Declaration> declarations;
  for (const MetaDataObject* metadata : metadatas) {
    for (TableObject* table : metadata->tables) {
      if (table->removed || table->name.is_unknown() || table->schema.is_unknown()) continue;
      if (auto declaration = declaration_of(shared, *table, default_schema)) {
        declarations.push_back(std::move(*declaration));
      }
    }
  }
  refuse_shared_tables(shared);
  return declarations;
}

void add_renames(Context& shared, const std::vector<MetaDataObject*>& metadatas, const std::string& default_schema,
                 schema::Reading& reading) {
  constexpr std::string_view name = "__renamed_from__";
  for (const MetaDataObject* metadata : metadatas) {
    for (TableObject* table : metadata->tables) {
      Class* type = table->mapped_class;
      const Value* own = type ? type->own(name) : nullptr;
      const std::optional<Value> value = own ? std::optional(*own) : info_of(*table, name);
      if (!value) continue;
      const schema::ObjectId id{schema::Kind::Table, name_of(*table, default_schema), {}};
      if (const auto* old = value->as<python::Str>()) {
        reading.renamed_from[id].emplace_back(id.owner.name, old->text);
      } else if (const auto* dict = value->as<python::Dict>()) {
        for (const auto& entry : dict->table.entries()) {
          const auto* after = entry.key.as<python::Str>();
          const auto* before = entry.value.as<python::Str>();
          if (after && before) reading.renamed_from[id].emplace_back(after->text, before->text);
        }
      }
    }
  }
  (void)shared;
}

}  // namespace models
