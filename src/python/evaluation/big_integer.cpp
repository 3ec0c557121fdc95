#include "python/evaluation/big_integer.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "python/evaluation/evaluator.h"

namespace python {

BigInteger::BigInteger(std::int64_t value) : negative_(value < 0) {
  std::uint64_t magnitude = negative_ ? ~static_cast<std::uint64_t>(value) + 1 : static_cast<std::uint64_t>(value);
  for (; magnitude; magnitude >>= 32) digits_.push_back(static_cast<std::uint32_t>(magnitude));
}

std::optional<BigInteger> BigInteger::parsed(std::string_view digits, int base) {
  BigInteger result;
  if (digits.empty()) return {};
  for (const char c : digits) {
    int digit = 99;
    if (c >= '0' && c <= '9') digit = c - '0';
    if (c >= 'a' && c <= 'z') digit = c - 'a' + 10;
    if (c >= 'A' && c <= 'Z') digit = c - 'A' + 10;
    if (digit >= base || result.size() > largest_digits) return {};
    std::uint64_t carry = static_cast<std::uint64_t>(digit);
    for (std::uint32_t& part : result.digits_) {
      carry += static_cast<std::uint64_t>(part) * static_cast<std::uint64_t>(base);
      part = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
    if (carry) result.digits_.push_back(static_cast<std::uint32_t>(carry));
  }
  return result;
}

BigInteger BigInteger::parsed_literal(std::string_view text) {
  int base = 10;
  if (text.size() > 2 && text[0] == '0') {
    const char mark = static_cast<char>(text[1] | 0x20);
    base = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 10;
    if (base != 10) text.remove_prefix(2);
  }
  return parsed(text, base).value_or(BigInteger());
}

BigInteger BigInteger::from_double(double value) {
  BigInteger result;
  int exponent = 0;
  const double fraction = std::frexp(std::fabs(value), &exponent);
  const auto mantissa = static_cast<std::int64_t>(std::ldexp(fraction, 53));
  result = BigInteger(mantissa);
  result = exponent >= 53 ? result.shifted_left(static_cast<std::size_t>(exponent - 53))
                          : result.shifted_right(static_cast<std::size_t>(std::min(53 - exponent, 1100)));
  result.negative_ = value < 0 && !result.is_zero();
  return result;
}

std::size_t BigInteger::bits() const {
  if (digits_.empty()) return 0;
  return digits_.size() * 32 - static_cast<std::size_t>(__builtin_clz(digits_.back()));
}

std::optional<std::int64_t> BigInteger::small() const {
  if (digits_.size() > 2) return {};
  std::uint64_t magnitude = 0;
  for (std::size_t at = digits_.size(); at-- > 0;) magnitude = magnitude << 32 | digits_[at];
  const std::uint64_t limit =
      static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) + (negative_ ? 1 : 0);
  if (magnitude > limit) return {};
  return static_cast<std::int64_t>(negative_ ? ~magnitude + 1 : magnitude);
}

double BigInteger::to_double() const {
  double result = 0;
  for (std::size_t at = digits_.size(); at-- > 0;) result = result * 4294967296.0 + digits_[at];
  return negative_ ? -result : result;
}

std::uint32_t BigInteger::divide_by(std::uint32_t divisor) {
  std::uint64_t remainder = 0;
  for (std::size_t at = digits_.size(); at-- > 0;) {
    remainder = remainder << 32 | digits_[at];
    digits_[at] = static_cast<std::uint32_t>(remainder / divisor);
    remainder %= divisor;
  }
  trim();
  return static_cast<std::uint32_t>(remainder);
}

std::string BigInteger::text(int base) const {
  if (is_zero()) return "0";
  std::string result;
  BigInteger rest = *this;
  rest.negative_ = false;
  while (!rest.is_zero())
    result += "0123456789abcdefghijklmnopqrstuvwxyz"[rest.divide_by(static_cast<std::uint32_t>(base))];
  if (negative_) result += '-';
  std::reverse(result.begin(), result.end());
  return result;
}

void BigInteger::trim() {
  while (!digits_.empty() && !digits_.back()) digits_.pop_back();
  if (digits_.empty()) negative_ = false;
}

BigInteger BigInteger::operator-() const {
  BigInteger result = *this;
  result.negative_ = !negative_ && !is_zero();
  return result;
}

int BigInteger::compare_magnitudes(const std::vector<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (std::size_t at = a.size(); at-- > 0;)
    if (a[at] != b[at]) return a[at] < b[at] ? -1 : 1;
  return 0;
}

int BigInteger::compare(const BigInteger& a, const BigInteger& b) {
  if (a.negative_ != b.negative_) return a.negative_ ? -1 : 1;
  const int order = compare_magnitudes(a.digits_, b.digits_);
  return a.negative_ ? -order : order;
}

BigInteger operator+(const BigInteger& a, const BigInteger& b) {
  BigInteger result;
  if (a.negative_ == b.negative_) {
    std::uint64_t carry = 0;
    for (std::size_t at = 0; at < std::max(a.size(), b.size()) || carry; ++at) {
      carry += at < a.size() ? a.digits_[at] : 0;
      carry += at < b.size() ? b.digits_[at] : 0;
      result.digits_.push_back(static_cast<std::uint32_t>(carry));
      carry >>= 32;
    }
    result.negative_ = a.negative_;
  } else {
    const bool a_larger = BigInteger::compare_magnitudes(a.digits_, b.digits_) >= 0;
    const BigInteger& larger = a_larger ? a : b;
    const BigInteger& smaller = a_larger ? b : a;
    std::int64_t borrow = 0;
    for (std::size_t at = 0; at < larger.size(); ++at) {
      std::int64_t digit = static_cast<std::int64_t>(larger.digits_[at]) - borrow;
      digit -= at < smaller.size() ? smaller.digits_[at] : 0;
      borrow = digit < 0;
      result.digits_.push_back(static_cast<std::uint32_t>(digit));
    }
    result.negative_ = larger.negative_;
  }
  result.trim();
  return result;
}

BigInteger operator*(const BigInteger& a, const BigInteger& b) {
  BigInteger result;
  result.digits_.assign(a.size() + b.size(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::uint64_t carry = 0;
    for (std::size_t j = 0; j < b.size() || carry; ++j) {
      carry += result.digits_[i + j];
      if (j < b.size()) carry += static_cast<std::uint64_t>(a.digits_[i]) * b.digits_[j];
      result.digits_[i + j] = static_cast<std::uint32_t>(carry);
      carry >>= 32;
    }
  }
  result.negative_ = a.negative_ != b.negative_;
  result.trim();
  return result;
}

void BigInteger::divide(const BigInteger& a, const BigInteger& b, BigInteger& quotient, BigInteger& remainder) {
  BigInteger divisor = b;
  divisor.negative_ = false;
  quotient = a;
  quotient.negative_ = false;
  remainder = {};
  if (divisor.size() == 1) {
    remainder = BigInteger(static_cast<std::int64_t>(quotient.divide_by(divisor.digits_[0])));
  } else {
    BigInteger dividend = quotient;
    quotient.digits_.assign(dividend.size(), 0);
    for (std::size_t bit = dividend.bits(); bit-- > 0;) {
      remainder = remainder.shifted_left(1);
      if (dividend.digits_[bit / 32] >> (bit % 32) & 1) remainder = remainder + BigInteger(1);
      if (compare_magnitudes(remainder.digits_, divisor.digits_) < 0) continue;
      remainder = remainder - divisor;
      quotient.digits_[bit / 32] |= 1u << (bit % 32);
    }
    quotient.trim();
  }
  if (a.negative_ != b.negative_) {
    quotient = -quotient;
    if (!remainder.is_zero()) {
      quotient = quotient - BigInteger(1);
      remainder = divisor - remainder;
    }
  }
  if (b.negative_) remainder = -remainder;
}

BigInteger BigInteger::shifted_left(std::size_t count) const {
  BigInteger result;
  if (is_zero()) return result;
  result.negative_ = negative_;
  result.digits_.assign(count / 32, 0);
  std::uint64_t carry = 0;
  for (const std::uint32_t digit : digits_) {
    carry |= static_cast<std::uint64_t>(digit) << (count % 32);
    result.digits_.push_back(static_cast<std::uint32_t>(carry));
    carry >>= 32;
  }
  if (carry) result.digits_.push_back(static_cast<std::uint32_t>(carry));
  return result;
}

BigInteger BigInteger::shifted_right(std::size_t count) const {
  BigInteger result;
  result.negative_ = negative_;
  bool lost = false;
  for (std::size_t at = 0; at < std::min(count / 32, digits_.size()); ++at) lost = lost || digits_[at];
  for (std::size_t at = count / 32; at < digits_.size(); ++at) {
    std::uint64_t digit = digits_[at];
    if (at + 1 < digits_.size()) digit |= static_cast<std::uint64_t>(digits_[at + 1]) << 32;
    if (at == count / 32) lost = lost || (digits_[at] & ((1ull << (count % 32)) - 1));
    result.digits_.push_back(static_cast<std::uint32_t>(digit >> (count % 32)));
  }
  result.trim();
  if (negative_ && lost) return result + BigInteger(-1);
  return result;
}

std::vector<std::uint32_t> BigInteger::twos_complement(std::size_t digits) const {
  std::vector<std::uint32_t> result = digits_;
  result.resize(digits, 0);
  if (!negative_) return result;
  std::uint64_t carry = 1;
  for (std::uint32_t& digit : result) {
    carry += static_cast<std::uint32_t>(~digit);
    digit = static_cast<std::uint32_t>(carry);
    carry >>= 32;
  }
  return result;
}

BigInteger BigInteger::bitwise(Bitwise op, const BigInteger& a, const BigInteger& b) {
  const std::size_t digits = std::max(a.size(), b.size()) + 1;
  std::vector<std::uint32_t> left = a.twos_complement(digits);
  const std::vector<std::uint32_t> right = b.twos_complement(digits);
  for (std::size_t at = 0; at < digits; ++at) {
    if (op == Bitwise::And) left[at] &= right[at];
    if (op == Bitwise::Or) left[at] |= right[at];
    if (op == Bitwise::Xor) left[at] ^= right[at];
  }
  BigInteger result;
  result.digits_ = left;
  if (left.back() >> 31) {
    result.negative_ = true;
    result.digits_ = result.twos_complement(digits);
  }
  result.trim();
  return result;
}

Outcome large_integer(Interpreter& in, const BigInteger& value) {
  if (const auto small = value.small()) return in.integer(*small);
  if (value.size() > BigInteger::largest_digits) return in.raise("OverflowError", "the integer is too large");
  auto* object = in.make<Int>(0);
  object->large = in.state().large_integers.emplace_back(std::make_unique<BigInteger>(value)).get();
  return object;
}

std::optional<BigInteger> big_integer_of(Value value) {
  value = plain(value);
  if (const auto* boolean = value.as<Bool>()) return BigInteger(boolean->value ? 1 : 0);
  const auto* integer = value.as<Int>();
  if (!integer) return {};
  return integer->large ? *integer->large : BigInteger(integer->value);
}

}  // namespace python
