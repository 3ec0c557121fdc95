#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file.h"

namespace config {

/// The settings of an Alembic project, from alembic.ini or `[tool.alembic]`; empty where they are not given.
struct AlembicSettings {
  std::string file;  ///< where they stand
  base::Path script_location;
  std::vector<base::Path> version_locations;
  std::string file_template;
  std::string timezone;
  std::optional<int> truncate_slug_length;
  bool sourceless = false;
  std::string database_url;  ///< `sqlalchemy.url`; empty where Alembic's template or env.py leaves it open
  base::Place database_url_place;

  bool operator==(const AlembicSettings&) const = default;
};

/// Reads alembic.ini (of the root, else of `migrations/` as Flask-Migrate has it) and `[tool.alembic]` of
/// pyproject.toml; the ini file counts where both have a key. Nothing where the project has neither.
base::Result<std::optional<AlembicSettings>> alembic_settings(const base::Path& root);

}  // namespace config
