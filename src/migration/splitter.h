#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace migration {

/// A piece of an SQL text.
struct Piece {
  enum class Kind { Statement, Comment };
  Kind kind = Kind::Statement;
  std::string
      text;      ///< a statement without its semicolon, with the comments inside it; a line comment between statements
  int line = 0;  ///< where it begins, from 1
  bool ended = true;  ///< false: the text ends within it
};

/// Splits at the semicolons that end statements, as psql does: not those in strings, quoted names, dollar quotes,
/// comments, parentheses or BEGIN ATOMIC bodies. Works for every server version, since it needs no grammar.
std::vector<Piece> split_sql(std::string_view text);

/// True when the text holds nothing but blanks and comments.
bool is_only_comment(std::string_view sql);

/// The statement with a semicolon, on a line of its own where a comment would swallow it.
std::string terminated(std::string_view sql);

}  // namespace migration
