#include <string>

#include "python/evaluation/evaluator.h"
#include "python/evaluation/iterator.h"

namespace python {

Outcome SequenceIterator::next(Interpreter&) {
  const auto* items = sequence_items(sequence);
  if (!items || at >= items->size()) return absent;
  return (*items)[at++];
}

namespace {

/// Runs the generator to its end and keeps what it yields.
void run_ahead(Interpreter& in, Generator& generator) {
  generator.started = true;
  const Outcome end = generator.run(in, [&](Value item) -> Outcome {
    generator.items.push_back(item);
    generator.cut_off = generator.items.size() >= Generator::most_ahead;
    return generator.cut_off ? Outcome(item) : Outcome(absent);
  });
  if (!end.is_raised()) return;
  generator.failed = true;
  generator.exception = in.exception().value_or(Value());
  in.clear_exception();
}

}  // namespace

Outcome Generator::next(Interpreter& in) {
  if (!started) run_ahead(in, *this);
  if (at < items.size()) return items[at++];
  if (failed) {
    failed = false;
    return in.raise(exception);
  }
  if (cut_off) return in.unknown("the generator gives too many values");
  return absent;
}

namespace {

Outcome sequence_iterator(Interpreter& in, std::vector<Value> items, std::string_view type) {
  return in.make<SequenceIterator>(in.tuple(std::move(items)), type);
}

std::vector<Value> characters(Interpreter& in, const std::string& text) {
  std::vector<Value> result;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t length = 1;
    while (at + length < text.size() && (static_cast<unsigned char>(text[at + length]) & 0xc0) == 0x80) ++length;
    result.push_back(in.str(std::string_view(text).substr(at, length)));
    at += length;
  }
  return result;
}

std::vector<Value> keys_of(const Table& table) {
  std::vector<Value> keys;
  keys.reserve(table.size());
  for (const auto& entry : table.entries()) keys.push_back(entry.key);
  return keys;
}

std::vector<Value> enum_members(const Class& type) {
  std::vector<Value> members;
  const Value* list = type.own("_member_list_");
  if (list) members = *sequence_items(*list);
  return members;
}

Outcome range_iterator(Interpreter& in, const Range& range) {
  auto at = range.start;
  std::int64_t left = range.size();
  const std::int64_t step = range.step;
  return in.make<FunctionIterator>("range_iterator", [at, left, step](Interpreter& i) mutable -> Outcome {
    if (left-- <= 0) return absent;
    const Value value = i.integer(at);
    if (left > 0) at += step;
    return value;
  });
}

Outcome by_index(Interpreter& in, Value value) {
  std::int64_t at = 0;
  return in.make<FunctionIterator>("iterator", [value, at](Interpreter& i) mutable -> Outcome {
    const Outcome item = i.subscript(value, i.integer(at++));
    if (item.is_raised() && i.catches("IndexError")) return absent;
    return item;
  });
}

Outcome by_next(Interpreter& in, Value iterator) {
  return in.make<FunctionIterator>("iterator", [iterator](Interpreter& i) -> Outcome {
    const Outcome method = i.attribute(iterator, "__next__");
    if (!method) return raised;
    const Outcome item = i.call(*method);
    if (item.is_raised() && i.catches("StopIteration")) return absent;
    return item;
  });
}

Outcome by_iter_method(Interpreter& in, Value value) {
  const Outcome method = special_method(in, value, "__iter__");
  if (!method) return method;
  const Outcome made = in.call(*method);
  if (!made) return raised;
  if (made.as<Iterator>() || made.as<Unknown>()) return made;
  if (made.value() != value || !special_method(in, value, "__next__")) {
    if (special_method(in, *made, "__next__").is_absent()) return iterator_of(in, *made);
  }
  return by_next(in, *made);
}

}  // namespace

Outcome iterator_of(Interpreter& in, Value value) {
  switch (value.kind()) {
    case Kind::Iterator:
    case Kind::Unknown:
      return value;
    case Kind::Tuple:
      return in.make<SequenceIterator>(value, "tuple_iterator");
    case Kind::List:
      return in.make<SequenceIterator>(value, "list_iterator");
    case Kind::Dict:
      return sequence_iterator(in, keys_of(value.as<Dict>()->table), "dict_keyiterator");
    case Kind::Set:
      return sequence_iterator(in, keys_of(value.as<Set>()->table), "set_iterator");
    case Kind::Str:
      return sequence_iterator(in, characters(in, value.as<Str>()->text), "str_iterator");
    case Kind::Bytes: {
      std::vector<Value> items;
      for (const char byte : value.as<Bytes>()->bytes) items.push_back(in.integer(static_cast<unsigned char>(byte)));
      return sequence_iterator(in, std::move(items), "bytes_iterator");
    }
    case Kind::Range:
      return range_iterator(in, *value.as<Range>());
    case Kind::Host: {
      const Outcome given = value.as<HostObject>()->iterate(in);
      if (given.is_absent()) break;
      return given ? iterator_of(in, *given) : given;
    }
    case Kind::Class:
      if (const Outcome made = by_iter_method(in, value); !made.is_absent()) return made;
      if (value.as<Class>()->is_enum) return sequence_iterator(in, enum_members(*value.as<Class>()), "enum_iterator");
      break;
    case Kind::Instance: {
      if (const Outcome made = by_iter_method(in, value); !made.is_absent()) return made;
      const auto* instance = value.as<Instance>();
      if (instance->payload) return iterator_of(in, *instance->payload);
      if (!special_method(in, value, "__getitem__").is_absent()) return by_index(in, value);
      for (const Value base : instance->type->mro)
        if (const auto* unknown = base.as<Unknown>()) return derived(in, *unknown);
      break;
    }
    case Kind::External:
    case Kind::Call:
      return in.unknown("what " + in.shown(value) + " holds is not described");
    default:
      break;
  }
  return in.raise("TypeError", "'" + in.type_name(value) + "' object is not iterable");
}

Outcome Interpreter::iterate(Value iterable, const Visit& visit) {
  const Depth depth(state());
  if (depth.too_deep()) return raise("RecursionError", "maximum recursion depth exceeded");
  const Outcome made = iterator_of(*this, iterable);
  if (!made) return raised;
  if (made.as<Unknown>()) return made;
  auto& iterator = *made.as<Iterator>();
  if (auto* generator = dynamic_cast<Generator*>(&iterator); generator && !generator->started) {
    generator->started = true;
    const Outcome end = generator->run(*this, visit);
    generator->cut_off = !end.is_absent();
    return end;
  }
  while (true) {
    if (!spend(1)) return raised;
    const Outcome item = iterator.next(*this);
    if (!item) return item;
    const Outcome stop = visit(*item);
    if (!stop.is_absent()) return stop;
  }
}

Outcome Interpreter::items(Value iterable) {
  List* result = list();
  if (iterable.is_unknown()) return iterable;
  if (const auto* items = sequence_items(iterable); items && iterable.kind() != Kind::Instance) {
    if (!spend(items->size())) return raised;
    result->items = *items;
  } else {
    const Outcome end = iterate(iterable, [&](Value item) -> Outcome {
      if (result->items.size() >= state().limits.items) return raise("MemoryError", "the list is too long");
      state().bytes += sizeof(Value);
      result->items.push_back(item);
      return absent;
    });
    if (!end.is_absent()) return end;
  }
  result->incomplete = unknown_within(iterable);
  return result;
}

Outcome Interpreter::length(Value value) {
  if (const auto* unknown = value.as<Unknown>()) return derived(*this, *unknown);
  if (auto* object = value.as<HostObject>())
    if (const Outcome given = object->length(*this); !given.is_absent()) return given;
  if (const Outcome method = special_method(*this, value, "__len__"); !method.is_absent())
    return method ? call(*method) : method;
  if (const auto* type = value.as<Class>(); type && type->is_enum)
    return integer(static_cast<std::int64_t>(enum_members(*type).size()));
  const Value inner = plain(value);
  if (const Unknown* unknown = unknown_within(inner)) return derived(*this, *unknown);
  const auto sized = [&](std::size_t size) { return Outcome(integer(static_cast<std::int64_t>(size))); };
  switch (inner.kind()) {
    case Kind::Str: {
      std::size_t count = 0;
      for (const char byte : inner.as<Str>()->text) count += (static_cast<unsigned char>(byte) & 0xc0) != 0x80;
      return sized(count);
    }
    case Kind::Bytes:
      return sized(inner.as<Bytes>()->bytes.size());
    case Kind::Tuple:
      return sized(inner.as<Tuple>()->items.size());
    case Kind::List:
      return sized(inner.as<List>()->items.size());
    case Kind::Dict:
      return sized(inner.as<Dict>()->table.size());
    case Kind::Set:
      return sized(inner.as<Set>()->table.size());
    case Kind::Range:
      return integer(inner.as<Range>()->size());
    case Kind::External:
    case Kind::Call:
      return unknown("the length of " + shown(value) + " is not described");
    default:
      return raise("TypeError", "object of type '" + type_name(value) + "' has no len()");
  }
}

}  // namespace python
