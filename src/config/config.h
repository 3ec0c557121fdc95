#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/diagnostic.h"
#include "base/error.h"
#include "base/file.h"
#include "config/alembic.h"
#include "config/dotenv.h"
#include "config/url.h"

namespace config {

/// What the command line says; it goes over every file.
struct Flags {
  std::optional<std::string> database_url = {};
  std::vector<std::string> schemas = {};
  std::vector<std::string> exclude_tables = {};  ///< added to those of the files
  std::optional<std::string> loader = {};
  std::optional<std::string> python = {};
};

enum class Loader { Auto, Python };
enum class MigrationFormat { Auto, Alembic, Sql };
enum class RlsProvider { Auto, Postgres, Supabase };

/// A value that the configuration gives for a name of the models: `"app.settings.SCHEMA" = "core"`.
struct GivenValue {
  std::variant<bool, std::int64_t, double, std::string, std::vector<GivenValue>> value;

  bool operator==(const GivenValue&) const = default;
};

struct ModelSettings {
  std::vector<std::string> paths;  ///< relative to the root; empty: discovered
  std::string metadata;            ///< "app.db:Base" where there is more than one; empty: all
  Loader loader = Loader::Auto;
  std::string python;                                      ///< the interpreter for `loader = "python"`; empty: found
  std::chrono::milliseconds python_timeout{60'000};        ///< how long it may import the models
  std::vector<std::pair<std::string, GivenValue>> values;  ///< by qualified name

  bool operator==(const ModelSettings&) const = default;
};

struct MigrationSettings {
  std::string directory = "migrations";  ///< of `.sql` files, relative to the root
  MigrationFormat format = MigrationFormat::Auto;
  std::string history = "agent_migrate_history";  ///< the table
  std::string schema = "public";  ///< of the history table; by default the first of the configured schemas

  bool operator==(const MigrationSettings&) const = default;
};

struct PlanSettings {
  bool online = true;
  std::chrono::milliseconds lock_timeout{3000};
  bool verify = true;  ///< a plan is proven on a scratch server before its migration is written

  bool operator==(const PlanSettings&) const = default;
};

/// Defaults and meaning as in the documentation of `[rls]`.
struct RlsSettings {
  RlsProvider provider = RlsProvider::Auto;
  std::string user_setting = "app.user_id";
  std::string admin_role = "app_admin";
  std::string users_table = "users";
  std::string team_column = "team_id";
  std::string membership_table = "team_members";
  std::string membership_team_column = "team_id";
  std::string membership_user_column = "user_id";
  std::vector<std::string> app_roles;  ///< empty: the role of the database URL

  bool operator==(const RlsSettings&) const = default;
};

/// `[roles.NAME]`: only what is given is compared.
struct RoleSettings {
  std::string name;
  std::optional<bool> login;
  std::optional<bool> inherit;
  std::optional<bool> bypassrls;
  std::optional<std::vector<std::string>> member_of;
  base::Place place;

  bool operator==(const RoleSettings&) const = default;
};

/// A database URL as it was found, and where.
struct UrlSource {
  std::string text;    ///< a URL, `embedded`, or `env:NAME`; never to be shown
  std::string origin;  ///< "--db-url", "DATABASE_URL", or the file
  base::Place place;

  bool operator==(const UrlSource&) const = default;
};

/// Everything that the user has set, defaults filled in.
struct Config {
  base::Path root;
  /// CONFIG_NOT_FOUND or CONFIG_INVALID where there is none to use: an error only for who needs a database.
  base::Result<DatabaseUrl> database = std::unexpected(base::Error{});
  std::vector<std::string> schemas{"public"};
  std::vector<std::string> exclude_tables;  ///< patterns of table names, or of schema.table
  ModelSettings models;
  MigrationSettings migrations;
  PlanSettings plan;
  RlsSettings rls;
  std::vector<RoleSettings> roles;
  std::optional<AlembicSettings> alembic;
  std::optional<UrlSource> url_source;  ///< of the settings files while they are read, then the one that counts
  base::Diagnostics warnings;
};

/// Reads the configuration of the project: flags over environment over `.agent-migrate.toml` over `.env` over
/// pyproject.toml over alembic.ini for the database URL; `.agent-migrate.toml` over pyproject.toml for the rest.
base::Result<Config> load(const base::Path& root, const Flags& flags, const Environment& environment);

/// The URL of a state given on the command line (`--from`, `--to`), `env:NAME` included.
base::Result<DatabaseUrl> database_url(const UrlSource& source, const Environment& environment);

}  // namespace config
