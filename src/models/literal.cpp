#include "models/literal.h"

#include "python/evaluation/host_object.h"
#include "python/evaluation/objects.h"

namespace models {
namespace {

using rls::Literal;

Literal list(python::Interpreter& interpreter, const std::vector<python::Value>& items) {
  Literal made;
  made.kind = Literal::Kind::List;
  for (const auto& item : items) made.items.push_back(literal(interpreter, item));
  return made;
}

Literal entries(python::Interpreter& interpreter, const python::Table& table, Literal::Kind kind) {
  Literal made;
  made.kind = kind;
  for (const auto& [key, value, hash] : table.entries()) {
    if (kind == Literal::Kind::Map) {
      made.entries.emplace_back(literal(interpreter, key), literal(interpreter, value));
    } else {
      made.items.push_back(literal(interpreter, key));
    }
  }
  return made;
}

Literal words(std::string text) {
  Literal made;
  made.kind = Literal::Kind::Text;
  made.text = std::move(text);
  return made;
}

/// A str, an enum of strings, text(): what str() makes of it.
Literal by_str(python::Interpreter& interpreter, python::Value value) {
  const auto text = interpreter.settled(interpreter.str_of(value));
  if (const auto* str = text.as<python::Str>()) return words(str->text);
  Literal other;
  other.kind = Literal::Kind::Other;
  return other;
}

Literal unquoted(python::Interpreter& interpreter, python::Value value) {
  if (value.is_none()) return {};
  if (const auto* truth = value.as<python::Bool>()) {
    Literal made;
    made.kind = Literal::Kind::Truth;
    made.truth = truth->value;
    return made;
  }
  if (const auto* str = value.as<python::Str>()) return words(str->text);
  if (const auto* tuple = value.as<python::Tuple>()) return list(interpreter, tuple->items);
  if (const auto* items = value.as<python::List>()) return list(interpreter, items->items);
  if (const auto* dict = value.as<python::Dict>()) return entries(interpreter, dict->table, Literal::Kind::Map);
  if (const auto* set = value.as<python::Set>()) return entries(interpreter, set->table, Literal::Kind::List);
  if (value.as<python::HostObject>() != nullptr) return by_str(interpreter, value);
  // A member of a str enum, or of another class of texts, is its text.
  if (const auto* instance = value.as<python::Instance>(); instance != nullptr && instance->payload) {
    return unquoted(interpreter, *instance->payload);
  }
  Literal other;
  other.kind = Literal::Kind::Other;
  return other;
}

}  // namespace

Literal literal(python::Interpreter& interpreter, python::Value value) {
  Literal made = unquoted(interpreter, value);
  made.shown = interpreter.shown(value);
  return made;
}

}  // namespace models
