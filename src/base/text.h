#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace base {

std::string_view trimmed(std::string_view text);
std::vector<std::string> split(std::string_view text, char separator);
std::string joined(const std::vector<std::string>& parts, std::string_view separator);
/// ASCII only, as PostgreSQL folds identifiers.
std::string lowered(std::string_view text);
std::string uppered(std::string_view text);
std::string replaced(std::string text, std::string_view what, std::string_view with);
/// The longest prefix of at most `bytes` bytes that ends on a UTF-8 character boundary.
std::string clipped(std::string_view text, std::size_t bytes);
/// Shell-style pattern: `*`, `?`.
bool matches(std::string_view text, std::string_view pattern);
/// Lower-case hexadecimal digests.
std::string md5(std::string_view bytes);
std::string sha256(std::string_view bytes);

}  // namespace base
