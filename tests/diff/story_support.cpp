#include "diff/story_support.h"

#include "base/text.h"
#include "diff/order.h"

namespace story {
namespace {

std::vector<schema::Name> names(const std::vector<std::string>& texts) {
  std::vector<schema::Name> result;
  for (const auto& each : texts) result.push_back({each});
  return result;
}

const char* word(schema::Kind kind) {
  constexpr const char* words[] = {"schema",  "extension", "role",    "enum",    "domain", "composite",
                                   "range",   "sequence",  "table",   "routine", "view",   "other",
                                   "default", "column",    "pk",      "unique",  "check",  "fk",
                                   "exclude", "index",     "trigger", "policy",  "grant"};
  return words[static_cast<int>(kind)];
}

template <class T>
std::string action(const diff::Create<T>&) {
  return "create ";
}
template <class T>
std::string action(const diff::Drop<T>&) {
  return "drop ";
}
template <class T>
std::string action(const diff::Alter<T>&) {
  return "alter ";
}
template <class T>
std::string action(const diff::Rename<T>&) {
  return "rename ";
}
std::string action(const diff::RenameLabel&) { return "rename label "; }

std::string privileges(const schema::Grant& grant) {
  std::string result = " " + base::joined(grant.privileges, ",");
  if (!grant.grantable.empty()) result += " grantable " + base::joined(grant.grantable, ",");
  return result;
}

template <class T>
std::string more(const diff::Alter<T>& change) {
  return " (" + base::joined(change.fields, ", ") + ")";
}
template <class T>
std::string more(const diff::Rename<T>& change) {
  if constexpr (requires { change.after.name.schema; }) {
    return " to " + schema::text(change.after.name);
  } else if constexpr (requires { change.after.name; }) {
    return " to " + change.after.name.text;
  } else {
    return "";
  }
}
std::string more(const diff::RenameLabel& change) { return " " + change.before + " to " + change.after; }
std::string more(const diff::Create<schema::Grant>& change) { return privileges(change.after); }
std::string more(const diff::Drop<schema::Grant>& change) { return privileges(change.before); }
template <class Other>
std::string more(const Other&) {
  return "";
}

}  // namespace

schema::TypeName integer() { return {"", "integer", "", false}; }
schema::TypeName text() { return {"", "text", "", false}; }

schema::Column column(const std::string& name, const schema::TypeName& type) {
  schema::Column result;
  result.name = {name};
  result.type = type;
  return result;
}

schema::Table table(const std::string& name, const std::vector<schema::Column>& columns) {
  schema::Table result;
  result.name = {"public", name};
  result.columns = columns;
  return result;
}

schema::Index index(const std::string& name, const std::vector<std::string>& columns) {
  schema::Index result;
  result.name = {name};
  for (const auto& each : columns) {
    schema::IndexKey key;
    key.column = {each};
    result.keys.push_back(key);
  }
  return result;
}

schema::Unique unique(const std::string& name, const std::vector<std::string>& columns) {
  schema::Unique result;
  result.name = {name};
  result.columns = names(columns);
  return result;
}

schema::Check check(const std::string& name, const std::string& expression) {
  schema::Check result;
  result.name = {name};
  result.expression = {expression};
  return result;
}

schema::ForeignKey foreign_key(const std::string& name, const std::string& column, const std::string& table) {
  schema::ForeignKey result;
  result.name = {name};
  result.columns = {{column}};
  result.referred_table = {"public", table};
  result.referred_columns = {{"id"}};
  return result;
}

schema::Policy policy(const std::string& name, schema::PolicyCommand command, const std::string& condition) {
  schema::Policy result;
  result.name = {name};
  result.command = command;
  result.using_expr = schema::Expression{condition};
  return result;
}

schema::EnumType enum_type(const std::string& name, const std::vector<std::string>& labels) {
  return {{"public", name}, labels, {}};
}

schema::Database catalog(const std::vector<schema::Table>& tables) {
  schema::Database result;
  result.tables = tables;
  for (auto& each : result.tables) {
    each.row_security.declared = schema::Declaration::Managed;
    if (!each.row_security.forced) each.row_security.forced = false;
  }
  return result;
}

schema::Reading models(const std::vector<schema::Table>& tables) {
  schema::Reading result;
  result.database.scope = schema::Scope::Models;
  result.database.tables = tables;
  return result;
}

std::vector<std::string> shown(const diff::Changes& changes) {
  std::vector<std::string> lines;
  for (const auto& change : changes.changes) {
    const auto id = diff::object_of(change);
    std::string line = diff::visit([](const auto& each) { return action(each); }, change);
    line += word(id.kind);
    line += " " + schema::text(id.owner);
    if (!id.name.empty()) line += " " + base::replaced(std::string{base::trimmed(id.name)}, "\n", "/");
    line += diff::visit([](const auto& each) { return more(each); }, change);
    lines.push_back(std::move(line));
  }
  return lines;
}

std::vector<std::string> changes(const schema::Reading& desired, const schema::Database& actual,
                                 const diff::Options& options) {
  return shown(diff::compare(desired, actual, options));
}

std::vector<std::string> changes(const schema::Database& desired, const schema::Database& actual,
                                 const diff::Options& options) {
  schema::Reading reading;
  reading.database = desired;
  return changes(reading, actual, options);
}

}  // namespace story
