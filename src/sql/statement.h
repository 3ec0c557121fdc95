#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "sql/quote.h"

namespace sql {
namespace detail {

consteval std::size_t placeholders(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = text.find("{}"); at != std::string_view::npos; at = text.find("{}", at + 2)) ++count;
  return count;
}

std::string filled(std::string_view text, std::span<const std::string> arguments);

}  // namespace detail

/// A statement's text with a `{}` for each argument; a wrong number of them does not compile.
template <class... Arguments>
struct Template {
  std::string_view text;

  consteval Template(const char* written) : text(written) {
    if (detail::placeholders(text) != sizeof...(Arguments)) throw "as many {} as arguments";
  }
};

/// `text("ALTER TABLE {} ADD COLUMN {} {}", table, column, type)`: each `{}` becomes the quoted argument. Takes what
/// knows how to quote itself, never a bare string: that would be an identifier, a literal or SQL, and only the caller
/// knows which.
template <class... Arguments>
std::string text(Template<std::type_identity_t<Arguments>...> statement, const Arguments&... arguments) {
  const std::array<std::string, sizeof...(Arguments)> parts{quoted(arguments)...};
  return detail::filled(statement.text, parts);
}

}  // namespace sql
