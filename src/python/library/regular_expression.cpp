#include "python/library/regular_expression.h"

#include <algorithm>

#include "python/library/texts.h"

namespace python::library {

/// Runs the program with an explicit stack of choices, so that no text can exhaust that of the machine.
class RegularExpressionMatcher {
 public:
  RegularExpressionMatcher(const RegularExpression& expression, const std::u32string& text)
      : expression_(expression), text_(text), slots_(expression.groups_ * 2, -1), marks_(expression.marks_, -1) {}

  bool exhausted = false;

  std::optional<RegularExpression::Groups> at(std::size_t from, bool full) {
    std::fill(slots_.begin(), slots_.end(), -1);
    full_ = full;
    if (!run(0, from, 0)) return {};
    return slots_;
  }

 private:
  using Op = RegularExpression::Op;
  static constexpr std::size_t most_steps = 2'000'000;
  static constexpr int deepest = 100;

  /// Where to go on when the way taken fails, or what to put back before.
  struct Choice {
    enum Kind : std::uint8_t { Way, Slot, Mark } kind;
    std::size_t pc;
    std::int64_t value;
  };

  static bool is_word(char32_t c) { return c == '_' || is_letter(c) || is_digit(c); }

  bool in_category(char category, char32_t c) const {
    switch (category) {
      case 'd':
        return is_digit(c);
      case 'D':
        return !is_digit(c);
      case 'w':
        return is_word(c);
      case 'W':
        return !is_word(c);
      case 's':
        return is_space(c);
      default:
        return !is_space(c);
    }
  }

  bool in_set(const RegularExpression::Set& set, char32_t c) const {
    return std::any_of(set.ranges.begin(), set.ranges.end(),
                       [&](const auto& range) { return c >= range.from && c <= range.to; }) ||
           std::any_of(set.categories.begin(), set.categories.end(),
                       [&](char category) { return in_category(category, c); });
  }

  bool matches_set(const RegularExpression::Instruction& instruction, char32_t c) const {
    const RegularExpression::Set& set = expression_.sets_[instruction.x];
    bool inside = in_set(set, c);
    if (!inside && instruction.ignore_case) inside = in_set(set, lower(c)) || in_set(set, upper(c));
    return inside != set.negated;
  }

  bool at_boundary(std::size_t at) const {
    const bool before = at > 0 && is_word(text_[at - 1]);
    const bool after = at < text_.size() && is_word(text_[at]);
    return before != after;
  }

  bool reference(const RegularExpression::Instruction& instruction, std::size_t& at) const {
    const std::int64_t from = slots_[2 * instruction.x], to = slots_[2 * instruction.x + 1];
    if (from < 0 || to < 0) return false;
    const auto size = static_cast<std::size_t>(to - from);
    if (text_.size() - at < size) return false;
    for (std::size_t i = 0; i < size; ++i) {
      const char32_t a = text_[static_cast<std::size_t>(from) + i], b = text_[at + i];
      if (a != b && !(instruction.ignore_case && lower(a) == lower(b))) return false;
    }
    at += size;
    return true;
  }

  /// A program inside another: a lookaround or an atomic group. `end` takes the place where it ends.
  bool inner(std::size_t pc, std::size_t at, int depth, std::size_t& end) {
    const bool full = full_;
    full_ = false;
    const bool found = run(pc, at, depth + 1);
    full_ = full;
    end = accepted_;
    return found;
  }

  bool look(const RegularExpression::Instruction& instruction, std::size_t pc, std::size_t at, int depth) {
    const bool negative = instruction.y & 1, behind = instruction.y & 2;
    const auto before = slots_;
    bool found = false;
    std::size_t end = 0;
    if (!behind) {
      found = inner(pc + 1, at, depth, end);
    } else {
      for (std::size_t start = at + 1; start-- > 0 && !found && !exhausted;)
        found = inner(pc + 1, start, depth, end) && end == at;
    }
    if (negative || !found) slots_ = before;
    return found != negative;
  }

  bool run(std::size_t pc, std::size_t at, int depth) {
    if (depth > deepest) {
      exhausted = true;
      return false;
    }
    const std::size_t bottom = choices_.size();
    while (true) {
      if (++steps_ > most_steps) exhausted = true;
      if (exhausted) {
        choices_.resize(bottom);
        return false;
      }
      if (step(pc, at, depth)) {
        if (pc != done) continue;
        accepted_ = at;
        choices_.resize(bottom);
        return true;
      }
      if (!back(bottom, pc, at)) return false;
    }
  }

  bool back(std::size_t bottom, std::size_t& pc, std::size_t& at) {
    while (choices_.size() > bottom) {
      const Choice choice = choices_.back();
      choices_.pop_back();
      if (choice.kind == Choice::Slot) slots_[choice.pc] = choice.value;
      if (choice.kind == Choice::Mark) marks_[choice.pc] = choice.value;
      if (choice.kind != Choice::Way) continue;
      pc = choice.pc;
      at = static_cast<std::size_t>(choice.value);
      return true;
    }
    return false;
  }

  void remember(Choice::Kind kind, std::vector<std::int64_t>& values, std::size_t index, std::size_t at) {
    choices_.push_back({kind, index, values[index]});
    values[index] = static_cast<std::int64_t>(at);
  }

  /// One instruction: false if it fails.
  bool step(std::size_t& pc, std::size_t& at, int depth) {
    const RegularExpression::Instruction& instruction = expression_.program_[pc];
    const bool more = at < text_.size();
    const char32_t c = more ? text_[at] : 0;
    switch (instruction.op) {
      case Op::Character:
        if (!more || (c != instruction.x && !(instruction.ignore_case && lower(c) == lower(instruction.x))))
          return false;
        ++at;
        break;
      case Op::Any:
        if (!more) return false;
        ++at;
        break;
      case Op::AnyButNewline:
        if (!more || c == '\n') return false;
        ++at;
        break;
      case Op::Class:
        if (!more || !matches_set(instruction, c)) return false;
        ++at;
        break;
      case Op::Split:
        if (instruction.y != instruction.x)
          choices_.push_back({Choice::Way, instruction.y, static_cast<std::int64_t>(at)});
        pc = instruction.x;
        return true;
      case Op::Jump:
        pc = instruction.x;
        return true;
      case Op::Save:
        remember(Choice::Slot, slots_, instruction.x, at);
        break;
      case Op::Mark:
        remember(Choice::Mark, marks_, instruction.x, at);
        break;
      case Op::Progress:
        if (marks_[instruction.x] == static_cast<std::int64_t>(at)) {
          pc += 2;  // an empty round ends the loop
          return true;
        }
        break;
      case Op::Reference:
        if (!reference(instruction, at)) return false;
        break;
      case Op::Begin:
        if (at != 0) return false;
        break;
      case Op::BeginOfLine:
        if (at != 0 && text_[at - 1] != '\n') return false;
        break;
      case Op::End:
        if (more && !(c == '\n' && at + 1 == text_.size())) return false;
        break;
      case Op::EndOfLine:
        if (more && c != '\n') return false;
        break;
      case Op::EndOfText:
        if (more) return false;
        break;
      case Op::Boundary:
        if (!at_boundary(at)) return false;
        break;
      case Op::NoBoundary:
        if (at_boundary(at)) return false;
        break;
      case Op::Look:
        if (!look(instruction, pc, at, depth)) return false;
        pc = instruction.x;
        return true;
      case Op::Atomic: {
        std::size_t end = 0;
        if (!inner(pc + 1, at, depth, end)) return false;
        at = end;
        pc = instruction.x;
        return true;
      }
      case Op::IfGroup:
        pc = slots_[2 * instruction.x + 1] >= 0 ? pc + 1 : instruction.y;
        return true;
      case Op::Accept:
        if (full_ && more) return false;
        pc = done;
        return true;
    }
    ++pc;
    return true;
  }

  static constexpr std::size_t done = SIZE_MAX;

  const RegularExpression& expression_;
  const std::u32string& text_;
  std::vector<std::int64_t> slots_;
  std::vector<std::int64_t> marks_;
  std::vector<Choice> choices_;
  std::size_t steps_ = 0;
  std::size_t accepted_ = 0;
  bool full_ = false;
};

std::optional<RegularExpression::Groups> RegularExpression::match(const std::u32string& text, std::size_t from,
                                                                  Mode mode, bool& exhausted) const {
  RegularExpressionMatcher matcher(*this, text);
  for (std::size_t at = from; at <= text.size(); ++at) {
    auto found = matcher.at(at, mode == Mode::Full);
    exhausted = matcher.exhausted;
    if (found || exhausted) return found;
    if (mode != Mode::Search) return {};
  }
  return {};
}

}  // namespace python::library
