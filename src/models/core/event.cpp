// sqlalchemy.event and the DDL elements that listeners are made of.
#include <algorithm>

#include "models/context.h"
#include "models/core/ddl.h"
#include "models/core/expression_internal.h"
#include "models/core/handlers.h"
#include "models/core/names.h"
#include "models/core/schema_internal.h"
#include "models/core/state.h"
#include "models/core/values.h"

namespace models {
using python::Arguments;
using python::Interpreter;
using python::Outcome;
using python::Value;

namespace {

/// Adds a listener to a construct or to a whole class of them; other targets are not the Core's.
bool listen(Context& context, Value target, const std::string& event, Value function) {
  python::HostObject* host = host_object(target);
  if (auto* item = dynamic_cast<SchemaItem*>(host)) {
    item->listeners.push_back({event, function});
    return true;
  }
  if (ColumnObject* column = as_column(context, target)) {
    column->listeners.push_back({event, function});
    return true;
  }
  std::string name;
  if (const auto* external = target.as<python::External>()) name = canonical_name(external->qualified_name);
  if (name.empty() || !is_core_name(name)) return false;
  state(context).class_listeners.push_back({name, {event, function}});
  return true;
}

Outcome listen_handler(Context& context, Arguments& arguments) {
  const std::string* event = text_in(argument(arguments, 1, "identifier"));
  if (event) (void)listen(context, argument(arguments, 0, "target"), *event, argument(arguments, 2, "fn"));
  return Value();
}

Outcome listens_for_handler(Context& context, Arguments& arguments) {
  const Value target = argument(arguments, 0, "target");
  std::vector<std::string> events;
  for (std::size_t i = 1; i < arguments.positional.size(); ++i) {
    if (const std::string* event = text_in(arguments.positional[i])) events.push_back(*event);
  }
  if (const std::string* event = text_in(keyword(arguments, "identifier"))) events.push_back(*event);
  return method(*context.interpreter, "sqlalchemy.event.listens_for",
                [&context, target, events](Interpreter&, Arguments& given) -> Outcome {
                  const Value function = argument(given, 0, "fn");
                  for (const std::string& event : events) (void)listen(context, target, event, function);
                  return function;
                });
}

void forget(std::vector<Listener>& listeners, const std::string& event, Value function) {
  std::erase_if(listeners, [&](const Listener& entry) { return entry.event == event && entry.function == function; });
}

Outcome remove_handler(Context& context, Arguments& arguments) {
  const Value target = argument(arguments, 0, "target");
  const std::string* event = text_in(argument(arguments, 1, "identifier"));
  const Value function = argument(arguments, 2, "fn");
  if (!event) return Value();
  if (auto* item = dynamic_cast<SchemaItem*>(host_object(target))) {
    forget(item->listeners, *event, function);
  } else if (ColumnObject* column = as_column(context, target)) {
    forget(column->listeners, *event, function);
  } else if (const auto* external = target.as<python::External>()) {
    const std::string name = canonical_name(external->qualified_name);
    std::erase_if(state(context).class_listeners, [&](const ClassListener& entry) {
      return entry.type == name && entry.listener.event == *event && entry.listener.function == function;
    });
  }
  return Value();
}

Outcome contains_handler(Context& context, Arguments&) { return context.interpreter->boolean(false); }

DdlObject* make_ddl(Context& context, DdlObject::Which which, const Arguments& arguments) {
  auto* made = context.interpreter->make<DdlObject>(which);
  mark_made(context, *made);
  made->if_not_exists = is_truthy(context, keyword(arguments, "if_not_exists"));
  return made;
}

Outcome ddl_handler(Context& context, Arguments& arguments) {
  DdlObject* made = make_ddl(context, DdlObject::Which::Text, arguments);
  made->statement = argument(arguments, 0, "statement");
  made->context = argument(arguments, 1, "context");
  return made;
}

template <DdlObject::Which which>
Outcome element_handler(Context& context, Arguments& arguments) {
  DdlObject* made = make_ddl(context, which, arguments);
  made->element = arguments.positional.empty()
                      ? keyword(arguments, which == DdlObject::Which::CreateSchema ? "name" : "element")
                      : arguments.positional[0];
  if (which == DdlObject::Which::AddConstraint) {
    if (ConstraintObject* constraint = as_constraint(made->element)) constraint->apart = true;
  }
  return made;
}

/// @compiles(type, "postgresql", …): keeps the function, and gives it back.
Outcome compiles_handler(Context& context, Arguments& arguments) {
  const Value target = argument(arguments, 0, "class_");
  std::vector<std::string> dialects;
  for (std::size_t i = 1; i < arguments.positional.size(); ++i) {
    if (const std::string* dialect = text_in(arguments.positional[i])) dialects.push_back(*dialect);
  }
  return method(*context.interpreter, "sqlalchemy.ext.compiler.compiles",
                [&context, target, dialects](Interpreter&, Arguments& given) -> Outcome {
                  const Value function = argument(given, 0, "fn");
                  auto& compilations = state(context).compilations;
                  if (dialects.empty()) compilations.push_back({target, {}, function});
                  for (const std::string& dialect : dialects) compilations.push_back({target, dialect, function});
                  return function;
                });
}

Outcome copied_with_condition(Context& context, const DdlObject& source, const Arguments& arguments) {
  auto* made = context.interpreter->make<DdlObject>(source.which);
  made->location = source.location;
  made->order = source.order;
  made->statement = source.statement;
  made->context = source.context;
  made->element = source.element;
  made->if_not_exists = source.if_not_exists;
  python::Dict* condition = context.interpreter->dict();
  context.interpreter->set(*condition, "dialect", argument(arguments, 0, "dialect"));
  context.interpreter->set(*condition, "callable_", argument(arguments, 1, "callable_"));
  context.interpreter->set(*condition, "state", argument(arguments, 2, "state"));
  made->ddl_condition = condition;
  return made;
}

}  // namespace

Outcome DdlObject::attribute(Interpreter& interpreter, std::string_view wanted) {
  Context& shared = models::context(interpreter);
  if (wanted == "execute_if") {
    return method(interpreter, "sqlalchemy.DDL.execute_if", [this, &shared](Interpreter&, Arguments& given) {
      return copied_with_condition(shared, *this, given);
    });
  }
  if (wanted == "statement") return statement;
  if (wanted == "context") return context;
  if (wanted == "element") return element;
  if (wanted == "against" || wanted == "execute") {
    return method(interpreter, "sqlalchemy.DDL.against", [this](Interpreter&, Arguments&) -> Outcome { return this; });
  }
  return SchemaItem::attribute(interpreter, wanted);
}

/// A listener that calls the element itself: ddl(target, connection).
Outcome DdlObject::call(Interpreter& interpreter, Arguments& arguments) {
  const Value connection = argument(arguments, 1, "bind");
  const Outcome execute = interpreter.find_attribute(connection, "execute");
  return execute ? interpreter.call(*execute, {self}) : execute;
}

std::span<const NamedHandler> event_handlers() {
  using Which = DdlObject::Which;
  static constexpr NamedHandler handlers[] = {
      {"sqlalchemy.listen", listen_handler},
      {"sqlalchemy.listens_for", listens_for_handler},
      {"sqlalchemy.event.listen", listen_handler},
      {"sqlalchemy.event.listens_for", listens_for_handler},
      {"sqlalchemy.event.remove", remove_handler},
      {"sqlalchemy.event.contains", contains_handler},
      {"sqlalchemy.DDL", ddl_handler},
      {"sqlalchemy.CreateSchema", element_handler<Which::CreateSchema>},
      {"sqlalchemy.CreateSequence", element_handler<Which::CreateSequence>},
      {"sqlalchemy.AddConstraint", element_handler<Which::AddConstraint>},
      {"sqlalchemy.CreateIndex", element_handler<Which::CreateIndex>},
      {"sqlalchemy.CreateTable", element_handler<Which::Nothing>},
      {"sqlalchemy.DropSchema", element_handler<Which::Nothing>},
      {"sqlalchemy.DropSequence", element_handler<Which::Nothing>},
      {"sqlalchemy.DropConstraint", element_handler<Which::Nothing>},
      {"sqlalchemy.DropTable", element_handler<Which::Nothing>},
      {"sqlalchemy.DropIndex", element_handler<Which::Nothing>},
      {"sqlalchemy.SetTableComment", element_handler<Which::Nothing>},
      {"sqlalchemy.SetColumnComment", element_handler<Which::Nothing>},
      {"sqlalchemy.ext.compiler.compiles", compiles_handler},
  };
  return handlers;
}

}  // namespace models
