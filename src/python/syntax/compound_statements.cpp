#include "python/syntax/grammar.h"

namespace python::syntax {

/// Null if the current token begins none.
const Stmt* Grammar::compound_statement() {
  const std::uint32_t start = begin();
  switch (kind()) {
    case TokenKind::Name:
      return at_match() ? match_statement() : nullptr;
    case TokenKind::If:
      return if_statement("'if' statement");
    case TokenKind::Def:
      return function_definition(start, false, {});
    case TokenKind::Class:
      return class_definition({});
    case TokenKind::At:
      return decorated();
    case TokenKind::For:
      return for_statement(start, false);
    case TokenKind::With:
      return with_statement(start, false);
    case TokenKind::Try:
      return try_statement();
    case TokenKind::While:
      return while_statement();
    case TokenKind::Async:
      return async_statement({});
    default:
      return nullptr;
  }
}

/// A colon and the statements behind it: on the same line, or indented below. `what` and the place of its keyword are
/// for the message.
Sequence<Stmt> Grammar::block(const char* what, std::uint32_t keyword) {
  if (!skip(TokenKind::Colon)) at(TokenKind::Newline) ? fail("expected ':'") : unexpected();
  if (!skip(TokenKind::Newline)) {
    Nodes<Stmt> line(*this);
    simple_statements(line);
    return line.sequence();
  }
  if (!skip(TokenKind::Indent)) {
    const int line = tree_.position(keyword).line;
    fail(std::string("expected an indented block after ") + what + " on line " + std::to_string(line));
  }
  const Sequence<Stmt> body = statements(TokenKind::Dedent);
  advance();
  return body;
}

Sequence<Stmt> Grammar::else_block() {
  const std::uint32_t start = begin();
  if (!skip(TokenKind::Else)) return {};
  return block("'else' statement", start);
}

const Stmt* Grammar::if_statement(const char* what) {
  const Level level(*this);
  const std::uint32_t start = begin();
  advance();
  const Expr* test = named_expression();
  const Sequence<Stmt> body = block(what, start);
  Sequence<Stmt> orelse;
  if (at(TokenKind::Elif)) {
    Nodes<Stmt> branch(*this);
    branch.add(if_statement("'elif' statement"));
    orelse = branch.sequence();
  } else {
    orelse = else_block();
  }
  auto* statement = make<If>(start);
  statement->test = test;
  statement->body = body;
  statement->orelse = orelse;
  return statement;
}

const Stmt* Grammar::while_statement() {
  const std::uint32_t start = begin();
  advance();
  const Expr* test = named_expression();
  const Sequence<Stmt> body = block("'while' statement", start);
  const Sequence<Stmt> orelse = else_block();
  auto* statement = make<While>(start);
  statement->test = test;
  statement->body = body;
  statement->orelse = orelse;
  return statement;
}

const Stmt* Grammar::for_statement(std::uint32_t start, bool async) {
  const std::uint32_t keyword = begin();
  expect(TokenKind::For);
  const Expr* target = for_targets();
  expect(TokenKind::In);
  const Expr* iter = star_expressions();
  const Sequence<Stmt> body = block("'for' statement", keyword);
  const Sequence<Stmt> orelse = else_block();
  auto* statement = make<For>(start);
  if (async) statement->kind = StmtKind::AsyncFor;
  statement->target = target;
  statement->iter = iter;
  statement->body = body;
  statement->orelse = orelse;
  return statement;
}

const Stmt* Grammar::with_statement(std::uint32_t start, bool async) {
  const std::uint32_t keyword = begin();
  expect(TokenKind::With);
  Nodes<WithItem> items(*this);
  if (at_parenthesized_items()) {
    advance();
    do {
      items.add(with_item());
    } while (skip(TokenKind::Comma) && !at(TokenKind::RightParenthesis));
    expect(TokenKind::RightParenthesis);
  } else {
    do {
      items.add(with_item());
    } while (skip(TokenKind::Comma));
  }
  const Sequence<Stmt> body = block("'with' statement", keyword);
  auto* statement = make<With>(start);
  if (async) statement->kind = StmtKind::AsyncWith;
  statement->items = items.sequence();
  statement->body = body;
  return statement;
}

/// Whether the parentheses behind `with` hold its items, rather than being the first part of an expression.
bool Grammar::at_parenthesized_items() const {
  if (!at(TokenKind::LeftParenthesis) || next_kind() == TokenKind::RightParenthesis) return false;
  const int depth = token_->depth;
  bool item_begins = true;
  for (const Token* token = token_ + 1; !is_layout(token->kind) && token->kind != TokenKind::Error; ++token) {
    if (token->depth < depth) return token->kind == TokenKind::RightParenthesis && token[1].kind == TokenKind::Colon;
    if (token->depth > depth) {
      item_begins = false;
      continue;
    }
    switch (token->kind) {
      case TokenKind::As:
        return true;
      case TokenKind::ColonEqual:
      case TokenKind::For:
      case TokenKind::Yield:
        return false;
      case TokenKind::Star:
        if (item_begins) return false;
        break;
      default:
        break;
    }
    item_begins = token->kind == TokenKind::Comma;
  }
  return false;
}

const WithItem* Grammar::with_item() {
  const Expr* context = expression();
  if (!skip(TokenKind::As)) return keep(WithItem{context, nullptr});
  const Expr* target = star_expression();
  check_target(target, "assign to", true);
  store(target);
  return keep(WithItem{context, target});
}

const Stmt* Grammar::try_statement() {
  const std::uint32_t start = begin();
  advance();
  const Sequence<Stmt> body = block("'try' statement", start);
  if (!at(TokenKind::Except) && !at(TokenKind::Finally)) fail("expected 'except' or 'finally' block");
  const bool star = at(TokenKind::Except) && next_kind() == TokenKind::Star;
  Nodes<ExceptHandler> handlers(*this);
  while (at(TokenKind::Except)) {
    if ((next_kind() == TokenKind::Star) != star) fail("cannot have both 'except' and 'except*' on the same 'try'");
    handlers.add(except_handler(star));
  }
  const Sequence<Stmt> orelse = handlers.empty() ? Sequence<Stmt>{} : else_block();
  Sequence<Stmt> finalbody;
  const std::uint32_t finally = begin();
  if (skip(TokenKind::Finally)) finalbody = block("'finally' statement", finally);
  auto* statement = make<Try>(start);
  if (star) statement->kind = StmtKind::TryStar;
  statement->body = body;
  statement->handlers = handlers.sequence();
  statement->orelse = orelse;
  statement->finalbody = finalbody;
  return statement;
}

const ExceptHandler* Grammar::except_handler(bool star) {
  const std::uint32_t start = begin();
  advance();
  if (star) advance();
  if (star && (at(TokenKind::Colon) || at(TokenKind::Newline))) fail("expected one or more exception types");
  const bool bare = at(TokenKind::Colon) || at(TokenKind::Newline);
  const std::uint32_t types_begin = begin();
  const Expr* type = bare ? nullptr : expression();
  std::string_view bound;
  if (type && at(TokenKind::Comma)) {
    type = rest_of_exception_types(types_begin, type);
  } else if (type && skip(TokenKind::As)) {
    bound = identifier();
  }
  const Sequence<Stmt> body = block(star ? "'except*' statement" : "'except' statement", start);
  return keep(ExceptHandler{{start, end()}, type, bound, body});
}

/// `except A, B:` of Python 3.14; no `as` may follow.
const Expr* Grammar::rest_of_exception_types(std::uint32_t start, const Expr* first) {
  Nodes<Expr> types(*this);
  types.add(first);
  while (skip(TokenKind::Comma) && begins_expression(kind())) types.add(expression());
  if (!at(TokenKind::Colon)) fail("multiple exception types must be parenthesized", first->span.begin);
  return tuple(start, types.items());
}

const Stmt* Grammar::async_statement(Sequence<Expr> decorators) {
  const std::uint32_t start = begin();
  advance();
  if (at(TokenKind::Def)) return function_definition(start, true, decorators);
  if (!decorators.empty()) unexpected();
  if (at(TokenKind::For)) return for_statement(start, true);
  if (at(TokenKind::With)) return with_statement(start, true);
  unexpected();
}

const Stmt* Grammar::decorated() {
  Nodes<Expr> decorators(*this);
  while (skip(TokenKind::At)) {
    decorators.add(named_expression());
    expect(TokenKind::Newline);
  }
  switch (kind()) {
    case TokenKind::Def:
      return function_definition(begin(), false, decorators.sequence());
    case TokenKind::Class:
      return class_definition(decorators.sequence());
    case TokenKind::Async:
      return async_statement(decorators.sequence());
    default:
      unexpected();
  }
}

const Stmt* Grammar::function_definition(std::uint32_t start, bool async, Sequence<Expr> decorators) {
  const std::uint32_t keyword = begin();
  expect(TokenKind::Def);
  const std::string_view name = identifier();
  const Sequence<TypeParam> params = type_params();
  if (!skip(TokenKind::LeftParenthesis)) fail("expected '('");
  const Arguments* args = parameters(TokenKind::RightParenthesis);
  expect(TokenKind::RightParenthesis);
  const Token* arrow = token_;
  const Expr* returns = nullptr;
  if (skip(TokenKind::Arrow) && !reads([&] { returns = expression(); })) no_return_annotation(arrow);
  const Sequence<Stmt> body = block("function definition", keyword);
  auto* statement = make<FunctionDef>(start);
  if (async) statement->kind = StmtKind::AsyncFunctionDef;
  statement->name = name;
  statement->args = args;
  statement->body = body;
  statement->decorator_list = decorators;
  statement->returns = returns;
  statement->type_params = params;
  return statement;
}

const Stmt* Grammar::class_definition(Sequence<Expr> decorators) {
  const std::uint32_t start = begin();
  advance();
  const std::string_view name = identifier();
  const Sequence<TypeParam> params = type_params();
  CallArguments read(*this, false);
  if (at(TokenKind::LeftParenthesis)) arguments(read);
  const Sequence<Expr> bases = read.args.sequence();
  const Sequence<Keyword> keywords = read.keywords.sequence();
  const Sequence<Stmt> body = block("class definition", start);
  auto* statement = make<ClassDef>(start);
  statement->name = name;
  statement->bases = bases;
  statement->keywords = keywords;
  statement->body = body;
  statement->decorator_list = decorators;
  statement->type_params = params;
  return statement;
}

/// `[T: bound = default, *Ts, **P]`, or nothing.
Sequence<TypeParam> Grammar::type_params() {
  if (!skip(TokenKind::LeftBracket)) return {};
  if (at(TokenKind::RightBracket)) fail("Type parameter list cannot be empty");
  Nodes<TypeParam> params(*this);
  do {
    params.add(type_param());
  } while (skip(TokenKind::Comma) && !at(TokenKind::RightBracket));
  expect(TokenKind::RightBracket);
  return params.sequence();
}

const TypeParam* Grammar::type_param() {
  const std::uint32_t start = begin();
  if (skip(TokenKind::Star)) {
    const std::string_view name = identifier();
    if (at(TokenKind::Colon)) fail("cannot use bound with TypeVarTuple");
    const Expr* default_value = skip(TokenKind::Assign) ? star_expression() : nullptr;
    auto* param = make<TypeVarTuple>(start);
    param->name = name;
    param->default_value = default_value;
    return param;
  }
  if (skip(TokenKind::DoubleStar)) {
    const std::string_view name = identifier();
    if (at(TokenKind::Colon)) fail("cannot use bound with ParamSpec");
    const Expr* default_value = skip(TokenKind::Assign) ? expression() : nullptr;
    auto* param = make<ParamSpec>(start);
    param->name = name;
    param->default_value = default_value;
    return param;
  }
  const std::string_view name = identifier();
  const Expr* bound = skip(TokenKind::Colon) ? expression() : nullptr;
  const Expr* default_value = skip(TokenKind::Assign) ? expression() : nullptr;
  auto* param = make<TypeVar>(start);
  param->name = name;
  param->bound = bound;
  param->default_value = default_value;
  return param;
}

}  // namespace python::syntax
