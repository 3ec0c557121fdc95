// Enum: labels from a Python enum or from texts, its name, the metadata that makes it.
#include "base/text.h"
#include "models/core/objects.h"
#include "models/core/type_internal.h"
#include "models/core/values.h"

namespace models {
namespace {

using python::Arguments;
using python::Outcome;
using python::Value;

/// The members of a Python enum by name; absent if the value is none.
Outcome members_of(Context& context, Value value) {
  const auto* type = value.as<python::Class>();
  if (!type || !type->is_enum) return python::absent;
  return attribute_or_none(context, value, "__members__");
}

/// Names of members; those of aliases are left out unless they are wanted.
std::vector<Value> member_names(Context& context, Value members, bool with_aliases) {
  std::vector<Value> names;
  const auto* dict = members.as<python::Dict>();
  if (!dict) return names;
  for (const auto& entry : dict->table.entries()) {
    const Value own_name = attribute_or_none(context, entry.value, "name");
    const std::string* own = text_in(own_name);
    const std::string* key = text_in(entry.key);
    if (with_aliases || !own || !key || *own == *key) names.push_back(entry.key);
  }
  return names;
}

Value labels_of(Context& context, Value enumeration, Value members, const Arguments& arguments) {
  const Value values = keyword(arguments, "values_callable");
  if (!values.is_none()) {
    const Outcome called = context.interpreter->call(values, {enumeration});
    if (!called) return context.interpreter->settled(called);
    return context.interpreter->settled(context.interpreter->items(*called));
  }
  const Value* omit = arguments.keyword("omit_aliases");
  const bool left_out_by_default = context.sqlalchemy >= discovery::Version{2, 0, 0};
  const bool with_aliases = omit ? !is_truthy(context, *omit) : !left_out_by_default;
  if (!members.as<python::Dict>()) {
    return members.is_unknown() ? members : unknown_value(context, "the members of the enum are not known");
  }
  return context.interpreter->list(member_names(context, members, with_aliases));
}

std::int64_t longest(Value labels) {
  std::size_t length = 0;
  const auto* list = labels.as<python::List>();
  if (!list) return 0;
  for (const Value label : list->items) {
    const std::string* text = text_in(label);
    if (!text) continue;
    std::size_t characters = 0;
    for (const char c : *text) characters += (c & 0xC0) != 0x80 ? 1 : 0;
    length = std::max(length, characters);
  }
  return static_cast<std::int64_t>(length);
}

struct Keyword {
  std::string_view name;
  bool default_value;
};
constexpr Keyword flags[] = {{"native_enum", true},       {"create_constraint", false}, {"inherit_schema", false},
                             {"validate_strings", false}, {"omit_aliases", true},       {"create_type", true}};

}  // namespace

void initialize_enum(Context& context, python::Instance& self, const Arguments& arguments) {
  python::Interpreter& interpreter = *context.interpreter;
  const auto set = [&](std::string_view name, Value value) { interpreter.set(*self.attributes, name, value); };
  for (const Keyword& flag : flags) {
    const Value* given = arguments.keyword(flag.name);
    set(flag.name, given ? *given : interpreter.boolean(flag.default_value));
  }
  Value name = keyword(arguments, "name");
  Value labels;
  const Outcome members =
      arguments.positional.size() == 1 ? members_of(context, arguments.positional[0]) : Outcome(python::absent);
  if (members) {
    const Value enumeration = arguments.positional[0];
    labels = labels_of(context, enumeration, *members, arguments);
    set("enum_class", enumeration);
    const auto* known = labels.as<python::List>();
    const bool has_members = !known || !known->items.empty();  // Enum(enum.Enum), a pattern, has none and no name
    if (!has_keyword(arguments, "name") && has_members) {
      name = interpreter.str(base::lowered(enumeration.as<python::Class>()->name));
    }
  } else if (arguments.positional.size() == 1 && arguments.positional[0].is_unknown()) {
    labels = arguments.positional[0];
  } else {
    labels = interpreter.list(arguments.positional);
    set("enum_class", interpreter.none());
  }
  set("enums", labels);
  const Value* length = arguments.keyword("length");
  set("length", length ? *length : interpreter.integer(longest(labels)));
  set("collation", interpreter.none());
  set("name", name);
  set("_quote", keyword(arguments, "quote"));
  set("values_callable", keyword(arguments, "values_callable"));
  const Value metadata = keyword(arguments, "metadata");
  set("metadata", metadata);
  const Value schema = keyword(arguments, "schema");
  const auto* blank = schema.as<python::External>();
  set("schema", blank && blank->qualified_name == "sqlalchemy.BLANK_SCHEMA" ? interpreter.none() : schema);
  if (MetaDataObject* owner = as_metadata(metadata)) owner->types.push_back(Value(&self));
}

}  // namespace models
