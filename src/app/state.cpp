#include "app/state.h"

#include "app/desired.h"
#include "base/environment.h"
#include "config/url.h"
#include "postgres/embedded.h"
#include "postgres/scratch.h"
#include "sql/script.h"

namespace app {
namespace {

using base::ErrorCode;

bool is_url(const std::string& written) {
  return written.find("://") != std::string::npos || written.starts_with("env:") || written == "embedded";
}

base::Result<std::string> libpq_url(const Session& session, const config::DatabaseUrl& url) {
  if (!url.embedded) return config::libpq_url(url);
  session.progress("starting the embedded server");
  return postgres::Embedded(session.config.root).start();
}

base::Result<void> connect_to(const Session& session, const config::DatabaseUrl& url, State& state) {
  const auto text = libpq_url(session, url);
  if (!text) return std::unexpected(text.error());
  auto connection = postgres::Connection::open(*text);
  if (!connection) {
    base::Error error = connection.error();
    error.message = postgres::label(*text) + ": " + error.message;
    return std::unexpected(std::move(error));
  }
  state.label = connection->label();
  state.connection.emplace(std::move(*connection));
  return {};
}

base::Result<config::DatabaseUrl> url_of(const std::string& written) {
  return config::database_url({written, "the state", {}}, base::environment);
}

/// Runs a script in the scratch database, statement by statement, so that an error has a place.
base::Result<void> load(postgres::Connection& connection, const base::Path& file, const base::Path& root) {
  const auto text = base::read_file(file);
  if (!text) return std::unexpected(text.error());
  auto statements = sql::statements(*text);
  if (!statements) {
    base::Error error = statements.error();
    error.place.file = base::shown(file, root);
    error.message = base::text(error.place) + ": " + error.message;
    return std::unexpected(error);
  }
  for (const auto& statement : *statements) {
    if (const auto ran = connection.query(statement.text); !ran) {
      base::Place place{base::shown(file, root), statement.line, 0};
      base::Error error = base::failure(ErrorCode::ParseError, base::text(place) + ": " + ran.error().message,
                                        "PostgreSQL refuses the statement: mend the file", place)
                              .error();
      error.sqlstate = ran.error().sqlstate;
      return std::unexpected(error);
    }
  }
  return {};
}

base::Result<void> load_files(const Session& session, const std::string& written, State& state) {
  const base::Path path = session.config.root / written;
  if (base::is_file(path)) return load(*state.connection, path, session.config.root);
  for (const auto& name : base::entries(path)) {
    if (name.extension() != ".sql") continue;
    if (const auto loaded = load(*state.connection, path / name, session.config.root); !loaded) return loaded;
  }
  return {};
}

base::Result<void> open_scratch(const Session& session, State& state) {
  session.progress("starting a scratch server");
  auto scratch = postgres::Scratch::start();
  if (!scratch) return std::unexpected(scratch.error());
  const auto url = scratch->new_database();
  if (!url) return std::unexpected(url.error());
  auto connection = postgres::Connection::open(*url);
  if (!connection) return std::unexpected(connection.error());
  state.scratch = std::make_shared<postgres::Scratch>(std::move(*scratch));
  state.connection.emplace(std::move(*connection));
  return {};
}

}  // namespace

base::Result<State> prepare_state(const Session& session, const std::string& written) {
  State state;
  if (written == "models") {
    auto models = read_models(session);
    if (!models) return std::unexpected(models.error());
    state.models.emplace(std::move(*models));
    state.label = "models";
  } else if (written == "database") {
    if (!session.config.database) return std::unexpected(session.config.database.error());
    state.configured = true;
    state.label = config::label(*session.config.database);
  } else if (is_url(written)) {
    const auto url = url_of(written);
    if (!url) return std::unexpected(url.error());
    state.label = config::label(*url);
  } else if (written != "empty") {
    const base::Path path = session.config.root / written;
    if (!base::is_file(path) && !base::is_folder(path)) {
      return base::failure(ErrorCode::ConfigInvalid, written + ": no such state",
                           "a state is models, a database URL, a .sql file, a folder of migrations, or empty");
    }
    state.label = written;
  } else {
    state.label = "empty";
  }
  return state;
}

base::Result<void> open_state(const Session& session, const std::string& written, State& state) {
  if (written == "database") return connect_to(session, *session.config.database, state);
  if (is_url(written)) {
    const auto url = url_of(written);
    if (!url) return std::unexpected(url.error());
    return connect_to(session, *url, state);
  }
  if (const auto opened = open_scratch(session, state); !opened) return opened;
  if (written == "empty") return {};
  return load_files(session, written, state);
}

base::Result<postgres::Connection> connect(const Session& session) {
  if (!session.config.database) return std::unexpected(session.config.database.error());
  State state;
  if (const auto connected = connect_to(session, *session.config.database, state); !connected)
    return std::unexpected(connected.error());
  return std::move(*state.connection);
}

}  // namespace app
