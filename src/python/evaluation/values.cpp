#include <cmath>
#include <string>

#include "python/evaluation/big_integer.h"
#include "python/evaluation/evaluator.h"

namespace python {

Value plain(Value value) {
  if (const auto* instance = value.as<Instance>())
    if (instance->payload) return plain(*instance->payload);
  return value;
}

const std::string* text_of(Value value) {
  const auto* text = plain(value).as<Str>();
  return text ? &text->text : nullptr;
}

std::optional<std::int64_t> integer_of(Value value) {
  value = plain(value);
  if (const auto* boolean = value.as<Bool>()) return boolean->value ? 1 : 0;
  const auto* integer = value.as<Int>();
  if (!integer || integer->large) return {};
  return integer->value;
}

std::optional<double> number_of(Value value) {
  value = plain(value);
  if (const auto* number = value.as<Float>()) return number->value;
  if (const auto* integer = value.as<Int>())
    return integer->large ? integer->large->to_double() : static_cast<double>(integer->value);
  if (const auto* boolean = value.as<Bool>()) return boolean->value ? 1 : 0;
  return {};
}

const Unknown* unknown_within(Value value) {
  value = plain(value);
  if (const auto* unknown = value.as<Unknown>()) return unknown;
  if (const auto* list = value.as<List>()) return list->incomplete;
  if (const auto* dict = value.as<Dict>()) return dict->incomplete;
  if (const auto* set = value.as<Set>()) return set->incomplete;
  return nullptr;
}

Unknown* derived(Interpreter& in, const Unknown& from, std::optional<Value> likely) {
  if (from.likely == likely && from.origin.empty()) return const_cast<Unknown*>(&from);
  Unknown* result = in.make<Unknown>(from.reason, from.location);
  result->likely = likely && !likely->is_unknown() ? likely : std::nullopt;
  return result;
}

const std::vector<Value>* sequence_items(Value value) {
  value = plain(value);
  if (const auto* tuple = value.as<Tuple>()) return &tuple->items;
  if (const auto* list = value.as<List>()) return &list->items;
  return nullptr;
}

Str* make_str(Interpreter& in, std::string text) {
  in.state().bytes += text.size();
  return in.make<Str>(std::move(text));
}

Str* interned_str(Interpreter& in, std::string_view text) {
  auto& strings = in.state().strings;
  if (const auto found = strings.find(text); found != strings.end()) return found->second;
  Str* made = make_str(in, std::string(text));
  if (text.size() <= 64) strings.emplace(made->text, made);
  return made;
}

namespace {

std::uint32_t mixed(std::uint64_t bits) {
  bits ^= bits >> 33;
  bits *= 0xff51afd7ed558ccdu;
  return static_cast<std::uint32_t>(bits ^ (bits >> 33));
}

std::uint32_t hash_of_number(Value value) {
  const double number = *number_of(value);
  if (std::isfinite(number) && std::floor(number) == number && std::fabs(number) < 9e18)
    return mixed(static_cast<std::uint64_t>(integer_of(value).value_or(static_cast<std::int64_t>(number))));
  return mixed(static_cast<std::uint64_t>(std::hash<double>()(number)));
}

std::uint32_t hash_of_items(Interpreter& in, const std::vector<Value>& items, bool& hashable) {
  std::uint64_t result = 0x9e3779b9u + items.size();
  for (const Value item : items) result = result * 1000003u + hash_key(in, item, hashable);
  return mixed(result);
}

std::uint32_t hash_of_set(Interpreter& in, const Set& set, bool& hashable) {
  std::uint64_t result = set.table.size();
  for (const auto& entry : set.table.entries()) result += mixed(hash_key(in, entry.key, hashable));
  return mixed(result);
}

std::uint32_t hash_of_identity(Value value) { return mixed(reinterpret_cast<std::uintptr_t>(value.object())); }

std::uint32_t hash_of_instance(Interpreter& in, const Instance& instance, bool& hashable) {
  const Value* method = in.find_in_mro(*instance.type, "__hash__");
  if (method && method->is_none()) hashable = false;
  if (method && method->as<Function>()) {
    const Outcome result = in.call(*method, {Value(const_cast<Instance*>(&instance))});
    if (!result) {
      hashable = false;
      return 0;
    }
    return hash_key(in, *result, hashable);
  }
  if (instance.payload) return hash_key(in, *instance.payload, hashable);
  return hash_of_identity(const_cast<Instance*>(&instance));
}

}  // namespace

std::uint32_t hash_key(Interpreter& in, Value key, bool& hashable) {
  switch (key.kind()) {
    case Kind::Str:
      return key.as<Str>()->hash;
    case Kind::Bool:
    case Kind::Int:
    case Kind::Float:
      return hash_of_number(key);
    case Kind::Bytes:
      return hash_of(key.as<Bytes>()->bytes) + 1;
    case Kind::Tuple: {
      const Depth depth(in.state());
      if (depth.too_deep()) return 0;
      return hash_of_items(in, key.as<Tuple>()->items, hashable);
    }
    case Kind::Generic:
      return hash_of_items(in, key.as<Generic>()->arguments, hashable) +
             hash_key(in, key.as<Generic>()->origin, hashable);
    case Kind::BoundMethod:
      return hash_of_identity(key.as<BoundMethod>()->function);
    case Kind::Set:
      if (!key.as<Set>()->frozen) hashable = false;
      return hash_of_set(in, *key.as<Set>(), hashable);
    case Kind::List:
    case Kind::Dict:
      hashable = false;
      return 0;
    case Kind::Instance:
      return hash_of_instance(in, *key.as<Instance>(), hashable);
    default:
      return hash_of_identity(key);
  }
}

}  // namespace python
