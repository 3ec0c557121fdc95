#include "sql/statement.h"

namespace sql::detail {

std::string filled(std::string_view text, std::span<const std::string> arguments) {
  std::string result;
  for (const std::string& argument : arguments) {
    const std::size_t hole = text.find("{}");
    result += text.substr(0, hole);
    result += argument;
    text.remove_prefix(hole + 2);
  }
  return result += text;
}

}  // namespace sql::detail
