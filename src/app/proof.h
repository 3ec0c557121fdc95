#pragma once

#include <optional>
#include <string>

#include "app/compare.h"
#include "app/session.h"
#include "app/state.h"

namespace app {

/// What trying a plan on a scratch server came to.
struct Proof {
  std::optional<bool> holds;  ///< absent: it could not be tried
  bool runs = true;           ///< false: a statement of the plan fails
  std::string reason;         ///< why it does not hold or could not be tried
};

/// Copies the actual schema, without rows, to a scratch server, runs the plan there and compares: it leads to the
/// desired state, and its rollback leads back. The real database is only read. What came of it stands in the comparison
/// as `verified`, or in a warning NOT_VERIFIED with the reason.
Proof verify(const Session& session, State& from, State& to, Compared& compared);

}  // namespace app
