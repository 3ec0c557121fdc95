#include <cmath>
#include <string>

#include "python/evaluation/big_integer.h"
#include "python/evaluation/evaluator.h"

/// Operators on values: numbers and containers here, then `__add__` and its like, then hosts.
namespace python {

namespace {

struct OperatorNames {
  std::string_view symbol, method, reflected;
};

constexpr OperatorNames binary_names[] = {{"+", "__add__", "__radd__"},           {"-", "__sub__", "__rsub__"},
                                          {"*", "__mul__", "__rmul__"},           {"@", "__matmul__", "__rmatmul__"},
                                          {"/", "__truediv__", "__rtruediv__"},   {"%", "__mod__", "__rmod__"},
                                          {"**", "__pow__", "__rpow__"},          {"<<", "__lshift__", "__rlshift__"},
                                          {">>", "__rshift__", "__rrshift__"},    {"|", "__or__", "__ror__"},
                                          {"^", "__xor__", "__rxor__"},           {"&", "__and__", "__rand__"},
                                          {"//", "__floordiv__", "__rfloordiv__"}};

const OperatorNames& names(Binary op) { return binary_names[static_cast<std::size_t>(op)]; }

bool is_integer(Value value) { return value.kind() == Kind::Int || value.kind() == Kind::Bool; }

// Numbers

Outcome big_power(Interpreter& in, const BigInteger& base, std::int64_t exponent) {
  if (exponent > 0 && base.bits() * static_cast<std::uint64_t>(exponent) > BigInteger::largest_digits * 32)
    return in.raise("OverflowError", "the integer is too large");
  BigInteger result(1);
  BigInteger square = base;
  for (; exponent > 0; exponent >>= 1) {
    if (exponent & 1) result = result * square;
    if (exponent > 1) square = square * square;
  }
  return large_integer(in, result);
}

Outcome big_shift(Interpreter& in, const BigInteger& left, std::int64_t count, bool to_the_left) {
  if (count < 0) return in.raise("ValueError", "negative shift count");
  if (!to_the_left)
    return large_integer(in, left.shifted_right(static_cast<std::size_t>(std::min<std::int64_t>(count, 1 << 20))));
  if (count > static_cast<std::int64_t>(BigInteger::largest_digits * 32))
    return in.raise("OverflowError", "the integer is too large");
  return large_integer(in, left.shifted_left(static_cast<std::size_t>(count)));
}

Outcome big_division(Interpreter& in, Binary op, const BigInteger& left, const BigInteger& right) {
  if (right.is_zero())
    return in.raise("ZeroDivisionError", op == Binary::Div ? "division by zero" : "integer division or modulo by zero");
  if (op == Binary::Div) return in.number(left.to_double() / right.to_double());
  BigInteger quotient, remainder;
  BigInteger::divide(left, right, quotient, remainder);
  return large_integer(in, op == Binary::FloorDiv ? quotient : remainder);
}

Outcome integer_operation(Interpreter& in, Binary op, Value left, Value right) {
  const BigInteger a = *big_integer_of(left);
  const BigInteger b = *big_integer_of(right);
  switch (op) {
    case Binary::Add:
      return large_integer(in, a + b);
    case Binary::Sub:
      return large_integer(in, a - b);
    case Binary::Mult:
      return large_integer(in, a * b);
    case Binary::Div:
    case Binary::FloorDiv:
    case Binary::Mod:
      return big_division(in, op, a, b);
    case Binary::Pow: {
      const auto exponent = b.small();
      if (b.negative()) return in.number(std::pow(a.to_double(), b.to_double()));
      if (!exponent) return in.raise("OverflowError", "the integer is too large");
      return big_power(in, a, *exponent);
    }
    case Binary::LShift:
    case Binary::RShift:
      return big_shift(in, a, b.small().value_or(INT64_MAX), op == Binary::LShift);
    case Binary::BitOr:
      return large_integer(in, BigInteger::bitwise(BigInteger::Bitwise::Or, a, b));
    case Binary::BitXor:
      return large_integer(in, BigInteger::bitwise(BigInteger::Bitwise::Xor, a, b));
    case Binary::BitAnd:
      return large_integer(in, BigInteger::bitwise(BigInteger::Bitwise::And, a, b));
    case Binary::MatMult:
      return absent;
  }
  return absent;
}

std::optional<std::int64_t> small_result(Binary op, std::int64_t a, std::int64_t b) {
  std::int64_t result = 0;
  switch (op) {
    case Binary::Add:
      return __builtin_add_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Binary::Sub:
      return __builtin_sub_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Binary::Mult:
      return __builtin_mul_overflow(a, b, &result) ? std::nullopt : std::optional(result);
    case Binary::BitOr:
      return a | b;
    case Binary::BitXor:
      return a ^ b;
    case Binary::BitAnd:
      return a & b;
    default:
      return {};
  }
}

Outcome bool_operation(Interpreter& in, Binary op, bool a, bool b) {
  if (op == Binary::BitOr) return in.boolean(a || b);
  if (op == Binary::BitAnd) return in.boolean(a && b);
  if (op == Binary::BitXor) return in.boolean(a != b);
  return absent;
}

Outcome float_operation(Interpreter& in, Binary op, double a, double b) {
  switch (op) {
    case Binary::Add:
      return in.number(a + b);
    case Binary::Sub:
      return in.number(a - b);
    case Binary::Mult:
      return in.number(a * b);
    case Binary::Div:
      if (b == 0) return in.raise("ZeroDivisionError", "float division by zero");
      return in.number(a / b);
    case Binary::FloorDiv:
      if (b == 0) return in.raise("ZeroDivisionError", "float floor division by zero");
      return in.number(std::floor(a / b));
    case Binary::Mod: {
      if (b == 0) return in.raise("ZeroDivisionError", "float modulo");
      const double rest = std::fmod(a, b);
      return in.number(rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest);
    }
    case Binary::Pow:
      return in.number(std::pow(a, b));
    default:
      return absent;
  }
}

Outcome complex_operation(Interpreter& in, Binary op, std::complex<double> a, std::complex<double> b) {
  switch (op) {
    case Binary::Add:
      return in.make<Complex>(a + b);
    case Binary::Sub:
      return in.make<Complex>(a - b);
    case Binary::Mult:
      return in.make<Complex>(a * b);
    case Binary::Div:
      if (b == 0.0) return in.raise("ZeroDivisionError", "complex division by zero");
      return in.make<Complex>(a / b);
    case Binary::Pow:
      return in.make<Complex>(std::pow(a, b));
    default:
      return absent;
  }
}

std::complex<double> complex_of(Value value) {
  if (const auto* number = value.as<Complex>()) return number->value;
  return number_of(value).value_or(0);
}

Outcome number_operation(Interpreter& in, Binary op, Value left, Value right) {
  if (left.kind() == Kind::Bool && right.kind() == Kind::Bool)
    if (const Outcome result = bool_operation(in, op, left.as<Bool>()->value, right.as<Bool>()->value);
        !result.is_absent())
      return result;
  if (left.kind() == Kind::Complex || right.kind() == Kind::Complex) {
    if ((left.kind() == Kind::Complex || number_of(left)) && (right.kind() == Kind::Complex || number_of(right)))
      return complex_operation(in, op, complex_of(left), complex_of(right));
    return absent;
  }
  if (is_integer(left) && is_integer(right)) {
    const auto a = integer_of(left), b = integer_of(right);
    if (a && b)
      if (const auto result = small_result(op, *a, *b)) return in.integer(*result);
    return integer_operation(in, op, left, right);
  }
  const auto a = number_of(left), b = number_of(right);
  return a && b ? float_operation(in, op, *a, *b) : Outcome(absent);
}

// Texts and containers

Outcome repeated(Interpreter& in, Value value, std::int64_t times) {
  const auto count = static_cast<std::size_t>(std::max<std::int64_t>(times, 0));
  const Limits& limits = in.state().limits;
  if (const auto* text = value.as<Str>()) {
    if (count && text->text.size() > limits.characters / count) return in.raise("MemoryError", "the text is too long");
    std::string result;
    for (std::size_t i = 0; i < count && !text->text.empty(); ++i) result += text->text;
    return make_str(in, std::move(result));
  }
  if (const auto* bytes = value.as<Bytes>()) {
    if (count && bytes->bytes.size() > limits.characters / count)
      return in.raise("MemoryError", "the bytes are too long");
    std::string result;
    for (std::size_t i = 0; i < count && !bytes->bytes.empty(); ++i) result += bytes->bytes;
    return in.make<Bytes>(std::move(result));
  }
  const auto* items = sequence_items(value);
  if (!items) return absent;
  if (count && items->size() > limits.items / count) return in.raise("MemoryError", "the list is too long");
  std::vector<Value> result;
  for (std::size_t i = 0; i < count && !items->empty(); ++i) result.insert(result.end(), items->begin(), items->end());
  return value.as<List>() ? Outcome(in.list(std::move(result))) : Outcome(in.tuple(std::move(result)));
}

Outcome concatenated(Interpreter& in, Value left, Value right) {
  if (left.kind() != right.kind()) return absent;
  if (const auto* text = left.as<Str>()) {
    if (text->text.size() + right.as<Str>()->text.size() > in.state().limits.characters)
      return in.raise("MemoryError", "the text is too long");
    return make_str(in, text->text + right.as<Str>()->text);
  }
  if (const auto* bytes = left.as<Bytes>()) return in.make<Bytes>(bytes->bytes + right.as<Bytes>()->bytes);
  const auto* items = sequence_items(left);
  if (!items) return absent;
  std::vector<Value> result = *items;
  const auto* more = sequence_items(right);
  if (result.size() + more->size() > in.state().limits.items) return in.raise("MemoryError", "the list is too long");
  result.insert(result.end(), more->begin(), more->end());
  if (left.as<Tuple>()) return in.tuple(std::move(result));
  List* list = in.list(std::move(result));
  list->incomplete = left.as<List>()->incomplete ? left.as<List>()->incomplete : right.as<List>()->incomplete;
  return list;
}

Outcome set_operation(Interpreter& in, Binary op, Set& left, Set& right) {
  auto* result = in.make<Set>(left.frozen);
  result->incomplete = left.incomplete ? left.incomplete : right.incomplete;
  if (op != Binary::BitOr && op != Binary::BitAnd && op != Binary::Sub && op != Binary::BitXor) return absent;
  for (const auto& entry : left.table.entries()) {
    const bool in_right = in.find(right.table, entry.key) != nullptr;
    if (op == Binary::BitOr || in_right == (op == Binary::BitAnd))
      if (!in.set(result->table, entry.key, {})) return raised;
  }
  if (op != Binary::BitOr && op != Binary::BitXor) return result;
  for (const auto& entry : right.table.entries())
    if (!in.find(left.table, entry.key))
      if (!in.set(result->table, entry.key, {})) return raised;
  return result;
}

Outcome merged(Interpreter& in, Dict& left, Dict& right) {
  Dict* result = in.dict();
  result->table = left.table;
  result->incomplete = left.incomplete ? left.incomplete : right.incomplete;
  for (const auto& entry : right.table.entries())
    if (!in.set(result->table, entry.key, entry.value)) return raised;
  return result;
}

Outcome container_operation(Interpreter& in, Binary op, Value left, Value right) {
  if (op == Binary::Add) return concatenated(in, left, right);
  if (op == Binary::Mult) {
    if (const auto times = integer_of(right); times && is_integer(right)) return repeated(in, left, *times);
    if (const auto times = integer_of(left); times && is_integer(left)) return repeated(in, right, *times);
  }
  if (op == Binary::Mod && left.as<Str>()) return format_percent(in, left.as<Str>()->text, right);
  if (left.as<Set>() && right.as<Set>()) return set_operation(in, op, *left.as<Set>(), *right.as<Set>());
  if (op == Binary::BitOr && left.as<Dict>() && right.as<Dict>())
    return merged(in, *left.as<Dict>(), *right.as<Dict>());
  return absent;
}

// Methods and hosts

Outcome by_method(Interpreter& in, Value self, std::string_view name, Value other) {
  const Outcome method = special_method(in, self, name);
  if (!method) return method;
  const Outcome result = in.call(*method, {other});
  if (result && result.value().kind() == Kind::NotImplemented) return absent;
  return result;
}

Outcome by_host(Interpreter& in, Binary op, Value left, Value right) {
  if (auto* object = left.as<HostObject>())
    if (const Outcome result = object->binary(in, op, right, false); !result.is_absent()) return result;
  if (auto* object = right.as<HostObject>())
    if (const Outcome result = object->binary(in, op, left, true); !result.is_absent()) return result;
  const auto concerns_host = [](Value value) { return value.kind() == Kind::External || value.kind() == Kind::Call; };
  if (!concerns_host(left) && !concerns_host(right)) return absent;
  return in.host().binary(in, op, left, right);
}

Outcome by_methods(Interpreter& in, Binary op, Value left, Value right) {
  const bool right_first =
      left.as<Instance>() && right.as<Instance>() && left.as<Instance>()->type != right.as<Instance>()->type &&
      in.is_true(in.settled(in.is_subclass(right.as<Instance>()->type, left.as<Instance>()->type)));
  if (right_first)
    if (const Outcome result = by_method(in, right, names(op).reflected, left); !result.is_absent()) return result;
  if (const Outcome result = by_method(in, left, names(op).method, right); !result.is_absent()) return result;
  if (right_first) return absent;
  return by_method(in, right, names(op).reflected, left);
}

Outcome unknown_operation(Interpreter& in, Binary op, Value left, Value right) {
  const auto* a = left.as<Unknown>();
  const auto* b = right.as<Unknown>();
  const Unknown& first = a ? *a : *b;
  if ((a && !a->likely) || (b && !b->likely)) return derived(in, first);
  const Outcome likely = in.binary(op, a ? *a->likely : left, b ? *b->likely : right);
  if (likely) return derived(in, first, *likely);
  in.clear_exception();
  return derived(in, first);
}

bool has_methods(Value value) { return value.kind() == Kind::Instance || value.kind() == Kind::Class; }

}  // namespace

Outcome Interpreter::binary(Binary op, Value left, Value right) {
  const Depth depth(state());
  if (depth.too_deep()) return raise("RecursionError", "maximum recursion depth exceeded");
  if (!spend(1)) return raised;
  if (left.kind() == Kind::Host || right.kind() == Kind::Host)
    if (const Outcome result = by_host(*this, op, left, right); !result.is_absent()) return result;
  if (left.is_unknown() || right.is_unknown()) {
    if (op == Binary::BitOr && (is_type_like(left) || is_type_like(right))) return union_of(*this, {left, right});
    return unknown_operation(*this, op, left, right);
  }
  if (has_methods(left) || has_methods(right))
    if (const Outcome result = by_methods(*this, op, left, right); !result.is_absent()) return result;
  const Value a = plain(left), b = plain(right);
  if (const Outcome result = number_operation(*this, op, a, b); !result.is_absent()) return result;
  if (const Outcome result = container_operation(*this, op, a, b); !result.is_absent()) return result;
  if (const Outcome result = by_host(*this, op, left, right); !result.is_absent()) return result;
  const auto is_type = [](Value value) { return is_type_like(value) && !value.is_none() && !value.as<Str>(); };
  if (op == Binary::BitOr && is_type_like(left) && is_type_like(right) && (is_type(left) || is_type(right)))
    return union_of(*this, {left, right});
  for (const Value operand : {left, right})
    if (operand.kind() == Kind::External || operand.kind() == Kind::Call)
      return unknown("what " + shown(operand) + " " + std::string(names(op).symbol) + " … gives is not described");
  return raise("TypeError", "unsupported operand type(s) for " + std::string(names(op).symbol) + ": '" +
                                type_name(left) + "' and '" + type_name(right) + "'");
}

namespace {

Outcome unary_number(Interpreter& in, Unary op, Value value) {
  if (is_integer(value)) {
    const BigInteger number = *big_integer_of(value);
    if (op == Unary::USub) return large_integer(in, -number);
    if (op == Unary::Invert) return large_integer(in, -number + BigInteger(-1));
    return large_integer(in, number);
  }
  if (op == Unary::Invert) return absent;
  const double sign = op == Unary::USub ? -1 : 1;
  if (const auto* number = value.as<Float>()) return in.number(sign * number->value);
  if (const auto* number = value.as<Complex>()) return in.make<Complex>(sign * number->value);
  return absent;
}

constexpr OperatorNames unary_names[] = {{"~", "__invert__", ""}, {"+", "__pos__", ""}, {"-", "__neg__", ""}};

}  // namespace

Outcome Interpreter::unary(Unary op, Value operand) {
  const OperatorNames& name = unary_names[static_cast<std::size_t>(op)];
  if (const auto* unknown = operand.as<Unknown>()) return derived(*this, *unknown);
  if (auto* object = operand.as<HostObject>()) {
    const Outcome result = object->unary(*this, op);
    if (!result.is_absent()) return result;
  }
  if (const Outcome method = special_method(*this, operand, name.method); !method.is_absent())
    return method ? call(*method) : Outcome(raised);
  if (const Outcome result = unary_number(*this, op, plain(operand)); !result.is_absent()) return result;
  if (operand.kind() == Kind::Call || operand.kind() == Kind::External)
    return unknown("what an operator on " + shown(operand) + " gives is not described");
  return raise("TypeError",
               "bad operand type for unary " + std::string(name.symbol) + ": '" + type_name(operand) + "'");
}

namespace {

constexpr OperatorNames comparison_names[] = {
    {"==", "__eq__", "__eq__"}, {"!=", "__ne__", "__ne__"}, {"<", "__lt__", "__gt__"}, {"<=", "__le__", "__ge__"},
    {">", "__gt__", "__lt__"},  {">=", "__ge__", "__le__"}, {"in", "__contains__", ""}};

Comparison mirrored(Comparison op) {
  switch (op) {
    case Comparison::Lt:
      return Comparison::Gt;
    case Comparison::LtE:
      return Comparison::GtE;
    case Comparison::Gt:
      return Comparison::Lt;
    case Comparison::GtE:
      return Comparison::LtE;
    default:
      return op;
  }
}

bool holds(Comparison op, int order) {
  switch (op) {
    case Comparison::Eq:
      return order == 0;
    case Comparison::NotEq:
      return order != 0;
    case Comparison::Lt:
      return order < 0;
    case Comparison::LtE:
      return order <= 0;
    case Comparison::Gt:
      return order > 0;
    case Comparison::GtE:
      return order >= 0;
    default:
      return false;
  }
}

std::optional<int> order_of_numbers(Value left, Value right) {
  if (is_integer(left) && is_integer(right)) {
    const auto a = integer_of(left), b = integer_of(right);
    if (a && b) return *a < *b ? -1 : *a > *b;
    return BigInteger::compare(*big_integer_of(left), *big_integer_of(right));
  }
  const auto a = number_of(left), b = number_of(right);
  if (!a || !b) return {};
  if (std::isnan(*a) || std::isnan(*b)) return 2;
  return *a < *b ? -1 : *a > *b;
}

/// UTF-8 sorts as code points do.
std::optional<int> order_of_texts(Value left, Value right) {
  if (left.as<Str>() && right.as<Str>()) return left.as<Str>()->text.compare(right.as<Str>()->text);
  if (left.as<Bytes>() && right.as<Bytes>()) return left.as<Bytes>()->bytes.compare(right.as<Bytes>()->bytes);
  return {};
}

Outcome compare_sequences(Interpreter& in, Comparison op, const std::vector<Value>& left,
                          const std::vector<Value>& right) {
  const bool equality = op == Comparison::Eq || op == Comparison::NotEq;
  if (equality && left.size() != right.size()) return in.boolean(op == Comparison::NotEq);
  const std::size_t shared = std::min(left.size(), right.size());
  for (std::size_t at = 0; at < shared && at < left.size() && at < right.size(); ++at) {
    const Value a = left[at], b = right[at];
    if (a == b) continue;
    const Outcome equal = in.compare(Comparison::Eq, a, b);
    if (!equal) return raised;
    const Outcome truth = in.truth(*equal);
    if (!truth || truth.as<Unknown>()) return truth;
    if (truth.as<Bool>()->value) continue;
    return equality ? Outcome(in.boolean(op == Comparison::NotEq)) : in.compare(op, a, b);
  }
  const int order = left.size() < right.size() ? -1 : left.size() > right.size();
  return in.boolean(holds(op, order));
}

Outcome compare_sets(Interpreter& in, Comparison op, Set& left, Set& right) {
  const auto within = [&](Set& small, Set& large) {
    for (const auto& entry : small.table.entries())
      if (!in.find(large.table, entry.key)) return false;
    return true;
  };
  const std::size_t a = left.table.size(), b = right.table.size();
  switch (op) {
    case Comparison::Eq:
      return in.boolean(a == b && within(left, right));
    case Comparison::NotEq:
      return in.boolean(a != b || !within(left, right));
    case Comparison::Lt:
      return in.boolean(a < b && within(left, right));
    case Comparison::LtE:
      return in.boolean(within(left, right));
    case Comparison::Gt:
      return in.boolean(a > b && within(right, left));
    default:
      return in.boolean(within(right, left));
  }
}

Outcome compare_dicts(Interpreter& in, Comparison op, Dict& left, Dict& right) {
  if (op != Comparison::Eq && op != Comparison::NotEq) return absent;
  bool equal = left.table.size() == right.table.size();
  const std::vector<Table::Entry> entries = left.table.entries();
  for (std::size_t at = 0; equal && at < entries.size(); ++at) {
    const Value* other = in.find(right.table, entries[at].key);
    equal = other && in.equal(entries[at].value, *other);
  }
  return in.boolean(equal == (op == Comparison::Eq));
}

Outcome compare_plain(Interpreter& in, Comparison op, Value left, Value right) {
  if (const auto order = order_of_numbers(left, right))
    return in.boolean(*order == 2 ? op == Comparison::NotEq : holds(op, *order));
  if (const auto order = order_of_texts(left, right)) return in.boolean(holds(op, *order));
  if (left.kind() == right.kind() && sequence_items(left))
    return compare_sequences(in, op, *sequence_items(left), *sequence_items(right));
  if (left.as<Set>() && right.as<Set>()) return compare_sets(in, op, *left.as<Set>(), *right.as<Set>());
  if (left.as<Dict>() && right.as<Dict>()) return compare_dicts(in, op, *left.as<Dict>(), *right.as<Dict>());
  return absent;
}

/// Of a member of an enumeration that is searched itself: `"red" in Color`.
const Value* enum_value(Value container, Value candidate) {
  const auto* type = container.as<Class>();
  const auto* member = candidate.as<Instance>();
  return type && type->is_enum && member ? member->attributes->find("_value_") : nullptr;
}

Outcome contains_item(Interpreter& in, Value container, Value item) {
  const Outcome found = in.iterate(container, [&](Value candidate) -> Outcome {
    if (candidate == item) return in.boolean(true);
    if (const Value* value = enum_value(container, candidate); value && in.equal(*value, item)) return in.boolean(true);
    const Outcome equal = in.compare(Comparison::Eq, candidate, item);
    if (!equal) return raised;
    const Outcome truth = in.truth(*equal);
    if (truth && truth.as<Bool>() && !truth.as<Bool>()->value) return absent;
    return truth;
  });
  if (!found.is_absent()) return found;
  if (const Unknown* unknown = unknown_within(container)) return derived(in, *unknown);
  return in.boolean(false);
}

Outcome contains(Interpreter& in, Value container, Value item) {
  if (auto* object = container.as<HostObject>()) {
    const Outcome given = object->compare(in, Comparison::In, item);
    if (!given.is_absent()) return given;
  }
  if (const auto* unknown = container.as<Unknown>()) {
    if (!unknown->likely) return derived(in, *unknown);
    const Outcome likely = contains(in, *unknown->likely, item);
    return likely ? Outcome(derived(in, *unknown, *likely)) : likely;
  }
  if (const Outcome method = special_method(in, container, "__contains__"); !method.is_absent()) {
    if (!method) return raised;
    const Outcome given = in.call(*method, {item});
    return given ? in.truth(*given) : given;
  }
  const Value inner = plain(container);
  if (const auto* unknown = item.as<Unknown>()) return derived(in, *unknown);
  if (auto* dict = inner.as<Dict>()) {
    if (in.find(dict->table, item)) return in.boolean(true);
    return dict->incomplete ? Outcome(derived(in, *dict->incomplete)) : Outcome(in.boolean(false));
  }
  if (auto* set = inner.as<Set>()) {
    if (in.find(set->table, item)) return in.boolean(true);
    return set->incomplete ? Outcome(derived(in, *set->incomplete)) : Outcome(in.boolean(false));
  }
  if (const auto* text = inner.as<Str>()) {
    const std::string* part = text_of(item);
    if (!part) return in.raise("TypeError", "'in <string>' requires string as left operand, not " + in.type_name(item));
    return in.boolean(text->text.find(*part) != std::string::npos);
  }
  if (const auto* bytes = inner.as<Bytes>()) {
    const auto* part = plain(item).as<Bytes>();
    return in.boolean(part && bytes->bytes.find(part->bytes) != std::string::npos);
  }
  return contains_item(in, container, item);
}

Outcome compare_unknown(Interpreter& in, Comparison op, Value left, Value right) {
  const auto* a = left.as<Unknown>();
  const auto* b = right.as<Unknown>();
  const Unknown& first = a ? *a : *b;
  if ((a && !a->likely) || (b && !b->likely)) return derived(in, first);
  const Outcome likely = in.compare(op, a ? *a->likely : left, b ? *b->likely : right);
  if (likely) return derived(in, first, *likely);
  in.clear_exception();
  return derived(in, first);
}

Outcome compare_by_method(Interpreter& in, Comparison op, Value left, Value right) {
  const OperatorNames& name = comparison_names[static_cast<std::size_t>(op)];
  if (const Outcome result = by_method(in, left, name.method, right); !result.is_absent()) return result;
  if (op == Comparison::NotEq) {
    const Outcome equal = by_method(in, left, "__eq__", right);
    if (equal.is_raised()) return raised;
    if (equal) {
      const Outcome truth = in.truth(*equal);
      return truth.as<Bool>() ? Outcome(in.boolean(!truth.as<Bool>()->value)) : truth;
    }
  }
  return by_method(in, right, comparison_names[static_cast<std::size_t>(mirrored(op))].method, left);
}

Outcome compare_with_host(Interpreter& in, Comparison op, Value left, Value right) {
  if (auto* object = left.as<HostObject>())
    if (const Outcome result = object->compare(in, op, right); !result.is_absent()) return result;
  if (auto* object = right.as<HostObject>()) return object->compare(in, mirrored(op), left);
  return absent;
}

}  // namespace

Outcome Interpreter::compare(Comparison op, Value left, Value right) {
  const Depth depth(state());
  if (depth.too_deep()) return raise("RecursionError", "maximum recursion depth exceeded in comparison");
  if (!spend(1)) return raised;
  if (op == Comparison::In) return contains(*this, left, right);
  if (left.kind() == Kind::Host || right.kind() == Kind::Host)
    if (const Outcome result = compare_with_host(*this, op, left, right); !result.is_absent()) return result;
  if (left.is_unknown() || right.is_unknown()) return compare_unknown(*this, op, left, right);
  if (has_methods(left) || has_methods(right))
    if (const Outcome result = compare_by_method(*this, op, left, right); !result.is_absent()) return result;
  const auto is_plain_enum = [](Value value) { return value.as<Instance>() && !value.as<Instance>()->payload; };
  if (!is_plain_enum(left) && !is_plain_enum(right))
    if (const Outcome result = compare_plain(*this, op, plain(left), plain(right)); !result.is_absent()) return result;
  if (op == Comparison::Eq) return boolean(same(left, right) && left.kind() != Kind::Instance ? true : left == right);
  if (op == Comparison::NotEq)
    return boolean(!(same(left, right) && left.kind() != Kind::Instance ? true : left == right));
  for (const Value operand : {left, right})
    if (operand.kind() == Kind::External || operand.kind() == Kind::Call)
      return unknown("how " + shown(operand) + " compares is not described");
  return raise("TypeError", "'" + std::string(comparison_names[static_cast<std::size_t>(op)].symbol) +
                                "' not supported between instances of '" + type_name(left) + "' and '" +
                                type_name(right) + "'");
}

bool Interpreter::equal(Value left, Value right) {
  if (left == right) return true;
  const Outcome result = compare(Comparison::Eq, left, right);
  if (!result) {
    clear_exception();
    return false;
  }
  return is_true(*result);
}

Outcome Interpreter::truth(Value value) {
  switch (value.kind()) {
    case Kind::None:
      return boolean(false);
    case Kind::Bool:
      return value;
    case Kind::Unknown: {
      const auto* unknown = value.as<Unknown>();
      return unknown->likely ? Outcome(derived(*this, *unknown, boolean(is_true(*unknown->likely)))) : Outcome(value);
    }
    case Kind::Int:
      return boolean(value.as<Int>()->large || value.as<Int>()->value != 0);
    case Kind::Float:
      return boolean(value.as<Float>()->value != 0);
    case Kind::Complex:
      return boolean(value.as<Complex>()->value != 0.0);
    case Kind::Str:
      return boolean(!value.as<Str>()->text.empty());
    case Kind::Bytes:
      return boolean(!value.as<Bytes>()->bytes.empty());
    case Kind::Tuple:
      return boolean(!value.as<Tuple>()->items.empty());
    case Kind::Range:
      return boolean(value.as<Range>()->size() > 0);
    case Kind::Host: {
      const Outcome given = value.as<HostObject>()->truth(*this);
      if (!given.is_absent()) return given ? truth(*given) : given;
      const Outcome size = value.as<HostObject>()->length(*this);
      if (size.is_absent()) return boolean(true);
      return size ? truth(*size) : size;
    }
    case Kind::Class:
    case Kind::Instance: {
      for (const std::string_view name : {"__bool__", "__len__"}) {
        const Outcome method = special_method(*this, value, name);
        if (method.is_absent()) continue;
        if (!method) return raised;
        const Outcome given = call(*method);
        return given ? truth(*given) : given;
      }
      const auto* instance = value.as<Instance>();
      return instance && instance->payload ? truth(*instance->payload) : Outcome(boolean(true));
    }
    default:
      break;
  }
  const Unknown* incomplete = unknown_within(value);
  if (const auto* list = value.as<List>())
    return list->items.empty() && incomplete ? Outcome(derived(*this, *incomplete))
                                             : Outcome(boolean(!list->items.empty()));
  if (const auto* dict = value.as<Dict>())
    return dict->table.empty() && incomplete ? Outcome(derived(*this, *incomplete))
                                             : Outcome(boolean(!dict->table.empty()));
  if (const auto* set = value.as<Set>())
    return set->table.empty() && incomplete ? Outcome(derived(*this, *incomplete))
                                            : Outcome(boolean(!set->table.empty()));
  if (value.kind() == Kind::Call) return boolean(true);
  return boolean(true);
}

bool Interpreter::is_true(Value value) {
  const Outcome result = truth(value);
  if (!result) clear_exception();
  const auto* known = result.as<Bool>();
  return known && known->value;
}

}  // namespace python
