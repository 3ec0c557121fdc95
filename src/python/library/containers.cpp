#include <algorithm>
#include <string>

#include "python/evaluation/iterator.h"
#include "python/library/support.h"

/// The methods of list, tuple, dict, set, range and iterators. What meets an unknown becomes incomplete.
namespace python::library {

namespace {

template <class T>
T* self(const Arguments& a) {
  return a.positional.empty() ? nullptr : plain(a.positional[0]).as<T>();
}

Raised wrong_self(Interpreter& in) { return in.raise("TypeError", "the method needs an object of its type"); }

bool room(Interpreter& in, std::size_t size) {
  in.state().bytes += sizeof(Value);
  if (size < in.state().limits.items) return true;
  (void)in.raise("MemoryError", "the list is too long");
  return false;
}

// list

Outcome append(Interpreter& in, Arguments& a) {
  auto* list = self<List>(a);
  if (!list) return wrong_self(in);
  if (!room(in, list->items.size())) return raised;
  list->items.push_back(value_argument(a, 1, "object"));
  return Value();
}

Outcome extend(Interpreter& in, Arguments& a) {
  auto* list = self<List>(a);
  if (!list) return wrong_self(in);
  const Outcome items = in.items(value_argument(a, 1, "iterable"));
  if (!items) return raised;
  const auto* fresh = items.as<List>();
  if (!fresh) {
    list->incomplete = items.as<Unknown>();
    return Value();
  }
  if (fresh->incomplete) list->incomplete = fresh->incomplete;
  if (!room(in, list->items.size() + fresh->items.size())) return raised;
  list->items.insert(list->items.end(), fresh->items.begin(), fresh->items.end());
  return Value();
}

Outcome insert(Interpreter& in, Arguments& a) {
  auto* list = self<List>(a);
  if (!list) return wrong_self(in);
  if (!room(in, list->items.size())) return raised;
  const auto size = static_cast<std::int64_t>(list->items.size());
  std::int64_t at = integer_of(value_argument(a, 1, "index")).value_or(0);
  if (at < 0) at += size;
  list->items.insert(list->items.begin() + std::clamp<std::int64_t>(at, 0, size), value_argument(a, 2, "object"));
  return Value();
}

Outcome pop_item(Interpreter& in, Arguments& a) {
  auto* list = self<List>(a);
  if (!list) return wrong_self(in);
  const auto size = static_cast<std::int64_t>(list->items.size());
  std::int64_t at = integer_of(value_argument(a, 1, "index")).value_or(-1);
  if (at < 0) at += size;
  if (at < 0 || at >= size) {
    if (list->incomplete) return derived(in, *list->incomplete);
    return in.raise("IndexError", size ? "pop index out of range" : "pop from empty list");
  }
  const Value item = list->items[static_cast<std::size_t>(at)];
  list->items.erase(list->items.begin() + at);
  return item;
}

std::optional<std::size_t> place_of(Interpreter& in, const std::vector<Value>& items, Value wanted) {
  for (std::size_t at = 0; at < items.size(); ++at)
    if (items[at] == wanted || in.equal(items[at], wanted)) return at;
  return {};
}

Outcome remove(Interpreter& in, Arguments& a) {
  auto* list = self<List>(a);
  if (!list) return wrong_self(in);
  const auto at = place_of(in, list->items, value_argument(a, 1, "value"));
  if (!at)
    return list->incomplete ? Outcome(Value()) : Outcome(in.raise("ValueError", "list.remove(x): x not in list"));
  list->items.erase(list->items.begin() + static_cast<std::ptrdiff_t>(*at));
  return Value();
}

Outcome list_clear(Interpreter& in, Arguments& a) {
  auto* list = self<List>(a);
  if (!list) return wrong_self(in);
  list->items.clear();
  list->incomplete = nullptr;
  return Value();
}

Outcome list_copy(Interpreter& in, Arguments& a) { return in.items(value_argument(a, 0, "self")); }

Outcome list_reverse(Interpreter& in, Arguments& a) {
  auto* list = self<List>(a);
  if (!list) return wrong_self(in);
  std::reverse(list->items.begin(), list->items.end());
  return Value();
}

Outcome list_sort(Interpreter& in, Arguments& a) {
  auto* list = self<List>(a);
  if (!list) return wrong_self(in);
  const Value* reverse = a.keyword("reverse");
  const Value* key = a.keyword("key");
  std::vector<Value> items = list->items;
  const Outcome done = sort_items(in, items, key ? *key : Value(), reverse && in.is_true(*reverse));
  if (!done) return raised;
  if (const auto* unknown = done.as<Unknown>()) {
    list->incomplete = unknown;
  } else {
    list->items = std::move(items);
  }
  return Value();
}

Outcome items_index(Interpreter& in, Arguments& a) {
  const auto* items = a.positional.empty() ? nullptr : sequence_items(a.positional[0]);
  if (!items) return wrong_self(in);
  const auto at = place_of(in, std::vector<Value>(*items), value_argument(a, 1, "value"));
  return at ? Outcome(in.integer(static_cast<std::int64_t>(*at)))
            : Outcome(in.raise("ValueError", in.shown(value_argument(a, 1, "value")) + " is not in the sequence"));
}

Outcome items_count(Interpreter& in, Arguments& a) {
  std::int64_t count = 0;
  const Value wanted = value_argument(a, 1, "value");
  const Outcome end = in.iterate(value_argument(a, 0, "self"), [&](Value item) -> Outcome {
    count += item == wanted || in.equal(item, wanted);
    return absent;
  });
  return end.is_absent() ? Outcome(in.integer(count)) : end;
}

Outcome list_new(Interpreter& in, Arguments& a) {
  const Value* iterable = a.at(1);
  return iterable ? in.items(*iterable) : Outcome(in.list());
}

Outcome list_init(Interpreter& in, Arguments& a) {
  auto* list = self<List>(a);
  if (!list || !a.at(1)) return Value();
  const Outcome items = in.items(*a.at(1));
  if (!items) return raised;
  if (const auto* fresh = items.as<List>()) {
    list->items = fresh->items;
    list->incomplete = fresh->incomplete;
  } else {
    list->incomplete = items.as<Unknown>();
  }
  return Value();
}

Outcome tuple_new(Interpreter& in, Arguments& a) {
  if (!a.at(1)) return in.tuple({});
  if (a.at(1)->as<Tuple>()) return *a.at(1);
  const Outcome items = in.items(*a.at(1));
  const auto* list = items.as<List>();
  if (!list) return items;
  return list->incomplete ? Outcome(derived(in, *list->incomplete)) : Outcome(in.tuple(list->items));
}

constexpr Entry list_methods[] = {
    {"append", append, true},  {"extend", extend, true},    {"insert", insert, true},  {"pop", pop_item, true},
    {"remove", remove, true},  {"clear", list_clear, true}, {"copy", list_copy, true}, {"reverse", list_reverse, true},
    {"sort", list_sort, true}, {"index", items_index},      {"count", items_count},    {"__init__", list_init, true},
};
constexpr Entry tuple_methods[] = {{"index", items_index}, {"count", items_count}};

// dict

bool update_from(Interpreter& in, Dict& dict, Value source) {
  if (const auto* unknown = source.as<Unknown>()) {
    dict.incomplete = unknown;
    return true;
  }
  if (const auto* other = plain(source).as<Dict>()) {
    if (other->incomplete) dict.incomplete = other->incomplete;
    for (const auto& entry : std::vector<Table::Entry>(other->table.entries()))
      if (!in.set(dict.table, entry.key, entry.value)) return false;
    return true;
  }
  const Outcome keys = in.find_attribute(source, "keys");
  if (keys.is_raised()) return false;
  if (keys) {
    const Outcome names = in.call(*keys);
    if (!names) return false;
    const Outcome end = in.iterate(*names, [&](Value key) -> Outcome {
      const Outcome value = in.subscript(source, key);
      return value && in.set(dict.table, key, *value) ? Outcome(absent) : Outcome(raised);
    });
    if (end.as<Unknown>()) dict.incomplete = end.as<Unknown>();
    return !end.is_raised();
  }
  const Outcome end = in.iterate(source, [&](Value pair) -> Outcome {
    const Outcome parts = in.items(pair);
    const auto* list = parts.as<List>();
    if (!list) {
      dict.incomplete = parts.as<Unknown>();
      return parts ? Outcome(absent) : Outcome(raised);
    }
    if (list->items.size() != 2)
      return in.raise("ValueError", "dictionary update sequence element has the wrong length; 2 is required");
    if (list->items[0].is_unknown()) {
      dict.incomplete = list->items[0].as<Unknown>();
      return absent;
    }
    return in.set(dict.table, list->items[0], list->items[1]) ? Outcome(absent) : Outcome(raised);
  });
  if (end.as<Unknown>()) dict.incomplete = end.as<Unknown>();
  return !end.is_raised();
}

Outcome fill(Interpreter& in, Dict& dict, const Arguments& a) {
  if (a.at(1) && !update_from(in, dict, *a.at(1))) return raised;
  for (const auto& [name, value] : a.keywords) in.set(dict, name, value);
  if (a.unknown_keywords) dict.incomplete = a.unknown_keywords;
  return Value();
}

Outcome update(Interpreter& in, Arguments& a) {
  auto* dict = self<Dict>(a);
  return dict ? fill(in, *dict, a) : Outcome(wrong_self(in));
}

Outcome dict_new(Interpreter& in, Arguments& a) {
  Dict* dict = in.dict();
  return fill(in, *dict, a) ? Outcome(dict) : Outcome(raised);
}

Outcome get(Interpreter& in, Arguments& a) {
  auto* dict = self<Dict>(a);
  if (!dict) return wrong_self(in);
  const Value key = value_argument(a, 1, "key");
  if (const auto* unknown = key.as<Unknown>()) return derived(in, *unknown);
  if (Value* found = in.find(dict->table, key)) return *found;
  return dict->incomplete ? Outcome(derived(in, *dict->incomplete)) : Outcome(value_argument(a, 2, "default"));
}

Outcome setdefault(Interpreter& in, Arguments& a) {
  auto* dict = self<Dict>(a);
  if (!dict) return wrong_self(in);
  const Value key = value_argument(a, 1, "key"), otherwise = value_argument(a, 2, "default");
  if (const auto* unknown = key.as<Unknown>()) {
    dict->incomplete = unknown;
    return key;
  }
  if (Value* found = in.find(dict->table, key)) return *found;
  return in.set(dict->table, key, otherwise) ? Outcome(otherwise) : Outcome(raised);
}

Outcome pop_key(Interpreter& in, Arguments& a) {
  auto* dict = self<Dict>(a);
  if (!dict) return wrong_self(in);
  const Value key = value_argument(a, 1, "key");
  if (const auto* unknown = key.as<Unknown>()) return derived(in, *unknown);
  if (const Value* found = in.find(dict->table, key)) {
    const Value value = *found;
    dict->table.erase(dict->table.position_of(found));
    return value;
  }
  if (dict->incomplete) return derived(in, *dict->incomplete);
  if (const Value* otherwise = a.at(2)) return *otherwise;
  return in.subscript(dict, key);
}

Outcome popitem(Interpreter& in, Arguments& a) {
  auto* dict = self<Dict>(a);
  if (!dict) return wrong_self(in);
  if (dict->table.empty()) return in.raise("KeyError", "popitem(): dictionary is empty");
  const bool first = a.keyword("last") && !in.is_true(*a.keyword("last"));
  const std::size_t at = first ? 0 : dict->table.size() - 1;
  const Table::Entry entry = dict->table.entries()[at];
  dict->table.erase(at);
  return in.tuple({entry.key, entry.value});
}

enum class Part { Keys, Values, Items };

Outcome parts_of(Interpreter& in, Arguments& a, Part part) {
  const auto* dict = self<Dict>(a);
  if (!dict) return wrong_self(in);
  std::vector<Value> parts;
  for (const auto& entry : dict->table.entries())
    parts.push_back(part == Part::Keys     ? entry.key
                    : part == Part::Values ? entry.value
                                           : in.tuple({entry.key, entry.value}));
  if (part != Part::Keys) {
    List* list = in.list(std::move(parts));
    list->incomplete = dict->incomplete;
    return list;
  }
  auto* keys = in.make<Set>(true);
  keys->incomplete = dict->incomplete;
  for (const auto& entry : dict->table.entries()) keys->table.append(entry.key, {}, entry.hash);
  return keys;
}

Outcome keys(Interpreter& in, Arguments& a) { return parts_of(in, a, Part::Keys); }
Outcome values(Interpreter& in, Arguments& a) { return parts_of(in, a, Part::Values); }
Outcome items(Interpreter& in, Arguments& a) { return parts_of(in, a, Part::Items); }

Outcome dict_clear(Interpreter& in, Arguments& a) {
  auto* dict = self<Dict>(a);
  if (!dict) return wrong_self(in);
  dict->table.clear();
  dict->incomplete = nullptr;
  return Value();
}

Outcome dict_copy(Interpreter& in, Arguments& a) {
  const auto* dict = self<Dict>(a);
  if (!dict) return wrong_self(in);
  Dict* copy = in.dict();
  copy->table = dict->table;
  copy->incomplete = dict->incomplete;
  const auto* instance = a.positional[0].as<Instance>();
  if (!instance) return copy;
  Instance* result = new_instance(in, *instance->type);
  result->attributes->table = instance->attributes->table;
  result->payload = Value(copy);
  return result;
}

Outcome fromkeys(Interpreter& in, Arguments& a) {
  Dict* dict = in.dict();
  const Value value = value_argument(a, 2, "value");
  const Outcome end = in.iterate(value_argument(a, 1, "iterable"), [&](Value key) -> Outcome {
    return in.set(dict->table, key, value) ? Outcome(absent) : Outcome(raised);
  });
  if (end.as<Unknown>()) dict->incomplete = end.as<Unknown>();
  return end.is_raised() ? Outcome(raised) : Outcome(dict);
}

Outcome get_item(Interpreter& in, Arguments& a) {
  const Value holder = value_argument(a, 0, "self"), key = value_argument(a, 1, "key");
  auto* dict = plain(holder).as<Dict>();
  if (dict && !key.is_unknown() && !in.find(dict->table, key))
    if (const Outcome missing = special_method(in, holder, "__missing__"); !missing.is_absent())
      return missing ? in.call(*missing, {key}) : missing;
  return in.subscript(plain(holder), key);
}
Outcome set_item(Interpreter& in, Arguments& a) {
  return in.set_item(plain(value_argument(a, 0, "self")), value_argument(a, 1, "key"), value_argument(a, 2, "value"));
}
Outcome delete_item(Interpreter& in, Arguments& a) {
  return in.delete_item(plain(value_argument(a, 0, "self")), value_argument(a, 1, "key"));
}
Outcome contains(Interpreter& in, Arguments& a) {
  return in.compare(Comparison::In, plain(value_argument(a, 0, "self")), value_argument(a, 1, "key"));
}
Outcome length(Interpreter& in, Arguments& a) { return in.length(plain(value_argument(a, 0, "self"))); }
Outcome iter(Interpreter& in, Arguments& a) { return iterator_of(in, plain(value_argument(a, 0, "self"))); }

constexpr Entry container_methods[] = {{"__getitem__", get_item, true},
                                       {"__contains__", contains, true},
                                       {"__len__", length, true},
                                       {"__iter__", iter, true}};
constexpr Entry mutable_methods[] = {{"__setitem__", set_item, true}, {"__delitem__", delete_item, true}};

constexpr Entry dict_methods[] = {
    {"update", update, true}, {"__init__", update, true}, {"get", get, true},  {"setdefault", setdefault, true},
    {"pop", pop_key, true},   {"popitem", popitem},       {"keys", keys},      {"values", values},
    {"items", items},         {"clear", dict_clear},      {"copy", dict_copy},
};

// set

bool add_all(Interpreter& in, Set& set, Value iterable) {
  const Outcome end = in.iterate(iterable, [&](Value item) -> Outcome {
    if (const auto* unknown = item.as<Unknown>()) {
      set.incomplete = unknown;
      return absent;
    }
    return in.set(set.table, item, {}) ? Outcome(absent) : Outcome(raised);
  });
  if (end.as<Unknown>()) set.incomplete = end.as<Unknown>();
  if (const Unknown* unknown = unknown_within(iterable)) set.incomplete = unknown;
  return !end.is_raised();
}

Outcome made_set(Interpreter& in, Arguments& a, bool frozen) {
  auto* set = in.make<Set>(frozen);
  if (a.at(1) && !add_all(in, *set, *a.at(1))) return raised;
  return set;
}

Outcome set_new(Interpreter& in, Arguments& a) { return made_set(in, a, false); }
Outcome frozenset_new(Interpreter& in, Arguments& a) { return made_set(in, a, true); }

Outcome set_update(Interpreter& in, Arguments& a) {
  auto* set = self<Set>(a);
  if (!set) return wrong_self(in);
  for (std::size_t at = 1; at < a.positional.size(); ++at)
    if (!add_all(in, *set, a.positional[at])) return raised;
  return Value();
}

Outcome set_add(Interpreter& in, Arguments& a) {
  auto* set = self<Set>(a);
  if (!set) return wrong_self(in);
  const Value item = value_argument(a, 1, "element");
  if (const auto* unknown = item.as<Unknown>()) {
    set->incomplete = unknown;
    return Value();
  }
  return in.set(set->table, item, {});
}

Outcome discard(Interpreter& in, Arguments& a) {
  auto* set = self<Set>(a);
  if (!set) return wrong_self(in);
  if (const Value* found = in.find(set->table, value_argument(a, 1, "element")))
    set->table.erase(set->table.position_of(found));
  return Value();
}

Outcome set_remove(Interpreter& in, Arguments& a) {
  auto* set = self<Set>(a);
  if (!set) return wrong_self(in);
  const Value item = value_argument(a, 1, "element");
  if (!in.find(set->table, item) && !set->incomplete) return in.raise("KeyError", in.shown(item));
  return discard(in, a);
}

Outcome set_pop(Interpreter& in, Arguments& a) {
  auto* set = self<Set>(a);
  if (!set) return wrong_self(in);
  if (set->incomplete) return derived(in, *set->incomplete);
  if (set->table.empty()) return in.raise("KeyError", "pop from an empty set");
  if (set->table.size() > 1) return in.unknown("which element a set gives first is known only to the running program");
  const Value item = set->table.entries()[0].key;
  set->table.clear();
  return item;
}

Outcome set_clear(Interpreter& in, Arguments& a) {
  auto* set = self<Set>(a);
  if (!set) return wrong_self(in);
  set->table.clear();
  set->incomplete = nullptr;
  return Value();
}

Outcome combined(Interpreter& in, Arguments& a, Binary op) {
  Outcome result = plain(value_argument(a, 0, "self"));
  for (std::size_t at = 1; at < a.positional.size() && result; ++at) {
    auto* other = in.make<Set>();
    if (!add_all(in, *other, a.positional[at])) return raised;
    result = in.binary(op, *result, other);
  }
  if (!result || a.positional.size() > 1) return result;
  auto* copy = in.make<Set>(self<Set>(a)->frozen);
  copy->table = self<Set>(a)->table;
  return copy;
}

Outcome union_(Interpreter& in, Arguments& a) { return combined(in, a, Binary::BitOr); }
Outcome intersection(Interpreter& in, Arguments& a) { return combined(in, a, Binary::BitAnd); }
Outcome difference(Interpreter& in, Arguments& a) { return combined(in, a, Binary::Sub); }
Outcome symmetric_difference(Interpreter& in, Arguments& a) { return combined(in, a, Binary::BitXor); }

Outcome relation(Interpreter& in, Arguments& a, Comparison op) {
  auto* other = in.make<Set>();
  if (!add_all(in, *other, value_argument(a, 1, "other"))) return raised;
  return in.compare(op, plain(value_argument(a, 0, "self")), other);
}

Outcome issubset(Interpreter& in, Arguments& a) { return relation(in, a, Comparison::LtE); }
Outcome issuperset(Interpreter& in, Arguments& a) { return relation(in, a, Comparison::GtE); }

Outcome isdisjoint(Interpreter& in, Arguments& a) {
  const Outcome shared = intersection(in, a);
  const auto* set = shared.as<Set>();
  return set ? Outcome(in.boolean(set->table.empty())) : shared;
}

constexpr Entry set_methods[] = {
    {"union", union_},          {"intersection", intersection},
    {"difference", difference}, {"symmetric_difference", symmetric_difference},
    {"issubset", issubset},     {"issuperset", issuperset},
    {"isdisjoint", isdisjoint}, {"copy", union_},
};
constexpr Entry mutable_set_methods[] = {
    {"add", set_add, true},     {"discard", discard, true},   {"remove", set_remove},        {"pop", set_pop, true},
    {"clear", set_clear, true}, {"update", set_update, true}, {"__init__", set_update, true}};

// range, slice, iterators

Outcome range_new(Interpreter& in, Arguments& a) {
  const bool one = a.positional.size() == 2;
  const auto start = one ? std::optional<std::int64_t>(0) : integer_argument(in, a, 1, "start");
  const auto stop = integer_argument(in, a, one ? 1 : 2, "stop");
  const auto step = a.at(3) ? integer_argument(in, a, 3, "step") : std::optional<std::int64_t>(1);
  if (!start || !stop || !step) return raised;
  if (*step == 0) return in.raise("ValueError", "range() arg 3 must not be zero");
  return in.make<Range>(*start, *stop, *step);
}

Outcome slice_new(Interpreter& in, Arguments& a) {
  if (a.positional.size() == 2) return in.make<Slice>(Value(), a.positional[1], Value());
  return in.make<Slice>(value_argument(a, 1, "start"), value_argument(a, 2, "stop"), value_argument(a, 3, "step"));
}

Outcome next(Interpreter& in, Arguments& a) {
  auto* iterator = value_argument(a, 0, "self").as<Iterator>();
  if (!iterator) return wrong_self(in);
  const Outcome item = iterator->next(in);
  return item.is_absent() ? Outcome(in.raise("StopIteration", "")) : item;
}

Outcome send(Interpreter& in, Arguments& a) { return next(in, a); }
Outcome close(Interpreter&, Arguments&) { return Value(); }
Outcome itself(Interpreter&, Arguments& a) { return value_argument(a, 0, "self"); }

constexpr Entry iterator_methods[] = {
    {"__next__", next, true}, {"__iter__", itself, true}, {"send", send, true}, {"close", close, true}};

}  // namespace

void add_sequence_methods(Interpreter& in) {
  Class& list = *in.builtin_class("list");
  add(in, *list.attributes, "list", list_methods);
  add(in, *list.attributes, "list", container_methods);
  add(in, *list.attributes, "list", mutable_methods);
  set_maker(in, list, list_new, true);
  Class& tuple = *in.builtin_class("tuple");
  add(in, *tuple.attributes, "tuple", tuple_methods);
  add(in, *tuple.attributes, "tuple", container_methods);
  set_maker(in, tuple, tuple_new);
  set_maker(in, *in.builtin_class("range"), range_new);
  add(in, *in.builtin_class("range")->attributes, "range", tuple_methods);
  set_maker(in, *in.builtin_class("slice"), slice_new);
}

void add_dict_methods(Interpreter& in) {
  Class& dict = *in.builtin_class("dict");
  add(in, *dict.attributes, "dict", dict_methods);
  add(in, *dict.attributes, "dict", container_methods);
  add(in, *dict.attributes, "dict", mutable_methods);
  in.set(*dict.attributes, "fromkeys", in.make<ClassMethod>(function(in, "dict.fromkeys", fromkeys, true)));
  set_maker(in, dict, dict_new, true);
}

void add_set_methods(Interpreter& in) {
  for (const std::string_view name : {"set", "frozenset"}) {
    Dict& attributes = *in.builtin_class(name)->attributes;
    add(in, attributes, name, set_methods);
    add(in, attributes, name, container_methods);
  }
  add(in, *in.builtin_class("set")->attributes, "set", mutable_set_methods);
  set_maker(in, *in.builtin_class("set"), set_new, true);
  set_maker(in, *in.builtin_class("frozenset"), frozenset_new);
}

void add_iterator_methods(Interpreter& in) {
  add(in, *in.builtin_class("types.GeneratorType")->attributes, "generator", iterator_methods);
}

}  // namespace python::library
