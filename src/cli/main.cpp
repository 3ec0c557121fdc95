#include "cli/main.h"

#include <unistd.h>

#include <cstdio>
#include <exception>
#include <string>

#include "app/run.h"
#include "base/environment.h"
#include "cli/arguments.h"
#include "cli/exit_status.h"
#include "report/json.h"
#include "report/text.h"

namespace cli {
namespace {

void print(std::FILE* stream, const std::string& text) {
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fflush(stream);
}

bool coloured(const app::Arguments& arguments, int descriptor) {
  if (arguments.colour != app::Colour::Auto) return arguments.colour == app::Colour::Always;
  return ::isatty(descriptor) == 1 && !base::environment("NO_COLOR");
}

report::TextOptions text_options(const app::Arguments& arguments, int descriptor) {
  return {coloured(arguments, descriptor), arguments.quiet, arguments.verbose};
}

/// An error is the JSON object where JSON was asked for, else text on standard error.
int failed(const base::Error& error, bool json, const report::TextOptions& options) {
  if (json) {
    print(stdout, report::json(error) + "\n");
  } else {
    print(stderr, report::text(error, options));
  }
  return static_cast<int>(ExitStatus::Error);
}

app::Progress progress_of(const app::Arguments& arguments) {
  if (!arguments.verbose || arguments.quiet) return [](std::string_view) {};
  return [](std::string_view line) { print(stderr, std::string(line) + "\n"); };
}

int finished(const app::Arguments& arguments, const app::Outcome& outcome) {
  if (arguments.json) {
    print(stdout, report::json(outcome) + "\n");
  } else if (!(arguments.quiet && arguments.command == app::Command::Check)) {
    print(stdout, report::text(outcome, text_options(arguments, STDOUT_FILENO)));
  }
  return static_cast<int>(exit_status(arguments, outcome));
}

int run(int count, const char* const* words) {
  auto line = parsed(count, words);
  if (!line) return failed(line.error(), wants_json(count, words), {});
  if (const auto* information = std::get_if<Information>(&*line)) {
    print(stdout, information->text);
    return static_cast<int>(ExitStatus::Done);
  }
  const app::Arguments arguments = std::get<app::Arguments>(*line);
  const auto outcome = app::run(arguments, progress_of(arguments));
  if (!outcome) return failed(outcome.error(), arguments.json, text_options(arguments, STDERR_FILENO));
  return finished(arguments, *outcome);
}

}  // namespace

int main(int count, const char* const* words) {
  try {
    return run(count, words);
  } catch (const std::exception& exception) {
    base::Error error;
    error.message = std::string("an unexpected failure: ") + exception.what();
    error.hint = "please report it with the command line";
    return failed(error, wants_json(count, words), {});
  }
}

}  // namespace cli
