#include "python/syntax/grammar.h"

#include <utility>

#include "python/syntax/expression_names.h"

namespace python::syntax {
namespace {

/// Whether Python suggests `==` for an `=` behind the expression.
bool may_be_compared(const Expr* expr) {
  switch (expr->kind) {
    case ExprKind::List:
    case ExprKind::Tuple:
    case ExprKind::GeneratorExp:
    case ExprKind::Compare:
    case ExprKind::BoolOp:
    case ExprKind::IfExp:
    case ExprKind::Lambda:
    case ExprKind::NamedExpr:
      return false;
    case ExprKind::Constant:
      return as<Constant>(expr)->constant > ConstantKind::False;
    case ExprKind::UnaryOp:
      return as<UnaryOp>(expr)->op != UnaryOperator::Not;
    default:
      return true;
  }
}

}  // namespace

/// Where the last token ends that is more than layout.
std::uint32_t Grammar::end() const {
  const Token* last = token_ - 1;
  while (is_layout(last->kind) && last > tokens_.tokens.data()) --last;
  return last->end;
}

std::string_view Grammar::identifier() {
  if (!at(TokenKind::Name)) unexpected();
  const std::string_view name = text(*token_);
  advance();
  return name;
}

void Grammar::fail(std::string message, std::uint32_t offset) const {
  if (at(TokenKind::Error)) unexpected();
  throw Failure{std::move(message), offset};
}

void Grammar::unexpected() const {
  switch (kind()) {
    case TokenKind::Error:
      throw Failure{tokens_.error->message, tokens_.error->offset, Failure::Kind::Tokenizer};
    case TokenKind::Indent:
      throw Failure{"unexpected indent", begin(), Failure::Kind::Layout};
    case TokenKind::Dedent:
      throw Failure{"unexpected unindent", begin(), Failure::Kind::Layout};
    case TokenKind::Async: {
      // Behind an element in brackets Python has looked for the `for` that makes it a comprehension.
      const bool looked = token_->depth > 0 &&
                          !between(token_[-1].kind, TokenKind::LeftParenthesis, TokenKind::LeftBrace) &&
                          token_[-1].kind != TokenKind::Comma;
      throw Failure{"invalid syntax", looked ? token_[1].begin : begin(), Failure::Kind::Generic};
    }
    default:
      throw Failure{"invalid syntax", begin(), Failure::Kind::Generic};
  }
}

void Grammar::too_deep() const { throw Failure{"too many nested expressions", begin()}; }

/// Whether at least the first operand of an expression can be read from `start` on; the parser stays where it is.
bool Grammar::has_readable_prefix(const Token* start) {
  if (trying_ || retries_left_-- <= 0) return false;
  const Token* here = std::exchange(token_, start);
  while (at(TokenKind::Not) || at(TokenKind::Minus) || at(TokenKind::Plus) || at(TokenKind::Tilde) ||
         at(TokenKind::Await))
    advance();
  const bool readable = try_to_read([this] { atom(); });
  token_ = here;
  return readable;
}

/// One expression right behind another: inside brackets a comma is missing, `print x` is Python 2. Returns if Python
/// has no better words for it than that the second one is unexpected.
void Grammar::two_expressions(const Token* first_token, const Expr* first) {
  if (trying_) return;
  const Token* second = token_;
  const bool is_name = first_token->kind == TokenKind::Name;
  const std::string_view word = is_name ? text(*first_token) : std::string_view{};
  const bool soft_keyword = word == "match" || word == "case" || word == "_";
  const bool prefixed_string = is_name && first_token[1].kind == TokenKind::String;
  const bool legacy = first->kind == ExprKind::Name && (word == "print" || word == "exec");
  const bool readable =
      try_to_read([this] { at(TokenKind::Lambda) ? lambda() : disjunction(); }) || has_readable_prefix(second);
  const bool in_brackets = (token_ == second ? token_ : token_ - 1)->depth > 0;
  token_ = second;
  if (!readable) return;
  if (!soft_keyword && !prefixed_string && !legacy && in_brackets)
    fail("invalid syntax. Perhaps you forgot a comma?", first->span.begin);
  if (legacy) {
    const std::string name(word);
    fail("Missing parentheses in call to '" + name + "'. Did you mean " + name + "(...)?", first->span.begin);
  }
}

/// An `=` or `:=` where a value is wanted.
void Grammar::assignment_inside(const Expr* expr) {
  const Token* sign = token_;
  const bool walrus = at(TokenKind::ColonEqual);
  advance();
  const bool readable = try_to_read([&] { walrus ? expression() : disjunction_of_bits(); });
  const bool another = at(TokenKind::Assign) || at(TokenKind::ColonEqual);
  token_ = sign;
  if (!readable || trying_) unexpected();
  const std::string name(name_of(expr));
  if (walrus) fail("cannot use assignment expressions with " + name, expr->span.begin);
  if (another || !may_be_compared(expr)) unexpected();
  if (expr->kind == ExprKind::Name)
    fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", expr->span.begin);
  fail("cannot assign to " + name + " here. Maybe you meant '==' instead of '='?", expr->span.begin);
}

void Grammar::unparenthesized_comprehension_target(const Expr* first) {
  const Token* start = token_;
  if (reads([this] { comprehensions(); }))
    fail("did you forget parentheses around the comprehension target?", first->span.begin);
  if (token_ == start) unexpected();
  fail("invalid syntax");
}

/// Python takes a return annotation that it cannot read for none, and misses the colon.
void Grammar::no_return_annotation(const Token* arrow) {
  token_ = arrow;
  fail("expected ':'");
}

/// What stands between `for` and `in` cannot be assigned to, or there is no `in`.
void Grammar::no_for_target(const Token* start) {
  if (trying_ || retries_left_-- <= 0) unexpected();
  const Token* here = std::exchange(token_, start);
  const Expr* read = nullptr;
  if (reads([&] { read = star_expressions(); })) {
    if (const auto* compare = as<Compare>(read); compare && compare->ops[0] == CompareOperator::In)
      read = compare->left;
    check_target(read, "assign to", true);
  }
  token_ = here;
  unexpected();
}

/// Unpacking has no meaning in a comprehension.
void Grammar::check_element(const Expr* element) const {
  if (element->kind == ExprKind::Starred)
    fail("iterable unpacking cannot be used in comprehension", element->span.begin);
}

}  // namespace python::syntax
