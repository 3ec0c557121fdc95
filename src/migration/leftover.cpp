#include "migration/leftover.h"

#include "sql/parser.h"
#include "sql/quote.h"
#include "sql/statement.h"

namespace migration {
namespace {

/// Finds the first node of the kind.
const sql::Node* find(const sql::Node& node, std::string_view kind) {
  if (node.kind == kind) return &node;
  for (const sql::Node& inner : node.children) {
    if (const sql::Node* found = find(inner, kind)) return found;
  }
  return nullptr;
}

bool has_concurrent(const sql::Node& node) {
  if (node.field == "concurrent") return true;  // false is left out of the tree
  for (const sql::Node& inner : node.children) {
    if (has_concurrent(inner)) return true;
  }
  return false;
}

}  // namespace

bool is_concurrent(const std::string& sql) {
  const auto tree = sql::parsed_statements(sql);
  return tree && tree->size() == 1 && has_concurrent(tree->front());
}

base::Result<void> drop_invalid_index(postgres::Connection& connection, const std::string& sql) {
  const auto tree = sql::parsed_statements(sql);
  if (!tree || tree->size() != 1) return {};
  const sql::Node* index = find(tree->front(), "IndexStmt");
  if (index == nullptr || !has_concurrent(*index)) return {};
  const sql::Node* relation = sql::child(*index, "relation");
  const std::string name(sql::value(*index, "idxname"));
  if (relation == nullptr || name.empty()) return {};
  const schema::QualifiedName table{std::string(sql::value(*relation, "schemaname")),
                                    std::string(sql::value(*relation, "relname"))};
  auto rows = connection.query(
      "SELECT n.nspname FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_namespace n ON n.oid = "
      "c.relnamespace "
      "WHERE i.indrelid = to_regclass($1) AND c.relname = $2 AND NOT i.indisvalid",
      {sql::fully_quoted(table), name});
  if (!rows) return std::unexpected(rows.error());
  if (rows->empty()) return {};
  const schema::QualifiedName invalid{(*rows)[0].text(0), name};
  return connection.execute(sql::text("DROP INDEX CONCURRENTLY {}", sql::Raw{sql::fully_quoted(invalid)}));
}

}  // namespace migration
