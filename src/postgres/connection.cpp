#include "postgres/connection.h"

#include <libpq-fe.h>

#include <array>
#include <charconv>
#include <cstdlib>
#include <utility>

#include "base/text.h"

namespace postgres {
namespace {
using base::ErrorCode;

constexpr auto hint_running = "is the server running? check the database URL, or give another with --db-url";

// ---- URLs

struct Options {
  std::vector<std::pair<std::string, std::string>> values;
  bool has(std::string_view key) const { return !get(key).empty(); }
  std::string get(std::string_view key) const {
    for (const auto& [name, value] : values) {
      if (name == key) return value;
    }
    return {};
  }
};

std::unexpected<base::Error> malformed(std::string message) {
  return base::failure(ErrorCode::ConfigInvalid, "the database URL is malformed: " + std::move(message),
                       "postgresql://user:password@host:port/database, with special characters percent-encoded");
}

/// libpq quotes pieces of the URL, which may be pieces of a password.
std::string without_quotations(std::string_view message) {
  std::string result;
  bool quoted = false;
  for (const char c : message) {
    if (c == '"') {
      if (!quoted) result += "\"…\"";
      quoted = !quoted;
    } else if (!quoted) {
      result += c;
    }
  }
  return std::string(base::trimmed(result));
}

/// An unescaped '/' in a password turns what follows into a port and a database name, which messages would show.
bool password_with_slash(std::string_view url) {
  const auto start = url.find("://");
  if (start == std::string_view::npos) return false;
  const std::string_view rest = url.substr(start + 3, url.find('?') - start - 3);
  const auto slash = rest.find('/');
  return slash != std::string_view::npos && rest.find('@', slash) != std::string_view::npos &&
         rest.substr(0, slash).find('@') == std::string_view::npos;
}

base::Result<Options> parsed(const std::string& url) {
  if (password_with_slash(url)) return malformed("'@' after '/'");
  char* message = nullptr;
  PQconninfoOption* options = PQconninfoParse(url.c_str(), &message);
  if (options == nullptr) {
    const std::string text = without_quotations(message == nullptr ? "out of memory" : message);
    PQfreemem(message);
    return malformed(text);
  }
  Options result;
  for (PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
    if (option->val != nullptr && *option->val != '\0') result.values.emplace_back(option->keyword, option->val);
  }
  PQconninfoFree(options);
  return result;
}

std::string scrubbed(std::string message, const Options& options) {
  for (const auto* key : {"password", "sslpassword"}) {
    const std::string secret = options.get(key);
    if (secret.size() > 2) message = base::replaced(std::move(message), secret, "***");
  }
  return message;
}

std::string label_of(std::string host, const std::string& port, const std::string& database) {
  if (host.empty()) host = "localhost";
  return "PostgreSQL " + host + ":" + (port.empty() ? "5432" : port) + "/" + database;
}

// ---- errors

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? std::string() : std::string(text);
}

ErrorCode code_of(std::string_view sqlstate) {
  if (sqlstate == "42501") return ErrorCode::DbPermission;
  for (const std::string_view prefix : {"08", "28", "53", "57P"}) {
    if (sqlstate.starts_with(prefix)) return ErrorCode::DbConnection;
  }
  return ErrorCode::Internal;
}

base::Error error_of(const PGresult* result, const std::string& otherwise) {
  base::Error error;
  error.sqlstate = field(result, PG_DIAG_SQLSTATE);
  error.message = field(result, PG_DIAG_MESSAGE_PRIMARY);
  if (const std::string detail = field(result, PG_DIAG_MESSAGE_DETAIL); !detail.empty()) {
    error.message += " (" + detail + ")";
  }
  error.hint = field(result, PG_DIAG_MESSAGE_HINT);
  error.code = code_of(error.sqlstate);
  if (error.message.empty()) {
    error.message = std::string(base::trimmed(otherwise));
    error.code = ErrorCode::DbConnection;
  }
  if (error.hint.empty() && error.code == ErrorCode::DbConnection) error.hint = hint_running;
  if (error.hint.empty() && error.code == ErrorCode::DbPermission) {
    error.hint = "grant the role of the connection what it lacks, or connect as another role";
  }
  return error;
}

bool succeeded(const PGresult* result) {
  switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE:
    case PGRES_EMPTY_QUERY:
    case PGRES_PIPELINE_SYNC:
      return true;
    default:
      return false;
  }
}
}  // namespace

// ---- rows

bool Row::null(int column) const { return PQgetisnull(result_, row_, column) != 0; }

std::string_view Row::operator[](int column) const {
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

std::optional<std::string> Row::optional(int column) const {
  if (null(column)) return std::nullopt;
  return text(column);
}

std::int64_t Row::integer(int column) const {
  const std::string_view digits = (*this)[column];
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

double Row::real(int column) const { return std::strtod(PQgetvalue(result_, row_, column), nullptr); }

std::vector<std::string> Row::array(int column) const { return array_elements((*this)[column]); }

void Rows::Clear::operator()(pg_result* result) const { PQclear(result); }

int Rows::size() const { return result_ == nullptr ? 0 : PQntuples(result_.get()); }

int Rows::columns() const { return result_ == nullptr ? 0 : PQnfields(result_.get()); }

std::string Rows::column_name(int column) const {
  const char* name = result_ == nullptr ? nullptr : PQfname(result_.get(), column);
  return name == nullptr ? std::string() : std::string(name);
}

std::int64_t Rows::affected() const {
  const std::string_view digits = result_ == nullptr ? "" : PQcmdTuples(result_.get());
  std::int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::vector<std::string> array_elements(std::string_view text) {
  std::vector<std::string> elements;
  if (text.size() < 2 || text == "{}") return elements;
  std::string element;
  bool quoted = false;
  bool was_quoted = false;
  const auto finish = [&] {
    elements.push_back(!was_quoted && element == "NULL" ? std::string() : element);
    element.clear();
    was_quoted = false;
  };
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const char c = text[i];
    if (c == '\\' && i + 2 < text.size()) {
      element += text[++i];
    } else if (c == '"') {
      quoted = !quoted;
      was_quoted = true;
    } else if (c == ',' && !quoted) {
      finish();
    } else {
      element += c;
    }
  }
  finish();
  return elements;
}

std::string array_literal(const std::vector<std::string>& elements) {
  std::string result = "{";
  for (const std::string& element : elements) {
    if (result.size() > 1) result += ',';
    result += '"';
    for (const char c : element) {
      if (c == '"' || c == '\\') result += '\\';
      result += c;
    }
    result += '"';
  }
  return result + "}";
}

// ---- connection

struct Connection::Implementation {
  PGconn* connection = nullptr;
  PGcancel* canceller = nullptr;
  Options options;
  std::string label;
  std::vector<Notice> notices;

  Implementation() = default;
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;
  ~Implementation() {
    PQfreeCancel(canceller);
    PQfinish(connection);
  }

  std::string last_message() const { return scrubbed(PQerrorMessage(connection), options); }

  base::Error lost() const {
    base::Error error;
    error.code = ErrorCode::DbConnection;
    error.message = std::string(base::trimmed(last_message()));
    if (error.message.empty()) error.message = "the connection was lost";
    error.hint = hint_running;
    return error;
  }

  base::Result<Rows> outcome(PGresult* result) const {
    if (result == nullptr) return std::unexpected(lost());
    Rows rows(result);
    if (succeeded(result)) return rows;
    base::Error error = error_of(result, last_message());
    if (PQstatus(connection) != CONNECTION_OK) error.code = ErrorCode::DbConnection;
    return std::unexpected(std::move(error));
  }
};

namespace {
void collect_notice(void* where, const PGresult* result) {
  auto& notices = *static_cast<std::vector<Notice>*>(where);
  notices.push_back({field(result, PG_DIAG_SEVERITY_NONLOCALIZED), field(result, PG_DIAG_SQLSTATE),
                     field(result, PG_DIAG_MESSAGE_PRIMARY)});
}

/// Parameters in the form libpq takes.
std::vector<const char*> pointers(const std::vector<std::optional<std::string>>& parameters) {
  std::vector<const char*> result;
  result.reserve(parameters.size());
  for (const auto& parameter : parameters) result.push_back(parameter ? parameter->c_str() : nullptr);
  return result;
}

PGconn* connected(const Options& options) {
  std::vector<const char*> keys{"connect_timeout", "fallback_application_name"};
  std::vector<const char*> values{"10", "agent-migrate"};
  for (const auto& [key, value] : options.values) {
    if (key == "client_encoding") continue;
    keys.push_back(key.c_str());
    values.push_back(value.c_str());
  }
  keys.insert(keys.end(), {"client_encoding", nullptr});
  values.insert(values.end(), {"UTF8", nullptr});
  return PQconnectdbParams(keys.data(), values.data(), 0);
}
}  // namespace

Connection::Connection(std::unique_ptr<Implementation> implementation) : implementation_(std::move(implementation)) {}
Connection::Connection(Connection&&) noexcept = default;
Connection& Connection::operator=(Connection&&) noexcept = default;
Connection::~Connection() = default;

base::Result<Connection> Connection::open(const std::string& url) {
  base::Result<Options> options = parsed(url);
  if (!options) return std::unexpected(options.error());
  auto made = std::make_unique<Implementation>();
  made->options = std::move(*options);
  made->connection = connected(made->options);
  if (PQstatus(made->connection) != CONNECTION_OK) return std::unexpected(made->lost());
  if (PQserverVersion(made->connection) < 130000) {
    return base::failure(ErrorCode::DbConnection, "the server is PostgreSQL " +
                                                      std::to_string(PQserverVersion(made->connection) / 10000) +
                                                      "; 13 or newer is needed");
  }
  made->canceller = PQgetCancel(made->connection);
  made->label = label_of(PQhost(made->connection), PQport(made->connection), PQdb(made->connection));
  PQsetNoticeReceiver(made->connection, collect_notice, &made->notices);
  return Connection(std::move(made));
}

base::Result<Rows> Connection::query(const std::string& sql, std::vector<std::optional<std::string>> parameters) {
  const std::vector<const char*> values = pointers(parameters);
  return implementation_->outcome(PQexecParams(implementation_->connection, sql.c_str(),
                                               static_cast<int>(values.size()), nullptr, values.data(), nullptr,
                                               nullptr, 0));
}

base::Result<void> Connection::execute(const std::string& sql) {
  base::Result<Rows> rows = implementation_->outcome(PQexec(implementation_->connection, sql.c_str()));
  if (!rows) return std::unexpected(std::move(rows.error()));
  return {};
}

std::vector<base::Result<Rows>> Connection::pipeline(const std::vector<Statement>& statements, Failure failure) {
  PGconn* const connection = implementation_->connection;
  std::vector<base::Result<Rows>> results;
  results.reserve(statements.size());
  const auto all_failed = [&] {
    while (results.size() < statements.size()) results.emplace_back(std::unexpected(implementation_->lost()));
    return std::move(results);
  };
  if (statements.empty()) return results;
  if (PQenterPipelineMode(connection) == 0) return all_failed();
  const bool each = failure == Failure::StopsSelf;
  for (const Statement& statement : statements) {
    const std::vector<const char*> values = pointers(statement.parameters);
    if (PQsendQueryParams(connection, statement.sql.c_str(), static_cast<int>(values.size()), nullptr, values.data(),
                          nullptr, nullptr, 0) == 0) {
      return all_failed();
    }
    if (each && PQpipelineSync(connection) == 0) return all_failed();
  }
  if (!each && PQpipelineSync(connection) == 0) return all_failed();

  while (results.size() < statements.size()) {
    PGresult* result = PQgetResult(connection);
    if (result == nullptr) {
      if (PQstatus(connection) != CONNECTION_OK) return all_failed();
      continue;  // the end of one statement's results
    }
    if (PQresultStatus(result) == PGRES_PIPELINE_SYNC) {
      PQclear(result);
    } else if (PQresultStatus(result) == PGRES_PIPELINE_ABORTED) {
      PQclear(result);
      results.push_back(base::failure(ErrorCode::Internal, "not run, since a statement before it failed"));
    } else {
      results.push_back(implementation_->outcome(result));
    }
  }
  // What is left are the ends of results and the last synchronisation point.
  for (bool synchronised = false; !synchronised && PQstatus(connection) == CONNECTION_OK;) {
    PGresult* result = PQgetResult(connection);
    synchronised = result != nullptr && PQresultStatus(result) == PGRES_PIPELINE_SYNC;
    PQclear(result);
  }
  PQexitPipelineMode(connection);
  return results;
}

bool Connection::cancel() const noexcept {
  std::array<char, 256> message{};
  return PQcancel(implementation_->canceller, message.data(), static_cast<int>(message.size())) == 1;
}

bool Connection::is_superuser() const {
  const char* const status = PQparameterStatus(implementation_->connection, "is_superuser");
  return status != nullptr && std::string_view(status) == "on";
}

int Connection::server_version() const { return PQserverVersion(implementation_->connection); }

bool Connection::in_transaction() const {
  const auto status = PQtransactionStatus(implementation_->connection);
  return status == PQTRANS_INTRANS || status == PQTRANS_INERROR || status == PQTRANS_ACTIVE;
}

bool Connection::alive() const { return PQstatus(implementation_->connection) == CONNECTION_OK; }

int Connection::backend_pid() const { return PQbackendPID(implementation_->connection); }

std::string Connection::user() const { return PQuser(implementation_->connection); }

std::string Connection::database() const { return PQdb(implementation_->connection); }

const std::string& Connection::label() const { return implementation_->label; }

std::vector<Notice> Connection::take_notices() { return std::exchange(implementation_->notices, {}); }

std::string label(const std::string& url) {
  const base::Result<Options> options = parsed(url);
  if (!options) return "PostgreSQL";
  std::string host = options->get("host");
  if (host.empty()) host = options->get("hostaddr");
  std::string database = options->get("dbname");
  if (database.empty()) database = options->get("user");
  return label_of(host, options->get("port"), database);
}

}  // namespace postgres
