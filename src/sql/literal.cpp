#include "sql/literal.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "sql/type_name.h"

namespace sql {
namespace {

using schema::TypeName;
using namespace std::string_view_literals;

bool is_plain(const TypeName& type) { return type.schema.empty() && !type.array; }

bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view unsigned_part(std::string_view number) {
  if (number.starts_with('-')) number.remove_prefix(1);
  return number;
}

bool is_whole(std::string_view number) { return all_digits(unsigned_part(number)); }

/// -12.50 and the like: no exponent, no sign but minus, digits before the point.
bool is_decimal(std::string_view number) {
  const std::string_view digits = unsigned_part(number);
  const auto point = digits.find('.');
  if (point == std::string_view::npos) return all_digits(digits);
  return all_digits(digits.substr(0, point)) && all_digits(digits.substr(point + 1));
}

/// Without leading zeros; empty for a negative zero, which floats know.
std::string canonical_number(std::string_view number) {
  std::string_view digits = unsigned_part(number);
  while (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') digits.remove_prefix(1);
  const bool negative = number.starts_with('-');
  if (negative && digits.find_first_not_of("0.") == std::string_view::npos) return {};
  return (negative ? "-" : "") + std::string{digits};
}

std::string without_trailing_zeros(std::string number) {
  if (number.find('.') == std::string::npos) return number;
  number.erase(number.find_last_not_of('0') + 1);
  if (number.ends_with('.')) number.pop_back();
  return number;
}

bool fits(std::string_view number, std::int64_t lowest, std::int64_t highest) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(number.data(), number.data() + number.size(), value);
  return error == std::errc{} && end == number.data() + number.size() && value >= lowest && value <= highest;
}

bool fits(std::string_view number, const TypeName& type) {
  if (type.name == "smallint") return fits(number, INT16_MIN, INT16_MAX);
  if (type.name == "integer") return fits(number, INT32_MIN, INT32_MAX);
  return fits(number, INT64_MIN, INT64_MAX);
}

/// A whole number that every floating-point type holds exactly.
bool is_exact(std::string_view number) { return fits(number, -(1 << 24), 1 << 24); }

/// What the parser takes a number for.
std::string_view natural_type(std::string_view number) {
  if (is_whole(number) && fits(number, -INT32_MAX, INT32_MAX)) return "integer";
  if (is_whole(number) && fits(number, -INT64_MAX, INT64_MAX)) return "bigint";
  return "numeric";
}

bool is_float(const TypeName& type) {
  return is_plain(type) && (type.name == "real" || type.name == "double precision");
}

std::optional<bool> truth(std::string_view text) {
  constexpr std::array yes{"t"sv, "true"sv, "y"sv, "yes"sv, "on"sv, "1"sv};
  constexpr std::array no{"f"sv, "false"sv, "n"sv, "no"sv, "off"sv, "0"sv};
  if (std::ranges::find(yes, text) != yes.end()) return true;
  if (std::ranges::find(no, text) != no.end()) return false;
  return std::nullopt;
}

Term made_cast(Term argument, const TypeName& type) {
  argument.field = {};
  return {"Cast", {}, {}, type, {std::move(argument)}};
}

/// The number as a value of the type: without a cast where it is of that type by itself.
Term typed_number(std::string number, const TypeName& type) {
  const bool by_itself = natural_type(number) == type.name && type.modifiers.empty();
  Term constant = make_number(std::move(number));
  return by_itself ? constant : made_cast(std::move(constant), type);
}

bool reads_as(std::string_view text, const TypeName& type) {
  if (is_integer(type)) return is_whole(text) && fits(text, type);
  return is_decimal(text);
}

Term cast_text(Term text, const TypeName& type) {
  if (type.modifiers.empty() && type == TypeName{{}, "boolean", {}, false}) {
    if (const auto value = truth(text.value)) return make_truth(*value);
  }
  if (type.modifiers.empty() && is_numeric(type) && reads_as(text.value, type)) {
    std::string number = canonical_number(text.value);
    if (!number.empty()) return typed_number(std::move(number), type);
  }
  return made_cast(std::move(text), type);
}

/// The constructor's elements are cast one by one.
Term cast_array(Term array, const TypeName& type) {
  if (array.children.empty()) return made_cast(make_text("{}"), type);
  TypeName element = type;
  element.array = false;
  for (Term& each : array.children) {
    const auto field = each.field;
    each = each.kind == "AArrayExpr" ? cast_array(std::move(each), type) : cast(std::move(each), element);
    each.field = field;
  }
  return array;
}

/// character(n) without its length is called bpchar.
std::string_view base_name(const TypeName& type) {
  return type.schema.empty() && type.name == "character" ? "bpchar"sv : std::string_view{type.name};
}

/// The same but for modifiers; a type of a user's may lack its schema.
bool same_base(const TypeName& written, const TypeName& type) {
  if (written.array != type.array || base_name(written) != base_name(type)) return false;
  return written.schema == type.schema || (written.schema.empty() && !in_catalog(written));
}

bool has_length(const TypeName& type) {
  return type.schema.empty() && (type.name == "character varying" || type.name == "character" || type.name == "bit" ||
                                 type.name == "bit varying");
}

bool is_character(const TypeName& type) { return is_plain(type) && base_name(type) == "bpchar"; }

bool is_bare_string(const TypeName& type) { return is_string(type) && type.modifiers.empty(); }

/// The cast of a text constant to `written` is what the meeting with `type` does to it anyway.
bool is_implied(const TypeName& written, const TypeName& type, Meeting meeting) {
  if (meeting == Meeting::Arithmetic) return false;
  if (is_bare_string(written) && is_string(type)) return true;
  if (meeting == Meeting::Assignment && is_bare_string(written) && is_character(type)) return true;
  if (!same_base(written, type)) return false;
  if (written.modifiers.empty()) return true;
  return meeting == Meeting::Assignment && written.modifiers == type.modifiers && !has_length(type);
}

bool number_keeps_its_value(std::string_view number, const TypeName& through) {
  if (!through.modifiers.empty()) return false;
  if (is_float(through)) return is_exact(number);
  return through.name == "numeric" || fits(number, through);
}

/// The cast of a number to `written` is what the meeting with `type` does to it anyway.
bool is_implied_for(std::string_view number, const TypeName& written, const TypeName& type, Meeting meeting) {
  if (!is_numeric(written) || !is_numeric(type)) return false;
  if (meeting == Meeting::Arithmetic) {
    const bool widest =
        type.name == "numeric" || type.name == "double precision" || (type.name == "bigint" && is_whole(number));
    return widest && written.name == type.name && written.modifiers.empty();
  }
  const bool same = written.name == type.name && written.modifiers.empty();
  if (meeting == Meeting::Assignment) return same || (is_whole(number) && number_keeps_its_value(number, written));
  // Against a float all compare as floats; against the others a float would make floats of them.
  if (is_float(written) && !is_float(type)) return false;
  if (is_whole(number)) return number_keeps_its_value(number, written) && (!is_float(type) || is_exact(number));
  return same && type.name != "real" && !is_integer(type);
}

/// A constant without a cast, as the type reads it.
Term read_as(Term constant, const TypeName& type, Meeting meeting) {
  if (meeting == Meeting::Arithmetic) return constant;
  if (constant.kind == "Text" && type == TypeName{{}, "boolean", {}, false}) {
    if (const auto value = truth(constant.value)) return make_truth(*value);
  }
  if (!is_numeric(type)) return constant;
  std::string number = constant.value;
  if (constant.kind == "Text") number = reads_as(number, type) ? canonical_number(number) : std::string{};
  if (constant.kind != "Text" && constant.kind != "Number") return constant;
  if (number.empty()) return constant;
  // A decimal literal is compared with a real as double precision, a text as real.
  const bool stays_text = constant.kind == "Text" && meeting == Meeting::Comparison && type.name == "real";
  if (stays_text && !is_whole(number)) return constant;
  const bool scale_is_fixed = !type.modifiers.empty() || type.name != "numeric";
  if (scale_is_fixed && meeting == Meeting::Assignment && is_decimal(number)) {
    number = without_trailing_zeros(std::move(number));
  }
  return make_number(std::move(number));
}

Term without_implied_cast(Term constant, const TypeName& type, Meeting meeting) {
  if (constant.kind != "Cast") return constant;
  Term& inner = constant.children.front();
  const bool implied = inner.kind == "Number" ? is_implied_for(inner.value, constant.type, type, meeting)
                       : inner.kind == "Text" ? is_implied(constant.type, type, meeting)
                       : inner.kind == "Null" ? same_base(constant.type, type)
                                              : false;
  if (!implied) return constant;
  Term bare = std::move(inner);
  return bare;
}

}  // namespace

bool is_integer(const TypeName& type) {
  return is_plain(type) && (type.name == "smallint" || type.name == "integer" || type.name == "bigint");
}

bool is_numeric(const TypeName& type) {
  return is_integer(type) || is_float(type) || (is_plain(type) && type.name == "numeric");
}

bool is_string(const TypeName& type) {
  return is_plain(type) && (type.name == "text" || type.name == "character varying");
}

Term cast(Term argument, const TypeName& type) {
  if (argument.kind == "Text") return cast_text(std::move(argument), type);
  if (argument.kind == "AArrayExpr" && type.array) return cast_array(std::move(argument), type);
  if (argument.kind == "Truth" && type == TypeName{{}, "boolean", {}, false}) return argument;
  if (argument.kind == "Number" && type.modifiers.empty() && natural_type(argument.value) == type.name &&
      is_plain(type)) {
    return argument;
  }
  if (argument.kind == "Cast") {
    const Term& inner = argument.children.front();
    if (argument.type == type && !type.array) return argument;
    if (inner.kind == "Text" && is_bare_string(argument.type) && is_bare_string(type)) {
      return made_cast(argument.children.front(), type);
    }
  }
  return made_cast(std::move(argument), type);
}

Term met(Term constant, const TypeName& type, Meeting meeting) {
  const auto field = constant.field;
  Term bare = read_as(without_implied_cast(std::move(constant), type, meeting), type, meeting);
  bare.field = field;
  return bare;
}

}  // namespace sql
