#include "migration/execution.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <thread>

#include "base/text.h"
#include "sql/quote.h"

namespace migration {
namespace {

using base::ErrorCode;
using postgres::Connection;

constexpr const char* lock_key = "7021950460182351201";  // any number; the same for every run of the program

/// Statements that run together: one transaction, or one statement by itself.
struct Part {
  std::size_t begin = 0;
  std::size_t end = 0;
  bool transactional = true;
};

std::vector<Part> parts(const Migration& migration, std::size_t from) {
  std::vector<Part> result;
  for (std::size_t i = from; i < migration.up.size();) {
    const Statement& first = migration.up[i];
    std::size_t end = i + 1;
    while (first.group && end < migration.up.size() && migration.up[end].group == first.group) ++end;
    result.push_back({i, end, first.transactional});
    i = end;
  }
  return result;
}

bool is_lock_timeout(const base::Error& error) { return error.sqlstate == "55P03"; }

/// Undone or done already: what a statement says that an earlier run began and finished without being able to record
/// it.
bool says_done_already(const base::Error& error) {
  constexpr std::string_view codes[] = {"42P07", "42710", "42P06", "42701", "42704", "42P01", "42703"};
  return std::ranges::find(codes, error.sqlstate) != std::end(codes);
}

class Run {
 public:
  Run(Connection& connection, const Migration& migration, const ExecutionOptions& options, const Progress& progress)
      : connection_(connection), migration_(migration), options_(options), progress_(progress) {}

  base::Result<void> all() {
    if (const auto begun = begin(); !begun) return begun;
    if (migration_.up.empty()) return finish_empty();
    for (const Part& part : parts(migration_, done_)) {
      const auto ran = part.transactional ? run_transaction(part) : run_alone(part);
      if (!ran) return ran;
      done_ = part.end;
      resumed_ = false;
    }
    return {};
  }

 private:
  base::Result<void> begin() {
    auto history = read_history(connection_, options_.history);
    if (!history) return std::unexpected(history.error());
    if (const auto entry = history->entries.find(migration_.version); entry != history->entries.end()) {
      done_ = static_cast<std::size_t>(entry->second.statements_done);
      resumed_ = entry->second.started_next;
      begun_ = true;
    }
    // The very first run makes the table by itself: a failing migration leaves its record behind.
    return connection_.execute(create_history(options_.history));
  }

  std::vector<postgres::Statement> opening() const {
    std::vector<postgres::Statement> statements{{"BEGIN"}};
    if (!options_.lock_timeout.empty()) {
      statements.push_back(
          {fmt::format("SET LOCAL lock_timeout = {}", sql::quoted(sql::Literal{options_.lock_timeout}))});
    }
    statements.push_back(
        {"SELECT pg_catalog.set_config('search_path', 'public, ' || pg_catalog.current_setting('search_path'), true)"});
    if (!begun_) statements.push_back(begin_entry(options_.history, migration_));
    return statements;
  }

  void append_record(std::vector<postgres::Statement>& statements, std::size_t done) const {
    statements.push_back(record_done(options_.history, migration_, done));
    if (options_.alembic && done == migration_.up.size()) {
      for (auto& statement : move_alembic_version(migration_)) statements.push_back(std::move(statement));
    }
  }

  base::Result<void> run_pipeline(const std::vector<postgres::Statement>& statements) {
    const auto results = connection_.pipeline(statements);
    for (const auto& result : results) {
      if (result) continue;
      if (connection_.alive()) (void)connection_.execute("ROLLBACK");
      return std::unexpected(result.error());
    }
    return {};
  }

  base::Result<void> finish_empty() {
    auto statements = opening();
    append_record(statements, 0);
    statements.push_back({"COMMIT"});
    return run_pipeline(statements);
  }

  base::Result<void> run_transaction(const Part& part) {
    auto pause = options_.pause;
    for (int attempt = 1;; ++attempt) {
      auto ran = try_transaction(part);
      if (ran) {
        begun_ = true;
        return {};
      }
      if (!is_lock_timeout(ran.error()) || attempt >= options_.attempts) return ran;
      progress_(fmt::format("a lock was not to be had within {}: attempt {} of {}", options_.lock_timeout, attempt + 1,
                            options_.attempts));
      std::this_thread::sleep_for(pause);
      pause *= 2;
    }
  }

  base::Result<void> try_transaction(const Part& part) {
    if (const auto opened = run_pipeline(opening()); !opened) return failed(opened.error(), part.begin);
    for (std::size_t i = part.begin; i < part.end; ++i) {
      announce(i);
      if (const auto ran = connection_.query(migration_.up[i].sql); !ran) {
        const base::Error error = ran.error();
        if (connection_.alive()) (void)connection_.execute("ROLLBACK");
        return failed(error, i);
      }
    }
    std::vector<postgres::Statement> closing;
    append_record(closing, part.end);
    closing.push_back({"COMMIT"});
    if (const auto closed = run_pipeline(closing); !closed) return failed(closed.error(), part.end - 1);
    return {};
  }

  base::Result<void> run_alone(const Part& part) {
    auto started = opening();
    started.push_back(record_started(options_.history, migration_));
    started.push_back({"COMMIT"});
    if (const auto recorded = run_pipeline(started); !recorded) return failed(recorded.error(), part.begin);
    begun_ = true;
    announce(part.begin);
    if (const auto ran = try_alone(migration_.up[part.begin].sql); !ran) return failed(ran.error(), part.begin);
    std::vector<postgres::Statement> closing{{"BEGIN"}};
    append_record(closing, part.end);
    closing.push_back({"COMMIT"});
    if (const auto closed = run_pipeline(closing); !closed) return failed(closed.error(), part.begin);
    return {};
  }

  base::Result<void> try_alone(const std::string& sql) {
    if (const auto cleared = clear_left_over(sql); !cleared) return cleared;
    (void)connection_.execute("SET search_path TO public, \"$user\"");
    auto ran = connection_.query(sql);
    if (connection_.alive()) (void)connection_.execute("RESET search_path");
    if (ran || (resumed_ && says_done_already(ran.error()))) return {};
    return std::unexpected(ran.error());
  }

  /// A concurrent build that failed leaves an invalid index, which CREATE INDEX would run into.
  base::Result<void> clear_left_over(const std::string& sql) {
    const auto name = index_name(sql);
    if (!name) return {};
    const auto invalid = connection_.query(
        "SELECT c.oid::pg_catalog.regclass::text FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = "
        "i.indexrelid"
        " WHERE NOT i.indisvalid AND c.relname = $1 AND i.indrelid = pg_catalog.to_regclass($2)",
        {name->first, name->second});
    if (!invalid) return std::unexpected(invalid.error());
    for (const auto row : *invalid) {
      if (const auto dropped = connection_.query("DROP INDEX CONCURRENTLY " + row.text(0)); !dropped) {
        return std::unexpected(dropped.error());
      }
    }
    return {};
  }

  /// The index's name, unquoted, and its table as written, of `CREATE [UNIQUE] INDEX CONCURRENTLY name ON table …`.
  static std::optional<std::pair<std::string, std::string>> index_name(const std::string& sql) {
    const auto at = sql.find("INDEX CONCURRENTLY ");
    if (!sql.starts_with("CREATE ") || at == std::string::npos) return std::nullopt;
    const auto on = sql.find(" ON ", at);
    if (on == std::string::npos) return std::nullopt;
    const auto begin = at + std::string_view("INDEX CONCURRENTLY ").size();
    std::string name = sql.substr(begin, on - begin);
    if (name.starts_with('"')) name = base::replaced(name.substr(1, name.size() - 2), "\"\"", "\"");
    const std::string_view rest = std::string_view(sql).substr(on + 4);
    std::size_t end = 0;
    for (bool quoted = false; end < rest.size() && (quoted || (rest[end] != ' ' && rest[end] != '(')); ++end) {
      if (rest[end] == '"') quoted = !quoted;
    }
    std::string table(rest.substr(0, end));
    if (table.find('.') == std::string::npos) table.insert(0, "public.");
    return std::pair{name, table};
  }

  void announce(std::size_t index) const {
    progress_(fmt::format("{}/{} {}", index + 1, migration_.up.size(), migration_.up[index].description));
  }

  /// MIGRATION_FAILED with the statement; what stands before it stays.
  base::Result<void> failed(const base::Error& cause, std::size_t index) const {
    base::Error error = cause;
    if (!is_lock_timeout(cause))
      error.code = cause.code == ErrorCode::DbConnection ? cause.code : ErrorCode::MigrationFailed;
    const std::string& sql = index < migration_.up.size() ? migration_.up[index].sql : std::string();
    error.message =
        fmt::format("{}: statement {} of {} failed: {} ({})\n{}", base::shown(migration_.file, options_.root),
                    index + 1, migration_.up.size(), cause.message, cause.sqlstate, sql);
    if (is_lock_timeout(cause)) error.code = ErrorCode::MigrationFailed;
    error.hint = done_ == 0 ? "nothing was changed; mend the cause, then run agent-migrate apply --execute again"
                            : fmt::format(
                                  "the first {} statements are applied and stay; mend the cause, then "
                                  "agent-migrate apply --execute goes on with the rest",
                                  done_);
    return std::unexpected(std::move(error));
  }

  Connection& connection_;
  const Migration& migration_;
  const ExecutionOptions& options_;
  const Progress& progress_;
  std::size_t done_ = 0;
  bool begun_ = false;    ///< the history has an entry
  bool resumed_ = false;  ///< the first statement may have been run already
};

}  // namespace

base::Result<ApplyLock> ApplyLock::take(Connection& connection) {
  const auto taken = connection.query(fmt::format("SELECT pg_catalog.pg_try_advisory_lock({})", lock_key));
  if (!taken) return std::unexpected(taken.error());
  if ((*taken)[0].boolean(0)) return ApplyLock(connection);
  const auto holder =
      connection.query(fmt::format("SELECT a.usename, a.client_addr, a.pid, pg_catalog.to_char(a.backend_start, "
                                   "'YYYY-MM-DD HH24:MI:SS TZ') FROM pg_catalog.pg_locks l"
                                   " JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' "
                                   "AND l.granted AND l.objsubid = 1"
                                   " AND (l.classid::bigint << 32 | l.objid::bigint) = {} AND l.database ="
                                   " (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())",
                                   lock_key));
  std::string who = "another run";
  if (holder && !holder->empty()) {
    const auto row = (*holder)[0];
    who = fmt::format("{} (process {}{})", row.text(0), row.text(2), row.null(1) ? "" : " from " + row.text(1));
    who += ", connected since " + row.text(3);
  }
  return base::failure(ErrorCode::Locked, "migrations are being applied by " + who,
                       "wait until it has finished, then try again");
}

ApplyLock::~ApplyLock() {
  if (connection_ != nullptr && connection_->alive()) {
    (void)connection_->query(fmt::format("SELECT pg_catalog.pg_advisory_unlock({})", lock_key));
  }
}

base::Result<void> apply(Connection& connection, const Migration& migration, const ExecutionOptions& options,
                         const Progress& progress) {
  return Run(connection, migration, options, progress).all();
}

}  // namespace migration
