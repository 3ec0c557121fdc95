#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace python {

enum class Kind : std::uint8_t {
  None,
  NotImplemented,
  Ellipsis,
  Bool,
  Int,
  Float,
  Complex,
  Str,
  Bytes,
  Tuple,
  List,
  Dict,
  Set,
  Slice,
  Range,
  Iterator,
  Function,
  Builtin,
  BoundMethod,
  Property,
  StaticMethod,
  ClassMethod,
  Super,
  Class,
  Instance,
  Module,
  TypeVariable,
  NewType,
  TypeAlias,
  Generic,
  External,
  Call,
  Unknown,
  Host,
};

/// A Python object. Owned by the `Heap` of its interpreter, which frees all of them at once; mutable and shared, as in
/// Python. objects.h has one struct a kind.
struct Object {
  const Kind kind;

  explicit Object(Kind which) : kind(which) {}
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;
};

/// A reference to an Object; never null. `==` is Python's `is`.
class Value {
 public:
  Value();  ///< None
  Value(Object* object) : object_(object) {}
  Value(Object& object) : object_(&object) {}

  Kind kind() const { return object_->kind; }
  Object* object() const { return object_; }
  bool is_none() const { return kind() == Kind::None; }
  bool is_unknown() const { return kind() == Kind::Unknown; }

  /// The object as a T (`value.as<Str>()`), or null if it is of another kind.
  template <class T>
  T* as() const {
    return object_->kind == T::tag ? static_cast<T*>(object_) : nullptr;
  }

  bool operator==(const Value&) const = default;

 private:
  Object* object_;
};

struct Raised {};
struct Absent {};
/// `return raised;`: a Python exception is under way (`Interpreter::exception`).
inline constexpr Raised raised;
/// `return absent;`: there is no such attribute, or it is for somebody else to answer.
inline constexpr Absent absent;

/// What an operation came to: a value, a Python exception, or nothing (only where a function says that it may).
class [[nodiscard]] Outcome {
 public:
  Outcome(Value value) : object_(value.object()) {}
  template <class T>
  Outcome(T* object) : object_(object) {}
  Outcome(Raised) : object_(nullptr) {}
  Outcome(Absent) : object_(nullptr), absent_(true) {}

  explicit operator bool() const { return object_ != nullptr; }
  bool is_raised() const { return !object_ && !absent_; }
  bool is_absent() const { return absent_; }
  Value operator*() const { return Value(object_); }
  Value value() const { return Value(object_); }
  template <class T>
  T* as() const {
    return object_ ? value().as<T>() : nullptr;
  }

 private:
  Object* object_;
  bool absent_ = false;
};

}  // namespace python
