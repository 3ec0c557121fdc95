#include "python/syntax/grammar.h"
#include "python/syntax/literals.h"

namespace python::syntax {

const Expr* Grammar::atom() {
  switch (kind()) {
    case TokenKind::Name:
      return name();
    case TokenKind::Number:
      return number();
    case TokenKind::String:
    case TokenKind::FStringStart:
      return strings();
    case TokenKind::LeftParenthesis:
      return parentheses();
    case TokenKind::LeftBracket:
      return list();
    case TokenKind::LeftBrace:
      return braces();
    case TokenKind::None:
      return constant(ConstantKind::None);
    case TokenKind::True:
      return constant(ConstantKind::True);
    case TokenKind::False:
      return constant(ConstantKind::False);
    case TokenKind::Ellipsis:
      return constant(ConstantKind::Ellipsis);
    default:
      unexpected();
  }
}

const Expr* Grammar::name() {
  const std::uint32_t start = begin();
  const std::string_view id = identifier();
  auto* node = make<Name>(start);
  node->id = id;
  return node;
}

const Expr* Grammar::constant(ConstantKind constant) {
  const std::uint32_t start = begin();
  advance();
  auto* node = make<Constant>(start);
  node->constant = constant;
  return node;
}

const Expr* Grammar::number() {
  const std::uint32_t start = begin();
  std::string_view digits = text(*token_);
  advance();
  auto* node = make<Constant>(start);
  if (digits.contains('_')) {
    std::string without(digits);
    std::erase(without, '_');
    digits = tree_.arena.copy(without);
  }
  node->text = digits;
  if (!read_number(digits, *node)) {
    fail("Exceeds the limit (4300 digits) for integer string conversion: value has " + std::to_string(digits.size()) +
             " digits",
         start);
  }
  return node;
}

/// A group, a tuple, a generator expression or a yield in parentheses.
const Expr* Grammar::parentheses() {
  const Level level(*this);
  const std::uint32_t start = begin();
  expect(TokenKind::LeftParenthesis);
  if (skip(TokenKind::RightParenthesis)) return make<Tuple>(start);
  if (at(TokenKind::Yield)) {
    const Expr* value = yield_expression();
    expect(TokenKind::RightParenthesis);
    return value;
  }
  const Expr* first = star_named_expression();
  if (at_comprehension()) return generator(start, first);
  if (!at(TokenKind::Comma)) {
    if (first->kind == ExprKind::Starred && at(TokenKind::RightParenthesis))
      fail("cannot use starred expression here", first->span.begin);
    expect(TokenKind::RightParenthesis);
    return first;
  }
  Nodes<Expr> elts(*this);
  elts.add(first);
  while (skip(TokenKind::Comma) && !at(TokenKind::RightParenthesis)) elts.add(star_named_expression());
  expect(TokenKind::RightParenthesis);
  return tuple(start, elts.items());
}

/// From the first `for` to the closing parenthesis, which belongs to it.
const Expr* Grammar::generator(std::uint32_t start, const Expr* elt) {
  check_element(elt);
  const Sequence<Comprehension> generators = comprehensions();
  expect(TokenKind::RightParenthesis);
  auto* node = make<GeneratorExp>(start);
  node->elt = elt;
  node->generators = generators;
  return above(node, elt, generators);
}

const Expr* Grammar::list() {
  const Level level(*this);
  const std::uint32_t start = begin();
  expect(TokenKind::LeftBracket);
  Nodes<Expr> elts(*this);
  while (!at(TokenKind::RightBracket)) {
    elts.add(star_named_expression());
    if (at_comprehension()) {
      if (elts.size() == 1) return list_comprehension(start, elts[0]);
      unparenthesized_comprehension_target(elts[0]);
    }
    if (!skip(TokenKind::Comma)) break;
    if (at_comprehension()) unparenthesized_comprehension_target(elts[0]);
  }
  expect(TokenKind::RightBracket);
  auto* node = make<List>(start);
  node->elts = elts.sequence();
  return above(node, node->elts);
}

const Expr* Grammar::list_comprehension(std::uint32_t start, const Expr* elt) {
  check_element(elt);
  const Sequence<Comprehension> generators = comprehensions();
  expect(TokenKind::RightBracket);
  auto* node = make<ListComp>(start);
  node->elt = elt;
  node->generators = generators;
  return above(node, elt, generators);
}

/// A dict, a set or a comprehension of one.
const Expr* Grammar::braces() {
  const Level level(*this);
  const std::uint32_t start = begin();
  expect(TokenKind::LeftBrace);
  if (skip(TokenKind::RightBrace)) return make<Dict>(start);
  if (at(TokenKind::DoubleStar)) return dict(start, nullptr);
  if (at(TokenKind::Star)) return set(start, star_named_expression());
  if (at(TokenKind::Name) && next_kind() == TokenKind::ColonEqual) return set(start, assignment_expression());
  const Expr* first = expression();
  if (at(TokenKind::Colon)) return dict(start, first);
  if (at(TokenKind::ColonEqual) || at(TokenKind::Assign)) assignment_inside(first);
  return set(start, first);
}

const Expr* Grammar::set(std::uint32_t start, const Expr* first) {
  if (at_comprehension()) {
    check_element(first);
    const Sequence<Comprehension> generators = comprehensions();
    expect(TokenKind::RightBrace);
    auto* node = make<SetComp>(start);
    node->elt = first;
    node->generators = generators;
    return above(node, first, generators);
  }
  Nodes<Expr> elts(*this);
  elts.add(first);
  while (skip(TokenKind::Comma)) {
    if (at_comprehension()) unparenthesized_comprehension_target(first);
    if (at(TokenKind::RightBrace)) break;
    elts.add(star_named_expression());
    if (at_comprehension()) unparenthesized_comprehension_target(first);
  }
  expect(TokenKind::RightBrace);
  auto* node = make<Set>(start);
  node->elts = elts.sequence();
  return above(node, node->elts);
}

/// The first key may have been read already.
const Expr* Grammar::dict(std::uint32_t start, const Expr* first_key) {
  Nodes<Expr> items(*this);  // key and value in turn
  const std::uint32_t unpacking = begin();
  dict_item(items, first_key);
  if (at_comprehension() && items.size() == 2) {
    if (!items[0]) fail("dict unpacking cannot be used in dict comprehension", unpacking);
    return dict_comprehension(start, items[0], items[1]);
  }
  while (skip(TokenKind::Comma) && !at(TokenKind::RightBrace)) dict_item(items, nullptr);
  expect(TokenKind::RightBrace);
  auto* node = make<Dict>(start);
  node->keys = every_second(items, 0);
  node->values = every_second(items, 1);
  return above(node, node->keys, node->values);
}

Sequence<Expr> Grammar::every_second(const Nodes<Expr>& items, std::size_t from) {
  const std::size_t count = items.size();  // it grows with `picked`, which stands on the same stack
  Nodes<Expr> picked(*this);
  for (std::size_t i = from; i < count; i += 2) picked.add(items[i]);
  return picked.sequence();
}

void Grammar::dict_item(Nodes<Expr>& items, const Expr* key) {
  if (!key && skip(TokenKind::DoubleStar)) {
    items.add(nullptr);
    items.add(unpacked_dict());
  } else {
    items.add(key ? key : dict_key());
    items.add(dict_value());
  }
}

const Expr* Grammar::unpacked_dict() {
  const std::uint32_t start = token_[-1].begin;
  const Expr* value = disjunction_of_bits();
  if (at(TokenKind::If)) {
    fail("invalid double starred expression. Did you forget to wrap the conditional expression in parentheses?", start);
  }
  return value;
}

const Expr* Grammar::dict_key() {
  const Expr* key = expression();
  if (!at(TokenKind::Colon)) fail("':' expected after dictionary key", key->span.begin);
  return key;
}

const Expr* Grammar::dict_value() {
  const std::uint32_t colon = begin();
  expect(TokenKind::Colon);
  if (at(TokenKind::Star)) fail("cannot use a starred expression in a dictionary value");
  if (at(TokenKind::DoubleStar)) fail("cannot use dict unpacking in a dictionary value");
  if (at(TokenKind::RightBrace) || at(TokenKind::Comma))
    fail("expression expected after dictionary key and ':'", colon);
  return expression();
}

const Expr* Grammar::dict_comprehension(std::uint32_t start, const Expr* key, const Expr* value) {
  const Sequence<Comprehension> generators = comprehensions();
  expect(TokenKind::RightBrace);
  auto* node = make<DictComp>(start);
  node->key = key;
  node->value = value;
  node->generators = generators;
  return above(node, key, value, generators);
}

bool Grammar::at_comprehension() const {
  return at(TokenKind::For) || (at(TokenKind::Async) && next_kind() == TokenKind::For);
}

Sequence<Comprehension> Grammar::comprehensions() {
  Nodes<Comprehension> parts(*this);
  while (at_comprehension()) parts.add(comprehension());
  return parts.sequence();
}

const Comprehension* Grammar::comprehension() {
  const bool is_async = skip(TokenKind::Async);
  expect(TokenKind::For);
  const Expr* target = for_targets();
  expect(TokenKind::In);
  const Expr* iter = disjunction();
  Nodes<Expr> ifs(*this);
  while (skip(TokenKind::If)) ifs.add(disjunction());
  return keep(Comprehension{target, iter, ifs.sequence(), is_async});
}

}  // namespace python::syntax
