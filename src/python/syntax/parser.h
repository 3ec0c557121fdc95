#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <string>

#include "python/syntax/tree.h"

namespace python::syntax {

/// Why a source is no Python, and where Python itself would say so.
struct SyntaxError {
  std::string message;       ///< as Python words it, where known
  std::uint32_t offset = 0;  ///< in bytes of the source as UTF-8
  int line = 0;              ///< from 1
  int column = 0;            ///< from 1, in characters

  bool operator==(const SyntaxError&) const = default;
};

using ParseResult = std::expected<std::unique_ptr<Tree>, SyntaxError>;

/// Parses the bytes of a Python file of any version from 3.8 to 3.14. Accepts what `ast.parse` of one of them accepts.
/// The bytes may be in any encoding that a byte order mark or a coding line names, among UTF-8, Latin-1, ASCII and
/// their relatives.
ParseResult parse_module(std::string source);

/// Parses one expression, as `eval` does: blanks before it are of no matter.
ParseResult parse_expression(std::string source);

}  // namespace python::syntax

namespace python {
using syntax::parse_expression;
using syntax::parse_module;
using syntax::ParseResult;
using syntax::SyntaxError;
}  // namespace python
