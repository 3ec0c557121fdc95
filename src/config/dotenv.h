#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace config {

/// Looks a variable up.
using Environment = std::function<std::optional<std::string>(const std::string&)>;

struct Variable {
  std::string value;
  int line = 0;
};

/// The variables of a `.env` file as python-dotenv reads it: `export`, quotes with escapes, values over several lines,
/// comments behind unquoted values, `${NAME}` and `${NAME:-default}`; the last of several counts. A line that cannot be
/// read is skipped, as there.
std::map<std::string, Variable> parse_dotenv(std::string_view bytes, const Environment& environment);

}  // namespace config
