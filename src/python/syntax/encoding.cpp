#include "python/syntax/encoding.h"

#include <iconv.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string_view>

#include "python/syntax/characters.h"

namespace python::syntax {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

struct Line {
  std::string_view text;
  std::size_t next = 0;  ///< where the next one begins
};

Line line_at(std::string_view source, std::size_t begin) {
  const std::size_t end = std::min(source.find_first_of("\r\n", begin), source.size());
  const bool pair = source.substr(end, 2) == "\r\n";
  return {source.substr(begin, end - begin), std::min(source.size(), end + (pair ? 2 : 1))};
}

bool is_name_character(char c) {
  return is(c, digit) || is(c, hexadecimal) || std::string_view("-_.").contains(c) || (c >= 'a' && c <= 'z') ||
         (c >= 'A' && c <= 'Z');
}

/// The encoding that a comment line names as PEP 263 wants it: `coding[=:]\s*([-\w.]+)`.
std::string_view named_encoding(std::string_view line) {
  const std::size_t comment = line.find_first_not_of(" \t\f");
  if (comment == std::string_view::npos || line[comment] != '#') return {};
  for (std::size_t at = line.find("coding"); at != std::string_view::npos; at = line.find("coding", at + 1)) {
    std::string_view rest = line.substr(at + 6);
    if (!rest.starts_with(':') && !rest.starts_with('=')) continue;
    rest.remove_prefix(1);
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
    const auto end = std::find_if_not(rest.begin(), rest.end(), is_name_character);
    if (end != rest.begin()) return rest.substr(0, end - rest.begin());
  }
  return {};
}

bool is_blank_or_comment(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\f");
  return first == std::string_view::npos || line[first] == '#';
}

std::string_view declared_encoding(std::string_view source) {
  const Line first = line_at(source, 0);
  if (const std::string_view name = named_encoding(first.text); !name.empty()) return name;
  if (!is_blank_or_comment(first.text)) return {};
  return named_encoding(line_at(source, first.next).text);
}

std::string normalized(std::string_view name) {
  std::string normal;
  for (const char c : name) normal += c == '_' ? '-' : (c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c);
  return normal;
}

bool is_utf8_name(const std::string& name) {
  constexpr std::string_view names[] = {"utf-8", "utf8", "utf", "u8", "cp65001", "utf-8-sig"};
  return name.starts_with("utf-8-") || std::ranges::find(names, name) != std::end(names);
}

bool is_latin1_name(const std::string& name) {
  for (const std::string_view alias : {"latin-1", "iso-8859-1", "iso-latin-1", "latin1", "iso8859-1", "l1"}) {
    if (name == alias || name.starts_with(std::string(alias) + "-")) return true;
  }
  return false;
}

bool is_ascii_name(const std::string& name) { return name == "ascii" || name == "us-ascii"; }

std::string from_latin1(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size() + bytes.size() / 8);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      text += c;
    } else {
      text += static_cast<char>(0xc0 | byte >> 6);
      text += static_cast<char>(0x80 | (byte & 0x3f));
    }
  }
  return text;
}

/// Any other encoding, as far as the system knows it.
class Converter {
 public:
  explicit Converter(const std::string& name) : descriptor_(iconv_open("UTF-8", name.c_str())) {}
  ~Converter() {
    if (known()) iconv_close(descriptor_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  bool known() const { return descriptor_ != reinterpret_cast<iconv_t>(-1); }

  /// False if some byte has no meaning.
  bool convert(std::string& bytes, std::string& text) const {
    text.resize(bytes.size() * 4);
    char* in = bytes.data();
    char* out = text.data();
    std::size_t in_left = bytes.size();
    std::size_t out_left = text.size();
    if (iconv(descriptor_, &in, &in_left, &out, &out_left) == static_cast<std::size_t>(-1)) return false;
    text.resize(text.size() - out_left);
    return true;
  }

 private:
  iconv_t descriptor_;
};

/// Offset of the first byte from `at` on that is no ASCII, or the size; eight bytes at a time.
std::size_t after_ascii(std::string_view text, std::size_t at) {
  constexpr std::uint64_t high_bits = 0x8080808080808080;
  for (std::uint64_t word = 0; at + sizeof word <= text.size(); at += sizeof word) {
    std::memcpy(&word, text.data() + at, sizeof word);
    if (word & high_bits) break;
  }
  while (at < text.size() && static_cast<signed char>(text[at]) >= 0) ++at;
  return at;
}

/// Offset of the first byte that is not UTF-8, or the size.
std::size_t valid_prefix(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size()) {
    at = after_ascii(text, at);
    if (at == text.size()) break;
    const CodePoint point = first_code_point(text.substr(at));
    if (point.length == 0) return at;
    at += point.length;
  }
  return at;
}

std::unexpected<EncodingError> failure(std::string message, std::size_t offset) {
  return std::unexpected(EncodingError{std::move(message), static_cast<std::uint32_t>(offset)});
}

std::expected<Decoding, EncodingError> convert(std::string& bytes, std::string_view name) {
  const std::string normal = normalized(name);
  if (is_latin1_name(normal)) return Decoding{from_latin1(bytes), 0};
  if (is_ascii_name(normal)) {
    const auto high = std::find_if(bytes.begin(), bytes.end(), [](char c) { return static_cast<signed char>(c) < 0; });
    if (high == bytes.end()) return Decoding{std::move(bytes), 0};
    return failure("(unicode error) 'ascii' codec can't decode byte: ordinal not in range(128)", high - bytes.begin());
  }
  const Converter converter(normal);
  if (!converter.known()) return failure("unknown encoding: " + std::string(name), 0);
  std::string text;
  if (!converter.convert(bytes, text)) return failure("(unicode error) the bytes are not in encoding " + normal, 0);
  return Decoding{std::move(text), 0};
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
  const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
  const auto follows = [&](std::size_t i) { return (byte(i) & 0xc0) == 0x80; };
  const char32_t first = byte(0);
  if (first < 0x80) return {first, 1};
  if (first >= 0xc2 && first < 0xe0 && follows(1)) return {(first & 0x1f) << 6 | (byte(1) & 0x3f), 2};
  if (first >= 0xe0 && first < 0xf0 && follows(1) && follows(2)) {
    const char32_t value = (first & 0x0f) << 12 | (byte(1) & 0x3f) << 6 | (byte(2) & 0x3f);
    const bool surrogate = value >= 0xd800 && value < 0xe000;
    return value < 0x800 || surrogate ? CodePoint{} : CodePoint{value, 3};
  }
  if (first >= 0xf0 && first < 0xf5 && follows(1) && follows(2) && follows(3)) {
    const char32_t value = (first & 0x07) << 18 | (byte(1) & 0x3f) << 12 | (byte(2) & 0x3f) << 6 | (byte(3) & 0x3f);
    return value < 0x10000 || value > 0x10ffff ? CodePoint{} : CodePoint{value, 4};
  }
  return {};
}

std::expected<Decoding, EncodingError> decode_source(std::string& bytes) {
  const bool marked = bytes.starts_with(byte_order_mark);
  const std::uint32_t begin = marked ? static_cast<std::uint32_t>(byte_order_mark.size()) : 0;
  const std::string encoding(declared_encoding(std::string_view(bytes).substr(begin)));
  const std::string normal = normalized(encoding);
  if (marked && !encoding.empty() && normal != "utf-8" && !normal.starts_with("utf-8-"))
    return failure("encoding problem: " + encoding + " with BOM", 0);
  if (!encoding.empty() && !is_utf8_name(normal)) return convert(bytes, encoding);
  const std::size_t valid = valid_prefix(bytes);
  if (valid == bytes.size()) return Decoding{std::move(bytes), begin};
  char message[160];
  std::snprintf(
      message, sizeof message, "%s '\\x%02x'%s",
      encoding.empty() ? "Non-UTF-8 code starting with" : "(unicode error) 'utf-8' codec can't decode byte",
      static_cast<unsigned>(static_cast<unsigned char>(bytes[valid])),
      encoding.empty() ? ", but no encoding declared; see https://peps.python.org/pep-0263/ for details" : "");
  return failure(message, valid);
}

}  // namespace python::syntax
