#pragma once

#include <cstdint>
#include <string>

#include "base/place.h"
#include "python/syntax/tree.h"

namespace python {

/// A file that was read and parsed; lives as long as its `Files`.
struct Source {
  std::string path;            ///< absolute, or as `Files` names it
  std::string shown;           ///< as places show it: relative to the project's root
  const Tree* tree = nullptr;  ///< null if the file is no Python
};

/// A stretch of a source; cheap to copy and to keep in every value. `place` makes it readable.
struct Location {
  const Source* source = nullptr;
  syntax::Span span;

  explicit operator bool() const { return source != nullptr; }
  bool operator==(const Location&) const = default;
};

/// The beginning of the location, as a diagnostic shows it.
base::Place place(const Location& location);
/// The source text of the location.
std::string_view text(const Location& location);

}  // namespace python
