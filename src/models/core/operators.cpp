#include "models/core/operators.h"

#include <algorithm>
#include <array>
#include <string>

namespace models {
namespace {

constexpr int smallest = -100;
constexpr int largest = 100;

// In the order of the enumeration. The last number of an operator without one of its own says: binds least.
constexpr std::array table{
    OperatorFacts{Operator::None, "", "", smallest, Operator::None},
    OperatorFacts{Operator::And, "and", " AND ", 3, Operator::None},
    OperatorFacts{Operator::Or, "or", " OR ", 2, Operator::None},
    OperatorFacts{Operator::Invert, "inv", "NOT ", 5, Operator::None},
    OperatorFacts{Operator::IsTrue, "is_true", "", 5, Operator::IsFalse},
    OperatorFacts{Operator::IsFalse, "is_false", "", 5, Operator::IsTrue},
    OperatorFacts{Operator::Add, "add", " + ", 7, Operator::None},
    OperatorFacts{Operator::Subtract, "sub", " - ", 7, Operator::None},
    OperatorFacts{Operator::Multiply, "mul", " * ", 8, Operator::None},
    OperatorFacts{Operator::TrueDivide, "truediv", "", 8, Operator::None},
    OperatorFacts{Operator::FloorDivide, "floordiv", "", 8, Operator::None},
    OperatorFacts{Operator::Modulo, "mod", " % ", 8, Operator::None},
    OperatorFacts{Operator::Negate, "neg", "-", 8, Operator::None},
    OperatorFacts{Operator::Equal, "eq", " = ", 5, Operator::NotEqual},
    OperatorFacts{Operator::NotEqual, "ne", " != ", 5, Operator::Equal},
    OperatorFacts{Operator::Less, "lt", " < ", 5, Operator::GreaterEqual},
    OperatorFacts{Operator::LessEqual, "le", " <= ", 5, Operator::Greater},
    OperatorFacts{Operator::Greater, "gt", " > ", 5, Operator::LessEqual},
    OperatorFacts{Operator::GreaterEqual, "ge", " >= ", 5, Operator::Less},
    OperatorFacts{Operator::Is, "is", " IS ", 5, Operator::IsNot},
    OperatorFacts{Operator::IsNot, "is_not", " IS NOT ", 5, Operator::Is},
    OperatorFacts{Operator::IsDistinctFrom, "is_distinct_from", " IS DISTINCT FROM ", 5, Operator::IsNotDistinctFrom},
    OperatorFacts{Operator::IsNotDistinctFrom, "is_not_distinct_from", " IS NOT DISTINCT FROM ", 5,
                  Operator::IsDistinctFrom},
    OperatorFacts{Operator::Like, "like", " LIKE ", 5, Operator::NotLike},
    OperatorFacts{Operator::NotLike, "not_like", " NOT LIKE ", 5, Operator::Like},
    OperatorFacts{Operator::ILike, "ilike", " ILIKE ", 5, Operator::NotILike},
    OperatorFacts{Operator::NotILike, "not_ilike", " NOT ILIKE ", 5, Operator::ILike},
    OperatorFacts{Operator::StartsWith, "startswith", "", smallest, Operator::NotStartsWith},
    OperatorFacts{Operator::NotStartsWith, "not_startswith", "", smallest, Operator::StartsWith},
    OperatorFacts{Operator::IStartsWith, "istartswith", "", smallest, Operator::NotIStartsWith},
    OperatorFacts{Operator::NotIStartsWith, "not_istartswith", "", smallest, Operator::IStartsWith},
    OperatorFacts{Operator::EndsWith, "endswith", "", smallest, Operator::NotEndsWith},
    OperatorFacts{Operator::NotEndsWith, "not_endswith", "", smallest, Operator::EndsWith},
    OperatorFacts{Operator::IEndsWith, "iendswith", "", smallest, Operator::NotIEndsWith},
    OperatorFacts{Operator::NotIEndsWith, "not_iendswith", "", smallest, Operator::IEndsWith},
    OperatorFacts{Operator::Contains, "contains", "", smallest, Operator::NotContains},
    OperatorFacts{Operator::NotContains, "not_contains", "", smallest, Operator::Contains},
    OperatorFacts{Operator::IContains, "icontains", "", smallest, Operator::NotIContains},
    OperatorFacts{Operator::NotIContains, "not_icontains", "", smallest, Operator::IContains},
    OperatorFacts{Operator::In, "in", " IN ", 5, Operator::NotIn},
    OperatorFacts{Operator::NotIn, "not_in", " NOT IN ", 5, Operator::In},
    OperatorFacts{Operator::Between, "between", "", 5, Operator::NotBetween},
    OperatorFacts{Operator::NotBetween, "not_between", "", 5, Operator::Between},
    OperatorFacts{Operator::Match, "match", "", 5, Operator::NotMatch},
    OperatorFacts{Operator::NotMatch, "not_match", "", 5, Operator::Match},
    OperatorFacts{Operator::RegexpMatch, "regexp_match", "", 5, Operator::NotRegexpMatch},
    OperatorFacts{Operator::NotRegexpMatch, "not_regexp_match", "", 5, Operator::RegexpMatch},
    OperatorFacts{Operator::RegexpReplace, "regexp_replace", "", 5, Operator::None},
    OperatorFacts{Operator::Concat, "concat", " || ", 5, Operator::None},
    OperatorFacts{Operator::Collate, "collate", " COLLATE ", 4, Operator::None},
    OperatorFacts{Operator::Distinct, "distinct", "DISTINCT ", 5, Operator::None},
    OperatorFacts{Operator::Any, "any", "ANY ", 15, Operator::None},
    OperatorFacts{Operator::All, "all", "ALL ", 15, Operator::None},
    OperatorFacts{Operator::Ascending, "asc", " ASC", 3, Operator::None},
    OperatorFacts{Operator::Descending, "desc", " DESC", 3, Operator::None},
    OperatorFacts{Operator::NullsFirst, "nulls_first", " NULLS FIRST", smallest, Operator::None},
    OperatorFacts{Operator::NullsLast, "nulls_last", " NULLS LAST", smallest, Operator::None},
    OperatorFacts{Operator::GetItem, "getitem", "", 15, Operator::None},
    OperatorFacts{Operator::JsonGetItem, "json_getitem", "", 15, Operator::None},
    OperatorFacts{Operator::JsonPathGetItem, "json_path_getitem", "", 15, Operator::None},
    OperatorFacts{Operator::BitwiseAnd, "bitwise_and", " & ", 7, Operator::None},
    OperatorFacts{Operator::BitwiseOr, "bitwise_or", " | ", 7, Operator::None},
    OperatorFacts{Operator::BitwiseXor, "bitwise_xor", " # ", 7, Operator::None},
    OperatorFacts{Operator::BitwiseNot, "bitwise_not", "~", 8, Operator::None},
    OperatorFacts{Operator::ShiftLeft, "bitwise_lshift", " << ", 7, Operator::None},
    OperatorFacts{Operator::ShiftRight, "bitwise_rshift", " >> ", 7, Operator::None},
    OperatorFacts{Operator::Comma, "comma", ", ", -1, Operator::None},
    OperatorFacts{Operator::As, "as", " AS ", -1, Operator::None},
    OperatorFacts{Operator::Exists, "exists", "EXISTS ", 0, Operator::None},
    OperatorFacts{Operator::Filter, "filter", "", 6, Operator::None},
    OperatorFacts{Operator::AsBoolean, "_asbool", "", -10, Operator::None},
    OperatorFacts{Operator::Custom, "custom", "", 0, Operator::None},
};

constexpr bool in_order() {
  for (std::size_t i = 0; i < table.size(); ++i) {
    if (table[i].which != static_cast<Operator>(i)) return false;
  }
  return true;
}
static_assert(in_order());

/// Names of older releases and of Python's `operator` module.
struct Alias {
  std::string_view alias;
  std::string_view name;
};
constexpr std::array aliases{
    Alias{"isnot", "is_not"},
    Alias{"isnot_distinct_from", "is_not_distinct_from"},
    Alias{"notlike", "not_like"},
    Alias{"notilike", "not_ilike"},
    Alias{"notin", "not_in"},
    Alias{"notbetween", "not_between"},
    Alias{"notmatch", "not_match"},
    Alias{"notstartswith", "not_startswith"},
    Alias{"notendswith", "not_endswith"},
    Alias{"notcontains", "not_contains"},
    Alias{"nullsfirst", "nulls_first"},
    Alias{"nullslast", "nulls_last"},
    Alias{"istrue", "is_true"},
    Alias{"isfalse", "is_false"},
    Alias{"div", "truediv"},
    Alias{"invert", "inv"},
};

int precedence(const OperatorUse& use, int without) {
  if (use.which == Operator::Custom) return use.precedence;
  const int given = facts(use.which).precedence;
  return given == smallest ? without : given;
}

bool same(const OperatorUse& left, const OperatorUse& right) {
  return left.which == right.which && (left.which != Operator::Custom || left.identity == right.identity);
}

bool self_precedent(const OperatorUse& use) {
  return use.which == Operator::Custom ? use.self_precedent : is_natural_self_precedent(use.which);
}

}  // namespace

const OperatorFacts& facts(Operator which) { return table[static_cast<std::size_t>(which)]; }

Operator operator_named(std::string_view name) {
  if (name.ends_with("_op")) name.remove_suffix(3);
  if (name.size() > 1 && name.ends_with("_")) name.remove_suffix(1);
  if (name.empty()) return Operator::None;
  const auto alias = std::ranges::find(aliases, name, &Alias::alias);
  if (alias != aliases.end()) name = alias->name;
  const auto found = std::ranges::find(table, name, &OperatorFacts::name);
  return found == table.end() ? Operator::None : found->which;
}

bool is_comparison(Operator which) {
  switch (which) {
    case Operator::Equal:
    case Operator::NotEqual:
    case Operator::Less:
    case Operator::LessEqual:
    case Operator::Greater:
    case Operator::GreaterEqual:
      return true;
    default:
      break;
  }
  return which >= Operator::Is && which <= Operator::NotRegexpMatch;
}

bool is_boolean(Operator which) {
  return is_comparison(which) || which == Operator::And || which == Operator::Or || which == Operator::Invert ||
         which == Operator::IsTrue || which == Operator::IsFalse;
}

bool is_associative(Operator which) {
  return which == Operator::Add || which == Operator::Multiply || which == Operator::Concat || which == Operator::And ||
         which == Operator::Or;
}

bool is_natural_self_precedent(Operator which) {
  return is_associative(which) || which == Operator::GetItem || which == Operator::JsonGetItem ||
         which == Operator::JsonPathGetItem;
}

bool is_ordering(Operator which) {
  return which == Operator::Ascending || which == Operator::Descending || which == Operator::NullsFirst ||
         which == Operator::NullsLast;
}

bool is_precedent(const OperatorUse& inner, const OperatorUse& outer) {
  if (same(inner, outer) && self_precedent(inner)) return false;
  if (outer.which == Operator::None) return true;
  return precedence(inner, smallest) <= precedence(outer, largest);
}

}  // namespace models
