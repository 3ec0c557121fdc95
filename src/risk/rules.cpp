#include "risk/rules.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "risk/reason.h"

namespace risk {
namespace {

constexpr std::array<Rule, 40> catalogue{{
    {"BACKFILL", "Rows that are there are filled"},
    {"BEHAVIOUR_CHANGED", "An object does something else than before"},
    {"BLOCKS_WRITES", "Nobody can write while it runs"},
    {"CHECK_CAN_FAIL", "A row may violate the condition"},
    {"CONSTRAINT_DROPPED", "A guarantee is given up"},
    {"CONVERSION_CAN_FAIL", "A value may not be of the new type"},
    {"DATA_LOSS", "Rows or values are lost"},
    {"DEFAULT_CHANGED", "New rows get another value, or none"},
    {"EXCLUSION_CAN_FAIL", "Rows may exclude one another"},
    {"GENERATED_CHANGED", "A computed column is computed otherwise"},
    {"GRANT_ADDED", "A role is given a privilege"},
    {"GRANT_REMOVED", "A role loses a privilege"},
    {"GRANT_TO_EVERYBODY", "Everybody is given a privilege"},
    {"IDENTITY_CHANGED", "A column counts otherwise"},
    {"INDEX_DROPPED", "Queries lose an index"},
    {"INDEX_REBUILD", "Indexes are built anew"},
    {"LABELS_REORDERED", "The values of an enum sort otherwise"},
    {"LABEL_REMOVED", "A value of an enum goes"},
    {"NAME_CHANGED", "Running code uses the old name"},
    {"NOT_NULL_CAN_FAIL", "A null may be there"},
    {"NOT_NULL_WITHOUT_DEFAULT", "The rows that are there have no value"},
    {"OBJECT_DROPPED", "An object goes that others may use"},
    {"POLICY_ADDED", "Other rows are reached than before"},
    {"POLICY_CHANGED", "Other rows are reached than before"},
    {"POLICY_OPENS", "A policy opens the table"},
    {"POLICY_REMOVED", "A policy no longer protects or admits"},
    {"POLICY_UNTRACKED", "A policy that no model declares"},
    {"REFERENCE_CAN_FAIL", "A row may reference nothing"},
    {"ROLE_BYPASSES", "A role gets around row security"},
    {"ROLE_CHANGED", "A role may do other things than before"},
    {"ROLE_CREATED", "A role of the whole cluster is made"},
    {"ROW_SECURITY_DISABLED", "Policies no longer hold"},
    {"ROW_SECURITY_ENABLED", "Rows vanish for whom no policy lets through"},
    {"ROW_SECURITY_FORCED", "The owner obeys the policies too"},
    {"ROW_SECURITY_NOT_FORCED", "The owner sees all rows again"},
    {"TABLE_REWRITE", "The table is written anew while nobody reads"},
    {"TIME_ZONE", "The result depends on the session's time zone"},
    {"TYPE_NARROWED", "Values may not fit"},
    {"UNIQUE_CAN_FAIL", "Rows may repeat"},
    {"UNSUPPORTED", "No statement is known for the change"},
}};

using schema::ColumnName;
using schema::QualifiedName;

bool is_new(const QualifiedName& table, const Context& context) {
  return context.new_tables.contains(table) || !context.has_rows(table);
}

std::string bytes_text(std::int64_t bytes) {
  constexpr std::array<std::string_view, 5> units{"bytes", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  while (bytes >= 10'240 && unit + 1 < units.size()) {
    bytes /= 1'024;
    ++unit;
  }
  return std::to_string(bytes) + " " + std::string(units[unit]);
}

/// One of the columns is NULL in every row, so nothing can collide or dangle.
bool holds_only_nulls(const QualifiedName& table, const std::vector<schema::Name>& columns, const Context& context) {
  return std::ranges::any_of(columns, [&](const schema::Name& column) {
    return context.new_nulls.contains(ColumnName{table, column});
  });
}

Reasons unique_reasons(const QualifiedName& table, const std::string& name, const std::vector<schema::Name>& columns,
                       const Context& context) {
  if (is_new(table, context) || holds_only_nulls(table, columns, context)) return {};
  const auto duplicates = context.offending(probe_key("duplicates", table, name));
  if (duplicates) {
    return {caution("UNIQUE_CAN_FAIL", counted(*duplicates, "value") + " stand more than once in " + shown(table) +
                                           ": " + name + " fails")};
  }
  return {caution("UNIQUE_CAN_FAIL", name + " fails if rows of " + shown(table) + " repeat")};
}

std::vector<schema::Name> plain_columns(const schema::Index& index) {
  std::vector<schema::Name> columns;
  for (const schema::IndexKey& key : index.keys) {
    if (!key.column.empty()) columns.push_back(key.column);
  }
  return columns;
}

Reasons index_reasons(const QualifiedName& table, const schema::Index& index, const Context& context) {
  if (!index.unique) return {};
  if (index.nulls_not_distinct) return unique_reasons(table, index.name.text, {}, context);
  return unique_reasons(table, index.name.text, plain_columns(index), context);
}

Reasons dropped_constraint(const schema::Name& name, const QualifiedName& table) {
  return {caution("CONSTRAINT_DROPPED", "constraint " + name.text + " of " + shown(table) + " no longer holds")};
}

Reasons renamed(const std::string& what, const std::string& before, const std::string& after) {
  return {caution("NAME_CHANGED", "running code that uses the " + what + " " + before + " breaks: it is now " + after)};
}

Reasons dropped_object(const std::string& what) {
  return {caution("OBJECT_DROPPED", what + " goes; what uses it breaks")};
}

Reasons changed_object(const std::string& what) { return {caution("BEHAVIOUR_CHANGED", what + " changes")}; }

std::vector<std::string> missing(const std::vector<std::string>& from, const std::vector<std::string>& in) {
  std::vector<std::string> result;
  std::ranges::copy_if(from, std::back_inserter(result),
                       [&](const std::string& label) { return std::ranges::find(in, label) == in.end(); });
  return result;
}

Reasons label_reasons(const schema::EnumType& before, const schema::EnumType& after) {
  const auto removed = missing(before.labels, after.labels);
  if (!removed.empty()) {
    return {danger("LABEL_REMOVED", "enum " + shown(after.name) + " loses " + base::joined(removed, ", ") +
                                        ": the type is replaced, tables are written anew, a row with the label fails")};
  }
  std::vector<std::string> kept;
  std::ranges::copy_if(after.labels, std::back_inserter(kept), [&](const std::string& label) {
    return std::ranges::find(before.labels, label) != before.labels.end();
  });
  if (kept == before.labels) return {};
  return {caution("LABELS_REORDERED", "the values of enum " + shown(after.name) + " sort otherwise; tables that use " +
                                          "it are written anew")};
}

/// The dispatch over changes: what no overload speaks of is safe.
class Judge {
 public:
  Judge(const std::string& field, const Context& context) : field_(field), context_(context) {}

  template <class T>
  Reasons operator()(const diff::Create<T>&) const {
    return {};
  }
  template <class T>
  Reasons operator()(const diff::Drop<T>& change) const {
    return dropped_object(description(change.before));
  }
  template <class T>
  Reasons operator()(const diff::Alter<T>& change) const {
    if (field_ == "comment") return {};
    return changed_object(description(change.after));
  }
  template <class T>
  Reasons operator()(const diff::Rename<T>&) const {
    return {};
  }

  Reasons operator()(const diff::RenameLabel& change) const {
    return renamed("value of enum " + shown(change.type), change.before, change.after);
  }

  // Tables.
  Reasons operator()(const diff::Create<schema::Table>& change) const { return opened_by(change.after); }
  Reasons operator()(const diff::Drop<schema::Table>& change) const {
    return {danger("DATA_LOSS",
                   "the rows of " + shown(change.before.name) + " are lost" + size_note(change.before.name, context_))};
  }
  Reasons operator()(const diff::Rename<schema::Table>& change) const {
    return renamed("table", shown(change.before.name), shown(change.after.name));
  }
  Reasons operator()(const diff::Alter<schema::Table>& change) const {
    if (field_ == "comment" || field_ == "storage_parameters") return {};
    if (field_ == "row_security") {
      return security_reasons(change.after.name, change.before.row_security, change.after.row_security);
    }
    if (field_ == "unlogged" || field_ == "access_method" || field_ == "tablespace") {
      if (is_new(change.after.name, context_)) return {};
      return {rewrite_reason(change.after.name, context_)};
    }
    return changed_object("table " + shown(change.after.name));
  }

  // Columns.
  Reasons operator()(const diff::Create<schema::Column>& change) const { return column_reasons(change, context_); }
  Reasons operator()(const diff::Drop<schema::Column>& change) const { return column_reasons(change, context_); }
  Reasons operator()(const diff::Alter<schema::Column>& change) const {
    return column_reasons(change, field_, context_);
  }
  Reasons operator()(const diff::Rename<schema::Column>& change) const {
    return renamed("column", shown(change.table, change.before.name), change.after.name.text);
  }

  // Constraints and indexes.
  Reasons operator()(const diff::Create<schema::PrimaryKey>& change) const {
    return unique_reasons(change.table, change.after.name.text, {}, context_);
  }
  Reasons operator()(const diff::Create<schema::Unique>& change) const {
    return unique_reasons(change.table, change.after.name.text,
                          change.after.nulls_not_distinct ? std::vector<schema::Name>{} : change.after.columns,
                          context_);
  }
  Reasons operator()(const diff::Create<schema::Check>& change) const {
    return check_reasons(change.table, change.after);
  }
  Reasons operator()(const diff::Create<schema::ForeignKey>& change) const {
    return reference_reasons(change.table, change.after);
  }
  Reasons operator()(const diff::Create<schema::Exclusion>& change) const {
    if (is_new(change.table, context_)) return {};
    return {caution("EXCLUSION_CAN_FAIL", change.after.name.text + " fails on rows of " + shown(change.table) +
                                              " that exclude one another; nobody can write while it is built")};
  }
  Reasons operator()(const diff::Create<schema::Index>& change) const {
    return index_reasons(change.table, change.after, context_);
  }
  Reasons operator()(const diff::Drop<schema::PrimaryKey>& change) const {
    return dropped_constraint(change.before.name, change.table);
  }
  Reasons operator()(const diff::Drop<schema::Unique>& change) const {
    return dropped_constraint(change.before.name, change.table);
  }
  Reasons operator()(const diff::Drop<schema::Check>& change) const {
    return dropped_constraint(change.before.name, change.table);
  }
  Reasons operator()(const diff::Drop<schema::ForeignKey>& change) const {
    return dropped_constraint(change.before.name, change.table);
  }
  Reasons operator()(const diff::Drop<schema::Exclusion>& change) const {
    return dropped_constraint(change.before.name, change.table);
  }
  Reasons operator()(const diff::Drop<schema::Index>& change) const {
    if (!change.before.valid) return {};
    return {caution("INDEX_DROPPED", "queries on " + shown(change.table) + " lose index " + change.before.name.text)};
  }
  Reasons operator()(const diff::Alter<schema::PrimaryKey>& change) const {
    if (keeps_meaning()) return {};
    Reasons reasons = dropped_constraint(change.before.name, change.table);
    if (field_ == "columns") append(reasons, unique_reasons(change.table, change.after.name.text, {}, context_));
    return reasons;
  }
  Reasons operator()(const diff::Alter<schema::Unique>& change) const {
    if (keeps_meaning()) return {};
    Reasons reasons = dropped_constraint(change.before.name, change.table);
    append(reasons, unique_reasons(change.table, change.after.name.text, change.after.columns, context_));
    return reasons;
  }
  Reasons operator()(const diff::Alter<schema::Check>& change) const {
    return field_ == "comment" ? Reasons{} : check_reasons(change.table, change.after);
  }
  Reasons operator()(const diff::Alter<schema::ForeignKey>& change) const {
    if (field_ == "comment") return {};
    if (field_ == "validated" || field_ == "referred_table" || field_ == "columns" || field_ == "referred_columns") {
      return reference_reasons(change.table, change.after);
    }
    return changed_object("what reference " + change.after.name.text + " of " + shown(change.table) + " does");
  }
  Reasons operator()(const diff::Alter<schema::Exclusion>& change) const {
    if (keeps_meaning()) return {};
    return (*this)(diff::Create<schema::Exclusion>{change.table, change.after});
  }
  Reasons operator()(const diff::Alter<schema::Index>& change) const {
    if (field_ == "comment" || field_ == "storage_parameters" || field_ == "clustered") return {};
    Reasons reasons = index_reasons(change.table, change.after, context_);
    if (field_ == "valid") return reasons;
    reasons.push_back(caution("INDEX_DROPPED", "queries on " + shown(change.table) + " lose index " +
                                                   change.before.name.text + " as it was"));
    return reasons;
  }

  // Types and sequences.
  Reasons operator()(const diff::Rename<schema::EnumType>& change) const {
    return renamed("type", shown(change.before.name), shown(change.after.name));
  }
  Reasons operator()(const diff::Alter<schema::EnumType>& change) const {
    return field_ == "labels" ? label_reasons(change.before, change.after) : Reasons{};
  }
  Reasons operator()(const diff::Rename<schema::Namespace>& change) const {
    return renamed("schema", change.before.name.text, change.after.name.text);
  }
  Reasons operator()(const diff::Alter<schema::Namespace>&) const { return {}; }
  Reasons operator()(const diff::Drop<schema::EnumType>&) const { return {}; }

  // Row security, roles, privileges.
  Reasons operator()(const diff::Create<schema::Policy>& change) const { return policy_reasons(change); }
  Reasons operator()(const diff::Drop<schema::Policy>& change) const { return policy_reasons(change); }
  Reasons operator()(const diff::Alter<schema::Policy>& change) const { return policy_reasons(change, field_); }
  Reasons operator()(const diff::Create<schema::Role>& change) const {
    Reasons reasons{caution("ROLE_CREATED", "role " + change.after.name.text + " is made for the whole cluster")};
    if (change.after.bypassrls.value_or(false) || change.after.superuser.value_or(false)) {
      reasons.push_back(danger("ROLE_BYPASSES", "role " + change.after.name.text + " gets around row security"));
    }
    return reasons;
  }
  Reasons operator()(const diff::Alter<schema::Role>& change) const {
    const std::string name = "role " + change.after.name.text;
    const bool gains = (field_ == "bypassrls" && change.after.bypassrls.value_or(false)) ||
                       (field_ == "superuser" && change.after.superuser.value_or(false));
    if (gains) return {danger("ROLE_BYPASSES", name + " gets around row security")};
    return {caution("ROLE_CHANGED", name + " may do other things than before")};
  }
  Reasons operator()(const diff::Create<schema::Grant>& change) const {
    return change.after.withheld ? grant_lost(change.after, change.table) : grant_reasons(change.after, change.table);
  }
  Reasons operator()(const diff::Drop<schema::Grant>& change) const {
    return change.before.withheld ? grant_reasons(change.before, change.table)
                                  : grant_lost(change.before, change.table);
  }

 private:
  static Reasons grant_lost(const schema::Grant& grant, const QualifiedName& object) {
    return {caution("GRANT_REMOVED", "role " + (grant.role.empty() ? "PUBLIC" : grant.role.text) + " loses " +
                                         base::joined(grant.privileges, ", ") + " on " + shown(object))};
  }

  bool keeps_meaning() const { return field_ == "comment" || field_ == "storage_parameters"; }

  static void append(Reasons& to, Reasons more) {
    to.insert(to.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }

  Reasons check_reasons(const QualifiedName& table, const schema::Check& check) const {
    if (is_new(table, context_) || !check.validated || !check.enforced) return {};
    const auto violating = context_.offending(probe_key("violations", table, check.name.text));
    if (violating) {
      return {caution("CHECK_CAN_FAIL",
                      counted(*violating, "row") + " of " + shown(table) + " violate " + check.name.text)};
    }
    return {caution("CHECK_CAN_FAIL", check.name.text + " fails if a row of " + shown(table) + " violates it")};
  }

  Reasons reference_reasons(const QualifiedName& table, const schema::ForeignKey& key) const {
    if (is_new(table, context_) || !key.validated || holds_only_nulls(table, key.columns, context_)) return {};
    const auto orphans = context_.offending(probe_key("orphans", table, key.name.text));
    if (orphans) {
      return {caution("REFERENCE_CAN_FAIL", counted(*orphans, "row") + " of " + shown(table) +
                                                " reference nothing: " + key.name.text + " fails")};
    }
    return {
        caution("REFERENCE_CAN_FAIL", key.name.text + " fails if a row of " + shown(table) + " references nothing")};
  }

  template <class T>
  static std::string description(const T& object) {
    if constexpr (requires { object.name.schema; }) {
      return shown(object.name);
    } else if constexpr (requires { object.name.text; }) {
      return object.name.text;
    } else if constexpr (requires { object.identity; }) {
      return base::lowered(object.kind) + " " + object.identity;
    } else if constexpr (requires { object.object_type; }) {
      return "default privileges on " + base::lowered(object.object_type);
    } else {
      return "a grant";
    }
  }

  const std::string& field_;
  const Context& context_;
};

}  // namespace

std::span<const Rule> rules() { return catalogue; }

bool Context::has_rows(const schema::QualifiedName& table) const {
  const auto found = facts.tables.find(table);
  return found == facts.tables.end() || found->second.has_rows;
}

const schema::Answer* Context::answer(const std::string& key) const {
  const auto found = facts.answers.find(key);
  return found == facts.answers.end() ? nullptr : &found->second;
}

std::optional<std::int64_t> Context::offending(const std::string& key) const {
  const schema::Answer* found = answer(key);
  return found != nullptr && found->count.value_or(0) > 0 ? found->count : std::nullopt;
}

schema::Conversion Context::conversion(const schema::Column& before, const schema::Column& after) const {
  return schema::conversion(before.type, after.type, enums.contains({before.type.schema, before.type.name}),
                            enums.contains({after.type.schema, after.type.name}));
}

Reason safe(std::string_view code, std::string text) { return {std::string(code), Severity::Safe, std::move(text)}; }
Reason caution(std::string_view code, std::string text) {
  return {std::string(code), Severity::Caution, std::move(text)};
}
Reason danger(std::string_view code, std::string text) {
  return {std::string(code), Severity::Danger, std::move(text)};
}

std::string shown(const schema::QualifiedName& name) {
  if (name.name.empty()) return name.schema;
  return name.schema.empty() || name.schema == "public" ? name.name : name.schema + "." + name.name;
}

std::string shown(const schema::QualifiedName& table, const schema::Name& member) {
  return shown(table) + "." + member.text;
}

std::string counted(std::int64_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::string size_note(const schema::QualifiedName& table, const Context& context) {
  const auto found = context.facts.tables.find(table);
  if (found == context.facts.tables.end() || found->second.rows <= 0) return "";
  return " (about " + counted(found->second.rows, "row") + ", " + bytes_text(found->second.bytes) + ")";
}

Reason rewrite_reason(const schema::QualifiedName& table, const Context& context) {
  return caution("TABLE_REWRITE", shown(table) + " is written anew with its indexes" + size_note(table, context) +
                                      "; nobody reads or writes it meanwhile");
}

std::string probe_key(std::string_view kind, const schema::QualifiedName& table, std::string_view name) {
  return std::string(kind) + "\n" + schema::text(table) + "\n" + std::string(name);
}

std::vector<Reason> reasons(const diff::Change& change, const std::string& field, const Context& context) {
  return diff::visit(Judge(field, context), change);
}

}  // namespace risk
