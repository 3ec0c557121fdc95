#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

/// The only door to libpg_query: PostgreSQL's own scanner and parser (of version 15). What newer servers add does not
/// parse; texts that are too deeply nested to be parsed safely do not parse either.
namespace sql {

/// A node of the raw parse tree, or one scalar in it. Positions in the text are left out, and so are scalars that are
/// zero, false or empty.
struct Node {
  std::string_view kind;   ///< "ColumnRef", "TypeCast", "AExpr", …; empty for a scalar
  std::string_view field;  ///< the name under which it hangs in its parent
  std::string value;       ///< of a scalar: text, number, or the enumerator's name
  std::vector<Node> children;

  bool operator==(const Node&) const = default;
};

/// The first child that hangs under the name, or nullptr.
const Node* child(const Node& node, std::string_view field);
/// All children that hang under the name: the elements of a list.
std::vector<const Node*> children(const Node& node, std::string_view field);
/// The value of the scalar under the name; empty when it is not there.
std::string_view value(const Node& node, std::string_view field);

/// The statements of a text.
base::Result<std::vector<Node>> parsed_statements(std::string_view text);
/// The tree of one expression and nothing else.
base::Result<Node> parsed_expression(std::string_view text);

enum class TokenKind { Word, QuotedName, Text, Number, Comment, Other };

/// A token of a text, by position in bytes.
struct Token {
  TokenKind kind = TokenKind::Other;
  std::size_t begin = 0;
  std::size_t end = 0;
};

/// The tokens of a text, comments included; fails at unterminated strings and comments.
base::Result<std::vector<Token>> scanned(std::string_view text);

}  // namespace sql
