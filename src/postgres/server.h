#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file.h"

/// Private PostgreSQL servers made from whatever server programs the machine has: on a unix socket only, and as an
/// unprivileged user where we are root.
namespace postgres {

/// A folder with `initdb` and `postgres`.
struct ServerPrograms {
  base::Path folder;
  int major = 0;
};

/// $PGBIN alone where it is set, else those in PATH and the newest of Debian's. With a major version, only programs of
/// that version.
base::Result<ServerPrograms> server_programs(std::optional<int> major = std::nullopt);

/// Who runs servers: we ourselves, or as root `postgres`, else `nobody`.
struct ServerUser {
  unsigned uid = 0;
  unsigned gid = 0;
  bool changes = false;  ///< we are root, and the server is not
};
base::Result<ServerUser> server_user();

/// A data folder that is initialised, and how its server is run.
struct ServerFolders {
  base::Path data;
  base::Path socket;
  base::Path log;
};

/// Makes the data folder; with `sync` it is safe on the disk.
base::Result<void> initialise(const ServerPrograms& programs, const ServerUser& user, const base::Path& data,
                              bool sync);

/// The server of the data folder as its postmaster.pid tells, if that process lives.
struct RunningServer {
  int pid = 0;
  base::Path socket;
  bool ready = false;
};
std::optional<RunningServer> running_server(const base::Path& data);

/// Starts a server that goes on when we end. Waits until it takes connections.
base::Result<RunningServer> start_server(const ServerPrograms& programs, const ServerUser& user,
                                         const ServerFolders& folders);

/// Ends the server and waits until it is gone.
base::Result<void> stop_server(int pid, const base::Path& data);

/// A server that ends with us, however we end, and whose folder is removed then.
class TemporaryServer {
 public:
  static base::Result<TemporaryServer> start(const ServerPrograms& programs, const ServerUser& user,
                                             const base::Path& root, const ServerFolders& folders);

  TemporaryServer(TemporaryServer&& other) noexcept;
  TemporaryServer& operator=(TemporaryServer&& other) noexcept;
  ~TemporaryServer();

  void stop();

 private:
  TemporaryServer(int pipe, int watchdog) : pipe_(pipe), watchdog_(watchdog) {}

  int pipe_ = -1;      ///< the watchdog ends the server when it sees the end of this pipe
  int watchdog_ = -1;  ///< its process
};

/// "postgresql://postgres@/DATABASE?host=FOLDER"
std::string socket_url(const base::Path& socket, const std::string& database);

/// The longest socket folder that leaves room for "/.s.PGSQL.5432" in sockaddr_un.
bool fits_in_socket_address(const base::Path& folder);

/// The user could enter the folder (or the nearest parent that exists).
bool reachable(const base::Path& folder, const ServerUser& user);

/// Makes a folder of mode 700 that belongs to the user; fails where somebody else's is in the way.
base::Result<void> make_private_folder(const base::Path& folder, const ServerUser& user);

}  // namespace postgres
