#include "models/sqlmodel/sqlmodel.h"

#include <algorithm>
#include <array>
#include <unordered_map>

#include "models/context.h"
#include "models/core/names.h"
#include "models/orm/annotation.h"
#include "models/orm/registry.h"
#include "models/orm/scan.h"
#include "models/sqlmodel/fields.h"
#include "models/sqlmodel/pydantic.h"
#include "python/evaluation/interpreter.h"

namespace models::sqlmodel {
using models::orm::host_object;
using python::Arguments;
using python::Class;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
constexpr std::string_view model_name = "sqlmodel.SQLModel";
constexpr std::string_view metaclass_name = "sqlmodel.SQLModelMetaclass";

/// The table's name that SQLModel chooses: that of the class in lower case.
Outcome default_table_name(Interpreter& interpreter, Arguments& arguments) {
  const Class* type = arguments.at(0) ? arguments.at(0)->as<Class>() : nullptr;
  if (!type) return interpreter.none();
  const Outcome lower = interpreter.attribute(interpreter.str(type->name), "lower");
  return lower ? interpreter.call(*lower) : lower;
}

/// The class SQLModel: a declarative base with a registry of its own.
Class* make_model_class(Context& shared) {
  Interpreter& interpreter = *shared.interpreter;
  orm::RegistryObject* registry = orm::make_registry(shared, nullptr, nullptr);
  python::Dict* body = interpreter.dict();
  interpreter.set(*body, "__abstract__", interpreter.boolean(true));
  interpreter.set(*body, "__allow_unmapped__", interpreter.boolean(true));
  interpreter.set(*body, "_sa_registry", registry);
  interpreter.set(*body, "metadata", registry->metadata);
  const Value name = interpreter.builtin("SQLModel.__tablename__", default_table_name);
  interpreter.set(*body, "__tablename__", interpreter.make<orm::DeclaredAttrObject>(name, false));
  Class* type = interpreter.make_class("SQLModel", {interpreter.external("pydantic.BaseModel")}, body);
  type->qualified_name = model_name;
  type->metaclass = interpreter.external(metaclass_name);
  return type;
}

const Value* keyword_of(const Class& type, std::string_view name) {
  for (const auto& [key, value] : type.keywords) {
    if (key == name) return &value;
  }
  return nullptr;
}

/// `table=True`, as a keyword, in model_config, or inherited.
bool says_table(Interpreter& interpreter, const Class& type) {
  if (const Value* said = keyword_of(type, "table")) return interpreter.is_true(*said);
  if (const Value* config = type.own("model_config")) {
    const auto* dict = config->as<python::Dict>();
    const Value* said = dict ? dict->find("table") : nullptr;
    if (said) return interpreter.is_true(*said);
  }
  return false;
}

bool has_table_base(const Class& type) {
  return std::ranges::any_of(type.mro, [&](Value base) {
    const Class* above = base.as<Class>();
    const FieldsObject* fields = above && above != &type ? fields_of(*above) : nullptr;
    return fields && fields->is_table;
  });
}

/// Columns of the fields, as attributes of the class.
Outcome add_columns(Context& shared, Class& type, const FieldsObject& fields) {
  for (const Field& field : fields.fields) {
    const Outcome column = column_of(shared, field, type);
    if (!column) return column;
    shared.interpreter->store(type, field.name, *column);
  }
  return shared.interpreter->none();
}

/// `SQLModelMetaclass.__init__`.
Outcome below_model(Interpreter& interpreter, Class& type) {
  Context& shared = context(interpreter);
  FieldsObject* fields = collect_fields(interpreter, type);
  if (const Value* own = keyword_of(type, "registry")) {
    if (orm::RegistryObject* registry = host_object<orm::RegistryObject>(*own)) {
      interpreter.store(type, "_sa_registry", registry);
      interpreter.store(type, "metadata", registry->metadata);
      interpreter.store(type, "__abstract__", interpreter.boolean(true));
    }
  }
  const bool table_above = has_table_base(type);
  fields->is_table = table_above || says_table(interpreter, type);
  if (!fields->is_table || table_above) return interpreter.none();
  const Outcome added = add_columns(shared, type, *fields);
  if (!added) return added;
  orm::RegistryObject* registry = orm::registry_of(interpreter, type);
  return registry ? orm::map_class(interpreter, *registry, type) : Outcome(interpreter.none());
}

Outcome field(Context& shared, Arguments& arguments) { return shared.interpreter->make<FieldObject>(arguments, true); }

Outcome relationship(Context& shared, Arguments& arguments) {
  auto* made = shared.interpreter->make<orm::PropertyObject>(orm::PropertyKind::Relationship);
  made->arguments = arguments;
  return made;
}

class SqlModelHost final : public python::Host {
 public:
  /// Every module of the package gives the same names: "sqlmodel.main.Field" is "sqlmodel.Field".
  Outcome outside(Interpreter& interpreter, std::string_view name) override {
    if (name == "sqlmodel") return interpreter.external(name);
    if (!name.starts_with("sqlmodel.")) return python::absent;
    const std::string_view last = name.substr(name.rfind('.') + 1);
    if (last == "SQLModel") return model_class(context(interpreter));
    if (last == "Field" || last == "Relationship" || last == "SQLModelMetaclass" || last == "col") {
      return interpreter.external("sqlmodel." + std::string(last));
    }
    if (last == "AutoString") return core_value(context(interpreter), "sqlalchemy.String");
    if (last == "GUID") return core_value(context(interpreter), "sqlalchemy.Uuid");
    if (last == "default_registry") return orm::registry_of(interpreter, *model_class(context(interpreter)));
    return python::absent;
  }

  Outcome call(Interpreter& interpreter, const python::External& callee, Arguments& arguments) override {
    if (callee.qualified_name == "sqlmodel.Field") return field(context(interpreter), arguments);
    if (callee.qualified_name == "sqlmodel.col" && arguments.at(0)) return *arguments.at(0);
    if (callee.qualified_name == "sqlmodel.SQLModelMetaclass" && arguments.positional.size() == 3) {
      return interpreter.call(Value(interpreter.builtin_class("type")), arguments);
    }
    if (callee.qualified_name == "sqlmodel.Relationship") return relationship(context(interpreter), arguments);
    return python::absent;
  }

  Outcome inherited(Interpreter& interpreter, Value base, std::string_view name, Value receiver) override {
    Class* type = receiver.as<Class>();
    if (!type || name != "__init__" || !orm::is_external(base, metaclass_name)) return python::absent;
    return interpreter.builtin("SQLModelMetaclass.__init__",
                               [type](Interpreter& inner, Arguments&) { return below_model(inner, *type); });
  }

  std::vector<Value> bases(Interpreter& interpreter, const python::External& type) override {
    if (type.qualified_name != metaclass_name) return {};
    return {interpreter.external("sqlalchemy.orm.DeclarativeMeta"),
            interpreter.external("sqlalchemy.orm.DeclarativeAttributeIntercept"), interpreter.builtin_class("type")};
  }

 private:
  Class* model_class(Context& shared) {
    if (!model_class_) model_class_ = make_model_class(shared);
    return model_class_;
  }

  Class* model_class_ = nullptr;
};
}  // namespace

std::unique_ptr<python::Host> sqlmodel_host() { return std::make_unique<SqlModelHost>(); }

}  // namespace models::sqlmodel
