#pragma once

#include <string>

#include "app/outcome.h"
#include "base/error.h"

namespace report {

/// One JSON object on one line, version 1 of the public contract (docs/schema/v1.json): fixed key order, no timestamps.
std::string json(const app::Outcome& outcome);
std::string json(const base::Error& error);

}  // namespace report
