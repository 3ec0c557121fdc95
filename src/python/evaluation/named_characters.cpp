#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/evaluation/evaluator.h"
#include "python/library/texts.h"

/// The characters that `\\N{NAME}` names in literals: those that texts of models use, of the Unicode character names.
namespace python {

namespace {

struct Named {
  std::string_view name;
  char32_t code;
};

constexpr Named named_characters[] = {
    {"NO-BREAK SPACE", 0xa0},
    {"CENT SIGN", 0xa2},
    {"POUND SIGN", 0xa3},
    {"YEN SIGN", 0xa5},
    {"SECTION SIGN", 0xa7},
    {"COPYRIGHT SIGN", 0xa9},
    {"REGISTERED SIGN", 0xae},
    {"DEGREE SIGN", 0xb0},
    {"PLUS-MINUS SIGN", 0xb1},
    {"SUPERSCRIPT TWO", 0xb2},
    {"SUPERSCRIPT THREE", 0xb3},
    {"MICRO SIGN", 0xb5},
    {"PILCROW SIGN", 0xb6},
    {"MIDDLE DOT", 0xb7},
    {"VULGAR FRACTION ONE QUARTER", 0xbc},
    {"VULGAR FRACTION ONE HALF", 0xbd},
    {"VULGAR FRACTION THREE QUARTERS", 0xbe},
    {"MULTIPLICATION SIGN", 0xd7},
    {"DIVISION SIGN", 0xf7},
    {"LATIN CAPITAL LETTER AE", 0xc6},
    {"LATIN SMALL LETTER AE", 0xe6},
    {"LATIN SMALL LETTER SHARP S", 0xdf},
    {"LATIN CAPITAL LETTER ETH", 0xd0},
    {"LATIN SMALL LETTER ETH", 0xf0},
    {"LATIN CAPITAL LETTER THORN", 0xde},
    {"LATIN SMALL LETTER THORN", 0xfe},
    {"LATIN CAPITAL LIGATURE OE", 0x152},
    {"LATIN SMALL LIGATURE OE", 0x153},
    {"EN DASH", 0x2013},
    {"EM DASH", 0x2014},
    {"LEFT SINGLE QUOTATION MARK", 0x2018},
    {"RIGHT SINGLE QUOTATION MARK", 0x2019},
    {"LEFT DOUBLE QUOTATION MARK", 0x201c},
    {"RIGHT DOUBLE QUOTATION MARK", 0x201d},
    {"BULLET", 0x2022},
    {"HORIZONTAL ELLIPSIS", 0x2026},
    {"PER MILLE SIGN", 0x2030},
    {"EURO SIGN", 0x20ac},
    {"NUMERO SIGN", 0x2116},
    {"TRADE MARK SIGN", 0x2122},
    {"OHM SIGN", 0x2126},
    {"LEFTWARDS ARROW", 0x2190},
    {"UPWARDS ARROW", 0x2191},
    {"RIGHTWARDS ARROW", 0x2192},
    {"DOWNWARDS ARROW", 0x2193},
    {"LEFT RIGHT ARROW", 0x2194},
    {"INFINITY", 0x221e},
    {"ALMOST EQUAL TO", 0x2248},
    {"NOT EQUAL TO", 0x2260},
    {"LESS-THAN OR EQUAL TO", 0x2264},
    {"GREATER-THAN OR EQUAL TO", 0x2265},
    {"CHECK MARK", 0x2713},
    {"BALLOT X", 0x2717},
    {"SNOWMAN", 0x2603},
    {"BLACK STAR", 0x2605},
    {"WHITE STAR", 0x2606},
    {"ZERO WIDTH SPACE", 0x200b},
    {"ZERO WIDTH JOINER", 0x200d},
    {"BYTE ORDER MARK", 0xfeff},
    {"BLACK HEART SUIT", 0x2665},
    {"SPACE", 0x20},
    {"EXCLAMATION MARK", 0x21},
    {"QUOTATION MARK", 0x22},
    {"NUMBER SIGN", 0x23},
    {"DOLLAR SIGN", 0x24},
    {"PERCENT SIGN", 0x25},
    {"AMPERSAND", 0x26},
    {"APOSTROPHE", 0x27},
    {"ASTERISK", 0x2a},
    {"PLUS SIGN", 0x2b},
    {"COMMA", 0x2c},
    {"HYPHEN-MINUS", 0x2d},
    {"FULL STOP", 0x2e},
    {"SOLIDUS", 0x2f},
    {"COLON", 0x3a},
    {"SEMICOLON", 0x3b},
    {"REVERSE SOLIDUS", 0x5c},
    {"LOW LINE", 0x5f},
    {"TILDE", 0x7e},
    {"REPLACEMENT CHARACTER", 0xfffd},
};

constexpr std::string_view greek_letters[] = {"ALPHA",   "BETA", "GAMMA", "DELTA",       "EPSILON", "ZETA", "ETA",
                                              "THETA",   "IOTA", "KAPPA", "LAMDA",       "MU",      "NU",   "XI",
                                              "OMICRON", "PI",   "RHO",   "FINAL SIGMA", "SIGMA",   "TAU",  "UPSILON",
                                              "PHI",     "CHI",  "PSI",   "OMEGA"};

/// The letters of Latin-1 with their marks, in order of their code points from 0xC0 on.
constexpr std::string_view latin_letters[] = {"A WITH GRAVE",
                                              "A WITH ACUTE",
                                              "A WITH CIRCUMFLEX",
                                              "A WITH TILDE",
                                              "A WITH DIAERESIS",
                                              "A WITH RING ABOVE",
                                              "",
                                              "C WITH CEDILLA",
                                              "E WITH GRAVE",
                                              "E WITH ACUTE",
                                              "E WITH CIRCUMFLEX",
                                              "E WITH DIAERESIS",
                                              "I WITH GRAVE",
                                              "I WITH ACUTE",
                                              "I WITH CIRCUMFLEX",
                                              "I WITH DIAERESIS",
                                              "",
                                              "N WITH TILDE",
                                              "O WITH GRAVE",
                                              "O WITH ACUTE",
                                              "O WITH CIRCUMFLEX",
                                              "O WITH TILDE",
                                              "O WITH DIAERESIS",
                                              "",
                                              "O WITH STROKE",
                                              "U WITH GRAVE",
                                              "U WITH ACUTE",
                                              "U WITH CIRCUMFLEX",
                                              "U WITH DIAERESIS",
                                              "Y WITH ACUTE"};

template <class Names>
std::optional<char32_t> position(const Names& names, std::string_view name) {
  const auto* const found = std::find(std::begin(names), std::end(names), name);
  if (name.empty() || found == std::end(names)) return {};
  return static_cast<char32_t>(found - std::begin(names));
}

bool take(std::string_view& text, std::string_view prefix) {
  if (!text.starts_with(prefix)) return false;
  text.remove_prefix(prefix.size());
  return true;
}

std::optional<char32_t> letter(std::string_view name) {
  const bool latin = take(name, "LATIN ");
  if (!latin && !take(name, "GREEK ")) return {};
  const bool small = take(name, "SMALL LETTER ");
  if (!small && !take(name, "CAPITAL LETTER ")) return {};
  if (latin && name.size() == 1 && name[0] >= 'A' && name[0] <= 'Z')
    return static_cast<char32_t>(name[0] + (small ? 32 : 0));
  const auto at = latin ? position(latin_letters, name) : position(greek_letters, name);
  if (!at) return {};
  return *at + (latin ? (small ? 0xe0 : 0xc0) : (small ? 0x3b1 : 0x391));
}

std::optional<char32_t> named(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  for (const Named& entry : named_characters)
    if (entry.name == name) return entry.code;
  return letter(name);
}

}  // namespace

std::optional<std::string> with_named_characters(std::string_view text, std::string_view source) {
  std::vector<std::string> names;
  for (std::size_t at = 0; at + 1 < source.size(); ++at) {
    if (source[at] != '\\') continue;
    const std::size_t end = source.substr(at, 3) == "\\N{" ? source.find('}', at) : std::string_view::npos;
    if (end != std::string_view::npos) names.emplace_back(source.substr(at + 3, end - at - 3));
    ++at;
  }
  const std::u32string codes = library::decoded_text(text);
  if (static_cast<std::size_t>(std::count(codes.begin(), codes.end(), U'\xfffd')) != names.size()) return {};
  std::string result;
  std::size_t next = 0;
  for (const char32_t code : codes) {
    const auto meant = code == 0xfffd ? named(names[next++]) : std::optional(code);
    if (!meant) return {};
    library::encode(*meant, result);
  }
  return result;
}

}  // namespace python
