#pragma once

#include "diff/change.h"

namespace diff {

/// Pairs of what goes (or is unmanaged) and what comes that have the same shape, where there is just one of each.
std::vector<RenameCandidate> rename_candidates(const Changes& changes, const schema::Database& actual);

}  // namespace diff
