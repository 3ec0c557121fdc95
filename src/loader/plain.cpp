#include "loader/plain.h"

#include <algorithm>

#include "base/text.h"
#include "models/core/extensions.h"

namespace loader {
namespace {
using schema::Database;
using schema::Table;

template <class T>
void disown(std::vector<T>& objects) {
  for (T& object : objects) object.owner = {};
}

void disown_all(Database& database) {
  database.owner = {};
  disown(database.namespaces);
  disown(database.enums);
  disown(database.domains);
  disown(database.composites);
  disown(database.ranges);
  disown(database.sequences);
  disown(database.tables);
  disown(database.views);
  disown(database.routines);
  database.roles.clear();
  database.default_privileges.clear();
}

/// Types of extensions lie wherever a database has the extension.
class Placeless {
 public:
  Placeless(const Database& database, const std::set<std::string>& stood_for)
      : types_(database.extension_types.begin(), database.extension_types.end()), stood_for_(stood_for) {}

  void operator()(schema::TypeName& type) const {
    const bool stands_in = stood_for_.contains(type.name) && !models::extension_of(type.name).empty();
    if (stands_in || types_.contains({type.schema, type.name})) type.schema.clear();
  }
  void operator()(schema::IndexKey& key) const {
    if (!models::extension_of(key.operator_class.name).empty()) key.operator_class.schema.clear();
  }
  void operator()(Table& table) const {
    for (schema::Column& column : table.columns) (*this)(column.type);
    for (schema::Index& index : table.indexes) {
      for (schema::IndexKey& key : index.keys) (*this)(key);
    }
    for (schema::Exclusion& exclusion : table.exclusions) {
      for (schema::Exclusion::Element& element : exclusion.elements) (*this)(element.key);
    }
  }

 private:
  std::set<schema::QualifiedName> types_;
  const std::set<std::string>& stood_for_;
};

/// What was made on the server only so that the tables could be.
void forget_foreign(Database& database, const Plainness& known) {
  const auto is_foreign = [&](const auto& object) { return known.foreign_types.contains(object.name.name); };
  std::erase_if(database.enums, is_foreign);
  std::erase_if(database.others, [&](const schema::OtherObject& object) {
    return object.kind == "TYPE" && std::ranges::any_of(known.foreign_types, [&](const std::string& type) {
             return object.identity.find(type) != std::string::npos;
           });
  });
  std::erase_if(database.routines, [&](const schema::Routine& routine) {
    return std::ranges::any_of(known.foreign_types, [&](const std::string& type) {
      const std::string stem = base::clipped(type, 50);
      return routine.name.name == stem + "_in" || routine.name.name == stem + "_out";
    });
  });
  for (const std::string& name : known.foreign_extensions) {
    database.extensions.push_back({{name}, known.default_schema, {}});
  }
}

template <class T>
void open_name(T& object, const std::set<std::string>& names) {
  object.name_open = !names.contains(object.name.text);
}

void open_names(Table& table, const std::set<std::string>& names) {
  const auto open = [&](auto& objects) {
    for (auto& object : objects) open_name(object, names);
  };
  if (table.primary_key) open_name(*table.primary_key, names);
  open(table.uniques);
  open(table.checks);
  open(table.foreign_keys);
  open(table.exclusions);
  open(table.indexes);
}

/// Models manage row security only where they speak of it: here, in statements of their own.
void forget_row_security(Table& table) {
  if (!table.row_security.enabled && table.policies.empty()) table.row_security = {};
}

}  // namespace

Database plain(Database database, const Plainness& known) {
  disown_all(database);
  std::erase_if(database.namespaces, [&](const schema::Namespace& space) {
    return space.name.text == known.default_schema ||
           (space.name.text == "public" && !known.schemas.contains(space.name.text));
  });
  for (schema::Namespace& space : database.namespaces) space.grants.clear();
  std::erase_if(database.extensions, [](const auto& extension) { return extension.name.text == "plpgsql"; });
  forget_foreign(database, known);
  const Placeless placeless(database, known.foreign_types);
  for (schema::Domain& domain : database.domains) placeless(domain.type);
  for (Table& table : database.tables) {
    placeless(table);
    open_names(table, known.names);
    forget_row_security(table);
  }
  database.extension_types.clear();
  database.scope = schema::Scope::Models;
  return database;
}

}  // namespace loader
