#include "ddl/probe.h"

#include "base/text.h"
#include "sql/statement.h"

namespace ddl {
namespace {

/// An example is cut: it is for a message.
std::string counting(const std::string& example, const std::string& from) {
  return "SELECT count(*), left(min(" + example + "), 80) FROM " + from;
}

std::vector<std::string> quoted_each(const std::vector<schema::Name>& columns, const std::string& prefix) {
  std::vector<std::string> result;
  for (const schema::Name& column : columns) result.push_back(prefix + sql::quoted(column));
  return result;
}

std::string none_null(const std::vector<std::string>& keys) {
  std::vector<std::string> parts;
  for (const std::string& key : keys) parts.push_back(key + " IS NOT NULL");
  return base::joined(parts, " AND ");
}

std::string as_text(const std::vector<std::string>& keys) {
  return "concat_ws(', ', " + base::joined(keys, ", ") + ")";
}

}  // namespace

std::string nulls_query(const schema::QualifiedName& table, const std::string& value) {
  return "SELECT count(*), NULL::text FROM " + sql::quoted(table) + " WHERE (" + value + ") IS NULL";
}

std::string duplicates_query(const schema::QualifiedName& table, const std::vector<std::string>& keys, bool nulls_too,
                             const std::optional<schema::Expression>& predicate) {
  std::vector<std::string> conditions;
  if (!nulls_too) conditions.push_back(none_null(keys));
  if (predicate) conditions.push_back("(" + sql::quoted(*predicate) + ")");
  const std::string where = conditions.empty() ? "" : " WHERE " + base::joined(conditions, " AND ");
  return counting("d.example", "(SELECT min(" + as_text(keys) + ") AS example FROM " + sql::quoted(table) + where +
                                   " GROUP BY " + base::joined(keys, ", ") + " HAVING count(*) > 1) AS d");
}

std::string orphans_query(const schema::QualifiedName& table, const std::vector<schema::Name>& columns,
                          const schema::QualifiedName& referred, const std::vector<schema::Name>& referred_columns,
                          bool referred_exists) {
  const std::vector<std::string> values = quoted_each(columns, "t.");
  std::string query = counting(as_text(values), sql::quoted(table) + " AS t WHERE " + none_null(values));
  if (!referred_exists) return query;
  std::vector<std::string> matches;
  for (std::size_t at = 0; at < columns.size() && at < referred_columns.size(); ++at) {
    matches.push_back(sql::text("r.{} = t.{}", referred_columns[at], columns[at]));
  }
  return query + " AND NOT EXISTS (SELECT FROM " + sql::quoted(referred) + " AS r WHERE " +
         base::joined(matches, " AND ") + ")";
}

std::string violations_query(const schema::QualifiedName& table, const schema::Expression& condition) {
  return "SELECT count(*), left(min(t::text), 80) FROM " + sql::quoted(table) + " AS t WHERE NOT (" +
         sql::quoted(condition) + ")";
}

std::string roundtrip_query(const schema::QualifiedName& table, const schema::Name& column,
                            const schema::TypeName& before, const schema::TypeName& after) {
  const std::string value = sql::quoted(column);
  return counting(value + "::text", sql::quoted(table) + " WHERE " + value + "::" + sql::quoted(after) +
                                        "::" + sql::quoted(before) + " IS DISTINCT FROM " + value);
}

std::string too_long_query(const schema::QualifiedName& table, const schema::Name& column, const std::string& length) {
  const std::string value = sql::quoted(column) + "::text";
  return counting(value, sql::quoted(table) + " WHERE char_length(rtrim(" + value + ", ' ')) > " + length);
}

std::string evaluation_query(const schema::QualifiedName& table, const std::string& expression) {
  return "SELECT 0 * count(" + expression + "), NULL::text FROM " + sql::quoted(table);
}

std::string labels_query(const schema::QualifiedName& table, const schema::Column& column,
                         const std::vector<std::string>& labels, bool among) {
  std::vector<sql::Literal> literals;
  for (const std::string& label : labels) literals.push_back({label});
  const std::string list = "ARRAY[" + sql::quoted(literals) + "]::text[]";
  const std::string value = sql::quoted(column.name);
  std::string condition;
  if (column.type.array) {
    condition = among ? value + "::text[] && " + list : "NOT " + value + "::text[] <@ " + list;
  } else {
    condition = among ? value + "::text = ANY (" + list + ")" : value + "::text <> ALL (" + list + ")";
  }
  return counting(value + "::text", sql::quoted(table) + " WHERE " + condition);
}

}  // namespace ddl
