#include "models/host.h"

#include <algorithm>

#include "python/evaluation/interpreter.h"

namespace models {
using python::Arguments;
using python::Class;
using python::External;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
/// The first answer that is not absent.
template <class Parts, class Ask>
Outcome first_answer(const Parts& parts, const Ask& ask) {
  for (const auto& part : parts) {
    if (Outcome answer = ask(*part); !answer.is_absent()) return answer;
  }
  return python::absent;
}

template <class Parts, class Ask>
std::optional<bool> first_opinion(const Parts& parts, const Ask& ask) {
  for (const auto& part : parts) {
    if (const std::optional<bool> opinion = ask(*part)) return opinion;
  }
  return std::nullopt;
}
}  // namespace

Context& context(Interpreter& interpreter) { return static_cast<Host&>(interpreter.host()).context; }

void report_unresolved(Interpreter& interpreter, const python::Location& location, std::string message,
                       std::string table) {
  Context& shared = context(interpreter);
  base::Place where = location ? place(location) : base::Place{};
  if (!shared.unresolved_places.insert(where).second) return;
  shared.diagnostics.push_back(
      {.code = "UNRESOLVED", .message = std::move(message), .place = std::move(where), .table = std::move(table)});
}

void report_invalid(Interpreter& interpreter, const python::Location& location, std::string message,
                    std::string table) {
  base::Error error;
  error.code = base::ErrorCode::ModelInvalid;
  error.message = std::move(message);
  error.hint = "SQLAlchemy itself would refuse these models: mend them where the message says";
  if (location) error.place = place(location);
  context(interpreter).invalid.push_back({std::move(error), std::move(table)});
}

namespace {
std::string shown(const discovery::Version& version) {
  constexpr int any = 99;  ///< a version that is only bounded from above: 1.999.999 is the last 1.x, 1.4
  const int minor = version.minor > any ? (version.major == 1 ? 4 : 0) : version.minor;
  return std::to_string(version.major) + "." + std::to_string(minor) + "." +
         std::to_string(std::min(version.patch, any));
}

/// What every class and module has: "sqlalchemy.UniqueConstraint.__name__".
Outcome special_name(Interpreter& interpreter, const Context& context, std::string_view name) {
  if (!name.ends_with("__")) return python::absent;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos) return python::absent;
  const std::string_view owner = name.substr(0, dot);
  const std::string_view special = name.substr(dot + 1);
  const std::size_t inner = owner.rfind('.');
  if (special == "__name__" || special == "__qualname__") {
    return interpreter.str(inner == std::string_view::npos ? owner : owner.substr(inner + 1));
  }
  if (special == "__module__") return interpreter.str(inner == std::string_view::npos ? owner : owner.substr(0, inner));
  if (special == "__dict__") return interpreter.dict();
  if (special == "__version__" && owner == "sqlalchemy") return interpreter.str(shown(context.sqlalchemy));
  if (special == "__version__" && owner == "sqlmodel") return interpreter.str(shown(context.sqlmodel));
  return python::absent;
}
}  // namespace

Outcome Host::outside(Interpreter& interpreter, std::string_view name) {
  if (const Outcome special = special_name(interpreter, context, name); !special.is_absent()) return special;
  return first_answer(parts_, [&](python::Host& part) { return part.outside(interpreter, name); });
}

Outcome Host::supplied(Interpreter& interpreter, std::string_view name) {
  if (const auto value = context.supplied.find(name); value != context.supplied.end()) {
    python::Dict* const names[] = {interpreter.dict()};
    return interpreter.evaluate(value->second, {}, names);
  }
  return first_answer(parts_, [&](python::Host& part) { return part.supplied(interpreter, name); });
}

bool Host::reads_installed(std::string_view module) {
  for (const auto& part : parts_) {
    if (part->reads_installed(module)) return true;
  }
  return false;
}

Outcome Host::call(Interpreter& interpreter, const External& callee, Arguments& arguments) {
  return first_answer(parts_, [&](python::Host& part) { return part.call(interpreter, callee, arguments); });
}

Outcome Host::subscript(Interpreter& interpreter, const External& object, Value index) {
  return first_answer(parts_, [&](python::Host& part) { return part.subscript(interpreter, object, index); });
}

Outcome Host::attribute(Interpreter& interpreter, const python::Call& object, std::string_view name) {
  return first_answer(parts_, [&](python::Host& part) { return part.attribute(interpreter, object, name); });
}

Outcome Host::binary(Interpreter& interpreter, python::Binary op, Value left, Value right) {
  return first_answer(parts_, [&](python::Host& part) { return part.binary(interpreter, op, left, right); });
}

Outcome Host::inherited(Interpreter& interpreter, Value from, std::string_view name, Value receiver) {
  return first_answer(parts_, [&](python::Host& part) { return part.inherited(interpreter, from, name, receiver); });
}

Outcome Host::metaclass(Interpreter& interpreter, Value of) {
  return first_answer(parts_, [&](python::Host& part) { return part.metaclass(interpreter, of); });
}

std::vector<Value> Host::bases(Interpreter& interpreter, const External& type) {
  for (const auto& part : parts_) {
    if (std::vector<Value> found = part->bases(interpreter, type); !found.empty()) return found;
  }
  return {};
}

Outcome Host::instantiate(Interpreter& interpreter, Class& type, Arguments& arguments) {
  return first_answer(parts_, [&](python::Host& part) { return part.instantiate(interpreter, type, arguments); });
}

void Host::class_created(Interpreter& interpreter, Class& type) {
  for (const auto& part : parts_) part->class_created(interpreter, type);
}

Outcome Host::set_class_attribute(Interpreter& interpreter, Class& type, std::string_view name, Value value) {
  return first_answer(parts_,
                      [&](python::Host& part) { return part.set_class_attribute(interpreter, type, name, value); });
}

Outcome Host::delete_class_attribute(Interpreter& interpreter, Class& type, std::string_view name) {
  return first_answer(parts_, [&](python::Host& part) { return part.delete_class_attribute(interpreter, type, name); });
}

std::optional<bool> Host::is_instance(Interpreter& interpreter, Value value, const External& type) {
  return first_opinion(parts_, [&](python::Host& part) { return part.is_instance(interpreter, value, type); });
}

std::optional<bool> Host::is_subclass(Interpreter& interpreter, Value value, const External& type) {
  return first_opinion(parts_, [&](python::Host& part) { return part.is_subclass(interpreter, value, type); });
}

std::optional<bool> Host::decide(Interpreter& interpreter, const python::Unknown& unknown,
                                 const python::Location& location) {
  return first_opinion(parts_, [&](python::Host& part) { return part.decide(interpreter, unknown, location); });
}

void Host::undecided(Interpreter& interpreter, const python::Undecided& undecided) {
  for (const auto& part : parts_) part->undecided(interpreter, undecided);
}

void Host::unknown_called(Interpreter& interpreter, const python::Unknown& callee, const Arguments& arguments) {
  for (const auto& part : parts_) part->unknown_called(interpreter, callee, arguments);
}

void Host::uncaught(Interpreter& interpreter, Value exception, const python::Location& location,
                    std::string_view text) {
  for (const auto& part : parts_) part->uncaught(interpreter, exception, location, text);
}

void Host::reported(Interpreter& interpreter, const base::Diagnostic& diagnostic) {
  context.diagnostics.push_back(diagnostic);
  for (const auto& part : parts_) part->reported(interpreter, diagnostic);
}

}  // namespace models
