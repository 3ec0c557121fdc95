#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace migration {

/// A Python string literal for the text, readable for people: "…", or """…""" where there are line ends or quotes.
std::string python_literal(std::string_view text);

/// Reads one string literal (prefixes, adjacent literals) at the beginning of `source` and removes it from there.
/// Nothing where there is none, or one that is no constant.
std::optional<std::string> take_python_literal(std::string_view& source);

/// SQL for SQLAlchemy's text(), in which `:name` is a parameter: such colons are escaped. And back.
std::string text_clause(std::string_view sql);
std::string sql_of_text_clause(std::string_view text);

}  // namespace migration
