#include "postgres/catalog.h"

#include <array>

#include "base/text.h"
#include "postgres/catalog/assembly.h"

namespace embedded {
// src/postgres/catalog/*.sql, embedded by CMakeLists.txt under their own names.
extern const std::string_view catalog_aggregate, catalog_column, catalog_comment, catalog_composite, catalog_constraint,
    catalog_default, catalog_default_privilege, catalog_domain, catalog_domain_check, catalog_enum, catalog_extension,
    catalog_extension_type, catalog_index, catalog_inheritance, catalog_namespace, catalog_operator_class,
    catalog_other_cast, catalog_other_collation, catalog_other_conversion, catalog_other_need,
    catalog_other_subscription, catalog_other_event_trigger, catalog_other_foreign, catalog_other_operator,
    catalog_other_operator_class, catalog_other_publication, catalog_other_rule, catalog_other_statistics,
    catalog_other_text_search, catalog_policy, catalog_range, catalog_referred_column, catalog_relation, catalog_role,
    catalog_routine, catalog_sequence, catalog_setting, catalog_table, catalog_trigger, catalog_type, catalog_view;
}  // namespace embedded

namespace postgres {
namespace {
using namespace embedded;

struct CatalogQuery {
  const std::string_view& sql;
  void (*take)(const Rows&, catalog::Assembly&);
};

void take_nothing(const Rows&, catalog::Assembly&) {}

/// In the order in which the results are taken: each finds what those before it left.
const std::array queries{
    CatalogQuery{catalog_setting, take_nothing},
    CatalogQuery{catalog_relation, take_nothing},
    CatalogQuery{catalog_comment, catalog::take_comments},
    CatalogQuery{catalog_role, catalog::take_roles},
    CatalogQuery{catalog_namespace, catalog::take_namespaces},
    CatalogQuery{catalog_extension, catalog::take_extensions},
    CatalogQuery{catalog_extension_type, catalog::take_extension_types},
    CatalogQuery{catalog_default_privilege, catalog::take_default_privileges},
    CatalogQuery{catalog_type, catalog::take_types},
    CatalogQuery{catalog_enum, catalog::take_enums},
    CatalogQuery{catalog_domain, catalog::take_domains},
    CatalogQuery{catalog_domain_check, catalog::take_domain_checks},
    CatalogQuery{catalog_composite, catalog::take_composites},
    CatalogQuery{catalog_range, catalog::take_ranges},
    CatalogQuery{catalog_table, catalog::take_tables},
    CatalogQuery{catalog_inheritance, catalog::take_inheritance},
    CatalogQuery{catalog_sequence, catalog::take_sequences},
    CatalogQuery{catalog_default, catalog::take_defaults},
    CatalogQuery{catalog_view, catalog::take_views},
    CatalogQuery{catalog_column, catalog::take_columns},
    CatalogQuery{catalog_referred_column, catalog::take_referred_columns},
    CatalogQuery{catalog_operator_class, catalog::take_operator_classes},
    CatalogQuery{catalog_index, catalog::take_indexes},
    CatalogQuery{catalog_constraint, catalog::take_constraints},
    CatalogQuery{catalog_policy, catalog::take_policies},
    CatalogQuery{catalog_trigger, catalog::take_triggers},
    CatalogQuery{catalog_routine, catalog::take_routines},
    CatalogQuery{catalog_aggregate, catalog::take_routines},
    CatalogQuery{catalog_other_collation, catalog::take_others},
    CatalogQuery{catalog_other_operator, catalog::take_others},
    CatalogQuery{catalog_other_operator_class, catalog::take_others},
    CatalogQuery{catalog_other_cast, catalog::take_others},
    CatalogQuery{catalog_other_text_search, catalog::take_others},
    CatalogQuery{catalog_other_foreign, catalog::take_others},
    CatalogQuery{catalog_other_statistics, catalog::take_others},
    CatalogQuery{catalog_other_rule, catalog::take_others},
    CatalogQuery{catalog_other_publication, catalog::take_others},
    CatalogQuery{catalog_other_event_trigger, catalog::take_others},
    CatalogQuery{catalog_other_conversion, catalog::take_others},
    CatalogQuery{catalog_other_subscription, catalog::take_others},
    CatalogQuery{catalog_other_need, catalog::take_needs},
};

/// What the queries share.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> snippets{{
    // The sub-select is evaluated once, and the planner need not look at each element.
    {"{{relations}}", "(SELECT current_setting('agent_migrate.relations'))::oid[]"},
    {"{{types}}",
     "FROM pg_namespace n JOIN pg_depend d ON d.refclassid = 'pg_namespace'::regclass AND d.refobjid = n.oid "
     "AND d.classid = 'pg_type'::regclass JOIN pg_type t ON t.oid = d.objid"},
    {"{{own_type}}",
     "{{wanted_schema}} AND NOT EXISTS (SELECT FROM pg_depend e WHERE e.classid = 'pg_type'::regclass "
     "AND e.objid = t.oid AND e.deptype = 'e')"},
    {"{{wanted_schema}}",
     "CASE WHEN $1::name[] IS NULL THEN n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' "
     "AND NOT EXISTS (SELECT FROM pg_depend x WHERE x.classid = 'pg_namespace'::regclass AND x.objid = n.oid "
     "AND x.deptype = 'e') ELSE n.nspname = ANY ($1::name[]) END"},
}};

/// [[15: for servers from 15 on ;; for older ones]]
std::string for_version(std::string sql, int major) {
  for (auto open = sql.find("[["); open != std::string::npos; open = sql.find("[[", open)) {
    const auto colon = sql.find(':', open);
    const auto middle = sql.find(";;", open);
    const auto close = sql.find("]]", open);
    const bool newer = major >= std::stoi(sql.substr(open + 2, colon - open - 2));
    const std::string chosen =
        newer ? sql.substr(colon + 1, middle - colon - 1) : sql.substr(middle + 2, close - middle - 2);
    sql.replace(open, close + 2 - open, chosen);
  }
  return sql;
}

std::string expanded(std::string_view text, int major) {
  std::string sql(text);
  for (const auto& [mark, snippet] : snippets) sql = base::replaced(std::move(sql), mark, snippet);
  return for_version(std::move(sql), major);
}

/// Patterns with * and ? as one regular expression; none if there are none.
std::optional<std::string> expression_of(const std::vector<std::string>& patterns, bool qualified) {
  std::string result;
  for (const std::string& pattern : patterns) {
    if ((pattern.find('.') != std::string::npos) != qualified) continue;
    std::string expression;
    for (const char c : pattern) {
      if (c == '*') {
        expression += ".*";
      } else if (c == '?') {
        expression += '.';
      } else {
        if (std::string_view("\\.[]{}()+^$|").find(c) != std::string_view::npos) expression += '\\';
        expression += c;
      }
    }
    result += (result.empty() ? "" : "|") + expression;
  }
  if (result.empty()) return std::nullopt;
  return "^(" + result + ")$";
}

std::vector<Statement> statements(const ReadOptions& options, const Connection& connection) {
  const std::optional<std::string> schemas =
      options.schemas.empty() ? std::nullopt : std::optional(array_literal(options.schemas));
  const std::vector<std::optional<std::string>> all{schemas, expression_of(options.excluded_tables, false),
                                                    expression_of(options.excluded_tables, true)};
  std::vector<Statement> result;
  for (const CatalogQuery& query : queries) {
    Statement statement{expanded(query.sql, connection.major_version())};
    if (&query.sql == &catalog_other_subscription && !connection.is_superuser()) statement.sql = "SELECT WHERE false";
    for (const std::string_view mark : {"$1", "$2", "$3"}) {
      if (statement.sql.find(mark) != std::string::npos)
        statement.parameters.push_back(all[statement.parameters.size()]);
    }
    result.push_back(std::move(statement));
  }
  return result;
}

/// The first failure of all; those after it only say that they were not run.
base::Result<schema::Database> assembled(std::vector<base::Result<Rows>> results, std::size_t first,
                                         const Connection& connection) {
  for (base::Result<Rows>& result : results) {
    if (!result) return base::within(std::move(result.error()), "while reading the catalogs of " + connection.label());
  }
  catalog::Assembly assembly;
  assembly.major_version = connection.major_version();
  for (std::size_t i = 0; i < queries.size(); ++i) queries[i].take(*results[first + i], assembly);
  catalog::finish_sequences(assembly);
  catalog::finish_indexes(assembly);
  return std::move(assembly.database);
}
}  // namespace

const std::string canonical_settings{catalog_setting};

base::Result<schema::Database> read(Connection& connection, const ReadOptions& options) {
  std::vector<Statement> batch = statements(options, connection);
  batch.insert(batch.begin(), {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"});
  batch.push_back({"COMMIT"});
  std::vector<base::Result<Rows>> results = connection.pipeline(batch);
  if (connection.in_transaction()) (void)connection.execute("ROLLBACK");
  return assembled(std::move(results), 1, connection);
}

base::Result<schema::Database> read_in_transaction(Connection& connection, const ReadOptions& options) {
  return assembled(connection.pipeline(statements(options, connection)), 0, connection);
}

}  // namespace postgres
