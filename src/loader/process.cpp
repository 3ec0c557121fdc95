#include "loader/process.h"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>

namespace loader {
namespace {
using Clock = std::chrono::steady_clock;

constexpr std::size_t most_output = std::size_t{256} << 20;
constexpr std::size_t most_errors = std::size_t{64} << 10;

/// A file descriptor that is closed at the end.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() { close(); }

  void set(int number) {
    close();
    number_ = number;
  }
  void close() {
    if (number_ >= 0) ::close(number_);
    number_ = -1;
  }
  int number() const { return number_; }
  bool open() const { return number_ >= 0; }

 private:
  int number_;
};

struct Pipe {
  Descriptor out;
  Descriptor in;

  Pipe() {
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) return;
    out.set(ends[0]);
    in.set(ends[1]);
  }
};

std::vector<char*> pointers(std::vector<std::string>& words) {
  std::vector<char*> result;
  for (std::string& word : words) result.push_back(word.data());
  result.push_back(nullptr);
  return result;
}

std::vector<std::string> environment_with(const std::vector<std::pair<std::string, std::string>>& added) {
  std::vector<std::string> result;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    bool replaced = false;
    for (const auto& [name, value] : added) replaced = replaced || text.starts_with(name + "=");
    if (!replaced) result.emplace_back(text);
  }
  for (const auto& [name, value] : added) result.push_back(name + "=" + value);
  return result;
}

/// What is made ready before the fork: between fork and exec nothing may be allocated.
struct Prepared {
  std::vector<std::string> words;
  std::vector<std::string> variables;
  std::vector<char*> arguments;
  std::vector<char*> environment;
  std::string folder;

  explicit Prepared(const Program& program)
      : words(program.command),
        variables(environment_with(program.variables)),
        arguments(pointers(words)),
        environment(pointers(variables)),
        folder(program.folder.string()) {}
};

void report_and_leave(int report) {
  const int number = errno;
  (void)!::write(report, &number, sizeof number);
  ::_exit(127);
}

[[noreturn]] void become(const Prepared& prepared, int parent, const std::array<int, 3>& files, int report) {
  ::setpgid(0, 0);
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (::getppid() != parent) ::_exit(127);
  if (::chdir(prepared.folder.c_str()) != 0) report_and_leave(report);
  for (int number = 0; number < 3; ++number) {
    if (::dup2(files[static_cast<std::size_t>(number)], number) < 0) report_and_leave(report);
  }
  for (const int number : {SIGINT, SIGTERM, SIGQUIT, SIGHUP, SIGPIPE, SIGCHLD}) ::signal(number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
  ::execvpe(prepared.arguments[0], prepared.arguments.data(), prepared.environment.data());
  report_and_leave(report);
  std::abort();
}

/// Reads what is there; false at the end.
bool take(Descriptor& from, std::string& target) {
  char buffer[65536];
  const ssize_t got = ::read(from.number(), buffer, sizeof buffer);
  if (got < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  if (got <= 0) return false;
  target.append(buffer, static_cast<std::size_t>(got));
  return true;
}

bool give(Descriptor& to, const std::string& input, std::size_t& given) {
  const ssize_t put = ::write(to.number(), input.data() + given, input.size() - given);
  if (put < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  if (put <= 0) return false;
  given += static_cast<std::size_t>(put);
  return given < input.size();
}

/// Talks with the program until it has closed its ends, or it is time to end it.
void talk(const Program& program, Pipe& input, Pipe& output, Pipe& errors, Ended& ended) {
  const Clock::time_point end = Clock::now() + program.patience;
  std::size_t given = 0;
  if (program.input.empty()) input.in.close();
  while (output.out.open() || errors.out.open()) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) {
      ended.how = Ended::How::TimedOut;
      return;
    }
    std::array<pollfd, 3> files{pollfd{output.out.number(), POLLIN, 0}, pollfd{errors.out.number(), POLLIN, 0},
                                pollfd{input.in.number(), POLLOUT, 0}};
    if (::poll(files.data(), files.size(), static_cast<int>(left)) < 0 && errno != EINTR) return;
    if (files[2].revents != 0 && !give(input.in, program.input, given)) input.in.close();
    if (files[1].revents != 0 && !take(errors.out, ended.errors)) errors.out.close();
    if (files[0].revents != 0 && !take(output.out, ended.output)) return;  // the answer is complete
    if (ended.errors.size() > 2 * most_errors) ended.errors.erase(0, ended.errors.size() - most_errors);
    if (ended.output.size() > most_output) {
      ended.how = Ended::How::TooLong;
      return;
    }
  }
}

/// Gives the program a moment to end by itself, then ends it with all it has started.
void finish(int pid, Ended& ended) {
  int status = 0;
  int found = 0;
  if (ended.how == Ended::How::Exited) {
    for (int tries = 0; tries < 200 && found == 0; ++tries) {
      found = ::waitpid(pid, &status, WNOHANG);
      if (found == 0) ::usleep(5000);
    }
  }
  ::kill(-pid, SIGKILL);
  while (found == 0 || (found < 0 && errno == EINTR)) found = ::waitpid(pid, &status, 0);
  if (ended.how != Ended::How::Exited) return;
  ended.how = WIFSIGNALED(status) ? Ended::How::Killed : Ended::How::Exited;
  ended.status = WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status);
}

struct IgnoredPipeSignal {
  struct sigaction before {};

  IgnoredPipeSignal() {
    struct sigaction ignore {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, &before);
  }
  ~IgnoredPipeSignal() { ::sigaction(SIGPIPE, &before, nullptr); }
};

}  // namespace

Ended run(const Program& program) {
  const IgnoredPipeSignal ignored;
  Ended ended;
  Pipe input;
  Pipe output;
  Pipe errors;
  Pipe report;
  Prepared prepared(program);
  ended.how = Ended::How::NotStarted;
  const int parent = ::getpid();
  const int pid = report.in.open() ? ::fork() : -1;
  if (pid == 0) {
    become(prepared, parent, {input.out.number(), output.in.number(), errors.in.number()}, report.in.number());
  }
  if (pid < 0) {
    ended.status = errno;
    return ended;
  }
  ::setpgid(pid, pid);
  for (Descriptor* end : {&input.out, &output.in, &errors.in, &report.in}) end->close();
  const bool started = ::read(report.out.number(), &ended.status, sizeof ended.status) == 0;
  if (started) {
    ended.how = Ended::How::Exited;
    ::fcntl(input.in.number(), F_SETFL, O_NONBLOCK);
    talk(program, input, output, errors, ended);
    finish(pid, ended);
  } else {
    ::waitpid(pid, nullptr, 0);
  }
  return ended;
}

}  // namespace loader
