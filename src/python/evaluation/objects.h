#pragma once

#include <complex>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/evaluation/arguments.h"
#include "python/evaluation/location.h"
#include "python/evaluation/table.h"
#include "python/evaluation/value.h"

/// One struct for every kind of Value. They are made by the interpreter (`Interpreter::make<T>(…)`).
namespace python {

class Interpreter;
class BigInteger;
class HostObject;
struct Class;
struct Module;
struct Scope;

struct None : Object {
  static constexpr Kind tag = Kind::None;
  None() : Object(tag) {}
};

struct NotImplemented : Object {
  static constexpr Kind tag = Kind::NotImplemented;
  NotImplemented() : Object(tag) {}
};

struct Ellipsis : Object {
  static constexpr Kind tag = Kind::Ellipsis;
  Ellipsis() : Object(tag) {}
};

struct Bool : Object {
  static constexpr Kind tag = Kind::Bool;
  explicit Bool(bool v) : Object(tag), value(v) {}
  bool value;
};

struct Int : Object {
  static constexpr Kind tag = Kind::Int;
  explicit Int(std::int64_t v) : Object(tag), value(v) {}
  std::int64_t value;                 ///< meaningless if `large` is set
  const BigInteger* large = nullptr;  ///< what does not fit an int64
};

struct Float : Object {
  static constexpr Kind tag = Kind::Float;
  explicit Float(double v) : Object(tag), value(v) {}
  double value;
};

struct Complex : Object {
  static constexpr Kind tag = Kind::Complex;
  explicit Complex(std::complex<double> v) : Object(tag), value(v) {}
  std::complex<double> value;
};

struct Str : Object {
  static constexpr Kind tag = Kind::Str;
  explicit Str(std::string t) : Object(tag), text(std::move(t)), hash(hash_of(text)) {}
  const std::string text;  ///< UTF-8
  const std::uint32_t hash;
};

struct Bytes : Object {
  static constexpr Kind tag = Kind::Bytes;
  explicit Bytes(std::string b) : Object(tag), bytes(std::move(b)) {}
  std::string bytes;
};

struct Tuple : Object {
  static constexpr Kind tag = Kind::Tuple;
  explicit Tuple(std::vector<Value> i) : Object(tag), items(std::move(i)) {}
  const std::vector<Value> items;
};

struct List : Object {
  static constexpr Kind tag = Kind::List;
  explicit List(std::vector<Value> i = {}) : Object(tag), items(std::move(i)) {}
  std::vector<Value> items;
  /// Elements may be missing or too many: some came from a loop or a call that could not be read.
  const Unknown* incomplete = nullptr;
};

/// A dict; namespaces and the attributes of objects are dicts too, whose keys are texts.
struct Dict : Object {
  static constexpr Kind tag = Kind::Dict;
  Dict() : Object(tag) {}
  Table table;
  const Unknown* incomplete = nullptr;

  Value* find(std::string_view key) { return table.find(key); }
  const Value* find(std::string_view key) const { return table.find(key); }
};

/// set and frozenset.
struct Set : Object {
  static constexpr Kind tag = Kind::Set;
  explicit Set(bool is_frozen = false) : Object(tag), frozen(is_frozen) {}
  bool frozen;
  Table table;  ///< the values are None
  const Unknown* incomplete = nullptr;
};

struct Slice : Object {
  static constexpr Kind tag = Kind::Slice;
  Slice(Value from, Value to, Value by) : Object(tag), lower(from), upper(to), step(by) {}
  Value lower, upper, step;
};

struct Range : Object {
  static constexpr Kind tag = Kind::Range;
  Range(std::int64_t from, std::int64_t to, std::int64_t by) : Object(tag), start(from), stop(to), step(by) {}
  std::int64_t start, stop, step;
  std::int64_t size() const;
};

/// Iterators and generators: see iterator.h.
struct Iterator : Object {
  static constexpr Kind tag = Kind::Iterator;
  explicit Iterator(std::string_view type) : Object(tag), type_name(type) {}
  std::string_view type_name;  ///< "generator", "zip", …
  /// The next item; absent at the end.
  virtual Outcome next(Interpreter& interpreter) = 0;
};

/// `def` and `lambda`.
struct Function : Object {
  static constexpr Kind tag = Kind::Function;
  Function() : Object(tag) {}
  const syntax::FunctionDef* definition = nullptr;  ///< null for a lambda
  const syntax::Lambda* lambda = nullptr;           ///< null for a def
  const syntax::Arguments* parameters = nullptr;
  std::vector<Value> defaults;                         ///< of the last positional parameters
  std::vector<std::optional<Value>> keyword_defaults;  ///< as long as kwonlyargs
  Scope* scope = nullptr;                              ///< where it was defined
  Module* module = nullptr;
  Class* owner = nullptr;  ///< `__class__` for super()
  std::string_view name;
  std::string qualified_name;  ///< __qualname__
  bool is_generator = false;
  bool is_async = false;
  Dict* attributes = nullptr;  ///< made when one is set
  Location location;           ///< the whole definition
};

using Native = std::function<Outcome(Interpreter&, Arguments&)>;

/// A function written here. As an attribute of a class it is bound like a Python function, `self` first.
struct Builtin : Object {
  static constexpr Kind tag = Kind::Builtin;
  Builtin(std::string_view qualified, Native code) : Object(tag), qualified_name(qualified), native(std::move(code)) {}
  std::string_view qualified_name;  ///< "builtins.len", "str.join", "sqlalchemy.Column.copy"
  Native native;
  bool binds = true;           ///< false: as an attribute of a class it stays as it is
  Dict* attributes = nullptr;  ///< made when one is set
};

struct BoundMethod : Object {
  static constexpr Kind tag = Kind::BoundMethod;
  BoundMethod(Value f, Value s) : Object(tag), function(f), self(s) {}
  Value function, self;
};

struct Property : Object {
  static constexpr Kind tag = Kind::Property;
  Property() : Object(tag) {}
  Value getter, setter, deleter;
  bool cached = false;  ///< functools.cached_property
};

struct StaticMethod : Object {
  static constexpr Kind tag = Kind::StaticMethod;
  explicit StaticMethod(Value f) : Object(tag), function(f) {}
  Value function;
};

struct ClassMethod : Object {
  static constexpr Kind tag = Kind::ClassMethod;
  explicit ClassMethod(Value f) : Object(tag), function(f) {}
  Value function;
};

/// super(): attributes are looked up behind `after` in the MRO of the receiver's class.
struct Super : Object {
  static constexpr Kind tag = Kind::Super;
  Super(Value class_, Value receiver_) : Object(tag), after(class_), receiver(receiver_) {}
  Value after;     ///< a Class
  Value receiver;  ///< an instance, or a Class (in class methods and metaclasses)
};

/// `name: expression` in a class body, or an entry of an `__annotations__` that code made.
struct Annotation {
  std::string_view name;
  const syntax::Expr* expression = nullptr;  ///< null if code put a value there
  Scope* scope = nullptr;                    ///< the class body's
  /// What the expression gave where it stands. Empty under `from __future__ import annotations`, and where a name is
  /// defined only later (Python 3.14): then `Interpreter::value(annotation)` evaluates it when asked.
  std::optional<Value> value;
  bool is_text = false;  ///< `from __future__ import annotations`: Python keeps the text alone
  Location location;     ///< the statement

  /// The annotation as it is written; empty without an expression.
  std::string_view text() const;
};

struct Class : Object {
  static constexpr Kind tag = Kind::Class;
  Class() : Object(tag) {}
  std::string name;            ///< __name__
  std::string qualified_name;  ///< "int", "datetime.datetime", "app.models.User", "app.models.make.<locals>.Base"
  std::vector<Value> bases;    ///< Class, External, Unknown or a host's object; subscripted ones by their origin
  std::vector<Value> original_bases;  ///< as written: `Generic[T]`
  /// C3 linearisation, itself first, `object` last. External and host bases stand in it as themselves.
  std::vector<Value> mro;
  Value metaclass;             ///< a Class (`type` if nothing else) or an External
  Dict* attributes = nullptr;  ///< the namespace in order of definition, `__dict__`
  /// Keyword arguments of the class statement, without `metaclass`.
  std::vector<std::pair<std::string_view, Value>> keywords;
  std::vector<Annotation> annotations;  ///< as the body has them; read them by `Interpreter::annotations`
  std::vector<std::pair<std::string_view, Location>> places;  ///< where the body sets each name last
  Module* module = nullptr;                                   ///< null for built-in classes
  const syntax::ClassDef* definition = nullptr;               ///< null for type() and built-in classes
  Scope* scope = nullptr;                                     ///< of the body; null without a body
  Location location;                                          ///< the class statement or the call of type()
  HostObject* host = nullptr;                                 ///< what the host keeps with it
  bool builtin = false;                                       ///< of Python itself or its library
  std::optional<Kind> layout;  ///< instances of it (or of a subclass) hold a built-in value: int, str, dict …
  bool is_enum = false;
  const Unknown* incomplete = nullptr;  ///< a base or a part of the body could not be read

  /// The class's own attribute (not an inherited one), or null.
  Value* own(std::string_view attribute) const { return attributes->find(attribute); }
};

struct Instance : Object {
  static constexpr Kind tag = Kind::Instance;
  Instance(Class* of, Dict* with) : Object(tag), type(of), attributes(with) {}
  Class* type;
  Dict* attributes;  ///< __dict__
  /// Of a subclass of a built-in type (`class Name(str)`, members of `class Status(str, Enum)`, defaultdict): its
  /// value.
  std::optional<Value> payload;
  HostObject* host = nullptr;  ///< what the host keeps with it
  Location location;           ///< the call that made it
};

struct Module : Object {
  static constexpr Kind tag = Kind::Module;
  Module() : Object(tag) {}
  enum class State { New, Running, Done };
  std::string name;
  Dict* attributes = nullptr;
  const Source* source = nullptr;         ///< null for the library's and for namespace packages
  std::vector<std::string> search_paths;  ///< of a package: `__path__`
  Scope* scope = nullptr;
  State state = State::New;
  bool future_annotations = false;
  bool builtin = false;
};

/// TypeVar, ParamSpec, TypeVarTuple.
struct TypeVariable : Object {
  static constexpr Kind tag = Kind::TypeVariable;
  explicit TypeVariable(std::string n) : Object(tag), name(std::move(n)) {}
  std::string name;
  std::string_view type_name = "TypeVar";
  Value bound;                     ///< or None
  std::vector<Value> constraints;  ///< or empty
  std::optional<Value> default_value;
};

struct NewType : Object {
  static constexpr Kind tag = Kind::NewType;
  NewType(std::string n, Value type) : Object(tag), name(std::move(n)), supertype(type) {}
  std::string name;
  Value supertype;
};

/// `type X[T] = …` and `TypeAliasType("X", …)`. `Interpreter::value(alias)` evaluates it.
struct TypeAlias : Object {
  static constexpr Kind tag = Kind::TypeAlias;
  explicit TypeAlias(std::string n) : Object(tag), name(std::move(n)) {}
  std::string name;
  std::vector<Value> parameters;
  const syntax::Expr* expression = nullptr;
  Scope* scope = nullptr;
  std::optional<Value> value;
  Location location;
};

/// A subscripted type: `Mapped[int]`, `list[str]`, `Annotated[str, 30]`, `Literal["a"]`, `Base[T]`.
/// `Optional[X]`, `Union[…]` and `X | Y` all have the origin External "typing.Union", flattened, without repetitions;
/// None among the arguments of a Union is the class NoneType. Nested Annotated and Literal are flattened. Texts stay
/// texts (Python's ForwardRef).
struct Generic : Object {
  static constexpr Kind tag = Kind::Generic;
  Generic(Value of, std::vector<Value> with) : Object(tag), origin(of), arguments(std::move(with)) {}
  Value origin;  ///< Class, External ("typing.List", "typing.Union", "sqlalchemy.orm.Mapped"), TypeAlias …
  std::vector<Value> arguments;
  Location location;
};

/// A name of a known outside module, by its qualified name: "sqlalchemy.orm.mapped_column". Also the special forms of
/// typing ("typing.Optional", "typing.List"). The same name is the same object.
struct External : Object {
  static constexpr Kind tag = Kind::External;
  explicit External(std::string name) : Object(tag), qualified_name(std::move(name)) {}
  std::string qualified_name;
  bool is_module = false;
  Dict* attributes = nullptr;  ///< what code set on it; null if nothing
};

/// The call of an External that the host did not answer.
struct Call : Object {
  static constexpr Kind tag = Kind::Call;
  Call(Value what, Arguments with) : Object(tag), callee(what), arguments(std::move(with)) {}
  Value callee;
  Arguments arguments;
};

/// What cannot be known without running. Computing with one gives an Unknown again, with the reason of the first.
struct Unknown : Object {
  static constexpr Kind tag = Kind::Unknown;
  Unknown(std::string why, Location where) : Object(tag), reason(std::move(why)), location(where) {}
  std::string reason;  ///< a clause: "os.environ["X"] is known only to the running program"
  Location location;   ///< where it came from
  std::string origin;  ///< the dotted name that it came from, "acme_models.Owned", if any
  /// What it most likely is (`sys.platform` is "linux"), if anything is likelier.
  std::optional<Value> likely;
};

}  // namespace python
