#include "python/library/texts.h"

#include <algorithm>

namespace python::library {

Characters::Characters(std::string_view text) : text_(text) {
  ascii_ = std::none_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; });
  if (ascii_) return;
  for (std::size_t at = 0; at < text.size(); ++at)
    if ((static_cast<unsigned char>(text[at]) & 0xc0) != 0x80) starts_.push_back(at);
  starts_.push_back(text.size());
}

std::string_view Characters::part(std::size_t from, std::size_t to) const {
  if (ascii_) return text_.substr(from, to - from);
  return text_.substr(starts_[from], starts_[to] - starts_[from]);
}

std::size_t Characters::index_of_byte(std::size_t byte) const {
  if (ascii_) return byte;
  return static_cast<std::size_t>(std::lower_bound(starts_.begin(), starts_.end(), byte) - starts_.begin());
}

std::size_t character_count(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

char32_t decoded(std::string_view character) {
  if (character.empty()) return 0;
  const auto first = static_cast<unsigned char>(character[0]);
  if (first < 0x80) return first;
  char32_t code = first >= 0xf0 ? first & 0x07 : first >= 0xe0 ? first & 0x0f : first & 0x1f;
  for (std::size_t at = 1; at < character.size(); ++at)
    code = code << 6 | (static_cast<unsigned char>(character[at]) & 0x3f);
  return code;
}

void encode(char32_t code, std::string& to) {
  const auto push = [&](char32_t byte) { to += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (code < 0x80) return push(code);
  if (code < 0x800) {
    push(0xc0 | code >> 6);
  } else if (code < 0x10000) {
    push(0xe0 | code >> 12);
    push(0x80 | (code >> 6 & 0x3f));
  } else {
    push(0xf0 | code >> 18);
    push(0x80 | (code >> 12 & 0x3f));
    push(0x80 | (code >> 6 & 0x3f));
  }
  push(0x80 | (code & 0x3f));
}

std::u32string decoded_text(std::string_view text) {
  std::u32string result;
  const Characters characters(text);
  for (std::size_t at = 0; at < characters.size(); ++at) result += decoded(characters[at]);
  return result;
}

std::string encoded_text(std::u32string_view text) {
  std::string result;
  for (const char32_t code : text) encode(code, result);
  return result;
}

namespace {

/// Blocks in which capital and small letters take turns, beginning with a capital.
bool alternates(char32_t code) {
  return (code >= 0x100 && code <= 0x137) || (code >= 0x14a && code <= 0x177) || (code >= 0x460 && code <= 0x481) ||
         (code >= 0x48a && code <= 0x4bf) || (code >= 0x4d0 && code <= 0x52f) || (code >= 0x1e00 && code <= 0x1e95) ||
         (code >= 0x1ea0 && code <= 0x1eff);
}

bool alternates_from_odd(char32_t code) { return (code >= 0x139 && code <= 0x148) || (code >= 0x179 && code <= 0x17e); }

}  // namespace

char32_t upper(char32_t code) {
  if (code < 0x80) return code >= 'a' && code <= 'z' ? code - 32 : code;
  if (code >= 0xe0 && code <= 0xfe && code != 0xf7) return code - 32;
  if (code == 0xff) return 0x178;
  if (code == 0xb5) return 0x39c;
  if (code == 0x131) return 'I';
  if (alternates(code)) return code & ~char32_t(1);
  if (alternates_from_odd(code)) return code % 2 ? code : code - 1;
  if (code == 0x3c2) return 0x3a3;
  if (code >= 0x3b1 && code <= 0x3cb) return code - 32;
  if (code == 0x3ac) return 0x386;
  if (code >= 0x3ad && code <= 0x3af) return code - 37;
  if (code == 0x3cc) return 0x38c;
  if (code == 0x3cd || code == 0x3ce) return code - 63;
  if (code >= 0x430 && code <= 0x44f) return code - 32;
  if (code >= 0x450 && code <= 0x45f) return code - 80;
  if (code >= 0x561 && code <= 0x586) return code - 48;
  return code;
}

char32_t lower(char32_t code) {
  if (code < 0x80) return code >= 'A' && code <= 'Z' ? code + 32 : code;
  if (code >= 0xc0 && code <= 0xde && code != 0xd7) return code + 32;
  if (code == 0x178) return 0xff;
  if (code == 0x130) return 'i';
  if (alternates(code)) return code | 1;
  if (alternates_from_odd(code)) return code % 2 ? code + 1 : code;
  if (code >= 0x391 && code <= 0x3ab) return code + 32;
  if (code == 0x386) return 0x3ac;
  if (code >= 0x388 && code <= 0x38a) return code + 37;
  if (code == 0x38c) return 0x3cc;
  if (code == 0x38e || code == 0x38f) return code + 63;
  if (code >= 0x410 && code <= 0x42f) return code + 32;
  if (code >= 0x400 && code <= 0x40f) return code + 80;
  if (code >= 0x531 && code <= 0x556) return code + 48;
  return code;
}

std::string upper(std::string_view text) {
  std::string result;
  for (const char32_t code : decoded_text(text)) {
    if (code == 0xdf) {
      result += "SS";
    } else {
      encode(upper(code), result);
    }
  }
  return result;
}

std::string lower(std::string_view text) {
  std::string result;
  for (const char32_t code : decoded_text(text)) encode(lower(code), result);
  return result;
}

bool is_space(char32_t code) {
  return (code >= 9 && code <= 13) || (code >= 0x1c && code <= 0x20) || code == 0x85 || code == 0xa0 ||
         code == 0x1680 || (code >= 0x2000 && code <= 0x200a) || code == 0x2028 || code == 0x2029 || code == 0x202f ||
         code == 0x205f || code == 0x3000;
}

bool is_letter(char32_t code) {
  if (code < 0x80) return (code | 32) >= 'a' && (code | 32) <= 'z';
  if (code < 0x100)
    return code == 0xaa || code == 0xb5 || code == 0xba || (code >= 0xc0 && code != 0xd7 && code != 0xf7);
  return (code < 0x2000 && !(code >= 0x300 && code <= 0x36f)) || (code >= 0x3040 && code < 0xd800 && code != 0x30fb) ||
         (code >= 0xf900 && code < 0xfb00) || (code >= 0x20000 && code < 0x30000);
}

bool is_digit(char32_t code) { return code >= '0' && code <= '9'; }
bool is_upper(char32_t code) { return lower(code) != code; }
bool is_lower(char32_t code) { return upper(code) != code || code == 0xdf; }

bool is_printable(char32_t code) {
  if (code < 0x20 || (code >= 0x7f && code <= 0xa0) || code == 0xad) return false;
  if (is_space(code)) return code == ' ';
  return !(code >= 0x200b && code <= 0x200f) && !(code >= 0x202a && code <= 0x202e) &&
         !(code >= 0x2060 && code <= 0x206f) && code != 0xfeff && !(code >= 0xd800 && code <= 0xf8ff);
}

}  // namespace python::library
