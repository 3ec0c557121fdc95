#include "sql/term.h"

#include <algorithm>

#include "base/text.h"
#include "sql/type_name.h"

namespace sql {
namespace {

Term constant(const Node& node) {
  if (const Node* number = child(node, "ival")) {
    const auto digits = value(*number, "ival");
    return make_number(digits.empty() ? "0" : std::string{digits});
  }
  if (const Node* number = child(node, "fval")) return make_number(std::string{value(*number, "fval")});
  if (const Node* text = child(node, "sval")) return make_text(std::string{value(*text, "sval")});
  if (const Node* truth = child(node, "boolval")) return make_truth(!value(*truth, "boolval").empty());
  if (const Node* bits = child(node, "bsval")) return {"Bits", {}, std::string{value(*bits, "bsval")}, {}, {}};
  return {"Null", {}, {}, {}, {}};
}

Term generic(const Node& node) {
  Term result{node.kind, {}, node.value, {}, {}};
  for (const Node& each : node.children) result.children.push_back(term(each));
  return result;
}

Term cast(const Node& node) {
  const Node* argument = child(node, "arg");
  const Node* type_name = child(node, "type_name");
  const auto type = type_name == nullptr ? std::nullopt : canonical_type(*type_name);
  if (argument == nullptr || !type) return generic(node);
  Term result{"Cast", {}, {}, *type, {term(*argument)}};
  result.children.front().field = {};
  return result;
}

std::string joined_names(const Term& term, std::string_view field) {
  std::vector<std::string> names;
  for (const Term& each : term.children) {
    if (each.field == field) names.emplace_back(value(each, "sval"));
  }
  if (names.size() > 1 && names.front() == "pg_catalog") names.erase(names.begin());
  return base::joined(names, ".");
}

}  // namespace

Term make_text(std::string text) { return {"Text", {}, std::move(text), {}, {}}; }
Term make_number(std::string number) { return {"Number", {}, std::move(number), {}, {}}; }
Term make_truth(bool truth) { return {"Truth", {}, truth ? "true" : "false", {}, {}}; }

Term make_call(std::string function) {
  Term name{"String", "funcname", {}, {}, {{{}, "sval", std::move(function), {}, {}}}};
  return {"FuncCall", {}, {}, {}, {std::move(name)}};
}

Term term(const Node& node) {
  Term result = node.kind == "AConst" ? constant(node) : node.kind == "TypeCast" ? cast(node) : generic(node);
  result.field = node.field;
  return result;
}

Term* child(Term& term, std::string_view field) {
  const auto found = std::ranges::find(term.children, field, &Term::field);
  return found == term.children.end() ? nullptr : &*found;
}

const Term* child(const Term& term, std::string_view field) {
  const auto found = std::ranges::find(term.children, field, &Term::field);
  return found == term.children.end() ? nullptr : &*found;
}

std::vector<Term*> children(Term& term, std::string_view field) {
  std::vector<Term*> found;
  for (Term& each : term.children) {
    if (each.field == field) found.push_back(&each);
  }
  return found;
}

std::string_view value(const Term& term, std::string_view field) {
  const Term* found = child(term, field);
  return found == nullptr ? std::string_view{} : found->value;
}

void erase(Term& term, std::string_view field) {
  std::erase_if(term.children, [&](const Term& each) { return each.field == field; });
}

std::string function_name(const Term& call) { return joined_names(call, "funcname"); }
std::string operator_name(const Term& expression) { return joined_names(expression, "name"); }

std::string key(const Term& term) {
  const auto sized = [](std::string_view text) { return std::to_string(text.size()) + ":" + std::string{text}; };
  std::string result = "(" + sized(term.kind) + sized(term.field) + sized(term.value);
  result +=
      sized(term.type.schema) + sized(term.type.name) + sized(term.type.modifiers) + (term.type.array ? "[]" : "");
  for (const Term& each : term.children) result += key(each);
  return result + ")";
}

}  // namespace sql
