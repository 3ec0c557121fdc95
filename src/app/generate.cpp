#include "app/generate.h"

#include "app/commands.h"
#include "base/text.h"
#include "plan/script.h"

namespace app {
namespace {

using base::ErrorCode;

std::vector<schema::QualifiedName> described_tables(const Compared& compared) {
  std::vector<schema::QualifiedName> tables;
  for (const auto& table : compared.desired.database.tables) tables.push_back(table.name);
  return tables;
}

std::vector<std::string> files_of(const Session& session, const std::vector<migration::Migration>& migrations) {
  std::vector<std::string> names;
  for (const auto& each : migrations) names.push_back(base::shown(each.file, session.config.root));
  return names;
}

}  // namespace

base::Result<void> check_blockers(const plan::Plan& plan) {
  if (plan.blockers.empty()) return {};
  std::vector<std::string> messages;
  for (const auto& blocker : plan.blockers) messages.push_back(blocker.message);
  const std::string& hint = plan.blockers.front().hint;
  return base::failure(ErrorCode::DangerousMigration, base::joined(messages, "; "),
                       hint.empty() ? "see agent-migrate plan" : hint);
}

base::Result<void> check_danger(const Session& session, const std::vector<std::string>& dangers) {
  if (dangers.empty() || session.arguments.force) return {};
  return base::failure(ErrorCode::DangerousMigration, "steps of risk danger: " + base::joined(dangers, "; "),
                       "review the plan; if it is what you want, repeat the command with --force");
}

base::Result<migration::Migration> write_migration(const Session& session, const Compared& compared,
                                                   const Migrations& migrations) {
  if (const auto fine = check_blockers(compared.comparison.plan); !fine) return std::unexpected(fine.error());
  for (const auto& pending : migrations.pending) {
    if (pending.ours && migrations.pending.size() == 1 && pending.plan == plan::fingerprint(compared.comparison.plan))
      return pending;
  }
  if (!migrations.pending.empty()) {
    return base::failure(
        ErrorCode::PendingMigrations,
        "the database lacks migrations that are on disk: " + base::joined(files_of(session, migrations.pending), ", "),
        "apply them first: agent-migrate apply --execute");
  }
  auto draft = migration::drafted(compared.comparison.plan, session.arguments.message, described_tables(compared));
  return migration::write(store_of(session), migrations.all, std::move(draft));
}

base::Result<Outcome> run_generate(const Session& session) {
  Arguments arguments = session.arguments;
  arguments.generate = true;
  return run_auto(Session{std::move(arguments), session.config, session.progress});
}

}  // namespace app
