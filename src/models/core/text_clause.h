#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// text("…"): `:name` is a bind, `\:` a colon, `::` a cast.
namespace models {

/// The names of binds in a text.
std::vector<std::string> binds_in(std::string_view text);

/// The text with each bind replaced by what `value` gives for its name; escaped colons become plain ones.
std::string filled_text(std::string_view text,
                        const std::function<std::optional<std::string>(std::string_view name)>& value);

}  // namespace models
