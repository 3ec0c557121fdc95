// MD5 (RFC 1321: SQLAlchemy shortens long names with it) and SHA-256 (FIPS 180-4: checksums of migration files).
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>

#include "base/text.h"

namespace base {
namespace {

/// The message followed by 0x80, zeros and its length in bits, a multiple of 64 bytes.
std::string padded(std::string_view bytes, bool big_endian) {
  std::string result(bytes);
  result += '\x80';
  while (result.size() % 64 != 56) result += '\0';
  const std::uint64_t bits = static_cast<std::uint64_t>(bytes.size()) * 8;
  for (unsigned i = 0; i < 8; ++i) result += static_cast<char>(bits >> (8 * (big_endian ? 7 - i : i)));
  return result;
}

std::uint32_t word(std::string_view block, std::size_t index, bool big_endian) {
  std::uint32_t value = 0;
  for (unsigned i = 0; i < 4; ++i) {
    const auto byte = static_cast<unsigned char>(block[index * 4 + (big_endian ? i : 3 - i)]);
    value = value << 8 | byte;
  }
  return value;
}

std::string hexadecimal(const std::uint32_t* words, std::size_t count, bool big_endian) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string result;
  for (std::size_t i = 0; i < count; ++i) {
    for (unsigned j = 0; j < 4; ++j) {
      const std::uint32_t byte = words[i] >> (8 * (big_endian ? 3 - j : j)) & 0xFF;
      result += digits[byte >> 4];
      result += digits[byte & 15];
    }
  }
  return result;
}

}  // namespace

std::string md5(std::string_view bytes) {
  static const auto table = [] {
    std::array<std::uint32_t, 64> values{};
    for (std::size_t i = 0; i < 64; ++i) {
      values[i] =
          static_cast<std::uint32_t>(std::floor(std::fabs(std::sin(static_cast<double>(i + 1))) * 4294967296.0));
    }
    return values;
  }();
  constexpr std::array<std::array<int, 4>, 4> shifts{
      {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}}};
  std::array<std::uint32_t, 4> state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
  const std::string message = padded(bytes, false);
  for (std::size_t at = 0; at < message.size(); at += 64) {
    const std::string_view block = std::string_view(message).substr(at, 64);
    auto [a, b, c, d] = state;
    for (std::size_t i = 0; i < 64; ++i) {
      const std::size_t round = i / 16;
      const std::uint32_t mixed = round == 0   ? ((b & c) | (~b & d))
                                  : round == 1 ? ((d & b) | (~d & c))
                                  : round == 2 ? (b ^ c ^ d)
                                               : (c ^ (b | ~d));
      const std::size_t index = round == 0   ? i
                                : round == 1 ? (5 * i + 1) % 16
                                : round == 2 ? (3 * i + 5) % 16
                                             : 7 * i % 16;
      const std::uint32_t sum = a + mixed + table[i] + word(block, index, false);
      a = d;
      d = c;
      c = b;
      b += std::rotl(sum, shifts[round][i % 4]);
    }
    state[0] += a;
    state[1] += b;
    state[2] += c;
    state[3] += d;
  }
  return hexadecimal(state.data(), state.size(), false);
}

std::string sha256(std::string_view bytes) {
  constexpr std::array<std::uint32_t, 64> table{
      0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
      0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
      0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
      0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
      0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
      0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
      0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
      0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};
  std::array<std::uint32_t, 8> state{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                     0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  const std::string message = padded(bytes, true);
  for (std::size_t at = 0; at < message.size(); at += 64) {
    std::array<std::uint32_t, 64> words{};
    for (std::size_t i = 0; i < 16; ++i) words[i] = word(std::string_view(message).substr(at, 64), i, true);
    for (std::size_t i = 16; i < 64; ++i) {
      const std::uint32_t low = std::rotr(words[i - 15], 7) ^ std::rotr(words[i - 15], 18) ^ words[i - 15] >> 3;
      const std::uint32_t high = std::rotr(words[i - 2], 17) ^ std::rotr(words[i - 2], 19) ^ words[i - 2] >> 10;
      words[i] = words[i - 16] + low + words[i - 7] + high;
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < 64; ++i) {
      const std::uint32_t first =
          h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) + table[i] + words[i];
      const std::uint32_t second =
          (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = d + first;
      d = c;
      c = b;
      b = a;
      a = first + second;
    }
    const std::array<std::uint32_t, 8> sums{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state[i] += sums[i];
  }
  return hexadecimal(state.data(), state.size(), true);
}

}  // namespace base
