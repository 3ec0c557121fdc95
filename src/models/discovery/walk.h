#pragma once

#include <vector>

#include "base/diagnostic.h"
#include "base/file.h"

namespace models::discovery {

/// The Python files below some folders, in bytewise order of their paths.
struct Walk {
  std::vector<base::Path> files;  ///< absolute
  base::Diagnostics diagnostics;  ///< folders that could not be read
};

/// Walks `folder` (inside `root`), leaving out what is never part of an application's own source: hidden folders,
/// virtual environments, installed and vendored packages, caches, build output. Links are followed inside of `root`;
/// what is no regular file is never opened.
Walk walk(const base::Path& root, const base::Path& folder);

}  // namespace models::discovery
