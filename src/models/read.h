#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "rls/declaration.h"
#include "schema/reading.h"

/// Models as Python files, to the schema that SQLAlchemy's `create_all` would make of them on PostgreSQL.
namespace models {

struct Options {
  base::Path root = ".";                      ///< the project's folder
  std::vector<std::string> paths;             ///< [models] paths, relative to the root; empty: discovered
  std::map<std::string, std::string> values;  ///< [models.values]: "app.settings.SCHEMA" to a Python expression
  std::string metadata;                       ///< [models] metadata: "app.db:Base" or "app.db:metadata"; empty: all
  std::string default_schema = "public";      ///< where tables without a schema lie
  std::string sqlalchemy_version;             ///< empty: what the project pins, else the newest 2.0
};

/// What the models say. Row security, roles and grants are declarations: `rls::apply` makes policies of them once the
/// provider is known.
struct Models {
  schema::Reading reading;
  std::vector<rls::Declaration> row_security;  ///< one for each table that says anything of it
};

/// Fails with MODELS_NOT_FOUND, PARSE_ERROR (at Python's own place) or MODEL_INVALID.
base::Result<Models> read(const Options& options);

}  // namespace models
