#include "plan/plan_support.h"

#include <algorithm>

#include "base/text.h"

namespace story {

plan::Plan planned(const schema::Database& before, const schema::Database& after, const plan::Options& options,
                   const schema::Facts& facts) {
  schema::Reading desired;
  desired.database = after;
  return plan::make(diff::compare(desired, before, {}), after, before, facts, options);
}

std::vector<std::string> lines(const plan::Plan& plan) {
  std::vector<std::string> result;
  for (const plan::Step& step : plan.steps) {
    const std::string group = step.group ? std::to_string(*step.group) : "-";
    std::string sql = base::replaced(step.sql, "\n", " ");
    while (sql.find("  ") != std::string::npos) sql = base::replaced(sql, "  ", " ");
    result.push_back(group + " " + sql);
  }
  return result;
}

std::vector<std::string> reasons(const plan::Plan& plan) {
  std::vector<std::string> result;
  const auto add = [&](const std::vector<risk::Reason>& more) {
    for (const risk::Reason& reason : more) {
      const std::string line = reason.code + " " + std::string(risk::text(reason.severity)) + ": " + reason.text;
      if (std::ranges::find(result, line) == result.end()) result.push_back(line);
    }
  };
  for (const plan::Step& step : plan.steps) add(step.reasons);
  for (const plan::Difference& difference : plan.differences) add(difference.reasons);
  return result;
}

plan::Options short_form() {
  plan::Options options;
  options.online = false;
  return options;
}

}  // namespace story
