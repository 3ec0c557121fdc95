#include "migration/literal.h"

#include <charconv>
#include <cstdint>

namespace migration {
namespace {

bool is_name(char c) {
  return c == '_' || c == '$' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

std::size_t end_of_name(std::string_view text, std::size_t at) {
  while (at < text.size() && is_name(text[at])) ++at;
  return at;
}

/// SQLAlchemy's BIND_PARAMS: (?<![:\w$\\]):([\w$]+)(?![:\w$])
bool is_bind(std::string_view text, std::size_t at) {
  if (text[at] != ':' || (at > 0 && (is_name(text[at - 1]) || text[at - 1] == ':' || text[at - 1] == '\\')))
    return false;
  const std::size_t end = end_of_name(text, at + 1);
  return end > at + 1 && (end == text.size() || text[end] != ':');
}

/// SQLAlchemy's BIND_PARAMS_ESC: \\(:[\w$]*)(?![:\w$])
bool is_escape(std::string_view text, std::size_t at) {
  if (text[at] != '\\' || at + 1 >= text.size() || text[at + 1] != ':') return false;
  const std::size_t end = end_of_name(text, at + 2);
  return end == text.size() || text[end] != ':';
}

void append_utf8(std::string& out, std::uint32_t code) {
  if (code < 0x80) {
    out += static_cast<char>(code);
  } else if (code < 0x800) {
    out += static_cast<char>(0xC0U | code >> 6U);
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else if (code < 0x10000) {
    out += static_cast<char>(0xE0U | code >> 12U);
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  } else {
    out += static_cast<char>(0xF0U | code >> 18U);
    out += static_cast<char>(0x80U | (code >> 12U & 0x3FU));
    out += static_cast<char>(0x80U | (code >> 6U & 0x3FU));
    out += static_cast<char>(0x80U | (code & 0x3FU));
  }
}

bool append_code(std::string& out, std::string_view body, std::size_t& at, std::size_t digits) {
  std::uint32_t code = 0;
  if (at + digits > body.size()) return false;
  const auto read = std::from_chars(body.data() + at, body.data() + at + digits, code, 16);
  if (read.ptr != body.data() + at + digits) return false;
  append_utf8(out, code);
  at += digits;
  return true;
}

/// One escape sequence; `at` stands behind the backslash.
bool append_escape(std::string& out, std::string_view body, std::size_t& at) {
  constexpr std::string_view letters = "abfnrtv\\'\"";
  constexpr std::string_view meanings = "\a\b\f\n\r\t\v\\'\"";
  const char letter = body[at++];
  if (letter == '\n') return true;
  if (const auto found = letters.find(letter); found != std::string_view::npos) {
    out += meanings[found];
    return true;
  }
  if (letter == 'x') return append_code(out, body, at, 2);
  if (letter == 'u') return append_code(out, body, at, 4);
  if (letter == 'U') return append_code(out, body, at, 8);
  if (letter == 'N' || (letter >= '0' && letter <= '7')) return false;
  out += '\\';
  out += letter;
  return true;
}

std::optional<std::string> decoded(std::string_view body, bool raw) {
  if (raw) return std::string(body);
  std::string out;
  for (std::size_t at = 0; at < body.size();) {
    const char c = body[at++];
    if (c != '\\' || at >= body.size()) {
      out += c;
    } else if (!append_escape(out, body, at)) {
      return std::nullopt;
    }
  }
  return out;
}

void skip_blanks(std::string_view& source) {
  const auto at = source.find_first_not_of(" \t\r\n\\");
  source.remove_prefix(at == std::string_view::npos ? source.size() : at);
}

std::optional<std::string> take_one(std::string_view& source) {
  std::size_t at = 0;
  bool raw = false;
  for (; at < source.size() && at < 2 && std::string_view("rRuU").find(source[at]) != std::string_view::npos; ++at) {
    raw = raw || source[at] == 'r' || source[at] == 'R';
  }
  if (at >= source.size() || (source[at] != '"' && source[at] != '\'')) return std::nullopt;
  const std::string triple(3, source[at]);
  const std::string quote = source.substr(at, 3) == triple ? triple : triple.substr(0, 1);
  const std::size_t begin = at + quote.size();
  for (std::size_t end = begin; end < source.size(); ++end) {
    if (source[end] == '\\') {
      ++end;
    } else if (source.substr(end, quote.size()) == quote) {
      auto text = decoded(source.substr(begin, end - begin), raw);
      source.remove_prefix(end + quote.size());
      return text;
    }
  }
  return std::nullopt;
}

}  // namespace

std::string python_literal(std::string_view text) {
  const bool triple = text.find_first_of("\n\"") != std::string_view::npos;
  const std::string quote = triple ? "\"\"\"" : "\"";
  std::string result = quote;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    const bool last = at + 1 == text.size();
    if (c == '\\') {
      result += "\\\\";
    } else if (c == '\r') {
      result += "\\r";
    } else if (c == '"' && (last || text[at + 1] == '"')) {
      result += "\\\"";
    } else {
      result += c;
    }
  }
  return result + quote;
}

std::optional<std::string> take_python_literal(std::string_view& source) {
  skip_blanks(source);
  auto result = take_one(source);
  while (result) {
    std::string_view rest = source;
    skip_blanks(rest);
    const auto more = take_one(rest);
    if (!more) break;
    *result += *more;
    source = rest;
  }
  return result;
}

std::string text_clause(std::string_view sql) {
  std::string result;
  for (std::size_t at = 0; at < sql.size(); ++at) {
    if (is_bind(sql, at) || is_escape(sql, at)) result += '\\';
    result += sql[at];
  }
  return result;
}

std::string sql_of_text_clause(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_escape(text, at)) result += text[at];
  }
  return result;
}

}  // namespace migration
