#include "migration/execution.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <initializer_list>
#include <optional>

#include "base/text.h"
#include "migration/interruption.h"
#include "migration/leftover.h"
#include "sql/quote.h"

namespace migration {
namespace {

using base::ErrorCode;
using postgres::Connection;
using Outcome = base::Result<void>;

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

bool is_one_of(std::string_view state, std::initializer_list<std::string_view> states) {
  return std::ranges::find(states, state) != states.end();
}

/// lock_not_available, deadlock_detected, serialization_failure: another try may succeed.
bool worth_another_try(const base::Error& error) { return is_one_of(error.sqlstate, {"55P03", "40P01", "40001"}); }

/// Undone or done already: what a statement says that an earlier run began and finished without being able to record
/// it.
bool says_done_already(const base::Error& error) {
  return is_one_of(error.sqlstate, {"42P07", "42710", "42P06", "42701", "42704", "42P01", "42703"});
}

base::Error interrupted() {
  base::Error error;
  error.code = ErrorCode::MigrationFailed;
  error.message = "interrupted";
  error.sqlstate = "57014";  // query_canceled
  return error;
}

class Run {
 public:
  Run(Connection& connection, const Migration& migration, const ExecutionOptions& options, const Progress& progress)
      : connection_(connection),
        migration_(migration),
        options_(options),
        progress_(progress),
        interruption_(connection) {}

  Outcome all() {
    if (const auto begun = begin(); !begun) return begun;
    if (applied_) return {};
    for (const Part& part : parts(migration_, done_)) {
      const auto ran = run_part(part);
      if (!ran) return ran;
      done_ = part.end;
      resumed_ = false;
    }
    if (recorded_done_ == migration_.up.size()) return {};
    return run_pipeline(closing(migration_.up.size(), {{"BEGIN"}}));
  }

 private:
  Outcome begin() {
    if (const auto prepared = prepare_history(connection_, options_.history, options_.alembic); !prepared)
      return prepared;
    const auto history = read_history(connection_, options_.history);
    if (!history) return std::unexpected(history.error());
    take_entry(*history);
    if (options_.alembic) {
      auto table = find_alembic_table(connection_, options_.history);
      if (!table) return std::unexpected(table.error());
      alembic_table_ = std::move(*table);
    }
    const auto path = connection_.query(
        "SELECT concat_ws(', ', 'public', nullif(nullif(current_setting('search_path'), ''), '\"\"'))");
    if (!path) return std::unexpected(path.error());
    search_path_ = (*path)[0].text(0);
    return {};
  }

  void take_entry(const History& history) {
    const auto found = history.entries.find(migration_.version);
    const bool known = found != history.entries.end();
    applied_ = is_applied(history, known && found->second.finished);
    if (!known || found->second.finished) return;
    done_ = static_cast<std::size_t>(found->second.statements_done);
    resumed_ = found->second.started_next;
    begun_ = true;
  }

  /// Another run may have applied it since the caller looked. A finished entry of a revision that Alembic has taken
  /// back says nothing: then the database stands where the revision begins.
  bool is_applied(const History& history, bool finished) const {
    if (!options_.alembic) return finished;
    const auto current = [&](const std::string& version) {
      return std::ranges::find(history.alembic_versions, version) != history.alembic_versions.end();
    };
    return current(migration_.version) || (finished && !std::ranges::all_of(migration_.revises, current));
  }

  /// What statements run under, in the transaction or in the session. Row security off: an error where it would hide
  /// rows from a statement that means all of them.
  std::string settings(bool local, const std::string& lock_timeout) const {
    std::string text = "SELECT ";
    const auto set = [&](std::string_view name, const std::string& value) {
      text += fmt::format("{}pg_catalog.set_config('{}', {}, {})", text.size() > 7 ? ", " : "", name,
                          sql::quoted(sql::Literal{value}), local);
    };
    set("search_path", search_path_);
    set("statement_timeout", "0");
    set("row_security", "off");
    set("standard_conforming_strings", "on");
    if (!lock_timeout.empty()) set("lock_timeout", lock_timeout);
    return text;
  }

  /// Tries again, after growing pauses, what only failed for want of a lock.
  template <class Try>
  Outcome retried(const Try& once) {
    auto pause = options_.pause;
    for (int attempt = 1;; ++attempt) {
      const auto ran = once();
      if (ran || !worth_another_try(ran.error()) || attempt >= options_.attempts || !connection_.alive() ||
          interruption_.requested())
        return ran;
      progress_(fmt::format("a lock was not to be had within {}: attempt {} of {} follows in {} ms",
                            options_.lock_timeout, attempt + 1, options_.attempts, pause.count()));
      interruption_.sleep(pause);
      pause *= 2;
      if (interruption_.requested()) return std::unexpected(interrupted());
    }
  }

  Outcome run_part(const Part& part) {
    failing_ = part.begin;
    const auto ran = retried([&] { return part.transactional ? try_transaction(part) : try_alone(part.begin); });
    if (!ran) return failed(ran.error());
    return {};
  }

  Outcome run_pipeline(const std::vector<postgres::Statement>& statements) {
    for (const auto& result : connection_.pipeline(statements)) {
      if (result) continue;
      roll_back();
      return std::unexpected(result.error());
    }
    return {};
  }

  void roll_back() {
    if (connection_.alive() && connection_.in_transaction()) (void)connection_.execute("ROLLBACK");
  }

  /// The records of what is done, and COMMIT, behind `statements`.
  std::vector<postgres::Statement> closing(std::size_t done, std::vector<postgres::Statement> statements) const {
    if (!begun_) statements.push_back(begin_entry(options_.history, migration_));
    statements.push_back(record_done(options_.history, migration_, done));
    if (options_.alembic && done == migration_.up.size()) {
      for (auto& statement : move_alembic_version(alembic_table_, migration_))
        statements.push_back(std::move(statement));
    }
    statements.push_back({"COMMIT"});
    return statements;
  }

  Outcome try_transaction(const Part& part) {
    failing_ = part.begin;
    if (const auto opened = run_pipeline({{"BEGIN"}, {settings(true, options_.lock_timeout)}}); !opened) return opened;
    for (std::size_t i = part.begin; i < part.end; ++i) {
      failing_ = i;
      if (const auto ran = run_statement(i); !ran) {
        roll_back();
        return ran;
      }
    }
    if (const auto closed = run_pipeline(closing(part.end, {})); !closed) return closed;
    begun_ = true;
    recorded_done_ = part.end;
    return {};
  }

  Outcome run_statement(std::size_t index) {
    if (interruption_.requested()) return std::unexpected(interrupted());
    progress_(fmt::format("{}/{} {}", index + 1, migration_.up.size(), migration_.up[index].description));
    const auto ran = connection_.execute(migration_.up[index].sql);
    if (!ran && interruption_.requested()) return std::unexpected(interrupted());
    return ran;
  }

  Outcome try_alone(std::size_t index) {
    std::vector<postgres::Statement> started{{"BEGIN"}};
    if (!begun_) started.push_back(begin_entry(options_.history, migration_));
    started.push_back(record_started(options_.history, migration_, true));
    started.push_back({"COMMIT"});
    if (const auto recorded = run_pipeline(started); !recorded) return recorded;
    begun_ = true;
    const auto ran = run_in_session(index);
    if (ran) {
      const auto closed = run_pipeline(closing(index + 1, {{"BEGIN"}}));
      if (closed) recorded_done_ = index + 1;
      return closed;
    }
    // The server refused it: it is not half done.
    if (connection_.alive()) (void)run_pipeline({record_started(options_.history, migration_, false)});
    return ran;
  }

  Outcome run_in_session(std::size_t index) {
    const std::string& sql = migration_.up[index].sql;
    // A concurrent build blocks nobody while it waits; a timeout would only leave an invalid index behind.
    const auto set = connection_.query(settings(false, is_concurrent(sql) ? "0" : options_.lock_timeout));
    if (!set) return std::unexpected(set.error());
    auto ran = drop_invalid_index(connection_, sql);
    if (ran) ran = run_statement(index);
    if (!ran && resumed_ && says_done_already(ran.error())) ran = {};
    if (!connection_.alive()) return ran;
    if (!ran) (void)drop_invalid_index(connection_, sql);
    (void)connection_.execute(
        "RESET search_path; RESET statement_timeout; RESET row_security; RESET standard_conforming_strings; RESET "
        "lock_timeout");
    return ran;
  }

  Outcome failed(const base::Error& cause) const {
    base::Error error = cause;
    const bool known = cause.code == ErrorCode::DbConnection || cause.code == ErrorCode::DbPermission;
    if (!known) error.code = ErrorCode::MigrationFailed;
    const std::string file = base::shown(migration_.file, options_.root);
    const std::string state = cause.sqlstate.empty() ? "" : fmt::format(" (SQLSTATE {})", cause.sqlstate);
    error.message = fmt::format("{}: statement {} of {} failed: {}{}: {}", file, failing_ + 1, migration_.up.size(),
                                cause.message, state, migration_.up[failing_].sql);
    error.hint = (cause.hint.empty() ? "" : cause.hint + "; ") + what_stands() +
                 "; mend the cause, then run agent-migrate apply --execute again: it goes on with statement " +
                 std::to_string(done_ + 1);
    error.place = {file, 0, 0};
    return std::unexpected(std::move(error));
  }

  std::string what_stands() const {
    if (done_ == 0) return "nothing of the file was applied";
    return done_ == 1 ? "statement 1 is applied and stays"
                      : fmt::format("statements 1 to {} are applied and stay", done_);
  }

  Connection& connection_;
  const Migration& migration_;
  const ExecutionOptions& options_;
  const Progress& progress_;
  Interruption interruption_;
  std::string search_path_;
  std::string alembic_table_;
  std::size_t done_ = 0;
  std::size_t failing_ = 0;                   ///< the statement that runs
  std::optional<std::size_t> recorded_done_;  ///< what this run has recorded
  bool applied_ = false;                      ///< by another run
  bool begun_ = false;                        ///< the history has an entry
  bool resumed_ = false;                      ///< the first statement may have been run already
};

/// The statement would end the transaction that the program keeps, or needs a client such as psql.
bool is_out_of_place(const std::string& sql) {
  static constexpr auto words =
      std::to_array<std::string_view>({"begin", "start", "commit", "end", "abort", "rollback"});
  const std::string lower = base::lowered(sql);
  const std::string first = lower.substr(0, lower.find_first_of(" \t\r\n;"));
  const bool copies =
      first == "copy" && (lower.find("stdin") != std::string::npos || lower.find("stdout") != std::string::npos);
  return copies || sql.starts_with('\\') || std::ranges::find(words, first) != words.end();
}

Outcome check_statements(const Migration& migration, const std::string& file) {
  for (std::size_t i = 0; i < migration.up.size(); ++i) {
    if (!is_out_of_place(migration.up[i].sql)) continue;
    return base::failure(
        ErrorCode::MigrationFailed,
        fmt::format("{}: statement {} cannot run in a migration: {}", file, i + 1, migration.up[i].sql),
        "take out what ends a transaction or needs psql; nothing was applied", {file, 0, 0});
  }
  return {};
}

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

base::Result<void> check_runnable(const std::vector<Migration>& migrations, const base::Path& root) {
  for (const Migration& migration : migrations) {
    const std::string file = base::shown(migration.file, root);
    if (!migration.not_runnable.empty()) {
      const bool revision = migration.file.extension() == ".py";
      return base::failure(
          ErrorCode::PendingMigrations,
          fmt::format("{} is not applied, and this program cannot run it: {}", file, migration.not_runnable),
          revision ? "run alembic upgrade head first" : "mend the file", {file, 0, 0});
    }
    if (const auto checked = check_statements(migration, file); !checked) return checked;
  }
  return {};
}

base::Result<void> apply(Connection& connection, const Migration& migration, const ExecutionOptions& options,
                         const Progress& progress) {
  if (const auto runnable = check_runnable({migration}, options.root); !runnable) return runnable;
  return Run(connection, migration, options, progress).all();
}

}  // namespace migration
