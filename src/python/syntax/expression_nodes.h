#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "python/syntax/node.h"

namespace python::syntax {

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

}  // namespace python::syntax
