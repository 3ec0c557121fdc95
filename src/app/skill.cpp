#include <string_view>

#include "app/commands.h"

namespace embedded {
extern const std::string_view skill;
}

namespace app {

base::Result<Outcome> run_skill_install(const Session& session) {
  const std::string& given = session.arguments.directory;
  const base::Path folder =
      (given.empty() ? session.config.root / ".claude" / "skills" : base::Path(given)) / "agent-migrate";
  if (const auto made = base::make_folder(folder); !made) return std::unexpected(made.error());
  const base::Path file = folder / "SKILL.md";
  if (const auto written = base::write_file(file, embedded::skill); !written) return std::unexpected(written.error());
  Outcome outcome;
  outcome.facts.emplace_back("written", base::shown(file, session.config.root));
  return outcome;
}

}  // namespace app
