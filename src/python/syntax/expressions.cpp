#include "python/syntax/grammar.h"

namespace python::syntax {
namespace {

struct BinaryOperator {
  int precedence = 0;  ///< 0: no binary operator
  Operator op = Operator::Add;
};

BinaryOperator binary_operator(TokenKind kind) {
  using enum TokenKind;
  switch (kind) {
    case Bar:
      return {1, Operator::BitOr};
    case Caret:
      return {2, Operator::BitXor};
    case Ampersand:
      return {3, Operator::BitAnd};
    case LeftShift:
      return {4, Operator::LShift};
    case RightShift:
      return {4, Operator::RShift};
    case Plus:
      return {5, Operator::Add};
    case Minus:
      return {5, Operator::Sub};
    case Star:
      return {6, Operator::Mult};
    case Slash:
      return {6, Operator::Div};
    case DoubleSlash:
      return {6, Operator::FloorDiv};
    case Percent:
      return {6, Operator::Mod};
    case At:
      return {6, Operator::MatMult};
    default:
      return {};
  }
}

}  // namespace

/// What may stand as a statement, or right of an assignment: a tuple needs no parentheses.
const Expr* Grammar::star_expressions() {
  const std::uint32_t start = begin();
  const Expr* first = star_expression();
  if (!at(TokenKind::Comma)) return first;
  Nodes<Expr> elts(*this);
  elts.add(first);
  while (skip(TokenKind::Comma) && (begins_expression(kind()) || at(TokenKind::Star))) elts.add(star_expression());
  return tuple(start, elts.items());
}

const Expr* Grammar::star_expression() {
  return at(TokenKind::Star) ? starred(&Grammar::disjunction_of_bits) : expression();
}

const Expr* Grammar::star_named_expression() {
  return at(TokenKind::Star) ? starred(&Grammar::disjunction_of_bits) : named_expression();
}

const Expr* Grammar::expressions() {
  const std::uint32_t start = begin();
  const Expr* first = expression();
  if (!at(TokenKind::Comma)) return first;
  Nodes<Expr> elts(*this);
  elts.add(first);
  while (skip(TokenKind::Comma) && begins_expression(kind())) elts.add(expression());
  return tuple(start, elts.items());
}

const Expr* Grammar::tuple(std::uint32_t start, std::span<const Expr* const> elts) {
  auto* node = make<Tuple>(start);
  node->elts = tree_.arena.copy(elts);
  return above(node, node->elts);
}

const Expr* Grammar::starred(const Expr* (Grammar::*operand)()) {
  const Level level(*this);
  const std::uint32_t start = begin();
  expect(TokenKind::Star);
  const Expr* value = (this->*operand)();
  auto* node = make<Starred>(start);
  node->value = value;
  return above(node, value);
}

const Expr* Grammar::named_expression() {
  if (at(TokenKind::Name) && next_kind() == TokenKind::ColonEqual) return assignment_expression();
  const Expr* value = expression();
  if (at(TokenKind::ColonEqual) || at(TokenKind::Assign)) assignment_inside(value);
  return value;
}

const Expr* Grammar::assignment_expression() {
  const Level level(*this);
  const std::uint32_t start = begin();
  const Expr* target = name();
  store(target);
  expect(TokenKind::ColonEqual);
  const Expr* value = expression();
  auto* node = make<NamedExpr>(start);
  node->target = target;
  node->value = value;
  return above(node, target, value);
}

const Expr* Grammar::expression() {
  if (at(TokenKind::Lambda)) return lambda();
  const Token* first = token_;
  const Expr* value = disjunction();
  if (only_begins_expression(kind())) two_expressions(first, value);
  return at(TokenKind::If) ? conditional(first->begin, value) : value;
}

const Expr* Grammar::conditional(std::uint32_t start, const Expr* body) {
  const Level level(*this);
  expect(TokenKind::If);
  const Token* test_token = token_;
  const Expr* test = nullptr;
  const bool readable = reads([&] { test = disjunction(); });
  if (!readable && !has_readable_prefix(test_token)) unexpected();
  if (!readable || (!at(TokenKind::Else) && !at(TokenKind::Colon)))
    fail("expected 'else' after 'if' expression", body->span.begin);
  expect(TokenKind::Else);
  const Expr* orelse = expression();
  auto* node = make<IfExp>(start);
  node->test = test;
  node->body = body;
  node->orelse = orelse;
  return above(node, test, body, orelse);
}

const Expr* Grammar::lambda() {
  const Level level(*this);
  const std::uint32_t start = begin();
  expect(TokenKind::Lambda);
  const Arguments* args = parameters(TokenKind::Colon);
  expect(TokenKind::Colon);
  const Expr* body = expression();
  auto* node = make<Lambda>(start);
  node->args = args;
  node->body = body;
  return above(node, args, body);
}

const Expr* Grammar::disjunction() {
  const std::uint32_t start = begin();
  const Expr* first = conjunction();
  return at(TokenKind::Or) ? boolean(start, first, BoolOperator::Or) : first;
}

const Expr* Grammar::conjunction() {
  const std::uint32_t start = begin();
  const Expr* first = inversion();
  return at(TokenKind::And) ? boolean(start, first, BoolOperator::And) : first;
}

const Expr* Grammar::boolean(std::uint32_t start, const Expr* first, BoolOperator op) {
  const bool is_and = op == BoolOperator::And;
  Nodes<Expr> values(*this);
  values.add(first);
  while (skip(is_and ? TokenKind::And : TokenKind::Or)) values.add(is_and ? inversion() : conjunction());
  auto* node = make<BoolOp>(start);
  node->op = op;
  node->values = values.sequence();
  return above(node, node->values);
}

const Expr* Grammar::inversion() {
  if (!at(TokenKind::Not)) return comparison();
  return unary_operation(UnaryOperator::Not, &Grammar::inversion);
}

const Expr* Grammar::unary_operation(UnaryOperator op, const Expr* (Grammar::*operand)()) {
  const Level level(*this);
  const std::uint32_t start = begin();
  advance();
  const Expr* value = (this->*operand)();
  auto* node = make<UnaryOp>(start);
  node->op = op;
  node->operand = value;
  return above(node, value);
}

const Expr* Grammar::comparison() {
  const std::uint32_t start = begin();
  const Expr* left = disjunction_of_bits();
  CompareOperator op{};
  if (!comparison_operator(op)) return left;
  Collector<CompareOperator> ops(*this);
  Nodes<Expr> comparators(*this);
  do {
    ops.add(op);
    comparators.add(disjunction_of_bits());
  } while (comparison_operator(op));
  auto* node = make<Compare>(start);
  node->left = left;
  node->ops = ops.sequence();
  node->comparators = comparators.sequence();
  return above(node, left, node->comparators);
}

/// Reads an operator, if there is one.
bool Grammar::comparison_operator(CompareOperator& op) {
  using enum TokenKind;
  if (!between(kind(), Equal, In)) {
    if (!at(Not) || next_kind() != In) return false;
    token_ += 2;
    op = CompareOperator::NotIn;
    return true;
  }
  constexpr CompareOperator operators[] = {CompareOperator::Eq,  CompareOperator::NotEq, CompareOperator::Lt,
                                           CompareOperator::LtE, CompareOperator::Gt,    CompareOperator::GtE,
                                           CompareOperator::Is,  CompareOperator::In};
  op = operators[static_cast<int>(kind()) - static_cast<int>(Equal)];
  advance();
  if (op == CompareOperator::Is && skip(Not)) op = CompareOperator::IsNot;
  return true;
}

const Expr* Grammar::disjunction_of_bits() { return binary(1); }

/// Operators that bind at least as tightly as `precedence`, from left to right.
const Expr* Grammar::binary(int precedence) {
  const std::uint32_t start = begin();
  const Expr* left = unary();
  for (;;) {
    if (!between(kind(), TokenKind::Minus, TokenKind::Caret)) return left;
    const BinaryOperator found = binary_operator(kind());
    if (found.precedence < precedence || found.precedence == 0) return left;
    advance();
    const Expr* right = binary(found.precedence + 1);
    auto* node = make<BinOp>(start);
    node->op = found.op;
    node->left = left;
    node->right = right;
    left = above(node, left, right);
  }
}

const Expr* Grammar::unary() {
  switch (kind()) {
    case TokenKind::Minus:
      return unary_operation(UnaryOperator::USub, &Grammar::unary);
    case TokenKind::Plus:
      return unary_operation(UnaryOperator::UAdd, &Grammar::unary);
    case TokenKind::Tilde:
      return unary_operation(UnaryOperator::Invert, &Grammar::unary);
    default:
      return power();
  }
}

const Expr* Grammar::power() {
  const std::uint32_t start = begin();
  const Expr* left = at(TokenKind::Await) ? await_primary() : primary();
  if (!at(TokenKind::DoubleStar)) return left;
  const Level level(*this);
  advance();
  const Expr* right = unary();
  auto* node = make<BinOp>(start);
  node->op = Operator::Pow;
  node->left = left;
  node->right = right;
  return above(node, left, right);
}

const Expr* Grammar::await_primary() {
  const std::uint32_t start = begin();
  expect(TokenKind::Await);
  const Expr* value = primary();
  auto* node = make<Await>(start);
  node->value = value;
  return above(node, value);
}

const Expr* Grammar::primary() {
  const std::uint32_t start = begin();
  return trailers(start, atom());
}

/// Attributes, calls and subscripts behind a value.
const Expr* Grammar::trailers(std::uint32_t start, const Expr* value) {
  for (;;) {
    switch (kind()) {
      case TokenKind::Dot: {
        advance();
        const std::string_view attr = identifier();
        auto* node = make<Attribute>(start);
        node->value = value;
        node->attr = attr;
        value = above(node, value);
        break;
      }
      case TokenKind::LeftParenthesis:
        if (next_kind() == TokenKind::Yield) return value;  // no argument, but an expression in parentheses
        value = call(start, value);
        break;
      case TokenKind::LeftBracket: {
        if (next_kind() == TokenKind::RightBracket) return value;  // no subscript, but a list
        const Expr* slice = slices();
        auto* node = make<Subscript>(start);
        node->value = value;
        node->slice = slice;
        value = above(node, value, slice);
        break;
      }
      default:
        return value;
    }
  }
}

/// `[a, b:c, *d]` behind a value.
const Expr* Grammar::slices() {
  const Level level(*this);
  expect(TokenKind::LeftBracket);
  const std::uint32_t start = begin();
  const Expr* first = slice();
  if (!at(TokenKind::Comma) && first->kind != ExprKind::Starred) {
    expect(TokenKind::RightBracket);
    return first;
  }
  Nodes<Expr> elts(*this);
  elts.add(first);
  while (skip(TokenKind::Comma) && !at(TokenKind::RightBracket)) elts.add(slice());
  const Expr* index = tuple(start, elts.items());
  expect(TokenKind::RightBracket);
  return index;
}

const Expr* Grammar::slice() {
  if (at(TokenKind::Star)) return starred(&Grammar::expression);
  const std::uint32_t start = begin();
  const auto part = [&] { return begins_expression(kind()) ? expression() : nullptr; };
  const Expr* lower = at(TokenKind::Colon) ? nullptr : named_expression();
  if (!at(TokenKind::Colon) || as<NamedExpr>(lower)) return lower;
  advance();
  const Expr* upper = part();
  const Expr* step = skip(TokenKind::Colon) ? part() : nullptr;
  auto* node = make<Slice>(start);
  node->lower = lower;
  node->upper = upper;
  node->step = step;
  return above(node, lower, upper, step);
}

const Expr* Grammar::yield_expression() {
  const Level level(*this);
  const std::uint32_t start = begin();
  expect(TokenKind::Yield);
  if (skip(TokenKind::From)) {
    const Expr* value = expression();
    auto* node = make<YieldFrom>(start);
    node->value = value;
    return above(node, value);
  }
  const bool has_value = begins_expression(kind()) || at(TokenKind::Star);
  const Expr* value = has_value ? star_expressions() : nullptr;
  auto* node = make<Yield>(start);
  node->value = value;
  return above(node, value);
}

const Expr* Grammar::annotated_rhs() { return at(TokenKind::Yield) ? yield_expression() : star_expressions(); }

}  // namespace python::syntax
