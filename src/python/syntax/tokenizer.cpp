#include <cstdio>
#include <string_view>

#include "python/syntax/characters.h"
#include "python/syntax/keywords.h"
#include "python/syntax/token.h"

namespace python::syntax {
namespace {

/// Python's own limits.
constexpr std::size_t most_brackets = 200;
constexpr std::size_t most_indents = 100;
constexpr std::size_t most_nested_strings = 150;

constexpr std::uint32_t tab_width = 8;

/// Thrown by the tokenizer to itself: an error ends it.
struct Stop {
  TokenError error;
};

/// An f-string or t-string that is being read.
struct FormatString {
  std::uint32_t begin = 0;
  char quote = '"';
  bool triple = false;
  bool raw = false;
  std::size_t brackets = 0;  ///< open brackets around the string
  std::size_t fields = 0;    ///< open replacement fields: more than one when nested in a format specification
  bool format_spec = false;  ///< what is being read stands behind the colon of a replacement field
};

struct Bracket {
  char closing = 0;
  std::uint32_t offset = 0;
};

class Tokenizer {
 public:
  Tokenizer(const std::string& source, std::uint32_t begin) : text_(source.data()), size_(source.size()), at_(begin) {
    result_.tokens.reserve(size_ / 4 + 8);
  }

  Tokens run() {
    try {
      while (next_line()) rest_of_line();
      finish();
    } catch (Stop& stop) {
      result_.error = std::move(stop.error);
      if (!strings_.empty() && !ends_by_quotes(strings_.front())) unterminated(strings_.front());
      push(TokenKind::Error, result_.error->offset);
    }
    if (!brackets_.empty()) result_.unclosed = brackets_.back().offset;
    return std::move(result_);
  }

 private:
  bool next_line();
  void indent(std::uint32_t column, std::uint32_t column_of_short_tabs);
  void rest_of_line();
  void finish();
  void token();
  void name();
  void number();
  void digits(int classes);
  void radix_number(int classes, std::string_view kind, char last_digit);
  void check_leading_zeros(std::uint32_t begin);
  void fraction_and_exponent(std::uint32_t begin);
  bool exponent();
  void end_of_number(std::string_view kind);
  void operator_token();
  void open(char closing, TokenKind kind);
  void close(TokenKind kind);
  bool string_with_prefix(std::uint32_t begin, std::uint32_t end);
  void string(std::uint32_t begin);
  void format_string(std::uint32_t begin, std::string_view prefix);
  void format_string_text();
  bool format_string_piece(const FormatString& string);
  bool format_string_escape(const FormatString& string);
  bool closes(char quote, bool triple) const;
  bool ends_by_quotes(const FormatString& string);
  void unterminated(const FormatString& string);
  void in_replacement_field();
  void continuation();
  void skip_comment();
  void skip_newline();
  void unknown_character();

  /// Directly in a replacement field, not in brackets within.
  bool in_field() const {
    return !strings_.empty() && brackets_.size() == strings_.back().brackets + strings_.back().fields;
  }
  char current() const { return text_[at_]; }
  char peek(std::uint32_t distance) const { return at_ + distance < size_ ? text_[at_ + distance] : '\0'; }
  bool at_end() const { return at_ >= size_; }
  bool at_newline() const { return current() == '\n' || current() == '\r'; }

  void push(TokenKind kind, std::uint32_t begin) {
    result_.tokens.push_back({begin, at_, kind, static_cast<std::uint8_t>(brackets_.size())});
  }
  void take(TokenKind kind, std::uint32_t length) {
    const std::uint32_t begin = at_;
    at_ += length;
    push(kind, begin);
  }
  [[noreturn]] void fail(std::string message, std::uint32_t offset, bool foremost = true) {
    throw Stop{{std::move(message), offset, foremost}};
  }

  const char* text_;  ///< ends with a NUL behind `size_`
  std::size_t size_;
  std::uint32_t at_;
  Tokens result_;
  std::vector<std::uint32_t> indents_{0};
  std::vector<std::uint32_t> short_indents_{0};
  std::vector<Bracket> brackets_;
  std::vector<FormatString> strings_;
};

/// Skips lines without a token, then emits the indentation. False at the end.
bool Tokenizer::next_line() {
  std::uint32_t column = 0;
  std::uint32_t column_of_short_tabs = 0;
  std::uint32_t continued_column = 0;
  for (;;) {
    const char c = current();
    if (c == ' ') {
      ++column, ++column_of_short_tabs, ++at_;
    } else if (c == '\t') {
      column = (column / tab_width + 1) * tab_width;
      ++column_of_short_tabs, ++at_;
    } else if (c == '\f') {
      column = column_of_short_tabs = 0, ++at_;
    } else if (c == '\\') {
      // Indentation that is continued counts as far as the first line has it.
      continued_column = continued_column ? continued_column : column;
      continuation();
    } else if (c == '#') {
      skip_comment();
    } else if (at_newline()) {
      skip_newline();
      column = column_of_short_tabs = continued_column = 0;
    } else {
      break;
    }
  }
  if (at_end()) return false;
  indent(continued_column ? continued_column : column, continued_column ? continued_column : column_of_short_tabs);
  return true;
}

void Tokenizer::indent(std::uint32_t column, std::uint32_t column_of_short_tabs) {
  const auto check_tabs = [&](bool consistent) {
    if (!consistent) fail("inconsistent use of tabs and spaces in indentation", at_, false);
  };
  if (column == indents_.back()) return check_tabs(column_of_short_tabs == short_indents_.back());
  if (column > indents_.back()) {
    if (indents_.size() >= most_indents) fail("too many levels of indentation", at_, false);
    check_tabs(column_of_short_tabs > short_indents_.back());
    indents_.push_back(column);
    short_indents_.push_back(column_of_short_tabs);
    return push(TokenKind::Indent, at_);
  }
  while (column < indents_.back()) {
    indents_.pop_back();
    short_indents_.pop_back();
    push(TokenKind::Dedent, at_);
  }
  if (column != indents_.back()) fail("unindent does not match any outer indentation level", at_, false);
  check_tabs(column_of_short_tabs == short_indents_.back());
}

/// Tokens up to the end of the logical line.
void Tokenizer::rest_of_line() {
  for (;;) {
    while (is(current(), blank)) ++at_;
    const char c = current();
    if (is(c, identifier_start)) {
      name();
    } else if (c == '\n' || c == '\r') {
      const std::uint32_t begin = at_;
      skip_newline();
      if (!brackets_.empty()) continue;
      push(TokenKind::Newline, begin);
      return;
    } else if (c == '\0' && at_end()) {
      if (brackets_.empty()) push(TokenKind::Newline, at_);
      return;
    } else {
      token();
    }
  }
}

void Tokenizer::finish() {
  if (!brackets_.empty()) {
    const Bracket& open = brackets_.back();
    fail(std::string("'") + text_[open.offset] + "' was never closed", open.offset, false);
  }
  for (; indents_.size() > 1; indents_.pop_back()) push(TokenKind::Dedent, at_);
  push(TokenKind::EndMarker, at_);
}

/// Any token but a name and the end of a line, comments and continuations too.
void Tokenizer::token() {
  const char c = current();
  if (is(c, digit) || (c == '.' && is(peek(1), digit))) return number();
  if (c == '"' || c == '\'') return string(at_);
  if (c == '#') return skip_comment();
  if (c == '\\') return continuation();
  operator_token();
}

void Tokenizer::name() {
  const std::uint32_t begin = at_;
  bool ascii = true;
  do {
    ascii &= static_cast<signed char>(current()) >= 0;
    ++at_;
  } while (is(current(), identifier_part));
  if (!ascii) {
    const std::uint32_t end = at_;
    at_ += static_cast<std::uint32_t>(identifier_prefix(std::string_view(text_ + begin, end - begin))) - (end - begin);
    if (at_ != end) unknown_character();
  }
  if ((current() == '"' || current() == '\'') && string_with_prefix(begin, at_)) return;
  push(keyword_table.kind(text_ + begin, at_ - begin), begin);
}

void Tokenizer::unknown_character() {
  const CodePoint point = first_code_point(std::string_view(text_ + at_, size_ - at_));
  char code[16];
  std::snprintf(code, sizeof code, "U+%04X", static_cast<unsigned>(point.value));
  const char32_t c = point.value;
  const bool unprintable = c < 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0xad || (c >= 0x2000 && c <= 0x200f) ||
                           (c >= 0x2028 && c <= 0x202f) || (c >= 0x205f && c <= 0x206f) || c == 0x3000 || c == 0xfeff;
  if (unprintable) fail(std::string("invalid non-printable character ") + code, at_);
  fail("invalid character '" + std::string(text_ + at_, point.length) + "' (" + code + ")", at_);
}

void Tokenizer::skip_comment() {
  while (!at_newline() && !at_end()) ++at_;
}

void Tokenizer::skip_newline() { at_ += current() == '\r' && peek(1) == '\n' ? 2 : 1; }

void Tokenizer::continuation() {
  const std::uint32_t begin = at_++;
  if (at_end()) fail("unexpected EOF while parsing", begin, false);
  if (!at_newline()) fail("unexpected character after line continuation character", begin, false);
  skip_newline();
  if (at_end()) fail("unexpected EOF while parsing", begin, false);
}

// Numbers

void Tokenizer::number() {
  const std::uint32_t begin = at_;
  if (current() == '0') {
    switch (peek(1) | 0x20) {
      case 'x':
        radix_number(hexadecimal, "hexadecimal", 'f');
        return push(TokenKind::Number, begin);
      case 'o':
        radix_number(digit, "octal", '7');
        return push(TokenKind::Number, begin);
      case 'b':
        radix_number(digit, "binary", '1');
        return push(TokenKind::Number, begin);
      default:
        break;
    }
  }
  if (current() != '.') digits(digit);
  fraction_and_exponent(begin);
  push(TokenKind::Number, begin);
}

/// Digits with single underscores between them.
void Tokenizer::digits(int classes) {
  for (;;) {
    while (is(current(), classes)) ++at_;
    if (current() != '_') return;
    ++at_;
    if (!is(current(), classes)) fail("invalid decimal literal", at_ - 1);
  }
}

void Tokenizer::radix_number(int classes, std::string_view kind, char last_digit) {
  const std::string invalid = "invalid " + std::string(kind) + " literal";
  at_ += 2;
  do {
    if (current() == '_') ++at_;
    if (!is(current(), classes)) fail(invalid, at_ - 1);
    for (; is(current(), classes); ++at_) {
      if (last_digit < current() && classes == digit)
        fail(std::string("invalid digit '") + current() + "' in " + std::string(kind) + " literal", at_);
    }
  } while (current() == '_');
  end_of_number(kind);
}

void Tokenizer::fraction_and_exponent(std::uint32_t begin) {
  bool real = false;
  if (current() == '.') {
    ++at_;
    real = true;
    if (is(current(), digit)) digits(digit);
  }
  real |= exponent();
  if ((current() | 0x20) == 'j') {
    ++at_;
    return end_of_number("imaginary");
  }
  if (!real) check_leading_zeros(begin);
  end_of_number("decimal");
}

bool Tokenizer::exponent() {
  if ((current() | 0x20) != 'e') return false;
  const std::uint32_t sign = peek(1) == '+' || peek(1) == '-' ? 1 : 0;
  if (!is(peek(1 + sign), digit)) {
    if (sign) fail("invalid decimal literal", at_);
    return false;
  }
  at_ += 1 + sign;
  digits(digit);
  return true;
}

void Tokenizer::check_leading_zeros(std::uint32_t begin) {
  if (text_[begin] != '0') return;
  for (std::uint32_t i = begin; i < at_; ++i) {
    if (text_[i] == '0' || text_[i] == '_') continue;
    fail("leading zeros in decimal integer literals are not permitted; use an 0o prefix for octal integers", begin);
  }
}

/// A number may be followed at once by a keyword that can follow an expression, and by no other name.
void Tokenizer::end_of_number(std::string_view kind) {
  if (!is(current(), identifier_part)) return;
  const std::string_view rest(text_ + at_, size_ - at_);
  for (const std::string_view keyword : {"and", "else", "for", "if", "in", "is", "or", "not"}) {
    if (rest.starts_with(keyword)) return;
  }
  fail("invalid " + std::string(kind) + " literal", at_);
}

// Operators

void Tokenizer::operator_token() {
  using enum TokenKind;
  if (in_field()) {
    const char c = current();
    if (c == ':' || c == '}' || (c == '!' && peek(1) != '=')) return in_replacement_field();
  }
  const char second = peek(1);
  const auto with_assign = [&](TokenKind plain, TokenKind assign) { second == '=' ? take(assign, 2) : take(plain, 1); };
  const auto doubled = [&](TokenKind plain, TokenKind assign, TokenKind twice, TokenKind twice_assign) {
    if (second != current()) return with_assign(plain, assign);
    peek(2) == '=' ? take(twice_assign, 3) : take(twice, 2);
  };
  switch (current()) {
    case '(':
      return open(')', LeftParenthesis);
    case '[':
      return open(']', LeftBracket);
    case '{':
      return open('}', LeftBrace);
    case ')':
      return close(RightParenthesis);
    case ']':
      return close(RightBracket);
    case '}':
      return close(RightBrace);
    case ',':
      return take(Comma, 1);
    case ';':
      return take(Semicolon, 1);
    case '~':
      return take(Tilde, 1);
    case '.':
      return second == '.' && peek(2) == '.' ? take(Ellipsis, 3) : take(Dot, 1);
    case ':':
      return with_assign(Colon, ColonEqual);
    case '=':
      return with_assign(Assign, Equal);
    case '+':
      return with_assign(Plus, PlusAssign);
    case '-':
      return second == '>' ? take(Arrow, 2) : with_assign(Minus, MinusAssign);
    case '*':
      return doubled(Star, StarAssign, DoubleStar, DoubleStarAssign);
    case '/':
      return doubled(Slash, SlashAssign, DoubleSlash, DoubleSlashAssign);
    case '%':
      return with_assign(Percent, PercentAssign);
    case '@':
      return with_assign(At, AtAssign);
    case '&':
      return with_assign(Ampersand, AmpersandAssign);
    case '|':
      return with_assign(Bar, BarAssign);
    case '^':
      return with_assign(Caret, CaretAssign);
    case '!':
      return with_assign(Invalid, NotEqual);
    case '<':
      if (second == '>') return take(Invalid, 2);
      return second == '<' ? doubled(Less, LessEqual, LeftShift, LeftShiftAssign) : with_assign(Less, LessEqual);
    case '>':
      return second == '>' ? doubled(Greater, GreaterEqual, RightShift, RightShiftAssign)
                           : with_assign(Greater, GreaterEqual);
    case '$':
    case '?':
    case '`':
      return take(Invalid, 1);
    default:
      return unknown_character();
  }
}

void Tokenizer::open(char closing, TokenKind kind) {
  if (brackets_.size() >= most_brackets) fail("too many nested parentheses", at_);
  brackets_.push_back({closing, at_});
  take(kind, 1);
}

void Tokenizer::close(TokenKind kind) {
  const char c = current();
  if (brackets_.empty()) fail(std::string("unmatched '") + c + "'", at_);
  const Bracket& bracket = brackets_.back();
  if (bracket.closing != c) {
    fail(std::string("closing parenthesis '") + c + "' does not match opening parenthesis '" + text_[bracket.offset] +
             "'",
         at_, strings_.empty());
  }
  brackets_.pop_back();
  take(kind, 1);
}

// Strings

/// Whether the identifier in front of a quote is a prefix; reads the string if so.
bool Tokenizer::string_with_prefix(std::uint32_t begin, std::uint32_t end) {
  if (end - begin > 2) return false;
  char prefix[3] = {};
  for (std::uint32_t i = 0; begin + i < end; ++i) prefix[i] = static_cast<char>(text_[begin + i] | 0x20);
  const std::string_view known(prefix, end - begin);
  for (const std::string_view plain : {"r", "u", "b", "br", "rb"}) {
    if (known == plain) return string(begin), true;
  }
  for (const std::string_view format : {"f", "fr", "rf", "t", "tr", "rt"}) {
    if (known == format) return format_string(begin, known), true;
  }
  return false;
}

/// A plain string whose quote is the current character.
void Tokenizer::string(std::uint32_t begin) {
  const char quote = current();
  const bool triple = peek(1) == quote && peek(2) == quote;
  at_ += triple ? 3 : 1;
  for (;; ++at_) {
    while (!is(current(), string_special)) ++at_;
    const char c = current();
    if (closes(quote, triple)) break;
    if (c == '\\') {
      ++at_;
      if (current() == '\r' && peek(1) == '\n') ++at_;
    } else if ((c == '\n' || c == '\r') && !triple) {
      fail("unterminated string literal", begin);
    }
    if (at_end()) fail(triple ? "unterminated triple-quoted string literal" : "unterminated string literal", begin);
  }
  at_ += triple ? 3 : 1;
  push(TokenKind::String, begin);
}

void Tokenizer::format_string(std::uint32_t begin, std::string_view prefix) {
  if (strings_.size() >= most_nested_strings) fail("too many nested f-strings or t-strings", begin);
  const char quote = current();
  const bool triple = peek(1) == quote && peek(2) == quote;
  at_ += triple ? 3 : 1;
  push(TokenKind::FStringStart, begin);
  strings_.push_back({begin, quote, triple, prefix.contains('r'), brackets_.size()});
  format_string_text();
}

/// The text between replacement fields, up to the next field or the string's end.
void Tokenizer::format_string_text() {
  const FormatString string = strings_.back();
  const std::uint32_t begin = at_;
  while (format_string_piece(string)) {
  }
  if (at_ > begin) push(TokenKind::FStringMiddle, begin);
  if (current() == '{') {
    ++strings_.back().fields;
    strings_.back().format_spec = false;
    return open('}', TokenKind::LeftBrace);
  }
  if (string.format_spec) return;  // at the closing brace of the field, which the line reads
  take(TokenKind::FStringEnd, string.triple ? 3 : 1);
  strings_.pop_back();
}

bool Tokenizer::closes(char quote, bool triple) const {
  return current() == quote && (!triple || (peek(1) == quote && peek(2) == quote));
}

/// Steps over one piece of text. False where a replacement field begins or ends, or the string ends.
bool Tokenizer::format_string_piece(const FormatString& string) {
  while (!is(current(), string_special)) ++at_;
  const char c = current();
  if (closes(string.quote, string.triple)) {
    if (string.format_spec) fail("f-string: expecting '}'", at_, false);
    return false;
  }
  if (c == '\\') return format_string_escape(string);
  if (c == '{' || c == '}') {
    if (string.format_spec || (c == '{' && peek(1) != '{')) return false;
    if (peek(1) != c) fail("f-string: single '}' is not allowed", at_, false);
    ++at_;
  }
  if (at_end() || (at_newline() && !string.triple)) fail("unterminated f-string literal", string.begin);
  ++at_;
  return true;
}

bool Tokenizer::format_string_escape(const FormatString& string) {
  ++at_;
  if (current() == '{' || current() == '}' || at_end()) return true;
  if (!string.raw && current() == 'N' && peek(1) == '{') {
    while (current() != '}' && !closes(string.quote, string.triple) && !at_newline() && !at_end()) ++at_;
    if (current() != '}') return true;
  }
  at_ += current() == '\r' && peek(1) == '\n' ? 2 : 1;
  return true;
}

void Tokenizer::in_replacement_field() {
  FormatString& string = strings_.back();
  switch (current()) {
    case '!':
      return take(TokenKind::Exclamation, 1);
    case ':':
      take(TokenKind::Colon, 1);
      string.format_spec = true;
      return format_string_text();
    default:
      close(TokenKind::RightBrace);
      --string.fields;
      string.format_spec = string.fields > 0;
      return format_string_text();
  }
}

/// Whether the string ends by the rules before Python 3.12: at the first quote, whatever stands in its fields.
bool Tokenizer::ends_by_quotes(const FormatString& string) {
  for (at_ = string.begin; current() != string.quote; ++at_) {
  }
  for (at_ += string.triple ? 3 : 1; !closes(string.quote, string.triple); ++at_) {
    if (current() == '\\') ++at_;
    if (at_end() || (at_newline() && !string.triple && text_[at_ - 1] != '\\')) return false;
  }
  return true;
}

void Tokenizer::unterminated(const FormatString& string) {
  result_.error = TokenError{"unterminated f-string literal", string.begin, true};
}

}  // namespace

Tokens tokenize(const std::string& source, std::uint32_t begin) { return Tokenizer(source, begin).run(); }

}  // namespace python::syntax
