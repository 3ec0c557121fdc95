#include "postgres/scratch.h"

#include <sys/stat.h>
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
using base::ErrorCode;
using base::Path;

/// A data folder as initdb makes it, kept in the user's cache, since making it takes ten times as long as copying it.
/// Empty where there is no place to keep it.
Path cached_template(const ServerPrograms& programs) {
  std::string cache = base::environment("XDG_CACHE_HOME").value_or("");
  if (const std::string home = base::environment("HOME").value_or(""); cache.empty() && !home.empty()) {
    cache = home + "/.cache";
  }
  if (cache.empty()) return {};
  std::error_code code;
  const Path program = fs::weakly_canonical(programs.folder / "postgres", code);
  const auto time = fs::last_write_time(program, code).time_since_epoch().count();
  const std::string key = base::sha256(program.string() + std::to_string(time)).substr(0, 12);
  return Path(cache) / "agent-migrate" / ("template-" + std::to_string(programs.major) + "-" + key);
}

bool give_away(const Path& folder, const ServerUser& user) {
  if (!user.changes) return true;
  bool good = lchown(folder.c_str(), user.uid, user.gid) == 0;
  std::error_code code;
  for (fs::recursive_directory_iterator entry(folder, code), end; !code && entry != end; entry.increment(code)) {
    good = lchown(entry->path().c_str(), user.uid, user.gid) == 0 && good;
  }
  return good && !code;
}

bool copied(const Path& from, const Path& to) {
  std::error_code code;
  fs::copy(from, to, fs::copy_options::recursive | fs::copy_options::copy_symlinks, code);
  return !code;
}

/// Keeps a copy for the next time; renamed at the end, so that nobody sees half of it.
void keep(const Path& data, const Path& cached) {
  std::error_code code;
  fs::create_directories(cached.parent_path(), code);
  const Path beside = cached.string() + "." + base::random_hex(4) + ".part";
  if (copied(data, beside)) fs::rename(beside, cached, code);
  fs::remove_all(beside, code);
}

base::Result<void> make_data(const ServerPrograms& programs, const ServerUser& user, const Path& data) {
  const Path cached = cached_template(programs);
  std::error_code code;
  if (!cached.empty() && base::is_file(cached / "PG_VERSION")) {
    if (copied(cached, data) && give_away(data, user)) {
      fs::permissions(data, fs::perms::owner_all, code);
      return {};
    }
    fs::remove_all(data, code);
  }
  if (base::Result<void> made = initialise(programs, user, data, false); !made) return made;
  if (!cached.empty()) keep(data, cached);
  return {};
}

base::Result<Path> made_root(const ServerUser& user) {
  std::string name = (base::is_folder("/tmp") ? Path("/tmp") : fs::temp_directory_path()) / "agent-migrate-XXXXXX";
  if (mkdtemp(name.data()) == nullptr) {
    return base::failure(ErrorCode::DbConnection, name + ": " + std::strerror(errno));
  }
  if (user.changes && chown(name.c_str(), user.uid, user.gid) != 0) {
    return base::failure(ErrorCode::DbConnection, name + ": " + std::strerror(errno));
  }
  return Path(name);
}
}  // namespace

base::Result<Scratch> Scratch::start(std::optional<int> major) {
  const base::Result<ServerUser> user = server_user();
  if (!user) return std::unexpected(user.error());
  base::Result<ServerPrograms> programs = server_programs(major);
  if (!programs && major) programs = server_programs();
  if (!programs) return std::unexpected(programs.error());
  const base::Result<Path> root = made_root(*user);
  if (!root) return std::unexpected(root.error());
  const ServerFolders folders{*root / "data", *root, *root / "log"};
  const auto given_up = [&](base::Error error) {
    std::error_code code;
    fs::remove_all(*root, code);
    return std::unexpected(std::move(error));
  };
  if (base::Result<void> made = make_data(*programs, *user, folders.data); !made) return given_up(made.error());
  base::Result<TemporaryServer> server = TemporaryServer::start(*programs, *user, *root, folders);
  if (!server) return given_up(std::move(server.error()));
  return Scratch(std::move(*server), *root, programs->major);
}

base::Result<std::string> Scratch::new_database() {
  base::Result<Connection> connection = Connection::open(url());
  if (!connection) return std::unexpected(std::move(connection.error()));
  const std::string name = "scratch_" + std::to_string(++databases_);
  const base::Result<void> made = connection->execute("CREATE DATABASE " + name + " TEMPLATE template0");
  if (!made) return std::unexpected(made.error());
  return socket_url(socket_, name);
}

}  // namespace postgres
