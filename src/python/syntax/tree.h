#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "python/syntax/arena.h"

/// The syntax tree of a Python source, in the shape of CPython's `ast`: same kinds, same fields, same meaning
/// (https://docs.python.org/3/library/ast.html). Nodes are plain structs in the arena of their `Tree`; every pointer,
/// sequence and text stays valid exactly as long as the tree lives. Nothing changes a tree once it is parsed.
///
/// What is optional in `ast` is a null pointer or an empty text here.
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

// Expressions

struct Constant : Expr {
  static constexpr ExprKind tag = ExprKind::Constant;
  ConstantKind constant = ConstantKind::None;
  bool unicode_prefix = false;  ///< u"…"
  /// A string had \N{NAME}, whose character is not known here; U+FFFD stands in its place.
  bool has_named_characters = false;
  /// String: the value in UTF-8 (a lone surrogate as its three bytes). Bytes: the value. Numbers: the digits as
  /// written, without underscores.
  std::string_view text;
  std::int64_t integer = 0;
  double number = 0;  ///< Float: the value; Complex: the imaginary part
};

struct Name : Expr {
  static constexpr ExprKind tag = ExprKind::Name;
  Context context = Context::Load;
  std::string_view id;
};

struct Attribute : Expr {
  static constexpr ExprKind tag = ExprKind::Attribute;
  Context context = Context::Load;
  const Expr* value = nullptr;
  std::string_view attr;
};

struct Subscript : Expr {
  static constexpr ExprKind tag = ExprKind::Subscript;
  Context context = Context::Load;
  const Expr* value = nullptr;
  const Expr* slice = nullptr;
};

struct Slice : Expr {
  static constexpr ExprKind tag = ExprKind::Slice;
  const Expr* lower = nullptr;
  const Expr* upper = nullptr;
  const Expr* step = nullptr;
};

/// `arg=value`; `**value` without `arg`.
struct Keyword {
  Span span;
  std::string_view arg;
  const Expr* value = nullptr;
};

struct Call : Expr {
  static constexpr ExprKind tag = ExprKind::Call;
  const Expr* func = nullptr;
  Sequence<Expr> args;  ///< `*args` as Starred
  Sequence<Keyword> keywords;
};

struct Starred : Expr {
  static constexpr ExprKind tag = ExprKind::Starred;
  Context context = Context::Load;
  const Expr* value = nullptr;
};

struct BinOp : Expr {
  static constexpr ExprKind tag = ExprKind::BinOp;
  Operator op = Operator::Add;
  const Expr* left = nullptr;
  const Expr* right = nullptr;
};

struct UnaryOp : Expr {
  static constexpr ExprKind tag = ExprKind::UnaryOp;
  UnaryOperator op = UnaryOperator::Not;
  const Expr* operand = nullptr;
};

struct BoolOp : Expr {
  static constexpr ExprKind tag = ExprKind::BoolOp;
  BoolOperator op = BoolOperator::And;
  Sequence<Expr> values;
};

/// `left ops[0] comparators[0] ops[1] …`
struct Compare : Expr {
  static constexpr ExprKind tag = ExprKind::Compare;
  const Expr* left = nullptr;
  std::span<const CompareOperator> ops;
  Sequence<Expr> comparators;
};

struct IfExp : Expr {
  static constexpr ExprKind tag = ExprKind::IfExp;
  const Expr* test = nullptr;
  const Expr* body = nullptr;
  const Expr* orelse = nullptr;
};

struct Arg {
  Span span;
  std::string_view arg;
  const Expr* annotation = nullptr;
};

struct Arguments {
  Sequence<Arg> posonlyargs;
  Sequence<Arg> args;
  const Arg* vararg = nullptr;
  Sequence<Arg> kwonlyargs;
  Sequence<Expr> kw_defaults;  ///< as long as kwonlyargs; null where there is none
  const Arg* kwarg = nullptr;
  Sequence<Expr> defaults;  ///< of the last ones of posonlyargs and args together
};

struct Lambda : Expr {
  static constexpr ExprKind tag = ExprKind::Lambda;
  const Arguments* args = nullptr;
  const Expr* body = nullptr;
};

struct Tuple : Expr {
  static constexpr ExprKind tag = ExprKind::Tuple;
  Context context = Context::Load;
  Sequence<Expr> elts;
};

struct List : Expr {
  static constexpr ExprKind tag = ExprKind::List;
  Context context = Context::Load;
  Sequence<Expr> elts;
};

struct Set : Expr {
  static constexpr ExprKind tag = ExprKind::Set;
  Sequence<Expr> elts;
};

struct Dict : Expr {
  static constexpr ExprKind tag = ExprKind::Dict;
  Sequence<Expr> keys;  ///< null for `**value`
  Sequence<Expr> values;
};

/// `for target in iter if ifs…`
struct Comprehension {
  const Expr* target = nullptr;
  const Expr* iter = nullptr;
  Sequence<Expr> ifs;
  bool is_async = false;
};

struct ListComp : Expr {
  static constexpr ExprKind tag = ExprKind::ListComp;
  const Expr* elt = nullptr;
  Sequence<Comprehension> generators;
};

struct SetComp : Expr {
  static constexpr ExprKind tag = ExprKind::SetComp;
  const Expr* elt = nullptr;
  Sequence<Comprehension> generators;
};

struct DictComp : Expr {
  static constexpr ExprKind tag = ExprKind::DictComp;
  const Expr* key = nullptr;
  const Expr* value = nullptr;
  Sequence<Comprehension> generators;
};

struct GeneratorExp : Expr {
  static constexpr ExprKind tag = ExprKind::GeneratorExp;
  const Expr* elt = nullptr;
  Sequence<Comprehension> generators;
};

struct Await : Expr {
  static constexpr ExprKind tag = ExprKind::Await;
  const Expr* value = nullptr;
};

struct Yield : Expr {
  static constexpr ExprKind tag = ExprKind::Yield;
  const Expr* value = nullptr;  ///< may be null
};

struct YieldFrom : Expr {
  static constexpr ExprKind tag = ExprKind::YieldFrom;
  const Expr* value = nullptr;
};

/// `target := value`
struct NamedExpr : Expr {
  static constexpr ExprKind tag = ExprKind::NamedExpr;
  const Expr* target = nullptr;
  const Expr* value = nullptr;
};

/// f"…": string Constants and FormattedValues in turn. `{x=}` is the constant `x=` and the value.
struct JoinedStr : Expr {
  static constexpr ExprKind tag = ExprKind::JoinedStr;
  Sequence<Expr> values;
};

struct FormattedValue : Expr {
  static constexpr ExprKind tag = ExprKind::FormattedValue;
  const Expr* value = nullptr;
  char conversion = 0;                ///< 's', 'r', 'a', or 0 for none
  const Expr* format_spec = nullptr;  ///< a JoinedStr, or null
};

/// t"…" (Python 3.14): string Constants and Interpolations.
struct TemplateStr : Expr {
  static constexpr ExprKind tag = ExprKind::TemplateStr;
  Sequence<Expr> values;
};

struct Interpolation : Expr {
  static constexpr ExprKind tag = ExprKind::Interpolation;
  const Expr* value = nullptr;
  std::string_view str;  ///< the expression as written
  char conversion = 0;
  const Expr* format_spec = nullptr;
};

// Type parameters: `class A[T: bound = default]`, `*Ts`, `**P`

struct TypeVar : TypeParam {
  static constexpr TypeParamKind tag = TypeParamKind::TypeVar;
  std::string_view name;
  const Expr* bound = nullptr;
  const Expr* default_value = nullptr;
};

struct ParamSpec : TypeParam {
  static constexpr TypeParamKind tag = TypeParamKind::ParamSpec;
  std::string_view name;
  const Expr* default_value = nullptr;
};

struct TypeVarTuple : TypeParam {
  static constexpr TypeParamKind tag = TypeParamKind::TypeVarTuple;
  std::string_view name;
  const Expr* default_value = nullptr;
};

// Statements

/// FunctionDef and AsyncFunctionDef: `as<FunctionDef>` finds the first alone, `function(stmt)` both.
struct FunctionDef : Stmt {
  static constexpr StmtKind tag = StmtKind::FunctionDef;
  std::string_view name;
  const Arguments* args = nullptr;
  Sequence<Stmt> body;
  Sequence<Expr> decorator_list;
  const Expr* returns = nullptr;
  Sequence<TypeParam> type_params;
};

inline const FunctionDef* function(const Stmt* stmt) {
  const bool is = stmt && (stmt->kind == StmtKind::FunctionDef || stmt->kind == StmtKind::AsyncFunctionDef);
  return is ? static_cast<const FunctionDef*>(stmt) : nullptr;
}

struct ClassDef : Stmt {
  static constexpr StmtKind tag = StmtKind::ClassDef;
  std::string_view name;
  Sequence<Expr> bases;
  Sequence<Keyword> keywords;
  Sequence<Stmt> body;
  Sequence<Expr> decorator_list;
  Sequence<TypeParam> type_params;
};

struct Return : Stmt {
  static constexpr StmtKind tag = StmtKind::Return;
  const Expr* value = nullptr;
};

struct Delete : Stmt {
  static constexpr StmtKind tag = StmtKind::Delete;
  Sequence<Expr> targets;
};

/// `a = b = value` has two targets.
struct Assign : Stmt {
  static constexpr StmtKind tag = StmtKind::Assign;
  Sequence<Expr> targets;
  const Expr* value = nullptr;
};

struct TypeAlias : Stmt {
  static constexpr StmtKind tag = StmtKind::TypeAlias;
  const Expr* name = nullptr;  ///< a Name
  Sequence<TypeParam> type_params;
  const Expr* value = nullptr;
};

struct AugAssign : Stmt {
  static constexpr StmtKind tag = StmtKind::AugAssign;
  const Expr* target = nullptr;
  Operator op = Operator::Add;
  const Expr* value = nullptr;
};

struct AnnAssign : Stmt {
  static constexpr StmtKind tag = StmtKind::AnnAssign;
  const Expr* target = nullptr;
  const Expr* annotation = nullptr;
  const Expr* value = nullptr;  ///< may be null
  bool simple = false;          ///< the target is a name not in parentheses
};

/// For and AsyncFor.
struct For : Stmt {
  static constexpr StmtKind tag = StmtKind::For;
  const Expr* target = nullptr;
  const Expr* iter = nullptr;
  Sequence<Stmt> body;
  Sequence<Stmt> orelse;
};

struct While : Stmt {
  static constexpr StmtKind tag = StmtKind::While;
  const Expr* test = nullptr;
  Sequence<Stmt> body;
  Sequence<Stmt> orelse;
};

/// `elif` is an If alone in `orelse`.
struct If : Stmt {
  static constexpr StmtKind tag = StmtKind::If;
  const Expr* test = nullptr;
  Sequence<Stmt> body;
  Sequence<Stmt> orelse;
};

struct WithItem {
  const Expr* context_expr = nullptr;
  const Expr* optional_vars = nullptr;
};

/// With and AsyncWith.
struct With : Stmt {
  static constexpr StmtKind tag = StmtKind::With;
  Sequence<WithItem> items;
  Sequence<Stmt> body;
};

struct MatchCase {
  const Pattern* pattern = nullptr;
  const Expr* guard = nullptr;
  Sequence<Stmt> body;
};

struct Match : Stmt {
  static constexpr StmtKind tag = StmtKind::Match;
  const Expr* subject = nullptr;
  Sequence<MatchCase> cases;
};

struct Raise : Stmt {
  static constexpr StmtKind tag = StmtKind::Raise;
  const Expr* exc = nullptr;
  const Expr* cause = nullptr;
};

struct ExceptHandler {
  Span span;
  const Expr* type = nullptr;  ///< `except A, B:` of Python 3.14 is a Tuple
  std::string_view name;
  Sequence<Stmt> body;
};

/// Try and TryStar (`except*`): `as<Try>` finds the first alone, `try_statement(stmt)` both.
struct Try : Stmt {
  static constexpr StmtKind tag = StmtKind::Try;
  Sequence<Stmt> body;
  Sequence<ExceptHandler> handlers;
  Sequence<Stmt> orelse;
  Sequence<Stmt> finalbody;
};

inline const Try* try_statement(const Stmt* stmt) {
  const bool is = stmt && (stmt->kind == StmtKind::Try || stmt->kind == StmtKind::TryStar);
  return is ? static_cast<const Try*>(stmt) : nullptr;
}

struct Assert : Stmt {
  static constexpr StmtKind tag = StmtKind::Assert;
  const Expr* test = nullptr;
  const Expr* msg = nullptr;
};

/// `name as asname`; `name` may be dotted, or `*`.
struct Alias {
  Span span;
  std::string_view name;
  std::string_view asname;
};

struct Import : Stmt {
  static constexpr StmtKind tag = StmtKind::Import;
  Sequence<Alias> names;
};

struct ImportFrom : Stmt {
  static constexpr StmtKind tag = StmtKind::ImportFrom;
  std::string_view module;  ///< empty for `from . import x`
  Sequence<Alias> names;
  int level = 0;  ///< number of leading dots
};

struct Global : Stmt {
  static constexpr StmtKind tag = StmtKind::Global;
  std::span<const std::string_view> names;
};

struct Nonlocal : Stmt {
  static constexpr StmtKind tag = StmtKind::Nonlocal;
  std::span<const std::string_view> names;
};

/// An expression as a statement (`Expr` in `ast`).
struct ExprStmt : Stmt {
  static constexpr StmtKind tag = StmtKind::Expr;
  const Expr* value = nullptr;
};

struct Pass : Stmt {
  static constexpr StmtKind tag = StmtKind::Pass;
};

struct Break : Stmt {
  static constexpr StmtKind tag = StmtKind::Break;
};

struct Continue : Stmt {
  static constexpr StmtKind tag = StmtKind::Continue;
};

// Patterns of `case`

struct MatchValue : Pattern {
  static constexpr PatternKind tag = PatternKind::MatchValue;
  const Expr* value = nullptr;
};

/// None, True, False.
struct MatchSingleton : Pattern {
  static constexpr PatternKind tag = PatternKind::MatchSingleton;
  ConstantKind value = ConstantKind::None;
};

struct MatchSequence : Pattern {
  static constexpr PatternKind tag = PatternKind::MatchSequence;
  Sequence<Pattern> patterns;
};

struct MatchMapping : Pattern {
  static constexpr PatternKind tag = PatternKind::MatchMapping;
  Sequence<Expr> keys;
  Sequence<Pattern> patterns;
  std::string_view rest;  ///< the name after `**`
};

struct MatchClass : Pattern {
  static constexpr PatternKind tag = PatternKind::MatchClass;
  const Expr* cls = nullptr;
  Sequence<Pattern> patterns;
  std::span<const std::string_view> kwd_attrs;
  Sequence<Pattern> kwd_patterns;
};

struct MatchStar : Pattern {
  static constexpr PatternKind tag = PatternKind::MatchStar;
  std::string_view name;  ///< empty for `*_`
};

/// `pattern as name`; without a pattern a capture; without both the wildcard `_`.
struct MatchAs : Pattern {
  static constexpr PatternKind tag = PatternKind::MatchAs;
  const Pattern* pattern = nullptr;
  std::string_view name;
};

struct MatchOr : Pattern {
  static constexpr PatternKind tag = PatternKind::MatchOr;
  Sequence<Pattern> patterns;
};

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
