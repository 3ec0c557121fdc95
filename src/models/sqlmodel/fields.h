#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/core/objects.h"
#include "python/evaluation/interpreter.h"

/// The fields of pydantic models, and what SQLModel makes of them.
namespace models::sqlmodel {

/// Field(…): of SQLModel or of pydantic.
class FieldObject final : public python::HostObject {
 public:
  explicit FieldObject(const python::Arguments& given, bool of_sqlmodel)
      : arguments(given), knows_columns(of_sqlmodel) {}

  python::Arguments arguments;
  bool knows_columns;  ///< SQLModel's own: `primary_key`, `index`, `sa_column` … mean something

  std::string_view type_name() const override {
    return knows_columns ? "sqlmodel.main.FieldInfo" : "pydantic.fields.FieldInfo";
  }
  python::Outcome attribute(python::Interpreter&, std::string_view name) override;
};

/// A field of a model as pydantic collects it.
struct Field {
  std::string name;
  python::Value annotation;                    ///< evaluated, without the outermost Annotated
  std::vector<python::Value> metadata;         ///< of the Annotated, then the assigned Field(…)
  std::optional<python::Value> default_value;  ///< absent: required, or made by a factory
  std::optional<python::Value> default_factory;
  python::Location location;                 ///< of the value, or of the annotation
  const python::Unknown* unknown = nullptr;  ///< the value could not be read

  /// An argument of the first SQLModel Field among the metadata; null if it was not given there.
  const python::Value* option(std::string_view name) const;
};

/// The fields of one model class. Kept in its namespace as `__sqlmodel_fields__`.
class FieldsObject final : public python::HostObject {
 public:
  std::vector<Field> fields;
  bool is_table = false;

  std::string_view type_name() const override { return "sqlmodel.Fields"; }
};

FieldsObject* fields_of(const python::Class& type);

/// Collects the fields of a class: its own, and those of its bases (`collect_model_fields`).
FieldsObject* collect_fields(python::Interpreter&, python::Class&);

/// `get_column_from_field`.
python::Outcome column_of(Context&, const Field&, const python::Class& model);

}  // namespace models::sqlmodel
