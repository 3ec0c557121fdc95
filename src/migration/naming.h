#pragma once

#include <string>
#include <string_view>

/// Names of migration files.
namespace migration {

/// A letter, digit or underscore of any script, as `\w` of Python's regular expressions.
bool is_word_character(char32_t character);

/// The characters of a UTF-8 text; what is no UTF-8 becomes U+FFFD.
std::u32string characters(std::string_view utf8);
std::string utf8(std::u32string_view characters);

/// The words of the message in lower case, joined by underscores: a part of a file name without blanks, dots or
/// slashes. `length`: characters at most, cut between words where possible. May be empty.
std::string slug(std::string_view message, std::size_t length);

/// One line of the text: line ends and other control characters become blanks.
std::string one_line(std::string_view text);

}  // namespace migration
