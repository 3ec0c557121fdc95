#pragma once

#include <string_view>

/// The operators of SQL expressions as SQLAlchemy knows them: `sqlalchemy.sql.operators`.
namespace models {

enum class Operator {
  None,
  And,
  Or,
  Invert,
  IsTrue,
  IsFalse,
  Add,
  Subtract,
  Multiply,
  TrueDivide,
  FloorDivide,
  Modulo,
  Negate,
  Equal,
  NotEqual,
  Less,
  LessEqual,
  Greater,
  GreaterEqual,
  Is,
  IsNot,
  IsDistinctFrom,
  IsNotDistinctFrom,
  Like,
  NotLike,
  ILike,
  NotILike,
  StartsWith,
  NotStartsWith,
  IStartsWith,
  NotIStartsWith,
  EndsWith,
  NotEndsWith,
  IEndsWith,
  NotIEndsWith,
  Contains,
  NotContains,
  IContains,
  NotIContains,
  In,
  NotIn,
  Between,
  NotBetween,
  Match,
  NotMatch,
  RegexpMatch,
  NotRegexpMatch,
  RegexpReplace,
  Concat,
  Collate,
  Distinct,
  Any,
  All,
  Ascending,
  Descending,
  NullsFirst,
  NullsLast,
  GetItem,
  JsonGetItem,
  JsonPathGetItem,
  BitwiseAnd,
  BitwiseOr,
  BitwiseXor,
  BitwiseNot,
  ShiftLeft,
  ShiftRight,
  Comma,
  As,
  Exists,
  Filter,
  AsBoolean,  ///< `_asbool`: the place of a condition by itself
  Custom,     ///< `op("…")`: text and precedence stand with the expression
};

/// What the rules of grouping and negation need to know of an operator.
struct OperatorFacts {
  Operator which = Operator::None;
  std::string_view name;  ///< SQLAlchemy's name, without a final `_op` or `_`
  std::string_view text;  ///< how it is written, with its blanks; empty where a rule of its own writes it
  int precedence = 0;
  Operator negation = Operator::None;
};

const OperatorFacts& facts(Operator which);
/// By SQLAlchemy's name: "ge", "like_op", "is_", "notin_op". None for an unknown name.
Operator operator_named(std::string_view name);

bool is_comparison(Operator which);
/// Conditions: comparisons, AND, OR, NOT.
bool is_boolean(Operator which);
/// (a op b) op c may be written as one list.
bool is_associative(Operator which);
/// (a op b) op c needs no parentheses.
bool is_natural_self_precedent(Operator which);
/// DESC, ASC, NULLS FIRST, NULLS LAST.
bool is_ordering(Operator which);

/// An operator with what `op("…")` says about it.
struct OperatorUse {
  Operator which = Operator::None;
  int precedence = 0;              ///< of a custom operator
  bool comparison = false;         ///< of a custom operator
  bool self_precedent = false;     ///< of a custom operator
  bool eager_grouping = false;     ///< of a custom operator
  const void* identity = nullptr;  ///< two custom operators are the same only if they are one object

  OperatorUse() = default;
  OperatorUse(Operator op) : which(op) {}  // NOLINT: an operator is a use of it
};

/// Whether `inner` below `outer` needs parentheses.
bool is_precedent(const OperatorUse& inner, const OperatorUse& outer);

}  // namespace models
