#pragma once

#include <vector>

#include "plan/scene.h"

namespace plan {

/// Extensions that are not there and bring operator classes that new indexes name.
std::vector<schema::Extension> extensions_needed(const Scene& scene);

}  // namespace plan
