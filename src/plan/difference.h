#pragma once

#include <optional>
#include <string>
#include <vector>

#include "diff/change.h"
#include "risk/risk.h"

namespace plan {

/// One difference as the public JSON lists it. Where it stands in the models is found by `about`.
struct Difference {
  std::string type;  ///< column_added, fk_changed, …
  std::string schema;
  std::string table;   ///< empty for what lies in no table
  std::string column;  ///< of column_…
  std::string name;    ///< of constraints, indexes, policies, types, sequences, …; the role of roles and grants
  risk::Severity risk = risk::Severity::Safe;
  std::vector<risk::Reason> reasons;
  std::string description;
  std::optional<std::string> model_value;
  std::optional<std::string> database_value;
  std::string rename_candidate;  ///< "fullname -> name" where it may be one
  bool has_steps = true;         ///< false: information, no drift
  schema::ObjectId about;        ///< under its name on the desired side, on the actual side for what goes

  bool operator==(const Difference&) const = default;
};

}  // namespace plan
