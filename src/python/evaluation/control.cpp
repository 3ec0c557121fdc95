#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"
#include "python/evaluation/iterator.h"

/// if, for, while, with, try, raise.
namespace python {

using namespace syntax;

Flow execute_if(Interpreter& in, Scope& scope, const If& statement) {
  const Outcome condition = evaluate_condition(in, scope, statement.test);
  if (!condition) return Flow::Raised;
  if (const auto* known = condition.as<Bool>())
    return execute(in, scope, known->value ? statement.body : statement.orelse);
  return execute_undecided(in, scope, statement, *condition.as<python::Unknown>());
}

namespace {

/// A loop over what is unknown runs once, with an unknown item: what it touches is unknown from then on.
Flow run_once(Interpreter& in, Scope& scope, const For& statement, const python::Unknown& iterable) {
  Flow flow = Flow::Next;
  if (!assign(in, scope, statement.target, derived(in, iterable))) flow = Flow::Raised;
  if (flow == Flow::Next) flow = execute(in, scope, statement.body);
  in.host().undecided(in, Undecided{Undecided::Construct::For, location_in(scope, statement.span), iterable, true});
  return flow == Flow::Raised || flow == Flow::Return ? flow : execute(in, scope, statement.orelse);
}

}  // namespace

Flow execute_for(Interpreter& in, Scope& scope, const For& statement) {
  const Outcome iterable = evaluate(in, scope, statement.iter);
  if (!iterable) return Flow::Raised;
  if (const auto* unknown = iterable.as<python::Unknown>()) return run_once(in, scope, statement, *unknown);
  Flow flow = Flow::Next;
  const Outcome end = in.iterate(*iterable, [&](Value item) -> Outcome {
    if (!assign(in, scope, statement.target, item)) return raised;
    flow = execute(in, scope, statement.body);
    if (flow == Flow::Raised) return raised;
    return flow == Flow::Break || flow == Flow::Return ? Outcome(Value()) : Outcome(absent);
  });
  if (end.is_raised()) return Flow::Raised;
  if (flow == Flow::Return) return flow;
  if (flow == Flow::Break) return Flow::Next;
  if (const python::Unknown* unknown =
          end.as<python::Unknown>() ? end.as<python::Unknown>() : unknown_within(*iterable))
    return run_once(in, scope, statement, *unknown);
  return execute(in, scope, statement.orelse);
}

Flow execute_while(Interpreter& in, Scope& scope, const While& statement) {
  while (true) {
    const Outcome condition = evaluate_condition(in, scope, statement.test);
    if (!condition) return Flow::Raised;
    if (const auto* unknown = condition.as<python::Unknown>()) {
      const Flow flow =
          decided(in, *unknown, location_in(scope, statement.span)) ? execute(in, scope, statement.body) : Flow::Next;
      in.host().undecided(in,
                          Undecided{Undecided::Construct::While, location_in(scope, statement.span), *unknown, true});
      return flow == Flow::Break || flow == Flow::Continue ? Flow::Next : flow;
    }
    if (!condition.as<Bool>()->value) return execute(in, scope, statement.orelse);
    const Flow flow = execute(in, scope, statement.body);
    if (flow == Flow::Break) return Flow::Next;
    if (flow == Flow::Raised || flow == Flow::Return) return flow;
  }
}

namespace {

/// A context manager as `with` sees it.
struct Manager {
  Interpreter& in;
  Value value;

  Outcome enter() {
    if (value.is_unknown()) return value;
    if (auto* object = value.as<HostObject>()) {
      const Outcome given = object->enter(in);
      return given.is_absent() ? Outcome(value) : given;
    }
    const Outcome method = in.find_attribute(value, "__enter__");
    if (method.is_absent()) return method_missing();
    return method ? in.call(*method) : method;
  }

  Outcome method_missing() {
    if (value.kind() == Kind::External || value.kind() == Kind::Call)
      return in.unknown("what " + in.shown(value) + " gives is not described");
    return in.raise("TypeError", "'" + in.type_name(value) + "' object does not support the context manager protocol");
  }

  /// True if the exception under way is swallowed.
  bool leave(bool with_exception) {
    if (value.is_unknown() || value.kind() == Kind::Host || in.state().exhausted) return false;
    const std::optional<Value> exception = in.exception();
    if (with_exception) in.clear_exception();
    const Outcome method = in.find_attribute(value, "__exit__");
    if (!method) {
      if (method.is_absent() && with_exception) (void)in.raise(*exception);
      return false;
    }
    const Value type = with_exception ? in.type_of(*exception) : Value();
    const Outcome result = in.call(*method, {type, with_exception ? *exception : Value(), Value()});
    if (!result) return false;
    if (with_exception && in.is_true(*result)) return true;
    if (with_exception) (void)in.raise(*exception);
    return false;
  }
};

Flow run_with(Interpreter& in, Scope& scope, const With& statement, std::size_t at);

/// The generator of a @contextmanager that was not entered yet, or null.
Generator* generator_of(Interpreter& in, Value manager) {
  const auto* instance = manager.as<Instance>();
  if (!instance || !in.is_subclass_of(instance->type, "contextlib._GeneratorManager")) return nullptr;
  const Value* held = instance->attributes->find("generator");
  auto* generator = held ? dynamic_cast<Generator*>(held->object()) : nullptr;
  return generator && !generator->started ? generator : nullptr;
}

/// Runs the body where the generator yields, so that its own try and finally stand around it.
Flow run_in_generator(Interpreter& in, Scope& scope, const With& statement, std::size_t at, Generator& generator) {
  Flow flow = Flow::Next;
  const Expr* target = statement.items[at]->optional_vars;
  const Outcome end = in.iterate(Value(&generator), [&](Value item) -> Outcome {
    flow = target && !assign(in, scope, target, item) ? Flow::Raised : run_with(in, scope, statement, at + 1);
    return flow == Flow::Raised ? Outcome(raised) : Outcome(absent);
  });
  if (end.is_raised()) return Flow::Raised;
  return flow == Flow::Raised ? Flow::Next : flow;
}

Flow run_with(Interpreter& in, Scope& scope, const With& statement, std::size_t at) {
  if (at == statement.items.size()) return execute(in, scope, statement.body);
  const WithItem& item = *statement.items[at];
  const Outcome value = evaluate(in, scope, item.context_expr);
  if (!value) return Flow::Raised;
  if (Generator* generator = generator_of(in, *value)) return run_in_generator(in, scope, statement, at, *generator);
  Manager manager{in, *value};
  const Outcome entered = manager.enter();
  if (!entered) return Flow::Raised;
  Flow flow = Flow::Next;
  if (item.optional_vars && !assign(in, scope, item.optional_vars, *entered)) flow = Flow::Raised;
  if (flow == Flow::Next) flow = run_with(in, scope, statement, at + 1);
  const bool swallowed = manager.leave(flow == Flow::Raised);
  if (flow == Flow::Raised) return swallowed ? Flow::Next : Flow::Raised;
  return in.exception() ? Flow::Raised : flow;
}

}  // namespace

Flow execute_with(Interpreter& in, Scope& scope, const With& statement) { return run_with(in, scope, statement, 0); }

namespace {

std::optional<bool> handles(Interpreter& in, Scope& scope, const ExceptHandler& handler, Value exception) {
  if (!handler.type) return true;
  const Outcome type = evaluate(in, scope, handler.type);
  if (!type) return {};
  const Outcome matches = in.is_instance(exception, *type);
  if (!matches) {
    in.clear_exception();
    return false;
  }
  return matches.as<Bool>() && matches.as<Bool>()->value;
}

Flow run_handler(Interpreter& in, Scope& scope, const ExceptHandler& handler, Value exception) {
  if (!handler.name.empty()) bind_name(in, scope, handler.name, exception);
  in.state().handled.push_back(exception);
  const Flow flow = execute(in, scope, handler.body);
  in.state().handled.pop_back();
  if (!handler.name.empty()) unbind_name(in, scope, handler.name);
  return flow;
}

Flow handle(Interpreter& in, Scope& scope, const Try& statement) {
  const Value exception = in.exception().value_or(Value());
  in.clear_exception();
  for (const ExceptHandler* handler : statement.handlers) {
    const auto matches = handles(in, scope, *handler, exception);
    if (!matches) return Flow::Raised;
    if (*matches) return run_handler(in, scope, *handler, exception);
  }
  (void)in.raise(exception);
  return Flow::Raised;
}

Flow run_finally(Interpreter& in, Scope& scope, Sequence<Stmt> body, Flow flow) {
  if (body.empty() || in.state().exhausted) return flow;
  const std::optional<Value> exception = in.exception();
  Scope* function = function_scope(&scope);
  const Value returned = function ? function->returned : Value();
  in.clear_exception();
  const Flow last = execute(in, scope, body);
  if (last != Flow::Next) return last;
  if (function) function->returned = returned;
  if (flow == Flow::Raised && exception) (void)in.raise(*exception);
  return flow;
}

}  // namespace

Flow execute_try(Interpreter& in, Scope& scope, const Try& statement) {
  Flow flow = execute(in, scope, statement.body);
  if (flow == Flow::Raised && !in.state().exhausted) {
    flow = handle(in, scope, statement);
  } else if (flow == Flow::Next) {
    flow = execute(in, scope, statement.orelse);
  }
  return run_finally(in, scope, statement.finalbody, flow);
}

Flow execute_raise(Interpreter& in, Scope& scope, const Raise& statement) {
  if (!statement.exc) {
    if (in.state().handled.empty()) {
      (void)in.raise("RuntimeError", "No active exception to reraise");
    } else {
      (void)in.raise(in.state().handled.back());
    }
    return Flow::Raised;
  }
  Outcome exception = evaluate(in, scope, statement.exc);
  if (exception && exception.as<Class>()) exception = in.call(*exception);
  if (!exception) return Flow::Raised;
  if (statement.cause) {
    const Outcome cause = evaluate(in, scope, statement.cause);
    if (!cause) return Flow::Raised;
  }
  if (!exception.as<Instance>()) {
    (void)in.raise("Exception", in.shown(*exception));
    return Flow::Raised;
  }
  (void)in.raise(*exception);
  return Flow::Raised;
}

}  // namespace python
