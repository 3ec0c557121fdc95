#include "loader/realise.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "loader/lacking.h"
#include "loader/plain.h"
#include "postgres/catalog.h"
#include "postgres/connection.h"
#include "postgres/scratch.h"
#include "sql/parser.h"
#include "sql/quote.h"

namespace loader {
namespace {
using schema::QualifiedName;

std::string quoted(const std::string& name) { return sql::quoted(schema::Name{name}); }

void collect_names(const sql::Node& node, std::set<std::string>& names) {
  for (const std::string_view field : {"conname", "idxname"}) {
    if (const std::string_view name = sql::value(node, field); !name.empty()) names.emplace(name);
  }
  for (const sql::Node& child : node.children) collect_names(child, names);
}

class Realisation {
 public:
  Realisation(const Answer& answer, const std::string& default_schema, postgres::Connection& connection)
      : answer_(answer), default_schema_(default_schema), connection_(connection), lacking_(answer, connection) {}

  base::Result<schema::Reading> make() {
    if (const auto prepared = prepare(); !prepared) return std::unexpected(prepared.error());
    for (const Sent& sent : answer_.statements) take(sent);
    auto database = postgres::read(connection_);
    if (!database) return std::unexpected(database.error());
    reading_.database =
        plain(std::move(*database), {default_schema_, schemas_, names_, lacking_.types(), lacking_.extensions()});
    for (const LoadedTable& table : answer_.tables) describe(table);
    reading_.diagnostics.insert(reading_.diagnostics.end(), answer_.warnings.begin(), answer_.warnings.end());
    return std::move(reading_);
  }

 private:
  base::Result<void> prepare() {
    std::string statements;
    schemas_.insert(answer_.schemas.begin(), answer_.schemas.end());
    std::set<std::string> all = schemas_;
    all.insert(default_schema_);
    for (const std::string& name : all) statements += "CREATE SCHEMA IF NOT EXISTS " + quoted(name) + ";";
    statements += "SET search_path = " + quoted(default_schema_) + (default_schema_ == "public" ? "" : ", public");
    return connection_.execute(statements);
  }

  void take(const Sent& sent) {
    if (const auto trees = sql::parsed_statements(sent.sql)) {
      for (const sql::Node& tree : *trees) collect_names(tree, names_);
    }
    if (const auto ran = lacking_.run(sent.sql); !ran) refused(sent, ran.error());
  }

  QualifiedName full(const QualifiedName& name) const {
    return name.schema.empty() ? QualifiedName{default_schema_, name.name} : name;
  }

  void refused(const Sent& sent, const base::Error& error) {
    constexpr std::string_view duplicate_object = "42710";
    constexpr std::string_view duplicate_table = "42P07";
    const bool twice = error.sqlstate == duplicate_object || error.sqlstate == duplicate_table;
    if (twice && sent.table.empty() && !sent.own) return;  // a type of two MetaData
    const std::string table = sent.table.empty() ? std::string() : schema::text(full(sent.table));
    const base::Place where = place_of(sent.table);
    const auto warn = [&](std::string code, std::string message) {
      reading_.diagnostics.push_back(
          {.code = std::move(code), .message = std::move(message), .place = where, .table = table});
    };
    if (sent.own) return warn("DDL_REFUSED", "the server refuses a statement of the models: " + error.message);
    if (twice) return warn("DECLARED_TWICE", "two MetaData make the same: " + error.message);
    const std::string reason = "a scratch server refuses it: " + error.message;
    if (!sent.table.empty()) {
      reading_.unresolved.push_back({{schema::Kind::Table, full(sent.table), {}}, {}, where, reason});
    }
    warn("UNRESOLVED", (table.empty() ? base::split(sent.sql, '\n').front() : "the table " + table) + ": " + reason);
  }

  base::Place place_of(const QualifiedName& table) const {
    const auto found = std::ranges::find(answer_.tables, table, &LoadedTable::name);
    return found == answer_.tables.end() ? base::Place{} : found->place;
  }

  void describe(const LoadedTable& table) {
    const schema::ObjectId id{schema::Kind::Table, full(table.name), {}};
    if (!table.place.file.empty()) reading_.origins.emplace(id, table.place);
    for (const auto& [now, before] : table.renamed_from) reading_.renamed_from[id].emplace_back(now, before);
  }

  const Answer& answer_;
  const std::string& default_schema_;
  postgres::Connection& connection_;
  Lacking lacking_;
  std::set<std::string> schemas_;
  std::set<std::string> names_;  ///< of constraints and indexes, as the statements give them
  schema::Reading reading_;
};

}  // namespace

base::Result<schema::Reading> realised(const Answer& answer, const std::string& default_schema) {
  auto scratch = postgres::Scratch::start();
  if (!scratch) return base::within(scratch.error(), "while making what Python imported on a scratch server");
  const auto url = scratch->new_database();
  if (!url) return std::unexpected(url.error());
  auto connection = postgres::Connection::open(*url);
  if (!connection) return std::unexpected(connection.error());
  return Realisation(answer, default_schema, *connection).make();
}

}  // namespace loader
