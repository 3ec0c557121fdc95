#include "python/syntax/parser.h"

#include <cstring>
#include <limits>
#include <utility>

#include "python/syntax/encoding.h"
#include "python/syntax/grammar.h"
#include "python/syntax/token.h"

namespace python::syntax {
namespace {

constexpr std::size_t largest_source = std::numeric_limits<std::uint32_t>::max() / 2;

/// \n, \r\n and a lone \r end a line.
void find_lines(Tree& tree, std::uint32_t begin) {
  const std::string& source = tree.source;
  tree.line_starts.reserve(source.size() / 32);
  tree.line_starts.push_back(begin);
  const bool plain = !std::memchr(source.data(), '\r', source.size());
  const char* const end = source.data() + source.size();
  for (const char* at = source.data(); at < end; ++at) {
    if (plain) {
      at = static_cast<const char*>(std::memchr(at, '\n', end - at));
      if (!at) break;
    } else if (*at != '\n' && (*at != '\r' || at[1] == '\n')) {
      continue;
    }
    tree.line_starts.push_back(static_cast<std::uint32_t>(at + 1 - source.data()));
  }
}

/// Python knows no line behind the last end of line.
SyntaxError error_at(const Tree& tree, std::string message, std::uint32_t offset) {
  Position position = tree.position(offset);
  if (offset > 0 && offset == tree.source.size() && tree.line_starts.size() > 1 && tree.line_starts.back() == offset) {
    position = tree.position(offset - 1);
    ++position.column;
  }
  return {std::move(message), offset, position.line, position.column};
}

/// Among all that may be wrong, what Python reports.
SyntaxError error_of(const Tree& tree, const Tokens& tokens, const Failure& failure, std::uint32_t reached) {
  const bool final = failure.kind == Failure::Kind::Layout || failure.kind == Failure::Kind::Tokenizer;
  if (!final && tokens.error && tokens.error->foremost)
    return error_at(tree, tokens.error->message, tokens.error->offset);
  // A bracket that is open to the end may well be the reason for what failed on a later line.
  const bool unclosed_before = tokens.unclosed && tree.position(*tokens.unclosed).line < tree.position(reached).line;
  if (!final && unclosed_before) {
    const std::string bracket(1, tree.source[*tokens.unclosed]);
    return error_at(tree, "'" + bracket + "' was never closed", *tokens.unclosed);
  }
  return error_at(tree, failure.message, failure.offset);
}

ParseResult parse(std::string bytes, void (Grammar::*rule)()) {
  auto tree = std::make_unique<Tree>();
  if (bytes.size() > largest_source) return std::unexpected(SyntaxError{"source code is too long", 0, 1, 1});
  auto decoding = decode_source(bytes);
  if (!decoding) {
    tree->source = std::move(bytes);
    find_lines(*tree, 0);
    return std::unexpected(error_at(*tree, std::move(decoding.error().message), decoding.error().offset));
  }
  tree->source = std::move(decoding->text);
  find_lines(*tree, decoding->begin);
  if (const std::size_t nul = tree->source.find('\0'); nul != std::string::npos)
    return std::unexpected(error_at(*tree, "source code cannot contain null bytes", static_cast<std::uint32_t>(nul)));
  const Tokens tokens = tokenize(tree->source, decoding->begin);
  Grammar grammar(*tree, tokens);
  try {
    (grammar.*rule)();
  } catch (const Failure& failure) {
    return std::unexpected(error_of(*tree, tokens, failure, grammar.offset()));
  }
  return tree;
}

}  // namespace

ParseResult parse_module(std::string source) { return parse(std::move(source), &Grammar::module); }

ParseResult parse_expression(std::string source) {
  source.erase(0, source.find_first_not_of(" \t"));
  return parse(std::move(source), &Grammar::single_expression);
}

}  // namespace python::syntax
