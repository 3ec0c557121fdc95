#include "report/schema_json.h"

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "schema/kinds.h"

namespace report {
namespace {

using Json = nlohmann::ordered_json;

// Every overload is declared before the templates that call them.
Json value(const std::string& text) { return text; }
Json value(bool truth) { return truth; }
Json value(int number) { return number; }
Json value(const schema::Name& name) { return name.text; }
Json value(const schema::QualifiedName& name) { return name.empty() ? Json(nullptr) : Json(text(name)); }
Json value(const schema::Expression& expression) { return expression.text; }

Json value(const schema::TypeName& type) {
  std::string text = type.schema.empty() ? type.name : type.schema + "." + type.name;
  if (!type.modifiers.empty()) text += "(" + type.modifiers + ")";
  return type.array ? text + "[]" : text;
}

Json value(const schema::ColumnName& column) { return text(column.table) + "." + column.column.text; }

Json value(const schema::SequenceOptions& o) {
  return {{"type", o.type},       {"start", o.start}, {"increment", o.increment}, {"minimum", o.minimum},
          {"maximum", o.maximum}, {"cache", o.cache}, {"cycle", o.cycle}};
}

Json value(const schema::Identity& identity) {
  return {{"always", identity.always}, {"options", value(identity.options)}};
}

Json value(const schema::Generated& generated) {
  return {{"expression", generated.expression.text}, {"stored", generated.stored}};
}

Json value(const schema::Serial& serial) {
  return {{"sequence", value(serial.sequence)}, {"options", value(serial.options)}};
}

Json value(const schema::IndexKey& key) {
  Json json = Json::object();
  if (!key.column.empty()) json["column"] = key.column.text;
  if (!key.expression.text.empty()) json["expression"] = key.expression.text;
  if (!key.collation.empty()) json["collation"] = text(key.collation);
  if (!key.operator_class.empty()) json["operator_class"] = text(key.operator_class);
  if (!key.operator_class_parameters.empty()) json["operator_class_parameters"] = key.operator_class_parameters;
  if (key.descending) json["descending"] = true;
  if (key.nulls_first) json["nulls_first"] = true;
  return json;
}

Json value(const schema::Exclusion::Element& element) {
  Json json = value(element.key);
  json["operator"] = element.operator_name;
  return json;
}

Json value(const schema::CompositeType::Attribute& attribute) {
  return {{"name", attribute.name.text}, {"type", value(attribute.type)}, {"collation", value(attribute.collation)}};
}

Json value(const schema::Partitioning& partitioning) {
  return {{"strategy", partitioning.strategy}, {"key", partitioning.key}};
}

Json value(const schema::PartitionOf& partition) {
  return {{"parent", text(partition.parent)}, {"bound", partition.bound}};
}

Json value(schema::Deferral deferral) {
  constexpr const char* names[] = {"not deferrable", "initially immediate", "initially deferred"};
  return names[static_cast<int>(deferral)];
}

Json value(schema::ReferentialAction action) {
  constexpr const char* names[] = {"no action", "restrict", "cascade", "set null", "set default"};
  return names[static_cast<int>(action)];
}

Json value(schema::PolicyCommand command) {
  constexpr const char* names[] = {"all", "select", "insert", "update", "delete"};
  return names[static_cast<int>(command)];
}

Json value(const schema::RowSecurity& security) {
  constexpr const char* names[] = {"none", "opted_out", "managed"};
  Json json{{"declared", names[static_cast<int>(security.declared)]}, {"enabled", security.enabled}};
  if (security.forced) json["forced"] = *security.forced;
  return json;
}

template <class T>
Json object(const T& thing);
template <class T>
Json value(const std::vector<T>& list);

Json value(const schema::Check& check) { return object(check); }
Json value(const schema::Index& index) { return object(index); }
Json value(const schema::Grant& grant) { return object(grant); }

template <class T>
Json value(const std::optional<T>& optional) {
  return optional ? value(*optional) : Json(nullptr);
}

template <class T>
Json value(const std::vector<T>& list) {
  Json json = Json::array();
  for (const T& element : list) json.push_back(value(element));
  return json;
}

bool says_nothing(const Json& json) {
  return json.is_null() || (json.is_array() && json.empty()) ||
         (json.is_string() && json.get_ref<const std::string&>().empty()) || (json.is_boolean() && !json.get<bool>());
}

template <class T>
Json object(const T& thing) {
  Json json = Json::object();
  std::apply(
      [&json](const auto&... field) {
        const auto add = [&json](std::string_view name, Json made) {
          if (!says_nothing(made)) json[std::string(name)] = std::move(made);
        };
        (add(field.name, value(field.value)), ...);
      },
      fields(thing));
  return json;
}

template <class T>
void add(Json& json, const char* key, const std::vector<T>& list) {
  if (list.empty()) return;
  Json array = Json::array();
  for (const T& element : list) array.push_back(object(element));
  json[key] = std::move(array);
}

Json table(const schema::Table& table) {
  Json json = object(table);
  add(json, "columns", table.columns);
  if (table.primary_key) json["primary_key"] = object(*table.primary_key);
  add(json, "uniques", table.uniques);
  add(json, "checks", table.checks);
  add(json, "foreign_keys", table.foreign_keys);
  add(json, "exclusions", table.exclusions);
  add(json, "indexes", table.indexes);
  add(json, "triggers", table.triggers);
  add(json, "policies", table.policies);
  add(json, "grants", table.grants);
  return json;
}

}  // namespace

Json json_of(const schema::Database& database) {
  Json json = Json::object();
  add(json, "schemas", database.namespaces);
  add(json, "extensions", database.extensions);
  add(json, "roles", database.roles);
  add(json, "enums", database.enums);
  add(json, "domains", database.domains);
  add(json, "composites", database.composites);
  add(json, "ranges", database.ranges);
  add(json, "sequences", database.sequences);
  json["tables"] = Json::array();
  for (const auto& each : database.tables) json["tables"].push_back(table(each));
  add(json, "views", database.views);
  add(json, "routines", database.routines);
  add(json, "others", database.others);
  add(json, "default_privileges", database.default_privileges);
  return json;
}

}  // namespace report
