#include "plan/plan.h"

#include <algorithm>

#include "ddl/write.h"
#include "plan/blocker.h"
#include "plan/describe.h"
#include "plan/expansion.h"

namespace plan {
namespace {

using ddl::Lock;
using risk::Reason;
using schema::QualifiedName;

void add_reasons(std::vector<Reason>& to, std::vector<Reason> more) {
  for (Reason& reason : more) {
    if (std::ranges::find(to, reason) == to.end()) to.push_back(std::move(reason));
  }
}

/// Of an Alter: the fields that the statement brings about, or all where it makes the object anew.
std::vector<std::string> fields_of(const diff::Change& change, const ddl::Statement& statement) {
  return diff::visit(
      [&](const auto& each) {
        std::vector<std::string> fields{""};
        if constexpr (requires { each.fields; }) {
          fields.clear();
          std::ranges::copy_if(each.fields, std::back_inserter(fields), [&](const std::string& field) {
            return statement.fields.empty() || std::ranges::find(statement.fields, field) != statement.fields.end();
          });
        }
        return fields;
      },
      change);
}

class Assembling {
 public:
  explicit Assembling(const Scene& scene) : scene_(scene) {}

  std::vector<Step> steps(const std::vector<Operation>& operations) {
    std::vector<Step> result;
    for (const Ordered& each : ordered(operations)) result.push_back(step(*each.operation, *each.statement));
    return result;
  }

 private:
  Step step(const Operation& operation, const ddl::Statement& statement) {
    Step step;
    step.sql = statement.sql;
    step.description = statement.description;
    step.rollback = statement.rollback;
    step.lock = ddl::text(statement.lock);
    step.locked = statement.table;
    step.blocks = blocks(statement);
    step.transactional = statement.transactional;
    step.rewrites = statement.rewrites && scene_.context.has_rows(statement.table);
    step.scans = statement.scans;
    step.unsupported = statement.unsupported;
    step.about = operation.about;
    step.reasons = reasons(operation, statement);
    step.risk = risk::worst(step.reasons);
    step.group = group(statement);
    add_size(step);
    return step;
  }

  std::vector<Reason> reasons(const Operation& operation, const ddl::Statement& statement) const {
    if (statement.unsupported) {
      return {{"UNSUPPORTED", risk::Severity::Caution, "this has to be done by hand: " + statement.description}};
    }
    std::vector<Reason> result;
    if (operation.change != nullptr) {
      for (const std::string& field : fields_of(*operation.change, statement)) {
        add_reasons(result, risk::reasons(*operation.change, field, scene_.context));
      }
    }
    if (operation.rank == Rank::Retype) add_reasons(result, retype_reasons(statement.table));
    // On a partitioned table there is no other form; `blocks` says it.
    const bool no_choice = scene_.site(statement.table).partitioned;
    if (blocks_long(statement) && !statement.rewrites && !no_choice) {
      add_reasons(result, {blocking_reason(statement)});
    }
    return result;
  }

  /// A statement may change the types of several columns, each by a change of its own.
  std::vector<Reason> retype_reasons(const QualifiedName& table) const {
    std::vector<Reason> result;
    for (const diff::Change& change : scene_.changes.changes) {
      const auto* column = diff::get_if<diff::Alter<schema::Column>>(&change);
      if (column == nullptr || column->table != table) continue;
      for (const char* field : {"type", "collation"}) {
        if (std::ranges::find(column->fields, field) == column->fields.end()) continue;
        add_reasons(result, risk::reasons(change, field, scene_.context));
      }
    }
    return result;
  }

  /// All rows of a table that has some are gone through while others wait.
  bool blocks_long(const ddl::Statement& statement) const {
    return statement.lock >= Lock::Share && (statement.rewrites || statement.builds_index || statement.scans) &&
           !scene_.context.new_tables.contains(statement.table) && scene_.context.has_rows(statement.table);
  }

  Reason blocking_reason(const ddl::Statement& statement) const {
    return {"BLOCKS_WRITES", risk::Severity::Caution, ddl::shown(statement.table) + ": it blocks " + blocks(statement)};
  }

  std::string blocks(const ddl::Statement& statement) const {
    const bool strong = statement.lock == Lock::AccessExclusive;
    const bool blocks_writes = statement.lock >= Lock::Share;
    if (statement.lock == Lock::None || !blocks_writes) return "nothing";
    const std::string whom = strong ? "reads and writes" : "writes";
    if (!blocks_long(statement)) return "brief";
    if (statement.rewrites) return whom + " while the table is rewritten";
    if (statement.builds_index) return whom + " while the index is built";
    return whom + " while all rows are checked";
  }

  /// Neighbours that may share a transaction do.
  std::optional<int> group(const ddl::Statement& statement) {
    if (!statement.transactional || statement.alone || statement.unsupported) {
      open_ = false;
      return std::nullopt;
    }
    if (!open_) ++group_;
    open_ = true;
    return group_;
  }

  void add_size(Step& step) const {
    if (!step.rewrites && !step.scans) return;
    const auto found = scene_.facts.tables.find(step.locked);
    if (found == scene_.facts.tables.end()) return;
    step.rows = found->second.rows;
    step.bytes = found->second.bytes;
  }

  const Scene& scene_;
  int group_ = 0;
  bool open_ = false;
};

base::Diagnostics warnings_of(const std::vector<Step>& steps) {
  base::Diagnostics warnings;
  for (const Step& step : steps) {
    if (!step.unsupported) continue;
    warnings.push_back({"UNSUPPORTED", step.description, {}, schema::text(step.about.owner)});
  }
  return warnings;
}

risk::Severity overall(const Plan& plan) {
  risk::Severity result = risk::Severity::Safe;
  for (const Step& step : plan.steps) result = std::max(result, step.risk);
  for (const Difference& difference : plan.differences) {
    if (difference.has_steps) result = std::max(result, difference.risk);
  }
  return result;
}

}  // namespace

std::vector<schema::Probe> probes(const diff::Changes& changes, const schema::Database& desired,
                                  const schema::Database& actual, const Options& options) {
  const Scene scene(changes, desired, actual, {}, options);
  std::vector<schema::Probe> result;
  for (Question& question : questions(scene)) result.push_back(std::move(question.probe));
  return result;
}

std::vector<schema::QualifiedName> tables_touched(const diff::Changes& changes) {
  std::set<QualifiedName> tables;
  std::map<QualifiedName, QualifiedName> old_names;
  for (const diff::Change& change : changes.changes) {
    if (const auto* renamed = diff::get_if<diff::Rename<schema::Table>>(&change)) {
      old_names[renamed->after.name] = renamed->before.name;
    }
    diff::visit(
        [&](const auto& each) {
          if constexpr (requires { each.table.name; }) {
            if (!each.table.name.empty()) tables.insert(each.table);
          }
        },
        change);
    if (const auto* gone = diff::get_if<diff::Drop<schema::Table>>(&change)) tables.insert(gone->before.name);
    if (const auto* altered = diff::get_if<diff::Alter<schema::Table>>(&change)) tables.insert(altered->after.name);
  }
  std::vector<QualifiedName> result;
  for (const QualifiedName& table : tables) {
    const auto old = old_names.find(table);
    result.push_back(old == old_names.end() ? table : old->second);
  }
  return result;
}

Plan make(const diff::Changes& changes, const schema::Database& desired, const schema::Database& actual,
          const schema::Facts& facts, const Options& options) {
  const Scene scene(changes, desired, actual, facts, options);
  const Uses uses(scene.actual, scene.desired);
  Plan plan;
  plan.steps = Assembling(scene).steps(expanded(scene, uses));
  plan.differences = described(changes, scene.context);
  plan.overall_risk = overall(plan);
  plan.blockers = blockers(scene, uses, questions(scene));
  plan.warnings = warnings_of(plan.steps);
  return plan;
}

}  // namespace plan
