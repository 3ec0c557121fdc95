#include "migration/splitter.h"

#include <algorithm>

#include "base/text.h"

namespace migration {
namespace {

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return is_letter(c) || is_digit(c) || c == '$'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v'; }

/// Finds ends of tokens; a token that does not end goes on to the end of the text.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  char at(std::size_t position) const { return position < text_.size() ? text_[position] : '\0'; }

  std::size_t line_comment(std::size_t begin) const { return std::min(text_.find('\n', begin), text_.size()); }

  std::size_t block_comment(std::size_t begin) {
    int depth = 0;
    for (std::size_t position = begin; position + 1 < text_.size(); ++position) {
      if (text_[position] == '/' && text_[position + 1] == '*') {
        ++depth;
        ++position;
      } else if (text_[position] == '*' && text_[position + 1] == '/') {
        ++position;
        if (--depth == 0) return position + 1;
      }
    }
    return unfinished();
  }

  std::size_t quoted(std::size_t begin, bool backslashes) {
    const char quote = text_[begin];
    for (std::size_t position = begin + 1; position < text_.size(); ++position) {
      if (backslashes && text_[position] == '\\')
        ++position;
      else if (text_[position] != quote)
        continue;
      else if (at(position + 1) == quote)
        ++position;
      else
        return position + 1;
    }
    return unfinished();
  }

  /// The end of a dollar-quoted string, or `begin` where none begins.
  std::size_t dollar_quoted(std::size_t begin) {
    std::size_t position = begin + 1;
    if (is_letter(at(position))) {
      while (is_letter(at(position)) || is_digit(at(position))) ++position;
    }
    if (at(position) != '$') return begin;
    const std::string_view tag = text_.substr(begin, position + 1 - begin);
    const auto end = text_.find(tag, position + 1);
    return end == std::string_view::npos ? unfinished() : end + tag.size();
  }

  std::size_t word(std::size_t begin) const {
    std::size_t position = begin;
    while (position < text_.size() && is_word(text_[position])) ++position;
    return position;
  }

  bool broken() const { return broken_; }

 private:
  std::size_t unfinished() {
    broken_ = true;
    return text_.size();
  }

  std::string_view text_;
  bool broken_ = false;
};

class Splitter {
 public:
  explicit Splitter(std::string_view text) : text_(text), scanner_(text) {}

  std::vector<Piece> split() {
    while (position_ < text_.size()) step();
    if (started_) finish(text_.size(), false);
    return std::move(pieces_);
  }

 private:
  void step() {
    const char c = text_[position_];
    if (is_space(c)) return skip(1);
    if (text_.substr(position_, 2) == "--") return comment(scanner_.line_comment(position_));
    if (text_.substr(position_, 2) == "/*") return comment(scanner_.block_comment(position_));
    if (c == ';' && parentheses_ <= 0 && begin_depth_ == 0) return end_statement();
    start();
    if (c == '\'') return move_to(scanner_.quoted(position_, false));
    if (c == '"') return move_to(scanner_.quoted(position_, false));
    if (c == '$') return move_to(std::max(scanner_.dollar_quoted(position_), position_ + 1));
    if (is_letter(c)) return read_word();
    if (is_digit(c)) return move_to(scanner_.word(position_));
    if (c == '(') ++parentheses_;
    if (c == ')') --parentheses_;
    skip(1);
  }

  void read_word() {
    const std::size_t end = scanner_.word(position_);
    const std::string word = base::lowered(text_.substr(position_, end - position_));
    if (word == "e" && scanner_.at(end) == '\'') return move_to(scanner_.quoted(end, true));
    note(word);
    move_to(end);
  }

  /// Within CREATE FUNCTION and CREATE PROCEDURE, BEGIN ATOMIC and CASE open a block that END closes.
  void note(const std::string& word) {
    if (words_.size() < 4) words_.push_back(word);
    if (parentheses_ > 0) return;
    const bool routine = words_[0] == "create" && std::ranges::any_of(words_, [](const std::string& w) {
                           return w == "function" || w == "procedure";
                         });
    if (!routine) return;
    if (word == "atomic" && previous_ == "begin")
      ++begin_depth_;
    else if (word == "case" && begin_depth_ > 0)
      ++begin_depth_;
    else if (word == "end" && begin_depth_ > 0)
      --begin_depth_;
    previous_ = word;
  }

  void comment(std::size_t end) {
    if (!started_) {
      Piece piece{Piece::Kind::Comment, std::string(text_.substr(position_, end - position_)), line_,
                  !scanner_.broken()};
      pieces_.push_back(std::move(piece));
    }
    move_to(end);
  }

  void start() {
    if (started_) return;
    started_ = true;
    begin_ = position_;
    begin_line_ = line_;
  }

  void end_statement() {
    if (started_) finish(position_, true);
    skip(1);
  }

  void finish(std::size_t end, bool ended) {
    const std::string text(base::trimmed(text_.substr(begin_, end - begin_)));
    pieces_.push_back({Piece::Kind::Statement, text, begin_line_,
                       ended || !(scanner_.broken() || parentheses_ > 0 || begin_depth_ > 0)});
    started_ = false;
    parentheses_ = 0;
    begin_depth_ = 0;
    words_.clear();
    previous_.clear();
  }

  void skip(std::size_t count) { move_to(position_ + count); }

  void move_to(std::size_t end) {
    line_ += static_cast<int>(std::count(text_.begin() + static_cast<std::ptrdiff_t>(position_),
                                         text_.begin() + static_cast<std::ptrdiff_t>(end), '\n'));
    position_ = end;
  }

  std::string_view text_;
  Scanner scanner_;
  std::size_t position_ = 0;
  int line_ = 1;
  bool started_ = false;
  std::size_t begin_ = 0;
  int begin_line_ = 1;
  int parentheses_ = 0;
  int begin_depth_ = 0;
  std::vector<std::string> words_;  ///< the first words of the statement
  std::string previous_;
  std::vector<Piece> pieces_;
};

}  // namespace

std::vector<Piece> split_sql(std::string_view text) { return Splitter(text).split(); }

bool is_only_comment(std::string_view sql) {
  return std::ranges::all_of(split_sql(sql), [](const Piece& piece) { return piece.kind == Piece::Kind::Comment; });
}

std::string terminated(std::string_view sql) {
  const auto line = sql.rfind('\n');
  const std::string_view last = line == std::string_view::npos ? sql : sql.substr(line + 1);
  return std::string(sql) + (last.find("--") == std::string_view::npos ? ";" : "\n;");
}

}  // namespace migration
