#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <string>

#include "python/evaluation/big_integer.h"
#include "python/evaluation/evaluator.h"
#include "python/library/texts.h"

/// format(), str.format and %: https://docs.python.org/3/library/string.html#formatspec
namespace python {

namespace {

constexpr int widest = 100'000;

struct Specification {
  std::string fill = " ";
  char align = 0;
  char sign = '-';
  bool alternate = false;
  bool zero = false;
  int width = 0;
  char grouping = 0;
  int precision = -1;
  char type = 0;
};

bool read_number(std::string_view text, std::size_t& at, int& number) {
  const std::size_t begin = at;
  long long value = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at)
    value = std::min<long long>(value * 10 + (text[at] - '0'), widest);
  if (at > begin) number = static_cast<int>(value);
  return at > begin;
}

bool is_align(char c) { return c == '<' || c == '>' || c == '=' || c == '^'; }

std::optional<Specification> parsed_specification(std::string_view text) {
  Specification result;
  std::size_t at = 0;
  std::size_t fill = text.empty() ? 0 : 1;
  while (fill < text.size() && (static_cast<unsigned char>(text[fill]) & 0xc0) == 0x80) ++fill;
  if (fill < text.size() && is_align(text[fill])) {
    result.fill = text.substr(0, fill);
    result.align = text[fill];
    at = fill + 1;
  } else if (!text.empty() && is_align(text[0])) {
    result.align = text[at++];
  }
  const auto accept = [&](std::string_view options) {
    return at < text.size() && options.find(text[at]) != std::string_view::npos ? text[at++] : '\0';
  };
  if (const char sign = accept("+- ")) result.sign = sign;
  accept("z");
  result.alternate = accept("#");
  if (accept("0")) {
    result.zero = true;
    if (!result.align) {
      result.align = '=';
      result.fill = "0";
    }
  }
  read_number(text, at, result.width);
  result.grouping = accept(",_");
  if (accept(".") && !read_number(text, at, result.precision)) return {};
  result.type = at < text.size() ? text[at++] : '\0';
  if (at != text.size()) return {};
  return result;
}

std::string repeated_text(std::string_view part, std::size_t times) {
  std::string result;
  for (std::size_t i = 0; i < times; ++i) result += part;
  return result;
}

/// `prefix` is what stands before the padding of '=': sign and 0x.
std::string padded(const Specification& specification, std::string_view prefix, const std::string& body,
                   char default_align) {
  const std::size_t size = library::character_count(prefix) + library::character_count(body);
  const auto width = static_cast<std::size_t>(specification.width);
  if (size >= width) return std::string(prefix) + body;
  const std::size_t missing = width - size;
  switch (specification.align ? specification.align : default_align) {
    case '<':
      return std::string(prefix) + body + repeated_text(specification.fill, missing);
    case '^':
      return repeated_text(specification.fill, missing / 2) + std::string(prefix) + body +
             repeated_text(specification.fill, missing - missing / 2);
    case '=':
      return std::string(prefix) + repeated_text(specification.fill, missing) + body;
    default:
      return repeated_text(specification.fill, missing) + std::string(prefix) + body;
  }
}

std::string grouped(const std::string& digits, char separator, std::size_t every = 3) {
  std::string result;
  for (std::size_t at = 0; at < digits.size(); ++at) {
    if (at && (digits.size() - at) % every == 0) result += separator;
    result += digits[at];
  }
  return result;
}

std::string sign_text(bool negative, char sign) { return negative ? "-" : sign == '-' ? "" : std::string(1, sign); }

std::string format_text(const Specification& specification, const std::string& text) {
  const library::Characters characters(text);
  const auto precision = static_cast<std::size_t>(specification.precision);
  const std::string body =
      specification.precision >= 0 && precision < characters.size() ? std::string(characters.part(0, precision)) : text;
  Specification result = specification;
  if (result.align == '=') result.align = '<';
  return padded(result, "", body, '<');
}

std::string zero_grouped(const Specification& specification, std::string body, std::size_t taken, std::size_t every) {
  while (specification.zero && body.size() + taken < static_cast<std::size_t>(specification.width)) {
    const std::size_t separator = body.find(specification.grouping);
    const std::size_t lead = separator == std::string::npos ? body.size() : separator;
    body.insert(0, lead == every ? std::string("0") + specification.grouping : "0");
  }
  return body;
}

std::string format_integer(const Specification& specification, const BigInteger& value) {
  const char type = specification.type;
  const int base = type == 'x' || type == 'X' ? 16 : type == 'o' ? 8 : type == 'b' ? 2 : 10;
  std::string digits = (value.negative() ? -value : value).text(base);
  if (type == 'X')
    std::transform(digits.begin(), digits.end(), digits.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  std::string prefix = sign_text(value.negative(), specification.sign);
  if (specification.alternate && base != 10) prefix += std::string("0") + type;
  const std::size_t every = base == 10 ? 3 : 4;
  if (specification.grouping)
    digits = zero_grouped(specification, grouped(digits, specification.grouping, every), prefix.size(), every);
  return padded(specification, prefix, digits, '>');
}

std::string printed(double value, char type, int precision, bool alternate) {
  const char pattern[] = {'%', alternate ? '#' : '-', '.', '*', type, '\0'};
  char buffer[600];
  precision = std::min(precision, 200);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  const int length = std::snprintf(buffer, sizeof buffer, pattern, precision, value);
#pragma GCC diagnostic pop
  return std::string(buffer, static_cast<std::size_t>(std::clamp(length, 0, static_cast<int>(sizeof buffer) - 1)));
}

std::string format_float(const Specification& specification, double value) {
  std::string body;
  const double magnitude = std::fabs(value);
  const char type = specification.type == 'n' ? 'g' : specification.type;
  const int precision = specification.precision;
  if (type == '%') {
    body = printed(magnitude * 100, 'f', precision < 0 ? 6 : precision, false) + "%";
  } else if (!type && precision < 0) {
    body = float_text(magnitude);
  } else if (!type) {
    body = printed(magnitude, 'g', std::max(precision, 1), false);
    if (body.find_first_of(".en") == std::string::npos) body += ".0";
  } else {
    body = printed(magnitude, type,
                   precision < 0                ? 6
                   : type == 'g' || type == 'G' ? std::max(precision, 1)
                                                : precision,
                   specification.alternate);
  }
  if (specification.grouping && std::isfinite(value)) {
    const std::size_t end = std::min(body.find_first_not_of("0123456789"), body.size());
    body = grouped(body.substr(0, end), specification.grouping) + body.substr(end);
  }
  return padded(specification, sign_text(std::signbit(value) && !std::isnan(value), specification.sign), body, '>');
}

bool is_float_type(char type) { return type && std::string_view("eEfFgG%").find(type) != std::string_view::npos; }
bool is_integer_type(char type) { return type && std::string_view("bdoxXn").find(type) != std::string_view::npos; }

}  // namespace

std::optional<std::string> format_plain(Interpreter&, Value value, std::string_view text) {
  const auto specification = parsed_specification(text);
  if (!specification) return {};
  const char type = specification->type;
  if (const auto* known = value.as<Str>()) {
    if (type && type != 's') return {};
    return format_text(*specification, known->text);
  }
  if (const auto number = big_integer_of(value)) {
    if (value.kind() == Kind::Bool && !type && text.empty()) return value.as<Bool>()->value ? "True" : "False";
    if (type == 'c') {
      std::string character;
      library::encode(static_cast<char32_t>(number->small().value_or(0xfffd)), character);
      return padded(*specification, "", character, '<');
    }
    if (is_float_type(type)) return format_float(*specification, number->to_double());
    if (type && !is_integer_type(type)) return {};
    return format_integer(*specification, *number);
  }
  if (const auto* number = value.as<Float>()) {
    if (type && type != 'n' && !is_float_type(type)) return {};
    return format_float(*specification, number->value);
  }
  return {};
}

Outcome Interpreter::format(Value value, std::string_view specification) {
  if (const auto* unknown = value.as<Unknown>()) {
    if (!unknown->likely) return derived(*this, *unknown);
    const Outcome likely = format(*unknown->likely, specification);
    return likely ? Outcome(derived(*this, *unknown, *likely)) : likely;
  }
  if (const Outcome method = special_method(*this, value, "__format__"); !method.is_absent())
    return method ? call(*method, {str(specification)}) : method;
  const auto* instance = value.as<Instance>();
  const bool plain_enum = instance && instance->type->is_enum && !is_subclass_of(instance->type, "enum.ReprEnum");
  const Value inner =
      plain_enum || (instance && !special_method(*this, value, "__str__").is_absent()) ? value : plain(value);
  const bool is_plain = inner.as<Str>() || inner.as<Int>() || inner.as<Bool>() || inner.as<Float>();
  if (is_plain) {
    if (auto text = format_plain(*this, inner, specification)) return make_str(*this, std::move(*text));
    return raise("ValueError", "Invalid format specifier '" + std::string(specification) + "' for object of type '" +
                                   type_name(value) + "'");
  }
  const Outcome text = str_of(value);
  if (!text || !text.as<Str>() || specification.empty()) return text;
  if (auto formatted = format_plain(*this, *text, specification)) return make_str(*this, std::move(*formatted));
  return raise("TypeError", "unsupported format string passed to " + type_name(value) + ".__format__");
}

// "…" % arguments

namespace {

struct Percent {
  Interpreter& in;
  const std::string& pattern;
  Value arguments;
  std::string text;
  const Unknown* unknown = nullptr;
  std::size_t next = 0;
  bool used_mapping = false;

  Outcome argument() {
    if (const auto* tuple = plain(arguments).as<Tuple>()) {
      if (next >= tuple->items.size()) return in.raise("TypeError", "not enough arguments for format string");
      return tuple->items[next++];
    }
    if (next++) return in.raise("TypeError", "not enough arguments for format string");
    return arguments;
  }

  std::optional<std::string> converted(Value value, Specification& specification, char conversion) {
    if (conversion == 's' || conversion == 'r' || conversion == 'a') {
      const Outcome made = conversion == 's' ? in.str_of(value) : in.repr_of(value);
      if (made.as<Unknown>()) unknown = made.as<Unknown>();
      if (!made || !made.as<Str>()) return made ? std::optional<std::string>("") : std::nullopt;
      specification.type = 0;
      if (specification.align == '=') specification.align = '>';
      if (!specification.align) specification.align = '>';
      specification.fill = " ";
      return format_text(specification, made.as<Str>()->text);
    }
    const Value number = plain(value);
    if (conversion == 'c' && number.as<Str>()) return number.as<Str>()->text;
    if (!number_of(number)) {
      (void)in.raise("TypeError",
                     std::string("%") + conversion + " format: a real number is required, not " + in.type_name(value));
      return {};
    }
    specification.type = conversion == 'i' || conversion == 'u' ? 'd' : conversion;
    if (conversion == 'c') return format_plain(in, number, "c");
    if (is_float_type(specification.type)) return format_float(specification, *number_of(number));
    const auto whole = big_integer_of(number);
    return format_integer(specification, whole ? *whole : BigInteger::from_double(std::trunc(*number_of(number))));
  }

  bool star(std::size_t& at, int& number) {
    if (at >= pattern.size() || pattern[at] != '*') {
      read_number(pattern, at, number);
      return true;
    }
    ++at;
    const Outcome value = argument();
    if (!value) return false;
    number = static_cast<int>(std::clamp<std::int64_t>(integer_of(*value).value_or(0), 0, widest));
    return true;
  }

  /// One conversion, `at` behind its percent sign.
  bool conversion(std::size_t& at) {
    std::optional<Value> mapped;
    if (at < pattern.size() && pattern[at] == '(') {
      const std::size_t end = pattern.find(')', at);
      if (end == std::string::npos) return in.raise("ValueError", "incomplete format key"), false;
      const Outcome value = in.subscript(arguments, in.str(pattern.substr(at + 1, end - at - 1)));
      if (!value) return false;
      mapped = *value;
      used_mapping = true;
      at = end + 1;
    }
    Specification specification;
    for (; at < pattern.size() && std::string_view("#0- +").find(pattern[at]) != std::string_view::npos; ++at) {
      if (pattern[at] == '#') specification.alternate = true;
      if (pattern[at] == '-') specification.align = '<';
      if (pattern[at] == '+' || (pattern[at] == ' ' && specification.sign != '+')) specification.sign = pattern[at];
      if (pattern[at] == '0') specification.zero = true;
    }
    if (specification.zero && !specification.align) {
      specification.align = '=';
      specification.fill = "0";
    }
    if (!star(at, specification.width)) return false;
    if (at < pattern.size() && pattern[at] == '.') {
      specification.precision = 0;
      if (!star(++at, specification.precision)) return false;
    }
    while (at < pattern.size() && std::string_view("hlL").find(pattern[at]) != std::string_view::npos) ++at;
    if (at >= pattern.size()) return in.raise("ValueError", "incomplete format"), false;
    const char kind = pattern[at++];
    if (kind == '%') return text += '%', true;
    if (std::string_view("diouxXeEfFgGcrsa").find(kind) == std::string_view::npos)
      return in.raise("ValueError", std::string("unsupported format character '") + kind + "'"), false;
    const Outcome value = mapped ? Outcome(*mapped) : argument();
    if (!value) return false;
    if (value.as<Unknown>()) return unknown = value.as<Unknown>(), true;
    const auto part = converted(*value, specification, kind);
    if (part) text += *part;
    return part.has_value();
  }
};

}  // namespace

Outcome format_percent(Interpreter& in, const std::string& pattern, Value arguments) {
  Percent percent{in, pattern, arguments, {}};
  for (std::size_t at = 0; at < pattern.size();) {
    if (pattern[at] != '%') {
      percent.text += pattern[at++];
      continue;
    }
    if (!percent.conversion(++at)) return raised;
    if (percent.text.size() > in.state().limits.characters) return in.raise("MemoryError", "the text is too long");
  }
  const auto* tuple = plain(arguments).as<Tuple>();
  const bool left_over = tuple ? percent.next < tuple->items.size()
                               : !percent.next && !plain(arguments).as<Dict>() && arguments.kind() != Kind::Host &&
                                     !plain(arguments).as<List>();
  if (left_over && !percent.used_mapping && !percent.unknown)
    return in.raise("TypeError", "not all arguments converted during string formatting");
  if (percent.unknown) return derived(in, *percent.unknown);
  return make_str(in, std::move(percent.text));
}

// "…".format(…)

namespace {

struct Braces {
  Interpreter& in;
  const Arguments& arguments;
  std::size_t next = 0;
  const Unknown* unknown = nullptr;

  Outcome first(std::string_view name) {
    if (name.empty() || std::all_of(name.begin(), name.end(), [](char c) { return c >= '0' && c <= '9'; })) {
      std::size_t position = next;
      if (name.empty()) {
        ++next;
      } else {
        position = 0;
        for (const char c : name)
          position = std::min<std::size_t>(position * 10 + static_cast<std::size_t>(c - '0'), 1'000'000);
      }
      if (const Value* value = arguments.at(position)) return *value;
      if (arguments.unknown_positional) return derived(in, *arguments.unknown_positional);
      return in.raise("IndexError",
                      "Replacement index " + std::to_string(position) + " out of range for positional args tuple");
    }
    if (const Value* value = arguments.keyword(name)) return *value;
    if (arguments.unknown_keywords) return derived(in, *arguments.unknown_keywords);
    (void)in.raise("KeyError", std::string(name));
    return raised;
  }

  Outcome field(std::string_view expression) {
    std::size_t at = std::min(expression.find_first_of(".["), expression.size());
    Outcome value = first(expression.substr(0, at));
    while (value && at < expression.size()) {
      if (expression[at] == '.') {
        const std::size_t end = std::min(expression.find_first_of(".[", at + 1), expression.size());
        value = in.attribute(*value, expression.substr(at + 1, end - at - 1));
        at = end;
      } else {
        const std::size_t end = expression.find(']', at);
        if (end == std::string_view::npos) return in.raise("ValueError", "Missing ']' in format string");
        const std::string_view key = expression.substr(at + 1, end - at - 1);
        const auto number = BigInteger::parsed(key, 10);
        value = in.subscript(*value, number && number->small() ? in.integer(*number->small()) : in.str(key));
        at = end + 1;
      }
    }
    return value;
  }

  bool replacement(std::string_view content, std::string& text, int depth) {
    const std::size_t mark = content.find_first_of("!:");
    std::size_t colon = content.find(':');
    char conversion = 0;
    if (mark != std::string_view::npos && content[mark] == '!' && mark + 1 < content.size()) {
      conversion = content[mark + 1];
      colon = content.find(':', mark);
    }
    Outcome value = field(content.substr(0, mark));
    if (value && conversion == 's') value = in.str_of(*value);
    if (value && (conversion == 'r' || conversion == 'a')) value = in.repr_of(*value);
    if (!value) return false;
    std::string specification;
    if (colon != std::string_view::npos && !write(content.substr(colon + 1), specification, depth + 1)) return false;
    const Outcome formatted = in.format(*value, specification);
    if (!formatted) return false;
    if (formatted.as<Unknown>()) unknown = formatted.as<Unknown>();
    if (const std::string* known = text_of(*formatted)) text += *known;
    return true;
  }

  bool write(std::string_view pattern, std::string& text, int depth) {
    if (depth > 2) return in.raise("ValueError", "Max string recursion exceeded"), false;
    for (std::size_t at = 0; at < pattern.size(); ++at) {
      if (pattern[at] != '{' && pattern[at] != '}') {
        text += pattern[at];
        continue;
      }
      if (at + 1 < pattern.size() && pattern[at + 1] == pattern[at]) {
        text += pattern[at++];
        continue;
      }
      if (pattern[at] == '}') return in.raise("ValueError", "Single '}' encountered in format string"), false;
      int open = 1;
      std::size_t end = at + 1;
      for (; end < pattern.size(); ++end) {
        if (pattern[end] == '{') ++open;
        if (pattern[end] == '}' && --open == 0) break;
      }
      if (end >= pattern.size()) return in.raise("ValueError", "expected '}' before end of string"), false;
      if (!replacement(pattern.substr(at + 1, end - at - 1), text, depth)) return false;
      at = end;
      if (text.size() > in.state().limits.characters) return in.raise("MemoryError", "the text is too long"), false;
    }
    return true;
  }
};

}  // namespace

Outcome format_braces(Interpreter& in, const std::string& pattern, const Arguments& arguments) {
  Braces braces{in, arguments};
  std::string text;
  if (!braces.write(pattern, text, 0)) return raised;
  if (braces.unknown) return derived(in, *braces.unknown);
  return make_str(in, std::move(text));
}

}  // namespace python
