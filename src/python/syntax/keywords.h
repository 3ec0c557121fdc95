#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "python/syntax/token.h"

namespace python::syntax {

struct ReservedWord {
  std::string_view text;
  TokenKind kind = TokenKind::Name;
};

inline constexpr ReservedWord keywords[] = {
    {"None", TokenKind::None},       {"True", TokenKind::True},
    {"False", TokenKind::False},     {"lambda", TokenKind::Lambda},
    {"await", TokenKind::Await},     {"not", TokenKind::Not},
    {"is", TokenKind::Is},           {"in", TokenKind::In},
    {"and", TokenKind::And},         {"or", TokenKind::Or},
    {"if", TokenKind::If},           {"else", TokenKind::Else},
    {"as", TokenKind::As},           {"assert", TokenKind::Assert},
    {"async", TokenKind::Async},     {"break", TokenKind::Break},
    {"class", TokenKind::Class},     {"continue", TokenKind::Continue},
    {"def", TokenKind::Def},         {"del", TokenKind::Del},
    {"elif", TokenKind::Elif},       {"except", TokenKind::Except},
    {"finally", TokenKind::Finally}, {"for", TokenKind::For},
    {"from", TokenKind::From},       {"global", TokenKind::Global},
    {"import", TokenKind::Import},   {"nonlocal", TokenKind::Nonlocal},
    {"pass", TokenKind::Pass},       {"raise", TokenKind::Raise},
    {"return", TokenKind::Return},   {"try", TokenKind::Try},
    {"while", TokenKind::While},     {"with", TokenKind::With},
    {"yield", TokenKind::Yield},
};

/// A table without collisions, found by the compiler.
class KeywordTable {
 public:
  static constexpr std::size_t shortest = 2;
  static constexpr std::size_t longest = 8;

  consteval KeywordTable() {
    for (multiplier_ = 1; !fill(); ++multiplier_) slots_ = {};
  }

  /// The keyword's kind, or Name.
  constexpr TokenKind kind(const char* text, std::size_t size) const {
    if (size < shortest || size > longest) return TokenKind::Name;
    const ReservedWord& candidate = slots_[slot(text, size)];
    return candidate.text == std::string_view(text, size) ? candidate.kind : TokenKind::Name;
  }

 private:
  static constexpr std::size_t size_ = 128;

  constexpr std::size_t slot(const char* text, std::size_t size) const {
    const auto first = static_cast<std::uint8_t>(text[0]);
    const auto second = static_cast<std::uint8_t>(text[1]);
    const auto last = static_cast<std::uint8_t>(text[size - 1]);
    return (first * multiplier_ + second * (multiplier_ / 7) + last + size) % size_;
  }

  constexpr bool fill() {
    for (const ReservedWord& keyword : keywords) {
      ReservedWord& place = slots_[slot(keyword.text.data(), keyword.text.size())];
      if (!place.text.empty()) return false;
      place = keyword;
    }
    return true;
  }

  std::uint32_t multiplier_ = 1;
  std::array<ReservedWord, size_> slots_{};
};

inline constexpr KeywordTable keyword_table;

}  // namespace python::syntax
