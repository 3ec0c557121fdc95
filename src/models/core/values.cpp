#include "models/core/values.h"

#include <algorithm>
#include <array>

#include "models/core/names.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

const std::string* text_in(Value value) {
  if (const auto* text = value.as<python::Str>()) return &text->text;
  const auto* instance = value.as<python::Instance>();
  return instance && instance->payload ? text_in(*instance->payload) : nullptr;
}

std::optional<bool> flag_in(Value value) {
  if (const auto* flag = value.as<python::Bool>()) return flag->value;
  return {};
}

std::optional<std::int64_t> integer_in(Value value) {
  if (const auto* number = value.as<python::Int>(); number && !number->large) return number->value;
  if (const auto* flag = value.as<python::Bool>()) return flag->value ? 1 : 0;
  const auto* instance = value.as<python::Instance>();
  return instance && instance->payload ? integer_in(*instance->payload) : std::nullopt;
}

bool is_truthy(Context& context, Value value) {
  if (const auto flag = flag_in(value)) return *flag;
  if (value.is_none()) return false;
  return context.interpreter->is_true(value);
}

Value argument(const Arguments& arguments, std::size_t position, std::string_view name) {
  const Value* found = arguments.find(position, name);
  return found ? *found : Value();
}

Value keyword(const Arguments& arguments, std::string_view name) {
  const Value* found = arguments.keyword(name);
  return found ? *found : Value();
}

bool has_keyword(const Arguments& arguments, std::string_view name) { return arguments.keyword(name) != nullptr; }

python::HostObject* host_object(Value value) {
  if (value.kind() == python::Kind::Host) return static_cast<python::HostObject*>(value.object());
  const auto* instance = value.as<python::Instance>();
  return instance ? instance->host : nullptr;
}

Outcome ignored_method(Interpreter& interpreter, std::string_view qualified_name, Value result) {
  return method(interpreter, qualified_name, [result](Interpreter&, Arguments&) -> Outcome { return result; });
}

const python::Unknown* unknown_arguments(const Arguments& arguments) {
  return arguments.unknown_positional ? arguments.unknown_positional : arguments.unknown_keywords;
}

Value unknown_value(Context& context, std::string reason) { return context.interpreter->unknown(std::move(reason)); }

bool is_dialect_option(std::string_view name) {
  constexpr std::array dialects{"postgresql", "postgres",  "mysql",       "mariadb",  "sqlite",     "oracle",  "mssql",
                                "redshift",   "snowflake", "cockroachdb", "bigquery", "databricks", "firebird"};
  const auto end = name.find('_');
  if (end == std::string_view::npos) return false;
  const std::string_view dialect = name.substr(0, end);
  return std::ranges::find(dialects, dialect) != dialects.end();
}

Value attribute_or_none(Context& context, Value object, std::string_view name) {
  const Outcome found = context.interpreter->find_attribute(object, name);
  if (found) return *found;
  if (found.is_raised()) context.interpreter->clear_exception();
  return {};
}

bool class_derives_from(Value type, std::string_view canonical) {
  if (const auto* external = type.as<python::External>()) return external->qualified_name == canonical;
  const auto* known = type.as<python::Class>();
  if (!known) return false;
  return std::ranges::any_of(known->mro, [&](Value base) {
    if (const auto* external = base.as<python::External>()) return external->qualified_name == canonical;
    const auto* other = base.as<python::Class>();
    return other && other->qualified_name == canonical;
  });
}

}  // namespace models
