#include "ddl/write.h"

#include "base/text.h"

namespace ddl {

Statement changed(std::string_view field, std::string sql, std::string rollback) {
  Statement statement;
  statement.sql = std::move(sql);
  statement.rollback.push_back(std::move(rollback));
  statement.fields.emplace_back(field);
  return statement;
}

Statement on_table(const schema::QualifiedName& table, std::string sql, std::string description) {
  Statement statement;
  statement.sql = std::move(sql);
  statement.description = std::move(description);
  statement.lock = Lock::AccessExclusive;
  statement.table = table;
  return statement;
}

std::string comment_on(const std::string& what, const std::optional<std::string>& comment) {
  if (!comment) return "COMMENT ON " + what + " IS NULL";
  return "COMMENT ON " + what + " IS " + sql::quoted(sql::Literal{*comment});
}

void add_comment(Statements& statements, const std::string& what, const std::optional<std::string>& comment) {
  if (!comment) return;
  Statement statement;
  statement.sql = comment_on(what, comment);
  statement.description = "comment on " + what;
  statements.push_back(std::move(statement));
}

void alter_comment(Statements& statements, const std::string& what, const std::optional<std::string>& before,
                   const std::optional<std::string>& after, const Fields& fields) {
  if (!has(fields, "comment")) return;
  Statement statement = changed("comment", comment_on(what, after), comment_on(what, before));
  statement.description = "comment on " + what;
  statements.push_back(std::move(statement));
}

void add_owner(Statements& statements, const std::string& what, const schema::Name& owner, const Site& site) {
  if (owner.empty() || owner == site.usual_owner || site.usual_owner.empty()) return;
  Statement statement;
  statement.sql = sql::text("ALTER {} OWNER TO {}", sql::Raw{what}, owner);
  statement.description = "give " + what + " to " + owner.text;
  statements.push_back(std::move(statement));
}

void alter_owner(Statements& statements, const std::string& what, const schema::Name& before, const schema::Name& after,
                 const Fields& fields) {
  if (!has(fields, "owner")) return;
  statements.push_back(changed("owner", sql::text("ALTER {} OWNER TO {}", sql::Raw{what}, after),
                               sql::text("ALTER {} OWNER TO {}", sql::Raw{what}, before)));
  statements.back().description = "give " + what + " to " + after.text;
}

std::string with_parameters(const std::vector<std::string>& parameters) {
  return parameters.empty() ? "" : " WITH (" + base::joined(parameters, ", ") + ")";
}

std::string parameter_name(const std::string& parameter) { return parameter.substr(0, parameter.find('=')); }

std::vector<std::string> parameter_changes(const std::vector<std::string>& before,
                                           const std::vector<std::string>& after) {
  const auto names = [](const std::string& name) {
    return [&name](const std::string& parameter) { return parameter_name(parameter) == name; };
  };
  std::vector<std::string> set;
  std::vector<std::string> reset;
  for (const std::string& parameter : after) {
    if (std::ranges::find(before, parameter) == before.end()) set.push_back(parameter);
  }
  for (const std::string& parameter : before) {
    const std::string name = parameter_name(parameter);
    if (std::ranges::none_of(after, names(name))) reset.push_back(name);
  }
  std::vector<std::string> clauses;
  if (!set.empty()) clauses.push_back("SET (" + base::joined(set, ", ") + ")");
  if (!reset.empty()) clauses.push_back("RESET (" + base::joined(reset, ", ") + ")");
  return clauses;
}

std::string bracketed(const schema::Expression& expression) { return "(" + sql::quoted(expression) + ")"; }

std::string shown(const schema::QualifiedName& name) {
  return name.schema.empty() || name.schema == "public" ? name.name : name.schema + "." + name.name;
}

std::string shown(const schema::QualifiedName& table, const schema::Name& member) {
  return shown(table) + "." + member.text;
}

schema::Name made_name(std::string_view first, std::string_view second, std::string_view label) {
  const std::size_t overhead = (second.empty() ? 0 : 1) + (label.empty() ? 0 : label.size() + 1);
  std::size_t length_of_first = first.size();
  std::size_t length_of_second = second.size();
  while (length_of_first + length_of_second + overhead > 63) {
    --(length_of_first > length_of_second ? length_of_first : length_of_second);
  }
  std::string name = base::clipped(first, length_of_first);
  if (!second.empty()) name += "_" + base::clipped(second, length_of_second);
  if (!label.empty()) name += "_" + std::string(label);
  return {name};
}

}  // namespace ddl
