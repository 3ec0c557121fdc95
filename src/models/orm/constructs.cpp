#include "models/orm/constructs.h"

#include <algorithm>
#include <array>

#include "models/context.h"
#include "models/orm/registry.h"
#include "models/orm/scan.h"
#include "python/evaluation/interpreter.h"

namespace models::orm {
using python::Arguments;
using python::Class;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
/// Arguments of mapped_column that are none of Column.
constexpr std::array<std::string_view, 15> mapped_column_options = {"use_existing_column",
                                                                    "insert_default",
                                                                    "deferred",
                                                                    "deferred_group",
                                                                    "deferred_raiseload",
                                                                    "active_history",
                                                                    "sort_order",
                                                                    "init",
                                                                    "repr",
                                                                    "default_factory",
                                                                    "compare",
                                                                    "kw_only",
                                                                    "hash",
                                                                    "dataclass_metadata",
                                                                    "default"};

bool is_column_option(std::string_view name) {
  return std::ranges::find(mapped_column_options, name) == mapped_column_options.end();
}

Arguments column_arguments(const Arguments& given) {
  Arguments arguments = given;
  std::erase_if(arguments.keywords, [](const auto& keyword) { return !is_column_option(keyword.first); });
  const Value* insert_default = given.keyword("insert_default");
  const Value* default_value = insert_default ? insert_default : given.keyword("default");
  if (default_value) arguments.keywords.emplace_back("default", *default_value);
  return arguments;
}

Outcome mapped_column(Context& shared, Arguments& given) {
  Interpreter& interpreter = *shared.interpreter;
  Arguments arguments = column_arguments(given);
  MappedColumnObject* column = interpreter.make<MappedColumnObject>();
  column->column = make_column(shared, arguments);
  const Value* nullable = given.keyword("nullable");
  column->has_nullable = nullable && !nullable->is_none() && nullable->kind() != python::Kind::External;
  column->has_insert_default = given.keyword("insert_default") != nullptr;
  const Value* existing = given.keyword("use_existing_column");
  column->use_existing_column = existing && interpreter.is_true(*existing);
  if (const Value* order = given.keyword("sort_order")) {
    if (const auto* number = order->as<python::Int>()) column->sort_order = number->value;
  }
  return column;
}

/// orm_insert_sentinel(name): a column that the ORM alone looks at.
Outcome insert_sentinel(Context& shared, Arguments& given) {
  Interpreter& interpreter = *shared.interpreter;
  Arguments arguments;
  arguments.location = given.location;
  if (const Value* name = given.find(0, "name")) arguments.keywords.emplace_back("name", *name);
  if (const Value* type = given.find(1, "type_")) arguments.keywords.emplace_back("type_", *type);
  arguments.keywords.emplace_back("default", interpreter.integer(0));
  arguments.keywords.emplace_back("nullable", interpreter.boolean(true));
  MappedColumnObject* column = interpreter.make<MappedColumnObject>();
  column->column = make_column(shared, arguments);
  column->has_nullable = true;
  column->use_existing_column = true;
  return column;
}

PropertyObject* property(Context& shared, PropertyKind kind, const Arguments& arguments) {
  PropertyObject* made = shared.interpreter->make<PropertyObject>(kind);
  made->arguments = arguments;
  return made;
}

bool is_column_value(Value value) { return host_object<ColumnObject>(value) || host_object<MappedColumnObject>(value); }

/// column_property(…) and deferred(…): over columns they map these, over anything else they are no columns.
Outcome column_property(Context& shared, Arguments& arguments) {
  const Value* first = arguments.at(0);
  const bool attribute = first && host_object<AttributeObject>(*first);
  const bool maps = first && (is_column_value(*first) || (attribute && as_column(shared, *first)));
  if (!maps) {
    PropertyObject* made = property(shared, PropertyKind::Expression, arguments);
    if (first && !first->is_unknown()) made->expression = as_expression(shared, *first);
    return made;
  }
  PropertyObject* made = property(shared, PropertyKind::Columns, arguments);
  made->columns = arguments.positional;
  return made;
}

Outcome query_expression(Context& shared, Arguments& arguments) {
  return property(shared, PropertyKind::Expression, arguments);
}

Outcome composite(Context& shared, Arguments& arguments) {
  PropertyObject* made = property(shared, PropertyKind::Composite, arguments);
  made->columns = arguments.positional;
  if (made->columns.empty()) return made;
  const Value first = made->columns.front();
  const bool is_attribute = first.as<python::Str>() || first.kind() == python::Kind::Host;
  if (is_attribute) return made;
  made->composite_class = first;
  made->columns.erase(made->columns.begin());
  return made;
}

Outcome relationship(Context& shared, Arguments& arguments) {
  return property(shared, PropertyKind::Relationship, arguments);
}
Outcome synonym(Context& shared, Arguments& arguments) { return property(shared, PropertyKind::Synonym, arguments); }
Outcome proxy(Context& shared, Arguments& arguments) { return property(shared, PropertyKind::Proxy, arguments); }

/// A decorator with arguments that leaves what it decorates as it is.
Outcome passing_decorator(Context& shared, Arguments&) {
  return shared.interpreter->builtin("decorator", [](Interpreter& inner, Arguments& arguments) -> Outcome {
    return arguments.at(0) ? *arguments.at(0) : inner.none();
  });
}

Outcome passed_through(Context& shared, Arguments& arguments) {
  return arguments.at(0) ? *arguments.at(0) : shared.interpreter->none();
}

Outcome synonym_for(Context& shared, Arguments& arguments) {
  const Arguments given = arguments;
  return shared.interpreter->builtin("synonym_for", [given](Interpreter& inner, Arguments&) -> Outcome {
    return property(context(inner), PropertyKind::Synonym, given);
  });
}

Value function_of(Value value) {
  const auto* bound = value.as<python::ClassMethod>();
  return bound ? bound->function : value;
}

Outcome declare(Context& shared, const Arguments& arguments, bool cascading) {
  const Value* code = arguments.find(0, "fn");
  // declared_attr(cascading=True) is not SQLAlchemy's; without a function it is a decorator still to be called.
  if (!code) {
    return shared.interpreter->builtin("declared_attr", [cascading](Interpreter& inner, Arguments& given) {
      return declare(context(inner), given, cascading);
    });
  }
  return shared.interpreter->make<DeclaredAttrObject>(function_of(*code), cascading);
}
Outcome declared_attr(Context& shared, Arguments& arguments) { return declare(shared, arguments, false); }
Outcome cascading_attr(Context& shared, Arguments& arguments) { return declare(shared, arguments, true); }

Outcome hybrid(Context& shared, const Arguments& arguments, bool is_method) {
  HybridObject* made = shared.interpreter->make<HybridObject>();
  made->method = is_method;
  if (const Value* code = arguments.at(0)) made->getter = *code;
  if (const Value* code = arguments.keyword("expr")) made->expression = function_of(*code);
  return made;
}
Outcome hybrid_property(Context& shared, Arguments& arguments) { return hybrid(shared, arguments, false); }
Outcome hybrid_method(Context& shared, Arguments& arguments) { return hybrid(shared, arguments, true); }

Outcome registry(Context& shared, Arguments& arguments) {
  return make_registry(shared, arguments.keyword("metadata"), arguments.keyword("type_annotation_map"));
}

Outcome declarative_base(Context& shared, Arguments& arguments) {
  const Value* metadata = arguments.keyword("metadata");
  if (!metadata && arguments.at(1)) metadata = arguments.at(1);  // declarative_base(bind, metadata) of 1.x
  RegistryObject* made = make_registry(shared, metadata, arguments.keyword("type_annotation_map"));
  Arguments rest;
  for (std::string_view name : {"cls", "name", "metaclass"}) {
    if (const Value* value = arguments.keyword(name)) rest.keywords.emplace_back(name, *value);
  }
  return generate_base(shared, *made, rest);
}

/// `@as_declarative(…)`
Outcome as_declarative(Context& shared, Arguments& arguments) {
  RegistryObject* made = make_registry(shared, arguments.keyword("metadata"), arguments.keyword("type_annotation_map"));
  Interpreter& interpreter = *shared.interpreter;
  const Outcome decorator = made->attribute(interpreter, "as_declarative_base");
  return decorator ? interpreter.call(*decorator) : decorator;
}

/// A metaclass called with name, bases and namespace: what `type` makes of them.
Outcome made_by_metaclass(Context& shared, Arguments& arguments) {
  if (arguments.positional.size() != 3) return python::absent;
  return shared.interpreter->call(Value(shared.interpreter->builtin_class("type")), arguments);
}

/// DeclarativeMeta("Base", bases, namespace).
Outcome declarative_meta(Context& shared, Arguments& arguments) {
  Interpreter& interpreter = *shared.interpreter;
  const Outcome made = made_by_metaclass(shared, arguments);
  Class* type = made.as<Class>();
  if (!type || type->metaclass != Value(interpreter.builtin_class("type"))) return made;
  type->metaclass = interpreter.external("sqlalchemy.orm.DeclarativeMeta");
  RegistryObject* found = registry_of(interpreter, *type);
  if (!found) return type;
  const Outcome mapped = map_class(interpreter, *found, *type);
  return mapped ? Outcome(type) : mapped;
}

Outcome has_inherited_table(Context& shared, Arguments& arguments) {
  const Class* type = arguments.at(0) ? arguments.at(0)->as<Class>() : nullptr;
  bool inherits = false;
  for (const Value& base : type ? type->mro : std::vector<Value>{}) {
    const Class* above = base.as<Class>();
    if (!above || above == type) continue;
    const ClassMapping* mapping = mapping_of(*above);
    inherits = inherits || (mapping && mapping->table);
  }
  return shared.interpreter->boolean(inherits);
}

Outcome class_mapper(Context&, Arguments& arguments) {
  if (!arguments.at(0)) return python::absent;
  if (const Class* type = arguments.at(0)->as<Class>()) {
    if (ClassMapping* mapping = mapping_of(*type)) return mapping;
  }
  if (host_object<ClassMapping>(*arguments.at(0)) || host_object<AttributeObject>(*arguments.at(0))) {
    return *arguments.at(0);
  }
  return python::absent;
}

/// Mapper(…) in a `__mapper_cls__`: the mapper is there already.
Outcome mapper(Context&, Arguments& arguments) {
  const Class* type = arguments.at(0) ? arguments.at(0)->as<Class>() : nullptr;
  ClassMapping* mapping = type ? mapping_of(*type) : nullptr;
  return mapping ? Outcome(mapping) : Outcome(python::absent);
}

Outcome configure_mappers(Context& shared, Arguments&) {
  configure(shared);
  return shared.interpreter->none();
}

/// automap_base(): its classes come from a live database.
Outcome automap_base(Context& shared, Arguments& arguments) {
  Interpreter& interpreter = *shared.interpreter;
  report_unresolved(interpreter, arguments.location,
                    "the classes of automap_base come from a live database and are not read");
  return declarative_base(shared, arguments);
}

constexpr std::array handler_table{
    NamedHandler{"sqlalchemy.orm.mapped_column", mapped_column},
    NamedHandler{"sqlalchemy.orm.MappedColumn", mapped_column},
    NamedHandler{"sqlalchemy.orm.orm_insert_sentinel", insert_sentinel},
    NamedHandler{"sqlalchemy.orm.column_property", column_property},
    NamedHandler{"sqlalchemy.orm.ColumnProperty", column_property},
    NamedHandler{"sqlalchemy.orm.deferred", column_property},
    NamedHandler{"sqlalchemy.orm.query_expression", query_expression},
    NamedHandler{"sqlalchemy.orm.composite", composite},
    NamedHandler{"sqlalchemy.orm.CompositeProperty", composite},
    NamedHandler{"sqlalchemy.orm.relationship", relationship},
    NamedHandler{"sqlalchemy.orm.relation", relationship},
    NamedHandler{"sqlalchemy.orm.dynamic_loader", relationship},
    NamedHandler{"sqlalchemy.orm.RelationshipProperty", relationship},
    NamedHandler{"sqlalchemy.orm.synonym", synonym},
    NamedHandler{"sqlalchemy.orm.SynonymProperty", synonym},
    NamedHandler{"sqlalchemy.orm.synonym_for", synonym_for},
    NamedHandler{"sqlalchemy.ext.associationproxy.association_proxy", proxy},
    NamedHandler{"sqlalchemy.ext.associationproxy.AssociationProxy", proxy},
    NamedHandler{"sqlalchemy.ext.hybrid.hybrid_property", hybrid_property},
    NamedHandler{"sqlalchemy.ext.hybrid.hybrid_method", hybrid_method},
    NamedHandler{"sqlalchemy.orm.declared_attr", declared_attr},
    NamedHandler{"sqlalchemy.orm.declared_attr.directive", declared_attr},
    NamedHandler{"sqlalchemy.orm.declared_attr.cascading", cascading_attr},
    NamedHandler{"sqlalchemy.util.classproperty", declared_attr},
    NamedHandler{"sqlalchemy.orm.registry", registry},
    NamedHandler{"sqlalchemy.orm.declarative_base", declarative_base},
    NamedHandler{"sqlalchemy.orm.as_declarative", as_declarative},
    NamedHandler{"sqlalchemy.orm.DeclarativeMeta", declarative_meta},
    NamedHandler{"sqlalchemy.orm.DeclarativeAttributeIntercept", made_by_metaclass},
    NamedHandler{"sqlalchemy.orm.DCTransformDeclarative", made_by_metaclass},
    NamedHandler{"sqlalchemy.orm.declarative_mixin", passed_through},
    NamedHandler{"sqlalchemy.orm.reconstructor", passed_through},
    NamedHandler{"sqlalchemy.orm.validates", passing_decorator},
    NamedHandler{"sqlalchemy.orm.has_inherited_table", has_inherited_table},
    NamedHandler{"sqlalchemy.orm.class_mapper", class_mapper},
    NamedHandler{"sqlalchemy.orm.Mapper", mapper},
    NamedHandler{"sqlalchemy.orm.mapper", mapper},
    NamedHandler{"sqlalchemy.orm.configure_mappers", configure_mappers},
    NamedHandler{"sqlalchemy.inspect", class_mapper},
    NamedHandler{"sqlalchemy.inspection.inspect", class_mapper},
    NamedHandler{"sqlalchemy.ext.automap.automap_base", automap_base},
};

/// Classes that are no calls but stand in annotations, bases and isinstance.
constexpr std::array<std::string_view, 22> classes = {"Mapped",
                                                      "DynamicMapped",
                                                      "WriteOnlyMapped",
                                                      "Relationship",
                                                      "Composite",
                                                      "Synonym",
                                                      "MappedSQLExpression",
                                                      "DeclarativeBase",
                                                      "DeclarativeBaseNoMeta",
                                                      "MappedAsDataclass",
                                                      "DeclarativeAttributeIntercept",
                                                      "DCTransformDeclarative",
                                                      "InstrumentedAttribute",
                                                      "QueryableAttribute",
                                                      "MapperProperty",
                                                      "Mapper",
                                                      "AttributeEvents",
                                                      "DeclarativeMeta",
                                                      "ORMDescriptor",
                                                      "ConcreteBase",
                                                      "AbstractConcreteBase",
                                                      "DeferredReflection"};

constexpr std::array<std::string_view, 3> concrete_bases = {"ConcreteBase", "AbstractConcreteBase",
                                                            "DeferredReflection"};

template <class Names>
bool holds(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

bool has_handler(std::string_view name) {
  return std::ranges::any_of(handler_table, [&](const NamedHandler& known) { return known.name == name; });
}
}  // namespace

std::span<const NamedHandler> handlers() { return handler_table; }

std::string canonical_orm_name(std::string_view name) {
  constexpr std::string_view orm = "sqlalchemy.orm.";
  constexpr std::string_view declarative = "sqlalchemy.ext.declarative.";
  if (!name.starts_with(orm) && !name.starts_with(declarative)) return std::string(name);
  // declared_attr.cascading keeps its two parts.
  std::size_t dot = name.rfind('.');
  std::string_view last = name.substr(dot + 1);
  if (last == "cascading" || last == "directive") last = name.substr(name.rfind('.', dot - 1) + 1);
  if (holds(concrete_bases, last)) return std::string(declarative) + std::string(last);
  std::string shortened = std::string(orm) + std::string(last);
  return holds(classes, last) || has_handler(shortened) ? shortened : std::string(name);
}

}  // namespace models::orm
