#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace python::syntax {

/// The order matters: ranges of it are tested below and in the parser.
enum class TokenKind : std::uint8_t {
  EndMarker,
  Newline,
  Indent,
  Dedent,
  Error,    ///< where the tokenizer gave up: see Tokens::error
  Invalid,  ///< a character that begins no token: $ ? `
  // What begins an expression, first to last.
  Name,
  Number,
  String,
  FStringStart,
  None,
  True,
  False,
  Lambda,
  Await,
  Not,
  LeftParenthesis,
  LeftBracket,
  LeftBrace,
  Tilde,
  Ellipsis,
  // What may begin or continue one.
  Minus,
  Plus,
  // Other binary operators.
  Star,
  DoubleStar,
  Slash,
  DoubleSlash,
  Percent,
  At,
  LeftShift,
  RightShift,
  Ampersand,
  Bar,
  Caret,
  // Comparisons, first to last.
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Is,
  In,
  // The rest of an expression.
  And,
  Or,
  If,
  Else,
  Dot,
  RightParenthesis,
  RightBracket,
  RightBrace,
  Comma,
  Colon,
  Semicolon,
  Arrow,
  ColonEqual,
  Exclamation,  ///< in a replacement field only
  FStringMiddle,
  FStringEnd,
  Assign,
  // Augmented assignments, first to last.
  PlusAssign,
  MinusAssign,
  StarAssign,
  SlashAssign,
  DoubleSlashAssign,
  PercentAssign,
  AtAssign,
  AmpersandAssign,
  BarAssign,
  CaretAssign,
  LeftShiftAssign,
  RightShiftAssign,
  DoubleStarAssign,
  // Keywords of statements.
  As,
  Assert,
  Async,
  Break,
  Class,
  Continue,
  Def,
  Del,
  Elif,
  Except,
  Finally,
  For,
  From,
  Global,
  Import,
  Nonlocal,
  Pass,
  Raise,
  Return,
  Try,
  While,
  With,
  Yield,
};

constexpr bool between(TokenKind kind, TokenKind first, TokenKind last) { return first <= kind && kind <= last; }

/// It begins an expression and cannot follow one.
constexpr bool only_begins_expression(TokenKind kind) { return between(kind, TokenKind::Name, TokenKind::Ellipsis); }
constexpr bool begins_expression(TokenKind kind) { return between(kind, TokenKind::Name, TokenKind::Plus); }
constexpr bool is_augmented_assignment(TokenKind kind) {
  return between(kind, TokenKind::PlusAssign, TokenKind::DoubleStarAssign);
}
constexpr bool is_layout(TokenKind kind) { return kind <= TokenKind::Dedent; }

struct Token {
  std::uint32_t begin;
  std::uint32_t end;
  TokenKind kind;
  std::uint8_t depth;  ///< number of brackets open after it
};

/// Why the tokens end before the source does.
struct TokenError {
  std::string message;
  std::uint32_t offset = 0;
  /// Python reports it whatever else is wrong before it; the others only when the parser arrives there.
  bool foremost = false;
};

struct Tokens {
  std::vector<Token> tokens;  ///< ends with EndMarker or Error
  std::optional<TokenError> error;
  /// The innermost bracket that is open at the end.
  std::optional<std::uint32_t> unclosed;
};

/// `source` is UTF-8; reading begins at `begin`.
Tokens tokenize(const std::string& source, std::uint32_t begin);

}  // namespace python::syntax
