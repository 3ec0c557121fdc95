#include "migration/migration.h"

#include "plan/script.h"

namespace migration {

Migration drafted(const plan::Plan& plan, const std::string& message,
                  const std::vector<schema::QualifiedName>& tables) {
  Migration migration;
  migration.message = message;
  for (const auto& step : plan.steps) {
    if (step.unsupported) continue;
    migration.up.push_back({step.sql, step.transactional, step.group, step.description});
    if (step.risk == risk::Severity::Danger) migration.dangers.push_back(step.description);
  }
  for (auto& sql : plan::rollback(plan)) migration.down.push_back({std::move(sql), true, 0, ""});
  migration.plan = plan::fingerprint(plan);
  for (const auto& table : tables) migration.tables.push_back(schema::text(table));
  return migration;
}

}  // namespace migration
