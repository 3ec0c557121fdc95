#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace python::syntax {

/// What a byte may be part of.
enum CharacterClass : std::uint8_t {
  identifier_start = 1,  ///< letters, underscore, every byte of a character beyond ASCII
  digit = 2,
  hexadecimal = 4,
  string_special = 8,  ///< what ends the quick scan of a string: quotes, backslash, ends of line, NUL, braces
  blank = 16,          ///< space, tab, form feed
  identifier_part = identifier_start | digit,
};

constexpr std::array<std::uint8_t, 256> make_character_classes() {
  std::array<std::uint8_t, 256> table{};
  for (int c = 0; c < 256; ++c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    std::uint8_t classes = 0;
    if (letter || c == '_' || c >= 0x80) classes |= identifier_start;
    if (c >= '0' && c <= '9') classes |= digit | hexadecimal;
    if ((c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) classes |= hexadecimal;
    if (std::string_view("\0\n\r\"'\\{}", 8).find(static_cast<char>(c)) != std::string_view::npos)
      classes |= string_special;
    if (c == ' ' || c == '\t' || c == '\f') classes |= blank;
    table[c] = classes;
  }
  return table;
}

inline constexpr std::array<std::uint8_t, 256> character_classes = make_character_classes();

constexpr bool is(char c, int classes) { return character_classes[static_cast<unsigned char>(c)] & classes; }

struct CodePoint {
  char32_t value = 0;
  int length = 0;  ///< bytes it takes in UTF-8; 0 when the text is no UTF-8
};

/// The character at the beginning of a text that is not empty; strict (no surrogates, no overlong forms).
CodePoint first_code_point(std::string_view text);

/// The length of the longest prefix whose characters may stand there in an identifier (XID_Start, XID_Continue); an
/// ASCII character always may.
std::size_t identifier_prefix(std::string_view identifier);

}  // namespace python::syntax
