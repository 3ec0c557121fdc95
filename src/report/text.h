#pragma once

#include <string>

#include "app/outcome.h"
#include "base/error.h"

namespace report {

struct TextOptions {
  bool colour = false;
  bool quiet = false;    ///< only what was asked for
  bool verbose = false;  ///< reasons, locks and rollbacks too
};

/// For people. SQL stands on lines of its own, whole, never wrapped or cut, so that it can be copied.
std::string text(const app::Outcome& outcome, const TextOptions& options);
std::string text(const base::Error& error, const TextOptions& options);

}  // namespace report
