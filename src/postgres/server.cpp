#include "postgres/server.h"

#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <cstring>
#include <locale>
#include <thread>
#include <utility>

#include "base/environment.h"
#include "base/text.h"

namespace postgres {
namespace {
namespace fs = std::filesystem;
using base::ErrorCode;
using base::Path;
using namespace std::chrono_literals;

constexpr auto patience = 60s;

std::unexpected<base::Error> failed(std::string message, std::string hint = {}) {
  return base::failure(ErrorCode::DbConnection, std::move(message), std::move(hint));
}

std::vector<char*> argument_pointers(const std::vector<std::string>& arguments) {
  std::vector<char*> result;
  for (const std::string& argument : arguments) result.push_back(const_cast<char*>(argument.c_str()));
  result.push_back(nullptr);
  return result;
}

/// Between fork and exec: only what is safe there. Gives up root, takes its files, leaves the terminal.
[[noreturn]] void become(char* const* arguments, const ServerUser& user, int input, int output) {
  if (setsid() < 0) { /* already a leader */
  }
  umask(0077);
  if (user.changes && (setgroups(0, nullptr) != 0 || setgid(user.gid) != 0 || setuid(user.uid) != 0)) _exit(126);
  if (chdir("/") != 0) _exit(126);
  if (dup2(input, 0) < 0 || dup2(output, 1) < 0 || dup2(output, 2) < 0) _exit(126);
  closefrom(3);
  for (const int number : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGPIPE, SIGCHLD}) signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  execv(arguments[0], arguments);
  _exit(127);
}

int wait_for(int pid) {
  int status = 0;
  while (waitpid(pid, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// Runs a program to its end; what it wrote.
base::Result<std::string> output_of(const std::vector<std::string>& command, const ServerUser& user) {
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) return failed(std::string("pipe: ") + std::strerror(errno));
  const int nothing = ::open("/dev/null", O_RDWR | O_CLOEXEC);
  const std::vector<char*> arguments = argument_pointers(command);
  const int pid = fork();
  if (pid == 0) become(arguments.data(), user, nothing, pipe_ends[1]);
  ::close(pipe_ends[1]);
  ::close(nothing);
  std::string output;
  char buffer[4096];
  for (ssize_t got = 0; pid > 0 && (got = ::read(pipe_ends[0], buffer, sizeof buffer)) != 0;) {
    if (got > 0) output.append(buffer, static_cast<std::size_t>(got));
    if (got < 0 && errno != EINTR) break;
  }
  ::close(pipe_ends[0]);
  if (pid < 0) return failed(std::string("fork: ") + std::strerror(errno));
  if (const int status = wait_for(pid); status != 0) {
    return failed(command.front() + " failed: " + std::string(base::trimmed(output)));
  }
  return output;
}

// ---- programs

bool has_programs(const Path& folder) {
  return access((folder / "postgres").c_str(), X_OK) == 0 && access((folder / "initdb").c_str(), X_OK) == 0;
}

/// "postgres (PostgreSQL) 15.18 (Debian …)", "17beta1"
int major_of(const Path& folder) {
  const base::Result<std::string> said = output_of({(folder / "postgres").string(), "--version"}, {});
  if (!said) return 0;
  const auto start = said->find(") ");
  return start == std::string::npos ? 0 : std::atoi(said->c_str() + start + 2);
}

/// Debian's folders are named by their version; newest first.
std::vector<Path> debian_folders() {
  const Path root = "/usr/lib/postgresql";
  std::vector<std::pair<int, Path>> found;
  for (const Path& name : base::entries(root)) found.emplace_back(std::atoi(name.c_str()), root / name / "bin");
  std::ranges::sort(found, std::ranges::greater{}, [](const auto& entry) { return entry.first; });
  std::vector<Path> result;
  for (auto& [version, folder] : found) result.push_back(std::move(folder));
  return result;
}

std::vector<Path> candidates() {
  if (const auto chosen = base::environment("PGBIN"); chosen && !chosen->empty()) return {Path(*chosen)};
  std::vector<Path> result;
  for (const std::string& folder : base::split(base::environment("PATH").value_or(""), ':')) {
    if (!folder.empty()) result.emplace_back(folder);
  }
  for (Path& folder : debian_folders()) result.push_back(std::move(folder));
  return result;
}

// ---- the process

std::vector<std::string> lines_of(const Path& file) {
  const base::Result<std::string> text = base::read_file(file);
  if (!text) return {};
  return base::split(*text, '\n');
}

/// The process is a server whose working folder is the data folder: no other one that got the same number.
bool is_server_of(int pid, const Path& data) {
  if (pid <= 0) return false;
  waitpid(pid, nullptr, WNOHANG);  // it may be our own child that ended
  if (kill(pid, 0) != 0 && errno != EPERM) return false;
  std::error_code code;
  const Path proc = "/proc/" + std::to_string(pid);
  if (!fs::exists(proc, code)) return !fs::exists("/proc/self", code);
  const Path folder = fs::read_symlink(proc / "cwd", code);
  if (!code) return fs::equivalent(folder, data, code) && !code;
  const base::Result<std::string> name = base::read_file(proc / "comm");
  return name && name->starts_with("postgres");
}

std::string last_words(const Path& log) {
  const std::vector<std::string> lines = lines_of(log);
  std::string words;
  for (const std::string& line : lines) {
    const auto at = line.find("FATAL:");
    if (at != std::string::npos) words = base::trimmed(line.substr(at + 6));
  }
  return words;
}

/// Waits until the server says in postmaster.pid that it is ready. `alive` tells whether it can still come.
template <class Alive>
base::Result<RunningServer> wait_until_ready(const ServerFolders& folders, Alive alive) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (std::chrono::steady_clock::now() < deadline) {
    if (const auto server = running_server(folders.data); server && server->ready) return *server;
    if (!alive()) break;
    std::this_thread::sleep_for(3ms);
  }
  std::string words = last_words(folders.log);
  if (words.empty()) words = "it does not answer";
  return failed("the private PostgreSQL server could not be started: " + words, "see " + folders.log.string());
}

std::vector<std::string> server_command(const ServerPrograms& programs, const ServerFolders& folders) {
  return {(programs.folder / "postgres").string(),
          "-D",
          folders.data.string(),
          "-k",
          folders.socket.string(),
          "-c",
          "listen_addresses=",
          "-c",
          "unix_socket_permissions=0700",
          "-c",
          "logging_collector=off",
          "-c",
          "log_destination=stderr"};
}

base::Result<int> opened_log(const Path& log, const ServerUser& user, int flags) {
  const int descriptor = ::open(log.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | flags, 0600);
  if (descriptor < 0) return failed(log.string() + ": " + std::strerror(errno));
  if (user.changes && fchown(descriptor, user.uid, user.gid) != 0) { /* it can still be written to */
  }
  return descriptor;
}

/// Reasons for which a name in a URL must be written with %.
std::string percent_encoded(const std::string& text) {
  std::string result;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos) {
      result += c;
    } else {
      constexpr std::string_view digits = "0123456789ABCDEF";
      result += '%';
      result += digits[byte >> 4];
      result += digits[byte & 15];
    }
  }
  return result;
}
}  // namespace

base::Result<ServerPrograms> server_programs(std::optional<int> major) {
  const bool chosen = !base::environment("PGBIN").value_or("").empty();
  for (const Path& folder : candidates()) {
    if (!has_programs(folder)) continue;
    const int found = major_of(folder);
    if (found >= 13 && (!major || found == *major)) return ServerPrograms{folder, found};
  }
  const std::string version = major ? " of version " + std::to_string(*major) : "";
  return failed(
      "no PostgreSQL server programs" + version + (chosen ? " in $PGBIN" : " on this machine"),
      "install PostgreSQL (Debian: apt-get install postgresql), or say with PGBIN where initdb and postgres are");
}

base::Result<ServerUser> server_user() {
  if (geteuid() != 0) return ServerUser{geteuid(), getegid(), false};
  for (const char* name : {"postgres", "nobody"}) {
    if (const passwd* entry = getpwnam(name)) return ServerUser{entry->pw_uid, entry->pw_gid, true};
  }
  return failed("PostgreSQL does not run as root, and there is no user postgres or nobody to run it as",
                "run agent-migrate as an ordinary user");
}

base::Result<void> initialise(const ServerPrograms& programs, const ServerUser& user, const Path& data, bool sync) {
  const bool has_utf8_locale = setlocale(LC_CTYPE, "C.UTF-8") != nullptr;
  setlocale(LC_CTYPE, "C");
  std::vector<std::string> command{
      (programs.folder / "initdb").string(), "-D", data.string(), "-U", "postgres", "-A", "trust", "-E", "UTF8"};
  command.push_back(has_utf8_locale ? "--locale=C.UTF-8" : "--locale=C");
  if (!sync) command.insert(command.end(), {"--no-sync", "--wal-segsize=1"});
  base::Result<std::string> output = output_of(command, user);
  if (!output) return std::unexpected(std::move(output.error()));
  return {};
}

std::optional<RunningServer> running_server(const Path& data) {
  // pid, data folder, start time, port, socket folder, listen address, shared memory, status
  const std::vector<std::string> lines = lines_of(data / "postmaster.pid");
  if (lines.empty()) return std::nullopt;
  const int pid = std::atoi(lines[0].c_str());
  if (!is_server_of(pid, data)) return std::nullopt;
  RunningServer server{pid, lines.size() > 4 ? lines[4] : "", false};
  server.ready = lines.size() > 7 && lines[7].starts_with("ready");
  return server;
}

namespace {
base::Result<RunningServer> try_to_start(const ServerPrograms& programs, const ServerUser& user,
                                         const ServerFolders& folders) {
  const base::Result<int> log = opened_log(folders.log, user, O_TRUNC);
  if (!log) return std::unexpected(log.error());
  const int nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  const std::vector<std::string> command = server_command(programs, folders);
  const std::vector<char*> arguments = argument_pointers(command);
  const int pid = fork();
  if (pid == 0) become(arguments.data(), user, nothing, *log);
  ::close(*log);
  ::close(nothing);
  if (pid < 0) return failed(std::string("fork: ") + std::strerror(errno));
  bool reaped = false;
  base::Result<RunningServer> server = wait_until_ready(folders, [&] {
    reaped = reaped || waitpid(pid, nullptr, WNOHANG) == pid;
    return !reaped;
  });
  if (!server && !reaped) {
    kill(pid, SIGQUIT);
    wait_for(pid);
  }
  return server;
}
}  // namespace

base::Result<RunningServer> start_server(const ServerPrograms& programs, const ServerUser& user,
                                         const ServerFolders& folders) {
  // The lock files that a crash left must not be taken for those of a process which got the same number since.
  std::error_code code;
  if (!running_server(folders.data)) {
    fs::remove(folders.data / "postmaster.pid", code);
    fs::remove(folders.socket / ".s.PGSQL.5432.lock", code);
  }
  // The children of a server that was killed need a moment to see it.
  base::Result<RunningServer> server = try_to_start(programs, user, folders);
  for (int again = 0; again < 20 && !server && last_words(folders.log).ends_with("is still in use"); ++again) {
    std::this_thread::sleep_for(100ms);
    server = try_to_start(programs, user, folders);
  }
  return server;
}

base::Result<void> stop_server(int pid, const Path& data) {
  const auto start = std::chrono::steady_clock::now();
  const std::pair<int, std::chrono::seconds> signals[] = {{SIGINT, 30s}, {SIGQUIT, 10s}, {SIGKILL, 5s}};
  for (const auto& [number, wait] : signals) {
    if (kill(pid, number) != 0 && errno == EPERM) {
      return failed("process " + std::to_string(pid) + " belongs to another user", "stop it as that user");
    }
    const auto deadline = std::chrono::steady_clock::now() + wait;
    while (std::chrono::steady_clock::now() < deadline) {
      if (!is_server_of(pid, data)) return {};
      std::this_thread::sleep_for(std::chrono::steady_clock::now() - start < 1s ? 3ms : 50ms);
    }
  }
  return failed("the private PostgreSQL server (process " + std::to_string(pid) + ") does not stop");
}

// ---- temporary servers

base::Result<TemporaryServer> TemporaryServer::start(const ServerPrograms& programs, const ServerUser& user,
                                                     const Path& root, const ServerFolders& folders) {
  // The shell reads our pipe; when it ends, because we said so or because we are gone, it ends the server and removes
  // the folder.
  constexpr auto script =
      "root=$1; shift; \"$@\" </dev/null & server=$!; cat >/dev/null; kill -QUIT $server 2>/dev/null; wait $server; "
      "rm -rf -- \"$root\"";
  std::vector<std::string> command{"/bin/sh", "-c", script, "sh", root.string()};
  for (std::string& word : server_command(programs, folders)) command.push_back(std::move(word));
  for (const char* setting : {"fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off",
                              "wal_level=minimal", "max_wal_senders=0", "max_connections=20", "shared_buffers=16MB",
                              "jit=off", "max_wal_size=256MB", "log_min_messages=fatal"}) {
    command.insert(command.end(), {"-c", setting});
  }
  const base::Result<int> log = opened_log(folders.log, user, O_TRUNC);
  if (!log) return std::unexpected(log.error());
  int pipe_ends[2];
  if (pipe2(pipe_ends, O_CLOEXEC) != 0) {
    ::close(*log);
    return failed(std::string("pipe: ") + std::strerror(errno));
  }
  const std::vector<char*> arguments = argument_pointers(command);
  const int pid = fork();
  if (pid == 0) become(arguments.data(), user, pipe_ends[0], *log);
  ::close(pipe_ends[0]);
  ::close(*log);
  if (pid < 0) {
    ::close(pipe_ends[1]);
    return failed(std::string("fork: ") + std::strerror(errno));
  }
  TemporaryServer server(pipe_ends[1], pid);
  base::Result<RunningServer> ready = wait_until_ready(
      folders, [&] { return running_server(folders.data).has_value() || last_words(folders.log).empty(); });
  if (!ready) return std::unexpected(std::move(ready.error()));
  return server;
}

TemporaryServer::TemporaryServer(TemporaryServer&& other) noexcept
    : pipe_(std::exchange(other.pipe_, -1)), watchdog_(std::exchange(other.watchdog_, -1)) {}

TemporaryServer& TemporaryServer::operator=(TemporaryServer&& other) noexcept {
  std::swap(pipe_, other.pipe_);
  std::swap(watchdog_, other.watchdog_);
  return *this;
}

TemporaryServer::~TemporaryServer() { stop(); }

void TemporaryServer::stop() {
  if (pipe_ < 0) return;
  ::close(std::exchange(pipe_, -1));
  wait_for(std::exchange(watchdog_, -1));
}

// ---- folders

std::string socket_url(const Path& socket, const std::string& database) {
  return "postgresql://postgres@/" + percent_encoded(database) + "?host=" + percent_encoded(socket.string());
}

bool fits_in_socket_address(const Path& folder) {
  return folder.native().size() + std::strlen("/.s.PGSQL.5432") < sizeof(sockaddr_un{}.sun_path);
}

bool reachable(const Path& folder, const ServerUser& user) {
  if (!user.changes) return true;
  Path nearest = folder;
  while (!base::is_folder(nearest) && nearest.has_relative_path()) nearest = nearest.parent_path();
  const std::string path = nearest.string();
  const int pid = fork();
  if (pid == 0) {
    const bool entered =
        setgroups(0, nullptr) == 0 && setgid(user.gid) == 0 && setuid(user.uid) == 0 && access(path.c_str(), X_OK) == 0;
    _exit(entered ? 0 : 1);
  }
  return pid > 0 && wait_for(pid) == 0;
}

base::Result<void> make_private_folder(const Path& folder, const ServerUser& user) {
  std::error_code code;
  fs::create_directories(folder.parent_path(), code);
  if (mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST) return failed(folder.string() + ": " + std::strerror(errno));
  struct stat status {};
  if (lstat(folder.c_str(), &status) != 0 || !S_ISDIR(status.st_mode)) return failed(folder.string() + " is no folder");
  if (status.st_uid != user.uid && status.st_uid != geteuid()) {
    return failed(folder.string() + " belongs to another user", "remove it, or run as that user");
  }
  if (user.changes && chown(folder.c_str(), user.uid, user.gid) != 0) {
    return failed(folder.string() + ": " + std::strerror(errno));
  }
  if (chmod(folder.c_str(), 0700) != 0) return failed(folder.string() + ": " + std::strerror(errno));
  return {};
}

}  // namespace postgres
