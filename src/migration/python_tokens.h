#pragma once

#include <string>
#include <string_view>
#include <vector>

/// The little of Python that revision files are read with. It never fails: what it does not understand is a token that
/// nobody asks for.
namespace migration {

struct PythonToken {
  enum class Kind { Name, String, Number, Symbol, Comment, LineEnd };
  Kind kind = Kind::Symbol;
  std::string text;     ///< of a string: its value; of a comment: without "#"
  bool literal = true;  ///< of a string: the value is known (no f-string, no bytes, no \N{…})
  int line = 1;
  int indentation = 0;  ///< columns of blanks before the first token of the logical line

  bool operator==(const PythonToken&) const = default;
};

/// Line ends inside brackets and blank lines give no token.
std::vector<PythonToken> python_tokens(std::string_view source);

/// The text as a Python string in triple quotes, that Python reads back as it is, whatever it holds.
std::string python_text(std::string_view text);
/// The text as repr() writes it.
std::string python_repr(std::string_view text);

/// SQL as SQLAlchemy's text() wants it: a colon that would begin a bind parameter is escaped, and so is a backslash
/// before one.
std::string text_escaped(std::string_view sql);
/// What text() makes of it; `binds` tells that it names bind parameters, which have no values in a migration.
std::string text_unescaped(std::string_view text, bool& binds);

}  // namespace migration
