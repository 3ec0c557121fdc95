#include "python/syntax/grammar.h"

namespace python::syntax {

/// `match` is a name too: it begins a statement if what follows may be its subject and the line ends with a colon.
bool Grammar::at_match() const {
  if (!at_word("match")) return false;
  const TokenKind next = next_kind();
  const bool ambiguous = next == TokenKind::LeftParenthesis || next == TokenKind::LeftBracket ||
                         next == TokenKind::Not || next == TokenKind::Minus || next == TokenKind::Plus ||
                         next == TokenKind::Star;
  if (!ambiguous) return begins_expression(next) && next != TokenKind::Lambda;
  const Token* token = token_;
  while (!is_layout(token->kind) && token->kind != TokenKind::Error) ++token;
  return token->kind == TokenKind::Newline && token[-1].kind == TokenKind::Colon;
}

const Stmt* Grammar::match_statement() {
  const std::uint32_t start = begin();
  advance();
  const Expr* subject = match_subject();
  if (!skip(TokenKind::Colon)) at(TokenKind::Newline) ? fail("expected ':'") : unexpected();
  expect(TokenKind::Newline);
  if (!skip(TokenKind::Indent)) {
    const int line = tree_.position(start).line;
    fail("expected an indented block after 'match' statement on line " + std::to_string(line));
  }
  Nodes<MatchCase> cases(*this);
  do {
    cases.add(match_case());
  } while (!at(TokenKind::Dedent));
  advance();
  auto* statement = make<Match>(start);
  statement->subject = subject;
  statement->cases = cases.sequence();
  return statement;
}

const Expr* Grammar::match_subject() {
  const std::uint32_t start = begin();
  const Expr* first = star_named_expression();
  if (!at(TokenKind::Comma)) {
    if (first->kind == ExprKind::Starred) unexpected();
    return first;
  }
  Nodes<Expr> elts(*this);
  elts.add(first);
  while (skip(TokenKind::Comma) && (begins_expression(kind()) || at(TokenKind::Star)))
    elts.add(star_named_expression());
  return tuple(start, elts.items());
}

const MatchCase* Grammar::match_case() {
  const std::uint32_t start = begin();
  if (!at_word("case")) unexpected();
  advance();
  const Pattern* pattern = patterns();
  const Expr* guard = skip(TokenKind::If) ? named_expression() : nullptr;
  const Sequence<Stmt> body = block("'case' statement", start);
  return keep(MatchCase{pattern, guard, body});
}

/// A pattern, or several with commas that make a sequence.
const Pattern* Grammar::patterns() {
  const std::uint32_t start = begin();
  const Pattern* first = maybe_star_pattern();
  if (at(TokenKind::Comma)) return open_sequence(start, first, TokenKind::Colon);
  if (first->kind == PatternKind::MatchStar) unexpected();
  return first;
}

/// The rest of a sequence behind its first element, without the closing bracket.
const Pattern* Grammar::open_sequence(std::uint32_t start, const Pattern* first, TokenKind closing) {
  Nodes<Pattern> elements(*this);
  elements.add(first);
  while (skip(TokenKind::Comma) && !at(closing) && !at(TokenKind::If)) elements.add(maybe_star_pattern());
  auto* node = make<MatchSequence>(start);
  node->patterns = elements.sequence();
  return node;
}

const Pattern* Grammar::maybe_star_pattern() {
  if (!at(TokenKind::Star)) return pattern();
  const std::uint32_t start = begin();
  advance();
  std::string_view name;
  if (at_word("_"))
    advance();
  else
    name = capture_target();
  auto* node = make<MatchStar>(start);
  node->name = name;
  return node;
}

/// A name that a value is bound to.
std::string_view Grammar::capture_target() {
  if (at_word("_")) fail("cannot use '_' as a target");
  const std::string_view name = identifier();
  if (at(TokenKind::Dot) || at(TokenKind::LeftParenthesis) || at(TokenKind::Assign)) unexpected();
  return name;
}

const Pattern* Grammar::pattern() {
  const std::uint32_t start = begin();
  const Pattern* read = or_pattern();
  if (!skip(TokenKind::As)) return read;
  const std::string_view name = capture_target();
  auto* node = make<MatchAs>(start);
  node->pattern = read;
  node->name = name;
  return node;
}

const Pattern* Grammar::or_pattern() {
  const std::uint32_t start = begin();
  const Pattern* first = closed_pattern();
  if (!at(TokenKind::Bar)) return first;
  Nodes<Pattern> alternatives(*this);
  alternatives.add(first);
  while (skip(TokenKind::Bar)) alternatives.add(closed_pattern());
  auto* node = make<MatchOr>(start);
  node->patterns = alternatives.sequence();
  return node;
}

const Pattern* Grammar::closed_pattern() {
  const std::uint32_t start = begin();
  switch (kind()) {
    case TokenKind::Number:
    case TokenKind::Minus:
      return value_pattern(start, pattern_number());
    case TokenKind::String:
    case TokenKind::FStringStart:
      return value_pattern(start, strings());
    case TokenKind::None:
      return singleton_pattern(ConstantKind::None);
    case TokenKind::True:
      return singleton_pattern(ConstantKind::True);
    case TokenKind::False:
      return singleton_pattern(ConstantKind::False);
    case TokenKind::Name:
      return name_pattern();
    case TokenKind::LeftParenthesis:
      return parenthesized_pattern();
    case TokenKind::LeftBracket:
      return list_pattern();
    case TokenKind::LeftBrace:
      return mapping_pattern();
    default:
      unexpected();
  }
}

const Pattern* Grammar::value_pattern(std::uint32_t start, const Expr* value) {
  auto* node = make<MatchValue>(start);
  node->value = value;
  return node;
}

const Pattern* Grammar::singleton_pattern(ConstantKind value) {
  const std::uint32_t start = begin();
  advance();
  auto* node = make<MatchSingleton>(start);
  node->value = value;
  return node;
}

/// The wildcard, a capture, a dotted value, or a class.
const Pattern* Grammar::name_pattern() {
  const std::uint32_t start = begin();
  const bool wildcard = at_word("_");
  const Expr* value = name_or_attribute();
  if (at(TokenKind::LeftParenthesis)) return class_pattern(start, value);
  if (at(TokenKind::Assign)) unexpected();
  if (value->kind == ExprKind::Attribute) return value_pattern(start, value);
  auto* node = make<MatchAs>(start);
  if (!wildcard) node->name = as<Name>(value)->id;
  return node;
}

const Expr* Grammar::name_or_attribute() {
  const std::uint32_t start = begin();
  const Expr* value = name();
  while (skip(TokenKind::Dot)) {
    const std::string_view attr = identifier();
    auto* node = make<Attribute>(start);
    node->value = value;
    node->attr = attr;
    value = above(node, value);
  }
  return value;
}

const Pattern* Grammar::parenthesized_pattern() {
  const std::uint32_t start = begin();
  advance();
  if (skip(TokenKind::RightParenthesis)) return make<MatchSequence>(start);
  const Pattern* first = maybe_star_pattern();
  if (!at(TokenKind::Comma)) {
    if (first->kind == PatternKind::MatchStar) unexpected();
    expect(TokenKind::RightParenthesis);
    return first;
  }
  const Pattern* sequence = open_sequence(start, first, TokenKind::RightParenthesis);
  return closed(sequence, TokenKind::RightParenthesis);
}

const Pattern* Grammar::list_pattern() {
  const std::uint32_t start = begin();
  advance();
  if (skip(TokenKind::RightBracket)) return make<MatchSequence>(start);
  const Pattern* sequence = open_sequence(start, maybe_star_pattern(), TokenKind::RightBracket);
  return closed(sequence, TokenKind::RightBracket);
}

/// The sequence with its closing bracket, which is read.
const Pattern* Grammar::closed(const Pattern* sequence, TokenKind closing) {
  const std::uint32_t start = sequence->span.begin;
  expect(closing);
  auto* node = make<MatchSequence>(start);
  node->patterns = as<MatchSequence>(sequence)->patterns;
  return node;
}

const Pattern* Grammar::mapping_pattern() {
  const std::uint32_t start = begin();
  advance();
  Nodes<Expr> keys(*this);
  Nodes<Pattern> values(*this);
  std::string_view rest;
  while (!at(TokenKind::RightBrace)) {
    if (!rest.empty()) {
      fail("double star pattern must be the last (right-most) subpattern in the mapping pattern",
           static_cast<std::uint32_t>(rest.data() - tree_.source.data()));
    }
    if (skip(TokenKind::DoubleStar)) {
      rest = capture_target();
    } else {
      keys.add(pattern_key());
      expect(TokenKind::Colon);
      values.add(pattern());
    }
    if (!skip(TokenKind::Comma)) break;
  }
  expect(TokenKind::RightBrace);
  auto* node = make<MatchMapping>(start);
  node->keys = keys.sequence();
  node->patterns = values.sequence();
  node->rest = rest;
  return node;
}

const Expr* Grammar::pattern_key() {
  switch (kind()) {
    case TokenKind::Number:
    case TokenKind::Minus:
      return pattern_number();
    case TokenKind::Name: {
      const Expr* key = name_or_attribute();
      if (key->kind != ExprKind::Attribute) unexpected();
      return key;
    }
    case TokenKind::String:
    case TokenKind::FStringStart:
    case TokenKind::None:
    case TokenKind::True:
    case TokenKind::False:
      return atom();
    default:
      unexpected();
  }
}

const Pattern* Grammar::class_pattern(std::uint32_t start, const Expr* cls) {
  expect(TokenKind::LeftParenthesis);
  Nodes<Pattern> positional(*this);
  std::vector<const Pattern*> keyword_patterns;
  Collector<std::string_view> keywords(*this);
  while (!at(TokenKind::RightParenthesis)) {
    if (at(TokenKind::Name) && next_kind() == TokenKind::Assign) {
      keywords.add(identifier());
      advance();
      keyword_patterns.push_back(pattern());
    } else {
      const std::uint32_t here = begin();
      positional.add(pattern());
      if (!keywords.empty()) fail("positional patterns follow keyword patterns", here);
    }
    if (!skip(TokenKind::Comma)) break;
  }
  expect(TokenKind::RightParenthesis);
  auto* node = make<MatchClass>(start);
  node->cls = cls;
  node->patterns = positional.sequence();
  node->kwd_attrs = keywords.sequence();
  node->kwd_patterns = tree_.arena.copy(std::span<const Pattern* const>(keyword_patterns));
  return node;
}

/// A number with a sign, or a complex number: `-1 + 2j`.
const Expr* Grammar::pattern_number() {
  const std::uint32_t start = begin();
  const Expr* real = signed_number();
  if (!at(TokenKind::Plus) && !at(TokenKind::Minus)) return real;
  if (is_imaginary(real)) fail("real number required in complex literal", real->span.begin);
  const Operator op = at(TokenKind::Plus) ? Operator::Add : Operator::Sub;
  advance();
  if (!at(TokenKind::Number)) unexpected();
  const Expr* imaginary = number();
  if (!is_imaginary(imaginary)) fail("imaginary number required in complex literal", imaginary->span.begin);
  auto* node = make<BinOp>(start);
  node->op = op;
  node->left = real;
  node->right = imaginary;
  return above(node, real, imaginary);
}

const Expr* Grammar::signed_number() {
  const std::uint32_t start = begin();
  const bool negative = skip(TokenKind::Minus);
  if (!at(TokenKind::Number)) unexpected();
  const Expr* value = number();
  if (!negative) return value;
  auto* node = make<UnaryOp>(start);
  node->op = UnaryOperator::USub;
  node->operand = value;
  return above(node, value);
}

bool Grammar::is_imaginary(const Expr* number) {
  if (const auto* negative = as<UnaryOp>(number)) number = negative->operand;
  return as<Constant>(number)->constant == ConstantKind::Complex;
}

}  // namespace python::syntax
