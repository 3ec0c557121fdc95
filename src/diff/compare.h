#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "diff/change.h"
#include "diff/rename.h"
#include "schema/reading.h"

namespace diff {

struct Options {
  bool drop_unmanaged = false;
  std::vector<schema::QualifiedName> managed;  ///< tables that the history or a migration file says a model described
  std::vector<std::string> schemas;            ///< those the user named; none: those of the desired state
  std::vector<std::string> excluded_tables;    ///< patterns (`*`, `?`) of "name" or "schema.name"
  Renames renames;                             ///< what the user and the models accepted
  Rewrite rewrite;                             ///< how expressions follow a rename; none: they stay
};

/// What leads from the actual state to the desired one, no more. Expressions are compared as texts: the caller has
/// brought both sides into the server's spelling. Where `desired` is of models, only what models can say is compared,
/// and only managed objects are ever dropped; between two states that say everything, all is.
/// Pure and deterministic: the order of the objects in the two states means nothing.
Changes compare(const schema::Reading& desired, const schema::Database& actual, const Options& options);

}  // namespace diff
