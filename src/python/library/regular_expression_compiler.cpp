#include <algorithm>
#include <cstdlib>

#include "python/library/regular_expression.h"
#include "python/library/texts.h"

namespace python::library {

/// Recursive descent over the pattern; each part appends its instructions.
class RegularExpressionCompiler {
 public:
  RegularExpressionCompiler(const std::u32string& pattern, unsigned flags) : pattern_(pattern), flags_(flags) {}

  std::expected<RegularExpression, std::string> run() {
    emit(Op::Save, 0);
    alternatives(0);
    emit(Op::Save, 1);
    emit(Op::Accept);
    if (error_.empty() && at_ < pattern_.size()) fail("unbalanced parenthesis");
    if (!error_.empty()) return std::unexpected(error_);
    return std::move(result_);
  }

 private:
  using Op = RegularExpression::Op;
  using Set = RegularExpression::Set;
  static constexpr std::size_t longest_program = 50'000;
  static constexpr int deepest = 200;

  void fail(std::string message) {
    if (error_.empty()) error_ = std::move(message);
    at_ = pattern_.size();
  }

  bool more() const { return at_ < pattern_.size() && error_.empty(); }
  char32_t peek(std::size_t ahead = 0) const { return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : 0; }

  bool take(std::u32string_view mark) {
    if (pattern_.compare(at_, mark.size(), mark) != 0) return false;
    at_ += mark.size();
    return true;
  }

  std::size_t here() const { return result_.program_.size(); }

  std::size_t emit(Op op, std::size_t x = 0, std::size_t y = 0) {
    if (here() >= longest_program) fail("the pattern is too large");
    const bool folds = flags_ & RegularExpression::ignore_case;
    result_.program_.push_back({op, static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), folds});
    return here() - 1;
  }

  void insert(std::size_t at, Op op, std::size_t x = 0, std::size_t y = 0) {
    // Jumps inside of what moves are relative to nothing: they are written as absolute and moved along.
    for (auto& instruction : result_.program_) {
      if (jumps(instruction.op) && instruction.x >= at + 1 + 0 && instruction.x > at) ++instruction.x;
      if ((instruction.op == Op::Split || instruction.op == Op::IfGroup) && instruction.y > at) ++instruction.y;
    }
    result_.program_.insert(result_.program_.begin() + static_cast<std::ptrdiff_t>(at),
                            {op, static_cast<std::uint32_t>(x), static_cast<std::uint32_t>(y), false});
  }

  static bool jumps(Op op) { return op == Op::Split || op == Op::Jump || op == Op::Look || op == Op::Atomic; }

  void alternatives(int depth) {
    if (depth > deepest) return fail("the pattern is nested too deeply");
    std::vector<std::size_t> ends;
    while (error_.empty()) {
      const std::size_t split = emit(Op::Split);
      sequence(depth);
      if (!take(U"|")) {
        // The last one needs no choice: it goes straight on.
        result_.program_[split].x = result_.program_[split].y = static_cast<std::uint32_t>(split + 1);
        break;
      }
      ends.push_back(emit(Op::Jump));
      result_.program_[split].x = static_cast<std::uint32_t>(split + 1);
      result_.program_[split].y = static_cast<std::uint32_t>(here());
    }
    for (const std::size_t end : ends) result_.program_[end].x = static_cast<std::uint32_t>(here());
  }

  void skip_blanks() {
    while (flags_ & RegularExpression::verbose && more()) {
      if (is_space(peek())) {
        ++at_;
      } else if (peek() == '#') {
        while (more() && peek() != '\n') ++at_;
      } else {
        return;
      }
    }
  }

  void sequence(int depth) {
    for (skip_blanks(); more() && peek() != '|' && peek() != ')'; skip_blanks()) {
      const std::size_t begin = at_, code = here(), groups = result_.groups_;
      if (!atom(depth)) continue;
      skip_blanks();
      repeat(begin, code, groups, depth);
    }
  }

  struct Bounds {
    std::size_t least = 1, most = 1;
    static constexpr std::size_t unlimited = SIZE_MAX;
  };

  bool number(std::size_t& value) {
    const std::size_t begin = at_;
    value = 0;
    for (; peek() >= '0' && peek() <= '9'; ++at_) value = std::min<std::size_t>(value * 10 + (peek() - '0'), 100'000);
    return at_ > begin;
  }

  std::optional<Bounds> bounds() {
    if (take(U"*")) return Bounds{0, Bounds::unlimited};
    if (take(U"+")) return Bounds{1, Bounds::unlimited};
    if (take(U"?")) return Bounds{0, 1};
    const std::size_t begin = at_;
    if (!take(U"{")) return {};
    Bounds result{0, Bounds::unlimited};
    const bool has_least = number(result.least);
    if (take(U",")) {
      if (!number(result.most)) result.most = Bounds::unlimited;
    } else {
      result.most = result.least;
      if (!has_least) result.most = 0;
    }
    if (take(U"}") && (has_least || result.most != 0)) return result;
    at_ = begin;
    return {};
  }

  /// Compiles the atom again, for one more copy of it; groups keep their numbers.
  void copy(std::size_t begin, std::size_t end, std::size_t groups, int depth) {
    const std::size_t after = result_.groups_, back = at_;
    at_ = begin;
    result_.groups_ = groups;
    atom(depth);
    (void)end;
    result_.groups_ = after;
    at_ = back;
  }

  void loop(std::size_t code, bool lazy) {
    const std::size_t mark = result_.marks_++;
    insert(code, Op::Split);
    insert(code + 1, Op::Mark, mark);
    emit(Op::Progress, mark);
    emit(Op::Jump, code);
    choose(code, code + 1, here(), lazy);
  }

  void choose(std::size_t split, std::size_t inside, std::size_t outside, bool lazy) {
    result_.program_[split].x = static_cast<std::uint32_t>(lazy ? outside : inside);
    result_.program_[split].y = static_cast<std::uint32_t>(lazy ? inside : outside);
  }

  void repeat(std::size_t begin, std::size_t code, std::size_t groups, int depth) {
    const std::size_t end = at_;
    const auto count = bounds();
    if (!count || !error_.empty()) return;
    const bool lazy = take(U"?");
    const bool possessive = !lazy && take(U"+");
    if (count->most != Bounds::unlimited && count->most < count->least)
      return fail("min repeat greater than max repeat");
    if (count->least == 0 && count->most == Bounds::unlimited) {
      loop(code, lazy);
    } else {
      repeat_counted(begin, end, code, groups, depth, *count, lazy);
    }
    if (possessive) {
      insert(code, Op::Atomic);
      emit(Op::Accept);
      result_.program_[code].x = static_cast<std::uint32_t>(here());
    }
    if (bounds()) fail("multiple repeat");
  }

  void repeat_counted(std::size_t begin, std::size_t end, std::size_t code, std::size_t groups, int depth, Bounds count,
                      bool lazy) {
    if (count.most == 0) {
      result_.program_.resize(code);
      return;
    }
    if (count.least == 0) result_.program_.resize(code);
    for (std::size_t i = 1; i < count.least && error_.empty(); ++i) copy(begin, end, groups, depth);
    if (count.most == Bounds::unlimited) {
      const std::size_t last = here();
      copy(begin, end, groups, depth);
      return loop(last, lazy);
    }
    std::vector<std::size_t> splits;
    for (std::size_t i = count.least; i < count.most && error_.empty(); ++i) {
      splits.push_back(emit(Op::Split));
      copy(begin, end, groups, depth);
    }
    if (!error_.empty()) return;
    for (const std::size_t split : splits) choose(split, split + 1, here(), lazy);
  }

  /// False for what can not be repeated (flags, comments).
  bool atom(int depth) {
    const char32_t c = pattern_[at_++];
    switch (c) {
      case '.':
        emit(flags_ & RegularExpression::dot_all ? Op::Any : Op::AnyButNewline);
        return true;
      case '^':
        emit(flags_ & RegularExpression::multi_line ? Op::BeginOfLine : Op::Begin);
        return true;
      case '$':
        emit(flags_ & RegularExpression::multi_line ? Op::EndOfLine : Op::End);
        return true;
      case '[':
        set();
        return true;
      case '(':
        return group(depth);
      case '\\':
        escape();
        return true;
      case '*':
      case '+':
      case '?':
        fail("nothing to repeat");
        return false;
      default:
        emit(Op::Character, c);
        return true;
    }
  }

  void end_group() {
    if (!take(U")")) fail("missing ), unterminated subpattern");
  }

  std::string group_name(char32_t end) {
    std::string name;
    while (more() && peek() != end) encode(pattern_[at_++], name);
    if (more()) ++at_;
    return name;
  }

  bool group(int depth) {
    const unsigned before = flags_;
    if (!take(U"?")) {
      capture(depth, result_.groups_++);
    } else if (take(U":")) {
      alternatives(depth + 1);
      end_group();
    } else if (take(U"P<")) {
      const std::size_t number = result_.groups_++;
      result_.names_[group_name('>')] = number;
      capture(depth, number);
    } else if (take(U"P=")) {
      const std::string name = group_name(')');
      const auto known = result_.names_.find(name);
      if (known == result_.names_.end()) fail("unknown group name '" + name + "'");
      if (error_.empty()) emit(Op::Reference, known->second);
    } else if (take(U"=")) {
      look(depth, 0);
    } else if (take(U"!")) {
      look(depth, 1);
    } else if (take(U"<=")) {
      look(depth, 2);
    } else if (take(U"<!")) {
      look(depth, 3);
    } else if (take(U">")) {
      const std::size_t start = emit(Op::Atomic);
      alternatives(depth + 1);
      end_group();
      emit(Op::Accept);
      result_.program_[start].x = static_cast<std::uint32_t>(here());
    } else if (take(U"#")) {
      while (more() && peek() != ')') ++at_;
      end_group();
      return false;
    } else if (take(U"(")) {
      conditional(depth);
    } else {
      return inline_flags(depth, before);
    }
    flags_ = before;
    return true;
  }

  void capture(int depth, std::size_t number) {
    emit(Op::Save, 2 * number);
    alternatives(depth + 1);
    end_group();
    emit(Op::Save, 2 * number + 1);
  }

  void look(int depth, std::size_t kind) {
    const std::size_t start = emit(Op::Look, 0, kind);
    alternatives(depth + 1);
    end_group();
    emit(Op::Accept);
    result_.program_[start].x = static_cast<std::uint32_t>(here());
  }

  void conditional(int depth) {
    const std::string name = group_name(')');
    const auto known = result_.names_.find(name);
    const std::size_t number =
        known != result_.names_.end() ? known->second : static_cast<std::size_t>(std::atoi(name.c_str()));
    const std::size_t choice = emit(Op::IfGroup, number);
    sequence(depth + 1);
    const std::size_t end = emit(Op::Jump);
    result_.program_[choice].y = static_cast<std::uint32_t>(here());
    if (take(U"|")) sequence(depth + 1);
    result_.program_[end].x = static_cast<std::uint32_t>(here());
    end_group();
  }

  bool inline_flags(int depth, unsigned before) {
    bool on = true;
    while (more() && peek() != ')' && peek() != ':') {
      const char32_t c = pattern_[at_++];
      const unsigned flag = c == 'i'   ? RegularExpression::ignore_case
                            : c == 'm' ? RegularExpression::multi_line
                            : c == 's' ? RegularExpression::dot_all
                            : c == 'x' ? RegularExpression::verbose
                                       : 0u;
      if (c == '-') {
        on = false;
      } else if (!flag && c != 'a' && c != 'u' && c != 'L') {
        fail("unknown extension");
      } else {
        flags_ = on ? flags_ | flag : flags_ & ~flag;
      }
    }
    if (take(U")")) return false;
    if (!take(U":")) {
      fail("missing -, : or )");
      return false;
    }
    alternatives(depth + 1);
    end_group();
    flags_ = before;
    return true;
  }

  std::optional<char32_t> escaped_character(char32_t c) {
    switch (c) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case 'r':
        return '\r';
      case 'f':
        return '\f';
      case 'v':
        return '\v';
      case 'a':
        return '\a';
      case '0':
        return 0;
      case 'x':
        return hexadecimal(2);
      case 'u':
        return hexadecimal(4);
      case 'U':
        return hexadecimal(8);
      default:
        break;
    }
    if (c < 0x80 && is_letter(c)) return {};
    return c;
  }

  char32_t hexadecimal(std::size_t digits) {
    char32_t value = 0;
    for (std::size_t i = 0; i < digits && more(); ++i) {
      const char32_t c = lower(pattern_[at_++]);
      value = value * 16 + (c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= '0' && c <= '9' ? c - '0' : 0);
    }
    return value;
  }

  void escape() {
    if (!more()) return fail("bad escape (end of pattern)");
    const char32_t c = pattern_[at_++];
    if (std::u32string_view(U"dDwWsS").find(c) != std::u32string_view::npos) {
      Set set;
      set.categories = static_cast<char>(c);
      return emit_set(std::move(set));
    }
    switch (c) {
      case 'b':
        emit(Op::Boundary);
        return;
      case 'B':
        emit(Op::NoBoundary);
        return;
      case 'A':
        emit(Op::Begin);
        return;
      case 'Z':
      case 'z':
        emit(Op::EndOfText);
        return;
      default:
        break;
    }
    if (c >= '1' && c <= '9') {
      std::size_t number = c - '0';
      if (peek() >= '0' && peek() <= '9') number = number * 10 + (pattern_[at_++] - '0');
      if (number >= result_.groups_) return fail("invalid group reference");
      emit(Op::Reference, number);
      return;
    }
    const auto character = escaped_character(c);
    if (!character) return fail("bad escape");
    emit(Op::Character, *character);
  }

  void emit_set(Set set) {
    result_.sets_.push_back(std::move(set));
    emit(Op::Class, result_.sets_.size() - 1);
  }

  void set() {
    Set set;
    set.negated = take(U"^");
    bool first = true;
    while (more() && (first || peek() != ']')) {
      first = false;
      char32_t from = pattern_[at_++];
      if (from == '\\' && more()) {
        const char32_t c = pattern_[at_++];
        if (std::u32string_view(U"dDwWsS").find(c) != std::u32string_view::npos) {
          set.categories += static_cast<char>(c);
          continue;
        }
        from = c == 'b' ? U'\b' : escaped_character(c).value_or(c);
      }
      char32_t to = from;
      if (peek() == '-' && peek(1) != ']' && at_ + 1 < pattern_.size()) {
        ++at_;
        to = pattern_[at_++];
        if (to == '\\' && more()) {
          const char32_t c = pattern_[at_++];
          to = escaped_character(c).value_or(c);
        }
        if (to < from) return fail("bad character range");
      }
      set.ranges.push_back({from, to});
    }
    if (!take(U"]")) return fail("unterminated character set");
    emit_set(std::move(set));
  }

  const std::u32string& pattern_;
  unsigned flags_;
  std::size_t at_ = 0;
  std::string error_;
  RegularExpression result_;
};

std::expected<RegularExpression, std::string> RegularExpression::compiled(const std::u32string& pattern,
                                                                          unsigned flags) {
  return RegularExpressionCompiler(pattern, flags).run();
}

}  // namespace python::library
