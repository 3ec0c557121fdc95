#pragma once

#include <nlohmann/json_fwd.hpp>

#include "schema/database.h"

namespace report {

/// A state, whole. Generic over `fields()`: a new attribute appears by itself.
nlohmann::ordered_json json_of(const schema::Database& database);

}  // namespace report
