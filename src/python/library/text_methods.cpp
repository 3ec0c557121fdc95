#include <algorithm>
#include <array>
#include <string>

#include "python/library/support.h"
#include "python/library/texts.h"

/// The methods of str.
namespace python::library {

namespace {

const std::string& self(const Arguments& arguments) {
  static const std::string empty;
  const std::string* text = arguments.positional.empty() ? nullptr : text_of(arguments.positional[0]);
  return text ? *text : empty;
}

Outcome text(Interpreter& in, std::string value) { return make_str(in, std::move(value)); }

bool too_long(Interpreter& in, std::size_t size) {
  if (size <= in.state().limits.characters) return false;
  (void)in.raise("MemoryError", "the text is too long");
  return true;
}

// Case

Outcome upper_(Interpreter& in, Arguments& a) { return text(in, upper(self(a))); }
Outcome lower_(Interpreter& in, Arguments& a) { return text(in, lower(self(a))); }

Outcome casefold(Interpreter& in, Arguments& a) {
  std::string result;
  for (const char32_t code : decoded_text(self(a))) {
    if (code == 0xdf) {
      result += "ss";
    } else {
      encode(code == 0x3c2 ? 0x3c3 : code == 0xb5 ? 0x3bc : lower(code), result);
    }
  }
  return text(in, std::move(result));
}

Outcome capitalize(Interpreter& in, Arguments& a) {
  std::u32string codes = decoded_text(self(a));
  for (std::size_t at = 0; at < codes.size(); ++at) codes[at] = at ? lower(codes[at]) : upper(codes[at]);
  return text(in, encoded_text(codes));
}

Outcome title(Interpreter& in, Arguments& a) {
  std::u32string codes = decoded_text(self(a));
  bool inside = false;
  for (char32_t& code : codes) {
    const bool cased = is_upper(code) || is_lower(code);
    if (cased) code = inside ? lower(code) : upper(code);
    inside = cased;
  }
  return text(in, encoded_text(codes));
}

Outcome swapcase(Interpreter& in, Arguments& a) {
  std::u32string codes = decoded_text(self(a));
  for (char32_t& code : codes) code = is_upper(code) ? lower(code) : upper(code);
  return text(in, encoded_text(codes));
}

// Stripping and padding

Outcome stripped(Interpreter& in, Arguments& a, bool left, bool right) {
  const std::u32string codes = decoded_text(self(a));
  const Value given = value_argument(a, 1, "chars");
  const std::string* set = text_of(given);
  const std::u32string characters = set ? decoded_text(*set) : std::u32string();
  const auto strip = [&](char32_t code) {
    return set ? characters.find(code) != std::u32string::npos : is_space(code);
  };
  std::size_t from = 0, to = codes.size();
  while (left && from < to && strip(codes[from])) ++from;
  while (right && to > from && strip(codes[to - 1])) --to;
  return text(in, encoded_text(std::u32string_view(codes).substr(from, to - from)));
}

Outcome strip(Interpreter& in, Arguments& a) { return stripped(in, a, true, true); }
Outcome lstrip(Interpreter& in, Arguments& a) { return stripped(in, a, true, false); }
Outcome rstrip(Interpreter& in, Arguments& a) { return stripped(in, a, false, true); }

Outcome removeprefix(Interpreter& in, Arguments& a) {
  const auto prefix = text_argument(in, a, 1, "prefix");
  if (!prefix) return raised;
  return text(in, self(a).starts_with(*prefix) ? self(a).substr(prefix->size()) : self(a));
}

Outcome removesuffix(Interpreter& in, Arguments& a) {
  const auto suffix = text_argument(in, a, 1, "suffix");
  if (!suffix) return raised;
  const bool ends = !suffix->empty() && self(a).ends_with(*suffix);
  return text(in, ends ? self(a).substr(0, self(a).size() - suffix->size()) : self(a));
}

Outcome padded(Interpreter& in, Arguments& a, char align) {
  const auto width = integer_argument(in, a, 1, "width");
  if (!width) return raised;
  const Value given = value_argument(a, 2, "fillchar");
  const std::string fill = text_of(given) ? *text_of(given) : " ";
  const auto size = static_cast<std::int64_t>(character_count(self(a)));
  const auto missing = static_cast<std::size_t>(std::max<std::int64_t>(*width - size, 0));
  if (too_long(in, missing * fill.size() + self(a).size())) return raised;
  std::size_t left = align == '>'   ? missing
                     : align == '<' ? 0
                                    : missing / 2 + (missing & static_cast<std::size_t>(*width) & 1);
  std::string result;
  for (std::size_t i = 0; i < left; ++i) result += fill;
  result += self(a);
  for (std::size_t i = left; i < missing; ++i) result += fill;
  return text(in, std::move(result));
}

Outcome ljust(Interpreter& in, Arguments& a) { return padded(in, a, '<'); }
Outcome rjust(Interpreter& in, Arguments& a) { return padded(in, a, '>'); }
Outcome center(Interpreter& in, Arguments& a) { return padded(in, a, '^'); }

Outcome zfill(Interpreter& in, Arguments& a) {
  const auto width = integer_argument(in, a, 1, "width");
  if (!width) return raised;
  const std::string& own = self(a);
  const bool sign = !own.empty() && (own[0] == '-' || own[0] == '+');
  const std::int64_t missing = std::max<std::int64_t>(*width - static_cast<std::int64_t>(character_count(own)), 0);
  if (too_long(in, static_cast<std::size_t>(missing) + own.size())) return raised;
  return text(in, own.substr(0, sign) + std::string(static_cast<std::size_t>(missing), '0') + own.substr(sign));
}

Outcome expandtabs(Interpreter& in, Arguments& a) {
  const std::int64_t size = std::clamp<std::int64_t>(integer_of(value_argument(a, 1, "tabsize")).value_or(8), 0, 100);
  std::string result;
  std::int64_t column = 0;
  for (const char c : self(a)) {
    if (c == '\t') {
      const std::int64_t missing = size ? size - column % size : 0;
      result.append(static_cast<std::size_t>(missing), ' ');
      column += missing;
      continue;
    }
    result += c;
    column = c == '\n' || c == '\r' ? 0 : column + ((static_cast<unsigned char>(c) & 0xc0) != 0x80);
  }
  return text(in, std::move(result));
}

// Splitting and joining

Value text_list(Interpreter& in, const std::vector<std::string>& parts) {
  std::vector<Value> items;
  for (const std::string& part : parts) items.push_back(in.str(part));
  return in.list(std::move(items));
}

std::vector<std::string> split_at_spaces(const std::string& own, std::int64_t most) {
  std::vector<std::string> parts;
  const std::u32string codes = decoded_text(own);
  std::size_t at = 0;
  while (true) {
    while (at < codes.size() && is_space(codes[at])) ++at;
    if (at >= codes.size()) return parts;
    if (most >= 0 && static_cast<std::int64_t>(parts.size()) >= most) {
      std::size_t end = codes.size();
      while (end > at && is_space(codes[end - 1])) --end;
      parts.push_back(encoded_text(std::u32string_view(codes).substr(at, end - at)));
      return parts;
    }
    std::size_t end = at;
    while (end < codes.size() && !is_space(codes[end])) ++end;
    parts.push_back(encoded_text(std::u32string_view(codes).substr(at, end - at)));
    at = end;
  }
}

std::vector<std::string> rsplit_at_spaces(const std::string& own, std::int64_t most) {
  std::vector<std::string> parts;
  const std::u32string codes = decoded_text(own);
  std::size_t end = codes.size();
  while (true) {
    while (end > 0 && is_space(codes[end - 1])) --end;
    if (end == 0) break;
    std::size_t at = end;
    if (most >= 0 && static_cast<std::int64_t>(parts.size()) >= most) {
      at = 0;
      while (at < end && is_space(codes[at])) ++at;
      parts.push_back(encoded_text(std::u32string_view(codes).substr(at, end - at)));
      break;
    }
    while (at > 0 && !is_space(codes[at - 1])) --at;
    parts.push_back(encoded_text(std::u32string_view(codes).substr(at, end - at)));
    end = at;
  }
  std::reverse(parts.begin(), parts.end());
  return parts;
}

Outcome split(Interpreter& in, Arguments& a) {
  const Value separator = value_argument(a, 1, "sep");
  const std::int64_t most = integer_of(value_argument(a, 2, "maxsplit")).value_or(-1);
  if (separator.is_none()) return text_list(in, split_at_spaces(self(a), most));
  const std::string* mark = text_of(separator);
  if (!mark || mark->empty())
    return in.raise(mark ? "ValueError" : "TypeError", mark ? "empty separator" : "must be str or None");
  std::vector<std::string> parts;
  std::size_t at = 0;
  while (most < 0 || static_cast<std::int64_t>(parts.size()) < most) {
    const std::size_t found = self(a).find(*mark, at);
    if (found == std::string::npos) break;
    parts.push_back(self(a).substr(at, found - at));
    at = found + mark->size();
  }
  parts.push_back(self(a).substr(at));
  return text_list(in, parts);
}

Outcome rsplit(Interpreter& in, Arguments& a) {
  const Value separator = value_argument(a, 1, "sep");
  const std::int64_t most = integer_of(value_argument(a, 2, "maxsplit")).value_or(-1);
  if (separator.is_none()) return text_list(in, rsplit_at_spaces(self(a), most));
  const std::string* mark = text_of(separator);
  if (!mark || mark->empty())
    return in.raise(mark ? "ValueError" : "TypeError", mark ? "empty separator" : "must be str or None");
  std::vector<std::string> parts;
  std::string rest = self(a);
  while (most < 0 || static_cast<std::int64_t>(parts.size()) < most) {
    const std::size_t found = rest.rfind(*mark);
    if (found == std::string::npos) break;
    parts.push_back(rest.substr(found + mark->size()));
    rest.resize(found);
  }
  parts.push_back(rest);
  std::reverse(parts.begin(), parts.end());
  return text_list(in, parts);
}

Outcome splitlines(Interpreter& in, Arguments& a) {
  const bool keep = in.is_true(value_argument(a, 1, "keepends"));
  std::vector<std::string> lines;
  const std::string& own = self(a);
  for (std::size_t at = 0; at < own.size();) {
    const std::size_t end = std::min(own.find_first_of("\n\r\v\f", at), own.size());
    const std::size_t mark = end == own.size() ? 0 : own.compare(end, 2, "\r\n") == 0 ? 2 : 1;
    lines.push_back(own.substr(at, end - at + (keep ? mark : 0)));
    at = end + mark;
  }
  return text_list(in, lines);
}

Outcome three(Interpreter& in, std::string first, std::string second, std::string third) {
  return in.tuple({in.str(first), in.str(second), in.str(third)});
}

Outcome partition(Interpreter& in, Arguments& a) {
  const auto mark = text_argument(in, a, 1, "sep");
  if (!mark) return raised;
  if (mark->empty()) return in.raise("ValueError", "empty separator");
  const std::size_t at = self(a).find(*mark);
  if (at == std::string::npos) return three(in, self(a), "", "");
  return three(in, self(a).substr(0, at), *mark, self(a).substr(at + mark->size()));
}

Outcome rpartition(Interpreter& in, Arguments& a) {
  const auto mark = text_argument(in, a, 1, "sep");
  if (!mark) return raised;
  if (mark->empty()) return in.raise("ValueError", "empty separator");
  const std::size_t at = self(a).rfind(*mark);
  if (at == std::string::npos) return three(in, "", "", self(a));
  return three(in, self(a).substr(0, at), *mark, self(a).substr(at + mark->size()));
}

Outcome join(Interpreter& in, Arguments& a) {
  const Outcome items = in.items(value_argument(a, 1, "iterable"));
  const auto* list = items.as<List>();
  if (!list) return items;
  std::string result;
  bool first = true;
  for (const Value item : list->items) {
    if (item.is_unknown()) return derived(in, *item.as<Unknown>());
    const std::string* part = text_of(item);
    if (!part) return in.raise("TypeError", "sequence item: expected str instance, " + in.type_name(item) + " found");
    if (!first) result += self(a);
    first = false;
    result += *part;
    if (too_long(in, result.size())) return raised;
  }
  if (list->incomplete) return derived(in, *list->incomplete);
  return text(in, std::move(result));
}

Outcome replace(Interpreter& in, Arguments& a) {
  const auto what = text_argument(in, a, 1, "old"), with = text_argument(in, a, 2, "new");
  if (!what || !with) return raised;
  std::int64_t left = integer_of(value_argument(a, 3, "count")).value_or(-1);
  const std::string& own = self(a);
  std::string result;
  std::size_t at = 0;
  if (what->empty()) {
    const Characters characters(own);
    for (std::size_t i = 0; i <= characters.size(); ++i) {
      if (left != 0) result += *with;
      if (left > 0) --left;
      if (i < characters.size()) result += characters[i];
      if (too_long(in, result.size())) return raised;
    }
    return text(in, std::move(result));
  }
  while (left != 0) {
    const std::size_t found = own.find(*what, at);
    if (found == std::string::npos) break;
    result += own.substr(at, found - at) + *with;
    at = found + what->size();
    if (left > 0) --left;
    if (too_long(in, result.size())) return raised;
  }
  return text(in, result + own.substr(at));
}

// Searching

/// The part of a text that `start` and `end` arguments choose.
struct Window {
  std::string part;
  std::int64_t offset = 0;
};

Window window(const Arguments& a) {
  const Characters characters(self(a));
  const auto size = static_cast<std::int64_t>(characters.size());
  const auto bound = [&](std::size_t at, std::string_view name, std::int64_t otherwise) {
    const std::int64_t given = integer_of(value_argument(a, at, name)).value_or(otherwise);
    return std::clamp<std::int64_t>(given < 0 ? given + size : given, 0, size);
  };
  const std::int64_t from = bound(2, "start", 0), to = bound(3, "end", size);
  if (from >= to) return {"", from};
  return {std::string(characters.part(static_cast<std::size_t>(from), static_cast<std::size_t>(to))), from};
}

Outcome position(Interpreter& in, Arguments& a, bool from_right, bool must_be) {
  const auto what = text_argument(in, a, 1, "sub");
  if (!what) return raised;
  const Window part = window(a);
  const std::size_t at = from_right ? part.part.rfind(*what) : part.part.find(*what);
  if (at != std::string::npos)
    return in.integer(part.offset +
                      static_cast<std::int64_t>(character_count(std::string_view(part.part).substr(0, at))));
  if (must_be) return in.raise("ValueError", "substring not found");
  return in.integer(-1);
}

Outcome find(Interpreter& in, Arguments& a) { return position(in, a, false, false); }
Outcome rfind(Interpreter& in, Arguments& a) { return position(in, a, true, false); }
Outcome index(Interpreter& in, Arguments& a) { return position(in, a, false, true); }
Outcome rindex(Interpreter& in, Arguments& a) { return position(in, a, true, true); }

Outcome count(Interpreter& in, Arguments& a) {
  const auto what = text_argument(in, a, 1, "sub");
  if (!what) return raised;
  const std::string part = window(a).part;
  if (what->empty()) return in.integer(static_cast<std::int64_t>(character_count(part)) + 1);
  std::int64_t found = 0;
  for (std::size_t at = part.find(*what); at != std::string::npos; at = part.find(*what, at + what->size())) ++found;
  return in.integer(found);
}

Outcome affix(Interpreter& in, Arguments& a, bool start) {
  const Value given = value_argument(a, 1, "prefix");
  const auto* several = sequence_items(given);
  const std::vector<Value> candidates = several ? *several : std::vector<Value>{given};
  const std::string part = window(a).part;
  for (const Value candidate : candidates) {
    if (candidate.is_unknown()) return candidate;
    const std::string* fix = text_of(candidate);
    if (!fix) return in.raise("TypeError", "first arg must be str or a tuple of str, not " + in.type_name(candidate));
    if (start ? part.starts_with(*fix) : part.ends_with(*fix)) return in.boolean(true);
  }
  return in.boolean(false);
}

Outcome startswith(Interpreter& in, Arguments& a) { return affix(in, a, true); }
Outcome endswith(Interpreter& in, Arguments& a) { return affix(in, a, false); }

// Questions

Outcome every(Interpreter& in, Arguments& a, bool (*holds)(char32_t)) {
  const std::u32string codes = decoded_text(self(a));
  return in.boolean(!codes.empty() && std::all_of(codes.begin(), codes.end(), holds));
}

Outcome isdigit(Interpreter& in, Arguments& a) { return every(in, a, is_digit); }
Outcome isalpha(Interpreter& in, Arguments& a) { return every(in, a, is_letter); }
Outcome isspace(Interpreter& in, Arguments& a) { return every(in, a, is_space); }
Outcome isalnum(Interpreter& in, Arguments& a) {
  return every(in, a, [](char32_t code) { return is_letter(code) || is_digit(code); });
}
Outcome isascii(Interpreter& in, Arguments& a) {
  return in.boolean(
      std::all_of(self(a).begin(), self(a).end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
}
Outcome isprintable(Interpreter& in, Arguments& a) {
  const std::u32string codes = decoded_text(self(a));
  return in.boolean(std::all_of(codes.begin(), codes.end(), is_printable));
}

Outcome isidentifier(Interpreter& in, Arguments& a) {
  const std::u32string codes = decoded_text(self(a));
  const bool good = !codes.empty() && !is_digit(codes[0]) && std::all_of(codes.begin(), codes.end(), [](char32_t code) {
    return code == '_' || is_letter(code) || is_digit(code);
  });
  return in.boolean(good);
}

Outcome cased(Interpreter& in, Arguments& a, bool want_upper) {
  bool any = false;
  for (const char32_t code : decoded_text(self(a))) {
    if (want_upper ? is_lower(code) : is_upper(code)) return in.boolean(false);
    any = any || is_upper(code) || is_lower(code);
  }
  return in.boolean(any);
}

Outcome isupper(Interpreter& in, Arguments& a) { return cased(in, a, true); }
Outcome islower(Interpreter& in, Arguments& a) { return cased(in, a, false); }

Outcome istitle(Interpreter& in, Arguments& a) {
  bool inside = false, any = false;
  for (const char32_t code : decoded_text(self(a))) {
    if (is_upper(code) ? inside : is_lower(code) && !inside) return in.boolean(false);
    inside = is_upper(code) || is_lower(code);
    any = any || inside;
  }
  return in.boolean(any);
}

// Others

Outcome format(Interpreter& in, Arguments& a) {
  Arguments rest = a;
  rest.positional.erase(rest.positional.begin());
  return format_braces(in, self(a), rest);
}

Outcome format_map(Interpreter& in, Arguments& a) {
  Arguments rest;
  if (const auto* dict = plain(value_argument(a, 1, "mapping")).as<Dict>())
    for (const auto& entry : dict->table.entries())
      if (const std::string* name = text_of(entry.key)) rest.keywords.emplace_back(*name, entry.value);
  return format_braces(in, self(a), rest);
}

Outcome encode_(Interpreter& in, Arguments& a) {
  const Value given = value_argument(a, 1, "encoding");
  const std::string name = text_of(given) ? lower(*text_of(given)) : "utf-8";
  if (name == "utf-8" || name == "utf8" || name == "utf_8" || name == "ascii") return in.make<Bytes>(self(a));
  if (name != "latin-1" && name != "latin1" && name != "iso-8859-1")
    return in.unknown("the encoding " + name + " is not read");
  std::string bytes;
  for (const char32_t code : decoded_text(self(a))) bytes += static_cast<char>(static_cast<unsigned char>(code & 0xff));
  return in.make<Bytes>(std::move(bytes));
}

Outcome translate(Interpreter& in, Arguments& a) {
  const Value table = value_argument(a, 1, "table");
  std::string result;
  for (const char32_t code : decoded_text(self(a))) {
    const Outcome found = in.subscript(table, in.integer(static_cast<std::int64_t>(code)));
    if (found.is_raised()) {
      if (!in.catches("LookupError")) return raised;
      encode(code, result);
    } else if (const std::string* with = text_of(*found)) {
      result += *with;
    } else if (const auto number = integer_of(*found)) {
      encode(static_cast<char32_t>(*number), result);
    } else if (!found.value().is_none()) {
      return found;
    }
  }
  return text(in, std::move(result));
}

Outcome maketrans(Interpreter& in, Arguments& a) {
  Dict* table = in.dict();
  const Value first = value_argument(a, 0, "x");
  if (auto* dict = plain(first).as<Dict>()) {
    for (const auto& entry : dict->table.entries()) {
      const std::string* key = text_of(entry.key);
      if (!in.set(table->table, key ? in.integer(static_cast<std::int64_t>(decoded(Characters(*key)[0]))) : entry.key,
                  entry.value))
        return raised;
    }
    return table;
  }
  const auto from = text_argument(in, a, 0, "x"), to = text_argument(in, a, 1, "y");
  if (!from || !to) return raised;
  const std::u32string keys = decoded_text(*from), values = decoded_text(*to);
  if (keys.size() != values.size())
    return in.raise("ValueError", "the first two maketrans arguments must have equal length");
  for (std::size_t at = 0; at < keys.size(); ++at)
    if (!in.set(table->table, in.integer(static_cast<std::int64_t>(keys[at])),
                in.integer(static_cast<std::int64_t>(values[at]))))
      return raised;
  const Value removed = value_argument(a, 2, "z");
  if (const std::string* codes = text_of(removed))
    for (const char32_t code : decoded_text(*codes))
      if (!in.set(table->table, in.integer(static_cast<std::int64_t>(code)), Value())) return raised;
  return table;
}

constexpr Entry methods[] = {
    {"upper", upper_},
    {"lower", lower_},
    {"casefold", casefold},
    {"capitalize", capitalize},
    {"title", title},
    {"swapcase", swapcase},
    {"strip", strip},
    {"lstrip", lstrip},
    {"rstrip", rstrip},
    {"removeprefix", removeprefix},
    {"removesuffix", removesuffix},
    {"ljust", ljust},
    {"rjust", rjust},
    {"center", center},
    {"zfill", zfill},
    {"expandtabs", expandtabs},
    {"split", split},
    {"rsplit", rsplit},
    {"splitlines", splitlines},
    {"partition", partition},
    {"rpartition", rpartition},
    {"join", join},
    {"replace", replace},
    {"find", find},
    {"rfind", rfind},
    {"index", index},
    {"rindex", rindex},
    {"count", count},
    {"startswith", startswith},
    {"endswith", endswith},
    {"isdigit", isdigit},
    {"isdecimal", isdigit},
    {"isnumeric", isdigit},
    {"isalpha", isalpha},
    {"isspace", isspace},
    {"isalnum", isalnum},
    {"isascii", isascii},
    {"isprintable", isprintable},
    {"isidentifier", isidentifier},
    {"isupper", isupper},
    {"islower", islower},
    {"istitle", istitle},
    {"format", format, true},
    {"format_map", format_map},
    {"encode", encode_},
    {"translate", translate},
};

Outcome text_new(Interpreter& in, Arguments& a) {
  const Value* value = a.find(1, "object");
  if (!value) return in.str("");
  if (const auto* bytes = plain(*value).as<Bytes>(); bytes && has_argument(a, 2, "encoding"))
    return in.str(bytes->bytes);
  return in.str_of(*value);
}

}  // namespace

void add_text_methods(Interpreter& in) {
  Class& type = *in.builtin_class("str");
  add(in, *type.attributes, "str", methods);
  set_maker(in, type, text_new);
  in.set(*type.attributes, "maketrans", in.make<StaticMethod>(function(in, "str.maketrans", maketrans, false)));
}

}  // namespace python::library
