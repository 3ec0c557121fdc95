#include <algorithm>

#include "python/library/regular_expression.h"
#include "python/library/support.h"
#include "python/library/texts.h"

/// What the source of the module `re` needs: searching.
namespace python::library {

namespace {

/// A compiled pattern that Python code holds in its hands.
class Compiled : public HostObject {
 public:
  explicit Compiled(RegularExpression expression) : expression_(std::move(expression)) {}
  std::string_view type_name() const override { return "re._Compiled"; }
  const RegularExpression& expression() const { return expression_; }

 private:
  RegularExpression expression_;
};

Outcome compile(Interpreter& in, Arguments& a) {
  const auto pattern = text_argument(in, a, 0, "pattern");
  const auto flags = integer_argument(in, a, 1, "flags");
  if (!pattern || !flags) return raised;
  auto compiled = RegularExpression::compiled(decoded_text(*pattern), static_cast<unsigned>(*flags));
  if (!compiled) return in.raise("ValueError", compiled.error());
  in.state().bytes += pattern->size() * 64;
  return in.make<Compiled>(std::move(*compiled));
}

const RegularExpression* expression_of(Value value) {
  const auto* compiled = dynamic_cast<const Compiled*>(value.object());
  return compiled ? &compiled->expression() : nullptr;
}

/// search(compiled, text, position, mode): None, or a tuple with begin and end of each group in turn.
Outcome search(Interpreter& in, Arguments& a) {
  const RegularExpression* expression = expression_of(value_argument(a, 0, "compiled"));
  const auto text = text_argument(in, a, 1, "text");
  const auto from = integer_argument(in, a, 2, "position");
  const auto mode = integer_argument(in, a, 3, "mode");
  if (!expression || !text || !from || !mode) return raised;
  bool exhausted = false;
  const std::u32string characters = decoded_text(*text);
  if (!in.spend(characters.size() / 8 + 1)) return raised;
  const auto found = expression->match(characters, static_cast<std::size_t>(std::max<std::int64_t>(*from, 0)),
                                       static_cast<RegularExpression::Mode>(*mode), exhausted);
  if (exhausted) return in.unknown("the regular expression takes too many steps");
  if (!found) return Value();
  std::vector<Value> places;
  for (const std::int64_t place : *found) places.push_back(in.integer(place));
  return in.tuple(std::move(places));
}

Outcome group_names(Interpreter& in, Arguments& a) {
  const RegularExpression* expression = expression_of(value_argument(a, 0, "compiled"));
  Dict* names = in.dict();
  if (expression)
    for (const auto& [name, number] : expression->group_names())
      in.set(*names, name, in.integer(static_cast<std::int64_t>(number)));
  return names;
}

Outcome group_count(Interpreter& in, Arguments& a) {
  const RegularExpression* expression = expression_of(value_argument(a, 0, "compiled"));
  return in.integer(expression ? static_cast<std::int64_t>(expression->group_count()) - 1 : 0);
}

constexpr Entry functions[] = {
    {"compile", compile}, {"search", search}, {"group_names", group_names}, {"group_count", group_count}};

}  // namespace

void set_up_regular_expressions(Interpreter& in, Module& module) {
  add(in, *module.attributes, "_regular_expressions", functions);
}

}  // namespace python::library
