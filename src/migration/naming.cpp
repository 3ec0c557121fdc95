#include "migration/naming.h"

#include <clocale>
#include <cwctype>

#include "base/text.h"

namespace migration {
namespace {

locale_t unicode() {
  static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  return locale;
}

char32_t lower(char32_t character) {
  if (character < 0x80) return character >= 'A' && character <= 'Z' ? character + 32 : character;
  return unicode() == nullptr ? character
                              : static_cast<char32_t>(towlower_l(static_cast<wint_t>(character), unicode()));
}

int length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first < 0xE0) return 2;
  if (first >= 0xE0 && first < 0xF0) return 3;
  return first >= 0xF0 && first < 0xF5 ? 4 : 0;
}

}  // namespace

bool is_word_character(char32_t character) {
  if (character < 0x80) {
    return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') ||
           (character >= 'a' && character <= 'z') || character == '_';
  }
  return unicode() == nullptr || iswalnum_l(static_cast<wint_t>(character), unicode()) != 0;
}

std::u32string characters(std::string_view text) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size();) {
    const int length = length_of(static_cast<unsigned char>(text[at]));
    char32_t character =
        length > 1 ? static_cast<unsigned char>(text[at]) & (0x7FU >> length) : static_cast<unsigned char>(text[at]);
    int read = 1;
    for (; read < length && at + read < text.size() && (static_cast<unsigned char>(text[at + read]) & 0xC0U) == 0x80U;
         ++read) {
      character = (character << 6) | (static_cast<unsigned char>(text[at + read]) & 0x3FU);
    }
    const bool good = length > 0 && read == length;
    result += good ? character : U'\uFFFD';
    at += good ? static_cast<std::size_t>(length) : 1;
  }
  return result;
}

std::string utf8(std::u32string_view text) {
  std::string result;
  for (const char32_t c : text) {
    if (c < 0x80) {
      result += static_cast<char>(c);
    } else if (c < 0x800) {
      result += static_cast<char>(0xC0 | (c >> 6));
      result += static_cast<char>(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
      result += static_cast<char>(0xE0 | (c >> 12));
      result += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      result += static_cast<char>(0x80 | (c & 0x3F));
    } else {
      result += static_cast<char>(0xF0 | (c >> 18));
      result += static_cast<char>(0x80 | ((c >> 12) & 0x3F));
      result += static_cast<char>(0x80 | ((c >> 6) & 0x3F));
      result += static_cast<char>(0x80 | (c & 0x3F));
    }
  }
  return result;
}

std::string slug(std::string_view message, std::size_t length) {
  std::u32string result;
  bool gap = false;
  for (const char32_t character : characters(message)) {
    if (!is_word_character(character)) {
      gap = !result.empty();
      continue;
    }
    if (gap) result += U'_';
    gap = false;
    result += lower(character);
  }
  if (result.size() > length) {
    result.resize(length);
    if (const auto end = result.rfind(U'_'); end != std::u32string::npos) result.resize(end);
  }
  return utf8(result);
}

std::string one_line(std::string_view text) {
  std::string result(text);
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) c = ' ';
  }
  return std::string(base::trimmed(result));
}

}  // namespace migration
