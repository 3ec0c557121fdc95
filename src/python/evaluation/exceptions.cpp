#include <string>

#include "python/evaluation/evaluator.h"

namespace python {

Raised Interpreter::raise(std::string_view type, std::string message) {
  Class* exception_class = builtin_class(type);
  if (!exception_class) exception_class = builtin_class("Exception");
  Instance* exception = new_instance(*this, *exception_class);
  exception->location = here();
  set(*exception->attributes, "args", tuple({make_str(*this, std::move(message))}));
  return raise(exception);
}

Raised Interpreter::raise(Value exception) {
  if (!state_->exhausted) state_->exception = exception;
  return raised;
}

std::optional<Value> Interpreter::exception() const { return state_->exception; }

void Interpreter::clear_exception() {
  if (!state_->exhausted) state_->exception.reset();
}

std::string Interpreter::exception_text(Value exception) {
  std::string message;
  const auto* instance = exception.as<Instance>();
  const Value* arguments = instance ? instance->attributes->find("args") : nullptr;
  const auto* items = arguments ? sequence_items(*arguments) : nullptr;
  if (items && !items->empty()) {
    const std::string* text = text_of((*items)[0]);
    message = text ? *text : shown((*items)[0]);
  }
  return message.empty() ? type_name(exception) : type_name(exception) + ": " + message;
}

bool Interpreter::catches(std::string_view type) {
  if (!state_->exception || state_->exhausted) return false;
  if (!is_subclass_of(type_of(*state_->exception), type)) return false;
  clear_exception();
  return true;
}

Value Interpreter::settled(Outcome outcome, Location location) {
  if (outcome) return *outcome;
  if (outcome.is_absent()) return unknown("there is nothing", location);
  const std::optional<Value> exception = state_->exception;
  if (state_->exhausted) return unknown("the evaluation takes too many steps", location);
  clear_exception();
  return unknown(exception ? exception_text(*exception) : "an exception was raised", location);
}

}  // namespace python
