#include "report/text.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "report/names.h"

namespace report {
namespace {

enum class Tone { Plain, Bold, Dim, Good, Warn, Bad };

/// Text under construction, coloured where it is wanted.
class Page {
 public:
  explicit Page(const TextOptions& options) : options_(options) {}

  std::string in(Tone tone, std::string_view text) const {
    constexpr const char* codes[] = {"", "\033[1m", "\033[2m", "\033[32m", "\033[33m", "\033[31m"};
    if (!options_.colour || tone == Tone::Plain) return std::string(text);
    return fmt::format("{}{}\033[0m", codes[static_cast<int>(tone)], text);
  }
  void line(std::string_view text = {}) {
    text_ += text;
    text_ += '\n';
  }
  const TextOptions& options() const { return options_; }
  std::string take() { return std::move(text_); }

 private:
  TextOptions options_;
  std::string text_;
};

Tone tone_of(risk::Severity severity) {
  return severity == risk::Severity::Danger ? Tone::Bad : severity == risk::Severity::Caution ? Tone::Warn : Tone::Good;
}

std::string padded(std::string_view text, std::size_t width) { return fmt::format("{:<{}}", text, width); }

std::string place_of(const base::Place& place) {
  return place.line > 0 ? fmt::format("{}:{}", place.file, place.line) : place.file;
}

void write_differences(Page& page, const app::Comparison& comparison) {
  const auto& differences = comparison.plan.differences;
  std::size_t width = 0;
  for (const auto& difference : differences) width = std::max(width, difference.type.size());
  for (std::size_t i = 0; i < differences.size(); ++i) {
    const auto& difference = differences[i];
    std::string line =
        fmt::format("  {}  {}  {}", page.in(tone_of(difference.risk), padded(risk::text(difference.risk), 7)),
                    padded(difference.type, width), difference.description);
    if (!difference.rename_candidate.empty()) line += fmt::format(" (renamed? {})", difference.rename_candidate);
    if (i < comparison.places.size() && comparison.places[i].line > 0) {
      line += page.in(Tone::Dim, fmt::format("  {}", place_of(comparison.places[i])));
    }
    page.line(line);
    for (const auto& reason : difference.reasons) page.line("           " + page.in(Tone::Dim, reason.text));
  }
}

void write_step(Page& page, const plan::Step& step, std::size_t number) {
  std::string head = fmt::format("{:>4}. {}  {}", number, page.in(tone_of(step.risk), padded(risk::text(step.risk), 7)),
                                 step.description);
  std::vector<std::string> notes;
  if (!step.lock.empty()) notes.push_back(step.lock + (step.locked.empty() ? "" : " on " + schema::text(step.locked)));
  if (!step.blocks.empty()) notes.push_back("blocks: " + step.blocks);
  if (step.rewrites) notes.emplace_back("rewrites the table");
  if (step.scans) notes.emplace_back("reads all rows");
  if (!step.transactional) notes.emplace_back("outside a transaction");
  if (!notes.empty()) head += page.in(Tone::Dim, "  [" + base::joined(notes, "; ") + "]");
  page.line(head);
  for (const auto& reason : step.reasons) page.line("               " + page.in(Tone::Dim, reason.text));
  page.line(step.sql + ";");
  if (page.options().verbose && !step.rollback.empty())
    page.line("-- rollback: " + joined_statements(step.rollback) + ";");
}

void write_plan(Page& page, const plan::Plan& plan) {
  if (plan.steps.empty()) return;
  page.line();
  page.line(fmt::format("{} {} step{}, risk {}", page.in(Tone::Bold, "Plan:"), plan.steps.size(),
                        plan.steps.size() == 1 ? "" : "s",
                        page.in(tone_of(plan.overall_risk), risk::text(plan.overall_risk))));
  for (std::size_t i = 0; i < plan.steps.size(); ++i) write_step(page, plan.steps[i], i + 1);
  for (const auto& blocker : plan.blockers) {
    page.line(page.in(Tone::Bad, "blocked: ") + blocker.message);
    if (!blocker.hint.empty()) page.line("         " + blocker.hint);
  }
}

void write_comparison(Page& page, const app::Outcome& outcome) {
  const app::Comparison& comparison = *outcome.comparison;
  const int drift = drift_count(comparison);
  if (drift == 0) {
    page.line(page.in(Tone::Good, "in sync") + (outcome.database.empty() ? "" : "  " + outcome.database));
  } else {
    page.line(page.in(Tone::Bold, fmt::format("{} difference{}", drift, drift == 1 ? "" : "s")) +
              (outcome.database.empty() ? "" : "  " + outcome.database));
  }
  if (!comparison.complete)
    page.line(page.in(Tone::Warn, "not complete: a part could not be understood, see the warnings"));
  if (outcome.command == app::Command::Check) return;
  write_differences(page, comparison);
  if (outcome.command != app::Command::Diff) write_plan(page, comparison.plan);
  if (comparison.verified) {
    page.line(*comparison.verified
                  ? page.in(Tone::Good, "verified: the plan leads to the models, and its rollback back")
                  : page.in(Tone::Bad, "not verified: the plan does not lead to the models"));
  }
  if (!comparison.unmanaged.empty() && !page.options().quiet) {
    page.line(page.in(Tone::Dim, "left alone, no model describes them: " + base::joined(comparison.unmanaged, ", ")));
  }
}

void write_migration(Page& page, const app::Outcome& outcome) {
  if (!outcome.generated.empty()) page.line("written: " + outcome.generated);
  for (const auto& file : outcome.applied_files) page.line(page.in(Tone::Good, "applied: ") + file);
  const bool showing = outcome.command == app::Command::Apply || outcome.applied.has_value();
  for (const auto& pending : outcome.pending) {
    page.line("pending: " + pending.file);
    if (!showing) continue;
    for (const auto& statement : pending.statements) page.line(statement + ";");
  }
  if (outcome.applied && !*outcome.applied) {
    page.line(outcome.pending.empty() ? "nothing to apply" : "nothing was changed: --execute applies it");
  }
}

std::string roles_of(const schema::Policy& policy) {
  std::vector<std::string> names;
  for (const auto& role : policy.roles) names.push_back(role.text);
  return names.empty() ? "PUBLIC" : base::joined(names, ", ");
}

void write_finding(Page& page, const app::Finding& finding) {
  const Tone tone = finding.severity == "error" ? Tone::Bad : finding.severity == "warning" ? Tone::Warn : Tone::Dim;
  page.line(fmt::format("    {} {} {}: {}", page.in(tone, finding.severity), finding.code, finding.object,
                        finding.description));
  if (!finding.fix.empty()) page.line(finding.fix);
}

void write_table_security(Page& page, const app::TableSecurity& table) {
  const std::string state = table.enabled ? (table.forced ? "enabled, forced" : "enabled") : "off";
  page.line(fmt::format("{}  {}  {}", page.in(Tone::Bold, schema::text(table.table)),
                        page.in(table.enabled ? Tone::Good : Tone::Dim, state),
                        page.in(Tone::Dim, name_of(table.declared))));
  std::size_t width = 0;
  for (const auto& status : table.policies) width = std::max(width, status.policy.name.text.size());
  for (const auto& status : table.policies) {
    const schema::Policy& policy = status.policy;
    page.line(fmt::format("    {}  {:<6}  {}  to {}  ({})", padded(policy.name.text, width), name_of(policy.command),
                          policy.permissive ? "permissive " : "restrictive", roles_of(policy), status.origin));
    if (policy.using_expr) page.line("        USING " + policy.using_expr->text);
    if (policy.with_check_expr) page.line("        WITH CHECK " + policy.with_check_expr->text);
  }
  for (const auto& finding : table.findings) write_finding(page, finding);
}

void write_security(Page& page, const app::SecurityReport& report) {
  page.line("provider " + report.provider);
  for (const auto& table : report.tables) write_table_security(page, table);
  for (const auto& finding : report.findings) write_finding(page, finding);
}

void write_access(Page& page, const app::AccessReport& report) {
  page.line(fmt::format("{} as {}", page.in(Tone::Bold, schema::text(report.table)), report.role));
  for (const auto& access : report.commands) {
    const std::string rows = access.rows ? fmt::format("{} rows", *access.rows) : "";
    page.line(fmt::format("  {:<6}  {:<8}  {:<12}  {}", access.command, access.access, access.why, rows));
    if (access.using_expr) page.line("          USING " + *access.using_expr);
    if (access.check_expr) page.line("          WITH CHECK " + *access.check_expr);
    if (access.error) page.line("          " + *access.error);
  }
}

void write_snapshot(Page& page, const app::Snapshot& snapshot) {
  const auto& desired = snapshot.desired.database;
  page.line(fmt::format("models:   {} tables, {} enums", desired.tables.size(), desired.enums.size()));
  page.line(fmt::format("database: {} tables, {} enums", snapshot.actual.tables.size(), snapshot.actual.enums.size()));
  std::vector<schema::QualifiedName> names;
  for (const auto& table : desired.tables) names.push_back(table.name);
  for (const auto& table : snapshot.actual.tables) names.push_back(table.name);
  std::ranges::sort(names);
  const auto repeated = std::ranges::unique(names);
  names.erase(repeated.begin(), repeated.end());
  std::size_t width = 0;
  for (const auto& name : names) width = std::max(width, schema::text(name).size());
  for (const auto& name : names) {
    const auto* model = schema::find_table(desired, name);
    const auto* actual = schema::find_table(snapshot.actual, name);
    page.line(fmt::format("  {}  {:>4} / {:<4} columns", padded(schema::text(name), width),
                          model != nullptr ? std::to_string(model->columns.size()) : "-",
                          actual != nullptr ? std::to_string(actual->columns.size()) : "-"));
  }
}

void write_warnings(Page& page, const base::Diagnostics& warnings) {
  for (const auto& warning : warnings) {
    const std::string where = warning.place.file.empty() ? "" : base::text(warning.place) + ": ";
    page.line(fmt::format("{} {}{} [{}]", page.in(Tone::Warn, "warning:"), where, warning.message, warning.code));
  }
}

}  // namespace

std::string text(const app::Outcome& outcome, const TextOptions& options) {
  Page page(options);
  if (outcome.command == app::Command::Plan && outcome.comparison && !outcome.comparison->script.empty()) {
    return outcome.comparison->script;
  }
  if (outcome.comparison && outcome.command != app::Command::Apply) write_comparison(page, outcome);
  if (outcome.snapshot) write_snapshot(page, *outcome.snapshot);
  if (outcome.security) write_security(page, *outcome.security);
  if (outcome.access) write_access(page, *outcome.access);
  for (const auto& [name, value] : outcome.facts) page.line(options.quiet ? value : name + ": " + value);
  write_migration(page, outcome);
  write_warnings(page, outcome.warnings);
  return page.take();
}

std::string text(const base::Error& error, const TextOptions& options) {
  Page page(options);
  page.line(fmt::format("{} {}", page.in(Tone::Bad, std::string(base::text(error.code)) + ":"), error.message));
  for (const auto& context : error.context) page.line("  " + context);
  if (!error.hint.empty()) page.line("  hint: " + error.hint);
  return page.take();
}

}  // namespace report
