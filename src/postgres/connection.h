#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

struct pg_result;

namespace postgres {

class Rows;

/// One row of a result, valid as long as its Rows. Values come in the server's text format.
class Row {
 public:
  Row(const pg_result* result, int row) : result_(result), row_(row) {}

  bool null(int column) const;
  /// Empty for NULL.
  std::string_view operator[](int column) const;
  std::string text(int column) const { return std::string((*this)[column]); }
  std::optional<std::string> optional(int column) const;
  bool boolean(int column) const { return (*this)[column] == "t"; }
  /// 0 for NULL and for what is no integer.
  std::int64_t integer(int column) const;
  double real(int column) const;
  /// The elements of a one-dimensional array; NULL elements are empty strings.
  std::vector<std::string> array(int column) const;

 private:
  const pg_result* result_;
  int row_;
};

/// What a statement returned.
class Rows {
 public:
  class Iterator {
   public:
    Iterator(const pg_result* result, int row) : result_(result), row_(row) {}
    Row operator*() const { return {result_, row_}; }
    Iterator& operator++() { return ++row_, *this; }
    bool operator!=(const Iterator& other) const { return row_ != other.row_; }

   private:
    const pg_result* result_;
    int row_;
  };

  Rows() = default;
  explicit Rows(pg_result* result) : result_(result) {}

  int size() const;
  bool empty() const { return size() == 0; }
  Row operator[](int row) const { return {result_.get(), row}; }
  Iterator begin() const { return {result_.get(), 0}; }
  Iterator end() const { return {result_.get(), size()}; }
  /// Rows that the statement inserted, updated, deleted or returned.
  std::int64_t affected() const;
  std::string column_name(int column) const;
  int columns() const;

 private:
  struct Clear {
    void operator()(pg_result* result) const;
  };
  std::unique_ptr<pg_result, Clear> result_;
};

/// The elements of an array in the server's text format ("{a,\"b c\"}"), of one dimension.
std::vector<std::string> array_elements(std::string_view text);
/// The elements as an array in the server's text format.
std::string array_literal(const std::vector<std::string>& elements);

/// One SQL statement with values for $1, $2, …; an absent value is NULL.
struct Statement {
  std::string sql;
  std::vector<std::optional<std::string>> parameters = {};
};

struct Notice {
  std::string severity;
  std::string sqlstate;
  std::string message;
};

/// Where a failed pipeline goes on.
enum class Failure {
  StopsAll,   ///< the statements after the failed one are not run
  StopsSelf,  ///< every statement is run; inside a transaction only savepoints make the later ones succeed
};

/// A connection to a PostgreSQL server. It keeps no state in the session outside a transaction and prepares nothing
/// by name, so that it works through a pooler in transaction mode.
class Connection {
 public:
  /// `url`: a libpq URI or key/value string. Errors are DB_CONNECTION, or CONFIG_INVALID for a malformed URL; no
  /// message ever holds the password.
  static base::Result<Connection> open(const std::string& url);

  Connection(Connection&&) noexcept;
  Connection& operator=(Connection&&) noexcept;
  ~Connection();

  /// One statement. Errors keep the SQLSTATE; 42501 is DB_PERMISSION, a lost connection DB_CONNECTION, what else the
  /// server refuses INTERNAL, for the caller to rename.
  base::Result<Rows> query(const std::string& sql, std::vector<std::optional<std::string>> parameters = {});
  /// One result for each statement, in one round trip.
  std::vector<base::Result<Rows>> pipeline(const std::vector<Statement>& statements,
                                           Failure failure = Failure::StopsAll);
  /// One or more statements separated by semicolons, without parameters. Several of them are one transaction unless
  /// they say otherwise.
  base::Result<void> execute(const std::string& sql);

  /// Asks the server to end the running statement. May be called from a signal handler or another thread.
  bool cancel() const noexcept;

  /// As server_version_num: 150018.
  int server_version() const;
  int major_version() const { return server_version() / 10000; }
  bool is_superuser() const;
  /// A transaction block is open, be it good or failed.
  bool in_transaction() const;
  bool alive() const;
  int backend_pid() const;
  std::string user() const;
  std::string database() const;
  /// "PostgreSQL host:port/dbname"; for unix sockets the host is their folder.
  const std::string& label() const;
  /// The notices received since the last call.
  std::vector<Notice> take_notices();

 private:
  struct Implementation;
  explicit Connection(std::unique_ptr<Implementation> implementation);

  std::unique_ptr<Implementation> implementation_;
};

/// The label of a URL without connecting: for messages.
std::string label(const std::string& url);

}  // namespace postgres
