#pragma once

#include <optional>

#include "app/outcome.h"
#include "app/session.h"
#include "app/state.h"
#include "diff/compare.h"
#include "models/read.h"

namespace app {

/// A comparison with all that later steps need: writing the migration, applying it, proving it.
struct Compared {
  Comparison comparison;
  schema::Reading desired;  ///< in the server's spelling
  schema::Database actual;  ///< as it is now, before any rename
  diff::Changes changes;
  plan::Options options;
  std::string database;  ///< the label of the state that would be changed
  base::Diagnostics warnings;
};

/// Compares two open states and plans the way from one to the other.
base::Result<Compared> compare(const Session& session, State& from, State& to);

}  // namespace app
