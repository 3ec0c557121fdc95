#include "postgres/embedded.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>

#include "base/environment.h"
#include "base/text.h"

namespace postgres {
namespace {
namespace fs = std::filesystem;
using base::Path;

/// One starter or stopper at a time: whoever comes second waits, and finds the work done.
class Lock {
 public:
  explicit Lock(const Path& file) : descriptor_(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)) {
    while (descriptor_ >= 0 && flock(descriptor_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  bool held() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

std::string short_name(const Path& project) { return base::sha256(project.string()).substr(0, 12); }

/// A folder with a short name for the socket: that of the project is too long for a socket's address.
Path short_socket_folder(const Path& project, const ServerUser& user) {
  const std::string runtime = base::environment("XDG_RUNTIME_DIR").value_or("");
  const std::string name = "agent-migrate-" + std::to_string(user.uid) + "-" + short_name(project);
  if (!user.changes && base::is_folder(runtime) && fits_in_socket_address(Path(runtime) / name)) {
    return Path(runtime) / name;
  }
  return Path("/tmp") / name;
}

int data_version(const Path& data) {
  const base::Result<std::string> text = base::read_file(data / "PG_VERSION");
  return text ? std::atoi(text->c_str()) : 0;
}

Path resolved(const Path& path) {
  std::error_code code;
  const Path result = fs::weakly_canonical(fs::absolute(path, code), code);
  return code ? path : result;
}

base::Result<void> ignore_in_git(const Path& folder) {
  const Path file = folder / ".gitignore";
  if (base::is_file(file)) return {};
  return base::write_file(file, "*\n");
}
}  // namespace

Embedded::Embedded(const Path& project) : project_(resolved(project)) {}

base::Path Embedded::home(const ServerUser& user) const {
  if (reachable(project_, user)) return project_ / ".agent-migrate" / "postgres";
  return Path("/var/tmp") / ("agent-migrate-" + std::to_string(user.uid) + "-" + short_name(project_));
}

base::Result<ServerFolders> Embedded::prepared_folders(const ServerUser& user) const {
  if (!base::is_folder(project_)) {
    return base::failure(base::ErrorCode::ConfigInvalid, project_.string() + " is no folder");
  }
  const Path own = project_ / ".agent-migrate";
  const Path server = home(user);
  if (base::Result<void> made = make_private_folder(own, user); !made) return std::unexpected(made.error());
  if (base::Result<void> made = ignore_in_git(own); !made) return std::unexpected(made.error());
  if (base::Result<void> made = make_private_folder(server, user); !made) return std::unexpected(made.error());
  ServerFolders folders{server / "data", server, server / "log"};
  if (!fits_in_socket_address(folders.socket)) {
    folders.socket = short_socket_folder(project_, user);
    if (base::Result<void> made = make_private_folder(folders.socket, user); !made) {
      return std::unexpected(made.error());
    }
  }
  return folders;
}

base::Result<std::string> Embedded::start() {
  const base::Result<ServerUser> user = server_user();
  if (!user) return std::unexpected(user.error());
  const base::Result<ServerFolders> folders = prepared_folders(*user);
  if (!folders) return std::unexpected(folders.error());
  const Lock lock(folders->data.parent_path() / "lock");
  if (!lock.held()) {
    return base::failure(base::ErrorCode::DbConnection,
                         folders->data.parent_path().string() + "/lock: " + std::strerror(errno));
  }
  if (const auto server = running_server(folders->data); server && server->ready) {
    return socket_url(server->socket, "postgres");
  }
  const int version = data_version(folders->data);
  const base::Result<ServerPrograms> programs =
      server_programs(version == 0 ? std::nullopt : std::optional<int>(version));
  if (!programs) return std::unexpected(programs.error());
  if (version == 0) {
    // Made aside and renamed, so that what a crash leaves is never taken for a data folder.
    std::error_code code;
    const Path beside = folders->data.parent_path() / "data.part";
    fs::remove_all(beside, code);
    fs::remove_all(folders->data, code);
    if (base::Result<void> made = initialise(*programs, *user, beside, true); !made) {
      return std::unexpected(made.error());
    }
    fs::rename(beside, folders->data, code);
    if (code) return base::failure(base::ErrorCode::DbConnection, folders->data.string() + ": " + code.message());
  }
  base::Result<RunningServer> server = start_server(*programs, *user, *folders);
  if (!server) return std::unexpected(std::move(server.error()));
  return socket_url(server->socket, "postgres");
}

base::Result<bool> Embedded::stop() {
  const base::Result<ServerUser> user = server_user();
  if (!user) return std::unexpected(user.error());
  const Path folder = home(*user);
  if (!base::is_folder(folder)) return false;
  const Lock lock(folder / "lock");
  const std::optional<RunningServer> server = running_server(folder / "data");
  if (server) {
    if (base::Result<void> stopped = stop_server(server->pid, folder / "data"); !stopped) {
      return std::unexpected(std::move(stopped.error()));
    }
  }
  std::error_code code;
  const Path socket = short_socket_folder(project_, *user);
  if (server && !server->socket.empty() && server->socket != folder) fs::remove_all(server->socket, code);
  if (!fits_in_socket_address(folder)) fs::remove_all(socket, code);
  return server.has_value();
}

EmbeddedStatus Embedded::status() const {
  EmbeddedStatus status;
  const base::Result<ServerUser> user = server_user();
  if (!user) return status;
  const Path folder = home(*user);
  status.data = folder / "data";
  status.log = folder / "log";
  status.major = data_version(status.data);
  status.initialised = status.major != 0;
  if (const auto server = running_server(status.data)) {
    status.running = true;
    status.pid = server->pid;
    status.url = socket_url(server->socket, "postgres");
  }
  return status;
}

}  // namespace postgres
