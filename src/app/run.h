#pragma once

#include "app/outcome.h"
#include "app/session.h"
#include "base/error.h"

namespace app {

/// Runs the command that the arguments name.
base::Result<Outcome> run(Arguments arguments, Progress progress);

}  // namespace app
