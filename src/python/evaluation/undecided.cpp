#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"

/// Conditions that only the running program could decide.
namespace python {

using namespace syntax;

namespace {

Outcome condition_of_bool_op(Interpreter& in, Scope& scope, const BoolOp& expression) {
  const bool is_or = expression.op == BoolOperator::Or;
  Outcome unknown = absent;
  for (const Expr* part : expression.values) {
    const Outcome value = evaluate_condition(in, scope, part);
    if (!value) return raised;
    if (const auto* known = value.as<Bool>()) {
      if (known->value == is_or) return value;
    } else if (unknown.is_absent() || (unknown.as<python::Unknown>()->likely && !value.as<python::Unknown>()->likely)) {
      unknown = value;
    }
  }
  return unknown.is_absent() ? Outcome(in.boolean(!is_or)) : unknown;
}

void report(Interpreter& in, Undecided::Construct construct, const Location& location, const python::Unknown& condition,
            bool differs) {
  in.host().undecided(in, Undecided{construct, location, condition, differs});
}

/// Whether statements do nothing but bind names to values, so that both branches can be tried.
bool only_binds(Sequence<Stmt> body) {
  return std::all_of(body.begin(), body.end(), [](const Stmt* statement) {
    if (statement->kind == StmtKind::Pass) return true;
    if (const auto* expression = as<ExprStmt>(statement)) return expression->value->kind == ExprKind::Constant;
    const auto is_name = [](const Expr* target) { return target->kind == ExprKind::Name; };
    if (const auto* assignment = as<Assign>(statement))
      return std::all_of(assignment->targets.begin(), assignment->targets.end(), is_name);
    const auto* annotated = as<AnnAssign>(statement);
    return annotated && annotated->value && is_name(annotated->target);
  });
}

bool does_nothing(Sequence<Stmt> body) {
  return std::all_of(body.begin(), body.end(), [](const Stmt* statement) {
    const auto* expression = as<ExprStmt>(statement);
    return statement->kind == StmtKind::Pass || (expression && expression->value->kind == ExprKind::Constant);
  });
}

using Bindings = std::vector<std::optional<Value>>;

Bindings bindings(Scope& scope, const std::vector<std::string_view>& names) {
  Bindings result;
  for (const std::string_view name : names) {
    const Value* bound = scope.names->find(name);
    result.push_back(bound ? std::optional(*bound) : std::nullopt);
  }
  return result;
}

void restore(Interpreter& in, Scope& scope, const std::vector<std::string_view>& names, const Bindings& values) {
  for (std::size_t at = 0; at < names.size(); ++at) {
    if (values[at]) {
      bind_name(in, scope, names[at], *values[at]);
    } else {
      unbind_name(in, scope, names[at]);
    }
  }
}

/// Runs both branches and keeps what they agree in; the rest becomes unknown.
Flow merge_branches(Interpreter& in, Scope& scope, Sequence<Stmt> likely, Sequence<Stmt> other,
                    const python::Unknown& condition, const Location& location) {
  std::vector<std::string_view> names;
  bound_names(likely, names);
  bound_names(other, names);
  const Bindings before = bindings(scope, names);
  if (execute(in, scope, other) == Flow::Raised) {
    if (in.state().exhausted) return Flow::Raised;
    in.clear_exception();
  }
  const Bindings otherwise = bindings(scope, names);
  restore(in, scope, names, before);
  const Flow flow = execute(in, scope, likely);
  if (flow != Flow::Next) return flow;
  bool differs = false;
  for (std::size_t at = 0; at < names.size(); ++at) {
    const Value* bound = scope.names->find(names[at]);
    if (bound && otherwise[at] && in.same(*bound, *otherwise[at])) continue;
    differs = true;
    if (!bound && !otherwise[at]) continue;
    auto* unknown = in.make<python::Unknown>(condition.reason, location);
    if (bound) unknown->likely = *bound;
    bind_name(in, scope, names[at], unknown);
  }
  report(in, Undecided::Construct::If, location, condition, differs);
  return Flow::Next;
}

}  // namespace

Outcome evaluate_condition(Interpreter& in, Scope& scope, const Expr* expression) {
  if (const auto* both = as<BoolOp>(expression)) return condition_of_bool_op(in, scope, *both);
  const Outcome value = evaluate(in, scope, expression);
  return value ? in.truth(*value) : value;
}

bool decided(Interpreter& in, const python::Unknown& condition, const Location& location) {
  if (const auto known = in.host().decide(in, condition, location)) return *known;
  return !condition.likely || in.is_true(*condition.likely);
}

Outcome choose_unknown(Interpreter& in, const python::Unknown& condition, Value likely, Value other,
                       const Location& location) {
  const bool same = in.same(likely, other);
  report(in, Undecided::Construct::Conditional, location, condition, !same);
  if (same) return likely;
  auto* unknown = in.make<python::Unknown>(condition.reason, location);
  unknown->likely = likely;
  return unknown;
}

Flow execute_undecided(Interpreter& in, Scope& scope, const If& statement, const python::Unknown& condition) {
  const Location location = location_in(scope, statement.span);
  const bool first = decided(in, condition, location);
  const Sequence<Stmt> likely = first ? statement.body : statement.orelse;
  const Sequence<Stmt> other = first ? statement.orelse : statement.body;
  if (only_binds(likely) && only_binds(other)) return merge_branches(in, scope, likely, other, condition, location);
  const Flow flow = execute(in, scope, likely);
  report(in, Undecided::Construct::If, location, condition, !does_nothing(likely) || !does_nothing(other));
  return flow;
}

}  // namespace python
