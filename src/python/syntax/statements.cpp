#include "python/syntax/expression_names.h"
#include "python/syntax/grammar.h"

namespace python::syntax {

void Grammar::module() { tree_.body = statements(TokenKind::EndMarker); }

void Grammar::single_expression() {
  tree_.expression = expressions();
  while (skip(TokenKind::Newline)) {
  }
  if (!at(TokenKind::EndMarker)) unexpected();
}

/// Up to `last`, which stays unread.
Sequence<Stmt> Grammar::statements(TokenKind last) {
  Nodes<Stmt> list(*this);
  while (!at(last)) statement(list);
  return list.sequence();
}

void Grammar::statement(Nodes<Stmt>& into) {
  if (const Stmt* compound = compound_statement()) return into.add(compound);
  simple_statements(into);
}

/// One line: statements between semicolons.
void Grammar::simple_statements(Nodes<Stmt>& into) {
  do {
    into.add(simple_statement());
  } while (skip(TokenKind::Semicolon) && !at(TokenKind::Newline));
  expect(TokenKind::Newline);
}

const Stmt* Grammar::simple_statement() {
  switch (kind()) {
    case TokenKind::Return:
      return return_statement();
    case TokenKind::Import:
      return import_statement();
    case TokenKind::From:
      return import_from_statement();
    case TokenKind::Raise:
      return raise_statement();
    case TokenKind::Pass:
      return keyword_statement<Pass>();
    case TokenKind::Break:
      return keyword_statement<Break>();
    case TokenKind::Continue:
      return keyword_statement<Continue>();
    case TokenKind::Del:
      return delete_statement();
    case TokenKind::Assert:
      return assert_statement();
    case TokenKind::Global:
      return names_statement<Global>();
    case TokenKind::Nonlocal:
      return names_statement<Nonlocal>();
    default:
      return at_type_alias() ? type_alias() : expression_statement();
  }
}

/// An expression, or an assignment that begins with one.
const Stmt* Grammar::expression_statement() {
  const std::uint32_t start = begin();
  const bool in_parentheses = at(TokenKind::LeftParenthesis);
  const Expr* value = annotated_rhs();
  if (at(TokenKind::Assign)) return assignment(start, value);
  if (at(TokenKind::Colon)) return annotated_assignment(start, value, in_parentheses);
  if (is_augmented_assignment(kind())) return augmented_assignment(start, value);
  auto* statement = make<ExprStmt>(start);
  statement->value = value;
  return statement;
}

const Stmt* Grammar::assignment(std::uint32_t start, const Expr* first) {
  Nodes<Expr> targets(*this);
  const Expr* value = first;
  while (skip(TokenKind::Assign)) {
    const bool is_yield = value->kind == ExprKind::Yield || value->kind == ExprKind::YieldFrom;
    if (is_yield) fail("assignment to yield expression not possible", value->span.begin);
    check_target(value, "assign to", true);
    store(value);
    targets.add(value);
    value = annotated_rhs();
  }
  auto* statement = make<Assign>(start);
  statement->targets = targets.sequence();
  statement->value = value;
  return statement;
}

const Stmt* Grammar::annotated_assignment(std::uint32_t start, const Expr* target, bool in_parentheses) {
  const bool simple = target->kind == ExprKind::Name && !in_parentheses;
  const Token* colon = token_;
  advance();
  if (!begins_expression(kind())) unexpected();
  const Expr* annotation = expression();
  check_annotated(target, colon);
  const Expr* value = skip(TokenKind::Assign) ? annotated_rhs() : nullptr;
  store(target);
  auto* statement = make<AnnAssign>(start);
  statement->target = target;
  statement->annotation = annotation;
  statement->value = value;
  statement->simple = simple;
  return statement;
}

void Grammar::check_annotated(const Expr* target, const Token* colon) {
  switch (target->kind) {
    case ExprKind::Name:
    case ExprKind::Attribute:
    case ExprKind::Subscript:
      return;
    case ExprKind::Tuple:
    case ExprKind::List:
      fail("only single target (not " + std::string(name_of(target)) + ") can be annotated", target->span.begin);
    case ExprKind::Yield:
    case ExprKind::YieldFrom:
    case ExprKind::Starred:
      token_ = colon;
      unexpected();
    default:
      fail("illegal target for annotation", target->span.begin);
  }
}

const Stmt* Grammar::augmented_assignment(std::uint32_t start, const Expr* target) {
  constexpr Operator operators[] = {Operator::Add,      Operator::Sub,    Operator::Mult,    Operator::Div,
                                    Operator::FloorDiv, Operator::Mod,    Operator::MatMult, Operator::BitAnd,
                                    Operator::BitOr,    Operator::BitXor, Operator::LShift,  Operator::RShift,
                                    Operator::Pow};
  const Operator op = operators[static_cast<int>(kind()) - static_cast<int>(TokenKind::PlusAssign)];
  const bool single =
      target->kind == ExprKind::Name || target->kind == ExprKind::Attribute || target->kind == ExprKind::Subscript;
  if (!single) {
    fail("'" + std::string(name_of(target)) + "' is an illegal expression for augmented assignment",
         target->span.begin);
  }
  advance();
  const Expr* value = annotated_rhs();
  store(target);
  auto* statement = make<AugAssign>(start);
  statement->target = target;
  statement->op = op;
  statement->value = value;
  return statement;
}

const Stmt* Grammar::return_statement() {
  const std::uint32_t start = begin();
  advance();
  const bool has_value = begins_expression(kind()) || at(TokenKind::Star);
  const Expr* value = has_value ? star_expressions() : nullptr;
  auto* statement = make<Return>(start);
  statement->value = value;
  return statement;
}

const Stmt* Grammar::raise_statement() {
  const std::uint32_t start = begin();
  advance();
  const Expr* exc = begins_expression(kind()) ? expression() : nullptr;
  const Expr* cause = exc && skip(TokenKind::From) ? expression() : nullptr;
  auto* statement = make<Raise>(start);
  statement->exc = exc;
  statement->cause = cause;
  return statement;
}

const Stmt* Grammar::delete_statement() {
  const std::uint32_t start = begin();
  advance();
  Nodes<Expr> targets(*this);
  do {
    targets.add(star_expression());
  } while (skip(TokenKind::Comma) && (begins_expression(kind()) || at(TokenKind::Star)));
  for (const Expr* target : targets.items()) {
    check_target(target, "delete", false);
    set_context(target, Context::Del);
  }
  auto* statement = make<Delete>(start);
  statement->targets = targets.sequence();
  return statement;
}

const Stmt* Grammar::assert_statement() {
  const std::uint32_t start = begin();
  advance();
  const auto condition = [this] {
    const Expr* value = expression();
    if (at(TokenKind::Assign)) assignment_inside(value);
    return value;
  };
  const Expr* test = condition();
  const Expr* msg = skip(TokenKind::Comma) ? condition() : nullptr;
  auto* statement = make<Assert>(start);
  statement->test = test;
  statement->msg = msg;
  return statement;
}

template <class T>
const Stmt* Grammar::keyword_statement() {
  const std::uint32_t start = begin();
  advance();
  return make<T>(start);
}

template <class T>
const Stmt* Grammar::names_statement() {
  const std::uint32_t start = begin();
  advance();
  Collector<std::string_view> names(*this);
  do {
    names.add(identifier());
  } while (skip(TokenKind::Comma));
  auto* statement = make<T>(start);
  statement->names = names.sequence();
  return statement;
}

const Stmt* Grammar::import_statement() {
  const std::uint32_t start = begin();
  advance();
  Nodes<Alias> names(*this);
  do {
    names.add(alias(true));
  } while (skip(TokenKind::Comma));
  auto* statement = make<Import>(start);
  statement->names = names.sequence();
  return statement;
}

const Stmt* Grammar::import_from_statement() {
  const std::uint32_t start = begin();
  advance();
  int level = 0;
  for (; at(TokenKind::Dot) || at(TokenKind::Ellipsis); advance()) level += at(TokenKind::Dot) ? 1 : 3;
  const std::string_view module = level == 0 || at(TokenKind::Name) ? dotted_name() : std::string_view{};
  expect(TokenKind::Import);
  Nodes<Alias> names(*this);
  imported_names(names);
  auto* statement = make<ImportFrom>(start);
  statement->module = module;
  statement->names = names.sequence();
  statement->level = level;
  return statement;
}

void Grammar::imported_names(Nodes<Alias>& names) {
  if (at(TokenKind::Star)) {
    const Token& star = *token_;
    advance();
    return names.add(keep(Alias{{star.begin, star.end}, text(star), {}}));
  }
  const bool in_parentheses = skip(TokenKind::LeftParenthesis);
  do {
    if (in_parentheses && !names.empty() && at(TokenKind::RightParenthesis)) break;
    if (!in_parentheses && !names.empty() && at(TokenKind::Newline))
      fail("trailing comma not allowed without surrounding parentheses");
    names.add(alias(false));
  } while (skip(TokenKind::Comma));
  if (in_parentheses) expect(TokenKind::RightParenthesis);
}

const Alias* Grammar::alias(bool dotted) {
  const std::uint32_t start = begin();
  const std::string_view name = dotted ? dotted_name() : identifier();
  const std::string_view asname = skip(TokenKind::As) ? identifier() : std::string_view{};
  return keep(Alias{{start, end()}, name, asname});
}

std::string_view Grammar::dotted_name() {
  const std::uint32_t start = begin();
  std::size_t length = identifier().size();
  while (skip(TokenKind::Dot)) length += 1 + identifier().size();
  const std::string_view written = tree_.text({start, end()});
  if (written.size() == length) return written;
  // Blanks around the dots.
  std::string joined;
  for (const char c : written) {
    if (c == '.' || c == '_' || static_cast<signed char>(c) < 0 || std::isalnum(static_cast<unsigned char>(c)))
      joined += c;
  }
  return tree_.arena.copy(joined);
}

bool Grammar::at_type_alias() const {
  if (!at_word("type") || next_kind() != TokenKind::Name) return false;
  const TokenKind third = token_[2].kind;
  return third == TokenKind::Assign || third == TokenKind::LeftBracket;
}

const Stmt* Grammar::type_alias() {
  const std::uint32_t start = begin();
  advance();
  const Expr* alias_name = name();
  store(alias_name);
  const Sequence<TypeParam> params = type_params();
  expect(TokenKind::Assign);
  const Expr* value = expression();
  auto* statement = make<TypeAlias>(start);
  statement->name = alias_name;
  statement->type_params = params;
  statement->value = value;
  return statement;
}

}  // namespace python::syntax
