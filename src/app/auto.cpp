#include <utility>

#include "app/apply.h"
#include "app/commands.h"
#include "app/copy.h"
#include "app/generate.h"
#include "app/proof.h"
#include "postgres/server.h"

namespace app {
namespace {

/// The outcome of a comparison alone.
Outcome outcome_of(Compared compared) {
  Outcome outcome;
  outcome.database = std::move(compared.database);
  outcome.warnings = std::move(compared.warnings);
  outcome.comparison = std::move(compared.comparison);
  return outcome;
}

/// The states that the command compares, open; migrations belong to the database of the configuration.
struct Sides {
  State from;
  State to;
};

base::Result<Sides> open_sides(const Session& session) {
  const std::string from_written = session.arguments.from.empty() ? "database" : session.arguments.from;
  const std::string to_written = session.arguments.to.empty() ? "models" : session.arguments.to;
  auto from = prepare_state(session, from_written);
  if (!from) return std::unexpected(from.error());
  auto to = prepare_state(session, to_written);
  if (!to) return std::unexpected(to.error());
  if (from->models) {
    from = realised(session, std::move(*from));
    if (!from) return std::unexpected(from.error());
  } else if (const auto opened = open_state(session, from_written, *from); !opened) {
    return std::unexpected(opened.error());
  }
  if (!to->models) {
    if (const auto opened = open_state(session, to_written, *to); !opened) return std::unexpected(opened.error());
  }
  return Sides{std::move(*from), std::move(*to)};
}

base::Result<Outcome> compared_outcome(const Session& session) {
  auto sides = open_sides(session);
  if (!sides) return std::unexpected(sides.error());
  auto compared = compare(session, sides->from, sides->to);
  if (!compared) return std::unexpected(compared.error());
  if (session.arguments.verify.value_or(false)) verify(session, sides->from, sides->to, *compared);
  Outcome outcome = outcome_of(std::move(*compared));
  if (!sides->from.configured) return outcome;
  auto migrations = find_migrations(session, *sides->from.connection);
  if (!migrations) return std::unexpected(migrations.error());
  outcome.pending = pending_of(session, migrations->pending, false);
  return outcome;
}

base::Result<void> check_message(const Session& session) {
  if (!session.arguments.message.empty()) return {};
  return base::failure(base::ErrorCode::ConfigInvalid, "a migration needs a message",
                       "say in a few words what it does: -m \"add phone to users\"");
}

base::Result<void> check_configured(const Sides& sides) {
  if (sides.from.configured && sides.to.models) return {};
  return base::failure(base::ErrorCode::ConfigInvalid,
                       "migrations lead from the database to the models; --from and --to name others",
                       "leave --from and --to out, or use plan --sql");
}

/// Where a migration is written the plan is proven first, unless the user does not want it or nothing was asked for and
/// the machine has no PostgreSQL to prove it on. MIGRATION_FAILED for a plan that fails.
base::Result<void> check_proof(const Session& session, Sides& sides, Compared& compared) {
  const bool asked = session.arguments.verify.has_value();
  if (!session.arguments.verify.value_or(session.config.plan.verify)) return {};
  if (!asked && !postgres::server_programs()) return {};
  const Proof proof = verify(session, sides.from, sides.to, compared);
  if (proof.runs) return {};
  return base::failure(base::ErrorCode::MigrationFailed,
                       "the plan was tried on a scratch database, and " + proof.reason + "; nothing was written",
                       "look at agent-migrate plan --verify; --no-verify writes the migration all the same");
}

/// Writes the migration, where there is anything to do, and perhaps applies it.
base::Result<Outcome> migrate(const Session& session) {
  auto sides = open_sides(session);
  if (!sides) return std::unexpected(sides.error());
  if (const auto fine = check_configured(*sides); !fine) return std::unexpected(fine.error());
  postgres::Connection& connection = *sides->from.connection;
  auto migrations = find_migrations(session, connection);
  if (!migrations) return std::unexpected(migrations.error());
  auto compared = compare(session, sides->from, sides->to);
  if (!compared) return std::unexpected(compared.error());

  std::string generated;
  const bool write =
      !compared->comparison.plan.steps.empty() && (session.arguments.generate || migrations->pending.empty());
  if (write) {
    if (const auto fine = check_message(session); !fine) return std::unexpected(fine.error());
    const bool to_run = session.arguments.apply && session.arguments.execute;
    const auto draft = migration::drafted(compared->comparison.plan, "", {});
    if (const auto fine = check_blockers(compared->comparison.plan); !fine) return std::unexpected(fine.error());
    if (to_run) {
      if (const auto fine = check_danger(session, draft.dangers); !fine) return std::unexpected(fine.error());
    }
    if (const auto proven = check_proof(session, *sides, *compared); !proven) return std::unexpected(proven.error());
    auto written = write_migration(session, *compared, *migrations);
    if (!written) return std::unexpected(written.error());
    generated = base::shown(written->file, session.config.root);
    if (migrations->pending.empty()) migrations->pending.push_back(std::move(*written));
  }
  if (!session.arguments.apply) {
    Outcome outcome = outcome_of(std::move(*compared));
    outcome.generated = std::move(generated);
    outcome.pending = pending_of(session, migrations->pending, false);
    return outcome;
  }
  auto applied = apply_pending(session, connection, migrations->pending);
  if (!applied) return std::unexpected(applied.error());
  if (!applied->empty()) {  // the object describes the state after
    compared = compare(session, sides->from, sides->to);
    if (!compared) return std::unexpected(compared.error());
  }
  Outcome outcome = outcome_of(std::move(*compared));
  outcome.generated = std::move(generated);
  outcome.applied = session.arguments.execute;
  outcome.applied_files = std::move(*applied);
  if (!session.arguments.execute) outcome.pending = pending_of(session, migrations->pending, true);
  return outcome;
}

}  // namespace

base::Result<Outcome> run_auto(const Session& session) {
  if (session.arguments.generate || session.arguments.apply) return migrate(session);
  return compared_outcome(session);
}

base::Result<Outcome> run_diff(const Session& session) { return compared_outcome(session); }
base::Result<Outcome> run_plan(const Session& session) { return compared_outcome(session); }
base::Result<Outcome> run_check(const Session& session) { return compared_outcome(session); }

}  // namespace app
