#pragma once

#include <cstdint>
#include <expected>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace python::library {

/// A regular expression as Python's `re` has them, matched by backtracking with a limit of steps.
class RegularExpression {
 public:
  // As in `re`: re.IGNORECASE is 2 …
  enum Flag : unsigned { ignore_case = 2, multi_line = 8, dot_all = 16, verbose = 64 };
  enum class Mode { Search, Match, Full };

  /// Where each group lies, the whole first; -1 for one that took no part.
  using Groups = std::vector<std::int64_t>;

  static std::expected<RegularExpression, std::string> compiled(const std::u32string& pattern, unsigned flags);

  /// Nothing if there is no match; `exhausted` is set if the limit of steps ended the search.
  std::optional<Groups> match(const std::u32string& text, std::size_t from, Mode mode, bool& exhausted) const;

  std::size_t group_count() const { return groups_; }
  const std::map<std::string, std::size_t>& group_names() const { return names_; }

 private:
  friend class RegularExpressionCompiler;
  friend class RegularExpressionMatcher;

  enum class Op : std::uint8_t {
    Character,
    Any,
    AnyButNewline,
    Class,
    Split,  ///< first `x`, then `y`
    Jump,
    Save,
    Mark,      ///< remembers the place where a round of a loop begins
    Progress,  ///< fails if the round took nothing
    Reference,
    Begin,
    BeginOfLine,
    End,
    EndOfLine,
    EndOfText,
    Boundary,
    NoBoundary,
    Look,     ///< program behind it up to `x`; `y`: bit 0 negative, bit 1 behind
    Atomic,   ///< program behind it up to `x`
    IfGroup,  ///< goes on if group `x` took part, else at `y`
    Accept,
  };

  struct Range {
    char32_t from, to;
  };

  struct Set {
    std::vector<Range> ranges;
    std::string categories;  ///< d, D, w, W, s, S
    bool negated = false;
  };

  struct Instruction {
    Op op;
    std::uint32_t x = 0, y = 0;
    bool ignore_case = false;
  };

  std::vector<Instruction> program_;
  std::vector<Set> sets_;
  std::size_t groups_ = 1;
  std::size_t marks_ = 0;
  std::map<std::string, std::size_t> names_;
};

}  // namespace python::library
