#include "plan/describe.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "diff/order.h"
#include "plan/value.h"

namespace plan {
namespace {

using schema::Kind;
using Fields = std::vector<std::string>;

/// The first part of a difference's type.
std::string word(Kind kind) {
  constexpr std::array<std::string_view, 23> words{"schema",
                                                   "extension",
                                                   "role",
                                                   "enum",
                                                   "domain",
                                                   "composite_type",
                                                   "range_type",
                                                   "sequence",
                                                   "table",
                                                   "function",
                                                   "view",
                                                   "object",
                                                   "default_privilege",
                                                   "column",
                                                   "pk",
                                                   "unique",
                                                   "check",
                                                   "fk",
                                                   "exclude",
                                                   "index",
                                                   "trigger",
                                                   "rls_policy",
                                                   "grant"};
  return std::string(words[static_cast<std::size_t>(kind)]);
}

bool is_constraint(Kind kind) { return kind >= Kind::PrimaryKey && kind <= Kind::Exclusion; }

/// For sentences.
std::string noun(Kind kind) {
  if (is_constraint(kind)) return "constraint";
  if (kind == Kind::Policy) return "policy";
  return base::replaced(word(kind), "_", " ");
}

std::string type_of_field(Kind kind, const std::string& field) {
  if (kind == Kind::Column) {
    if (field == "not_null") return "column_nullable_changed";
    if (field == "server_default" || field == "serial") return "column_default_changed";
    return "column_" + field + "_changed";
  }
  if (kind == Kind::EnumType && field == "labels") return "enum_values_changed";
  if (field == "comment" && kind != Kind::Policy) {
    return (is_constraint(kind) ? "constraint" : word(kind)) + "_comment_changed";
  }
  if (kind == Kind::Table) return "table_" + field + "_changed";
  return word(kind) + "_changed";
}

bool contains(const Fields& fields, std::string_view field) { return std::ranges::find(fields, field) != fields.end(); }

/// Attributes of a column that go with another one of it.
bool is_implied(const diff::Alter<schema::Column>& change, const std::string& field) {
  if (field == "serial") {
    if (change.before.serial && change.after.serial) return contains(change.fields, "type");
    return false;
  }
  const bool counts = change.before.identity || change.after.identity;
  return field == "server_default" && (change.before.generated || change.after.generated || counts);
}

template <class T>
bool is_implied(const diff::Alter<T>&, const std::string&) {
  return false;
}

std::string type_of(const diff::Alter<schema::Column>& change, const std::string& field) {
  const bool counts = change.before.identity || change.after.identity;
  if (field == "serial" && counts) return "column_identity_changed";
  return type_of_field(Kind::Column, field);
}

template <class T>
std::string type_of(const diff::Alter<T>&, const std::string& field) {
  return type_of_field(schema::kind_of<T>, field);
}

template <class T>
schema::ObjectId id_of(const schema::QualifiedName& table, const T& object) {
  schema::ObjectId about = diff::object_of(diff::Change{diff::Drop<T>{table, object}});
  if constexpr (std::is_same_v<T, schema::Grant>) about.name = object.role.empty() ? "PUBLIC" : object.role.text;
  return about;
}

void place(Difference& difference) {
  const schema::ObjectId& about = difference.about;
  difference.schema = about.owner.schema;
  if (about.kind == Kind::Namespace) {
    difference.name = about.owner.schema;
  } else if (about.kind == Kind::Table) {
    difference.table = about.owner.name;
  } else if (about.kind == Kind::Column) {
    difference.table = about.owner.name;
    difference.column = about.name;
  } else if (about.kind < Kind::Column) {
    difference.name = about.owner.name;
  } else {
    difference.table = about.owner.name;
    difference.name = about.name;
  }
}

std::string shown_name(const schema::ObjectId& about) {
  if (about.kind == Kind::Namespace) return about.owner.schema;
  const std::string owner = about.owner.schema.empty() || about.owner.schema == "public"
                                ? about.owner.name
                                : about.owner.schema + "." + about.owner.name;
  if (about.kind < Kind::Column || about.name.empty()) return owner;
  return owner.empty() ? about.name : owner + "." + about.name;
}

std::string own_name(const schema::ObjectId& about) {
  return about.kind < Kind::Column ? shown_name(about) : about.name;
}

class Describing {
 public:
  Describing(const diff::Changes& changes, const risk::Context& context) : changes_(changes), context_(context) {}

  std::vector<Difference> run() {
    for (const diff::Change& change : changes_.changes) {
      change_ = &change;
      diff::visit([this](const auto& each) { describe(each); }, change);
    }
    add_candidates();
    for (const auto& [table, policy] : changes_.untracked_policies) untracked(table, policy);
    return std::move(differences_);
  }

 private:
  Difference& add(std::string type, const schema::ObjectId& about, Shown database, Shown model) {
    Difference difference;
    difference.type = std::move(type);
    difference.about = about;
    difference.database_value = std::move(database);
    difference.model_value = std::move(model);
    place(difference);
    differences_.push_back(std::move(difference));
    return differences_.back();
  }

  void assess(Difference& difference, const Fields& fields) const {
    for (const std::string& field : fields) {
      for (risk::Reason& reason : risk::reasons(*change_, field, context_)) {
        const bool known = std::ranges::find(difference.reasons, reason) != difference.reasons.end();
        if (!known) difference.reasons.push_back(std::move(reason));
      }
    }
    difference.risk = risk::worst(difference.reasons);
  }

  /// "column users.phone VARCHAR(20)".
  static std::string said(const schema::ObjectId& about, const Shown& value) {
    if (about.kind == Kind::Grant) {
      return "the privilege " + value.value_or("") + " of " + about.name + " on " +
             shown_name({Kind::Table, about.owner, {}});
    }
    const std::string text = noun(about.kind) + " " + shown_name(about);
    return about.kind == Kind::Column && value ? text + " " + *value : text;
  }

  template <class T>
  void describe(const diff::Create<T>& change) {
    constexpr Kind kind = schema::kind_of<T>;
    const std::string type = kind == Kind::Role         ? "role_missing"
                             : kind == Kind::PrimaryKey ? "pk_changed"
                                                        : word(kind) + "_added";
    Difference& difference = add(type, id_of(change.table, change.after), {}, value_of(change.after));
    difference.description = said(difference.about, difference.model_value) + " is in the model, not in the database";
    assess(difference, {""});
  }

  template <class T>
  void describe(const diff::Drop<T>& change) {
    constexpr Kind kind = schema::kind_of<T>;
    const std::string type = kind == Kind::PrimaryKey ? "pk_changed" : word(kind) + "_removed";
    Difference& difference = add(type, id_of(change.table, change.before), value_of(change.before), {});
    difference.description =
        said(difference.about, difference.database_value) + " is in the database, not in the model";
    if constexpr (std::is_same_v<T, schema::Policy>) {
      difference.description += change.before.permissive
                                    ? ": it is permissive, so without it its roles reach fewer rows"
                                    : ": it is restrictive, so without it more rows are reached";
    }
    assess(difference, {""});
  }

  template <class T>
  void describe(const diff::Rename<T>& change) {
    constexpr Kind kind = schema::kind_of<T>;
    if (kind == Kind::Sequence && !change.table.name.empty()) return;  // goes with its table or column
    const schema::ObjectId before = id_of(change.table, change.before);
    const schema::ObjectId after = id_of(change.table, change.after);
    const std::string type = is_constraint(kind) ? "constraint_renamed" : word(kind) + "_renamed";
    Difference& difference = add(type, after, own_name(before), own_name(after));
    difference.description = noun(kind) + " " + shown_name(before) + " becomes " + own_name(after);
    assess(difference, {""});
  }

  void describe(const diff::RenameLabel& change) {
    Difference& difference = add("enum_values_changed", {Kind::EnumType, change.type, {}}, change.before, change.after);
    difference.description =
        "value " + change.before + " of enum " + shown_name(difference.about) + " becomes " + change.after;
    assess(difference, {""});
  }

  template <class T>
  void describe(const diff::Alter<T>& change) {
    const schema::ObjectId about = id_of(change.table, change.after);
    if constexpr (std::is_same_v<T, schema::Unique> || std::is_same_v<T, schema::Exclusion>) {
      if (change.fields != Fields{"comment"}) return exchanged(change, about);
    }
    if constexpr (std::is_same_v<T, schema::Table>) {
      if (contains(change.fields, "row_security")) security(change, about);
    }
    for (const auto& [type, fields] : grouped(change)) {
      Difference& difference = add(type, about, side(change.before, type, fields), side(change.after, type, fields));
      difference.description = changed_text(difference, fields);
      assess(difference, fields);
    }
  }

  /// Each difference of an Alter, in the order of its fields, with the fields that it stands for.
  template <class T>
  static std::vector<std::pair<std::string, Fields>> grouped(const diff::Alter<T>& change) {
    std::vector<std::pair<std::string, Fields>> groups;
    for (const std::string& field : change.fields) {
      if (field == "row_security" || is_implied(change, field)) continue;
      const std::string type = type_of(change, field);
      const auto found = std::ranges::find(groups, type, &std::pair<std::string, Fields>::first);
      if (found != groups.end()) {
        found->second.push_back(field);
      } else {
        groups.push_back({type, {field}});
      }
    }
    return groups;
  }

  template <class T>
  static Shown side(const T& object, const std::string& type, const Fields& fields) {
    if constexpr (std::is_same_v<T, schema::Column>) {
      return column_value(object, type);
    } else {
      if constexpr (requires { object.comment; }) {
        if (fields == Fields{"comment"}) return object.comment;
      }
      return value_of(object);
    }
  }

  static std::string changed_text(const Difference& difference, const Fields& fields) {
    std::string text = noun(difference.about.kind) + " " + shown_name(difference.about) + " differs in " +
                       base::replaced(base::joined(fields, ", "), "_", " ");
    if (difference.database_value || difference.model_value) {
      text += ": " + difference.database_value.value_or("none") + " in the database, " +
              difference.model_value.value_or("none") + " in the model";
    }
    return text;
  }

  /// A unique or exclusion constraint is removed and added.
  template <class T>
  void exchanged(const diff::Alter<T>& change, const schema::ObjectId& about) {
    const std::string kind = word(schema::kind_of<T>);
    Difference& gone = add(kind + "_removed", about, value_of(change.before), {});
    gone.description = said(about, {}) + " is otherwise in the database";
    assess(gone, change.fields);
    Difference& come = add(kind + "_added", about, {}, value_of(change.after));
    come.description = said(about, {}) + " is otherwise in the model";
    assess(come, change.fields);
  }

  void security(const diff::Alter<schema::Table>& change, const schema::ObjectId& about) {
    const auto text = [](bool on) { return std::string(on ? "true" : "false"); };
    const schema::RowSecurity& before = change.before.row_security;
    const schema::RowSecurity& after = change.after.row_security;
    if (before.enabled != after.enabled) {
      Difference& difference = add("rls_enabled_changed", about, text(before.enabled), text(after.enabled));
      difference.description = "row security of " + shown_name(about) + " is " +
                               (after.enabled ? "disabled in the database, enabled in the model"
                                              : "enabled in the database, disabled in the model");
      assess_security(difference, before, {after.declared, after.enabled, before.forced});
    }
    const bool forced = before.forced.value_or(false);
    if (after.forced && *after.forced != forced) {
      Difference& difference = add("rls_forced_changed", about, text(forced), text(*after.forced));
      difference.description = "row security of " + shown_name(about) +
                               (*after.forced ? " is not forced in the database, it is in the model"
                                              : " is forced in the database, not in the model");
      assess_security(difference, before, {after.declared, before.enabled, after.forced});
    }
  }

  void assess_security(Difference& difference, const schema::RowSecurity& before, const schema::RowSecurity& after) {
    difference.reasons = risk::security_reasons(difference.about.owner, before, after);
    difference.risk = risk::worst(difference.reasons);
  }

  void untracked(const schema::QualifiedName& table, const schema::Policy& policy) {
    Difference& difference = add("rls_policy_untracked", id_of(table, policy), value_of(policy), {});
    difference.description = "policy " + policy.name.text + " on " + shown_name({Kind::Table, table, {}}) +
                             " is in the database; no model speaks of the table's row security";
    difference.reasons = {{"POLICY_UNTRACKED", risk::Severity::Caution, "no model declares the policy"}};
    difference.risk = risk::Severity::Caution;
    difference.has_steps = false;
  }

  void add_candidates() {
    for (const diff::RenameCandidate& candidate : changes_.candidates) {
      const std::string text = own_name(candidate.before) + " -> " + own_name(candidate.after);
      for (Difference& difference : differences_) {
        if (difference.about == candidate.before || difference.about == candidate.after) {
          difference.rename_candidate = text;
        }
      }
    }
  }

  const diff::Changes& changes_;
  const risk::Context& context_;
  const diff::Change* change_ = nullptr;
  std::vector<Difference> differences_;
};

}  // namespace

std::vector<Difference> described(const diff::Changes& changes, const risk::Context& context) {
  return Describing(changes, context).run();
}

}  // namespace plan
