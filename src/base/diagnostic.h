#pragma once

#include <string>
#include <vector>

#include "base/place.h"

namespace base {

/// Something learned about the user's input that does not stop the work: collected, never thrown.
struct Diagnostic {
  std::string code;     ///< stable, upper case: UNRESOLVED, COMPARED_BY_SYNTAX, …
  std::string message;  ///< one sentence
  Place place;
  std::string table;  ///< the table it concerns, schema-qualified, if any

  bool operator==(const Diagnostic&) const = default;
};

using Diagnostics = std::vector<Diagnostic>;

}  // namespace base
