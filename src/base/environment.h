#pragma once

#include <optional>
#include <string>

/// The only door to environment variables and the clock.
namespace base {

std::optional<std::string> environment(const std::string& name);
/// Now in UTC, as "YYYYMMDDHHMMSS".
std::string timestamp();
/// Now in UTC, as "YYYY-MM-DD HH:MM:SS.ffffff".
std::string date_and_time();
/// Random bytes in lower-case hexadecimal, `bytes` of them.
std::string random_hex(std::size_t bytes);

}  // namespace base
