#include <algorithm>
#include <string>

#include "python/library/support.h"
#include "python/library/texts.h"

/// Enumerations: https://docs.python.org/3/library/enum.html
namespace python::library {

namespace {

bool is_dunder(std::string_view name) { return name.size() > 4 && name.starts_with("__") && name.ends_with("__"); }
bool is_sunder(std::string_view name) {
  return name.size() > 2 && name.starts_with('_') && name.ends_with('_') && name[1] != '_';
}

bool is_descriptor(Interpreter& in, Value value) {
  switch (value.kind()) {
    case Kind::Function:
    case Kind::Builtin:
    case Kind::BoundMethod:
    case Kind::Property:
    case Kind::StaticMethod:
    case Kind::ClassMethod:
    case Kind::Class:
      return true;
    case Kind::Instance:
      return in.find_in_mro(*value.as<Instance>()->type, "__get__") != nullptr;
    default:
      return false;
  }
}

bool is_of(Interpreter& in, Value value, std::string_view type) {
  const auto* instance = value.as<Instance>();
  return instance && in.is_subclass_of(instance->type, type);
}

bool is_flag(Interpreter& in, const Class& type) { return in.is_subclass_of(const_cast<Class*>(&type), "enum.Flag"); }

bool may_be_member(Interpreter& in, std::string_view name, Value value) {
  if (is_of(in, value, "enum.member")) return true;
  return !is_dunder(name) && !is_sunder(name) && !name.starts_with("__") && !is_descriptor(in, value) &&
         !is_of(in, value, "enum.nonmember");
}

Value next_plain_value(Interpreter& in, const Class& base, std::string_view name, const std::vector<Value>& values) {
  if (in.is_subclass_of(const_cast<Class*>(&base), "enum.StrEnum")) return in.str(lower(name));
  std::int64_t highest = 0;
  bool any = false;
  for (const Value value : values) {
    const auto number = integer_of(value);
    if (!number) continue;
    highest = any ? std::max(highest, *number) : *number;
    any = true;
  }
  if (!is_flag(in, base)) return in.integer(any ? highest + 1 : 1);
  std::int64_t bit = 1;
  while (bit <= highest && bit < (std::int64_t(1) << 61)) bit <<= 1;
  return in.integer(bit);
}

Outcome next_value(Interpreter& in, Scope& scope, std::string_view name) {
  const Value* own = scope.names->find("_generate_next_value_");
  if (!own) own = in.find_in_mro(*scope.enumeration, "_generate_next_value_");
  if (!own) return next_plain_value(in, *scope.enumeration, name, scope.enum_values);
  const Value function = own->as<StaticMethod>() ? own->as<StaticMethod>()->function : *own;
  const auto count = static_cast<std::int64_t>(scope.enum_values.size());
  return in.call(function, {in.str(name), in.integer(1), in.integer(count), in.list(scope.enum_values)});
}

Outcome without_auto(Interpreter& in, Scope& scope, std::string_view name, Value value) {
  if (is_of(in, value, "enum.auto")) return next_value(in, scope, name);
  const auto* tuple = value.as<Tuple>();
  if (!tuple) return value;
  std::vector<Value> items = tuple->items;
  bool changed = false;
  for (Value& item : items) {
    if (!is_of(in, item, "enum.auto")) continue;
    const Outcome made = next_value(in, scope, name);
    if (!made) return raised;
    item = *made;
    changed = true;
  }
  return changed ? in.tuple(std::move(items)) : value;
}

}  // namespace

Outcome enum_assignment(Interpreter& in, Scope& scope, std::string_view name, Value value) {
  if (!may_be_member(in, name, value)) return value;
  const Outcome made = without_auto(in, scope, name, value);
  if (made) scope.enum_values.push_back(*made);
  return made;
}

bool is_enum_base(const Class& type) { return type.qualified_name == "enum.Enum"; }

namespace {

/// A method that Python code of the enumeration or a mixin defines, not one of built-in types.
const Value* own_method(Interpreter& in, const Class& type, std::string_view name) {
  for (const Value base : type.mro) {
    const auto* known = base.as<Class>();
    if (!known || known->builtin) continue;
    if (const Value* found = known->own(name)) return found;
  }
  (void)in;
  return nullptr;
}

/// The class whose values the members are: str in `class Status(str, Enum)`.
Class* data_type(const Class& type) {
  for (const Value base : type.mro) {
    auto* known = base.as<Class>();
    if (known && known->layout && !known->is_enum && known->builtin && !known->qualified_name.starts_with("enum."))
      return known;
  }
  return nullptr;
}

Outcome new_member(Interpreter& in, Class& type, const std::vector<Value>& arguments) {
  if (const Value* maker = own_method(in, type, "__new__")) {
    const Value function = maker->as<StaticMethod>() ? maker->as<StaticMethod>()->function : *maker;
    std::vector<Value> all = {Value(&type)};
    all.insert(all.end(), arguments.begin(), arguments.end());
    return in.call(function, std::move(all));
  }
  Instance* member = new_instance(in, type);
  Class* mixin = data_type(type);
  if (!mixin) return member;
  const Outcome payload =
      in.call(mixin, mixin->layout == Kind::Tuple ? std::vector<Value>{in.tuple(arguments)} : arguments);
  if (!payload) return raised;
  member->payload = *payload;
  return member;
}

Outcome made_member(Interpreter& in, Class& type, std::string_view name, Value value) {
  const auto* tuple = value.as<Tuple>();
  const std::vector<Value> arguments = tuple ? tuple->items : std::vector<Value>{value};
  const Outcome made = new_member(in, type, arguments);
  auto* member = made.as<Instance>();
  if (!member) return made;
  in.set(*member->attributes, "_name_", in.str(name));
  if (!member->attributes->find("_value_"))
    in.set(*member->attributes, "_value_", member->payload && !tuple ? *member->payload : value);
  if (const Value* init = own_method(in, type, "__init__")) {
    std::vector<Value> all = {Value(member)};
    all.insert(all.end(), arguments.begin(), arguments.end());
    if (!in.call(*init, std::move(all))) return raised;
  }
  return member;
}

Value value_of(const Instance& member) {
  const Value* value = member.attributes->find("_value_");
  return value ? *value : Value();
}

Instance* member_with(Interpreter& in, const Class& type, Value value) {
  const Value* members = type.own("_members_");
  if (!members) return nullptr;
  for (const Value candidate : members->as<List>()->items) {
    auto* member = candidate.as<Instance>();
    const Value own = value_of(*member);
    if (own == value || in.equal(own, value)) return member;
  }
  return nullptr;
}

bool is_canonical(Interpreter& in, const Class& type, const Instance& member) {
  if (!is_flag(in, type)) return true;
  const auto bits = integer_of(value_of(member));
  return bits && *bits > 0 && (*bits & (*bits - 1)) == 0;
}

std::vector<std::string> ignored_names(const Dict& body) {
  std::vector<std::string> names = {"_ignore_"};
  const Value* ignored = body.find("_ignore_");
  if (!ignored) return names;
  if (const auto* items = sequence_items(*ignored)) {
    for (const Value item : *items)
      if (const std::string* name = text_of(item)) names.push_back(*name);
  } else if (const std::string* text = text_of(*ignored)) {
    std::string name;
    for (const char c : *text + " ") {
      if (c != ' ' && c != ',') {
        name += c;
      } else if (!name.empty()) {
        names.push_back(std::exchange(name, {}));
      }
    }
  }
  return names;
}

Outcome add_member(Interpreter& in, Class& type, Dict& map, List& all, List& canonical, std::string_view name,
                   Value value) {
  if (value.is_unknown()) {
    type.incomplete = value.as<Unknown>();
    canonical.incomplete = value.as<Unknown>();
  }
  if (is_of(in, value, "enum.member")) value = *value.as<Instance>()->attributes->find("value");
  const Outcome made = made_member(in, type, name, value);
  auto* member = made.as<Instance>();
  if (!member) return made;
  if (Instance* same = member_with(in, type, value_of(*member))) {
    member = same;
  } else {
    all.items.emplace_back(member);
    if (is_canonical(in, type, *member)) canonical.items.emplace_back(member);
  }
  in.set(map, name, member);
  in.set(*type.attributes, name, member);
  return Value();
}

}  // namespace

Outcome finish_enum(Interpreter& in, Class& type, Dict& body) {
  Dict* map = in.dict();
  List* all = in.list();
  List* canonical = in.list();
  in.set(*type.attributes, "_member_map_", map);
  in.set(*type.attributes, "__members__", map);
  in.set(*type.attributes, "_members_", all);
  in.set(*type.attributes, "_member_list_", canonical);
  if (Value* maker = type.own("_generate_next_value_"); maker && maker->as<Function>())
    *maker = in.make<StaticMethod>(*maker);
  const std::vector<std::string> ignored = ignored_names(body);
  std::vector<std::pair<std::string, Value>> members;
  for (const auto& entry : body.table.entries()) {
    const std::string* name = text_of(entry.key);
    if (!name || std::find(ignored.begin(), ignored.end(), *name) != ignored.end()) continue;
    if (is_of(in, entry.value, "enum.nonmember")) continue;
    if (may_be_member(in, *name, entry.value)) members.emplace_back(*name, entry.value);
  }
  std::vector<Value> names;
  for (const auto& [name, value] : members) {
    if (!add_member(in, type, *map, *all, *canonical, in.intern(name), value)) return raised;
  }
  for (const Value member : canonical->items) names.push_back(*member.as<Instance>()->attributes->find("_name_"));
  in.set(*type.attributes, "_member_names_", in.list(std::move(names)));
  for (auto& entry : type.attributes->table.entries())
    if (is_of(in, entry.value, "enum.nonmember")) entry.value = *entry.value.as<Instance>()->attributes->find("value");
  return Value();
}

namespace {

std::vector<std::string> split_names(const std::string& text) {
  std::vector<std::string> names;
  std::string name;
  for (const char c : text + " ") {
    if (c != ' ' && c != ',' && c != '\n' && c != '\t') {
      name += c;
    } else if (!name.empty()) {
      names.push_back(std::exchange(name, {}));
    }
  }
  return names;
}

/// Enum("Color", "RED GREEN"), Enum("Color", {"RED": 1}), Enum("Color", [("RED", 1)]).
Outcome functional(Interpreter& in, Class& base, Arguments& arguments) {
  Dict* body = in.dict();
  const Value names = value_argument(arguments, 1, "names");
  std::vector<Value> values;
  const std::int64_t start =
      integer_of(arguments.keyword("start") ? *arguments.keyword("start") : in.integer(1)).value_or(1);
  const auto numbered = [&](std::string_view name) {
    const Value value = is_flag(in, base) || in.is_subclass_of(&base, "enum.StrEnum")
                            ? next_plain_value(in, base, name, values)
                            : in.integer(start + static_cast<std::int64_t>(values.size()));
    values.push_back(value);
    in.set(*body, in.intern(name), value);
  };
  if (const std::string* text = text_of(names)) {
    for (const std::string& name : split_names(*text)) numbered(name);
  } else if (const auto* dict = plain(names).as<Dict>()) {
    for (const auto& entry : dict->table.entries())
      if (!in.set(body->table, entry.key, entry.value)) return raised;
    body->incomplete = dict->incomplete;
  } else {
    const Outcome items = in.items(names);
    const auto* list = items.as<List>();
    if (!list) return items;
    for (const Value item : list->items) {
      const auto* pair = sequence_items(item);
      if (const std::string* name = text_of(item)) {
        numbered(*name);
      } else if (pair && pair->size() == 2) {
        if (!in.set(body->table, (*pair)[0], (*pair)[1])) return raised;
      } else if (item.is_unknown()) {
        return item;
      }
    }
    body->incomplete = list->incomplete;
  }
  std::vector<Value> bases = {Value(&base)};
  if (const Value* mixin = arguments.keyword("type"); mixin && !mixin->is_none()) bases.insert(bases.begin(), *mixin);
  Arguments made({arguments.positional[0], in.tuple(std::move(bases)), Value(body)}, arguments.location);
  return new_class(in, base.metaclass, made);
}

std::string flag_name(const Class& type, std::int64_t value) {
  std::string name;
  const Value* members = type.own("_member_list_");
  for (const Value candidate : members->as<List>()->items) {
    const auto bits = integer_of(value_of(*candidate.as<Instance>()));
    if (!bits || (value & *bits) != *bits) continue;
    const std::string* part = text_of(*candidate.as<Instance>()->attributes->find("_name_"));
    name += (name.empty() ? "" : "|") + (part ? *part : "");
  }
  return name;
}

Outcome flag_with(Interpreter& in, Class& type, std::int64_t value) {
  if (Instance* known = member_with(in, type, in.integer(value))) return known;
  Instance* member = new_instance(in, type);
  const std::string name = flag_name(type, value);
  in.set(*member->attributes, "_value_", in.integer(value));
  in.set(*member->attributes, "_name_", name.empty() ? Value() : in.str(name));
  if (data_type(type)) member->payload = in.integer(value);
  return member;
}

}  // namespace

Outcome enum_member(Interpreter& in, Class& type, Arguments& arguments) {
  const Value* members = type.own("_members_");
  const bool empty = !members || members->as<List>()->items.empty();
  if (empty && (arguments.positional.size() > 1 || arguments.keyword("names"))) return functional(in, type, arguments);
  const Value value =
      arguments.positional.size() > 1 ? in.tuple(arguments.positional) : value_argument(arguments, 0, "value");
  if (value.is_unknown()) return derived(in, *value.as<Unknown>());
  if (value.as<Instance>() && value.as<Instance>()->type == &type) return value;
  if (Instance* member = member_with(in, type, value)) return member;
  if (is_flag(in, type))
    if (const auto bits = integer_of(value)) return flag_with(in, type, *bits);
  if (const Value* missing = own_method(in, type, "_missing_")) {
    const Value function = missing->as<ClassMethod>() ? missing->as<ClassMethod>()->function : *missing;
    const Outcome given = in.call(function, {Value(&type), value});
    if (!given || !given.value().is_none()) return given;
  }
  if (type.incomplete) return derived(in, *type.incomplete);
  return in.raise("ValueError", in.shown(value) + " is not a valid " + type.name);
}

namespace {

Outcome member_part(Interpreter& in, Arguments& a, std::string_view part) {
  const auto* member = value_argument(a, 0, "self").as<Instance>();
  const Value* value = member ? member->attributes->find(part) : nullptr;
  return value ? Outcome(*value) : Outcome(in.raise("AttributeError", "the enumeration's member has no value yet"));
}

Outcome member_name(Interpreter& in, Arguments& a) { return member_part(in, a, "_name_"); }
Outcome member_value(Interpreter& in, Arguments& a) { return member_part(in, a, "_value_"); }

void add_property(Interpreter& in, Class& type, std::string_view name, Code getter) {
  auto* property = in.make<Property>();
  property->getter = function(in, "enum.Enum", getter, true);
  in.set(*type.attributes, name, property);
}

Outcome flag_operation(Interpreter& in, Arguments& a, std::int64_t (*compute)(std::int64_t, std::int64_t)) {
  const auto* left = value_argument(a, 0, "self").as<Instance>();
  const Value other = value_argument(a, 1, "other");
  const auto* right = other.as<Instance>();
  const auto first = left ? integer_of(value_of(*left)) : std::nullopt;
  const auto second = right && right->type->is_enum ? integer_of(value_of(*right)) : integer_of(other);
  if (!first || !second)
    return other.is_unknown() ? Outcome(other) : in.attribute(in.state().builtins, "NotImplemented");
  return flag_with(in, *left->type, compute(*first, *second));
}

Outcome flag_or(Interpreter& in, Arguments& a) {
  return flag_operation(in, a, [](std::int64_t x, std::int64_t y) { return x | y; });
}
Outcome flag_and(Interpreter& in, Arguments& a) {
  return flag_operation(in, a, [](std::int64_t x, std::int64_t y) { return x & y; });
}
Outcome flag_xor(Interpreter& in, Arguments& a) {
  return flag_operation(in, a, [](std::int64_t x, std::int64_t y) { return x ^ y; });
}

Outcome flag_invert(Interpreter& in, Arguments& a) {
  const auto* self = value_argument(a, 0, "self").as<Instance>();
  const auto bits = self ? integer_of(value_of(*self)) : std::nullopt;
  if (!bits) return in.raise("TypeError", "bad operand type for unary ~");
  std::int64_t all = 0;
  for (const Value member : self->type->own("_member_list_")->as<List>()->items)
    all |= integer_of(value_of(*member.as<Instance>())).value_or(0);
  return flag_with(in, *self->type, all & ~*bits);
}

Outcome flag_bool(Interpreter& in, Arguments& a) {
  const auto* self = value_argument(a, 0, "self").as<Instance>();
  return in.boolean(self && integer_of(value_of(*self)).value_or(0) != 0);
}

Outcome flag_contains(Interpreter& in, Arguments& a) {
  const auto* self = value_argument(a, 0, "self").as<Instance>();
  const auto* other = value_argument(a, 1, "other").as<Instance>();
  if (!self || !other) return in.raise("TypeError", "unsupported operand type(s) for 'in'");
  const std::int64_t bits = integer_of(value_of(*other)).value_or(0);
  return in.boolean((integer_of(value_of(*self)).value_or(0) & bits) == bits);
}

Outcome flag_iter(Interpreter& in, Arguments& a) {
  const auto* self = value_argument(a, 0, "self").as<Instance>();
  if (!self) return missing_argument(in, "self");
  const std::int64_t bits = integer_of(value_of(*self)).value_or(0);
  std::vector<Value> parts;
  for (const Value member : self->type->own("_member_list_")->as<List>()->items)
    if (integer_of(value_of(*member.as<Instance>())).value_or(0) & bits) parts.push_back(member);
  return iterator_of(in, in.tuple(std::move(parts)));
}

constexpr Entry flag_methods[] = {
    {"__or__", flag_or, true},    {"__ror__", flag_or, true},  {"__and__", flag_and, true},
    {"__rand__", flag_and, true}, {"__xor__", flag_xor, true}, {"__rxor__", flag_xor, true},
    {"__invert__", flag_invert},  {"__bool__", flag_bool},     {"__contains__", flag_contains},
    {"__iter__", flag_iter},
};

Outcome wrapper_init(Interpreter& in, Arguments& a) {
  if (const auto* self = value_argument(a, 0, "self").as<Instance>())
    in.set(*self->attributes, "value", value_argument(a, 1, "value"));
  return Value();
}

constexpr Entry wrapper_methods[] = {{"__init__", wrapper_init, true}};

Outcome same_class(Interpreter&, Arguments& a) { return value_argument(a, 0, "enumeration"); }
Outcome decorator(Interpreter& in, Arguments&) { return function(in, "enum.verify", same_class, true); }

constexpr Entry functions[] = {
    {"unique", same_class, true}, {"global_enum", same_class, true}, {"verify", decorator, true}};

Class& add_enumeration(Interpreter& in, Dict& names, std::string_view qualified_name, std::vector<Value> bases,
                       Class& metaclass) {
  Class& type = add_class(in, names, qualified_name, std::move(bases));
  type.metaclass = &metaclass;
  type.is_enum = true;
  return type;
}

}  // namespace

void set_up_enum(Interpreter& in, Module& module) {
  Dict& names = *module.attributes;
  Class& metaclass = add_class(in, names, "enum.EnumType", {in.state().type_class});
  in.set(names, "EnumMeta", &metaclass);
  Class& base = add_enumeration(in, names, "enum.Enum", {}, metaclass);
  add_property(in, base, "name", member_name);
  add_property(in, base, "value", member_value);
  Class& repr = add_enumeration(in, names, "enum.ReprEnum", {&base}, metaclass);
  add_enumeration(in, names, "enum.IntEnum", {in.builtin_class("int"), &repr}, metaclass);
  add_enumeration(in, names, "enum.StrEnum", {in.builtin_class("str"), &repr}, metaclass);
  Class& flag = add_enumeration(in, names, "enum.Flag", {&base}, metaclass);
  add(in, *flag.attributes, "enum.Flag", flag_methods);
  add_enumeration(in, names, "enum.IntFlag", {in.builtin_class("int"), &repr, &flag}, metaclass);
  for (const std::string_view name : {"enum.auto", "enum.member", "enum.nonmember"})
    add(in, *add_class(in, names, name).attributes, name, wrapper_methods);
  add(in, names, "enum", functions);
  in.set(names, "property", in.builtin_class("property"));
  for (const std::string_view name : {"STRICT", "CONFORM", "EJECT", "KEEP", "UNIQUE", "CONTINUOUS", "NAMED_FLAGS"})
    in.set(names, name, in.str(name));
}

}  // namespace python::library
