#pragma once

#include <vector>

#include "plan/difference.h"
#include "risk/rules.h"

namespace plan {

/// Changes as the public JSON lists them, in their order; what is information alone comes last.
std::vector<Difference> described(const diff::Changes& changes, const risk::Context& context);

}  // namespace plan
