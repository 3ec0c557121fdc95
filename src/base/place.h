#pragma once

#include <string>

namespace base {

/// A position in one of the user's files. Line and column count from 1; 0 means unknown.
struct Place {
  std::string file;  ///< relative to the project's root where it lies below it, else absolute
  int line = 0;
  int column = 0;

  bool operator==(const Place&) const = default;
  auto operator<=>(const Place&) const = default;
};

/// "file:line:column", leaving out what is unknown.
std::string text(const Place& place);

}  // namespace base
