#include "plan/script.h"

#include "base/text.h"

namespace plan {
namespace {

/// The statement with its semicolon: on a line of its own where the statement ends in a comment.
std::string terminated(const std::string& sql) {
  const std::size_t line = sql.rfind('\n');
  const std::string last = line == std::string::npos ? sql : sql.substr(line + 1);
  return sql + (last.find("--") == std::string::npos ? ";\n" : "\n;\n");
}

std::string commented(const std::string& text) { return "-- " + base::replaced(text, "\n", "\n-- ") + "\n"; }

std::string head(const Options& options) {
  std::string text;
  if (!options.lock_timeout.empty())
    text += "SET lock_timeout = '" + base::replaced(options.lock_timeout, "'", "''") + "';\n";
  return text + "SET check_function_bodies = off;\n";
}

}  // namespace

std::string script(const Plan& plan, const Options& options) {
  if (plan.steps.empty()) return "";
  std::string text = head(options);
  std::optional<int> open;
  for (const Step& step : plan.steps) {
    if (open && step.group != open) {
      text += "COMMIT;\n";
      open.reset();
    }
    if (step.unsupported) {
      text += "\n-- not planned, to be done by hand:\n" + step.sql + "\n";
      continue;
    }
    if (step.group && !open) {
      text += "\nBEGIN;\n";
      open = step.group;
    }
    if (!step.group) {
      text += std::string("\n") + (step.transactional ? "-- by itself:\n" : "-- must run outside of a transaction:\n");
    }
    for (const risk::Reason& reason : step.reasons) {
      if (reason.severity != risk::Severity::Safe)
        text += commented(std::string(risk::text(reason.severity)) + ": " + reason.text);
    }
    text += terminated(step.sql);
  }
  if (open) text += "COMMIT;\n";
  return text;
}

std::vector<std::string> rollback(const Plan& plan) {
  std::vector<std::string> statements;
  for (auto step = plan.steps.rbegin(); step != plan.steps.rend(); ++step) {
    statements.insert(statements.end(), step->rollback.begin(), step->rollback.end());
  }
  return statements;
}

std::string fingerprint(const Plan& plan) {
  std::string text;
  for (const Step& step : plan.steps) {
    text += step.sql + '\0' + (step.group ? std::to_string(*step.group) : "-") + '\0';
  }
  return base::sha256(text);
}

}  // namespace plan
