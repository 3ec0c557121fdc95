#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"

namespace plan {

/// The whole plan as one script for `psql -v ON_ERROR_STOP=1 -f`: BEGIN and COMMIT around groups, comments that say
/// what must run outside a transaction.
std::string script(const Plan& plan, const Options& options);

/// The statements that take the whole plan back, in the order to run them; all can run in one transaction.
std::vector<std::string> rollback(const Plan& plan);

/// Identifies the statements of a plan: sha256 in hexadecimal.
std::string fingerprint(const Plan& plan);

}  // namespace plan
