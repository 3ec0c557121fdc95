#pragma once

#include <string>
#include <string_view>

#include "python/evaluation/arguments.h"
#include "python/evaluation/value.h"

namespace python {

class Interpreter;

enum class Binary : std::uint8_t {
  Add,
  Sub,
  Mult,
  MatMult,
  Div,
  Mod,
  Pow,
  LShift,
  RShift,
  BitOr,
  BitXor,
  BitAnd,
  FloorDiv
};
enum class Unary : std::uint8_t { Invert, UAdd, USub };
enum class Comparison : std::uint8_t { Eq, NotEq, Lt, LtE, Gt, GtE, In };

/// A value whose meaning the host knows: a Column, a Table, an SQL expression. Whatever answers `absent` does what
/// Python does for an object that has no such method.
class HostObject : public Object {
 public:
  static constexpr Kind tag = Kind::Host;
  HostObject() : Object(tag) {}

  /// Its class: "sqlalchemy.schema.Column". `type(x)` is the External (or what `Host::outside` gives) of that name.
  virtual std::string_view type_name() const = 0;

  virtual Outcome attribute(Interpreter&, std::string_view) { return absent; }
  /// Gives None when done.
  virtual Outcome set_attribute(Interpreter&, std::string_view, Value) { return absent; }
  virtual Outcome delete_attribute(Interpreter&, std::string_view) { return absent; }
  virtual Outcome call(Interpreter&, Arguments&) { return absent; }
  virtual Outcome subscript(Interpreter&, Value) { return absent; }
  virtual Outcome set_item(Interpreter&, Value, Value) { return absent; }
  virtual Outcome delete_item(Interpreter&, Value) { return absent; }
  /// `reflected`: the other operand stands on the left.
  virtual Outcome binary(Interpreter&, Binary, Value /*other*/, bool /*reflected*/) { return absent; }
  virtual Outcome unary(Interpreter&, Unary) { return absent; }
  /// `self op other`; `In` is `other in self`. Absent: == and != by identity, the others are a TypeError.
  virtual Outcome compare(Interpreter&, Comparison, Value /*other*/) { return absent; }
  /// What iteration walks over: a list, tuple or iterator.
  virtual Outcome iterate(Interpreter&) { return absent; }
  virtual Outcome length(Interpreter&) { return absent; }
  /// Absent: true, or by its length.
  virtual Outcome truth(Interpreter&) { return absent; }
  virtual Outcome str(Interpreter&) { return absent; }
  virtual Outcome repr(Interpreter&) { return absent; }
  /// As a descriptor in a class (hybrid, declared_attr): `receiver` is the instance or None, `owner` the Class.
  virtual Outcome get(Interpreter&, Value /*receiver*/, Value /*owner*/) { return absent; }
  /// As the value of a class attribute when the class is made (`__set_name__`).
  virtual void set_name(Interpreter&, Value /*owner*/, std::string_view) {}
  /// isinstance(self, class): by the qualified name of the class, its bases included.
  virtual bool is_instance_of(std::string_view qualified_name) const { return qualified_name == type_name(); }
  /// For `with x as y`: what y is. Absent: itself.
  virtual Outcome enter(Interpreter&) { return absent; }
  /// Equal in what it means to another object; decides whether the two branches of an undecided condition differ.
  virtual bool same_as(const HostObject& other) const { return this == &other; }
};

}  // namespace python
