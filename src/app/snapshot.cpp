#include "app/commands.h"
#include "app/compare.h"
#include "app/desired.h"
#include "app/state.h"
#include "postgres/catalog.h"

namespace app {

base::Result<Outcome> run_snapshot(const Session& session) {
  auto models = read_models(session);
  if (!models) return std::unexpected(models.error());
  Outcome outcome;
  outcome.warnings = models->reading.diagnostics;
  if (session.arguments.explain) {
    for (const auto& unresolved : models->reading.unresolved) {
      outcome.facts.emplace_back(base::text(unresolved.place), unresolved.reason);
    }
  }
  auto connection = connect(session);
  if (!connection) return std::unexpected(connection.error());
  auto actual = postgres::read(*connection, {session.config.schemas, session.config.exclude_tables});
  if (!actual) return std::unexpected(actual.error());
  outcome.database = connection->label();
  outcome.snapshot = Snapshot{std::move(models->reading), std::move(*actual)};
  return outcome;
}

}  // namespace app
