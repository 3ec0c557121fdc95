#include "python/library/texts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <string>

#include "python/evaluation/big_integer.h"
#include "python/evaluation/evaluator.h"

/// str() and repr().
namespace python {

namespace {

void append_hex(std::string& to, char32_t code, int digits) {
  for (int at = digits - 1; at >= 0; --at) to += "0123456789abcdef"[code >> (4 * at) & 15];
}

void append_escaped(std::string& to, char32_t code, char quote) {
  if (code == static_cast<char32_t>(quote) || code == '\\') return to += '\\', library::encode(code, to);
  if (code == '\n') return void(to += "\\n");
  if (code == '\r') return void(to += "\\r");
  if (code == '\t') return void(to += "\\t");
  if (library::is_printable(code)) return library::encode(code, to);
  to += code < 0x100 ? "\\x" : code < 0x10000 ? "\\u" : "\\U";
  append_hex(to, code, code < 0x100 ? 2 : code < 0x10000 ? 4 : 8);
}

char quote_for(std::string_view text) {
  return text.find('\'') != std::string_view::npos && text.find('"') == std::string_view::npos ? '"' : '\'';
}

}  // namespace

std::string quoted(std::string_view text) {
  const char quote = quote_for(text);
  std::string result(1, quote);
  for (const char32_t code : library::decoded_text(text)) append_escaped(result, code, quote);
  return result + quote;
}

std::string quoted_bytes(std::string_view bytes) {
  const char quote = quote_for(bytes);
  std::string result = "b";
  result += quote;
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    if (code < 0x7f) {
      append_escaped(result, code, quote);
    } else {
      result += "\\x";
      append_hex(result, code, 2);
    }
  }
  return result + quote;
}

std::string float_text(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  char buffer[64];
  const auto scientific = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  const std::string_view text(buffer, static_cast<std::size_t>(scientific.ptr - buffer));
  const std::size_t mark = text.find('e');
  int exponent = 0;
  const std::string_view digits = text.substr(mark + 1);
  std::from_chars(digits.data() + (digits[0] == '+' ? 1 : 0), digits.data() + digits.size(), exponent);
  if (exponent < -4 || exponent >= 16) return std::string(text);
  const auto fixed = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  std::string result(buffer, fixed.ptr);
  return result.find('.') == std::string::npos ? result + ".0" : result;
}

namespace {

std::string complex_text(std::complex<double> value) {
  const auto part = [](double number) {
    std::string text = float_text(number);
    return text.ends_with(".0") ? text.substr(0, text.size() - 2) : text;
  };
  if (value.real() == 0 && !std::signbit(value.real())) return part(value.imag()) + "j";
  const std::string imaginary = part(value.imag());
  return "(" + part(value.real()) + (imaginary[0] == '-' ? "" : "+") + imaginary + "j)";
}

/// The text so far, or what stops it.
struct Writer {
  Interpreter& in;
  std::string text;
  Outcome stopped = absent;

  bool repr(Value value) {
    const Outcome part = in.repr_of(value);
    if (part && part.as<Str>() && text.size() < in.state().limits.characters) {
      text += part.as<Str>()->text;
      return true;
    }
    stopped = part ? Outcome(part.as<Unknown>() ? *part : Value(in.unknown("the text is too long"))) : part;
    return false;
  }

  bool items(const std::vector<Value>& values) {
    for (std::size_t at = 0; at < values.size(); ++at) {
      if (at) text += ", ";
      if (!repr(values[at])) return false;
    }
    return true;
  }

  Outcome result() { return stopped.is_absent() ? Outcome(make_str(in, std::move(text))) : stopped; }
};

Outcome repr_of_items(Interpreter& in, const std::vector<Value>& items, std::string open, std::string_view close) {
  Writer writer{in, std::move(open)};
  if (writer.items(items)) writer.text += close;
  return writer.result();
}

Outcome repr_of_dict(Interpreter& in, const Dict& dict) {
  Writer writer{in, "{"};
  bool first = true;
  for (const Table::Entry& entry : std::vector<Table::Entry>(dict.table.entries())) {
    if (!first) writer.text += ", ";
    first = false;
    if (!writer.repr(entry.key)) break;
    writer.text += ": ";
    if (!writer.repr(entry.value)) break;
  }
  writer.text += "}";
  return writer.result();
}

Outcome repr_of_set(Interpreter& in, const Set& set) {
  if (set.table.empty()) return in.str(set.frozen ? "frozenset()" : "set()");
  std::vector<Value> keys;
  for (const auto& entry : set.table.entries()) keys.push_back(entry.key);
  return repr_of_items(in, keys, set.frozen ? "frozenset({" : "{", set.frozen ? "})" : "}");
}

std::string shown_name(const Class& type) {
  if (type.qualified_name.empty()) return type.name;
  return type.qualified_name;
}

std::string type_text(Interpreter& in, Value type) {
  if (const auto* named = type.as<Class>()) return shown_name(*named);
  if (const auto* external = type.as<External>()) return external->qualified_name;
  return in.shown(type);
}

Outcome repr_of_generic(Interpreter& in, const Generic& generic) {
  std::string text;
  const auto* origin = generic.origin.as<External>();
  const bool is_union = origin && origin->qualified_name == "typing.Union";
  for (const Value argument : generic.arguments) {
    if (!text.empty()) text += is_union ? " | " : ", ";
    const auto* named = argument.as<Class>();
    text += named && named->name == "NoneType" ? "None" : type_text(in, argument);
  }
  return make_str(in, is_union ? text : type_text(in, generic.origin) + "[" + text + "]");
}

Outcome repr_of_exception(Interpreter& in, const Instance& exception) {
  const Value* arguments = exception.attributes->find("args");
  const auto* items = arguments ? sequence_items(*arguments) : nullptr;
  return repr_of_items(in, items ? *items : std::vector<Value>(), exception.type->name + "(", ")");
}

Outcome repr_of_enum(Interpreter& in, const Instance& member) {
  const Value* name = member.attributes->find("_name_");
  const Value* value = member.attributes->find("_value_");
  Writer writer{in, "<" + member.type->name};
  if (name && text_of(*name)) writer.text += "." + *text_of(*name);
  writer.text += ": ";
  if (value) writer.repr(*value);
  writer.text += ">";
  return writer.result();
}

Outcome repr_of_instance(Interpreter& in, Instance& instance) {
  if (const Outcome method = special_method(in, &instance, "__repr__"); !method.is_absent())
    return method ? in.call(*method) : method;
  if (instance.host)
    if (const Outcome given = instance.host->repr(in); !given.is_absent()) return given;
  if (instance.type->is_enum) return repr_of_enum(in, instance);
  if (in.is_subclass_of(instance.type, "BaseException")) return repr_of_exception(in, instance);
  if (instance.payload) return in.repr_of(*instance.payload);
  return in.unknown("the representation of an object holds its address");
}

Outcome repr_of_call(Interpreter& in, const Call& call) {
  Writer writer{in, type_text(in, call.callee) + "("};
  if (!writer.items(call.arguments.positional)) return writer.result();
  bool first = call.arguments.positional.empty();
  for (const auto& [name, value] : call.arguments.keywords) {
    writer.text += (first ? "" : ", ") + std::string(name) + "=";
    first = false;
    if (!writer.repr(value)) return writer.result();
  }
  writer.text += ")";
  return writer.result();
}

Outcome repr_of_kind(Interpreter& in, Value value) {
  switch (value.kind()) {
    case Kind::None:
      return in.str("None");
    case Kind::NotImplemented:
      return in.str("NotImplemented");
    case Kind::Ellipsis:
      return in.str("Ellipsis");
    case Kind::Bool:
      return in.str(value.as<Bool>()->value ? "True" : "False");
    case Kind::Int:
      return make_str(in,
                      value.as<Int>()->large ? value.as<Int>()->large->text() : std::to_string(value.as<Int>()->value));
    case Kind::Float:
      return make_str(in, float_text(value.as<Float>()->value));
    case Kind::Complex:
      return make_str(in, complex_text(value.as<Complex>()->value));
    case Kind::Str:
      return make_str(in, quoted(value.as<Str>()->text));
    case Kind::Bytes:
      return make_str(in, quoted_bytes(value.as<Bytes>()->bytes));
    case Kind::Tuple:
      return repr_of_items(in, value.as<Tuple>()->items, "(", value.as<Tuple>()->items.size() == 1 ? ",)" : ")");
    case Kind::List:
      return repr_of_items(in, value.as<List>()->items, "[", "]");
    case Kind::Dict:
      return repr_of_dict(in, *value.as<Dict>());
    case Kind::Set:
      return repr_of_set(in, *value.as<Set>());
    case Kind::Slice:
      return repr_of_items(in, {value.as<Slice>()->lower, value.as<Slice>()->upper, value.as<Slice>()->step}, "slice(",
                           ")");
    case Kind::Range: {
      const auto& range = *value.as<Range>();
      std::string text = "range(" + std::to_string(range.start) + ", " + std::to_string(range.stop);
      if (range.step != 1) text += ", " + std::to_string(range.step);
      return make_str(in, text + ")");
    }
    case Kind::Class: {
      const auto& type = *value.as<Class>();
      return make_str(in, (type.is_enum ? "<enum '" + type.name : "<class '" + shown_name(type)) + "'>");
    }
    case Kind::Instance:
      return repr_of_instance(in, *value.as<Instance>());
    case Kind::Module:
      return make_str(in, "<module '" + value.as<Module>()->name + "'>");
    case Kind::TypeVariable:
      return make_str(in, "~" + value.as<TypeVariable>()->name);
    case Kind::NewType:
      return make_str(in, value.as<NewType>()->name);
    case Kind::TypeAlias:
      return make_str(in, value.as<TypeAlias>()->name);
    case Kind::Generic:
      return repr_of_generic(in, *value.as<Generic>());
    case Kind::External:
      return make_str(in, value.as<External>()->qualified_name);
    case Kind::Call:
      return repr_of_call(in, *value.as<Call>());
    case Kind::Unknown:
      return value;
    case Kind::Host: {
      const Outcome given = value.as<HostObject>()->repr(in);
      if (!given.is_absent()) return given;
      break;
    }
    default:
      break;
  }
  return in.unknown("the representation of an object holds its address");
}

}  // namespace

Outcome Interpreter::repr_of(Value value) {
  const Depth depth(state());
  if (depth.too_deep())
    return raise("RecursionError", "maximum recursion depth exceeded while getting the repr of an object");
  if (!spend(1)) return raised;
  std::vector<Object*>& printing = state().printing;
  if (value.as<List>() || value.as<Dict>() || value.as<Instance>()) {
    if (std::find(printing.begin(), printing.end(), value.object()) != printing.end())
      return str(value.as<List>() ? "[...]" : "{...}");
    printing.push_back(value.object());
    const Outcome result = repr_of_kind(*this, value);
    printing.pop_back();
    return result;
  }
  return repr_of_kind(*this, value);
}

namespace {

Outcome str_of_exception(Interpreter& in, const Instance& exception) {
  const Value* arguments = exception.attributes->find("args");
  const auto* items = arguments ? sequence_items(*arguments) : nullptr;
  if (!items || items->empty()) return in.str("");
  if (items->size() > 1) return in.repr_of(*arguments);
  return exception.type->name == "KeyError" ? in.repr_of((*items)[0]) : in.str_of((*items)[0]);
}

Outcome str_of_enum(Interpreter& in, const Instance& member) {
  if (in.is_subclass_of(member.type, "enum.ReprEnum") && member.payload) return in.str_of(*member.payload);
  const Value* name = member.attributes->find("_name_");
  if (!name || !text_of(*name)) return in.repr_of(const_cast<Instance*>(&member));
  return make_str(in, member.type->name + "." + *text_of(*name));
}

Outcome str_of_instance(Interpreter& in, Instance& instance) {
  if (const Outcome method = special_method(in, &instance, "__str__"); !method.is_absent())
    return method ? in.call(*method) : method;
  if (instance.host)
    if (const Outcome given = instance.host->str(in); !given.is_absent()) return given;
  if (instance.type->is_enum) return str_of_enum(in, instance);
  if (in.is_subclass_of(instance.type, "BaseException")) return str_of_exception(in, instance);
  if (instance.payload && special_method(in, &instance, "__repr__").is_absent()) return in.str_of(*instance.payload);
  return in.repr_of(&instance);
}

}  // namespace

Outcome Interpreter::str_of(Value value) {
  const Depth depth(state());
  if (depth.too_deep()) return raise("RecursionError", "maximum recursion depth exceeded");
  if (value.as<Str>()) return value;
  if (auto* instance = value.as<Instance>()) return str_of_instance(*this, *instance);
  if (auto* object = value.as<HostObject>()) {
    const Outcome given = object->str(*this);
    if (!given.is_absent()) return given;
  }
  if (const auto* unknown = value.as<Unknown>(); unknown && unknown->likely) {
    const Outcome likely = str_of(*unknown->likely);
    return likely ? Outcome(derived(*this, *unknown, *likely)) : likely;
  }
  return repr_of(value);
}

std::string Interpreter::shown(Value value) {
  if (const auto* external = value.as<External>()) return external->qualified_name;
  if (const auto* unknown = value.as<Unknown>()) return unknown->origin.empty() ? "an unknown value" : unknown->origin;
  if (const auto* call = value.as<Call>()) return shown(call->callee) + "(…)";
  if (const auto* type = value.as<Class>()) return type->name;
  if (const auto* function = value.as<Function>()) return std::string(function->name);
  if (value.kind() == Kind::Instance || value.kind() == Kind::Host) return "a " + type_name(value);
  const std::optional<Value> before = state().exception;
  const Outcome text = repr_of(value);
  if (!state().exhausted) state().exception = before;
  const std::string* known = text ? text_of(*text) : nullptr;
  if (!known) return "a " + type_name(value);
  constexpr std::size_t longest = 120;
  return known->size() <= longest ? *known : known->substr(0, longest) + "…";
}

}  // namespace python
