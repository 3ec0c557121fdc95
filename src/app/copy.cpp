#include "app/copy.h"

#include <utility>

#include "base/text.h"

namespace app {
namespace {

base::Result<State> new_state(postgres::Scratch& scratch) {
  const auto url = scratch.new_database();
  if (!url) return std::unexpected(url.error());
  auto connection = postgres::Connection::open(*url);
  if (!connection) return std::unexpected(connection.error());
  State state;
  state.connection.emplace(std::move(*connection));
  state.label = "a scratch database";
  return state;
}

base::Error cannot(const std::string& why) {
  base::Error error;
  error.code = base::ErrorCode::DbConnection;
  error.message = "the state cannot be made on a scratch server: " + why;
  return error;
}

/// Nobody else uses the database, so each statement may run by itself.
base::Result<void> run(postgres::Connection& connection, const plan::Plan& plan) {
  if (!plan.blockers.empty()) return std::unexpected(cannot(plan.blockers.front().message));
  for (const auto& step : plan.steps) {
    if (step.unsupported) return std::unexpected(cannot(step.description));
  }
  if (const auto set = connection.execute("SET check_function_bodies = off; SET search_path = public"); !set)
    return set;
  for (const auto& step : plan.steps) {
    if (const auto ran = connection.execute(step.sql); !ran)
      return std::unexpected(cannot(step.description + ": " + ran.error().message));
  }
  return connection.execute("RESET check_function_bodies; RESET search_path");
}

/// Fills an empty database with what `source` has.
base::Result<void> fill(const Session& session, State& empty, State& source) {
  const auto way = compare(session, empty, source);
  if (!way) return std::unexpected(way.error());
  return run(*empty.connection, way->comparison.plan);
}

}  // namespace

Session whole(const Session& session) {
  Session result = session;
  Arguments& arguments = result.arguments;
  for (auto* list : {&arguments.schemas, &arguments.exclude_tables, &arguments.renames, &arguments.type_renames,
                     &arguments.value_renames, &arguments.using_expressions, &arguments.backfills})
    list->clear();
  arguments.drop_unmanaged = true;
  arguments.sql = false;
  result.config.exclude_tables.clear();
  result.config.plan.online = false;
  return result;
}

base::Result<State> copied(const Session& session, postgres::Scratch& scratch, State& source) {
  const Session all = whole(session);
  auto state = new_state(scratch);
  if (!state) return state;
  if (const auto filled = fill(all, *state, source); !filled) return std::unexpected(filled.error());
  const auto again = compare(all, *state, source);
  if (!again) return std::unexpected(again.error());
  const auto& differences = again->comparison.plan.differences;
  if (!differences.empty()) return std::unexpected(cannot(differences.front().description));
  return state;
}

base::Result<State> realised(const Session& session, State models) {
  session.progress("making the models on a scratch server");
  auto scratch = postgres::Scratch::start();
  if (!scratch) return std::unexpected(scratch.error());
  auto state = new_state(*scratch);
  if (!state) return state;
  if (const auto filled = fill(session, *state, models); !filled) return std::unexpected(filled.error());
  state->label = models.label;
  state->scratch = std::make_shared<postgres::Scratch>(std::move(*scratch));
  return state;
}

}  // namespace app
