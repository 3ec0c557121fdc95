#include "report/json.h"

#include <nlohmann/json.hpp>

#include "report/names.h"
#include "report/schema_json.h"
#include "risk/risk.h"

namespace report {
namespace {

using Json = nlohmann::ordered_json;

/// Text from files and servers may hold any bytes: what is no UTF-8 is replaced, never a reason to fail.
std::string dumped(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json optional(const std::optional<std::string>& text) { return text ? Json(*text) : Json(nullptr); }

void add(Json& json, const char* key, const std::string& text) {
  if (!text.empty()) json[key] = text;
}

void add(Json& json, const base::Place& place) {
  add(json, "file", place.file);
  if (place.line > 0) json["line"] = place.line;
  if (place.line > 0 && place.column > 0) json["col"] = place.column;
}

Json reasons(const std::vector<risk::Reason>& list) {
  Json json = Json::array();
  for (const auto& reason : list) {
    json.push_back({{"code", reason.code}, {"risk", risk::text(reason.severity)}, {"desc", reason.text}});
  }
  return json;
}

Json difference(const plan::Difference& difference, const base::Place& place) {
  Json json{{"type", difference.type}};
  add(json, "schema", difference.schema);
  add(json, "tbl", difference.table);
  add(json, "col", difference.column);
  add(json, "name", difference.name);
  json["risk"] = risk::text(difference.risk);
  json["desc"] = difference.description;
  json["model_val"] = optional(difference.model_value);
  json["db_val"] = optional(difference.database_value);
  add(json, "rename_candidate", difference.rename_candidate);
  if (!difference.reasons.empty()) json["reasons"] = reasons(difference.reasons);
  add(json, "file", place.file);
  if (place.line > 0) json["line"] = place.line;
  return json;
}

Json step(const plan::Step& step) {
  Json json{{"sql", step.sql}, {"risk", risk::text(step.risk)}, {"desc", step.description}};
  json["rollback"] = step.rollback.empty() ? Json(nullptr) : Json(joined_statements(step.rollback));
  add(json, "lock", step.lock);
  if (!step.locked.empty()) json["lock_on"] = text(step.locked);
  add(json, "blocks", step.blocks);
  json["transactional"] = step.transactional;
  if (step.group) json["group"] = *step.group;
  if (step.rewrites) json["rewrites"] = true;
  if (step.scans) json["scans"] = true;
  if (step.rows) json["rows"] = *step.rows;
  if (step.bytes) json["bytes"] = *step.bytes;
  if (step.unsupported) json["unsupported"] = true;
  if (!step.reasons.empty()) json["reasons"] = reasons(step.reasons);
  return json;
}

Json blockers(const std::vector<plan::Blocker>& list) {
  Json json = Json::array();
  for (const auto& blocker : list) {
    Json one{{"message", blocker.message}};
    add(one, "hint", blocker.hint);
    json.push_back(std::move(one));
  }
  return json;
}

Json diagnostics(const base::Diagnostics& list) {
  Json json = Json::array();
  for (const auto& diagnostic : list) {
    Json one{{"code", diagnostic.code}, {"message", diagnostic.message}};
    add(one, diagnostic.place);
    add(one, "table", diagnostic.table);
    json.push_back(std::move(one));
  }
  return json;
}

Json pending(const std::vector<app::Pending>& list) {
  Json json = Json::array();
  for (const auto& file : list) {
    Json one{{"version", file.version}, {"file", file.file}};
    if (!file.statements.empty()) one["statements"] = file.statements;
    json.push_back(std::move(one));
  }
  return json;
}

void add_differences(Json& json, const app::Comparison& comparison) {
  json["diffs"] = Json::array();
  for (std::size_t i = 0; i < comparison.plan.differences.size(); ++i) {
    const base::Place place = i < comparison.places.size() ? comparison.places[i] : base::Place{};
    json["diffs"].push_back(difference(comparison.plan.differences[i], place));
  }
}

void add_plan(Json& json, const app::Comparison& comparison) {
  Json steps = Json::array();
  for (const auto& each : comparison.plan.steps) steps.push_back(step(each));
  json["plan"] = {{"steps", std::move(steps)},
                  {"overall_risk", risk::text(comparison.plan.overall_risk)},
                  {"step_count", comparison.plan.steps.size()}};
  if (!comparison.plan.blockers.empty()) json["plan"]["blockers"] = blockers(comparison.plan.blockers);
  if (comparison.verified) json["plan"]["verified"] = *comparison.verified;
}

void add_comparison(Json& json, const app::Outcome& outcome) {
  const app::Comparison& comparison = *outcome.comparison;
  const int drift = drift_count(comparison);
  json["drift_count"] = drift;
  json["in_sync"] = drift == 0;
  json["complete"] = comparison.complete;
  if (outcome.command != app::Command::Check) add_differences(json, comparison);
  if (outcome.command != app::Command::Check && outcome.command != app::Command::Diff) add_plan(json, comparison);
}

Json findings(const std::vector<app::Finding>& list) {
  Json json = Json::array();
  for (const auto& finding : list) {
    Json one{{"code", finding.code},
             {"severity", finding.severity},
             {"object", finding.object},
             {"desc", finding.description}};
    one["fix"] = finding.fix.empty() ? Json(nullptr) : Json(finding.fix);
    json.push_back(std::move(one));
  }
  return json;
}

Json policy(const app::PolicyStatus& status) {
  const schema::Policy& policy = status.policy;
  Json roles = Json::array();
  for (const auto& role : policy.roles) roles.push_back(role.text);
  if (roles.empty()) roles.push_back("PUBLIC");
  const auto clause = [](const std::optional<schema::Expression>& expression) {
    return expression ? Json(expression->text) : Json(nullptr);
  };
  return {{"name", policy.name.text},  {"command", name_of(policy.command)}, {"permissive", policy.permissive},
          {"roles", std::move(roles)}, {"using", clause(policy.using_expr)}, {"check", clause(policy.with_check_expr)},
          {"origin", status.origin}};
}

Json table(const app::TableSecurity& table) {
  Json policies = Json::array();
  for (const auto& each : table.policies) policies.push_back(policy(each));
  return {{"schema", table.table.schema},
          {"tbl", table.table.name},
          {"rls", table.enabled},
          {"forced", table.forced},
          {"owner", table.owner.text},
          {"declared", name_of(table.declared)},
          {"policies", std::move(policies)},
          {"findings", findings(table.findings)}};
}

Json role(const schema::Role& role) {
  Json member_of = Json::array();
  for (const auto& group : role.member_of.value_or(std::vector<schema::Name>{})) member_of.push_back(group.text);
  return {{"name", role.name.text},
          {"login", role.login.value_or(false)},
          {"inherit", role.inherit.value_or(true)},
          {"superuser", role.superuser.value_or(false)},
          {"bypassrls", role.bypassrls.value_or(false)},
          {"member_of", std::move(member_of)}};
}

void add_security(Json& json, const app::SecurityReport& report) {
  json["provider"] = report.provider;
  json["tables"] = Json::array();
  for (const auto& each : report.tables) json["tables"].push_back(table(each));
  json["roles"] = Json::array();
  for (const auto& each : report.roles) json["roles"].push_back(role(each));
  json["findings"] = findings(report.findings);
}

Json access(const app::Access& access) {
  Json json{{"command", access.command}, {"access", access.access}, {"why", access.why}, {"policies", access.policies}};
  json["using"] = optional(access.using_expr);
  json["check"] = optional(access.check_expr);
  json["rows"] = access.rows ? Json(*access.rows) : Json(nullptr);
  json["error"] = optional(access.error);
  return json;
}

void add_access(Json& json, const app::AccessReport& report) {
  json["schema"] = report.table.schema;
  json["tbl"] = report.table.name;
  json["role"] = report.role;
  json["settings"] = Json::object();
  for (const auto& [name, setting] : report.settings) json["settings"][name] = setting;
  json["commands"] = Json::array();
  for (const auto& each : report.commands) json["commands"].push_back(access(each));
}

void add_snapshot(Json& json, const app::Snapshot& snapshot) {
  json["models"] = json_of(snapshot.desired.database);
  json["database"] = json_of(snapshot.actual);
}

void add_migration(Json& json, const app::Outcome& outcome) {
  add(json, "generated", outcome.generated);
  if (outcome.applied) json["applied"] = *outcome.applied;
  if (outcome.applied) json["applied_files"] = outcome.applied_files;
}

}  // namespace

std::string json(const app::Outcome& outcome) {
  Json json{{"v", 1}, {"cmd", name_of(outcome.command)}};
  add(json, "db", outcome.database);
  if (outcome.comparison) add_comparison(json, outcome);
  if (outcome.snapshot) add_snapshot(json, *outcome.snapshot);
  if (outcome.security) add_security(json, *outcome.security);
  if (outcome.access) add_access(json, *outcome.access);
  for (const auto& [name, value] : outcome.facts) json[name] = value;
  if (outcome.comparison || outcome.command == app::Command::Apply) json["pending"] = pending(outcome.pending);
  if (outcome.comparison) json["unmanaged"] = outcome.comparison->unmanaged;
  add_migration(json, outcome);
  json["warnings"] = diagnostics(outcome.warnings);
  return dumped(json);
}

std::string json(const base::Error& error) {
  Json json{{"error", base::text(error.code)}, {"message", error.message}, {"hint", error.hint}};
  add(json, error.place);
  add(json, "sqlstate", error.sqlstate);
  if (!error.context.empty()) json["context"] = error.context;
  return dumped(json);
}

}  // namespace report
