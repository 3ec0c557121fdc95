#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace python::syntax {

/// Bytes [begin, end) of `Tree::source`.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  bool operator==(const Span&) const = default;
};

/// Counted from 1, the column in characters as editors count it.
struct Position {
  int line = 0;
  int column = 0;

  bool operator==(const Position&) const = default;
};

template <class T>
using Sequence = std::span<const T* const>;

enum class ExprKind : std::uint8_t {
  Constant,
  Name,
  Attribute,
  Subscript,
  Slice,
  Call,
  Starred,
  BinOp,
  UnaryOp,
  BoolOp,
  Compare,
  IfExp,
  Lambda,
  Tuple,
  List,
  Set,
  Dict,
  ListComp,
  SetComp,
  DictComp,
  GeneratorExp,
  Await,
  Yield,
  YieldFrom,
  NamedExpr,
  JoinedStr,
  FormattedValue,
  TemplateStr,
  Interpolation,
};

enum class StmtKind : std::uint8_t {
  FunctionDef,
  AsyncFunctionDef,
  ClassDef,
  Return,
  Delete,
  Assign,
  TypeAlias,
  AugAssign,
  AnnAssign,
  For,
  AsyncFor,
  While,
  If,
  With,
  AsyncWith,
  Match,
  Raise,
  Try,
  TryStar,
  Assert,
  Import,
  ImportFrom,
  Global,
  Nonlocal,
  Expr,
  Pass,
  Break,
  Continue,
};

enum class PatternKind : std::uint8_t {
  MatchValue,
  MatchSingleton,
  MatchSequence,
  MatchMapping,
  MatchClass,
  MatchStar,
  MatchAs,
  MatchOr,
};

enum class TypeParamKind : std::uint8_t { TypeVar, ParamSpec, TypeVarTuple };

enum class Context : std::uint8_t { Load, Store, Del };

enum class Operator : std::uint8_t {
  Add,
  Sub,
  Mult,
  MatMult,
  Div,
  Mod,
  Pow,
  LShift,
  RShift,
  BitOr,
  BitXor,
  BitAnd,
  FloorDiv,
};
enum class UnaryOperator : std::uint8_t { Invert, Not, UAdd, USub };
enum class BoolOperator : std::uint8_t { And, Or };
enum class CompareOperator : std::uint8_t { Eq, NotEq, Lt, LtE, Gt, GtE, Is, IsNot, In, NotIn };

enum class ConstantKind : std::uint8_t {
  None,
  True,
  False,
  Ellipsis,
  String,
  Bytes,
  Integer,       ///< fits `Constant::integer`
  LargeInteger,  ///< does not: only `Constant::text`
  Float,
  Complex,  ///< an imaginary literal: real part 0
};

/// An expression. Cast it by its kind: `as<Call>(expr)`.
struct Expr {
  ExprKind kind;
  std::uint16_t height;  ///< nodes on the longest way down, itself counted: at most 1000, so recursion is safe
  Span span;
};

/// A statement; that of a decorated definition begins at `def` or `class`, as in `ast`.
struct Stmt {
  StmtKind kind;
  Span span;
};

struct Pattern {
  PatternKind kind;
  Span span;
};

struct TypeParam {
  TypeParamKind kind;
  Span span;
};

/// The node as a T, or null if it is of another kind (or null itself).
template <class T, class Node>
const T* as(const Node* node) {
  return node && node->kind == T::tag ? static_cast<const T*>(node) : nullptr;
}

}  // namespace python::syntax
