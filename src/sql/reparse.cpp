#include "sql/reparse.h"

#include <optional>

namespace sql {
namespace {

/// The end of the string constant or quoted identifier that begins at `at`.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  const bool escapes = quote == '\'' && at > 0 && text[at - 1] == 'E';
  for (++at; at < text.size(); ++at) {
    if (escapes && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
      ++at;
    }
  }
  return text.size();
}

bool skip(std::string_view text, std::size_t& at, std::string_view what) {
  if (!text.substr(at).starts_with(what)) return false;
  at += what.size();
  return true;
}

/// What stands between "ARRAY[" and "])::text[])": constants of the type character varying alone.
std::optional<std::string_view> constants(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  do {
    skip(text, at, "E");
    if (at >= text.size() || text[at] != '\'') return std::nullopt;
    at = end_of_quoted(text, at);
    if (!skip(text, at, "::character varying")) return std::nullopt;
  } while (skip(text, at, ", "));
  const std::string_view found = text.substr(begin, at - begin);
  if (!skip(text, at, "])::text[])")) return std::nullopt;
  return found;
}

}  // namespace

std::string reparsable(std::string_view deparsed) {
  if (deparsed.find("])::text[])") == std::string_view::npos) return std::string(deparsed);
  std::string result;
  for (std::size_t at = 0; at < deparsed.size();) {
    if (deparsed[at] == '\'' || deparsed[at] == '"') {
      const std::size_t end = end_of_quoted(deparsed, at);
      result += deparsed.substr(at, end - at);
      at = end;
      continue;
    }
    std::size_t next = at;
    const bool any = skip(deparsed, next, ")::text = ANY ((ARRAY[");
    if (any || skip(deparsed, next, ")::text <> ALL ((ARRAY[")) {
      if (const auto found = constants(deparsed, next)) {
        result += any ? ") IN (" : ") NOT IN (";
        result += *found;
        result += ')';
        at = next;
        continue;
      }
    }
    result += deparsed[at++];
  }
  return result;
}

}  // namespace sql
