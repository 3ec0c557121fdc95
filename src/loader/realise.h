#pragma once

#include <string>

#include "base/error.h"
#include "loader/answer.h"
#include "schema/reading.h"

namespace loader {

/// Makes the tables on a scratch server and reads them back. What the server refuses is Unresolved.
base::Result<schema::Reading> realised(const Answer& answer, const std::string& default_schema);

}  // namespace loader
