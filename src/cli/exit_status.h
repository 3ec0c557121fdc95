#pragma once

#include "app/outcome.h"

namespace cli {

/// The exit statuses of the public contract.
enum class ExitStatus { Done = 0, Error = 1, Drift = 2 };

ExitStatus exit_status(const app::Arguments& arguments, const app::Outcome& outcome);

}  // namespace cli
