#include "app/proof.h"

#include <set>

#include "app/copy.h"
#include "app/history.h"
#include "base/text.h"
#include "migration/execution.h"
#include "plan/script.h"
#include "postgres/scratch.h"
#include "sql/quote.h"

namespace app {
namespace {

/// Why something does not hold; absent: it does.
using Failure = std::optional<std::string>;

std::optional<std::string> hindrance(const plan::Plan& plan) {
  if (!plan.blockers.empty()) return plan.blockers.front().message;
  for (const auto& step : plan.steps) {
    if (step.unsupported) return "a person has to do a step: " + step.description;
  }
  return std::nullopt;
}

/// What is still different between two states.
Failure remaining(const Session& session, State& from, State& to, const std::string& what) {
  const auto compared = compare(session, from, to);
  if (!compared) return what + ": " + compared.error().message;
  std::vector<std::string> differences;
  for (const auto& difference : compared->comparison.plan.differences) {
    if (difference.has_steps) differences.push_back(difference.description);
  }
  if (differences.empty()) return std::nullopt;
  return what + ": " + base::joined(differences, "; ");
}

/// The plan as it would be applied: the same transactions, by the same code.
Failure run_plan(const Session& session, State& copy, const plan::Plan& plan) {
  migration::Migration draft = migration::drafted(plan, "proof", {});
  draft.version = "proof";
  draft.file = "plan";
  migration::ExecutionOptions options;
  options.history = history_table(session);
  options.lock_timeout.clear();
  const auto applied = migration::apply(*copy.connection, draft, options, [](std::string_view) {});
  if (applied) return std::nullopt;
  return "the plan fails: " + applied.error().message;
}

Failure run_rollback(State& copy, const plan::Plan& plan) {
  auto statements = plan::rollback(plan);
  statements.insert(statements.begin(), {"BEGIN", "SET LOCAL search_path = public"});
  statements.emplace_back("COMMIT");
  for (const auto& statement : statements) {
    const auto ran = copy.connection->execute(statement);
    if (!ran) return "the rollback fails: " + ran.error().message + ": " + statement;
  }
  return std::nullopt;
}

/// A plan that runs leads to the desired state, and its rollback back.
Failure goal_missed(const Session& session, State& copy, State& from, State& to, const plan::Plan& plan) {
  Session same = session;  // what was renamed is called by its new name now
  same.arguments.renames.clear();
  same.arguments.type_renames.clear();
  same.arguments.value_renames.clear();
  same.arguments.sql = false;
  if (auto failure = remaining(same, copy, to, "the plan does not lead to the desired state")) return failure;
  if (auto failure = run_rollback(copy, plan)) return failure;
  return remaining(whole(session), copy, from, "the rollback does not lead back");
}

/// Roles that the copied schema does not name, but the plan may.
Failure make_roles(postgres::Connection& actual, postgres::Connection& copy) {
  constexpr auto names = "SELECT rolname FROM pg_catalog.pg_roles WHERE rolname !~ '^pg_'";
  const auto all = actual.query(names);
  const auto known = copy.query(names);
  if (!all || !known) return (!all ? all : known).error().message;
  std::set<std::string, std::less<>> there;
  for (const auto& row : *known) there.insert(row.text(0));
  std::string statements;
  for (const auto& row : *all) {
    if (!there.contains(row.text(0))) statements += "CREATE ROLE " + sql::quoted(schema::Name{row.text(0)}) + ";";
  }
  const auto made = copy.execute(statements);
  return made ? Failure{} : made.error().message;
}

Proof not_tried(std::string reason) { return {std::nullopt, true, std::move(reason)}; }

Proof prove(const Session& session, State& from, State& to, const Compared& compared) {
  const plan::Plan& plan = compared.comparison.plan;
  if (const auto reason = hindrance(plan)) return not_tried(*reason);
  session.progress("proving the plan on a scratch server");
  const int major = from.connection->major_version();
  auto scratch = postgres::Scratch::start(major);
  if (!scratch) return not_tried(scratch.error().message);
  auto copy = copied(session, *scratch, from);
  if (!copy) return not_tried(copy.error().message);
  if (const auto failure = make_roles(*from.connection, *copy->connection)) return not_tried(*failure);
  Failure failure = run_plan(session, *copy, plan);
  const bool runs = !failure;
  if (runs) failure = goal_missed(session, *copy, from, to, plan);
  if (!failure) return {true, true, {}};
  // Another version may be why: then it proves nothing.
  if (scratch->major() != major) return not_tried("PostgreSQL " + std::to_string(scratch->major()) + ": " + *failure);
  return {false, runs, *failure};
}

}  // namespace

Proof verify(const Session& session, State& from, State& to, Compared& compared) {
  if (compared.comparison.plan.steps.empty()) return {};
  Proof proof = prove(session, from, to, compared);
  compared.comparison.verified = proof.holds;
  if (!proof.holds.value_or(false)) {
    const std::string what = proof.holds ? "the plan was tried on a scratch database, and "
                                         : "the plan could not be tried on a scratch database: ";
    compared.warnings.push_back({.code = "NOT_VERIFIED", .message = what + proof.reason, .place = {}, .table = {}});
  }
  return proof;
}

}  // namespace app
