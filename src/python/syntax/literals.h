#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "python/syntax/tree.h"

namespace python::syntax {

/// A string literal taken apart.
struct StringLiteral {
  std::string_view content;  ///< between the quotes, as written
  bool bytes = false;
  bool raw = false;
  bool unicode = false;  ///< u"…"
};

StringLiteral string_literal(std::string_view token);

struct Decoded {
  std::string error;  ///< empty if all is well
  bool has_named_characters = false;
};

/// Appends the value of a piece of a string literal: escapes replaced, line ends turned to \n.
Decoded decode(std::string_view content, bool bytes, bool raw, std::string& into);

/// Whether `decode` would give the content as it is.
bool is_plain(std::string_view content, bool raw);

/// Fills `into` from the text of a number token without underscores. False when Python refuses it: a decimal integer of
/// more than 4,300 digits.
bool read_number(std::string_view digits, Constant& into);

}  // namespace python::syntax
