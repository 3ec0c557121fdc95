// What all schema constructs have in common.
#include "base/text.h"
#include "models/context.h"
#include "models/core/names.h"
#include "models/core/schema_internal.h"
#include "models/core/server_names.h"
#include "models/core/state.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

Outcome conditional(Context& context, SchemaItem& self, const Arguments& arguments) {
  python::Dict* condition = context.interpreter->dict();
  context.interpreter->set(*condition, "dialect", argument(arguments, 0, "dialect"));
  context.interpreter->set(*condition, "callable_", argument(arguments, 1, "callable_"));
  context.interpreter->set(*condition, "state", argument(arguments, 2, "state"));
  self.ddl_condition = condition;
  return self.self;
}

Value options_dict(Context& context, const DialectOptions& options) {
  python::Dict* dict = context.interpreter->dict();
  for (const auto& [name, value] : options) context.interpreter->set(*dict, name, value);
  return dict;
}

}  // namespace

GivenName given_name(Context& context, Value value, Value quote) {
  GivenName name;
  if (value.is_unknown()) {
    name.unknown = value;
    return name;
  }
  const std::string* text = text_in(value);
  if (!text) return name;
  name.text = *text;
  name.quote = flag_in(quote);
  if (const auto* instance = value.as<python::Instance>()) {
    const std::string& type = instance->type->qualified_name;
    name.conventional = type == "sqlalchemy.conv";
    if (!name.quote && type == "sqlalchemy.quoted_name") {
      name.quote = flag_in(attribute_or_none(context, value, "quote"));
    }
  }
  return name;
}

std::string catalog_name(const GivenName& name) {
  const bool folded = name.quote == false;
  return clipped_identifier(folded ? base::lowered(name.text) : name.text);
}

const Value* postgresql_option(const DialectOptions& options, std::string_view name) {
  constexpr std::string_view prefix = "postgresql_";
  for (const auto& [key, value] : options) {
    if (key.starts_with(prefix) && std::string_view(key).substr(prefix.size()) == name) return &value;
  }
  return nullptr;
}

void mark_made(Context& context, SchemaItem& item) {
  item.location = context.interpreter->here();
  item.order = state(context).next_order();
}

void keep_options(DialectOptions& options, const Arguments& arguments) {
  for (const auto& [name, value] : arguments.keywords) {
    if (is_dialect_option(name)) options.emplace_back(name, value);
  }
}

Value name_value(Context& context, const GivenName& name) {
  if (name.is_unknown()) return name.unknown;
  return name.empty() ? Value() : context.interpreter->str(name.text);
}

Value python_set(Context& context, const std::vector<Value>& values) {
  auto* set = context.interpreter->make<python::Set>();
  for (const Value value : values) {
    const Outcome stored = context.interpreter->set(set->table, value, Value());
    if (stored.is_raised()) context.interpreter->clear_exception();
  }
  return set;
}

void note_unknown(std::vector<const python::Unknown*>& list, Value value) {
  if (const auto* unknown = value.as<python::Unknown>()) list.push_back(unknown);
}

void note_unknown(std::vector<const python::Unknown*>& list, const Arguments& arguments) {
  if (const python::Unknown* unknown = unknown_arguments(arguments)) list.push_back(unknown);
}

bool is_blank_schema(Value value) {
  const auto* external = value.as<python::External>();
  return external && external->qualified_name == "sqlalchemy.BLANK_SCHEMA";
}

void report_conflict(Context& context, const TableObject& table, const python::Location& second,
                     const python::Location& first, std::string message) {
  if (first) message += "; the first is at " + base::text(place(first));
  report_invalid(*context.interpreter, second, std::move(message), table.key());
}

void fire(Context& context, python::HostObject& target, const std::vector<Listener>& own, std::string_view event,
          Value target_value, Value parent) {
  std::vector<Value> functions;
  for (const ClassListener& entry : state(context).class_listeners) {
    if (entry.listener.event == event && target.is_instance_of(entry.type)) {
      functions.push_back(entry.listener.function);
    }
  }
  for (const Listener& listener : own) {
    if (listener.event == event) functions.push_back(listener.function);
  }
  for (const Value function : functions) {
    (void)context.interpreter->settled(context.interpreter->call(function, {target_value, parent}));
  }
}

Outcome SchemaItem::attribute(Interpreter& interpreter, std::string_view name) {
  Context& shared = context(interpreter);
  if (name == "info") {
    if (info.is_none()) info = interpreter.dict();
    return info;
  }
  if (name == "ddl_if") {
    return method(interpreter, "sqlalchemy.ddl_if",
                  [&shared, this](Interpreter&, Arguments& given) { return conditional(shared, *this, given); });
  }
  if (name == "dialect_kwargs" || name == "kwargs") return options_dict(shared, options);
  if (name == "create" || name == "drop") return ignored_method(interpreter, "sqlalchemy.create");
  for (const auto& [key, value] : others) {
    if (key == name) return value;
  }
  return python::absent;
}

Outcome SchemaItem::set_attribute(Interpreter& interpreter, std::string_view name, Value value) {
  if (name == "info") {
    info = value;
    return interpreter.none();
  }
  for (auto& [key, kept] : others) {
    if (key == name) {
      kept = value;
      return interpreter.none();
    }
  }
  others.emplace_back(name, value);
  return interpreter.none();
}

namespace {
template <class T>
T* object_as(Value value) {
  return dynamic_cast<T*>(host_object(value));
}
}  // namespace

MetaDataObject* as_metadata(Value value) { return object_as<MetaDataObject>(value); }
TableObject* as_table(Value value) { return object_as<TableObject>(value); }
ForeignKeyObject* as_foreign_key(Value value) { return object_as<ForeignKeyObject>(value); }
ConstraintObject* as_constraint(Value value) { return object_as<ConstraintObject>(value); }
IndexObject* as_index(Value value) { return object_as<IndexObject>(value); }
SequenceObject* as_sequence(Value value) { return object_as<SequenceObject>(value); }
ServerDefaultObject* as_server_default(Value value) { return object_as<ServerDefaultObject>(value); }

ColumnObject* as_column(Context& context, Value value) {
  if (auto* column = object_as<ColumnObject>(value)) return column;
  auto* holder = object_as<ClauseHolder>(value);
  return holder ? dynamic_cast<ColumnObject*>(holder->clause(context)) : nullptr;
}

}  // namespace models
