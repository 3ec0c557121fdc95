#include "sql/normal.h"

#include <algorithm>
#include <array>
#include <optional>

#include "sql/literal.h"

/// The law of this file: a rule may replace a spelling only by one that means the same for every value, whatever the
/// columns hold; where the types of the operands decide, the rule needs to know them.
namespace sql {
namespace {

using schema::TypeName;
using namespace std::string_view_literals;

constexpr std::array comparisons{"="sv, "<>"sv, "<"sv, "<="sv, ">"sv, ">="sv};
constexpr std::array arithmetics{"+"sv, "-"sv, "*"sv, "/"sv, "%"sv};
/// Operators of strings that know text alone, so that a varchar is taken for one.
constexpr std::array string_operators{"~~"sv, "!~~"sv, "~~*"sv, "!~~*"sv, "~"sv, "!~"sv, "~*"sv, "!~*"sv, "||"sv};
/// Operators whose right side is a text whatever the left is, and a text constant is taken for one.
constexpr std::array key_operators{"->"sv, "->>"sv, "?"sv};

/// Functions of pg_catalog whose string arguments are text and nothing else.
constexpr std::array text_functions{
    "ascii"sv,       "btrim"sv,           "char_length"sv,  "character_length"sv,
    "concat_ws"sv,   "current_setting"sv, "date_part"sv,    "date_trunc"sv,
    "extract"sv,     "initcap"sv,         "left"sv,         "length"sv,
    "like_escape"sv, "lower"sv,           "lpad"sv,         "ltrim"sv,
    "md5"sv,         "position"sv,        "regexp_match"sv, "regexp_replace"sv,
    "repeat"sv,      "replace"sv,         "reverse"sv,      "right"sv,
    "rpad"sv,        "rtrim"sv,           "set_config"sv,   "similar_to_escape"sv,
    "split_part"sv,  "starts_with"sv,     "strpos"sv,       "substr"sv,
    "substring"sv,   "timezone"sv,        "to_date"sv,      "translate"sv,
    "upper"sv,
};
static_assert(std::ranges::is_sorted(text_functions));

constexpr std::array functions_that_give_text{
    "btrim"sv, "concat_ws"sv, "current_setting"sv, "initcap"sv, "left"sv,      "lower"sv,     "lpad"sv,
    "ltrim"sv, "md5"sv,       "regexp_replace"sv,  "repeat"sv,  "replace"sv,   "reverse"sv,   "right"sv,
    "rpad"sv,  "rtrim"sv,     "split_part"sv,      "substr"sv,  "substring"sv, "translate"sv, "upper"sv,
};
static_assert(std::ranges::is_sorted(functions_that_give_text));

constexpr std::array sequence_functions{"nextval"sv, "currval"sv, "setval"sv};
constexpr std::array search_functions{"to_tsvector"sv, "to_tsquery"sv, "plainto_tsquery"sv, "phraseto_tsquery"sv,
                                      "websearch_to_tsquery"sv};

template <class List>
bool is_one_of(const List& list, std::string_view name) {
  return std::ranges::find(list, name) != list.end();
}

TypeName catalog_type(const char* name) { return {{}, name, {}, false}; }

bool is_constant(const Term& term) {
  if (term.kind == "Cast") return is_constant(term.children.front());
  return term.kind == "Text" || term.kind == "Number" || term.kind == "Truth" || term.kind == "Null";
}

bool is_text_constant(const Term& term) {
  if (term.kind == "Cast") return term.type == catalog_type("text") && is_text_constant(term.children.front());
  return term.kind == "Text" || term.kind == "Null";
}

TypeName without_modifiers(TypeName type) {
  type.modifiers.clear();
  if (type.schema.empty() && type.name == "character") type.name = "bpchar";
  return type;
}

class Normalizer {
 public:
  explicit Normalizer(const Context& context) : context_{context} {}

  /// `inside` a sub-select names mean other things.
  Term normal(Term term, bool inside) const {
    const auto field = term.field;
    for (Term& each : term.children) {
      const bool enters = term.kind == "SubLink" && each.field == "subselect";
      each = normal(std::move(each), inside || enters);
    }
    Term result = rewritten(std::move(term), inside);
    result.field = field;
    return result;
  }

  /// The value is assigned to a column of the context's type.
  Term assigned(Term term) const {
    const TypeName& type = context_.type;
    if (type.empty()) return term;
    if (!is_constant(term) && term.kind == "Cast" && is_assignment_cast(term.type)) {
      Term inner = std::move(term.children.front());
      return inner;
    }
    return met(std::move(term), type, Meeting::Assignment);
  }

 private:
  /// An explicit cast to the column's type does what assigning does, but for cutting to a length.
  bool is_assignment_cast(const TypeName& cast) const {
    const TypeName& type = context_.type;
    if (without_modifiers(cast) != without_modifiers(type)) return false;
    const bool has_length = type.array || is_string(type) || type.name.starts_with("bit") || type.name == "character";
    return cast.modifiers.empty() ? cast.name != "character" : cast.modifiers == type.modifiers && !has_length;
  }

  Term rewritten(Term term, bool inside) const {
    if (term.kind == "Cast") return rewritten_cast(std::move(term));
    if (term.kind == "ColumnRef") return column(std::move(term), inside);
    if (term.kind == "FuncCall") return call(std::move(term));
    if (term.kind == "SQLValueFunction") return value_function(std::move(term));
    if (term.kind == "AExpr") return expression(std::move(term));
    if (term.kind == "BoolExpr") return flattened(std::move(term));
    if (term.kind == "CoalesceExpr" || term.kind == "MinMaxExpr") return with_common_type(std::move(term));
    if (term.kind == "CaseExpr") return case_expression(std::move(term));
    if (term.kind == "CollateClause") drop_catalog(term, "collname");
    if (term.kind == "RowExpr") erase(term, "row_format");
    if (term.kind == "SubLink") return sub_select(std::move(term));
    return term;
  }

  Term rewritten_cast(Term term) const {
    Term argument = std::move(term.children.front());
    argument.field = {};
    const auto type = type_of(argument);
    const bool same = type && without_modifiers(*type) == without_modifiers(term.type) && !is_constant(argument);
    if (same && (term.type.modifiers.empty() || *type == term.type) && term.type.name != "character") return argument;
    return cast(std::move(argument), term.type);
  }

  static void drop_catalog(Term& term, std::string_view field) {
    const auto names = children(term, field);
    if (names.size() != 2 || value(*names[0], "sval") != "pg_catalog") return;
    term.children.erase(term.children.begin() + (names[0] - term.children.data()));
  }

  /// `name`, `table.name` and `schema.table.name` outside sub-selects.
  Term column(Term term, bool inside) const {
    if (inside) return term;
    std::vector<std::string> names;
    for (const Term* each : children(term, "fields")) {
      if (each->kind != "String") return term;
      names.emplace_back(value(*each, "sval"));
    }
    const auto& table = context_.table;
    const bool qualified = names.size() == 2 && names[0] == table.name;
    const bool full = names.size() == 3 && names[0] == table.schema && names[1] == table.name;
    if (names.size() != 1 && !qualified && !full) return term;
    return {"Column", {}, names.back(), {}, {}};
  }

  Term call(Term term) const {
    drop_catalog(term, "funcname");
    erase(term, "funcformat");
    const std::string name = function_name(term);
    auto arguments = children(term, "args");
    const auto text = catalog_type("text");
    if (std::ranges::binary_search(text_functions, name)) {
      for (Term* each : arguments) *each = as_text(std::move(*each));
    }
    if (is_one_of(sequence_functions, name) && !arguments.empty()) {
      *arguments[0] = met(std::move(*arguments[0]), catalog_type("regclass"), Meeting::Comparison);
    }
    if (is_one_of(search_functions, name) && arguments.size() == 2) {
      *arguments[0] = met(std::move(*arguments[0]), catalog_type("regconfig"), Meeting::Comparison);
      *arguments[1] = as_text(std::move(*arguments[1]));
    }
    return term;
  }

  /// CURRENT_TIMESTAMP without a precision is now().
  static Term value_function(Term term) {
    const bool is_now = value(term, "op") == "SVFOP_CURRENT_TIMESTAMP";
    return is_now ? make_call("now") : term;
  }

  Term expression(Term term) const {
    drop_catalog(term, "name");
    const std::string kind{value(term, "kind")};
    Term* left = child(term, "lexpr");
    Term* right = child(term, "rexpr");
    if (left == nullptr || right == nullptr) return term;
    if (kind == "AEXPR_LIKE" || kind == "AEXPR_ILIKE" || kind == "AEXPR_SIMILAR")
      child(term, "kind")->value = "AEXPR_OP";
    if (kind == "AEXPR_IN" && right->kind == "List") return any_of(std::move(term), "AEXPR_OP_ANY");
    if (kind == "AEXPR_OP_ANY" || kind == "AEXPR_OP_ALL") return any_of(std::move(term), kind);
    if (kind == "AEXPR_BETWEEN" || kind == "AEXPR_NOT_BETWEEN")
      return between(std::move(term), kind == "AEXPR_BETWEEN");
    if (kind == "AEXPR_BETWEEN_SYM" || kind == "AEXPR_NOT_BETWEEN_SYM") return term;
    meet(operator_name(term), *left, *right);
    return term;
  }

  /// The two sides of an operator, each without the casts that the other implies.
  void meet(const std::string& operation, Term& left, Term& right) const {
    const bool compares = is_one_of(comparisons, operation);
    if (compares || is_one_of(string_operators, operation)) meet_as_strings(left, right);
    if (is_one_of(key_operators, operation)) right = as_text(std::move(right));
    if (operation == "#>" || operation == "#>>" || operation == "?|" || operation == "?&") {
      right = met(std::move(right), {{}, "text", {}, true}, Meeting::Comparison);
    }
    if (compares) meet_typed(left, right, Meeting::Comparison);
    if (operation == "@>" || operation == "<@") meet_containing(left, right);
    if (is_one_of(arithmetics, operation)) meet_typed(left, right, Meeting::Arithmetic);
  }

  void meet_typed(Term& left, Term& right, Meeting meeting) const {
    const auto left_type = is_constant(left) ? std::nullopt : type_of(left);
    const auto right_type = is_constant(right) ? std::nullopt : type_of(right);
    if (left_type) right = met(std::move(right), without_modifiers(*left_type), meeting);
    if (right_type) left = met(std::move(left), without_modifiers(*right_type), meeting);
  }

  /// jsonb and arrays contain things of their own type.
  void meet_containing(Term& left, Term& right) const {
    const auto type = is_constant(left) ? type_of(right) : type_of(left);
    if (type && (type->array || *type == catalog_type("jsonb"))) meet_typed(left, right, Meeting::Comparison);
  }

  /// Both sides are strings, one of them certainly: then all strings are compared as text.
  void meet_as_strings(Term& left, Term& right) const {
    const bool strings = (gives_string(left) || left.kind == "Text") && (gives_string(right) || right.kind == "Text");
    if (!strings || !(gives_string(left) || gives_string(right))) return;
    left = as_text(std::move(left));
    right = as_text(std::move(right));
  }

  bool gives_string(const Term& term) const {
    const auto type = type_of(term);
    return type && is_string(*type);
  }

  /// Where a text is expected: a text constant needs no cast, a varchar is one.
  Term as_text(Term term) const {
    const auto field = term.field;
    if (term.kind == "CollateClause") {
      if (Term* argument = child(term, "arg")) *argument = as_text(std::move(*argument));
      return term;
    }
    if (term.kind == "Cast" && is_string(term.type) && term.type.modifiers.empty()) {
      const Term& inner = term.children.front();
      if (inner.kind == "Text" || (inner.kind == "Column" && gives_string(inner))) {
        Term bare = term.children.front();
        bare.field = field;
        return bare;
      }
    }
    return term;
  }

  /// x IN (…), x = ANY (ARRAY[…]) of constants: one form, the elements in order, each once.
  Term any_of(Term term, std::string_view kind) const {
    Term* left = child(term, "lexpr");
    Term* right = child(term, "rexpr");
    const bool listed = right->kind == "List";
    if (!listed && right->kind != "AArrayExpr") return term;
    std::string operation = operator_name(term);
    if (listed && operation == "<>") kind = "AEXPR_OP_ALL";
    auto elements = children(*right, listed ? "items" : "elements");
    const bool plain =
        std::ranges::all_of(elements, [&](const Term* each) { return means_the_same_in_lists(*left, *each); });
    if (elements.empty() || !plain) return term;
    Term result{"AnyOf", {}, operation + std::string{kind}, {}, {}};
    Term side = *left;
    for (const Term* each : elements) {
      Term element = !listed && each->kind == "Text" ? cast(*each, catalog_type("text")) : *each;
      Term plain_side = side;
      meet(operation, plain_side, element);
      // A cast that stays may decide what the elements beside it are.
      if (element.kind == "Cast") return term;
      element.field = {};
      result.children.push_back(std::move(element));
    }
    std::ranges::sort(result.children, {}, [](const Term& each) { return key(each); });
    const auto repeated = std::ranges::unique(result.children);
    result.children.erase(repeated.begin(), repeated.end());
    side = gives_string(side) ? as_text(std::move(side)) : std::move(side);
    if (result.children.size() == 1) return comparison(operation, std::move(side), std::move(result.children[0]));
    side.field = {};
    result.children.insert(result.children.begin(), std::move(side));
    return result;
  }

  /// A list of IN takes the type of its left side, an array of ANY that of its elements: for reals, decimals differ.
  bool means_the_same_in_lists(const Term& left, const Term& element) const {
    if (!is_constant(element)) return false;
    if (element.kind != "Number" || element.value.find_first_not_of("-0123456789") == std::string::npos) return true;
    const auto type = type_of(left);
    return type && *type != catalog_type("real");
  }

  Term comparison(const std::string& operation, Term left, Term right) const {
    meet(operation, left, right);
    left.field = "lexpr";
    right.field = "rexpr";
    Term name{"String", "name", {}, {}, {{{}, "sval", operation, {}, {}}}};
    return {
        "AExpr", {}, {}, {}, {{{}, "kind", "AEXPR_OP", {}, {}}, std::move(name), std::move(left), std::move(right)}};
  }

  /// x >= low AND x <= high, as the server has it.
  Term between(Term term, bool inside_range) const {
    auto bounds = children(*child(term, "rexpr"), "items");
    if (bounds.size() != 2) return term;
    const Term side = *child(term, "lexpr");
    Term low = comparison(inside_range ? ">=" : "<", side, std::move(*bounds[0]));
    Term high = comparison(inside_range ? "<=" : ">", side, std::move(*bounds[1]));
    low.field = high.field = "args";
    Term both{"BoolExpr", {}, {}, {}, {{{}, "boolop", inside_range ? "AND_EXPR" : "OR_EXPR", {}, {}}}};
    both.children.push_back(std::move(low));
    both.children.push_back(std::move(high));
    return both;
  }

  /// a AND (b AND c) is a AND b AND c.
  static Term flattened(Term term) {
    const std::string operation{value(term, "boolop")};
    if (operation == "NOT_EXPR") return term;
    std::vector<Term> flat;
    for (Term& each : term.children) {
      const bool same = each.kind == "BoolExpr" && value(each, "boolop") == operation;
      if (!same) {
        flat.push_back(std::move(each));
        continue;
      }
      for (Term& inner : each.children) {
        if (inner.field == "args") flat.push_back(std::move(inner));
      }
    }
    term.children = std::move(flat);
    return term;
  }

  /// Constants take the type of the others, where those agree.
  void meet_each_other(const std::vector<Term*>& terms) const {
    std::optional<TypeName> common;
    if (std::ranges::all_of(terms, [](const Term* each) { return is_text_constant(*each); }))
      common = catalog_type("text");
    for (const Term* each : terms) {
      if (is_constant(*each)) continue;
      const auto type = type_of(*each);
      if (!type || (common && without_modifiers(*type) != *common)) return;
      common = without_modifiers(*type);
    }
    if (!common || is_numeric(*common)) return;
    for (Term* each : terms) {
      if (is_constant(*each)) *each = met(std::move(*each), *common, Meeting::Comparison);
    }
  }

  Term with_common_type(Term term) const {
    meet_each_other(children(term, "args"));
    return term;
  }

  /// Without ELSE it is ELSE NULL.
  Term case_expression(Term term) const {
    std::vector<Term*> results;
    for (Term* each : children(term, "args")) {
      if (Term* result = child(*each, "result")) results.push_back(result);
    }
    if (Term* otherwise = child(term, "defresult")) results.push_back(otherwise);
    meet_each_other(results);
    const Term* otherwise = child(term, "defresult");
    const bool null = otherwise != nullptr && (otherwise->kind == "Null" ||
                                               (otherwise->kind == "Cast" && otherwise->children[0].kind == "Null"));
    if (null && results.size() > 1) erase(term, "defresult");
    return term;
  }

  /// The names of a sub-select's results are seen by nobody, unless it sorts or groups by them.
  static Term sub_select(Term term) {
    Term* select = child(term, "subselect");
    if (select == nullptr || select->kind != "SelectStmt") return term;
    const Term* operation = child(term, "oper_name");
    if (operation != nullptr && value(term, "sub_link_type") == "ANY_SUBLINK" && value(*operation, "sval") == "=") {
      erase(term, "oper_name");
      select = child(term, "subselect");
    }
    if (child(*select, "sort_clause") != nullptr || child(*select, "group_clause") != nullptr) return term;
    for (Term* target : children(*select, "target_list")) erase(*target, "name");
    return term;
  }

  std::optional<TypeName> type_of(const Term& term) const {
    if (term.kind == "Cast") return term.type;
    if (term.kind == "Column") return column_type(term.value);
    if (term.kind == "Truth") return catalog_type("boolean");
    if (term.kind == "CollateClause") {
      const Term* argument = child(term, "arg");
      return argument == nullptr ? std::nullopt : type_of(*argument);
    }
    if (term.kind == "FuncCall") {
      const std::string name = function_name(term);
      if (std::ranges::binary_search(functions_that_give_text, name)) {
        // Some of them exist for ranges and bytes too.
        const Term* argument = child(term, "args");
        const bool of_text = argument != nullptr && (argument->kind == "Text" || gives_string(*argument));
        return of_text ? std::optional{catalog_type("text")} : std::nullopt;
      }
      if (name == "now") return catalog_type("timestamp with time zone");
      if (name == "char_length" || name == "character_length") return catalog_type("integer");
    }
    if (term.kind == "AExpr") return type_of_expression(term);
    return std::nullopt;
  }

  std::optional<TypeName> type_of_expression(const Term& term) const {
    const std::string operation = operator_name(term);
    const Term* left = child(term, "lexpr");
    const Term* right = child(term, "rexpr");
    if (left == nullptr || right == nullptr) return std::nullopt;
    if (value(term, "kind") == "AEXPR_NULLIF")
      return gives_string(*left) ? std::optional{catalog_type("text")} : std::nullopt;
    if (value(term, "kind") != "AEXPR_OP") return std::nullopt;
    if (operation == "->>" || operation == "#>>") return catalog_type("text");
    if (operation == "||" && (gives_string(*left) || gives_string(*right))) return catalog_type("text");
    if (!is_one_of(arithmetics, operation)) return std::nullopt;
    const auto one = type_of(*left);
    const auto other = type_of(*right);
    return number_type(one, left->kind == "Number", other, right->kind == "Number");
  }

  /// What arithmetic of two numbers gives: that of equal types is of their type, and so is numeric, double precision
  /// or integer with a number that is written out.
  static std::optional<TypeName> number_type(const std::optional<TypeName>& one, bool one_is_number,
                                             const std::optional<TypeName>& other, bool other_is_number) {
    if (one && other) {
      const bool same = without_modifiers(*one) == without_modifiers(*other) && is_numeric(*one);
      return same ? std::optional{without_modifiers(*one)} : std::nullopt;
    }
    const auto& typed = one ? one : other;
    if (!typed || !(one ? other_is_number : one_is_number)) return std::nullopt;
    const bool widest =
        *typed == catalog_type("double precision") || without_modifiers(*typed) == catalog_type("numeric");
    return widest ? std::optional{without_modifiers(*typed)} : std::nullopt;
  }

  std::optional<TypeName> column_type(const std::string& name) const {
    if (context_.columns == nullptr) return std::nullopt;
    const auto found = std::ranges::find(*context_.columns, name, [](const auto& each) { return each.name.text; });
    return found == context_.columns->end() ? std::nullopt : std::optional{found->type};
  }

  const Context& context_;
};

}  // namespace

Term normal(Term term, const Context& context) {
  const Normalizer normalizer{context};
  return normalizer.assigned(normalizer.normal(std::move(term), false));
}

}  // namespace sql
