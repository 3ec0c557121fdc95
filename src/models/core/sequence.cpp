// Sequence, Identity, Computed and the other defaults of columns.
#include <algorithm>
#include <array>

#include "models/context.h"
#include "models/core/expression_internal.h"
#include "models/core/handlers.h"
#include "models/core/names.h"
#include "models/core/schema_internal.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

constexpr std::array sequence_options{"start",      "increment", "minvalue", "maxvalue", "nominvalue",
                                      "nomaxvalue", "cycle",     "cache",    "order"};

void keep_sequence_options(DialectOptions& options, const Arguments& arguments) {
  for (const auto& [name, value] : arguments.keywords) {
    const bool known = std::ranges::find(sequence_options, name) != sequence_options.end();
    if (known && !value.is_none()) options.emplace_back(name, value);
  }
}

/// Options by position: from `at` on in the given order.
void keep_positional(DialectOptions& options, const Arguments& arguments, std::size_t at,
                     std::initializer_list<std::string_view> order) {
  for (const std::string_view name : order) {
    const Value* value = arguments.at(at++);
    if (value && !value->is_none()) options.emplace_back(name, *value);
  }
}

std::string sequence_key(const GivenName& schema, const GivenName& name) {
  return schema.empty() ? name.text : schema.text + "." + name.text;
}

Outcome sequence(Context& context, Arguments& arguments) {
  auto* made = context.interpreter->make<SequenceObject>();
  mark_made(context, *made);
  made->name = given_name(context, argument(arguments, 0, "name"), keyword(arguments, "quote"));
  keep_sequence_options(made->sequence, arguments);
  keep_positional(made->sequence, arguments, 1,
                  {"start", "increment", "minvalue", "maxvalue", "nominvalue", "nomaxvalue", "cycle"});
  MetaDataObject* metadata = as_metadata(keyword(arguments, "metadata"));
  const Value schema = argument(arguments, 8, "schema");
  if (schema.is_none() && metadata) {
    made->schema = metadata->schema;
  } else if (!is_blank_schema(schema)) {
    made->schema = given_name(context, schema, keyword(arguments, "quote_schema"));
  }
  made->data_type = keyword(arguments, "data_type");
  made->optional = is_truthy(context, keyword(arguments, "optional"));
  made->for_update = is_truthy(context, keyword(arguments, "for_update"));
  if (metadata) attach_sequence(context, *made, *metadata);
  return made;
}

ServerDefaultObject* make_default(Context& context, ServerDefaultObject::Which which) {
  auto* made = context.interpreter->make<ServerDefaultObject>(which);
  mark_made(context, *made);
  return made;
}

Outcome identity(Context& context, Arguments& arguments) {
  ServerDefaultObject* made = make_default(context, ServerDefaultObject::Which::Identity);
  made->always = argument(arguments, 0, "always");
  keep_sequence_options(made->sequence, arguments);
  keep_positional(made->sequence, arguments, 2,
                  {"start", "increment", "minvalue", "maxvalue", "nominvalue", "nomaxvalue", "cycle", "cache"});
  if (arguments.unknown_keywords) made->always = Value(const_cast<python::Unknown*>(arguments.unknown_keywords));
  return made;
}

Outcome computed(Context& context, Arguments& arguments) {
  ServerDefaultObject* made = make_default(context, ServerDefaultObject::Which::Computed);
  made->argument = argument(arguments, 0, "sqltext");
  made->persisted = argument(arguments, 1, "persisted");
  return made;
}

Outcome default_clause(Context& context, Arguments& arguments) {
  ServerDefaultObject* made = make_default(context, ServerDefaultObject::Which::Clause);
  made->argument = argument(arguments, 0, "arg");
  made->for_update = is_truthy(context, argument(arguments, 1, "for_update"));
  return made;
}

Outcome fetched_value(Context& context, Arguments& arguments) {
  ServerDefaultObject* made = make_default(context, ServerDefaultObject::Which::Fetched);
  made->for_update = is_truthy(context, argument(arguments, 0, "for_update"));
  return made;
}

Outcome column_default(Context& context, Arguments& arguments) {
  auto* made = context.interpreter->make<ColumnDefaultObject>();
  mark_made(context, *made);
  made->argument = argument(arguments, 0, "arg");
  made->for_update = is_truthy(context, keyword(arguments, "for_update"));
  return made;
}

const Value* option(const DialectOptions& options, std::string_view name) {
  const auto found = std::ranges::find_if(options, [&](const auto& entry) { return entry.first == name; });
  return found == options.end() ? nullptr : &found->second;
}

}  // namespace

void attach_sequence(Context&, SequenceObject& sequence, MetaDataObject& metadata) {
  sequence.metadata = &metadata;
  const std::string key = sequence.key();
  if (!metadata.sequences.contains(key)) metadata.sequence_order.push_back(key);
  metadata.sequences[key] = &sequence;
}

std::string SequenceObject::key() const { return sequence_key(schema, name); }

Outcome SequenceObject::attribute(Interpreter& interpreter, std::string_view wanted) {
  Context& shared = context(interpreter);
  if (wanted == "next_value") {
    return method(interpreter, "sqlalchemy.Sequence.next_value",
                  [&shared, this](Interpreter&, Arguments& given) -> Outcome {
                    given.positional = {Value(this)};
                    given.keywords.clear();
                    return called_function(shared, {"next_value"}, given);
                  });
  }
  if (wanted == "name") return name_value(shared, name);
  if (wanted == "schema") return name_value(shared, schema);
  if (wanted == "metadata") return metadata ? metadata->self : Value();
  if (wanted == "optional") return interpreter.boolean(optional);
  if (const Value* value = option(sequence, wanted)) return *value;
  if (std::ranges::find(sequence_options, wanted) != sequence_options.end()) return interpreter.none();
  return SchemaItem::attribute(interpreter, wanted);
}

std::string_view ServerDefaultObject::type_name() const {
  switch (which) {
    case Which::Clause:
      return "sqlalchemy.DefaultClause";
    case Which::Fetched:
      return "sqlalchemy.FetchedValue";
    case Which::Identity:
      return "sqlalchemy.Identity";
    case Which::Computed:
      return "sqlalchemy.Computed";
  }
  return "sqlalchemy.FetchedValue";
}

bool ServerDefaultObject::is_instance_of(std::string_view qualified_name) const {
  const std::string canonical = canonical_name(qualified_name);
  return canonical == type_name() || canonical == "sqlalchemy.FetchedValue" || canonical == "sqlalchemy.SchemaItem";
}

Outcome ServerDefaultObject::attribute(Interpreter& interpreter, std::string_view wanted) {
  if (wanted == "arg" || wanted == "sqltext") return argument;
  if (wanted == "persisted") return persisted;
  if (wanted == "always") return always;
  if (const Value* value = option(sequence, wanted)) return *value;
  return SchemaItem::attribute(interpreter, wanted);
}

Outcome ColumnDefaultObject::attribute(Interpreter& interpreter, std::string_view wanted) {
  if (wanted == "arg") return argument;
  if (wanted == "is_callable") {
    return interpreter.boolean(argument.as<python::Function>() || argument.as<python::Builtin>());
  }
  if (wanted == "is_scalar") return interpreter.boolean(true);
  return SchemaItem::attribute(interpreter, wanted);
}

std::span<const NamedHandler> sequence_handlers() {
  static constexpr NamedHandler handlers[] = {
      {"sqlalchemy.Sequence", sequence},          {"sqlalchemy.Identity", identity},
      {"sqlalchemy.Computed", computed},          {"sqlalchemy.DefaultClause", default_clause},
      {"sqlalchemy.FetchedValue", fetched_value}, {"sqlalchemy.ColumnDefault", column_default},
  };
  return handlers;
}

}  // namespace models
