#include <string>

#include "python/evaluation/big_integer.h"
#include "python/evaluation/evaluator.h"

/// Dictionaries whose keys may be anything.
namespace python {

namespace {

bool matches(Interpreter& in, Value stored, Value key) {
  if (stored == key) return true;
  if (stored.kind() == Kind::Str && key.kind() == Kind::Str) return stored.as<Str>()->text == key.as<Str>()->text;
  if (stored.kind() == Kind::Host || key.kind() == Kind::Host) return false;
  if (stored.kind() == Kind::Class || key.kind() == Kind::Class) return false;
  if (stored.kind() == Kind::Generic && key.kind() == Kind::Generic) return in.same(stored, key);
  return in.equal(stored, key);
}

std::ptrdiff_t position_of(Interpreter& in, Table& table, Value key, std::uint32_t hash) {
  return table.position(hash, [&](Value stored) { return matches(in, stored, key); });
}

std::optional<std::uint32_t> hash_or_raise(Interpreter& in, Value key) {
  bool hashable = true;
  const std::uint32_t hash = hash_key(in, key, hashable);
  if (hashable) return hash;
  if (!in.exception()) (void)in.raise("TypeError", "unhashable type: '" + in.type_name(key) + "'");
  return {};
}

}  // namespace

Value* Interpreter::find(Table& table, Value key) {
  bool hashable = true;
  const std::uint32_t hash = hash_key(*this, key, hashable);
  if (!hashable) {
    clear_exception();
    return nullptr;
  }
  const std::ptrdiff_t at = position_of(*this, table, key, hash);
  return at < 0 ? nullptr : &table.entries()[static_cast<std::size_t>(at)].value;
}

Outcome Interpreter::set(Table& table, Value key, Value value) {
  const auto hash = hash_or_raise(*this, key);
  if (!hash) return raised;
  const std::ptrdiff_t at = position_of(*this, table, key, *hash);
  if (at >= 0) {
    table.entries()[static_cast<std::size_t>(at)].value = value;
    return Value();
  }
  if (table.size() >= state().limits.items) return raise("MemoryError", "the dictionary is too large");
  state().bytes += sizeof(Table::Entry) * 2;
  table.append(key, value, *hash);
  return Value();
}

void Interpreter::set(Dict& dict, std::string_view key, Value value) {
  const std::uint32_t hash = hash_of(key);
  if (Value* found = dict.table.find(key, hash)) {
    *found = value;
    return;
  }
  state().bytes += sizeof(Table::Entry) * 2;
  dict.table.append(interned_str(*this, key), value, hash);
}

bool Interpreter::erase(Dict& dict, std::string_view key) {
  const std::ptrdiff_t at = dict.table.position(hash_of(key), [&](Value stored) {
    const auto* text = stored.as<Str>();
    return text && text->text == key;
  });
  if (at < 0) return false;
  dict.table.erase(static_cast<std::size_t>(at));
  return true;
}

Outcome Interpreter::hash(Value value) {
  if (value.is_unknown()) return value;
  const auto hash = hash_or_raise(*this, value);
  if (!hash) return raised;
  return integer(static_cast<std::int64_t>(*hash));
}

namespace {

bool same_items(Interpreter& in, const std::vector<Value>& a, const std::vector<Value>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t at = 0; at < a.size(); ++at)
    if (!in.same(a[at], b[at])) return false;
  return true;
}

bool same_tables(Interpreter& in, Table& a, Table& b) {
  if (a.size() != b.size()) return false;
  for (const auto& entry : a.entries()) {
    const Value* other = in.find(b, entry.key);
    if (!other || !in.same(entry.value, *other)) return false;
  }
  return true;
}

bool same_arguments(Interpreter& in, const Arguments& a, const Arguments& b) {
  if (!same_items(in, a.positional, b.positional) || a.keywords.size() != b.keywords.size()) return false;
  for (const auto& [name, value] : a.keywords) {
    const Value* other = b.keyword(name);
    if (!other || !in.same(value, *other)) return false;
  }
  return true;
}

bool same_generics(Interpreter& in, const Generic& a, const Generic& b) {
  if (!in.same(a.origin, b.origin)) return false;
  const auto* origin = a.origin.as<External>();
  if (!origin || origin->qualified_name != "typing.Union") return same_items(in, a.arguments, b.arguments);
  if (a.arguments.size() != b.arguments.size()) return false;
  for (const Value member : a.arguments) {
    bool found = false;
    for (const Value other : b.arguments) found = found || in.same(member, other);
    if (!found) return false;
  }
  return true;
}

bool same_kind(Interpreter& in, Value a, Value b) {
  switch (a.kind()) {
    case Kind::None:
      return true;
    case Kind::Bool:
      return a.as<Bool>()->value == b.as<Bool>()->value;
    case Kind::Int:
      return big_integer_of(a) == big_integer_of(b);
    case Kind::Float:
      return a.as<Float>()->value == b.as<Float>()->value;
    case Kind::Complex:
      return a.as<Complex>()->value == b.as<Complex>()->value;
    case Kind::Str:
      return a.as<Str>()->text == b.as<Str>()->text;
    case Kind::Bytes:
      return a.as<Bytes>()->bytes == b.as<Bytes>()->bytes;
    case Kind::Tuple:
      return same_items(in, a.as<Tuple>()->items, b.as<Tuple>()->items);
    case Kind::List:
      return same_items(in, a.as<List>()->items, b.as<List>()->items);
    case Kind::Dict:
      return same_tables(in, a.as<Dict>()->table, b.as<Dict>()->table);
    case Kind::Set:
      return same_tables(in, a.as<Set>()->table, b.as<Set>()->table);
    case Kind::Generic:
      return same_generics(in, *a.as<Generic>(), *b.as<Generic>());
    case Kind::BoundMethod:
      return a.as<BoundMethod>()->function == b.as<BoundMethod>()->function &&
             a.as<BoundMethod>()->self == b.as<BoundMethod>()->self;
    case Kind::Call:
      return in.same(a.as<Call>()->callee, b.as<Call>()->callee) &&
             same_arguments(in, a.as<Call>()->arguments, b.as<Call>()->arguments);
    case Kind::Host:
      return a.as<HostObject>()->same_as(*b.as<HostObject>());
    case Kind::Instance: {
      const auto* left = a.as<Instance>();
      const auto* right = b.as<Instance>();
      if (left->type != right->type || left->type->is_enum) return false;
      if (left->host || right->host) return left->host && right->host && left->host->same_as(*right->host);
      if (left->payload.has_value() != right->payload.has_value()) return false;
      if (left->payload && !in.same(*left->payload, *right->payload)) return false;
      return same_tables(in, left->attributes->table, right->attributes->table);
    }
    default:
      return false;
  }
}

}  // namespace

bool Interpreter::same(Value left, Value right) {
  if (left == right) return true;
  if (left.kind() != right.kind()) return false;
  const Depth depth(state());
  if (depth.too_deep() || !spend(1)) {
    clear_exception();
    return false;
  }
  return same_kind(*this, left, right);
}

}  // namespace python
