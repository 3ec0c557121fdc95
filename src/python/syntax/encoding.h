#pragma once

#include <cstdint>
#include <expected>
#include <string>

namespace python::syntax {

struct EncodingError {
  std::string message;
  std::uint32_t offset = 0;
};

struct Decoding {
  std::string text;         ///< UTF-8
  std::uint32_t begin = 0;  ///< behind a byte order mark
};

/// Turns the bytes of a file to UTF-8, by its byte order mark or the coding line of PEP 263 among its first two lines.
/// Takes the bytes away unless it fails.
std::expected<Decoding, EncodingError> decode_source(std::string& bytes);

}  // namespace python::syntax
