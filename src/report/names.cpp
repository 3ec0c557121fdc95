#include "report/names.h"

#include <array>
#include <utility>

#include "base/text.h"

namespace report {
namespace {
constexpr std::array commands{"auto", "snapshot",    "diff",  "plan",     "generate",     "apply",
                              "rls",  "rls explain", "check", "embedded", "skill install"};
static_assert(commands.size() == std::to_underlying(app::Command::SkillInstall) + 1);
constexpr std::array policy_commands{"all", "select", "insert", "update", "delete"};
constexpr std::array declarations{"none", "opted_out", "managed"};
}  // namespace

std::string_view name_of(app::Command command) { return commands.at(std::to_underlying(command)); }
std::string_view name_of(schema::PolicyCommand command) { return policy_commands.at(std::to_underlying(command)); }
std::string_view name_of(schema::Declaration declaration) { return declarations.at(std::to_underlying(declaration)); }

std::string joined_statements(const std::vector<std::string>& statements) { return base::joined(statements, "; "); }

}  // namespace report
