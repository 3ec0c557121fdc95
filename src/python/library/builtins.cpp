#include <algorithm>
#include <cmath>
#include <string>

#include "python/evaluation/big_integer.h"
#include "python/evaluation/iterator.h"
#include "python/library/support.h"
#include "python/library/texts.h"

/// The built-in functions.
namespace python::library {

namespace {

Outcome print(Interpreter&, Arguments&) { return Value(); }

Outcome len(Interpreter& in, Arguments& arguments) { return in.length(value_argument(arguments, 0, "obj")); }

Outcome abs(Interpreter& in, Arguments& arguments) {
  const Value value = value_argument(arguments, 0, "x");
  if (const Outcome method = special_method(in, value, "__abs__"); !method.is_absent())
    return method ? in.call(*method) : method;
  const Value number = plain(value);
  if (const auto whole = big_integer_of(number))
    return whole->negative() ? large_integer(in, -*whole) : large_integer(in, *whole);
  if (const auto* real = number.as<Float>()) return in.number(std::fabs(real->value));
  if (const auto* complex = number.as<Complex>()) return in.number(std::abs(complex->value));
  return in.raise("TypeError", "bad operand type for abs(): '" + in.type_name(value) + "'");
}

Outcome all_or_any(Interpreter& in, Arguments& arguments, bool stop_at) {
  const Value iterable = value_argument(arguments, 0, "iterable");
  const Unknown* unknown = nullptr;
  const Outcome found = in.iterate(iterable, [&](Value item) -> Outcome {
    const Outcome truth = in.truth(item);
    if (!truth) return raised;
    if (truth.as<Unknown>()) {
      unknown = truth.as<Unknown>();
      return absent;
    }
    return truth.as<Bool>()->value == stop_at ? truth : Outcome(absent);
  });
  if (!found.is_absent()) return found;
  if (!unknown) unknown = unknown_within(iterable);
  return unknown ? Outcome(derived(in, *unknown)) : Outcome(in.boolean(!stop_at));
}

Outcome all(Interpreter& in, Arguments& arguments) { return all_or_any(in, arguments, false); }
Outcome any(Interpreter& in, Arguments& arguments) { return all_or_any(in, arguments, true); }

Outcome radix(Interpreter& in, Arguments& arguments, int base, std::string_view prefix) {
  const auto number = big_integer_of(value_argument(arguments, 0, "number"));
  if (!number) return in.raise("TypeError", "an integer is required");
  const std::string digits = (number->negative() ? -*number : *number).text(base);
  return make_str(in, (number->negative() ? "-" : "") + std::string(prefix) + digits);
}

Outcome bin(Interpreter& in, Arguments& arguments) { return radix(in, arguments, 2, "0b"); }
Outcome oct(Interpreter& in, Arguments& arguments) { return radix(in, arguments, 8, "0o"); }
Outcome hex(Interpreter& in, Arguments& arguments) { return radix(in, arguments, 16, "0x"); }

Outcome callable(Interpreter& in, Arguments& arguments) {
  const Value value = value_argument(arguments, 0, "obj");
  switch (value.kind()) {
    case Kind::Function:
    case Kind::Builtin:
    case Kind::BoundMethod:
    case Kind::Class:
    case Kind::External:
    case Kind::NewType:
    case Kind::Generic:
      return in.boolean(true);
    case Kind::Unknown:
      return value;
    case Kind::Instance:
      return in.boolean(static_cast<bool>(special_method(in, value, "__call__")));
    default:
      return in.boolean(false);
  }
}

Outcome chr(Interpreter& in, Arguments& arguments) {
  const auto code = integer_argument(in, arguments, 0, "i");
  if (!code) return raised;
  if (*code < 0 || *code > 0x10ffff) return in.raise("ValueError", "chr() arg not in range(0x110000)");
  std::string text;
  encode(static_cast<char32_t>(*code), text);
  return make_str(in, std::move(text));
}

Outcome ord(Interpreter& in, Arguments& arguments) {
  const auto text = text_argument(in, arguments, 0, "c");
  if (!text) return raised;
  if (character_count(*text) != 1) return in.raise("TypeError", "ord() expected a character");
  return in.integer(static_cast<std::int64_t>(decoded(*text)));
}

Outcome divmod(Interpreter& in, Arguments& arguments) {
  const Value left = value_argument(arguments, 0, "x"), right = value_argument(arguments, 1, "y");
  const Outcome quotient = in.binary(Binary::FloorDiv, left, right);
  const Outcome remainder = quotient ? in.binary(Binary::Mod, left, right) : quotient;
  return remainder ? Outcome(in.tuple({*quotient, *remainder})) : remainder;
}

Outcome pow(Interpreter& in, Arguments& arguments) {
  const Outcome power =
      in.binary(Binary::Pow, value_argument(arguments, 0, "base"), value_argument(arguments, 1, "exp"));
  const Value modulus = value_argument(arguments, 2, "mod");
  return modulus.is_none() || !power ? power : in.binary(Binary::Mod, *power, modulus);
}

Outcome round(Interpreter& in, Arguments& arguments) {
  const Value value = value_argument(arguments, 0, "number");
  const Value digits = value_argument(arguments, 1, "ndigits");
  if (const Outcome method = special_method(in, value, "__round__"); !method.is_absent())
    return method ? in.call(*method, {digits}) : method;
  const auto number = number_of(value);
  if (!number) return in.raise("TypeError", "type " + in.type_name(value) + " doesn't define __round__ method");
  if (digits.is_none()) {
    if (!plain(value).as<Float>()) return value;
    if (!std::isfinite(*number)) return in.raise("ValueError", "cannot convert float to integer");
    return large_integer(in, BigInteger::from_double(std::nearbyint(*number)));
  }
  const auto places = integer_of(digits).value_or(0);
  if (!plain(value).as<Float>() && places >= 0) return value;
  if (places > 22 || !std::isfinite(*number)) return in.number(*number);
  if (places >= 0) {
    const auto text = format_plain(in, in.number(*number), "." + std::to_string(places) + "f");
    return in.number(std::strtod(text->c_str(), nullptr));
  }
  const double scale = std::pow(10.0, static_cast<double>(-places));
  const double rounded = std::nearbyint(*number / scale) * scale;
  return plain(value).as<Float>() ? Outcome(in.number(rounded)) : large_integer(in, BigInteger::from_double(rounded));
}

Outcome repr(Interpreter& in, Arguments& arguments) { return in.repr_of(value_argument(arguments, 0, "obj")); }

Outcome format(Interpreter& in, Arguments& arguments) {
  const Value* specification = arguments.find(1, "format_spec");
  return in.format(value_argument(arguments, 0, "value"),
                   specification && text_of(*specification) ? *text_of(*specification) : "");
}

Outcome hash(Interpreter& in, Arguments& arguments) { return in.hash(value_argument(arguments, 0, "obj")); }

Outcome id(Interpreter& in, Arguments&) {
  return in.unknown("the identity of an object is known only to the running program");
}

// Attributes

Outcome getattr(Interpreter& in, Arguments& arguments) {
  const Value object = value_argument(arguments, 0, "object"), name = value_argument(arguments, 1, "name");
  if (name.is_unknown()) return name;
  const std::string* text = text_of(name);
  if (!text) return in.raise("TypeError", "attribute name must be string, not '" + in.type_name(name) + "'");
  const Value* otherwise = arguments.at(2);
  if (!otherwise) return in.attribute(object, *text);
  const Outcome found = in.find_attribute(object, *text);
  if (found.is_raised() && in.catches("AttributeError")) return *otherwise;
  return found.is_absent() ? Outcome(*otherwise) : found;
}

Outcome hasattr(Interpreter& in, Arguments& arguments) {
  const Value object = value_argument(arguments, 0, "object"), name = value_argument(arguments, 1, "name");
  if (object.is_unknown() || name.is_unknown()) return object.is_unknown() ? object : name;
  const std::string* text = text_of(name);
  if (!text) return in.raise("TypeError", "attribute name must be string, not '" + in.type_name(name) + "'");
  const Outcome found = in.find_attribute(object, *text);
  if (found.is_raised()) {
    if (!in.catches("AttributeError")) return raised;
    return in.boolean(false);
  }
  return in.boolean(static_cast<bool>(found));
}

Outcome setattr(Interpreter& in, Arguments& arguments) {
  const Value object = value_argument(arguments, 0, "object"), name = value_argument(arguments, 1, "name");
  if (name.is_unknown()) {
    if (auto* type = object.as<Class>()) type->incomplete = name.as<Unknown>();
    return Value();
  }
  const std::string* text = text_of(name);
  if (!text) return in.raise("TypeError", "attribute name must be string, not '" + in.type_name(name) + "'");
  return in.set_attribute(object, in.intern(*text), value_argument(arguments, 2, "value"));
}

Outcome delattr(Interpreter& in, Arguments& arguments) {
  const std::string* text = text_of(value_argument(arguments, 1, "name"));
  if (!text) return in.raise("TypeError", "attribute name must be string");
  return in.delete_attribute(value_argument(arguments, 0, "object"), *text);
}

Outcome vars(Interpreter& in, Arguments& arguments) {
  const Value object = value_argument(arguments, 0, "object");
  if (object.is_unknown()) return object;
  if (Dict* attributes = attributes_of(object)) return attributes;
  if (object.kind() == Kind::External || object.kind() == Kind::Function) return in.dict();
  if (object.as<External>()) return in.dict();
  return in.raise("TypeError", "vars() argument must have __dict__ attribute");
}

void collect_names(Value object, std::vector<std::string>& names) {
  if (const Dict* own = attributes_of(object))
    for (const auto& entry : own->table.entries())
      if (const std::string* name = text_of(entry.key)) names.push_back(*name);
}

Outcome dir(Interpreter& in, Arguments& arguments) {
  const Value object = value_argument(arguments, 0, "object");
  if (object.is_unknown() || object.kind() == Kind::Host || object.kind() == Kind::External)
    return in.unknown("the attributes of " + in.shown(object) + " are not described");
  std::vector<std::string> names;
  collect_names(object, names);
  const auto* instance = object.as<Instance>();
  const auto* type = instance ? instance->type : object.as<Class>();
  if (type)
    for (const Value base : type->mro) collect_names(base, names);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  std::vector<Value> result;
  for (const std::string& name : names) result.push_back(in.str(name));
  return in.list(std::move(result));
}

Outcome isinstance(Interpreter& in, Arguments& arguments) {
  return in.is_instance(value_argument(arguments, 0, "obj"), value_argument(arguments, 1, "cls"));
}
Outcome issubclass(Interpreter& in, Arguments& arguments) {
  return in.is_subclass(value_argument(arguments, 0, "cls"), value_argument(arguments, 1, "cls2"));
}

// Iteration

Outcome iter(Interpreter& in, Arguments& arguments) {
  const Value source = value_argument(arguments, 0, "object");
  const Value* sentinel = arguments.at(1);
  if (!sentinel) return iterator_of(in, source);
  const Value end = *sentinel;
  return in.make<FunctionIterator>("callable_iterator", [source, end](Interpreter& i) -> Outcome {
    const Outcome item = i.call(source);
    return item && i.equal(*item, end) ? Outcome(absent) : item;
  });
}

Outcome next(Interpreter& in, Arguments& arguments) {
  const Value source = value_argument(arguments, 0, "iterator");
  if (source.is_unknown()) return source;
  Outcome item = absent;
  if (auto* iterator = source.as<Iterator>()) {
    item = iterator->next(in);
  } else {
    const Outcome method = in.attribute(source, "__next__");
    item = method ? in.call(*method) : method;
    if (item.is_raised() && arguments.at(1) && in.catches("StopIteration")) return *arguments.at(1);
  }
  if (!item.is_absent()) return item;
  if (const Value* otherwise = arguments.at(1)) return *otherwise;
  return in.raise("StopIteration", "");
}

Outcome enumerate(Interpreter& in, Arguments& arguments) {
  const Value iterable = value_argument(arguments, 0, "iterable");
  const Outcome iterator = iterator_of(in, iterable);
  if (!iterator || iterator.as<Unknown>()) return iterator;
  auto* inner = iterator.as<Iterator>();
  std::int64_t at = integer_of(value_argument(arguments, 1, "start")).value_or(0);
  return in.make<FunctionIterator>("enumerate", [inner, at](Interpreter& i) mutable -> Outcome {
    const Outcome item = inner->next(i);
    return item ? Outcome(i.tuple({i.integer(at++), *item})) : item;
  });
}

Outcome zip(Interpreter& in, Arguments& arguments) {
  std::vector<Iterator*> iterators;
  for (const Value iterable : arguments.positional) {
    const Outcome iterator = iterator_of(in, iterable);
    if (!iterator || iterator.as<Unknown>()) return iterator;
    iterators.push_back(iterator.as<Iterator>());
  }
  return in.make<FunctionIterator>("zip", [iterators](Interpreter& i) -> Outcome {
    std::vector<Value> items;
    for (Iterator* iterator : iterators) {
      const Outcome item = iterator->next(i);
      if (!item) return item;
      items.push_back(*item);
    }
    return items.empty() ? Outcome(absent) : Outcome(i.tuple(std::move(items)));
  });
}

Outcome map(Interpreter& in, Arguments& arguments) {
  if (arguments.positional.empty()) return missing_argument(in, "func");
  const Value function = arguments.positional[0];
  Arguments rest(std::vector<Value>(arguments.positional.begin() + 1, arguments.positional.end()));
  const Outcome zipped = zip(in, rest);
  if (!zipped || zipped.as<Unknown>()) return zipped;
  auto* inner = zipped.as<Iterator>();
  return in.make<FunctionIterator>("map", [function, inner](Interpreter& i) -> Outcome {
    const Outcome items = inner->next(i);
    return items ? i.call(function, items.as<Tuple>()->items) : items;
  });
}

Outcome filter(Interpreter& in, Arguments& arguments) {
  const Value function = value_argument(arguments, 0, "function");
  const Outcome iterator = iterator_of(in, value_argument(arguments, 1, "iterable"));
  if (!iterator || iterator.as<Unknown>()) return iterator;
  auto* inner = iterator.as<Iterator>();
  return in.make<FunctionIterator>("filter", [function, inner](Interpreter& i) -> Outcome {
    while (true) {
      if (!i.spend(1)) return raised;
      const Outcome item = inner->next(i);
      if (!item) return item;
      const Outcome passes = function.is_none() ? item : i.call(function, {*item});
      if (!passes) return raised;
      const Outcome truth = i.truth(*passes);
      if (!truth) return raised;
      if (truth.as<Unknown>() || truth.as<Bool>()->value) return item;
    }
  });
}

Outcome reversed(Interpreter& in, Arguments& arguments) {
  const Value source = value_argument(arguments, 0, "sequence");
  if (const Outcome method = special_method(in, source, "__reversed__"); !method.is_absent())
    return method ? in.call(*method) : method;
  const Outcome items = in.items(source);
  auto* list = items.as<List>();
  if (!list) return items;
  std::reverse(list->items.begin(), list->items.end());
  return iterator_of(in, list);
}

}  // namespace

Outcome sort_items(Interpreter& in, std::vector<Value>& items, Value key, bool reverse) {
  std::vector<std::pair<Value, Value>> keyed;
  for (const Value item : items) {
    const Outcome made = key.is_none() ? Outcome(item) : in.call(key, {item});
    if (!made) return raised;
    if (made.as<Unknown>()) return made;
    keyed.emplace_back(*made, item);
  }
  // A merge sort by hand: a comparison may raise, and need not be a consistent order.
  std::vector<std::pair<Value, Value>> buffer(keyed);
  for (std::size_t width = 1; width < keyed.size(); width *= 2) {
    for (std::size_t from = 0; from < keyed.size(); from += 2 * width) {
      const std::size_t middle = std::min(from + width, keyed.size()), end = std::min(from + 2 * width, keyed.size());
      std::size_t left = from, right = middle;
      for (std::size_t to = from; to < end; ++to) {
        bool take_right = left >= middle;
        if (!take_right && right < end) {
          const Outcome less = reverse ? in.compare(Comparison::Lt, keyed[left].first, keyed[right].first)
                                       : in.compare(Comparison::Lt, keyed[right].first, keyed[left].first);
          if (!less) return raised;
          if (less.as<Unknown>()) return less;
          take_right = in.is_true(*less);
        }
        buffer[to] = take_right ? keyed[right++] : keyed[left++];
      }
    }
    keyed.swap(buffer);
  }
  for (std::size_t at = 0; at < items.size(); ++at) items[at] = keyed[at].second;
  return Value();
}

namespace {

Outcome sorted(Interpreter& in, Arguments& arguments) {
  const Outcome items = in.items(value_argument(arguments, 0, "iterable"));
  auto* list = items.as<List>();
  if (!list) return items;
  const Value* reverse = arguments.keyword("reverse");
  const Value* key = arguments.keyword("key");
  const Outcome done = sort_items(in, list->items, key ? *key : Value(), reverse && in.is_true(*reverse));
  if (!done || done.as<Unknown>()) return done;
  return list;
}

Outcome sum(Interpreter& in, Arguments& arguments) {
  const Value* start = arguments.find(1, "start");
  Value total = start ? *start : in.integer(0);
  const Outcome end = in.iterate(value_argument(arguments, 0, "iterable"), [&](Value item) -> Outcome {
    const Outcome added = in.binary(Binary::Add, total, item);
    if (!added) return raised;
    total = *added;
    return absent;
  });
  return end.is_absent() ? Outcome(total) : end;
}

Outcome extreme(Interpreter& in, Arguments& arguments, Comparison better) {
  const bool single = arguments.positional.size() == 1;
  const Outcome items = in.items(single ? arguments.positional[0] : in.tuple(arguments.positional));
  auto* list = items.as<List>();
  if (!list) return items;
  if (list->incomplete) return derived(in, *list->incomplete);
  const Value* key = arguments.keyword("key");
  std::optional<Value> best, best_key;
  for (const Value item : list->items) {
    const Outcome measured = key && !key->is_none() ? in.call(*key, {item}) : Outcome(item);
    if (!measured || measured.as<Unknown>()) return measured;
    if (best) {
      const Outcome wins = in.compare(better, *measured, *best_key);
      if (!wins || wins.as<Unknown>()) return wins;
      if (!in.is_true(*wins)) continue;
    }
    best = item;
    best_key = *measured;
  }
  if (best) return *best;
  if (const Value* otherwise = arguments.keyword("default")) return *otherwise;
  return in.raise("ValueError", "arg is an empty sequence");
}

Outcome min(Interpreter& in, Arguments& arguments) { return extreme(in, arguments, Comparison::Lt); }
Outcome max(Interpreter& in, Arguments& arguments) { return extreme(in, arguments, Comparison::Gt); }

Outcome import_by_name(Interpreter& in, Arguments& arguments) {
  const auto name = text_argument(in, arguments, 0, "name");
  if (!name) return raised;
  const Value names = value_argument(arguments, 3, "fromlist");
  const bool whole = !names.is_none() && in.is_true(names);
  const Outcome module = import_dotted(in, *name);
  if (module.is_absent()) return in.raise("ModuleNotFoundError", "No module named '" + *name + "'");
  return whole || !module ? module : import_dotted(in, name->substr(0, name->find('.')));
}

Outcome evaluated(Interpreter& in, Arguments& arguments) {
  const Value source = value_argument(arguments, 0, "source");
  const std::string* text = text_of(source);
  if (!text) return source.is_unknown() ? source : Value(in.unknown("code that exists only at run time"));
  std::vector<Dict*> namespaces;
  for (const std::size_t at : {std::size_t(2), std::size_t(1)})
    if (const Value* names = arguments.at(at))
      if (auto* dict = plain(*names).as<Dict>()) namespaces.push_back(dict);
  if (namespaces.empty() && in.module_here()) namespaces.push_back(in.module_here()->attributes);
  std::vector<Dict*> order(namespaces);
  return in.evaluate(*text, in.here(), order);
}

Outcome executed(Interpreter& in, Arguments& arguments) {
  const Value source = value_argument(arguments, 0, "source");
  if (const std::string* text = text_of(source); text && in.module_here()) {
    const Value* names = arguments.at(1);
    auto* dict = names ? plain(*names).as<Dict>() : nullptr;
    return execute_text(in, *text, dict ? *dict : *in.module_here()->attributes);
  }
  const auto* unknown = source.as<Unknown>();
  Unknown* reason = unknown ? const_cast<Unknown*>(unknown) : in.unknown("source text that is executed is not read");
  in.host().unknown_called(in, *reason, arguments);
  return Value();
}

Outcome open(Interpreter& in, Arguments& arguments) {
  const Outcome module = library::module(in, "io");
  const Outcome opener = module ? in.attribute(*module, "open") : module;
  return opener ? in.call(*opener, arguments) : opener;
}

constexpr Entry functions[] = {
    {"open", open},
    {"print", print, true},
    {"len", len, true},
    {"abs", abs},
    {"all", all, true},
    {"any", any, true},
    {"bin", bin},
    {"oct", oct},
    {"hex", hex},
    {"callable", callable, true},
    {"chr", chr},
    {"ord", ord},
    {"divmod", divmod},
    {"pow", pow},
    {"round", round},
    {"repr", repr},
    {"ascii", repr},
    {"format", format},
    {"hash", hash},
    {"id", id, true},
    {"getattr", getattr, true},
    {"hasattr", hasattr, true},
    {"setattr", setattr, true},
    {"delattr", delattr, true},
    {"vars", vars, true},
    {"dir", dir, true},
    {"isinstance", isinstance, true},
    {"issubclass", issubclass, true},
    {"iter", iter, true},
    {"next", next, true},
    {"enumerate", enumerate, true},
    {"zip", zip, true},
    {"map", map, true},
    {"filter", filter, true},
    {"reversed", reversed, true},
    {"sorted", sorted, true},
    {"sum", sum, true},
    {"min", min, true},
    {"max", max, true},
    {"__import__", import_by_name},
    {"eval", evaluated, true},
    {"exec", executed, true},
    {"locals", vars, true},
    {"globals", vars, true},
};

}  // namespace

void add_functions(Interpreter& in, Dict& builtins) {
  add(in, builtins, "builtins", functions);
  for (const std::string_view name : {"input", "compile", "memoryview", "breakpoint"})
    add_unknown(in, builtins, "builtins", name);
}

}  // namespace python::library
