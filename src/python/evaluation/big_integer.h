#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/evaluation/value.h"

namespace python {

class Interpreter;

/// An integer of any size (up to `largest_digits`), with Python's rules: floor division, two's complement bit
/// operations.
class BigInteger {
 public:
  /// In digits of 32 bits; beyond it operations are refused by their callers.
  static constexpr std::size_t largest_digits = 4096;

  BigInteger() = default;
  BigInteger(std::int64_t value);
  static std::optional<BigInteger> parsed(std::string_view digits, int base);
  /// As the source has it: 0x…, 0o…, 0b… or decimal.
  static BigInteger parsed_literal(std::string_view text);
  static BigInteger from_double(double value);

  bool is_zero() const { return digits_.empty(); }
  bool negative() const { return negative_; }
  std::size_t bits() const;
  std::size_t size() const { return digits_.size(); }
  std::optional<std::int64_t> small() const;
  double to_double() const;
  std::string text(int base = 10) const;

  BigInteger operator-() const;
  friend BigInteger operator+(const BigInteger& a, const BigInteger& b);
  friend BigInteger operator-(const BigInteger& a, const BigInteger& b) { return a + -b; }
  friend BigInteger operator*(const BigInteger& a, const BigInteger& b);
  /// Floor division; the remainder has the sign of the divisor, which must not be 0.
  static void divide(const BigInteger& a, const BigInteger& b, BigInteger& quotient, BigInteger& remainder);
  BigInteger shifted_left(std::size_t count) const;
  BigInteger shifted_right(std::size_t count) const;
  enum class Bitwise { And, Or, Xor };
  static BigInteger bitwise(Bitwise op, const BigInteger& a, const BigInteger& b);
  static int compare(const BigInteger& a, const BigInteger& b);
  bool operator==(const BigInteger& other) const = default;

 private:
  static int compare_magnitudes(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b);
  void trim();
  std::uint32_t divide_by(std::uint32_t divisor);
  std::vector<std::uint32_t> twos_complement(std::size_t digits) const;

  std::vector<std::uint32_t> digits_;  ///< least significant first, no leading zeros
  bool negative_ = false;
};

/// An int object: small if it fits.
Outcome large_integer(Interpreter& in, const BigInteger& value);
/// The value of an Int or Bool object.
std::optional<BigInteger> big_integer_of(Value value);

}  // namespace python
