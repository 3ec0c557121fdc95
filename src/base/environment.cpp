#include "base/environment.h"

#include <fmt/format.h>

#include <chrono>
#include <cstdlib>
#include <ctime>
#include <random>

namespace base {
namespace {
std::tm utc(std::chrono::system_clock::time_point now) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return parts;
}
}  // namespace

std::optional<std::string> environment(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr) return std::nullopt;
  return std::string(value);
}

std::string timestamp() {
  const std::tm t = utc(std::chrono::system_clock::now());
  return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour, t.tm_min,
                     t.tm_sec);
}

std::string date_and_time() {
  const auto now = std::chrono::system_clock::now();
  const std::tm t = utc(now);
  const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(now.time_since_epoch()).count() % 1'000'000;
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02}:{:02}.{:06}", t.tm_year + 1900, t.tm_mon + 1, t.tm_mday, t.tm_hour,
                     t.tm_min, t.tm_sec, micros);
}

std::string random_hex(std::size_t bytes) {
  std::random_device device;
  std::string result;
  for (std::size_t i = 0; i < bytes; ++i) result += fmt::format("{:02x}", device() & 0xFFU);
  return result;
}

}  // namespace base
