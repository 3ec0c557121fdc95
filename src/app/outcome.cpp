#include "app/outcome.h"

#include <algorithm>

namespace app {

int drift_count(const Comparison& comparison) {
  return static_cast<int>(std::ranges::count(comparison.plan.differences, true, &plan::Difference::has_steps));
}

}  // namespace app
