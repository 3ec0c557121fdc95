#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "models/context.h"
#include "models/orm/annotation.h"
#include "models/orm/objects.h"
#include "python/evaluation/interpreter.h"

/// What happens when a class is mapped (`sqlalchemy.orm.decl_base`): its attributes and those along its MRO are
/// collected, columns are made of them, a table of these.
namespace models::orm {

/// Maps a class declaratively. Nothing happens to a class with `__abstract__ = True`. Gives None.
python::Outcome map_class(python::Interpreter&, RegistryObject&, python::Class&);
/// registry.map_imperatively(class, table, properties=…).
python::Outcome map_imperatively(python::Interpreter&, RegistryObject&, python::Arguments&);
/// `Model.key = value` after the class was mapped.
python::Outcome add_attribute(python::Interpreter&, ClassMapping&, std::string_view key, python::Value value);

/// A dict in order of insertion; setting a name again keeps its place.
class OrderedValues {
 public:
  python::Value* find(std::string_view name);
  void set(std::string_view name, python::Value value);
  void erase(std::string_view name);
  const std::vector<std::pair<std::string, python::Value>>& entries() const { return entries_; }

 private:
  std::vector<std::pair<std::string, python::Value>> entries_;
  std::unordered_map<std::string, std::size_t> index_;
};

/// An annotation that counts for the mapping.
struct CollectedAnnotation {
  python::Value extracted;  ///< what stands inside of Mapped; the whole where there is no Mapped
  bool in_mapped = false;
  python::Class* holder = nullptr;
  std::optional<python::Value> attribute_value;
};

/// A name of a class body that may be part of the mapping.
struct BodyName {
  std::string name;
  const python::Annotation* annotation = nullptr;
  std::optional<python::Value> dataclass_field;  ///< what the field's metadata has for SQLAlchemy
};

/// A class along the MRO of the one being mapped.
struct ScannedBase {
  python::Class* type = nullptr;
  bool is_mapped = false;
  std::vector<python::Annotation> annotations;
  std::vector<BodyName> names;
  OrderedValues copies;  ///< columns of a mixin, copied for this class
};

class ClassScan {
 public:
  ClassScan(python::Interpreter& interpreter, RegistryObject& registry, ClassMapping& mapping);

  python::Outcome run();

 private:
  // scan.cpp: which attributes there are
  void scan_attributes();
  ScannedBase scanned(python::Class& type);
  void copy_columns(ScannedBase& base);
  void collect(ScannedBase& base);
  void collect_directive(const ScannedBase& base, const BodyName& name, std::optional<python::Value> value);
  void collect_from_mixin(ScannedBase& base, const BodyName& name, std::optional<python::Value> value);
  void collect_own(ScannedBase& base, const BodyName& name, std::optional<python::Value> value);
  void collect_declared(ScannedBase& base, const BodyName& name, DeclaredAttrObject& declared);
  bool is_overridden(std::string_view name, std::optional<python::Value> value);
  std::optional<python::Value> dataclass_field(const python::Class& type, std::string_view name);
  const CollectedAnnotation* collect_annotation(std::string_view name, python::Outcome annotation,
                                                python::Class& holder, std::optional<python::Value> value);
  std::optional<python::Value> own_value(const ScannedBase& base, const BodyName& name) const;
  python::Value column_of_call(const ScannedBase& base, const BodyName& name, python::Value call) const;
  MappedColumnObject* blank_column(const python::Location& location);
  void look_for_unknown_bases();
  python::Value directive(std::string_view name);

  // columns.cpp: what they mean
  void extract_properties();
  void extract_property(const std::string& key, python::Value value);
  void interpret(const std::string& key, MappedColumnObject& column);
  void interpret(const std::string& key, PropertyObject& property);
  void interpret_annotation(const std::string& key, MappedColumnObject& column, python::Value annotation,
                            python::Class& holder);
  void take_template(MappedColumnObject& column, MappedColumnObject& from, const std::string& key);
  void resolve_type(MappedColumnObject& column, const std::string& key, python::Value alias, python::Value type);
  ColumnObject* existing_column(const MappedColumnObject& column, const std::string& key) const;
  void interpret_composite(const std::string& key, PropertyObject& property);
  std::vector<std::pair<std::string, python::Value>> composite_fields(python::Class& type);
  void extract_columns();
  void declare(ColumnObject& column, std::int64_t sort_order = 0);

  // table.cpp: the table of it
  python::Outcome set_up_inheritance();
  python::Outcome set_up_table();
  python::Outcome make_own_table();
  python::Outcome add_to_inherited_table();
  python::Value metadata();
  void check_primary_key();
  void install_attributes();
  void run_mapper_function();
  void note_incomplete(const python::Unknown& unknown, const python::Location& location, std::string_view what);
  python::Location place_of(std::string_view name) const;

  python::Interpreter& interpreter_;
  Context& context_;
  RegistryObject& registry_;
  ClassMapping& mapping_;
  python::Class& class_;

  std::unordered_set<std::string> body_annotations_;
  std::unordered_map<python::Object*, python::Value> functions_of_fields_;
  std::unordered_set<std::string> body_;  ///< the names of the class body before anything was added to it
  bool allow_unmapped_ = false;
  bool is_dataclass_ = false;
  std::optional<std::string> dataclass_key_;
  bool fixed_table_ = false;

  OrderedValues collected_;
  std::unordered_map<std::string, CollectedAnnotation> annotations_;
  python::Value table_name_, table_args_;
  bool has_table_name_ = false, has_table_args_ = false, table_by_function_ = false;

  OrderedValues properties_;
  std::vector<std::pair<ColumnObject*, std::int64_t>> columns_;  ///< with their sort_order
  std::vector<const python::Unknown*> incomplete_;
};

/// The type that the registry has for a Python type, or absent. `fallbacks`: what a NewType or alias stands for counts.
python::Outcome column_type(python::Interpreter&, const RegistryObject&, python::Value python_type, bool fallbacks);

}  // namespace models::orm
