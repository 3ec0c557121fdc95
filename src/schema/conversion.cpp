#include "schema/conversion.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <string_view>
#include <utility>

namespace schema {
namespace {

enum class Family { Other, Integer, Numeric, Float, String, Boolean, Date, Time, Interval, Json, Network, Bits };

constexpr std::array<std::pair<std::string_view, Family>, 24> families{{
    {"smallint", Family::Integer},
    {"integer", Family::Integer},
    {"bigint", Family::Integer},
    {"numeric", Family::Numeric},
    {"real", Family::Float},
    {"double precision", Family::Float},
    {"character varying", Family::String},
    {"text", Family::String},
    {"character", Family::String},
    {"name", Family::String},
    {"\"char\"", Family::String},
    {"boolean", Family::Boolean},
    {"date", Family::Date},
    {"timestamp without time zone", Family::Date},
    {"timestamp with time zone", Family::Date},
    {"time without time zone", Family::Time},
    {"time with time zone", Family::Time},
    {"interval", Family::Interval},
    {"json", Family::Json},
    {"jsonb", Family::Json},
    {"inet", Family::Network},
    {"cidr", Family::Network},
    {"bit", Family::Bits},
    {"bit varying", Family::Bits},
}};

Family family(const TypeName& type) {
  if (!type.schema.empty()) return Family::Other;
  const auto found = std::ranges::find(families, type.name, &std::pair<std::string_view, Family>::first);
  return found == families.end() ? Family::Other : found->second;
}

bool is_number(Family family) {
  return family == Family::Integer || family == Family::Numeric || family == Family::Float;
}

/// The numbers in the brackets: {10, 2}; the second is 0 where it is not written.
std::optional<std::pair<int, int>> limits(const TypeName& type) {
  if (type.modifiers.empty()) return std::nullopt;
  std::pair<int, int> result{0, 0};
  const char* end = type.modifiers.data() + type.modifiers.size();
  const auto [rest, error] = std::from_chars(type.modifiers.data(), end, result.first);
  if (error != std::errc{}) return std::nullopt;
  if (rest != end && *rest == ',') std::from_chars(rest + 1, end, result.second);
  return result;
}

/// How wide an integer type is, in bytes.
int width(const TypeName& type) { return type.name == "smallint" ? 2 : type.name == "integer" ? 4 : 8; }

Conversion free_of_work() { return {.cast = Cast::Assignment, .rewrite = Rewrite::None}; }
Conversion rewriting(bool narrows = false) {
  return {.cast = Cast::Assignment, .rewrite = Rewrite::Table, .narrows = narrows};
}

Conversion between_strings(const TypeName& before, const TypeName& after) {
  const auto had = limits(before);
  const auto has = limits(after);
  const bool padded = before.name == "character" || after.name == "character";
  const bool plain =
      !padded && before.name != "\"char\"" && after.name != "\"char\"" && before.name != "name" && after.name != "name";
  const bool narrows = after.name == "\"char\"" || after.name == "name" || (has && (!had || has->first < had->first));
  if (plain && !narrows) return free_of_work();
  if (before.name == after.name && had == has) return free_of_work();
  return rewriting(narrows);
}

Conversion between_numerics(const TypeName& before, const TypeName& after) {
  const auto had = limits(before);
  const auto has = limits(after);
  if (!has || had == has) return free_of_work();
  if (!had) return rewriting(true);
  if (had->second == has->second && has->first >= had->first) return free_of_work();
  const bool narrows = has->second < had->second || has->first - has->second < had->first - had->second;
  return rewriting(narrows);
}

/// Digits before the point that the integer type may need.
int digits(const TypeName& type) { return type.name == "smallint" ? 5 : type.name == "integer" ? 10 : 19; }

Conversion between_numbers(const TypeName& before, const TypeName& after) {
  const Family from = family(before);
  const Family to = family(after);
  if (from == Family::Integer && to == Family::Integer) return rewriting(width(after) < width(before));
  if (from == Family::Numeric && to == Family::Numeric) return between_numerics(before, after);
  if (from == Family::Float && to == Family::Float) return rewriting(after.name == "real");
  if (from == Family::Integer && to == Family::Numeric) {
    const auto has = limits(after);
    return rewriting(has && has->first - has->second < digits(before));
  }
  if (from == Family::Integer && to == Family::Float) {
    return rewriting(before.name == "bigint" || (before.name == "integer" && after.name == "real"));
  }
  if (from == Family::Float && to == Family::Numeric) return rewriting(limits(after).has_value());
  return rewriting(true);
}

/// Precision of timestamps and times: absent means 6.
int precision(const TypeName& type) { return limits(type).value_or(std::pair{6, 0}).first; }

Conversion between_dates(const TypeName& before, const TypeName& after) {
  if (before.name == after.name) {
    return precision(after) >= precision(before) ? free_of_work() : rewriting(true);
  }
  const bool zone_changes = before.name == "timestamp with time zone" || after.name == "timestamp with time zone";
  Conversion result =
      rewriting(after.name == "date" || (before.name != "date" && precision(after) < precision(before)));
  result.zoned = zone_changes;
  return result;
}

Conversion between_families(Family from, Family to) {
  const auto done = [](Cast cast, bool narrows = false, bool can_fail = false) {
    return Conversion{.cast = cast, .rewrite = Rewrite::Table, .narrows = narrows, .can_fail = can_fail};
  };
  if (to == Family::String) return done(Cast::Assignment);
  if (from == Family::String) return done(Cast::Explicit, false, true);
  if (from == Family::Other || to == Family::Other) return done(Cast::Explicit, false, true);
  if (from == Family::Date && to == Family::Time) return done(Cast::Assignment, true);
  if (from == Family::Time && to == Family::Interval) return done(Cast::Assignment);
  if (from == Family::Interval && to == Family::Time) return done(Cast::Assignment, true);
  if (from == Family::Json && (is_number(to) || to == Family::Boolean)) return done(Cast::Explicit, true, true);
  if (from == Family::Integer && to == Family::Bits) return done(Cast::Explicit, true);
  if (from == Family::Bits && to == Family::Integer) return done(Cast::Explicit, true, true);
  return done(Cast::None);
}

Conversion with_boolean(const TypeName& before, const TypeName& after) {
  const TypeName& number = before.name == "boolean" ? after : before;
  const bool to_boolean = after.name == "boolean";
  const Cast cast = number.name == "integer" ? Cast::Explicit : Cast::ViaInteger;
  return {.cast = cast, .rewrite = Rewrite::Table, .narrows = to_boolean};
}

Conversion with_enum(const TypeName& after, bool before_is_enum, bool after_is_enum) {
  if (after_is_enum) return {.cast = Cast::ViaText, .rewrite = Rewrite::Table, .can_fail = true};
  if (before_is_enum && family(after) == Family::String) return rewriting(limits(after).has_value());
  return {.cast = Cast::ViaText, .rewrite = Rewrite::Table, .can_fail = true};
}

Conversion between_same_family(const TypeName& before, const TypeName& after, Family from) {
  switch (from) {
    case Family::String:
      return between_strings(before, after);
    case Family::Date:
      return between_dates(before, after);
    case Family::Network:
      return before.name == "cidr" || before == after ? free_of_work() : rewriting(true);
    case Family::Bits: {
      const auto had = limits(before);
      const auto has = limits(after);
      const bool grows = after.name == "bit varying" && (!has || (had && has->first >= had->first));
      return before.name == after.name && grows ? free_of_work() : rewriting(!grows);
    }
    case Family::Json:
      return rewriting();
    case Family::Time:
    case Family::Interval:
      if (before.name == after.name && precision(after) >= precision(before) && from == Family::Time) {
        return free_of_work();
      }
      return rewriting(precision(after) < precision(before) || before.name == "time with time zone");
    default:
      return rewriting();
  }
}

}  // namespace

Conversion conversion(const TypeName& before, const TypeName& after, bool before_is_enum, bool after_is_enum) {
  if (before == after) return free_of_work();
  if (before.array != after.array) {
    return family(after) == Family::String && !after.array
               ? rewriting(limits(after).has_value())
               : Conversion{.cast = Cast::None, .rewrite = Rewrite::Table, .can_fail = true};
  }
  if (before_is_enum || after_is_enum) return with_enum(after, before_is_enum, after_is_enum);
  const Family from = family(before);
  const Family to = family(after);
  Conversion result;
  if (is_number(from) && is_number(to)) {
    result = between_numbers(before, after);
  } else if ((from == Family::Boolean && to == Family::Integer) || (from == Family::Integer && to == Family::Boolean)) {
    result = with_boolean(before, after);
  } else if (from == to && from != Family::Other) {
    result = between_same_family(before, after, from);
  } else if (from == Family::Other && to == Family::Other && before.schema == after.schema &&
             before.name == after.name) {
    result = rewriting(true);  // other modifiers of an extension's type
  } else {
    result = between_families(from, to);
    if (to == Family::String && limits(after)) result.narrows = true;
  }
  if (before.array && result.rewrite == Rewrite::None && before.name != after.name) result.rewrite = Rewrite::Table;
  return result;
}

bool same_family(const TypeName& left, const TypeName& right) {
  if (left.array != right.array) return false;
  if (left.schema == right.schema && left.name == right.name) return true;
  const Family family_of_left = family(left);
  if (family_of_left != family(right)) return false;
  return family_of_left == Family::Integer ||
         (family_of_left == Family::String && left.name != "\"char\"" && right.name != "\"char\"" &&
          left.name != "character" && right.name != "character");
}

}  // namespace schema
