#include "postgres/facts.h"

#include <algorithm>
#include <set>

#include "sql/quote.h"

namespace postgres {
namespace {
using std::chrono::milliseconds;

/// A query in a transaction of its own, which only reads and gives up soon.
std::vector<Statement> guarded(const std::string& query, milliseconds timeout) {
  return {{"BEGIN READ ONLY"},
          {"SELECT set_config('search_path', 'public', true), set_config('row_security', 'off', true), "
           "set_config('lock_timeout', '1s', true), set_config('statement_timeout', $1, true)",
           {std::to_string(timeout.count())}},
          {query},
          {"COMMIT"}};
}

base::Result<void> read_sizes(Connection& connection, const std::set<schema::QualifiedName>& names,
                              schema::Facts& facts) {
  std::vector<std::string> schemas;
  std::vector<std::string> tables;
  for (const schema::QualifiedName& name : names) {
    schemas.push_back(name.schema);
    tables.push_back(name.name);
  }
  // A partitioned table is as large as all that belongs to it.
  base::Result<Rows> rows = connection.query(
      "SELECT n.nspname, c.relname, (sum(greatest(p.reltuples, 0)) FILTER (WHERE p.relkind <> 'p'))::bigint, "
      "sum(pg_total_relation_size(p.oid))::bigint "
      "FROM unnest($1::text[], $2::text[]) AS wanted(schema_name, table_name) "
      "JOIN pg_namespace n ON n.nspname = wanted.schema_name "
      "JOIN pg_class c ON c.relnamespace = n.oid AND c.relname = wanted.table_name "
      "CROSS JOIN LATERAL (SELECT c.oid AS relid WHERE c.relkind <> 'p' UNION ALL "
      "SELECT t.relid::oid FROM pg_partition_tree(c.oid) t WHERE c.relkind = 'p') tree "
      "JOIN pg_class p ON p.oid = tree.relid GROUP BY 1, 2",
      {array_literal(schemas), array_literal(tables)});
  if (!rows) return std::unexpected(std::move(rows.error()));
  for (const Row row : *rows) {
    facts.tables[{row.text(0), row.text(1)}] = {row.integer(2), row.integer(3), true};
  }
  return {};
}

/// The estimates say nothing of tables that were never analysed: those are looked at.
base::Result<void> look_for_rows(Connection& connection, schema::Facts& facts) {
  std::vector<schema::TableSize*> asked;
  std::vector<Statement> statements;
  for (auto& [name, size] : facts.tables) {
    if (size.rows > 0) continue;
    asked.push_back(&size);
    for (Statement& statement :
         guarded("SELECT EXISTS (SELECT FROM " + sql::fully_quoted(name) + ")", milliseconds(1000))) {
      statements.push_back(std::move(statement));
    }
  }
  const std::vector<base::Result<Rows>> results = connection.pipeline(statements, Failure::StopsSelf);
  if (!connection.alive()) return std::unexpected(results.back().error());
  for (std::size_t i = 0; i < asked.size(); ++i) {
    const base::Result<Rows>& answer = results[i * 4 + 2];
    asked[i]->has_rows = !answer || answer->empty() || (*answer)[0].boolean(0);
  }
  return {};
}

schema::Answer answer_of(const base::Result<Rows>& rows) {
  schema::Answer answer;
  if (rows) {
    if (rows->empty() || rows->columns() < 1 || (*rows)[0].null(0)) return answer;
    answer.count = (*rows)[0].integer(0);
    if (rows->columns() > 1) answer.example = (*rows)[0][1];
    return answer;
  }
  // Out of time, or a lock in the way: nothing is known. Anything else is the query's own failure.
  answer.error = rows.error().message;
  answer.sqlstate = rows.error().sqlstate;
  return answer;
}

bool affordable(const schema::Probe& probe, const schema::Facts& facts, const FactOptions& options) {
  if (options.probe_all) return true;
  const auto size = facts.tables.find(probe.table);
  return size == facts.tables.end() || size->second.bytes <= options.largest_table;
}

/// Nothing offends in a table without rows, and the query need not be run.
bool known_empty(const schema::Probe& probe, const schema::Facts& facts) {
  const auto size = facts.tables.find(probe.table);
  return size != facts.tables.end() && !size->second.has_rows;
}

base::Result<void> ask(Connection& connection, const std::vector<schema::Probe>& probes, const FactOptions& options,
                       schema::Facts& facts) {
  const auto start = std::chrono::steady_clock::now();
  for (const schema::Probe& probe : probes) {
    schema::Answer& answer = facts.answers[probe.key];
    if (known_empty(probe, facts)) {
      answer.count = 0;
      continue;
    }
    const auto spent = std::chrono::duration_cast<milliseconds>(std::chrono::steady_clock::now() - start);
    const auto left = options.budget - spent;
    if (!affordable(probe, facts, options) || (!options.probe_all && left <= milliseconds(0))) continue;
    const milliseconds timeout = options.probe_all ? milliseconds(0) : std::min(options.probe_timeout, left);
    const auto results = connection.pipeline(guarded(probe.query, timeout), Failure::StopsSelf);
    if (!connection.alive()) return std::unexpected(results[2].error());
    answer = answer_of(results[2]);
  }
  return {};
}
}  // namespace

base::Result<schema::Facts> facts(Connection& connection, const std::vector<schema::QualifiedName>& tables,
                                  const std::vector<schema::Probe>& probes, const FactOptions& options) {
  schema::Facts result;
  std::set<schema::QualifiedName> names(tables.begin(), tables.end());
  for (const schema::Probe& probe : probes) names.insert(probe.table);
  if (names.empty()) return result;
  base::Result<void> done = read_sizes(connection, names, result);
  if (done) done = look_for_rows(connection, result);
  if (done) done = ask(connection, probes, options, result);
  if (!done) return base::within(std::move(done.error()), "while looking at the data");
  return result;
}

}  // namespace postgres
