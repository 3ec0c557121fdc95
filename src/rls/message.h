#pragma once

#include <string>

#include "base/error.h"
#include "rls/declaration.h"

namespace rls {

/// RLS_INVALID at the declaration's place; the message names the table.
std::unexpected<base::Error> invalid(const Declaration& declaration, const std::string& message,
                                     const std::string& hint);

}  // namespace rls
