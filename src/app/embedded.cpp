#include "postgres/embedded.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "app/commands.h"

namespace app {
namespace {

/// psql takes this process over: its input, output and exit status are the user's.
base::Error run_psql(const Session& session, const std::string& url) {
  std::vector<std::string> words{"psql", "-d", url};
  words.insert(words.end(), session.arguments.psql_arguments.begin(), session.arguments.psql_arguments.end());
  std::vector<char*> pointers;
  for (auto& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  ::execvp("psql", pointers.data());
  return base::failure(base::ErrorCode::ConfigInvalid, std::string("psql: ") + std::strerror(errno),
                       "install psql, or use another client with `embedded url`")
      .error();
}

}  // namespace

base::Result<Outcome> run_embedded(const Session& session) {
  postgres::Embedded server(session.config.root);
  Outcome outcome;
  const std::string& action = session.arguments.action;
  if (action == "stop") {
    if (const auto stopped = server.stop(); !stopped) return std::unexpected(stopped.error());
  } else if (action != "status") {
    const auto url = server.start();
    if (!url) return std::unexpected(url.error());
    if (action == "psql") return std::unexpected(run_psql(session, *url));
    if (action == "url") {
      outcome.facts.emplace_back("url", *url);
      return outcome;
    }
  }
  const auto status = server.status();
  outcome.facts.emplace_back("status", status.running ? "running" : "stopped");
  if (status.running) outcome.facts.emplace_back("url", status.url);
  return outcome;
}

}  // namespace app
