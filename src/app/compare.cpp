#include "app/compare.h"

#include <algorithm>
#include <utility>

#include "app/desired.h"
#include "app/history.h"
#include "app/raw_ddl.h"
#include "base/text.h"
#include "diff/rename.h"
#include "diff/written.h"
#include "plan/script.h"
#include "postgres/catalog.h"
#include "postgres/facts.h"
#include "postgres/spelling.h"
#include "sql/script.h"

namespace app {
namespace {

/// `table.column=EXPRESSION` or `schema.table.column=EXPRESSION`.
base::Result<std::pair<schema::ColumnName, schema::Expression>> column_expression(const Session& session,
                                                                                  const std::string& option,
                                                                                  const std::string& written) {
  const auto equals = written.find('=');
  const auto parts = base::split(std::string_view(written).substr(0, equals), '.');
  if (equals == std::string::npos || parts.size() < 2 || parts.size() > 3 || equals + 1 == written.size()) {
    return base::failure(base::ErrorCode::ConfigInvalid, option + " " + written + ": expected table.column=EXPRESSION",
                         "for example " + option + " \"users.country='KR'\"");
  }
  const bool qualified = parts.size() == 3;
  schema::ColumnName column;
  column.table = {qualified ? parts[0] : session.config.schemas.front(), qualified ? parts[1] : parts[0]};
  column.column.text = parts.back();
  return std::pair{column, schema::Expression{written.substr(equals + 1)}};
}

using ColumnExpressions = std::map<schema::ColumnName, schema::Expression>;

base::Result<ColumnExpressions> column_expressions(const Session& session, const std::string& option,
                                                   const std::vector<std::string>& written) {
  ColumnExpressions result;
  for (const auto& each : written) {
    auto read = column_expression(session, option, each);
    if (!read) return std::unexpected(read.error());
    result.insert(std::move(*read));
  }
  return result;
}

base::Result<plan::Options> plan_options(const Session& session, const postgres::Connection& connection) {
  plan::Options options;
  options.online = session.config.plan.online;
  options.lock_timeout = std::to_string(session.config.plan.lock_timeout.count()) + "ms";
  options.server_version = connection.server_version();
  auto backfills = column_expressions(session, "--backfill", session.arguments.backfills);
  if (!backfills) return std::unexpected(backfills.error());
  auto conversions = column_expressions(session, "--using", session.arguments.using_expressions);
  if (!conversions) return std::unexpected(conversions.error());
  options.backfills = std::move(*backfills);
  options.conversions = std::move(*conversions);
  return options;
}

/// The schemas to look at: those of the user, and those that the models name.
std::vector<std::string> schemas_of(const Session& session, const State& from, const State& to) {
  if (!from.models && !to.models && session.arguments.schemas.empty()) return {};  // all of both
  std::vector<std::string> schemas = session.config.schemas;
  for (const State* state : {&from, &to}) {
    if (!state->models) continue;
    const auto& database = state->models->reading.database;
    for (const auto& table : database.tables) schemas.push_back(table.name.schema);
    for (const auto& type : database.enums) schemas.push_back(type.name.schema);
    for (const auto& domain : database.domains) schemas.push_back(domain.name.schema);
    for (const auto& sequence : database.sequences) schemas.push_back(sequence.name.schema);
    for (const auto& space : database.namespaces) schemas.push_back(space.name.text);
  }
  std::ranges::sort(schemas);
  const auto repeated = std::ranges::unique(schemas);
  schemas.erase(repeated.begin(), repeated.end());
  return schemas;
}

postgres::ReadOptions read_options(const Session& session, const std::vector<std::string>& schemas) {
  postgres::ReadOptions options;
  options.schemas = schemas;
  options.excluded_tables = session.config.exclude_tables;
  return options;
}

base::Result<schema::Reading> desired_of(const Session& session, State& from, State& to,
                                         const std::vector<std::string>& schemas) {
  if (to.models) {
    const auto made_by = provider(session, *from.connection);
    if (!made_by) return std::unexpected(made_by.error());
    const int server_major = from.connection->major_version();
    if (const auto done = declare_row_security(session, *made_by, server_major, *to.models); !done)
      return std::unexpected(done.error());
    if (const auto done = take_raw_ddl(session, to.models->reading); !done) return std::unexpected(done.error());
    return to.models->reading;
  }
  auto database = postgres::read(*to.connection, read_options(session, schemas));
  if (!database) return std::unexpected(database.error());
  schema::Reading reading;
  reading.database = std::move(*database);
  return reading;
}

base::Place place_of(const schema::Origins& origins, const schema::ObjectId& about) {
  if (const auto found = origins.find(about); found != origins.end()) return found->second;
  const auto table = origins.find({schema::Kind::Table, about.owner, ""});
  return table == origins.end() ? base::Place{} : table->second;
}

bool is_complete(const base::Diagnostics& warnings) {
  return std::ranges::none_of(warnings, [](const base::Diagnostic& warning) {
    return warning.code == "UNRESOLVED" || warning.code == "NOT_COMPARED" || warning.code == "UNSUPPORTED";
  });
}

diff::Options diff_options(const Session& session, const std::vector<std::string>& schemas, diff::Renames renames,
                           std::vector<schema::QualifiedName> managed) {
  diff::Options options;
  options.drop_unmanaged = session.arguments.drop_unmanaged;
  options.managed = std::move(managed);
  options.schemas = schemas;
  options.excluded_tables = session.config.exclude_tables;
  options.renames = std::move(renames);
  options.rewrite = sql::renamed_columns;
  return options;
}

void append(base::Diagnostics& list, const base::Diagnostics& more) {
  list.insert(list.end(), more.begin(), more.end());
}

base::Result<void> plan_changes(const Session& session, State& from, Compared& compared) {
  auto options = plan_options(session, *from.connection);
  if (!options) return std::unexpected(options.error());
  compared.options = std::move(*options);
  postgres::FactOptions fact_options;
  fact_options.probe_all = session.arguments.probe;
  const auto questions = plan::probes(compared.changes, compared.desired.database, compared.actual, compared.options);
  const auto facts = postgres::facts(*from.connection, plan::tables_touched(compared.changes), questions, fact_options);
  if (!facts) return std::unexpected(facts.error());
  compared.comparison.plan =
      plan::make(compared.changes, compared.desired.database, compared.actual, *facts, compared.options);
  append(compared.warnings, compared.comparison.plan.warnings);
  return {};
}

void describe(const Session& session, Compared& compared) {
  Comparison& comparison = compared.comparison;
  for (const auto& difference : comparison.plan.differences) {
    comparison.places.push_back(place_of(compared.desired.origins, difference.about));
  }
  for (const auto& table : compared.changes.unmanaged) comparison.unmanaged.push_back(schema::text(table));
  comparison.complete = is_complete(compared.warnings);
  if (!session.arguments.sql) return;
  comparison.script =
      comparison.plan.steps.empty() ? "-- nothing to do\n" : plan::script(comparison.plan, compared.options);
}

/// Models to start from are made in the scratch database that was opened for them.
base::Result<void> make_models(const Session& session, State& from) {
  Session plainly = session;
  plainly.arguments.renames.clear();
  plainly.arguments.type_renames.clear();
  plainly.arguments.value_renames.clear();
  plainly.arguments.backfills.clear();
  plainly.arguments.using_expressions.clear();
  State scratch;
  scratch.connection = std::move(from.connection);
  State models;
  models.models = std::exchange(from.models, std::nullopt);
  const auto compared = compare(plainly, scratch, models);
  from.connection = std::move(scratch.connection);
  if (!compared) return std::unexpected(compared.error());
  for (const plan::Step& step : compared->comparison.plan.steps) {
    if (step.unsupported) continue;
    if (const auto done = from.connection->execute(step.sql); !done) return std::unexpected(done.error());
  }
  return {};
}

}  // namespace

base::Result<Compared> compare(const Session& session, State& from, State& to) {
  Compared compared;
  compared.database = from.label;
  const auto schemas = schemas_of(session, from, to);
  if (from.models) {
    if (const auto made = make_models(session, from); !made) return std::unexpected(made.error());
  }
  session.progress("reading the catalogs");
  auto actual = postgres::read(*from.connection, read_options(session, schemas));
  if (!actual) return std::unexpected(actual.error());
  compared.actual = std::move(*actual);
  auto desired = desired_of(session, from, to, schemas);
  if (!desired) return std::unexpected(desired.error());
  auto managed = managed_tables(session, from);
  if (!managed) return std::unexpected(managed.error());

  const diff::RenameOptions written{session.arguments.renames, session.arguments.type_renames,
                                    session.arguments.value_renames};
  auto renames = diff::accepted_renames(written, *desired, compared.actual);
  if (!renames) return std::unexpected(renames.error());
  const auto renamed = diff::renamed(compared.actual, *renames, sql::renamed_columns);
  const schema::Database as_written = desired->database;
  auto spelled = postgres::spelled(*from.connection, std::move(desired->database), renamed.actual);
  if (!spelled) return std::unexpected(spelled.error());
  desired->database = std::move(spelled->database);
  compared.warnings = desired->diagnostics;
  append(compared.warnings, spelled->diagnostics);
  compared.desired = std::move(*desired);
  compared.changes = diff::compare(compared.desired, compared.actual,
                                   diff_options(session, schemas, std::move(*renames), std::move(*managed)));
  diff::write_as(compared.changes, as_written);
  diff::write_as(compared.desired.database, as_written);
  if (const auto planned = plan_changes(session, from, compared); !planned) return std::unexpected(planned.error());
  describe(session, compared);
  return compared;
}

}  // namespace app
