#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/core/objects.h"

/// The objects of the declarative mapping.
namespace models::orm {

class ClassMapping;

/// What stands for an expression behaves as that expression does.
class ClauseProxy : public ClauseHolder {
 public:
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
  python::Outcome subscript(python::Interpreter&, python::Value index) override;
  python::Outcome call(python::Interpreter&, python::Arguments&) override;
  python::Outcome binary(python::Interpreter&, python::Binary, python::Value other, bool reflected) override;
  python::Outcome unary(python::Interpreter&, python::Unary) override;
  python::Outcome compare(python::Interpreter&, python::Comparison, python::Value other) override;
};

/// mapped_column(…): a Column and what the scan of the class has to know beside it.
class MappedColumnObject final : public ClauseProxy {
 public:
  ColumnObject* column = nullptr;
  bool has_nullable = false;
  bool has_insert_default = false;
  bool use_existing_column = false;
  std::optional<std::int64_t> sort_order;

  ExpressionObject* clause(Context&) override { return column; }
  std::string_view type_name() const override { return "sqlalchemy.orm.MappedColumn"; }
  bool is_instance_of(std::string_view qualified_name) const override;
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
};

enum class PropertyKind {
  Columns,     ///< column_property(Column), deferred(Column)
  Expression,  ///< column_property over anything else, query_expression
  Composite,
  Relationship,
  Synonym,
  Proxy,  ///< association_proxy and other descriptors: never part of the mapping
};

/// relationship(…), column_property(…), composite(…), synonym(…), …
class PropertyObject final : public ClauseProxy {
 public:
  explicit PropertyObject(PropertyKind which) : property_kind(which) {}

  const PropertyKind property_kind;
  python::Arguments arguments;
  std::vector<python::Value> columns;  ///< of Columns and Composite: Column, MappedColumnObject, names
  python::Value composite_class;
  ExpressionObject* expression = nullptr;

  ExpressionObject* clause(Context&) override;
  std::string_view type_name() const override;
  bool is_instance_of(std::string_view qualified_name) const override;
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
};

/// @declared_attr, .directive and .cascading.
class DeclaredAttrObject final : public python::HostObject {
 public:
  DeclaredAttrObject(python::Value code, bool cascades) : function(code), cascading(cascades) {}

  python::Value function;
  bool cascading = false;

  std::string_view type_name() const override { return "sqlalchemy.orm.declared_attr"; }
  /// Runs the function; once a class while it is being mapped.
  python::Outcome get(python::Interpreter&, python::Value receiver, python::Value owner) override;
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
};

/// hybrid_property and hybrid_method: called with the class they give an expression.
class HybridObject final : public python::HostObject {
 public:
  python::Value getter;
  std::optional<python::Value> expression;
  bool method = false;

  std::string_view type_name() const override {
    return method ? "sqlalchemy.ext.hybrid.hybrid_method" : "sqlalchemy.ext.hybrid.hybrid_property";
  }
  python::Outcome get(python::Interpreter&, python::Value receiver, python::Value owner) override;
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
};

/// An attribute of a mapped class (`InstrumentedAttribute`).
class AttributeObject final : public ClauseProxy {
 public:
  AttributeObject(ClassMapping& owner, std::string_view name) : mapping(owner), key(name) {}

  ClassMapping& mapping;
  std::string key;
  ColumnObject* column = nullptr;
  PropertyObject* property = nullptr;

  ExpressionObject* clause(Context&) override;
  std::string_view type_name() const override { return "sqlalchemy.orm.InstrumentedAttribute"; }
  bool is_instance_of(std::string_view qualified_name) const override;
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
  /// `active_history` and the like mean nothing to the schema.
  python::Outcome set_attribute(python::Interpreter&, std::string_view name, python::Value value) override;
};

/// registry(…): a MetaData and a map from Python types to column types.
class RegistryObject final : public python::HostObject {
 public:
  MetaDataObject* metadata = nullptr;
  std::vector<std::pair<python::Value, python::Value>> type_map;  ///< later ones replace earlier ones
  std::vector<ClassMapping*> mappings;
  python::Value constructor;

  std::string_view type_name() const override { return "sqlalchemy.orm.registry"; }
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
};

/// What the mapping knows of a class: its `__mapper__`. Kept as `Class::host`.
class ClassMapping final : public python::HostObject {
 public:
  ClassMapping(python::Class& of, RegistryObject& in) : mapped(of), registry(in) {}

  python::Class& mapped;
  RegistryObject& registry;
  TableObject* table = nullptr;  ///< local_table: its own, or that of the class it shares one with
  python::Value selectable;      ///< what it is mapped to where that is no Table
  ClassMapping* inherits = nullptr;
  bool single = false;    ///< shares the table of `inherits`
  bool deferred = false;  ///< AbstractConcreteBase: has no table, is a mixin for the classes below
  bool scanning = false;  ///< the class is being looked through
  bool configured = false;
  std::vector<std::pair<std::string, AttributeObject*>> attributes;  ///< own ones, by key
  /// What each declared_attr gave while the class was being mapped.
  std::unordered_map<const DeclaredAttrObject*, python::Value> declared;

  AttributeObject* find(std::string_view key) const;

  std::string_view type_name() const override { return "sqlalchemy.orm.Mapper"; }
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
};

/// The mapping of exactly this class, or null.
ClassMapping* mapping_of(const python::Class& type);
/// The mapping of the class or of the nearest mapped one above it, deferred ones included.
ClassMapping* nearest_mapping(const python::Class& type);
/// Whether the class counts as a superclass for inheritance: mapped, and with a table or a share in one.
bool is_mapped(const python::Class& type);

/// The object of its kind, or null.
template <class T>
T* host_object(python::Value value) {
  return value.kind() == python::Kind::Host ? dynamic_cast<T*>(value.object()) : nullptr;
}

/// A builtin that stays bound to its object: what a method of a host's object is.
python::Value method(python::Interpreter&, std::string_view qualified_name, python::Native);

}  // namespace models::orm
