#pragma once

#include <optional>
#include <string>
#include <vector>

#include "plan/scene.h"

namespace plan {

/// A probe, and what its answer means: with `offending` rows (or an error that speaks of rows) the plan would fail.
struct Question {
  schema::Probe probe;
  schema::ObjectId about;
  bool blocks = true;         ///< false: it only decides how dangerous the change is
  bool error_blocks = false;  ///< an error of class 22 or 23 means that a statement will fail
  std::string complaint;      ///< "{count} … {example}": what is wrong, for people
  std::string hint;
};

/// All questions of a plan; in the order of the changes.
std::vector<Question> questions(const Scene& scene);

}  // namespace plan
