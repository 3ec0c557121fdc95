#include "python/syntax/grammar.h"

namespace python::syntax {

const Expr* Grammar::call(std::uint32_t start, const Expr* func) {
  const Level level(*this);
  CallArguments read(*this, true);
  arguments(read);
  auto* node = make<Call>(start);
  node->func = func;
  node->args = read.args.sequence();
  node->keywords = read.keywords.sequence();
  return above(node, func, node->args, node->keywords);
}

/// With both parentheses.
void Grammar::arguments(CallArguments& into) {
  into.begin = begin();
  expect(TokenKind::LeftParenthesis);
  while (!at(TokenKind::RightParenthesis)) {
    argument(into);
    if (!skip(TokenKind::Comma)) break;
  }
  expect(TokenKind::RightParenthesis);
}

void Grammar::argument(CallArguments& into) {
  const std::uint32_t start = begin();
  switch (kind()) {
    case TokenKind::Star:
      if (into.has_double_star) fail("iterable argument unpacking follows keyword argument unpacking", into.begin);
      return into.args.add(starred(&Grammar::expression));
    case TokenKind::DoubleStar: {
      advance();
      into.has_double_star = true;
      const Expr* value = expression();
      if (at(TokenKind::Assign)) fail("cannot assign to keyword argument unpacking", start);
      return into.keywords.add(keep(Keyword{{start, end()}, {}, value}));
    }
    case TokenKind::Name:
      if (next_kind() == TokenKind::Assign) return keyword_argument(into);
      break;
    case TokenKind::True:
    case TokenKind::False:
    case TokenKind::None:
      if (next_kind() == TokenKind::Assign) fail("cannot assign to " + std::string(text(*token_)));
      break;
    default:
      break;
  }
  positional_argument(into);
}

void Grammar::keyword_argument(CallArguments& into) {
  const std::uint32_t start = begin();
  const std::string_view name = identifier();
  expect(TokenKind::Assign);
  const Expr* value = expression();
  if (at_comprehension()) fail("invalid syntax. Maybe you meant '==' or ':=' instead of '='?", start);
  into.keywords.add(keep(Keyword{{start, end()}, name, value}));
}

void Grammar::positional_argument(CallArguments& into) {
  if (!into.keywords.empty()) positional_behind_keyword(into);
  const bool walrus = at(TokenKind::Name) && next_kind() == TokenKind::ColonEqual;
  const Expr* value = walrus ? assignment_expression() : expression();
  if (at(TokenKind::Assign)) fail("expression cannot contain assignment, perhaps you meant \"==\"?", value->span.begin);
  if (at_comprehension()) value = generator_argument(into, value);
  into.args.add(value);
}

const Expr* Grammar::generator_argument(const CallArguments& into, const Expr* elt) {
  const bool first = into.args.empty() && into.keywords.empty();
  if (first && !into.generator_allowed) unexpected();
  const Token* keyword = token_;
  Sequence<Comprehension> generators;
  const bool readable = reads([&] { generators = comprehensions(); });
  if (!readable) {
    if (!first) token_ = keyword;
    unexpected();
  }
  if (!first || !at(TokenKind::RightParenthesis)) {
    if (!at(TokenKind::RightParenthesis) && !at(TokenKind::Comma)) unexpected();
    fail("Generator expression must be parenthesized", elt->span.begin);
  }
  auto* node = make<GeneratorExp>(into.begin);
  node->span.end = token_->end;
  node->elt = elt;
  node->generators = generators;
  return above(node, elt, generators);
}

/// Python reads the other arguments before it says so.
void Grammar::positional_behind_keyword(const CallArguments& into) {
  const Token* start = token_;
  CallArguments rest(*this, false);
  rest.begin = into.begin;
  const bool readable = reads([&] {
    do {
      argument(rest);
    } while (skip(TokenKind::Comma) && !at(TokenKind::RightParenthesis));
  });
  if (!readable && rest.args.empty() && !has_readable_prefix(start)) {
    token_ = start;
    skip(TokenKind::Name);
    unexpected();
  }
  // A name and a string are no two arguments, but read as what Python 2 had: `print "x", y`.
  if (start->kind == TokenKind::Name && start[1].kind == TokenKind::String && token_ == start + 1)
    try_to_read([this] { star_expressions(); });
  fail(into.has_double_star ? "positional argument follows keyword argument unpacking"
                            : "positional argument follows keyword argument");
}

struct Grammar::Parameters {
  Parameters(Grammar& grammar, TokenKind closing_token) : args(grammar), defaults(grammar), closing(closing_token) {}

  Nodes<Arg> args;       ///< all but *args and **kwargs
  Nodes<Expr> defaults;  ///< of positional ones; then of keyword-only ones, null where there is none
  TokenKind closing;     ///< ) for a function, : for a lambda
  std::size_t positional_only = 0;
  std::size_t positional = 0;  ///< set at the star
  std::size_t positional_defaults = 0;
  bool has_slash = false;
  bool has_star = false;
  const Arg* vararg = nullptr;
  const Arg* kwarg = nullptr;

  bool is_lambda() const { return closing == TokenKind::Colon; }
};

/// Without the parentheses.
const Arguments* Grammar::parameters(TokenKind closing) {
  Parameters read(*this, closing);
  while (!at(closing)) {
    parameter(read);
    if (at(closing)) break;
    expect(TokenKind::Comma);
  }
  if (!read.has_star) {
    read.positional = read.args.size();
    read.positional_defaults = read.defaults.size();
  }
  const Sequence<Arg> args = read.args.sequence();
  const Sequence<Expr> defaults = read.defaults.sequence();
  return keep(Arguments{.posonlyargs = args.first(read.positional_only),
                        .args = args.subspan(read.positional_only, read.positional - read.positional_only),
                        .vararg = read.vararg,
                        .kwonlyargs = args.subspan(read.positional),
                        .kw_defaults = defaults.subspan(read.positional_defaults),
                        .kwarg = read.kwarg,
                        .defaults = defaults.first(read.positional_defaults)});
}

void Grammar::parameter(Parameters& into) {
  if (into.kwarg) fail("arguments cannot follow var-keyword argument");
  switch (kind()) {
    case TokenKind::Slash:
      return slash(into);
    case TokenKind::Star:
      return star_parameter(into);
    case TokenKind::DoubleStar:
      return double_star_parameter(into);
    default:
      return plain_parameter(into);
  }
}

void Grammar::plain_parameter(Parameters& into) {
  const std::uint32_t start = begin();
  const Arg* arg = parameter_name(into, false);
  const Expr* value = nullptr;
  if (at(TokenKind::Assign)) {
    const TokenKind next = next_kind();
    if (next == TokenKind::Comma || next == TokenKind::RightParenthesis) fail("expected default value expression");
    advance();
    value = expression();
  }
  if (!at(TokenKind::Comma) && !at(into.closing)) unexpected();
  if (!value && !into.has_star && !into.defaults.empty()) fail("non-default argument follows default argument", start);
  into.args.add(arg);
  if (value || into.has_star) into.defaults.add(value);
}

void Grammar::slash(Parameters& into) {
  if (into.has_star) fail("/ must be ahead of *");
  if (into.has_slash) fail("/ may appear only once");
  if (into.args.empty()) fail("at least one argument must precede /");
  into.has_slash = true;
  into.positional_only = into.args.size();
  advance();
  if (at(TokenKind::Star)) fail("expected comma between / and *");
}

void Grammar::star_parameter(Parameters& into) {
  const std::uint32_t star = begin();
  if (into.has_star) fail("* argument may appear only once");
  into.has_star = true;
  into.positional = into.args.size();
  into.positional_defaults = into.defaults.size();
  advance();
  if (at(TokenKind::Name)) {
    into.vararg = parameter_name(into, true);
    if (at(TokenKind::Assign)) fail("var-positional argument cannot have default value");
    return;
  }
  const bool bare_at_end = at(into.closing) || (at(TokenKind::Comma) &&
                                                (next_kind() == into.closing || next_kind() == TokenKind::DoubleStar));
  if (bare_at_end) fail("named arguments must follow bare *", star);
  if (!at(TokenKind::Comma)) unexpected();
}

void Grammar::double_star_parameter(Parameters& into) {
  advance();
  into.kwarg = parameter_name(into, false);
  if (at(TokenKind::Assign)) fail("var-keyword argument cannot have default value");
}

const Arg* Grammar::parameter_name(const Parameters& into, bool starred_annotation) {
  const std::uint32_t start = begin();
  if (at(TokenKind::LeftParenthesis)) {
    fail(into.is_lambda() ? "Lambda expression parameters cannot be parenthesized"
                          : "Function parameters cannot be parenthesized");
  }
  const std::string_view name = identifier();
  const Expr* annotation = nullptr;
  if (!into.is_lambda() && skip(TokenKind::Colon))
    annotation = starred_annotation && at(TokenKind::Star) ? star_expression() : expression();
  return keep(Arg{{start, end()}, name, annotation});
}

}  // namespace python::syntax
