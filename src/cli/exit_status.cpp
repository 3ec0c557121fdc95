#include "cli/exit_status.h"

#include <algorithm>

namespace cli {
namespace {

bool has_finding(const std::vector<app::Finding>& findings) {
  return std::ranges::any_of(findings, [](const app::Finding& finding) { return finding.severity != "info"; });
}

bool has_finding(const app::SecurityReport& report) {
  return has_finding(report.findings) || std::ranges::any_of(report.tables, [](const app::TableSecurity& table) {
           return has_finding(table.findings);
         });
}

}  // namespace

ExitStatus exit_status(const app::Arguments& arguments, const app::Outcome& outcome) {
  if (outcome.comparison && (arguments.exit_code || arguments.command == app::Command::Check)) {
    const bool incomplete = arguments.strict && !outcome.comparison->complete;
    if (drift_count(*outcome.comparison) > 0 || incomplete) return ExitStatus::Drift;
  }
  if (outcome.security && arguments.exit_code && has_finding(*outcome.security)) return ExitStatus::Drift;
  return ExitStatus::Done;
}

}  // namespace cli
