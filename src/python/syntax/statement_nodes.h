#pragma once

#include <span>
#include <string_view>

#include "python/syntax/expression_nodes.h"

namespace python::syntax {

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

}  // namespace python::syntax
