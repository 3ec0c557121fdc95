#pragma once

#include <string>
#include <vector>

#include "base/error.h"
#include "models/read.h"

namespace models {

/// A module of the project that has to be imported for its models.
struct Module {
  std::string name;  ///< dotted
  std::string file;
};

struct Entries {
  std::vector<Module> modules;     ///< in the order of their files
  std::vector<std::string> paths;  ///< the folders that imports start from, best first
};

/// What reading these models starts from. MODELS_NOT_FOUND where there is nothing.
base::Result<Entries> entries(const Options& options);

}  // namespace models
