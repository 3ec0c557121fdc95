#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"

namespace python {

using namespace syntax;

namespace {

Flow execute_function(Interpreter& in, Scope& scope, const FunctionDef& definition) {
  const Outcome made = define_function(in, scope, definition);
  if (!made) return Flow::Raised;
  if (scope.kind == Scope::Kind::Class) scope.places.emplace_back(definition.name, location_in(scope, definition.span));
  bind_name(in, scope, definition.name, *made);
  return Flow::Next;
}

Flow execute_return(Interpreter& in, Scope& scope, const Return& statement) {
  const Outcome value = statement.value ? evaluate(in, scope, statement.value) : Outcome(Value());
  if (!value) return Flow::Raised;
  if (Scope* function = function_scope(&scope)) function->returned = *value;
  return Flow::Return;
}

Flow execute_alias(Interpreter& in, Scope& scope, const syntax::TypeAlias& statement) {
  const auto* name = as<Name>(statement.name);
  if (!name) return Flow::Next;
  auto* alias = in.make<python::TypeAlias>(std::string(name->id));
  Scope& inner = statement.type_params.empty() ? scope : type_parameter_scope(in, scope, statement.type_params);
  for (const auto& entry : inner.names->table.entries())
    if (!statement.type_params.empty()) alias->parameters.push_back(entry.value);
  alias->expression = statement.value;
  alias->scope = &inner;
  alias->location = location_in(scope, statement.span);
  bind_name(in, scope, name->id, alias);
  return Flow::Next;
}

Flow execute_assert(Interpreter& in, Scope& scope, const Assert& statement) {
  const Outcome truth = evaluate_condition(in, scope, statement.test);
  if (!truth) return Flow::Raised;
  const auto* known = truth.as<Bool>();
  if (!known || known->value) return Flow::Next;
  (void)in.raise("AssertionError", "an assertion does not hold");
  return Flow::Raised;
}

Flow execute_known_kind(Interpreter& in, Scope& scope, const Stmt* statement) {
  switch (statement->kind) {
    case StmtKind::FunctionDef:
    case StmtKind::AsyncFunctionDef:
      return execute_function(in, scope, *function(statement));
    case StmtKind::ClassDef:
      return execute_class(in, scope, *as<ClassDef>(statement));
    case StmtKind::Return:
      return execute_return(in, scope, *as<Return>(statement));
    case StmtKind::Delete:
      return execute_delete(in, scope, *as<Delete>(statement));
    case StmtKind::Assign:
      return execute_assign(in, scope, *as<Assign>(statement));
    case StmtKind::TypeAlias:
      return execute_alias(in, scope, *as<syntax::TypeAlias>(statement));
    case StmtKind::AugAssign:
      return execute_augmented(in, scope, *as<AugAssign>(statement));
    case StmtKind::AnnAssign:
      return execute_annotated(in, scope, *as<AnnAssign>(statement));
    case StmtKind::For:
    case StmtKind::AsyncFor:
      return execute_for(in, scope, *static_cast<const For*>(statement));
    case StmtKind::While:
      return execute_while(in, scope, *as<While>(statement));
    case StmtKind::If:
      return execute_if(in, scope, *as<If>(statement));
    case StmtKind::With:
    case StmtKind::AsyncWith:
      return execute_with(in, scope, *static_cast<const With*>(statement));
    case StmtKind::Match:
      return execute_match(in, scope, *as<Match>(statement));
    case StmtKind::Raise:
      return execute_raise(in, scope, *as<Raise>(statement));
    case StmtKind::Try:
    case StmtKind::TryStar:
      return execute_try(in, scope, *try_statement(statement));
    case StmtKind::Assert:
      return execute_assert(in, scope, *as<Assert>(statement));
    case StmtKind::Import:
      return execute_import(in, scope, *as<Import>(statement));
    case StmtKind::ImportFrom:
      return execute_import_from(in, scope, *as<ImportFrom>(statement));
    case StmtKind::Global: {
      const auto& names = as<Global>(statement)->names;
      scope.globals.insert(scope.globals.end(), names.begin(), names.end());
      return Flow::Next;
    }
    case StmtKind::Nonlocal: {
      const auto& names = as<Nonlocal>(statement)->names;
      scope.nonlocals.insert(scope.nonlocals.end(), names.begin(), names.end());
      return Flow::Next;
    }
    case StmtKind::Expr:
      return evaluate(in, scope, as<ExprStmt>(statement)->value) ? Flow::Next : Flow::Raised;
    case StmtKind::Pass:
      return Flow::Next;
    case StmtKind::Break:
      return Flow::Break;
    case StmtKind::Continue:
      return Flow::Continue;
  }
  return Flow::Next;
}

}  // namespace

Flow execute(Interpreter& in, Scope& scope, const Stmt* statement) {
  const Depth depth(in.state());
  if (depth.too_deep()) {
    (void)in.raise("RecursionError", "maximum recursion depth exceeded");
    return Flow::Raised;
  }
  if (!in.spend(1)) return Flow::Raised;
  const Here here(in.state(), location_in(scope, statement->span));
  return execute_known_kind(in, scope, statement);
}

Flow execute(Interpreter& in, Scope& scope, Sequence<Stmt> body) {
  for (const Stmt* statement : body) {
    const Flow flow = execute(in, scope, statement);
    if (flow != Flow::Next) return flow;
  }
  return Flow::Next;
}

namespace {

/// The names that the statement would have bound are unknown then.
void lose_names(Interpreter& in, Scope& scope, const Stmt* statement, const std::string& reason,
                const Location& location) {
  const Stmt* const one[] = {statement};
  std::vector<std::string_view> names;
  bound_names(Sequence<Stmt>(one), names);
  for (const std::string_view name : names)
    if (!scope.names->find(name)) bind_name(in, scope, name, in.unknown(reason, location));
}

void recover(Interpreter& in, Scope& scope, const Stmt* statement) {
  State& state = in.state();
  const Value exception = state.exception.value_or(Value());
  const bool was_exhausted = state.exhausted;
  state.exhausted = false;
  state.exception.reset();
  if (was_exhausted) state.step_limit = std::min(state.limits.steps, state.steps + state.limits.steps_per_module / 16);
  const Location location = location_in(scope, statement->span);
  const std::string text = in.exception_text(exception);
  in.host().uncaught(in, exception, location, text);
  lose_names(in, scope, statement, text, location);
}

}  // namespace

Outcome execute_text(Interpreter& in, const std::string& text, python::Dict& names) {
  const Location here = in.here();
  auto& file = in.state().parsed_texts.emplace_back(parse_file("<exec>", here.source ? here.source->shown : "", text));
  if (!file->tree) return in.raise("SyntaxError", file->error ? file->error->message : "invalid syntax");
  Scope& scope = new_scope(in, Scope::Kind::Comprehension, nullptr);
  scope.names = &names;
  scope.module = in.module_here();
  scope.source = &file->source;
  return execute(in, scope, file->tree->body) == Flow::Raised ? Outcome(raised) : Outcome(Value());
}

void execute_module(Interpreter& in, Scope& scope, Sequence<Stmt> body) {
  for (const Stmt* statement : body) {
    if (execute(in, scope, statement) != Flow::Raised) continue;
    recover(in, scope, statement);
    if (in.state().steps >= in.state().limits.steps) return;
  }
}

}  // namespace python
