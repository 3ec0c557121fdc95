#include "app/session.h"

#include <filesystem>

#include "base/environment.h"

namespace app {
namespace {

std::optional<std::string> given(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

}  // namespace

base::Result<Session> open_session(Arguments arguments, Progress progress) {
  std::error_code code;
  const base::Path root = std::filesystem::canonical(arguments.path, code);
  if (code || !base::is_folder(root)) {
    return base::failure(base::ErrorCode::ConfigInvalid, arguments.path.string() + ": no such folder",
                         "give the project's root with --path");
  }
  config::Flags flags;
  flags.database_url = given(arguments.db_url);
  flags.schemas = arguments.schemas;
  flags.exclude_tables = arguments.exclude_tables;
  flags.loader = given(arguments.loader);
  flags.python = given(arguments.python);
  auto config = config::load(root, flags, base::environment);
  if (!config) return std::unexpected(config.error());
  return Session{std::move(arguments), std::move(*config), std::move(progress)};
}

}  // namespace app
