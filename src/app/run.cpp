#include "app/run.h"

#include <array>
#include <utility>

#include "app/commands.h"

namespace app {
namespace {

using Runner = base::Result<Outcome> (*)(const Session&);

/// In the order of `Command`.
constexpr std::array<Runner, 11> runners{run_auto,     run_snapshot, run_diff,         run_plan,
                                         run_generate, run_apply,    run_rls,          run_rls_explain,
                                         run_check,    run_embedded, run_skill_install};
static_assert(runners.size() == std::to_underlying(Command::SkillInstall) + 1);

}  // namespace

base::Result<Outcome> run(Arguments arguments, Progress progress) {
  const Command command = arguments.command;
  auto session = open_session(std::move(arguments), std::move(progress));
  if (!session) return std::unexpected(session.error());
  auto outcome = runners.at(std::to_underlying(command))(*session);
  if (outcome) outcome->command = command;
  return outcome;
}

}  // namespace app
