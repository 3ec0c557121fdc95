#pragma once

#include <optional>
#include <string>

#include "base/error.h"
#include "base/file.h"
#include "postgres/server.h"

namespace postgres {

struct EmbeddedStatus {
  bool initialised = false;
  bool running = false;
  int pid = 0;
  int major = 0;    ///< of the data, once it is initialised
  std::string url;  ///< while it runs
  base::Path data;
  base::Path log;
};

/// The private server of a project: `--db-url embedded`. Its data lie under `<project>/.agent-migrate/`; where the
/// user that runs the server cannot enter the project's folder, in a folder of its own below /var/tmp.
class Embedded {
 public:
  explicit Embedded(const base::Path& project);

  /// Starts the server, or finds it running; gives its URL. Makes it at the first time.
  base::Result<std::string> start();
  /// True if it was running.
  base::Result<bool> stop();
  EmbeddedStatus status() const;

 private:
  base::Result<ServerFolders> prepared_folders(const ServerUser& user) const;
  base::Path home(const ServerUser& user) const;

  base::Path project_;
};

}  // namespace postgres
