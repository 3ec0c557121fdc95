#include "models/orm/objects.h"

#include <algorithm>

#include "models/context.h"
#include "python/evaluation/interpreter.h"

namespace models::orm {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
/// Runs `ask` on the expression behind a proxy; absent without one.
template <class Ask>
Outcome with_clause(Interpreter& interpreter, ClauseHolder& holder, const Ask& ask) {
  ExpressionObject* clause = holder.clause(context(interpreter));
  return clause ? ask(*clause) : Outcome(python::absent);
}

bool is_property_class(std::string_view name) {
  return name == "sqlalchemy.orm.MapperProperty" || name == "sqlalchemy.orm.interfaces.MapperProperty";
}
}  // namespace

Value method(Interpreter& interpreter, std::string_view qualified_name, python::Native native) {
  return interpreter.builtin(qualified_name, std::move(native));
}

Outcome ClauseProxy::attribute(Interpreter& interpreter, std::string_view name) {
  return with_clause(interpreter, *this, [&](ExpressionObject& clause) {
    if (name == "expression" || name == "__clause_element__") {
      if (name == "expression") return Outcome(&clause);
      ExpressionObject* element = &clause;
      return Outcome(method(interpreter, "__clause_element__",
                            [element](Interpreter&, Arguments&) -> Outcome { return element; }));
    }
    return clause.attribute(interpreter, name);
  });
}

Outcome ClauseProxy::subscript(Interpreter& interpreter, Value index) {
  return with_clause(interpreter, *this,
                     [&](ExpressionObject& clause) { return clause.subscript(interpreter, index); });
}

Outcome ClauseProxy::call(Interpreter& interpreter, Arguments& arguments) {
  return with_clause(interpreter, *this, [&](ExpressionObject& clause) { return clause.call(interpreter, arguments); });
}

Outcome ClauseProxy::binary(Interpreter& interpreter, python::Binary op, Value other, bool reflected) {
  return with_clause(interpreter, *this,
                     [&](ExpressionObject& clause) { return clause.binary(interpreter, op, other, reflected); });
}

Outcome ClauseProxy::unary(Interpreter& interpreter, python::Unary op) {
  return with_clause(interpreter, *this, [&](ExpressionObject& clause) { return clause.unary(interpreter, op); });
}

Outcome ClauseProxy::compare(Interpreter& interpreter, python::Comparison op, Value other) {
  return with_clause(interpreter, *this,
                     [&](ExpressionObject& clause) { return clause.compare(interpreter, op, other); });
}

bool MappedColumnObject::is_instance_of(std::string_view name) const {
  return name == type_name() || name == "sqlalchemy.orm.Mapped";
}

Outcome MappedColumnObject::attribute(Interpreter& interpreter, std::string_view name) {
  if (name == "column") return column;
  return ClauseProxy::attribute(interpreter, name);
}

ExpressionObject* PropertyObject::clause(Context& shared) {
  if (expression) return expression;
  return property_kind == PropertyKind::Columns && !columns.empty() ? as_column(shared, columns.front()) : nullptr;
}

std::string_view PropertyObject::type_name() const {
  switch (property_kind) {
    case PropertyKind::Relationship:
      return "sqlalchemy.orm.RelationshipProperty";
    case PropertyKind::Composite:
      return "sqlalchemy.orm.CompositeProperty";
    case PropertyKind::Synonym:
      return "sqlalchemy.orm.SynonymProperty";
    case PropertyKind::Proxy:
      return "sqlalchemy.ext.associationproxy.AssociationProxy";
    case PropertyKind::Columns:
    case PropertyKind::Expression:
      break;
  }
  return "sqlalchemy.orm.ColumnProperty";
}

bool PropertyObject::is_instance_of(std::string_view name) const {
  return name == type_name() || (property_kind != PropertyKind::Proxy && is_property_class(name)) ||
         (property_kind == PropertyKind::Relationship && name == "sqlalchemy.orm.Relationship");
}

Outcome PropertyObject::attribute(Interpreter& interpreter, std::string_view name) {
  if (name == "columns") return interpreter.list(columns);
  if (const Value* given = arguments.keyword(name)) return *given;
  return ClauseProxy::attribute(interpreter, name);
}

Outcome DeclaredAttrObject::get(Interpreter& interpreter, Value, Value owner) {
  python::Class* type = owner.as<python::Class>();
  if (!type) return this;
  ClassMapping* mapping = mapping_of(*type);
  if (!mapping || !mapping->scanning) return interpreter.call(function, {owner});
  if (const auto known = mapping->declared.find(this); known != mapping->declared.end()) return known->second;
  const Outcome outcome = interpreter.call(function, {owner});
  if (outcome) mapping->declared.emplace(this, *outcome);
  return outcome;
}

Outcome DeclaredAttrObject::attribute(Interpreter&, std::string_view name) {
  if (name == "fget") return function;
  return python::absent;
}

Outcome HybridObject::get(Interpreter& interpreter, Value receiver, Value owner) {
  const bool of_class = receiver.is_none();
  const Value code = of_class && expression ? *expression : getter;
  const Value self = of_class ? owner : receiver;
  if (method) return interpreter.make<python::BoundMethod>(code, self);
  const Outcome outcome = interpreter.call(code, {self});
  if (outcome || !of_class) return outcome;
  // What only instances can compute is no part of the schema.
  return interpreter.settled(outcome);
}

/// `.expression`, `.setter`, `.comparator` and `.inplace.…` are decorators that give the hybrid again.
Outcome HybridObject::attribute(Interpreter& interpreter, std::string_view name) {
  if (name == "fget" || name == "func") return getter;
  if (name == "inplace") return this;
  if (name != "expression" && name != "setter" && name != "deleter" && name != "comparator" && name != "getter" &&
      name != "update_expression" && name != "bulk_dml" && name != "overrides") {
    return python::absent;
  }
  if (name == "overrides") return this;
  const bool sets_expression = name == "expression";
  return models::orm::method(interpreter, "hybrid_property.expression",
                             [this, sets_expression](Interpreter& inner, Arguments& arguments) -> Outcome {
                               HybridObject* copy = inner.make<HybridObject>();
                               copy->getter = getter;
                               copy->method = method;
                               copy->expression = expression;
                               if (sets_expression && arguments.at(0)) {
                                 Value code = *arguments.at(0);
                                 if (const auto* bound = code.as<python::ClassMethod>()) code = bound->function;
                                 copy->expression = code;
                               }
                               return copy;
                             });
}

ExpressionObject* AttributeObject::clause(Context& shared) {
  if (column) return column;
  return property ? property->clause(shared) : nullptr;
}

bool AttributeObject::is_instance_of(std::string_view name) const {
  return name == type_name() || name == "sqlalchemy.orm.QueryableAttribute" || name == "sqlalchemy.orm.Mapped";
}

AttributeObject* ClassMapping::find(std::string_view key) const {
  for (const auto& [name, attribute] : attributes) {
    if (name == key) return attribute;
  }
  return inherits ? inherits->find(key) : nullptr;
}

ClassMapping* mapping_of(const python::Class& type) { return dynamic_cast<ClassMapping*>(type.host); }

ClassMapping* nearest_mapping(const python::Class& type) {
  for (const Value& base : type.mro) {
    const python::Class* above = base.as<python::Class>();
    if (ClassMapping* mapping = above ? mapping_of(*above) : nullptr) return mapping;
  }
  return nullptr;
}

bool is_mapped(const python::Class& type) {
  const ClassMapping* mapping = mapping_of(type);
  return mapping && !mapping->deferred;
}

}  // namespace models::orm
