#pragma once

#include <vector>

#include "base/error.h"
#include "rls/preset.h"
#include "schema/policy.h"

namespace rls {

/// The policies that `__rls__` declares: presets and custom ones by command, `all` spread over the four commands, names
/// generated where the model gives none. RLS_INVALID for an unknown key, command, preset or `as`, an empty rule, list
/// or `to`, a clause that the command does not take, two policies of one name.
base::Result<std::vector<schema::Policy>> policies(const Context& context);

}  // namespace rls
