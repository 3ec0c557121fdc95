#include "diff/mention.h"

namespace diff {
namespace {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$' ||
         static_cast<unsigned char>(c) >= 0x80;
}

/// What stands between quotes that begin at `at`, doubled ones made one; moves `at` behind the closing one.
std::string between_quotes(std::string_view text, std::size_t& at) {
  const char quote = text[at++];
  std::string inside;
  while (at < text.size()) {
    if (text[at] == quote && (at + 1 >= text.size() || text[at + 1] != quote)) break;
    if (text[at] == quote) ++at;
    inside += text[at++];
  }
  ++at;
  return inside;
}

std::string word(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  while (at < text.size() && is_word(text[at])) ++at;
  return std::string{text.substr(begin, at - begin)};
}

/// `"a b".c` as it stands in a string constant: the names without their quotes.
std::string unquoted(std::string_view name) {
  std::string result;
  for (std::size_t at = 0; at < name.size();) {
    if (name[at] == '"') {
      result += between_quotes(name, at);
    } else {
      result += name[at++];
    }
  }
  return result;
}

}  // namespace

std::set<std::string> identifiers(std::string_view expression) {
  std::set<std::string> found;
  for (std::size_t at = 0; at < expression.size();) {
    if (expression[at] == '\'') {
      between_quotes(expression, at);
    } else if (expression[at] == '"') {
      found.insert(between_quotes(expression, at));
    } else if (is_word(expression[at])) {
      found.insert(word(expression, at));
    } else {
      ++at;
    }
  }
  return found;
}

std::set<std::string> sequences_in(std::string_view expression) {
  std::set<std::string> found;
  constexpr std::string_view call = "nextval('";
  for (auto at = expression.find(call); at != std::string_view::npos; at = expression.find(call, at)) {
    at += call.size() - 1;
    found.insert(unquoted(between_quotes(expression, at)));
  }
  return found;
}

}  // namespace diff
