#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "python/syntax/arena.h"
#include "python/syntax/statement_nodes.h"

/// The syntax tree of a Python source, in the shape of CPython's `ast`: same kinds, same fields, same meaning
/// (https://docs.python.org/3/library/ast.html). Nodes are plain structs in the arena of their `Tree`; every pointer,
/// sequence and text stays valid exactly as long as the tree lives. Nothing changes a tree once it is parsed.
///
/// What is optional in `ast` is a null pointer or an empty text here.
namespace python::syntax {

/// A parsed source with all its nodes.
class Tree {
 public:
  /// The source in UTF-8, whatever its encoding was in the file.
  std::string source;
  /// Offset at which each line begins; the first one stands after a byte order mark.
  std::vector<std::uint32_t> line_starts;
  /// The statements of a module.
  Sequence<Stmt> body;
  /// What `parse_expression` read; null in a module.
  const Expr* expression = nullptr;
  Arena arena;

  Tree() = default;
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  Position position(std::uint32_t offset) const;
  std::string_view text(Span span) const { return std::string_view(source).substr(span.begin, span.end - span.begin); }
};

}  // namespace python::syntax

namespace python {
using syntax::Tree;
}
