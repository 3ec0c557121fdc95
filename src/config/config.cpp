#include "config/config.h"

#include <fmt/format.h>

#include "base/text.h"
#include "config/document.h"
#include "config/settings.h"

namespace config {
namespace {

constexpr const char* settings_file = ".agent-migrate.toml";

using Sources = std::vector<std::optional<UrlSource>>;

bool blank(const std::string& text) { return base::trimmed(text).empty(); }

/// The document of a TOML file below the root; nothing where there is no such file.
base::Result<std::optional<Setting>> read_toml(const base::Path& root, const std::string& name) {
  if (!base::is_file(root / name)) return std::nullopt;
  auto bytes = base::read_file(root / name);
  if (!bytes) return std::unexpected(bytes.error());
  auto document = parse_toml(*bytes, name);
  if (!document) return std::unexpected(document.error());
  return std::optional(std::move(*document));
}

base::Result<std::optional<UrlSource>> take_pyproject(Config& config) {
  auto document = read_toml(config.root, "pyproject.toml");
  if (!document) return std::unexpected(document.error());
  const Setting* tool = *document ? member(**document, "tool") : nullptr;
  const Setting* own = tool == nullptr ? nullptr : member(*tool, "agent-migrate");
  if (own == nullptr) return std::nullopt;
  if (auto taken = take_settings(*own, config); !taken) return std::unexpected(taken.error());
  return std::exchange(config.url_source, std::nullopt);
}

base::Result<std::optional<UrlSource>> take_settings_file(Config& config) {
  auto document = read_toml(config.root, settings_file);
  if (!document) return std::unexpected(document.error());
  if (!*document) return std::nullopt;
  if (auto taken = take_settings(**document, config); !taken) return std::unexpected(taken.error());
  return std::exchange(config.url_source, std::nullopt);
}

using Variables = std::map<std::string, Variable>;

Variables read_dotenv(const base::Path& root, const Environment& environment) {
  if (!base::is_file(root / ".env")) return {};
  const auto bytes = base::read_file(root / ".env");
  return bytes ? parse_dotenv(*bytes, environment) : Variables();
}

std::optional<UrlSource> of_dotenv(const Variables& variables) {
  const auto found = variables.find("DATABASE_URL");
  if (found == variables.end() || blank(found->second.value)) return std::nullopt;
  return UrlSource{found->second.value, ".env", {".env", found->second.line, 0}};
}

std::optional<UrlSource> of_environment(const Environment& environment) {
  const auto value = environment("DATABASE_URL");
  if (!value || blank(*value)) return std::nullopt;
  return UrlSource{*value, "DATABASE_URL", {}};
}

std::optional<UrlSource> of_alembic(const Config& config) {
  if (!config.alembic || config.alembic->database_url.empty()) return std::nullopt;
  return UrlSource{config.alembic->database_url, config.alembic->file, config.alembic->database_url_place};
}

base::Result<DatabaseUrl> missing_url() {
  return base::failure(base::ErrorCode::ConfigNotFound,
                       "no database URL: neither --db-url nor DATABASE_URL, .agent-migrate.toml, .env, pyproject.toml "
                       "or alembic.ini gives one",
                       "set DATABASE_URL, or give --db-url \"postgresql://user@localhost:5432/app\"");
}

base::Result<void> take_flags(const Flags& flags, Config& config) {
  if (!flags.schemas.empty()) config.schemas = flags.schemas;
  config.exclude_tables.insert(config.exclude_tables.end(), flags.exclude_tables.begin(), flags.exclude_tables.end());
  if (flags.python) config.models.python = *flags.python;
  if (!flags.loader) return {};
  if (*flags.loader != "auto" && *flags.loader != "static" && *flags.loader != "python") {
    return base::failure(base::ErrorCode::ConfigInvalid,
                         fmt::format("--loader {}: auto, static or python expected", *flags.loader));
  }
  config.models.loader = *flags.loader == "python" ? Loader::Python : Loader::Auto;
  return {};
}

/// The environment as it is with the variables of `.env` behind it.
Environment with_dotenv(const Environment& environment, const Variables& variables) {
  return [&environment, &variables](const std::string& name) -> std::optional<std::string> {
    if (auto value = environment(name)) return value;
    const auto found = variables.find(name);
    if (found == variables.end()) return std::nullopt;
    return found->second.value;
  };
}

void choose_url(Config& config, const Sources& sources, const Environment& environment) {
  config.database = missing_url();
  for (const auto& source : sources) {
    if (!source) continue;
    config.url_source = source;
    config.database = database_url(*source, environment);
    break;
  }
  if (!config.database) return;
  for (const std::string& name : config.database->ignored) {
    config.warnings.push_back(
        {"URL_PARAMETER_IGNORED",
         fmt::format("the parameter \"{}\" of the database URL means nothing to PostgreSQL and is left out", name),
         config.url_source->place,
         {}});
  }
}

}  // namespace

base::Result<DatabaseUrl> database_url(const UrlSource& source, const Environment& environment) {
  std::string text(base::trimmed(source.text));
  std::string origin = source.place.file.empty() ? source.origin : base::text(source.place);
  if (text.starts_with("env:")) {
    const std::string name(base::trimmed(std::string_view(text).substr(4)));
    const auto value = environment(name);
    if (!value || blank(*value)) {
      return base::failure(
          base::ErrorCode::ConfigNotFound,
          fmt::format("{}: the environment variable {}, which holds the database URL, is not set", origin, name),
          fmt::format("set {}, set DATABASE_URL, or give --db-url \"postgresql://…\"", name), source.place);
    }
    text = *value;
    origin += ", " + name;
  }
  auto url = parse_url(text);
  if (url) return url;
  base::Error error = url.error();
  error.message = origin + ": " + error.message;
  error.place = source.place;
  return std::unexpected(std::move(error));
}

base::Result<Config> load(const base::Path& root, const Flags& flags, const Environment& environment) {
  Config config;
  config.root = root;
  auto pyproject = take_pyproject(config);
  if (!pyproject) return std::unexpected(pyproject.error());
  auto settings = take_settings_file(config);
  if (!settings) return std::unexpected(settings.error());
  auto alembic = alembic_settings(root);
  if (!alembic) return std::unexpected(alembic.error());
  config.alembic = std::move(*alembic);
  if (auto taken = take_flags(flags, config); !taken) return std::unexpected(taken.error());
  const Variables dotenv = read_dotenv(root, environment);
  std::optional<UrlSource> flag;
  if (flags.database_url) flag = UrlSource{*flags.database_url, "--db-url", {}};
  choose_url(config, {flag, of_environment(environment), *settings, of_dotenv(dotenv), *pyproject, of_alembic(config)},
             with_dotenv(environment, dotenv));
  return config;
}

}  // namespace config
