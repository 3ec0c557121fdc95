#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace python::library {

/// In lower-case hexadecimal.
std::string sha1_of(std::string_view bytes);
std::uint32_t crc32_of(std::string_view bytes);

}  // namespace python::library
