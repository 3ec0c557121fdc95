#pragma once

#include <vector>

#include "plan/question.h"
#include "plan/uses.h"

namespace plan {

/// What makes the plan fail or take along what nobody asked about.
std::vector<Blocker> blockers(const Scene& scene, const Uses& uses, const std::vector<Question>& questions);

}  // namespace plan
