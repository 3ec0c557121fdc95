#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/session.h"
#include "models/read.h"
#include "postgres/connection.h"

namespace app {

/// A state of a database, as `--from` and `--to` name it, opened: models as they were read, anything else as a
/// connection to a database that has it (files are loaded into a scratch database, which goes when the state does).
struct State {
  std::optional<models::Models> models;
  std::optional<postgres::Connection> connection;
  std::string label;
  bool configured = false;        ///< it is the database of the configuration
  std::shared_ptr<void> scratch;  ///< keeps a scratch database alive
};

/// What can be said about a state before any server is asked: a URL that is malformed, models that are wrong.
base::Result<State> prepare_state(const Session& session, const std::string& written);
/// Connects what needs a connection.
base::Result<void> open_state(const Session& session, const std::string& written, State& state);

/// A connection to the database of the configuration; the embedded server is started for it.
base::Result<postgres::Connection> connect(const Session& session);

}  // namespace app
