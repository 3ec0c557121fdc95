// From Python's instances of type classes to types.
#include "models/core/type_values.h"

#include <set>

#include "base/text.h"
#include "models/core/expression_internal.h"
#include "models/core/objects.h"
#include "models/core/type_internal.h"
#include "models/core/values.h"

namespace models {
namespace {

using python::Arguments;
using python::Outcome;
using python::Value;

constexpr int deepest = 20;

TypePointer unknown_type(Context& context, Value reason, std::string_view otherwise) {
  Type type;
  if (const auto* unknown = reason.as<python::Unknown>()) {
    type.unknown = unknown->reason;
    if (unknown->location) type.unknown_at = place(unknown->location);
  } else {
    type.unknown = otherwise;
    if (const python::Location here = context.interpreter->here()) type.unknown_at = place(here);
  }
  return std::make_shared<const Type>(std::move(type));
}

/// Reads the attributes of one instance; the first Unknown among those that count ends it.
class Reader {
 public:
  Reader(Context& context, python::Instance& instance, const ColumnObject* column, int depth)
      : context_(context), instance_(instance), column_(column), depth_(depth) {}

  TypePointer read();

 private:
  Value attribute(std::string_view name) { return attribute_or_none(context_, Value(&instance_), name); }
  std::optional<std::int64_t> number(std::string_view name) {
    const Value value = attribute(name);
    if (value.is_unknown()) reason_ = value;
    return integer_in(value);
  }
  std::string text(std::string_view name) {
    const Value value = attribute(name);
    if (value.is_unknown()) reason_ = value;
    const std::string* known = text_in(value);
    return known ? *known : std::string();
  }
  bool flag(std::string_view name) {
    const Value value = attribute(name);
    if (value.is_unknown()) reason_ = value;
    return is_truthy(context_, value);
  }
  TypePointer inner(Value value);
  TypePointer variant();
  bool compiled(Type& type);
  void read_builtin(Type& type);
  void read_enum(Type& type);
  void read_domain(Type& type);
  void read_decorator(Type& type);
  void read_user_defined(Type& type);

  Context& context_;
  python::Instance& instance_;
  const ColumnObject* column_;
  int depth_;
  Value reason_;
};

TypePointer type_at(Context& context, Value value, const ColumnObject* column, int depth);

TypePointer Reader::inner(Value value) { return type_at(context_, value, column_, depth_ + 1); }

TypePointer Reader::variant() {
  const Value* variants = instance_.attributes->find("_variant_mapping");
  const auto* dict = variants ? variants->as<python::Dict>() : nullptr;
  const Value* own = dict ? dict->find("postgresql") : nullptr;
  return own ? inner(*own) : nullptr;
}

/// What `@compiles` says about the class or its bases.
bool Reader::compiled(Type& type) {
  const Outcome text = compiled_by_project(context_, Value(instance_.type), Value(&instance_), false);
  if (text.is_absent()) return false;
  const Value result = context_.interpreter->settled(text);
  if (const std::string* sql = text_in(result)) {
    type.spec = *sql;
  } else {
    reason_ = result.is_unknown() ? result : unknown_value(context_, "what @compiles writes is not known");
  }
  return true;
}

void Reader::read_builtin(Type& type) {
  switch (type.of->affinity) {
    case Affinity::String:
      type.length = number("length");
      type.collation = text("collation");
      break;
    case Affinity::Numeric:
      type.precision = number("precision");
      type.scale = number("scale");
      break;
    case Affinity::DateTime:
    case Affinity::Time:
      type.timezone = flag("timezone");
      type.precision = number("precision");
      break;
    case Affinity::Interval:
      type.native = type.of->name != "Interval" || flag("native");
      type.precision = number(type.of->name == "Interval" ? "second_precision" : "precision");
      type.fields = text("fields");
      break;
    case Affinity::Uuid:
      type.native = type.of->name != "Uuid" || flag("native_uuid");
      break;
    case Affinity::Binary:
      type.length = number("length");
      break;
    case Affinity::Array:
      type.item = inner(attribute("item_type"));
      type.dimensions = number("dimensions");
      type.zero_indexes = flag("zero_indexes");
      break;
    case Affinity::Json:
      type.none_as_null = flag("none_as_null");
      if (const Value text_type = attribute("astext_type"); !text_type.is_none()) type.item = inner(text_type);
      break;
    case Affinity::HStore:
      if (const Value text_type = attribute("text_type"); !text_type.is_none()) type.item = inner(text_type);
      break;
    default:
      break;
  }
  if (type.of->visit == "BIT") {
    type.length = number("length");
    type.varying = flag("varying");
  }
}

void take_name(Context& context, Type& type, Value name, Value schema, Value quote) {
  const GivenName given = given_name(context, name, quote);
  type.name = catalog_name(given);
  if (!schema.is_none()) type.schema = catalog_name(given_name(context, schema));
}

void Reader::read_enum(Type& type) {
  auto facts = std::make_shared<EnumFacts>();
  const Value labels = attribute("enums");
  const Outcome items = labels.is_unknown() ? Outcome(labels) : context_.interpreter->items(labels);
  const auto* list = items.as<python::List>();
  if (!list) {
    reason_ = context_.interpreter->settled(items);
    return;
  }
  for (const Value item : list->items) {
    const std::string* label = text_in(item);
    if (!label) {
      reason_ = item.is_unknown() ? item : unknown_value(context_, "a label of the enum is no text");
      return;
    }
    facts->labels.push_back(*label);
  }
  facts->native = flag("native_enum");
  facts->create_constraint = flag("create_constraint");
  facts->inherit_schema = flag("inherit_schema");
  const Value create = attribute("create_type");
  facts->create_type = create.is_none() || is_truthy(context_, create);
  const Value name = attribute("name");
  if (name.is_unknown()) reason_ = name;
  facts->has_name = !name.is_none();
  take_name(context_, type, name, attribute("schema"), attribute("_quote"));
  type.length = number("length");
  type.metadata = as_metadata(attribute("metadata"));
  type.enumeration = std::move(facts);
}

void Reader::read_domain(Type& type) {
  auto facts = std::make_shared<DomainFacts>();
  facts->base = inner(attribute("data_type"));
  facts->collation = text("collation");
  facts->constraint_name = text("constraint_name");
  facts->not_null = flag("not_null");
  const Value create = attribute("create_type");
  facts->create_type = create.is_none() || is_truthy(context_, create);
  const auto expression = [&](std::string_view name, bool literal) -> std::optional<schema::Expression> {
    const Value value = attribute(name);
    if (value.is_none()) return {};
    if (const std::string* plain = text_in(value); plain && literal) {
      const WrittenExpression written = written_literal(context_, value, string_type());
      return schema::Expression{written.sql};
    }
    ExpressionObject* made = text_in(value) ? text_expression(context_, *text_in(value)) : coerced(context_, value);
    const WrittenExpression sql = written(context_, *made);
    if (!sql.known()) reason_ = sql.unknown.is_unknown() ? sql.unknown : unknown_value(context_, sql.refused);
    return schema::Expression{sql.sql};
  };
  facts->server_default = expression("default", true);
  facts->check = expression("check", false);
  take_name(context_, type, attribute("name"), attribute("schema"), attribute("quote"));
  type.metadata = as_metadata(attribute("metadata"));
  type.domain = std::move(facts);
}

/// load_dialect_impl(dialect) of the project, or `impl`.
void Reader::read_decorator(Type& type) {
  type.decorated = true;
  if (type.of->name == "PickleType") {
    type.item = inner(attribute("impl"));
    return;
  }
  const Value load = attribute("load_dialect_impl");
  Value impl;
  if (load.is_none()) {
    impl = attribute("impl");
  } else {
    impl = context_.interpreter->settled(context_.interpreter->call(load, {dialect_object(context_)}));
  }
  if (impl.is_none()) {
    reason_ = unknown_value(context_, "the type decorator has no implementation");
    return;
  }
  type.item = inner(impl);
  if (!type.item->unknown.empty()) type.unknown = type.item->unknown;
}

/// get_col_spec(**kw): with the column where the function takes keywords.
void Reader::read_user_defined(Type& type) {
  const Value method = attribute("get_col_spec");
  if (method.is_none()) {
    reason_ = unknown_value(context_, "nothing says how the type is written");
    return;
  }
  Arguments arguments;
  const auto* bound = method.as<python::BoundMethod>();
  const auto* function = bound ? bound->function.as<python::Function>() : method.as<python::Function>();
  const bool keywords = function && function->parameters && function->parameters->kwarg;
  if (keywords && column_) {
    arguments.keywords.emplace_back("type_expression", const_cast<ColumnObject*>(column_)->self);
  }
  const Value result = context_.interpreter->settled(context_.interpreter->call(method, std::move(arguments)));
  if (const std::string* spec = text_in(result)) {
    type.spec = *spec;
  } else {
    reason_ = result.is_unknown() ? result : unknown_value(context_, "get_col_spec gives no text");
  }
}

TypePointer Reader::read() {
  if (TypePointer other = variant()) return other;
  Type type;
  type.of = type_class_of(*instance_.type);
  if (!type.of) {
    return unknown_type(context_, {}, "the type " + instance_.type->name + " is not one of SQLAlchemy's");
  }
  if (const Value* unknown = instance_.attributes->find("_unknown_arguments"))
    return unknown_type(context_, *unknown, {});
  if (derives_from(type.of, "TypeDecorator") && type.of->name != "Interval") {
    read_decorator(type);
  } else if (derives_from(type.of, "Enum")) {
    read_enum(type);
  } else if (type.of->visit == "DOMAIN") {
    read_domain(type);
  } else {
    read_builtin(type);
  }
  const bool by_project = compiled(type);
  if (!by_project && derives_from(type.of, "UserDefinedType")) read_user_defined(type);
  if (reason_.is_unknown()) return unknown_type(context_, reason_, {});
  return std::make_shared<const Type>(std::move(type));
}

TypePointer type_at(Context& context, Value value, const ColumnObject* column, int depth) {
  if (value.is_none()) return plain_type("NullType");
  if (depth > deepest) return unknown_type(context, {}, "the type is nested too deeply");
  if (value.as<python::Class>()) {
    value = type_instance(context, value);
  }
  if (auto* instance = value.as<python::Instance>()) return Reader(context, *instance, column, depth).read();
  return unknown_type(context, value, "it is no type that is known: " + context.interpreter->shown(value));
}

}  // namespace

TypePointer type_from(Context& context, Value value, const ColumnObject* column) {
  return type_at(context, value, column, 0);
}

TypePointer type_visited_as(Context& context, Value element, std::string_view visit) {
  auto* instance = element.as<python::Instance>();
  const TypeClass* own = instance ? type_class_of(*instance->type) : nullptr;
  if (!own) return type_from(context, element);
  Type type;
  type.of = own;
  const auto number = [&](std::string_view name) { return integer_in(attribute_or_none(context, element, name)); };
  type.length = number("length");
  type.precision = number("precision");
  type.scale = number("scale");
  type.timezone = is_truthy(context, attribute_or_none(context, element, "timezone"));
  if (const std::string* collation = text_in(attribute_or_none(context, element, "collation"))) {
    type.collation = *collation;
  }
  const TypeClass* wanted = type_class_of_visit(visit);
  type.of = wanted ? wanted : own;
  return std::make_shared<const Type>(std::move(type));
}

bool is_type_value(Value value) {
  if (const auto* instance = value.as<python::Instance>()) return type_class_of(*instance->type) != nullptr;
  const auto* type = value.as<python::Class>();
  return type && type_class_of(*type) != nullptr;
}

Value type_instance(Context& context, Value type) {
  if (!type.as<python::Class>()) return type;
  return context.interpreter->settled(context.interpreter->call(type));
}

TypePointer column_type(Context& context, const ColumnObject& column) {
  std::set<const ColumnObject*> seen;
  const ColumnObject* at = &column;
  while (at->data_type.is_none() && seen.insert(at).second) {
    const ColumnObject* referred = nullptr;
    for (const ForeignKeyObject* key : at->foreign_keys) {
      referred = referred_column(context, *key);
      if (referred) break;
    }
    if (!referred) break;
    at = referred;
  }
  return type_from(context, at->data_type, &column);
}

/// An enum with inherit_schema=True lies where its table does; one of a MetaData in that one's schema.
void type_reaches_table(Context& context, ColumnObject& column) {
  std::vector<Value> waiting{column.data_type};
  for (int steps = 0; !waiting.empty() && steps < 100; ++steps) {
    const Value value = waiting.back();
    waiting.pop_back();
    auto* instance = value.as<python::Instance>();
    if (!instance) continue;
    for (const std::string_view inner : {"item_type", "impl"}) {
      if (const Value* found = instance->attributes->find(inner)) waiting.push_back(*found);
    }
    if (const Value* variants = instance->attributes->find("_variant_mapping")) {
      if (const auto* dict = variants->as<python::Dict>()) {
        for (const auto& entry : dict->table.entries()) waiting.push_back(entry.value);
      }
    }
    const Value* inherit = instance->attributes->find("inherit_schema");
    if (!inherit) continue;
    Value* schema = instance->attributes->find("schema");
    const MetaDataObject* metadata = as_metadata(attribute_or_none(context, value, "metadata"));
    const auto place_in = [&](const GivenName& name) {
      const Value text = name.empty() ? Value() : context.interpreter->str(catalog_name(name));
      context.interpreter->set(*instance->attributes, "schema", text);
    };
    if (is_truthy(context, *inherit)) {
      place_in(column.table->schema);
    } else if (metadata && (!schema || schema->is_none()) && !metadata->schema.empty()) {
      place_in(metadata->schema);
    }
  }
}

}  // namespace models
