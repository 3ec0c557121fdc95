#include "plan/blocker.h"

#include <algorithm>

#include "base/text.h"
#include "ddl/write.h"
#include "plan/kind.h"

namespace plan {
namespace {

using schema::ColumnName;
using schema::QualifiedName;

/// SQLSTATE classes 22 (data exception) and 23 (integrity constraint violation).
bool speaks_of_rows(const std::string& sqlstate) { return sqlstate.starts_with("22") || sqlstate.starts_with("23"); }

std::string filled_in(const std::string& complaint, const schema::Answer& answer) {
  std::string text = base::replaced(complaint, "{count}", std::to_string(answer.count.value_or(0)));
  if (answer.example.empty()) {
    text = base::replaced(base::replaced(text, ", as ({example})", ""), ", as {example}", "");
  }
  return base::replaced(text, "{example}", answer.example);
}

class Looking {
 public:
  Looking(const Scene& scene, const Uses& uses) : scene_(scene), uses_(uses) {
    for (const diff::Change& change : scene.changes.changes) {
      diff::visit([this](const auto& each) { note(each); }, change);
    }
  }

  std::vector<Blocker> run(const std::vector<Question>& questions) {
    for (const Question& question : questions) judge(question);
    for (const diff::Change& change : scene_.changes.changes) {
      diff::visit([this](const auto& each) { look(each); }, change);
    }
    return std::move(blockers_);
  }

 private:
  template <class T>
  void note(const T&) {}
  template <class T>
  void note(const diff::Drop<T>& change) {
    changed_.insert(id_of(change.table, change.before));
  }
  template <class T>
  void note(const diff::Alter<T>& change) {
    changed_.insert(id_of(change.table, change.before));
  }

  void add(std::string message, std::string hint, const schema::ObjectId& about) {
    blockers_.push_back({std::move(message), std::move(hint), about});
  }

  void judge(const Question& question) {
    const schema::Answer* answer = scene_.context.answer(question.probe.key);
    if (answer == nullptr) return;
    if (question.error_blocks && speaks_of_rows(answer->sqlstate)) {
      add(question.complaint + ": " + answer->error, question.hint, question.about);
    } else if (question.blocks && answer->count.value_or(0) > 0) {
      add(filled_in(question.complaint, *answer), question.hint, question.about);
    }
  }

  template <class T>
  void look(const T&) {}

  /// The rows that are there have no value.
  void look(const diff::Create<schema::Column>& change) {
    const schema::Column& column = change.after;
    const bool has_value = !column.not_null || column.server_default || column.serial || column.identity ||
                           column.generated || scene_.context.backfilled.contains({change.table, column.name});
    const auto size = scene_.facts.tables.find(change.table);
    if (has_value || size == scene_.facts.tables.end() || !size->second.has_rows) return;
    const std::string shown = ddl::shown(change.table, column.name);
    add("column " + shown + " is NOT NULL without a default, and " + ddl::shown(change.table) + " has rows",
        "give them a value with --backfill " + shown + "='expression', or the column a server_default, or make it " +
            "nullable first",
        id_of(change.table, column));
  }

  /// A type that cannot be converted.
  void look(const diff::Alter<schema::Column>& change) {
    const ColumnName name{change.table, change.after.name};
    if (std::ranges::find(change.fields, "type") == change.fields.end()) return;
    if (scene_.context.converted.contains(name) || scene_.disturbed.remade.contains(name)) return;
    if (!scene_.context.has_rows(change.table)) return;
    if (scene_.context.conversion(change.before, change.after).cast != schema::Cast::None) return;
    const std::string shown = ddl::shown(change.table, change.after.name);
    add("there is no cast from " + sql::quoted(change.before.type) + " to " + sql::quoted(change.after.type) + " for " +
            shown,
        "say how with --using " + shown + "='expression'", id_of(change.table, change.after));
  }

  void look(const diff::Drop<schema::Column>& change) {
    const Key key = column_key(change.table, change.before.name);
    const std::string column = "column " + ddl::shown(change.table, change.before.name);
    const schema::ObjectId about = id_of(change.table, change.before);
    find_users(key, column, about);
    for (const schema::Table& table : scene_.actual.tables) {
      if (is_dropped(table.name)) continue;
      for (const auto& foreign : table.foreign_keys) {
        if (table.name == change.table || changed_.contains(id_of(table.name, foreign))) continue;
        if (foreign.referred_table != change.table) continue;
        if (std::ranges::find(foreign.referred_columns, change.before.name) == foreign.referred_columns.end()) continue;
        blocked("constraint " + foreign.name.text + " of table " + ddl::shown(table.name), column, about);
      }
      if (table.name == change.table) find_computed(table, change, about);
    }
  }

  /// Columns that are computed from the dropped one.
  void find_computed(const schema::Table& table, const diff::Drop<schema::Column>& change,
                     const schema::ObjectId& about) {
    for (const schema::Column& column : table.columns) {
      if (!column.generated || changed_.contains(id_of(table.name, column))) continue;
      schema::Check reader;
      reader.expression = column.generated->expression;
      if (!uses_.of(table.name, reader).contains(column_key(table.name, change.before.name))) continue;
      blocked("computed column " + ddl::shown(table.name, column.name),
              "column " + ddl::shown(change.table, change.before.name), about);
    }
  }

  void look(const diff::Drop<schema::Table>& change) {
    const std::string table = "table " + ddl::shown(change.before.name);
    const schema::ObjectId about = id_of({}, change.before);
    for (const schema::Table& other : scene_.actual.tables) {
      if (is_dropped(other.name)) continue;
      for (const auto& foreign : other.foreign_keys) {
        if (foreign.referred_table != change.before.name || changed_.contains(id_of(other.name, foreign))) continue;
        blocked("constraint " + foreign.name.text + " of table " + ddl::shown(other.name), table, about);
      }
    }
    for (const schema::View& view : scene_.actual.views) {
      if (changed_.contains(id_of({}, view))) continue;
      const bool uses = std::ranges::any_of(
          view.uses, [&](const schema::ColumnName& use) { return use.table == change.before.name; });
      if (uses) blocked("view " + ddl::shown(view.name), table, about);
    }
  }

  /// Views, policies, triggers and rules that use a column and stay as they are.
  void find_users(const Key& key, const std::string& column, const schema::ObjectId& about) {
    for (const schema::View& view : scene_.actual.views) {
      if (changed_.contains(id_of({}, view))) continue;
      if (uses_.of(view).contains(key)) blocked("view " + ddl::shown(view.name), column, about);
    }
    for (const schema::OtherObject& object : scene_.actual.others) {
      if (object.kind != "RULE" || changed_.contains(id_of({}, object))) continue;
      if (uses_.of(object).contains(key)) blocked("rule " + object.identity, column, about);
    }
    for (const schema::Table& table : scene_.actual.tables) {
      if (is_dropped(table.name)) continue;
      for (const schema::Policy& policy : table.policies) {
        if (changed_.contains(id_of(table.name, policy)) || !uses_.of(table.name, policy).contains(key)) continue;
        blocked("policy " + policy.name.text + " on " + ddl::shown(table.name), column, about);
      }
      for (const schema::Trigger& trigger : table.triggers) {
        if (changed_.contains(id_of(table.name, trigger)) || !uses_.of(table.name, trigger).contains(key)) continue;
        blocked("trigger " + trigger.name.text + " on " + ddl::shown(table.name), column, about);
      }
    }
  }

  void blocked(const std::string& user, const std::string& used, const schema::ObjectId& about) {
    add(user + " uses " + used + ", and nothing says what is to become of it",
        "drop or change it first; it is never dropped along with what it uses", about);
  }

  bool is_dropped(const QualifiedName& table) const {
    return changed_.contains({schema::Kind::Table, table, {}}) && scene_.desired_table(table) == nullptr;
  }

  const Scene& scene_;
  const Uses& uses_;
  std::set<schema::ObjectId> changed_;
  std::vector<Blocker> blockers_;
};

}  // namespace

std::vector<Blocker> blockers(const Scene& scene, const Uses& uses, const std::vector<Question>& questions) {
  return Looking(scene, uses).run(questions);
}

}  // namespace plan
