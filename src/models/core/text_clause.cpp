#include "models/core/text_clause.h"

namespace models {
namespace {

/// A character of a Python word (`\w`); anything beyond ASCII counts as a letter.
bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_word_or_dollar(char c) { return is_word(c) || c == '$'; }

/// Length of the bind's name behind a colon at `at`, or 0 if that colon begins no bind.
std::size_t bind_length(std::string_view text, std::size_t at) {
  if (at > 0 && (text[at - 1] == ':' || text[at - 1] == '\\' || is_word_or_dollar(text[at - 1]))) return 0;
  std::size_t end = at + 1;
  while (end < text.size() && is_word_or_dollar(text[end])) ++end;
  const bool cast = end < text.size() && text[end] == ':';
  return cast ? 0 : end - at - 1;
}

}  // namespace

std::vector<std::string> binds_in(std::string_view text) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != ':') continue;
    if (const std::size_t length = bind_length(text, at)) names.emplace_back(text.substr(at + 1, length));
  }
  return names;
}

std::string filled_text(std::string_view text,
                        const std::function<std::optional<std::string>(std::string_view name)>& value) {
  std::string result;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool escaped = text[at] == '\\' && at + 1 < text.size() && text[at + 1] == ':';
    if (escaped) {
      // A backslash before a colon goes, unless the word behind it runs into another colon.
      std::size_t end = at + 2;
      while (end < text.size() && is_word_or_dollar(text[end])) ++end;
      if (end < text.size() && text[end] == ':') {
        result += text[at];
      } else {
        result += text.substr(at + 1, end - at - 1);
        at = end - 1;
      }
      continue;
    }
    const std::size_t length = text[at] == ':' ? bind_length(text, at) : 0;
    if (length == 0) {
      result += text[at];
      continue;
    }
    if (const auto filled = value(text.substr(at + 1, length))) result += *filled;
    at += length;
  }
  return result;
}

}  // namespace models
