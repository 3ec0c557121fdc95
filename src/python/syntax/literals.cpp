#include "python/syntax/literals.h"

#include <charconv>
#include <cmath>
#include <limits>

#include "python/syntax/characters.h"

namespace python::syntax {
namespace {

/// Python's limit for the conversion from decimal.
constexpr std::size_t most_decimal_digits = 4300;

int hexadecimal_value(char c) {
  if (is(c, digit)) return c - '0';
  return (c | 0x20) - 'a' + 10;
}

/// Lone surrogates come out as three bytes too.
void append_utf8(std::string& into, std::uint32_t c) {
  const auto put = [&](std::uint32_t byte) { into += static_cast<char>(byte); };
  if (c < 0x80) return put(c);
  if (c < 0x800) {
    put(0xc0 | c >> 6);
  } else {
    if (c < 0x10000) {
      put(0xe0 | c >> 12);
    } else {
      put(0xf0 | c >> 18);
      put(0x80 | (c >> 12 & 0x3f));
    }
    put(0x80 | (c >> 6 & 0x3f));
  }
  put(0x80 | (c & 0x3f));
}

class Decoder {
 public:
  Decoder(std::string_view content, bool bytes, std::string& into) : content_(content), bytes_(bytes), into_(into) {}

  Decoded run() {
    while (at_ < content_.size() && result_.error.empty()) piece();
    return std::move(result_);
  }

 private:
  void piece() {
    const std::size_t backslash = std::min(content_.find('\\', at_), content_.size());
    into_ += content_.substr(at_, backslash - at_);
    at_ = backslash;
    if (at_ < content_.size()) escape();
  }

  void escape();
  void octal();
  void hexadecimal_escape(std::size_t count, std::string_view form);
  void named();

  char peek() const { return at_ < content_.size() ? content_[at_] : '\0'; }
  void put(std::uint32_t value) { bytes_ ? into_.push_back(static_cast<char>(value)) : append_utf8(into_, value); }

  std::string_view content_;
  bool bytes_;
  std::string& into_;
  std::size_t at_ = 0;
  Decoded result_;
};

void Decoder::escape() {
  constexpr std::string_view names = "\\'\"abfnrtv";
  constexpr std::string_view values = "\\'\"\a\b\f\n\r\t\v";
  const std::size_t begin = at_++;
  const char c = peek();
  if (c >= '0' && c <= '7') return octal();
  ++at_;
  if (c == '\n') return;
  if (const std::size_t simple = names.find(c); simple != std::string_view::npos)
    return into_.push_back(values[simple]);
  if (c == 'x') return hexadecimal_escape(2, "\\xXX");
  if (!bytes_ && c == 'u') return hexadecimal_escape(4, "\\uXXXX");
  if (!bytes_ && c == 'U') return hexadecimal_escape(8, "\\UXXXXXXXX");
  if (!bytes_ && c == 'N') return named();
  at_ = begin + 1;
  into_ += '\\';
}

void Decoder::octal() {
  std::uint32_t value = 0;
  for (int i = 0; i < 3 && peek() >= '0' && peek() <= '7'; ++i) value = value * 8 + (content_[at_++] - '0');
  put(bytes_ ? value & 0xff : value);
}

void Decoder::hexadecimal_escape(std::size_t count, std::string_view form) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (!is(peek(), hexadecimal)) {
      result_.error = bytes_ ? "(value error) invalid \\x escape at position " + std::to_string(at_ - i - 2)
                             : "(unicode error) 'unicodeescape' codec can't decode bytes: truncated " +
                                   std::string(form) + " escape";
      return;
    }
    value = value * 16 + hexadecimal_value(content_[at_++]);
  }
  if (value > 0x10ffff) {
    result_.error = "(unicode error) 'unicodeescape' codec can't decode bytes: illegal Unicode character";
    return;
  }
  put(value);
}

void Decoder::named() {
  const std::size_t end = content_.find('}', at_);
  if (peek() != '{' || end == std::string_view::npos || end == at_ + 1) {
    result_.error = "(unicode error) 'unicodeescape' codec can't decode bytes: malformed \\N character escape";
    return;
  }
  at_ = end + 1;
  append_utf8(into_, 0xfffd);
  result_.has_named_characters = true;
}

std::string with_plain_line_ends(std::string_view content) {
  std::string plain;
  for (std::size_t i = 0; i < content.size(); ++i) {
    if (content[i] == '\r' && i + 1 < content.size() && content[i + 1] == '\n') continue;
    plain += content[i] == '\r' ? '\n' : content[i];
  }
  return plain;
}

bool read_integer(std::string_view digits, int base, Constant& into) {
  into.constant = ConstantKind::Integer;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), into.integer, base);
  if (error == std::errc()) return true;
  into.constant = ConstantKind::LargeInteger;
  into.integer = 0;
  return base != 10 || digits.size() <= most_decimal_digits;
}

double read_double(std::string_view digits) {
  double value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (error != std::errc::result_out_of_range) return value;
  // Too small or too large: the exponent's sign tells which, or its absence, with hundreds of digits.
  const std::size_t exponent = digits.find_first_of("eE");
  const bool tiny = exponent == std::string_view::npos ? digits.starts_with('.') || digits.starts_with("0.")
                                                       : digits.substr(exponent + 1).starts_with('-');
  return tiny ? 0 : std::numeric_limits<double>::infinity();
}

}  // namespace

StringLiteral string_literal(std::string_view token) {
  StringLiteral literal;
  std::size_t quote = 0;
  for (; token[quote] != '"' && token[quote] != '\''; ++quote) {
    const char c = static_cast<char>(token[quote] | 0x20);
    literal.bytes |= c == 'b';
    literal.raw |= c == 'r';
    literal.unicode |= c == 'u';
  }
  token.remove_prefix(quote);
  const bool triple = token.size() >= 6 && token[1] == token[0] && token[2] == token[0];
  const std::size_t quotes = triple ? 3 : 1;
  literal.content = token.substr(quotes, token.size() - 2 * quotes);
  return literal;
}

Decoded decode(std::string_view content, bool bytes, bool raw, std::string& into) {
  std::string plain;
  if (content.contains('\r')) content = plain = with_plain_line_ends(content);
  if (!raw) return Decoder(content, bytes, into).run();
  into += content;
  return {};
}

bool is_plain(std::string_view content, bool raw) {
  return !content.contains('\r') && (raw || !content.contains('\\'));
}

bool read_number(std::string_view digits, Constant& into) {
  const char form = digits.size() > 1 ? static_cast<char>(digits[1] | 0x20) : '\0';
  if (digits[0] == '0' && form == 'x') return read_integer(digits.substr(2), 16, into);
  if (digits[0] == '0' && form == 'o') return read_integer(digits.substr(2), 8, into);
  if (digits[0] == '0' && form == 'b') return read_integer(digits.substr(2), 2, into);
  const bool imaginary = (digits.back() | 0x20) == 'j';
  if (imaginary) digits.remove_suffix(1);
  if (!imaginary && digits.find_first_of(".eE") == std::string_view::npos) return read_integer(digits, 10, into);
  into.constant = imaginary ? ConstantKind::Complex : ConstantKind::Float;
  into.number = read_double(digits);
  return true;
}

}  // namespace python::syntax
