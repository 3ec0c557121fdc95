#include "migration/python_tokens.h"

#include <fmt/format.h>

#include "base/text.h"
#include "migration/naming.h"

namespace migration {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || is_digit(c) ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// The value of a string's body with its escapes; false where it cannot be told.
class Escapes {
 public:
  explicit Escapes(std::string_view body) : body_(body) {}

  bool decode(std::string& value) {
    while (at_ < body_.size()) {
      if (body_[at_] != '\\')
        value += body_[at_++];
      else if (!decode_one(value))
        return false;
    }
    return true;
  }

 private:
  bool decode_one(std::string& value) {
    const char c = at_ + 1 < body_.size() ? body_[at_ + 1] : '\0';
    static constexpr std::string_view letters = "\\'\"abfnrtv";
    static constexpr std::string_view meanings = "\\'\"\a\b\f\n\r\t\v";
    at_ += 2;
    if (c == '\n') return true;
    if (const auto index = letters.find(c); index != std::string_view::npos && c != '\0')
      return value += meanings[index], true;
    if (c == 'x') return number(value, 2, 16);
    if (c == 'u') return number(value, 4, 16);
    if (c == 'U') return number(value, 8, 16);
    if (c == 'N') return false;
    if (c >= '0' && c <= '7') return at_ -= 1, octal(value);
    value += '\\';
    at_ -= 1;
    return true;
  }

  bool octal(std::string& value) {
    std::size_t length = 0;
    while (length < 3 && at_ + length < body_.size() && body_[at_ + length] >= '0' && body_[at_ + length] <= '7')
      ++length;
    return number(value, length, 8);
  }

  bool number(std::string& value, std::size_t length, int base) {
    const std::string digits(body_.substr(at_, length));
    if (digits.size() != length || digits.find_first_not_of("0123456789abcdefABCDEF") != std::string::npos)
      return false;
    value += utf8(std::u32string(1, static_cast<char32_t>(std::stoul(digits, nullptr, base))));
    at_ += length;
    return true;
  }

  std::string_view body_;
  std::size_t at_ = 0;
};

class Tokenizer {
 public:
  explicit Tokenizer(std::string_view source) : source_(source) {}

  std::vector<PythonToken> tokens() {
    measure_indentation();
    while (at_ < source_.size()) step();
    end_line();
    return std::move(tokens_);
  }

 private:
  void step() {
    const char c = source_[at_];
    if (c == '\n') return line_end();
    if (c == ' ' || c == '\t' || c == '\r' || c == '\f') return advance(1);
    if (c == '\\' && peek(1) == '\n') return advance(2);
    if (c == '\\' && peek(1) == '\r' && peek(2) == '\n') return advance(3);
    if (c == '#') return comment();
    if (c == '\'' || c == '"') return string("");
    if (is_digit(c)) return word(PythonToken::Kind::Number);
    if (is_name(c)) return name();
    if (c == '(' || c == '[' || c == '{') ++depth_;
    if ((c == ')' || c == ']' || c == '}') && depth_ > 0) --depth_;
    add(PythonToken::Kind::Symbol, std::string(1, c));
    advance(1);
  }

  char peek(std::size_t ahead) const { return at_ + ahead < source_.size() ? source_[at_ + ahead] : '\0'; }

  void advance(std::size_t count) {
    for (; count > 0 && at_ < source_.size(); --count) line_ += source_[at_++] == '\n' ? 1 : 0;
  }

  void add(PythonToken::Kind kind, std::string text, bool literal = true) {
    tokens_.push_back({kind, std::move(text), literal, line_, indentation_});
  }

  void end_line() {
    if (!tokens_.empty() && tokens_.back().kind != PythonToken::Kind::LineEnd) add(PythonToken::Kind::LineEnd, "");
  }

  void line_end() {
    if (depth_ == 0) end_line();
    advance(1);
    if (depth_ == 0) measure_indentation();
  }

  void measure_indentation() {
    indentation_ = 0;
    for (std::size_t i = at_; i < source_.size() && (source_[i] == ' ' || source_[i] == '\t'); ++i) {
      indentation_ = source_[i] == '\t' ? (indentation_ / 8 + 1) * 8 : indentation_ + 1;
    }
  }

  void comment() {
    const std::size_t end = std::min(source_.find('\n', at_), source_.size());
    add(PythonToken::Kind::Comment, std::string(base::trimmed(source_.substr(at_ + 1, end - at_ - 1))));
    advance(end - at_);
  }

  void word(PythonToken::Kind kind) {
    std::size_t end = at_;
    while (end < source_.size() && is_name(source_[end])) ++end;
    add(kind, std::string(source_.substr(at_, end - at_)));
    advance(end - at_);
  }

  void name() {
    std::size_t end = at_;
    while (end < source_.size() && is_name(source_[end])) ++end;
    const std::string prefix = base::lowered(source_.substr(at_, end - at_));
    const char next = end < source_.size() ? source_[end] : '\0';
    const bool is_prefix = prefix.size() <= 2 && prefix.find_first_not_of("rbuft") == std::string::npos;
    if (!is_prefix || (next != '\'' && next != '"')) return word(PythonToken::Kind::Name);
    advance(end - at_);
    string(prefix);
  }

  void string(const std::string& prefix) {
    const std::string quote(source_.substr(at_, 1));
    const std::string triple = quote + quote + quote;
    const std::string& delimiter = source_.substr(at_, 3) == triple ? triple : quote;
    const std::size_t begin = at_ + delimiter.size();
    std::size_t end = begin;
    while (end < source_.size() && source_.substr(end, delimiter.size()) != delimiter) {
      if (delimiter.size() == 1 && source_[end] == '\n') break;
      end += source_[end] == '\\' ? 2 : 1;
    }
    end = std::min(end, source_.size());
    const bool closed = source_.substr(end, delimiter.size()) == delimiter;
    add_string(prefix, base::replaced(std::string(source_.substr(begin, end - begin)), "\r\n", "\n"), closed);
    advance(end + (closed ? delimiter.size() : 0) - at_);
  }

  void add_string(const std::string& prefix, const std::string& body, bool closed) {
    std::string value;
    bool literal = closed && prefix.find_first_of("bft") == std::string::npos;
    if (prefix.find('r') != std::string::npos)
      value = body;
    else
      literal = Escapes(body).decode(value) && literal;
    add(PythonToken::Kind::String, std::move(value), literal);
  }

  std::string_view source_;
  std::size_t at_ = 0;
  int line_ = 1;
  int depth_ = 0;
  int indentation_ = 0;
  std::vector<PythonToken> tokens_;
};

bool is_bind_character(char32_t c) { return c == U'$' || is_word_character(c); }

/// The end of the name that begins at `at`.
std::size_t end_of_name(const std::u32string& text, std::size_t at) {
  while (at < text.size() && is_bind_character(text[at])) ++at;
  return at;
}

/// text() takes "\:name" for ":name", unless another colon follows.
bool escapable(const std::u32string& text, std::size_t colon) {
  const std::size_t end = end_of_name(text, colon + 1);
  return end >= text.size() || text[end] != U':';
}

/// text() takes ":name" for a bind parameter.
bool begins_bind(const std::u32string& text, std::size_t colon) {
  if (end_of_name(text, colon + 1) == colon + 1 || !escapable(text, colon)) return false;
  if (colon == 0) return true;
  const char32_t before = text[colon - 1];
  return before != U':' && before != U'\\' && !is_bind_character(before);
}

}  // namespace

std::vector<PythonToken> python_tokens(std::string_view source) {
  if (source.starts_with("\xEF\xBB\xBF")) source.remove_prefix(3);
  return Tokenizer(source).tokens();
}

std::string python_text(std::string_view text) {
  std::string result = "\"\"\"";
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool closing = c == '"' && (at + 1 == text.size() || text.substr(at, 3) == "\"\"\"");
    if (c == '\\' || closing)
      result += {'\\', c};
    else if (c == '\r')
      result += "\\r";
    else if ((static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
      result += fmt::format("\\x{:02x}", c);
    else
      result += c;
  }
  return result + "\"\"\"";
}

std::string python_repr(std::string_view text) {
  const bool double_quotes = text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos;
  const char quote = double_quotes ? '"' : '\'';
  std::string result(1, quote);
  for (const char c : text) {
    if (c == '\\' || c == quote)
      result += {'\\', c};
    else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F)
      result += fmt::format("\\x{:02x}", c);
    else
      result += c;
  }
  return result + quote;
}

std::string text_escaped(std::string_view sql) {
  const std::u32string text = characters(sql);
  std::u32string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool after_backslash = at > 0 && text[at - 1] == U'\\';
    if (text[at] == U':' && (begins_bind(text, at) || (after_backslash && escapable(text, at)))) result += U'\\';
    result += text[at];
  }
  return utf8(result);
}

std::string text_unescaped(std::string_view escaped, bool& binds) {
  const std::u32string text = characters(escaped);
  std::u32string result;
  binds = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == U':') binds = binds || begins_bind(text, at);
    const bool escape = text[at] == U'\\' && at + 1 < text.size() && text[at + 1] == U':' && escapable(text, at + 1);
    if (!escape) result += text[at];
  }
  return utf8(result);
}

}  // namespace migration
