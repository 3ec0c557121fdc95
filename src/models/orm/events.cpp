#include "models/orm/events.h"

#include <algorithm>
#include <array>

#include "models/core/values.h"
#include "models/orm/registry.h"
#include "python/evaluation/interpreter.h"

/// Listeners on mappers: they may add columns, constraints and indexes to the table of a mapped class.
namespace models::orm {
using python::Arguments;
using python::Class;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {
constexpr std::array<std::string_view, 7> events = {
    "instrument_class",  "after_mapper_constructed", "before_mapper_configured", "mapper_configured",
    "before_configured", "after_configured",         "class_instrument"};

bool is_mapper_class(Value target) {
  const auto* outside = target.as<python::External>();
  return outside &&
         (outside->qualified_name == "sqlalchemy.orm.mapper" || outside->qualified_name == "sqlalchemy.orm.Mapper");
}

/// Whether such a listener can be meant: the Core has other targets and other events.
bool is_mapper_event(Value target, std::string_view event) {
  const bool may_listen = is_mapper_class(target) || target.as<Class>() || host_object<ClassMapping>(target);
  return may_listen && std::ranges::find(events, event) != events.end();
}

void add(Context& shared, Value target, std::string_view event, Value function, bool propagate) {
  state(shared).listeners.push_back({std::string(event), target, function, propagate});
}

bool propagates(Context& shared, const Arguments& arguments) {
  return is_truthy(shared, keyword(arguments, "propagate"));
}

Outcome listen(Context& shared, Arguments& arguments) {
  const Value target = argument(arguments, 0, "target");
  const std::string* event = text_in(argument(arguments, 1, "identifier"));
  if (!event || !is_mapper_event(target, *event)) return python::absent;
  add(shared, target, *event, argument(arguments, 2, "fn"), propagates(shared, arguments));
  return shared.interpreter->none();
}

Outcome listens_for(Context& shared, Arguments& arguments) {
  const Value target = argument(arguments, 0, "target");
  const std::string* event = text_in(argument(arguments, 1, "identifier"));
  if (!event || !is_mapper_event(target, *event)) return python::absent;
  const bool propagate = propagates(shared, arguments);
  return models::method(*shared.interpreter, "sqlalchemy.event.listens_for",
                        [&shared, target, event = *event, propagate](Interpreter&, Arguments& given) -> Outcome {
                          const Value function = argument(given, 0, "fn");
                          add(shared, target, event, function, propagate);
                          return function;
                        });
}

Outcome remove(Context& shared, Arguments& arguments) {
  const Value target = argument(arguments, 0, "target");
  const std::string* event = text_in(argument(arguments, 1, "identifier"));
  if (!event || !is_mapper_event(target, *event)) return python::absent;
  const Value function = argument(arguments, 2, "fn");
  std::erase_if(state(shared).listeners, [&](const MapperListener& listener) {
    return listener.event == *event && listener.target == target &&
           shared.interpreter->equal(listener.function, function);
  });
  return shared.interpreter->none();
}

bool concerns(const MapperListener& listener, const ClassMapping& mapping) {
  if (is_mapper_class(listener.target)) return true;
  if (const auto* target = host_object<ClassMapping>(listener.target)) return target == &mapping;
  if (listener.target == Value(mapping.mapped)) return true;
  const auto& above = mapping.mapped.mro;
  return listener.propagate && std::ranges::find(above, listener.target) != above.end();
}

constexpr std::array handler_table{
    NamedHandler{"sqlalchemy.listen", listen},           NamedHandler{"sqlalchemy.event.listen", listen},
    NamedHandler{"sqlalchemy.listens_for", listens_for}, NamedHandler{"sqlalchemy.event.listens_for", listens_for},
    NamedHandler{"sqlalchemy.event.remove", remove},
};
}  // namespace

std::span<const NamedHandler> event_handlers() { return handler_table; }

void run_listeners(Interpreter& interpreter, std::string_view event, ClassMapping* mapping) {
  std::vector<Value> arguments;
  if (event == "class_instrument") {
    arguments = {Value(mapping->mapped)};
  } else if (mapping) {
    arguments = {Value(mapping), Value(mapping->mapped)};
  }
  const std::vector<MapperListener> listeners = state(context(interpreter)).listeners;
  for (const MapperListener& listener : listeners) {
    if (listener.event != event || (mapping && !concerns(listener, *mapping))) continue;
    const Outcome done = interpreter.call(listener.function, arguments);
    if (!done.is_raised()) continue;
    const Value problem = interpreter.settled(done);
    const auto* unknown = problem.as<python::Unknown>();
    if (!unknown) continue;
    if (mapping && mapping->table) {
      mapping->table->incomplete.push_back(unknown);
    } else {
      report_unresolved(interpreter, unknown->location,
                        "a listener of " + std::string(event) + " cannot be read: " + unknown->reason);
    }
  }
}

}  // namespace models::orm
