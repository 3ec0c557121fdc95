#include "python/syntax/grammar.h"
#include "python/syntax/literals.h"

namespace python::syntax {
namespace {

/// The length of the text up to the first of two braces, which belongs to it.
std::size_t up_to_doubled_brace(std::string_view text, bool raw) {
  const auto is_brace = [&](std::size_t i) { return i < text.size() && (text[i] == '{' || text[i] == '}'); };
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_brace(i)) return i + 1;
    if (raw || text[i] != '\\') continue;
    if (text.substr(i + 1, 2) == "N{")
      i = std::min(text.find('}', i), text.size());
    else if (!is_brace(i + 1))
      ++i;
  }
  return text.size();
}

}  // namespace

/// What adjacent literals amount to.
struct Grammar::StringParts {
  explicit StringParts(Grammar& grammar) : values(grammar) {}

  Nodes<Expr> values;  ///< of a format string: text and replacement fields
  std::string text;    ///< read since the last replacement field
  Span text_span;
  bool has_text = false;  ///< a piece has been read, if an empty one
  bool has_named_characters = false;
  bool bytes = false;
  bool plain = false;
  bool format = false;
  bool is_template = false;
};

/// One or more literals side by side.
const Expr* Grammar::strings() {
  const TokenKind next = next_kind();
  if (at(TokenKind::String) && next != TokenKind::String && next != TokenKind::FStringStart) return string();
  const std::uint32_t start = begin();
  StringParts parts(*this);
  while (at(TokenKind::String) || at(TokenKind::FStringStart))
    at(TokenKind::String) ? string_part(parts) : format_string_part(parts);
  if (parts.bytes && (parts.plain || parts.format || parts.is_template)) fail("cannot mix bytes and nonbytes literals");
  if (parts.is_template && (parts.plain || parts.format))
    fail("cannot mix t-string literals with string or bytes literals", start);
  return joined_strings(start, parts);
}

/// A literal alone that is no format string: nearly all are.
const Expr* Grammar::string() {
  const std::uint32_t start = begin();
  const StringLiteral literal = string_literal(text(*token_));
  check_ascii(literal);
  advance();
  auto* node = make<Constant>(start);
  node->constant = literal.bytes ? ConstantKind::Bytes : ConstantKind::String;
  node->unicode_prefix = literal.unicode;
  node->text = literal.content;
  if (is_plain(literal.content, literal.raw)) return node;
  std::string value;
  const Decoded decoded = decode(literal.content, literal.bytes, literal.raw, value);
  if (!decoded.error.empty()) fail(decoded.error, start);
  node->has_named_characters = decoded.has_named_characters;
  node->text = tree_.arena.copy(value);
  return node;
}

void Grammar::check_ascii(const StringLiteral& literal) const {
  if (!literal.bytes) return;
  for (const char c : literal.content) {
    if (static_cast<signed char>(c) < 0) fail("bytes can only contain ASCII literal characters");
  }
}

const Expr* Grammar::joined_strings(std::uint32_t start, StringParts& parts) {
  if (!parts.format && !parts.is_template) {
    Constant* constant = text_constant(parts, {start, end()});
    constant->constant = parts.bytes ? ConstantKind::Bytes : ConstantKind::String;
    constant->unicode_prefix = tree_.source[start] == 'u' || tree_.source[start] == 'U';
    return constant;
  }
  flush_text(parts);
  if (parts.is_template) {
    auto* node = make<TemplateStr>(start);
    node->values = parts.values.sequence();
    return above(node, node->values);
  }
  auto* node = make<JoinedStr>(start);
  node->values = parts.values.sequence();
  return above(node, node->values);
}

Constant* Grammar::text_constant(const StringParts& parts, Span span) {
  auto* node = make<Constant>(span.begin);
  node->span = span;
  node->constant = ConstantKind::String;
  node->has_named_characters = parts.has_named_characters;
  node->text = tree_.arena.copy(std::string_view(parts.text));
  return node;
}

void Grammar::string_part(StringParts& parts) {
  const StringLiteral literal = string_literal(text(*token_));
  check_ascii(literal);
  (literal.bytes ? parts.bytes : parts.plain) = true;
  const Span span{begin(), token_->end};
  advance();
  add_text(parts, span, literal.content, literal.bytes, literal.raw);
}

void Grammar::add_text(StringParts& parts, Span span, std::string_view content, bool bytes, bool raw) {
  const Decoded decoded = decode(content, bytes, raw, parts.text);
  if (!decoded.error.empty()) fail(decoded.error, span.begin);
  parts.has_named_characters |= decoded.has_named_characters;
  parts.text_span = {parts.has_text ? parts.text_span.begin : span.begin, span.end};
  parts.has_text = true;
}

/// The text read so far becomes a value of its own, unless it is empty.
void Grammar::flush_text(StringParts& parts) {
  if (!parts.text.empty()) parts.values.add(text_constant(parts, parts.text_span));
  parts.text.clear();
  parts.has_text = parts.has_named_characters = false;
}

void Grammar::format_string_part(StringParts& parts) {
  const std::string_view opening = text(*token_);
  const bool raw = opening.find_first_of("rR") != std::string_view::npos;
  (opening.find_first_of("tT") != std::string_view::npos ? parts.is_template : parts.format) = true;
  advance();
  while (!skip(TokenKind::FStringEnd))
    at(TokenKind::LeftBrace) ? replacement_field(parts, raw) : format_text(parts, raw);
}

/// Text with its braces doubled, but for those of \N{…}.
void Grammar::format_text(StringParts& parts, bool raw) {
  if (!at(TokenKind::FStringMiddle)) unexpected();
  const Span span{begin(), token_->end};
  std::string_view rest = text(*token_);
  advance();
  while (!rest.empty()) {
    const std::size_t length = up_to_doubled_brace(rest, raw);
    add_text(parts, span, rest.substr(0, length), false, raw);
    rest.remove_prefix(std::min(rest.size(), length + 1));
  }
}

void Grammar::replacement_field(StringParts& parts, bool raw) {
  const Level level(*this);
  const Token& open = *token_;
  advance();
  if (at(TokenKind::RightBrace)) fail("f-string: valid expression required before '}'");
  const Expr* value = annotated_rhs();
  const std::string_view written = tree_.text({open.end, end()});
  const bool debug = skip(TokenKind::Assign);
  if (debug) add_text(parts, {open.end, begin()}, tree_.text({open.end, begin()}), false, true);
  char converted = conversion();
  const Expr* spec = at(TokenKind::Colon) ? format_spec(raw) : nullptr;
  if (debug && !converted && !spec) converted = 'r';
  flush_text(parts);
  expect(TokenKind::RightBrace);
  if (parts.is_template) {
    auto* node = make<Interpolation>(open.begin);
    node->value = value;
    node->str = written.substr(std::min(written.find_first_not_of(" \t\f\r\n"), written.size()));
    node->conversion = converted;
    node->format_spec = spec;
    return parts.values.add(above(node, value, spec));
  }
  auto* node = make<FormattedValue>(open.begin);
  node->value = value;
  node->conversion = converted;
  node->format_spec = spec;
  parts.values.add(above(node, value, spec));
}

/// `!r` and its like.
char Grammar::conversion() {
  if (!skip(TokenKind::Exclamation)) return 0;
  const std::string_view name = at(TokenKind::Name) ? text(*token_) : std::string_view{};
  if (name != "s" && name != "r" && name != "a")
    fail("f-string: invalid conversion character: expected 's', 'r', or 'a'");
  advance();
  return name[0];
}

/// From the colon to the closing brace, which stays unread.
const Expr* Grammar::format_spec(bool raw) {
  const std::uint32_t start = begin();
  advance();
  StringParts parts(*this);
  while (!at(TokenKind::RightBrace)) at(TokenKind::LeftBrace) ? replacement_field(parts, raw) : format_text(parts, raw);
  flush_text(parts);
  auto* node = make<JoinedStr>(start);
  node->values = parts.values.sequence();
  return above(node, node->values);
}

}  // namespace python::syntax
