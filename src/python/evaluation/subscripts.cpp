#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"
#include "python/evaluation/iterator.h"
#include "python/library/texts.h"

namespace python {

Outcome evaluate_slice(Interpreter& in, Scope& scope, const syntax::Slice& slice) {
  Value parts[3];
  const syntax::Expr* expressions[] = {slice.lower, slice.upper, slice.step};
  for (std::size_t at = 0; at < 3; ++at) {
    if (!expressions[at]) continue;
    const Outcome value = evaluate(in, scope, expressions[at]);
    if (!value) return raised;
    parts[at] = *value;
  }
  return in.make<Slice>(parts[0], parts[1], parts[2]);
}

namespace {

std::optional<std::int64_t> index_of(Interpreter& in, Value value) {
  if (const auto number = integer_of(value)) return number;
  const Outcome method = special_method(in, value, "__index__");
  if (!method) return {};
  const Outcome given = in.call(*method);
  return given ? integer_of(*given) : std::nullopt;
}

std::int64_t clamped(Value bound, std::int64_t size, std::int64_t otherwise, std::int64_t low, std::int64_t high) {
  const auto given = integer_of(bound);
  if (bound.is_none() || !given) return otherwise;
  return std::clamp(*given < 0 ? *given + size : *given, low, high);
}

}  // namespace

std::optional<Steps> slice_steps(Interpreter& in, const Slice& slice, std::int64_t size) {
  for (const Value part : {slice.lower, slice.upper, slice.step}) {
    if (part.is_none() || integer_of(part)) continue;
    (void)in.raise("TypeError", "slice indices must be integers or None or have an __index__ method");
    return {};
  }
  const std::int64_t step = integer_of(slice.step).value_or(1);
  if (step == 0 || step == INT64_MIN) {
    (void)in.raise("ValueError", "slice step cannot be zero");
    return {};
  }
  const std::int64_t low = step > 0 ? 0 : -1, high = step > 0 ? size : size - 1;
  const std::int64_t start = clamped(slice.lower, size, step > 0 ? low : high, low, high);
  const std::int64_t stop = clamped(slice.upper, size, step > 0 ? high : low, low, high);
  std::int64_t count = 0;
  if (step > 0 && start < stop) count = (stop - start - 1) / step + 1;
  if (step < 0 && start > stop) count = (start - stop - 1) / -step + 1;
  return Steps{start, step, count};
}

namespace {

std::vector<Value> sliced(const std::vector<Value>& items, const Steps& steps) {
  std::vector<Value> result;
  result.reserve(static_cast<std::size_t>(steps.count));
  for (std::int64_t i = 0; i < steps.count; ++i)
    result.push_back(items[static_cast<std::size_t>(steps.start + i * steps.step)]);
  return result;
}

Outcome sliced_text(Interpreter& in, const std::string& text, const Slice& slice) {
  const library::Characters characters(text);
  const auto steps = slice_steps(in, slice, static_cast<std::int64_t>(characters.size()));
  if (!steps) return raised;
  if (steps->step == 1)
    return in.str(
        characters.part(static_cast<std::size_t>(steps->start), static_cast<std::size_t>(steps->start + steps->count)));
  std::string result;
  for (std::int64_t i = 0; i < steps->count; ++i)
    result += characters[static_cast<std::size_t>(steps->start + i * steps->step)];
  return in.str(result);
}

Outcome slice_of(Interpreter& in, Value value, const Slice& slice) {
  if (const auto* text = value.as<Str>()) return sliced_text(in, text->text, slice);
  if (const auto* bytes = value.as<Bytes>()) {
    const auto steps = slice_steps(in, slice, static_cast<std::int64_t>(bytes->bytes.size()));
    if (!steps) return raised;
    std::string result;
    for (std::int64_t i = 0; i < steps->count; ++i)
      result += bytes->bytes[static_cast<std::size_t>(steps->start + i * steps->step)];
    return in.make<Bytes>(std::move(result));
  }
  if (const auto* range = value.as<Range>()) {
    const auto steps = slice_steps(in, slice, range->size());
    if (!steps) return raised;
    const std::int64_t start = range->start + steps->start * range->step;
    const std::int64_t by = range->step * steps->step;
    return in.make<Range>(start, start + steps->count * by, by);
  }
  const auto* items = sequence_items(value);
  if (!items) return in.raise("TypeError", "'" + in.type_name(value) + "' object is not subscriptable");
  const auto steps = slice_steps(in, slice, static_cast<std::int64_t>(items->size()));
  if (!steps) return raised;
  if (value.as<Tuple>()) return in.tuple(sliced(*items, *steps));
  List* list = in.list(sliced(*items, *steps));
  list->incomplete = value.as<List>()->incomplete;
  return list;
}

Outcome item_at(Interpreter& in, Value value, Value index) {
  const auto at = index_of(in, index);
  if (!at) {
    if (in.exception()) return raised;
    return in.raise("TypeError",
                    in.type_name(value) + " indices must be integers or slices, not " + in.type_name(index));
  }
  const auto position = [&](std::size_t size) -> std::optional<std::size_t> {
    const std::int64_t from_start = *at < 0 ? *at + static_cast<std::int64_t>(size) : *at;
    if (from_start < 0 || from_start >= static_cast<std::int64_t>(size)) return {};
    return static_cast<std::size_t>(from_start);
  };
  if (const auto* text = value.as<Str>()) {
    const library::Characters characters(text->text);
    if (const auto found = position(characters.size())) return in.str(characters[*found]);
  } else if (const auto* bytes = value.as<Bytes>()) {
    if (const auto found = position(bytes->bytes.size()))
      return in.integer(static_cast<unsigned char>(bytes->bytes[*found]));
  } else if (const auto* range = value.as<Range>()) {
    if (const auto found = position(static_cast<std::size_t>(range->size())))
      return in.integer(range->start + static_cast<std::int64_t>(*found) * range->step);
  } else if (const auto* items = sequence_items(value)) {
    if (const auto found = position(items->size())) return (*items)[*found];
    if (const Unknown* unknown = unknown_within(value)) return derived(in, *unknown);
  }
  const std::string type = value.kind() == Kind::Str ? "string" : in.type_name(value);
  return in.raise("IndexError", type + " index out of range");
}

Outcome item_of_dict(Interpreter& in, Value holder, Dict& dict, Value key) {
  if (const auto* unknown = key.as<Unknown>()) {
    if (unknown->likely)
      if (Value* found = in.find(dict.table, *unknown->likely)) return derived(in, *unknown, *found);
    return derived(in, *unknown);
  }
  if (Value* found = in.find(dict.table, key)) return *found;
  const Outcome missing = special_method(in, holder, "__missing__");
  if (missing) return in.call(*missing, {key});
  if (missing.is_raised()) return raised;
  if (dict.incomplete) return derived(in, *dict.incomplete);
  bool hashable = true;
  (void)hash_key(in, key, hashable);
  if (!hashable) return in.hash(key);
  in.clear_exception();
  (void)in.raise("KeyError", in.shown(key));
  in.set(*in.exception()->as<Instance>()->attributes, "args", in.tuple({key}));
  return raised;
}

Outcome subscript_class(Interpreter& in, Class& type, Value index) {
  if (type.is_enum) {
    const Value* members = type.own("_member_map_");
    const std::string* name = text_of(index);
    if (index.is_unknown()) return index;
    if (members && name)
      if (Value* found = members->as<Dict>()->find(*name)) return *found;
    return in.raise("KeyError", name ? *name : in.shown(index));
  }
  if (const Outcome by_metaclass = special_method(in, &type, "__getitem__"); !by_metaclass.is_absent())
    return by_metaclass ? in.call(*by_metaclass, {index}) : Outcome(raised);
  const Value* own = in.find_in_mro(type, "__class_getitem__");
  if (own) {
    const Value function = own->as<ClassMethod>() ? own->as<ClassMethod>()->function : *own;
    return in.call(function, {Value(&type), index});
  }
  const Outcome by_host = inherited_attribute(in, type.mro, 0, "__class_getitem__", &type);
  if (by_host) return in.call(*by_host, {index});
  if (by_host.is_raised()) return raised;
  return subscript_type(in, &type, index);
}

Outcome subscript_instance(Interpreter& in, Instance& instance, Value index) {
  const Value self(&instance);
  if (const Outcome method = special_method(in, self, "__getitem__"); !method.is_absent())
    return method ? in.call(*method, {index}) : Outcome(raised);
  if (instance.payload) {
    if (auto* dict = instance.payload->as<Dict>()) return item_of_dict(in, self, *dict, index);
    return in.subscript(*instance.payload, index);
  }
  for (const Value base : instance.type->mro)
    if (const auto* unknown = base.as<Unknown>()) return derived(in, *unknown);
  return in.raise("TypeError", "'" + instance.type->name + "' object is not subscriptable");
}

}  // namespace

Outcome Interpreter::subscript(Value object, Value index) {
  const Depth depth(state());
  if (depth.too_deep()) return raise("RecursionError", "maximum recursion depth exceeded");
  switch (object.kind()) {
    case Kind::Unknown: {
      const auto* unknown = object.as<Unknown>();
      if (!unknown->likely) return derived(*this, *unknown);
      const Outcome likely = subscript(*unknown->likely, index);
      if (likely) return derived(*this, *unknown, *likely);
      clear_exception();
      return derived(*this, *unknown);
    }
    case Kind::Host: {
      const Outcome given = object.as<HostObject>()->subscript(*this, index);
      if (!given.is_absent()) return given;
      break;
    }
    case Kind::External: {
      const Outcome given = host().subscript(*this, *object.as<External>(), index);
      return given.is_absent() ? subscript_type(*this, object, index) : given;
    }
    case Kind::Class:
      return subscript_class(*this, *object.as<Class>(), index);
    case Kind::Generic:
    case Kind::TypeAlias:
    case Kind::NewType:
      return subscript_type(*this, object, index);
    case Kind::Instance:
      return subscript_instance(*this, *object.as<Instance>(), index);
    case Kind::Dict:
      return item_of_dict(*this, object, *object.as<Dict>(), index);
    case Kind::Call:
      return unknown("the items of " + shown(object) + " are not described");
    case Kind::Str:
    case Kind::Bytes:
    case Kind::Tuple:
    case Kind::List:
    case Kind::Range:
      if (index.is_unknown()) return derived(*this, *index.as<Unknown>());
      if (const auto* slice = index.as<Slice>()) {
        for (const Value part : {slice->lower, slice->upper, slice->step})
          if (part.is_unknown()) return derived(*this, *part.as<Unknown>());
        return slice_of(*this, object, *slice);
      }
      return item_at(*this, object, index);
    default:
      break;
  }
  return raise("TypeError", "'" + type_name(object) + "' object is not subscriptable");
}

namespace {

Outcome assign_slice(Interpreter& in, List& list, const Slice& slice, const std::vector<Value>& replacement) {
  const auto steps = slice_steps(in, slice, static_cast<std::int64_t>(list.items.size()));
  if (!steps) return raised;
  if (steps->step == 1) {
    const auto begin = list.items.begin() + steps->start;
    const auto at = list.items.erase(begin, begin + steps->count);
    list.items.insert(at, replacement.begin(), replacement.end());
    return Value();
  }
  if (static_cast<std::int64_t>(replacement.size()) != steps->count)
    return in.raise("ValueError", "attempt to assign sequence to extended slice of a different size");
  for (std::int64_t i = 0; i < steps->count; ++i)
    list.items[static_cast<std::size_t>(steps->start + i * steps->step)] = replacement[static_cast<std::size_t>(i)];
  return Value();
}

std::optional<std::size_t> list_position(Interpreter& in, const List& list, Value index) {
  const auto at = index_of(in, index);
  const auto size = static_cast<std::int64_t>(list.items.size());
  const std::int64_t position = at.value_or(size) < 0 ? *at + size : at.value_or(size);
  if (position >= 0 && position < size) return static_cast<std::size_t>(position);
  if (!in.exception()) (void)in.raise("IndexError", "list assignment index out of range");
  return {};
}

Outcome set_in_list(Interpreter& in, List& list, Value index, Value value) {
  if (const auto* unknown = index.as<Unknown>()) {
    list.incomplete = unknown;
    return Value();
  }
  if (const auto* slice = index.as<Slice>()) {
    const Outcome items = in.items(value);
    if (!items) return raised;
    if (const auto* unknown = items.as<Unknown>()) {
      list.incomplete = unknown;
      return Value();
    }
    return assign_slice(in, list, *slice, items.as<List>()->items);
  }
  const auto at = list_position(in, list, index);
  if (!at) return raised;
  list.items[*at] = value;
  return Value();
}

Outcome set_in_plain(Interpreter& in, Value object, Value index, Value value) {
  if (auto* list = object.as<List>()) return set_in_list(in, *list, index, value);
  if (auto* dict = object.as<Dict>()) {
    if (const auto* unknown = index.as<Unknown>()) {
      dict->incomplete = unknown;
      return Value();
    }
    return in.set(dict->table, index, value);
  }
  return in.raise("TypeError", "'" + in.type_name(object) + "' object does not support item assignment");
}

}  // namespace

Outcome Interpreter::set_item(Value object, Value index, Value value) {
  if (object.is_unknown() || object.kind() == Kind::Call) return Value();
  if (auto* host_object = object.as<HostObject>()) {
    const Outcome done = host_object->set_item(*this, index, value);
    if (!done.is_absent()) return done;
  }
  if (const Outcome method = special_method(*this, object, "__setitem__"); !method.is_absent())
    return method ? call(*method, {index, value}) : Outcome(raised);
  return set_in_plain(*this, plain(object), index, value);
}

Outcome Interpreter::delete_item(Value object, Value index) {
  if (object.is_unknown()) return Value();
  if (auto* host_object = object.as<HostObject>()) {
    const Outcome done = host_object->delete_item(*this, index);
    if (!done.is_absent()) return done;
  }
  if (const Outcome method = special_method(*this, object, "__delitem__"); !method.is_absent())
    return method ? call(*method, {index}) : Outcome(raised);
  const Value inner = plain(object);
  if (auto* dict = inner.as<Dict>()) {
    const Value* found = find(dict->table, index);
    if (!found) return dict->incomplete ? Outcome(Value()) : item_of_dict(*this, inner, *dict, index);
    dict->table.erase(dict->table.position_of(found));
    return Value();
  }
  if (auto* list = inner.as<List>()) {
    if (const auto* slice = index.as<Slice>()) {
      const auto steps = slice_steps(*this, *slice, static_cast<std::int64_t>(list->items.size()));
      if (!steps) return raised;
      std::vector<std::int64_t> positions;
      for (std::int64_t i = 0; i < steps->count; ++i) positions.push_back(steps->start + i * steps->step);
      std::sort(positions.rbegin(), positions.rend());
      for (const std::int64_t at : positions) list->items.erase(list->items.begin() + at);
      return Value();
    }
    const auto at = list_position(*this, *list, index);
    if (!at) return raised;
    list->items.erase(list->items.begin() + static_cast<std::ptrdiff_t>(*at));
    return Value();
  }
  return raise("TypeError", "'" + type_name(object) + "' object does not support item deletion");
}

}  // namespace python
