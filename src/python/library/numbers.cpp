#include <algorithm>
#include <cmath>
#include <string>

#include "python/evaluation/big_integer.h"
#include "python/library/support.h"
#include "python/library/texts.h"

/// int, float, bool, complex and bytes.
namespace python::library {

namespace {

std::string trimmed_number(const std::string& text) {
  std::string result;
  for (const char c : text)
    if (!is_space(static_cast<unsigned char>(c)) && c != '_') result += c;
  return result;
}

Outcome integer_from_text(Interpreter& in, const std::string& text, std::int64_t base) {
  std::string digits = trimmed_number(text);
  const bool negative = digits.starts_with('-');
  if (negative || digits.starts_with('+')) digits.erase(0, 1);
  if (digits.size() > 2 && digits[0] == '0') {
    const char mark = static_cast<char>(digits[1] | 32);
    const int marked = mark == 'x' ? 16 : mark == 'o' ? 8 : mark == 'b' ? 2 : 0;
    if (marked && (base == marked || base == 0)) {
      digits.erase(0, 2);
      base = marked;
    }
  }
  if (base == 0) base = 10;
  const auto number = base >= 2 && base <= 36 ? BigInteger::parsed(digits, static_cast<int>(base)) : std::nullopt;
  if (!number)
    return in.raise("ValueError", "invalid literal for int() with base " + std::to_string(base) + ": " + quoted(text));
  return large_integer(in, negative ? -*number : *number);
}

Outcome int_new(Interpreter& in, Arguments& a) {
  const Value* given = a.at(1);
  if (!given) return in.integer(0);
  if (given->is_unknown()) return *given;
  if (const auto* unknown = value_argument(a, 2, "base").as<Unknown>()) return derived(in, *unknown);
  const Value value = plain(*given);
  if (const std::string* text = text_of(value))
    return integer_from_text(in, *text, integer_of(value_argument(a, 2, "base")).value_or(10));
  if (const auto whole = big_integer_of(value)) return large_integer(in, *whole);
  if (const auto* real = value.as<Float>()) {
    if (!std::isfinite(real->value)) return in.raise("OverflowError", "cannot convert float infinity to integer");
    return large_integer(in, BigInteger::from_double(std::trunc(real->value)));
  }
  for (const std::string_view name : {"__int__", "__index__", "__trunc__"})
    if (const Outcome method = special_method(in, *given, name); !method.is_absent())
      return method ? in.call(*method) : method;
  if (given->kind() == Kind::Call || given->kind() == Kind::External || given->kind() == Kind::Host)
    return in.unknown("the number in " + in.shown(*given) + " is not described");
  return in.raise("TypeError", "int() argument must be a string, a bytes-like object or a real number, not '" +
                                   in.type_name(*given) + "'");
}

Outcome float_new(Interpreter& in, Arguments& a) {
  const Value* given = a.at(1);
  if (!given) return in.number(0);
  if (given->is_unknown()) return *given;
  if (const std::string* text = text_of(*given)) {
    const std::string digits = lower(trimmed_number(*text));
    char* end = nullptr;
    const double value = std::strtod(digits.c_str(), &end);
    const bool hexadecimal = digits.find('x') != std::string::npos;
    if (digits.empty() || *end || hexadecimal)
      return in.raise("ValueError", "could not convert string to float: " + quoted(*text));
    return in.number(value);
  }
  if (const auto number = number_of(*given)) return in.number(*number);
  if (const Outcome method = special_method(in, *given, "__float__"); !method.is_absent())
    return method ? in.call(*method) : method;
  return in.raise("TypeError",
                  "float() argument must be a string or a real number, not '" + in.type_name(*given) + "'");
}

Outcome bool_new(Interpreter& in, Arguments& a) { return a.at(1) ? in.truth(*a.at(1)) : Outcome(in.boolean(false)); }

Outcome complex_new(Interpreter& in, Arguments& a) {
  return in.make<Complex>(std::complex<double>(number_of(value_argument(a, 1, "real")).value_or(0),
                                               number_of(value_argument(a, 2, "imag")).value_or(0)));
}

Outcome bytes_new(Interpreter& in, Arguments& a) {
  const Value value = plain(value_argument(a, 1, "source"));
  if (value.is_unknown() || value.as<Bytes>()) return value;
  if (const std::string* text = text_of(value)) return in.make<Bytes>(*text);
  if (value.is_none()) return in.make<Bytes>("");
  if (const auto size = integer_of(value)) {
    if (*size < 0 || static_cast<std::size_t>(*size) > in.state().limits.characters)
      return in.raise("ValueError", "the bytes are too long");
    return in.make<Bytes>(std::string(static_cast<std::size_t>(*size), '\0'));
  }
  std::string bytes;
  const Outcome end = in.iterate(value, [&](Value item) -> Outcome {
    bytes += static_cast<char>(integer_of(item).value_or(0));
    return absent;
  });
  return end.is_absent() ? Outcome(in.make<Bytes>(std::move(bytes))) : end;
}

Outcome bit_length(Interpreter& in, Arguments& a) {
  const auto number = big_integer_of(value_argument(a, 0, "self"));
  return in.integer(number ? static_cast<std::int64_t>(number->bits()) : 0);
}

Outcome bit_count(Interpreter& in, Arguments& a) {
  const auto number = big_integer_of(value_argument(a, 0, "self"));
  const std::string bits = number ? (number->negative() ? -*number : *number).text(2) : "";
  return in.integer(std::count(bits.begin(), bits.end(), '1'));
}

Outcome to_bytes(Interpreter& in, Arguments& a) {
  auto number = big_integer_of(value_argument(a, 0, "self"));
  const std::int64_t length = integer_of(value_argument(a, 1, "length")).value_or(1);
  const std::string* order = text_of(value_argument(a, 2, "byteorder"));
  if (!number || number->negative() || length < 0 || length > 100'000 ||
      number->bits() > static_cast<std::size_t>(length) * 8)
    return in.raise("OverflowError", "int too big to convert");
  std::string bytes;
  for (std::int64_t at = 0; at < length; ++at) {
    const auto low = BigInteger::bitwise(BigInteger::Bitwise::And, *number, BigInteger(255)).small();
    bytes += static_cast<char>(*low);
    number = number->shifted_right(8);
  }
  if (!order || *order == "big") bytes.assign(bytes.rbegin(), bytes.rend());
  return in.make<Bytes>(std::move(bytes));
}

Outcome from_bytes(Interpreter& in, Arguments& a) {
  const auto* bytes = plain(value_argument(a, 1, "bytes")).as<Bytes>();
  if (!bytes) return in.raise("TypeError", "cannot convert to bytes");
  const std::string* order = text_of(value_argument(a, 2, "byteorder"));
  std::string ordered = bytes->bytes;
  if (order && *order == "little") ordered.assign(bytes->bytes.rbegin(), bytes->bytes.rend());
  BigInteger result;
  for (const char byte : ordered) result = result.shifted_left(8) + BigInteger(static_cast<unsigned char>(byte));
  return large_integer(in, result);
}

Outcome is_integer(Interpreter& in, Arguments& a) {
  const double value = number_of(value_argument(a, 0, "self")).value_or(0.5);
  return in.boolean(std::isfinite(value) && std::floor(value) == value);
}

Outcome conjugate(Interpreter&, Arguments& a) { return value_argument(a, 0, "self"); }

constexpr Entry int_methods[] = {{"bit_length", bit_length},
                                 {"bit_count", bit_count},
                                 {"to_bytes", to_bytes},
                                 {"conjugate", conjugate},
                                 {"is_integer", is_integer}};
constexpr Entry float_methods[] = {{"is_integer", is_integer}, {"conjugate", conjugate}};

Outcome decode(Interpreter& in, Arguments& a) {
  const auto* bytes = plain(value_argument(a, 0, "self")).as<Bytes>();
  return make_str(in, bytes ? bytes->bytes : "");
}

Outcome bytes_hex(Interpreter& in, Arguments& a) {
  const auto* bytes = plain(value_argument(a, 0, "self")).as<Bytes>();
  std::string result;
  for (const char byte : bytes ? bytes->bytes : std::string()) {
    result += "0123456789abcdef"[static_cast<unsigned char>(byte) >> 4];
    result += "0123456789abcdef"[static_cast<unsigned char>(byte) & 15];
  }
  return make_str(in, std::move(result));
}

Outcome bytes_affix(Interpreter& in, Arguments& a, bool start) {
  const auto* own = plain(value_argument(a, 0, "self")).as<Bytes>();
  const auto* part = plain(value_argument(a, 1, "prefix")).as<Bytes>();
  if (!own || !part) return in.raise("TypeError", "a bytes-like object is required");
  return in.boolean(start ? own->bytes.starts_with(part->bytes) : own->bytes.ends_with(part->bytes));
}

Outcome bytes_startswith(Interpreter& in, Arguments& a) { return bytes_affix(in, a, true); }
Outcome bytes_endswith(Interpreter& in, Arguments& a) { return bytes_affix(in, a, false); }

Outcome bytes_join(Interpreter& in, Arguments& a) {
  const auto* own = plain(value_argument(a, 0, "self")).as<Bytes>();
  const Outcome items = in.items(value_argument(a, 1, "iterable"));
  const auto* list = items.as<List>();
  if (!list || !own) return items;
  std::string result;
  for (std::size_t at = 0; at < list->items.size(); ++at) {
    const auto* part = plain(list->items[at]).as<Bytes>();
    if (!part) return in.raise("TypeError", "sequence item: expected a bytes-like object");
    result += (at ? own->bytes : "") + part->bytes;
    if (result.size() > in.state().limits.characters) return in.raise("MemoryError", "the bytes are too long");
  }
  return in.make<Bytes>(std::move(result));
}

constexpr Entry bytes_methods[] = {{"decode", decode},
                                   {"hex", bytes_hex},
                                   {"startswith", bytes_startswith},
                                   {"endswith", bytes_endswith},
                                   {"join", bytes_join}};

}  // namespace

void add_number_methods(Interpreter& in) {
  Class& integer = *in.builtin_class("int");
  add(in, *integer.attributes, "int", int_methods);
  in.set(*integer.attributes, "from_bytes", in.make<ClassMethod>(function(in, "int.from_bytes", from_bytes, false)));
  set_maker(in, integer, int_new);
  add(in, *in.builtin_class("float")->attributes, "float", float_methods);
  set_maker(in, *in.builtin_class("float"), float_new);
  set_maker(in, *in.builtin_class("bool"), bool_new);
  set_maker(in, *in.builtin_class("complex"), complex_new);
}

void add_bytes_methods(Interpreter& in) {
  Class& type = *in.builtin_class("bytes");
  add(in, *type.attributes, "bytes", bytes_methods);
  set_maker(in, type, bytes_new);
}

}  // namespace python::library
