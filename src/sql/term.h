#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/name.h"
#include "sql/parser.h"

namespace sql {

/// A node of an expression in a form that is easy to reason about. Kinds of its own: `Text`, `Number`, `Truth`, `Null`
/// (constants without a cast), `Cast` (one child, a type), `Column` (of the context's table), `AnyOf` (IN and its
/// like: the left side, then the elements in order); all others are those of the parse tree.
struct Term {
  std::string_view kind;
  std::string_view field;
  std::string value;
  schema::TypeName type;  ///< of a Cast
  std::vector<Term> children;

  bool operator==(const Term&) const = default;
};

Term term(const Node& node);

Term make_text(std::string text);
Term make_number(std::string number);
Term make_truth(bool truth);
Term make_call(std::string function);

Term* child(Term& term, std::string_view field);
const Term* child(const Term& term, std::string_view field);
std::vector<Term*> children(Term& term, std::string_view field);
std::string_view value(const Term& term, std::string_view field);
void erase(Term& term, std::string_view field);

/// The name of a FuncCall, without `pg_catalog`; parts joined by dots.
std::string function_name(const Term& call);
/// The operator of an AExpr, without `pg_catalog`.
std::string operator_name(const Term& expression);

/// A text that is equal for equal terms only: to sort by.
std::string key(const Term& term);

}  // namespace sql
