#include <string>

#include "python/evaluation/evaluator.h"

/// Subscripted types: list[int], Optional[X], X | Y, Annotated[…], Literal[…].
namespace python {

namespace {

std::string_view special_name(Value type) {
  const auto* external = type.as<External>();
  return external ? std::string_view(external->qualified_name) : std::string_view();
}

Value none_type(Interpreter& in) { return in.builtin_class("NoneType"); }

void add_once(Interpreter& in, std::vector<Value>& members, Value member) {
  for (const Value other : members)
    if (in.same(other, member)) return;
  members.push_back(member);
}

void add_members(Interpreter& in, std::vector<Value>& members, Value member) {
  if (member.is_none()) member = none_type(in);
  const auto* generic = member.as<Generic>();
  if (!generic || special_name(generic->origin) != "typing.Union") return add_once(in, members, member);
  for (const Value inner : generic->arguments) add_once(in, members, inner);
}

Outcome made(Interpreter& in, Value origin, std::vector<Value> arguments) {
  auto* generic = in.make<Generic>(origin, std::move(arguments));
  generic->location = in.here();
  return generic;
}

/// Annotated[Annotated[X, a], b] is Annotated[X, a, b].
Outcome annotated(Interpreter& in, Value origin, std::vector<Value> arguments) {
  if (arguments.empty()) return in.raise("TypeError", "Annotated[...] should be used with at least two arguments");
  const auto* inner = arguments[0].as<Generic>();
  if (inner && special_name(inner->origin) == "typing.Annotated") {
    std::vector<Value> flat = inner->arguments;
    flat.insert(flat.end(), arguments.begin() + 1, arguments.end());
    arguments = std::move(flat);
  }
  return made(in, origin, std::move(arguments));
}

Outcome literal(Interpreter& in, Value origin, const std::vector<Value>& arguments) {
  std::vector<Value> flat;
  for (const Value argument : arguments) {
    const auto* inner = argument.as<Generic>();
    if (inner && special_name(inner->origin) == "typing.Literal") {
      for (const Value value : inner->arguments) add_once(in, flat, value);
    } else {
      add_once(in, flat, argument);
    }
  }
  return made(in, origin, std::move(flat));
}

}  // namespace

bool is_type_like(Value value) {
  switch (value.kind()) {
    case Kind::None:
    case Kind::Class:
    case Kind::Generic:
    case Kind::TypeVariable:
    case Kind::NewType:
    case Kind::TypeAlias:
    case Kind::External:
    case Kind::Str:
      return true;
    default:
      return false;
  }
}

Outcome union_of(Interpreter& in, const std::vector<Value>& members) {
  std::vector<Value> flat;
  for (const Value member : members) add_members(in, flat, member);
  if (flat.size() == 1) return flat[0];
  return made(in, in.external("typing.Union"), std::move(flat));
}

Outcome subscript_type(Interpreter& in, Value type, Value index) {
  const auto* tuple = index.as<Tuple>();
  std::vector<Value> arguments = tuple ? tuple->items : std::vector<Value>{index};
  const std::string_view name = special_name(type);
  if (name == "typing.Optional") return union_of(in, {index, Value()});
  if (name == "typing.Union") return union_of(in, arguments);
  if (name == "typing.Annotated") return annotated(in, type, std::move(arguments));
  if (name == "typing.Literal") return literal(in, type, arguments);
  return made(in, type, std::move(arguments));
}

}  // namespace python
