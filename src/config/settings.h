#pragma once

#include "base/error.h"
#include "config/config.h"
#include "config/document.h"

namespace config {

/// Takes the keys of a `.agent-migrate.toml`, or of `[tool.agent-migrate]`, over into `config`. A key that does not
/// exist or has a value of another kind is CONFIG_INVALID.
base::Result<void> take_settings(const Setting& document, Config& config);

}  // namespace config
