#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"
#include "python/evaluation/iterator.h"

/// def and lambda, their decorators and parameters; generators.
namespace python {

using namespace syntax;

namespace {

// Whether a body yields: found once for each definition.

bool yields(const Expr* expression);

bool any_yields(Sequence<Expr> expressions) {
  return std::any_of(expressions.begin(), expressions.end(), [](const Expr* e) { return yields(e); });
}

bool yields(const Expr* expression) {
  if (!expression) return false;
  switch (expression->kind) {
    case ExprKind::Yield:
    case ExprKind::YieldFrom:
      return true;
    case ExprKind::Attribute:
      return yields(as<Attribute>(expression)->value);
    case ExprKind::Subscript:
      return yields(as<Subscript>(expression)->value) || yields(as<Subscript>(expression)->slice);
    case ExprKind::Call: {
      const auto* call = as<syntax::Call>(expression);
      return yields(call->func) || any_yields(call->args) ||
             std::any_of(call->keywords.begin(), call->keywords.end(),
                         [](const Keyword* k) { return yields(k->value); });
    }
    case ExprKind::Starred:
      return yields(as<Starred>(expression)->value);
    case ExprKind::BinOp:
      return yields(as<BinOp>(expression)->left) || yields(as<BinOp>(expression)->right);
    case ExprKind::UnaryOp:
      return yields(as<UnaryOp>(expression)->operand);
    case ExprKind::BoolOp:
      return any_yields(as<BoolOp>(expression)->values);
    case ExprKind::Compare:
      return yields(as<Compare>(expression)->left) || any_yields(as<Compare>(expression)->comparators);
    case ExprKind::IfExp: {
      const auto* choice = as<IfExp>(expression);
      return yields(choice->test) || yields(choice->body) || yields(choice->orelse);
    }
    case ExprKind::Tuple:
      return any_yields(as<syntax::Tuple>(expression)->elts);
    case ExprKind::List:
      return any_yields(as<syntax::List>(expression)->elts);
    case ExprKind::Set:
      return any_yields(as<syntax::Set>(expression)->elts);
    case ExprKind::Dict:
      return any_yields(as<syntax::Dict>(expression)->keys) || any_yields(as<syntax::Dict>(expression)->values);
    case ExprKind::Await:
      return yields(as<Await>(expression)->value);
    case ExprKind::NamedExpr:
      return yields(as<NamedExpr>(expression)->value);
    default:
      return false;
  }
}

bool yields(Sequence<Stmt> body);

bool yields_inside(const Stmt* statement) {
  if (const auto* condition = as<If>(statement))
    return yields(condition->test) || yields(condition->body) || yields(condition->orelse);
  if (const auto* loop = as<While>(statement)) return yields(loop->test) || yields(loop->body) || yields(loop->orelse);
  if (statement->kind == StmtKind::For || statement->kind == StmtKind::AsyncFor) {
    const auto* loop = static_cast<const For*>(statement);
    return yields(loop->iter) || yields(loop->body) || yields(loop->orelse);
  }
  if (statement->kind == StmtKind::With || statement->kind == StmtKind::AsyncWith)
    return yields(static_cast<const With*>(statement)->body);
  if (const auto* attempt = try_statement(statement)) {
    return yields(attempt->body) || yields(attempt->orelse) || yields(attempt->finalbody) ||
           std::any_of(attempt->handlers.begin(), attempt->handlers.end(),
                       [](const ExceptHandler* h) { return yields(h->body); });
  }
  const auto* match = as<Match>(statement);
  return match &&
         std::any_of(match->cases.begin(), match->cases.end(), [](const MatchCase* c) { return yields(c->body); });
}

bool yields(Sequence<Stmt> body) {
  return std::any_of(body.begin(), body.end(), [](const Stmt* statement) {
    if (const auto* expression = as<ExprStmt>(statement)) return yields(expression->value);
    if (const auto* assignment = as<Assign>(statement)) return yields(assignment->value);
    if (const auto* annotated = as<AnnAssign>(statement)) return yields(annotated->value);
    if (const auto* augmented = as<AugAssign>(statement)) return yields(augmented->value);
    if (const auto* returned = as<Return>(statement)) return yields(returned->value);
    return yields_inside(statement);
  });
}

std::string qualified(const Scope& scope, std::string_view name) {
  std::string result(name);
  for (const Scope* at = &scope; at; at = at->parent) {
    if (at->kind == Scope::Kind::Class) result = std::string(at->name) + "." + result;
    if (at->kind == Scope::Kind::Function && at->function)
      result = std::string(at->function->name) + ".<locals>." + result;
  }
  return result;
}

bool evaluate_defaults(Interpreter& in, Scope& scope, const syntax::Arguments& parameters, Function& function) {
  for (const Expr* expression : parameters.defaults) {
    const Outcome value = evaluate(in, scope, expression);
    if (!value) return false;
    function.defaults.push_back(*value);
  }
  for (const Expr* expression : parameters.kw_defaults) {
    if (!expression) {
      function.keyword_defaults.emplace_back();
      continue;
    }
    const Outcome value = evaluate(in, scope, expression);
    if (!value) return false;
    function.keyword_defaults.emplace_back(*value);
  }
  return true;
}

Function* new_function(Interpreter& in, Scope& scope, std::string_view name, const syntax::Arguments* parameters,
                       Span span) {
  auto* result = in.make<Function>();
  result->name = name;
  result->parameters = parameters;
  result->scope = &scope;
  result->module = scope.module;
  result->qualified_name = qualified(scope, name);
  result->location = location_in(scope, span);
  return result;
}

Value type_variable(Interpreter& in, Scope& scope, const TypeParam* parameter) {
  if (const auto* variable = as<TypeVar>(parameter)) {
    auto* result = in.make<TypeVariable>(std::string(variable->name));
    if (variable->bound) {
      const Outcome bound = evaluate(in, scope, variable->bound);
      if (bound) result->bound = *bound;
      if (bound.is_raised()) in.clear_exception();
    }
    return result;
  }
  const auto* tuple = as<TypeVarTuple>(parameter);
  auto* result = in.make<TypeVariable>(std::string(tuple ? tuple->name : as<ParamSpec>(parameter)->name));
  result->type_name = tuple ? "TypeVarTuple" : "ParamSpec";
  return result;
}

}  // namespace

Scope& type_parameter_scope(Interpreter& in, Scope& scope, Sequence<TypeParam> parameters) {
  Scope& inner = new_scope(in, Scope::Kind::TypeParameters, &scope);
  for (const TypeParam* parameter : parameters) {
    const Value variable = type_variable(in, inner, parameter);
    in.set(*inner.names, variable.as<TypeVariable>()->name, variable);
  }
  return inner;
}

Outcome define_function(Interpreter& in, Scope& scope, const FunctionDef& definition) {
  std::vector<Value> decorators;
  for (const Expr* expression : definition.decorator_list) {
    const Outcome decorator = evaluate(in, scope, expression);
    if (!decorator) return raised;
    decorators.push_back(*decorator);
  }
  Scope& outer = definition.type_params.empty() ? scope : type_parameter_scope(in, scope, definition.type_params);
  Function* function = new_function(in, outer, definition.name, definition.args, definition.span);
  function->definition = &definition;
  function->is_generator = yields(definition.body);
  function->is_async = definition.kind == StmtKind::AsyncFunctionDef;
  if (!evaluate_defaults(in, scope, *definition.args, *function)) return raised;
  Value result = function;
  for (std::size_t at = decorators.size(); at-- > 0;) {
    const Here here(in.state(), location_in(scope, definition.decorator_list[at]->span));
    python::Arguments arguments({result}, in.here());
    const Outcome decorated = call_value(in, decorators[at], arguments);
    if (!decorated) return raised;
    result = *decorated;
  }
  return result;
}

Outcome make_lambda(Interpreter& in, Scope& scope, const Lambda& lambda) {
  Function* function = new_function(in, scope, "<lambda>", lambda.args, lambda.span);
  function->lambda = &lambda;
  function->is_generator = yields(lambda.body);
  if (!evaluate_defaults(in, scope, *lambda.args, *function)) return raised;
  return function;
}

namespace {

/// Arguments of a call on their way into the names of the parameters.
struct Binder {
  Interpreter& in;
  const Function& function;
  python::Arguments& arguments;
  Scope& scope;
  std::vector<bool> used = std::vector<bool>(arguments.keywords.size());

  std::string described() const { return std::string(function.name) + "()"; }

  std::optional<Value> take_keyword(std::string_view name) {
    for (std::size_t at = 0; at < arguments.keywords.size(); ++at) {
      if (arguments.keywords[at].first != name) continue;
      used[at] = true;
      return arguments.keywords[at].second;
    }
    return {};
  }

  std::optional<Value> missing(std::string_view name, std::optional<Value> otherwise) {
    if (arguments.unknown_keywords) return derived(in, *arguments.unknown_keywords);
    if (arguments.unknown_positional) return derived(in, *arguments.unknown_positional);
    if (otherwise) return otherwise;
    (void)in.raise("TypeError", described() + " missing required argument: '" + std::string(name) + "'");
    return {};
  }

  bool positional(const Arg& parameter, std::size_t at, std::size_t count, bool by_name) {
    if (const Value* given = arguments.at(at)) {
      if (by_name && arguments.keyword(parameter.arg)) {
        return in.raise("TypeError",
                        described() + " got multiple values for argument '" + std::string(parameter.arg) + "'"),
               false;
      }
      in.set(*scope.names, parameter.arg, *given);
      return true;
    }
    std::optional<Value> value = by_name ? take_keyword(parameter.arg) : std::nullopt;
    if (!value) {
      const std::size_t first_default = count - std::min(count, function.defaults.size());
      const auto otherwise = at >= first_default ? std::optional(function.defaults[at - first_default]) : std::nullopt;
      value = missing(parameter.arg, otherwise);
    }
    if (value) in.set(*scope.names, parameter.arg, *value);
    return value.has_value();
  }

  bool keyword_only(const syntax::Arguments& parameters) {
    for (std::size_t at = 0; at < parameters.kwonlyargs.size(); ++at) {
      const std::string_view name = parameters.kwonlyargs[at]->arg;
      std::optional<Value> value = take_keyword(name);
      if (!value) value = missing(name, function.keyword_defaults[at]);
      if (!value) return false;
      in.set(*scope.names, name, *value);
    }
    return true;
  }

  bool rest(const syntax::Arguments& parameters, std::size_t count) {
    std::vector<Value> more;
    for (std::size_t at = count; at < arguments.positional.size(); ++at) more.push_back(arguments.positional[at]);
    if (parameters.vararg) {
      in.set(*scope.names, parameters.vararg->arg, in.tuple(std::move(more)));
    } else if (!more.empty() && !arguments.unknown_positional) {
      return in.raise("TypeError", described() + " takes " + std::to_string(count) + " positional arguments but " +
                                       std::to_string(arguments.positional.size()) + " were given"),
             false;
    }
    python::Dict* keywords = parameters.kwarg ? in.dict() : nullptr;
    for (std::size_t at = 0; at < used.size(); ++at) {
      if (used[at]) continue;
      if (!keywords) {
        return in.raise("TypeError", described() + " got an unexpected keyword argument '" +
                                         std::string(arguments.keywords[at].first) + "'"),
               false;
      }
      in.set(*keywords, arguments.keywords[at].first, arguments.keywords[at].second);
    }
    if (keywords) {
      keywords->incomplete = arguments.unknown_keywords;
      in.set(*scope.names, parameters.kwarg->arg, keywords);
    }
    return true;
  }

  bool bind() {
    const syntax::Arguments& parameters = *function.parameters;
    const std::size_t only = parameters.posonlyargs.size(), count = only + parameters.args.size();
    for (std::size_t at = 0; at < count; ++at)
      if (!positional(at < only ? *parameters.posonlyargs[at] : *parameters.args[at - only], at, count, at >= only))
        return false;
    return keyword_only(parameters) && rest(parameters, count);
  }
};

Outcome run_body(Interpreter& in, const Function& function, Scope& scope) {
  if (function.lambda) return evaluate(in, scope, function.lambda->body);
  const Flow flow = execute(in, scope, function.definition->body);
  return flow == Flow::Raised ? Outcome(raised) : Outcome(scope.returned);
}

class CallDepth {
 public:
  explicit CallDepth(State& state) : state_(state) { ++state.calls; }
  ~CallDepth() { --state_.calls; }
  CallDepth(const CallDepth&) = delete;
  CallDepth& operator=(const CallDepth&) = delete;
  bool too_deep() const { return state_.calls > state_.limits.depth; }

 private:
  State& state_;
};

}  // namespace

Outcome run_generator(Interpreter& in, const Function& function, Scope& scope,
                      const std::function<Outcome(Value)>& yield) {
  Outcome stopped = absent;
  const std::function<Outcome(Value)> handed = [&](Value value) -> Outcome {
    stopped = yield(value);
    if (stopped.is_absent()) return Value();
    if (stopped) (void)in.raise("GeneratorExit", "");
    return raised;
  };
  scope.yield = &handed;
  const Outcome result = run_body(in, function, scope);
  scope.yield = nullptr;
  if (stopped) {
    if (!result) in.clear_exception();
    return stopped;
  }
  return result ? Outcome(absent) : Outcome(raised);
}

Outcome call_function(Interpreter& in, Function& function, python::Arguments& arguments) {
  const CallDepth depth(in.state());
  if (depth.too_deep()) return in.raise("RecursionError", "maximum recursion depth exceeded");
  if (!in.spend(2)) return raised;
  Scope& scope = new_scope(in, Scope::Kind::Function, function.scope);
  scope.function = &function;
  if (!Binder{in, function, arguments, scope}.bind()) return raised;
  if (function.is_async) return in.unknown("what a coroutine gives is known only to the running program");
  if (function.is_generator) {
    Scope* kept = &scope;
    const Function* code = &function;
    return in.make<Generator>(
        [kept, code](Interpreter& i, const Visit& visit) { return run_generator(i, *code, *kept, visit); });
  }
  Module* before = in.state().module;
  if (function.module) in.state().module = function.module;
  const Outcome result = run_body(in, function, scope);
  in.state().module = before;
  return result;
}

}  // namespace python
