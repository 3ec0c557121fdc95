#pragma once

#include <vector>

#include "base/error.h"
#include "models/discovery/sources.h"
#include "models/read.h"
#include "python/modules.h"

namespace models {

/// What is parsed before anything is evaluated, and whether a syntax error in it counts.
struct Selection {
  std::vector<const discovery::SourceFile*> files;
  std::vector<bool> errors_count;
  std::vector<const discovery::SourceFile*> entries;  ///< the files that are imported
};

Selection select(const discovery::Sources& sources);

/// Where imports of the project look.
python::SearchPaths search_paths(python::Files& files, const discovery::Sources& sources);

/// MODELS_NOT_FOUND, with the places that were looked at.
std::unexpected<base::Error> no_models(const Options& options, const discovery::Sources& sources);

}  // namespace models
