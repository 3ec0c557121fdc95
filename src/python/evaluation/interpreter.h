#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "python/evaluation/host.h"
#include "python/evaluation/objects.h"
#include "python/evaluation/value.h"
#include "python/modules.h"

namespace python {

struct State;

/// How much may be done before the evaluation gives up, so that no file can hang it or eat the memory.
struct Limits {
  std::uint64_t steps = 40'000'000;            ///< over the life of the interpreter
  std::uint64_t steps_per_module = 4'000'000;  ///< of one module's body
  std::size_t bytes = 256u << 20;              ///< of all objects together
  std::size_t items = 1'000'000;               ///< of one list, dict or set
  std::size_t characters = 4u << 20;           ///< of one text
  int depth = 700;                             ///< of nested calls
};

/// Reads Python without running it: evaluates modules over abstract values. One thread at a time.
class Interpreter {
 public:
  Interpreter(Files& files, SearchPaths paths, Host& host, Limits limits = {});
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  // Modules

  /// Executes the module of a file (once), and the packages above it first.
  Module* import_file(const std::string& path);
  /// `import name`: a Module, External or Unknown. Absent: no such module, or an empty name.
  Outcome import_module(std::string_view name);
  /// All modules of files executed so far, in order of their import.
  const std::vector<Module*>& modules() const;

  // Making values. All live as long as the interpreter.

  template <class T, class... Args>
  T* make(Args&&... args) {
    T* object = new T(std::forward<Args>(args)...);
    adopt(object, sizeof(T));
    return object;
  }
  Value none() const { return {}; }
  Value boolean(bool value) const;
  Value integer(std::int64_t value);
  Value number(double value);
  Value str(std::string_view text);
  Value tuple(std::vector<Value> items);
  List* list(std::vector<Value> items = {});
  Dict* dict();
  /// The External of a qualified name; always the same object.
  External* external(std::string_view qualified_name);
  /// An Unknown that came up here and now.
  Unknown* unknown(std::string reason);
  Unknown* unknown(std::string reason, Location location);
  Value builtin(std::string_view qualified_name, Native native);
  Class* make_class(std::string_view name, std::vector<Value> bases, Dict* attributes);
  /// A built-in class or one of the library: "int", "NoneType", "datetime.datetime", "enum.Enum". Null if there is
  /// none.
  Class* builtin_class(std::string_view qualified_name);
  /// A text that lives as long as the interpreter.
  std::string_view intern(std::string_view text);

  // Operations, as Python's own. Outcome may be `raised` everywhere.

  Outcome call(Value callee, Arguments arguments);
  Outcome call(Value callee, std::vector<Value> positional = {});
  /// x.name; an AttributeError if there is none.
  Outcome attribute(Value object, std::string_view name);
  /// x.name, or absent: never an AttributeError.
  Outcome find_attribute(Value object, std::string_view name);
  /// The class attribute as it is stored, along the MRO, no descriptor applied, hosts not asked. Null if none.
  Value* find_in_mro(const Class& type, std::string_view name);
  Outcome set_attribute(Value object, std::string_view name, Value value);
  Outcome delete_attribute(Value object, std::string_view name);
  /// Puts an attribute into a class's own namespace without telling the host.
  void store(Class& type, std::string_view name, Value value);
  Outcome subscript(Value object, Value index);
  Outcome set_item(Value object, Value index, Value value);
  Outcome delete_item(Value object, Value index);
  Outcome binary(Binary op, Value left, Value right);
  Outcome unary(Unary op, Value operand);
  Outcome compare(Comparison op, Value left, Value right);
  /// `left == right` as a bool; false where it cannot be said.
  bool equal(Value left, Value right);
  /// Equal in what they mean, without calling any Python code: for constants, containers, Externals, Calls, Generics.
  bool same(Value left, Value right);
  /// Nothing if the exception is raised or the truth is unknown: see `truth_is_unknown`.
  Outcome truth(Value value);  ///< a Bool or an Unknown
  /// True only if it surely is.
  bool is_true(Value value);
  Outcome str_of(Value value);   ///< str(x): a Str or Unknown
  Outcome repr_of(Value value);  ///< repr(x): a Str or Unknown
  /// repr for messages: never raises.
  std::string shown(Value value);
  Outcome format(Value value, std::string_view specification);
  Outcome hash(Value value);  ///< an Int
  /// All items; an Unknown if the iterable or its length is unknown.
  Outcome items(Value iterable);  ///< a List (fresh) or an Unknown
  /// Calls `visit` for each item until it gives something else than absent, and gives that back; absent at the end.
  Outcome iterate(Value iterable, const std::function<Outcome(Value)>& visit);
  Outcome length(Value value);
  Value type_of(Value value);                                        ///< type(x): a Class, External or Unknown
  std::string type_name(Value value);                                ///< "int", "Column", for messages
  Outcome is_instance(Value value, Value type);                      ///< a Bool or an Unknown
  Outcome is_subclass(Value type, Value other);                      ///< a Bool or an Unknown
  bool is_subclass_of(Value type, std::string_view qualified_name);  ///< anywhere in its MRO
  bool has_outside_base(const Class& type);

  // Dictionaries with any keys

  /// The value under a key, or null (also when the key cannot be hashed).
  Value* find(Table& table, Value key);
  Outcome set(Table& table, Value key, Value value);
  void set(Dict& dict, std::string_view key, Value value);
  bool erase(Dict& dict, std::string_view key);

  // Annotations

  /// The class's own annotations in order, those that code added to `__annotations__` included.
  std::vector<Annotation> annotations(Class& type);
  /// The value of an annotation, evaluated where it stands if it was not yet. A quoted annotation stays a Str.
  Outcome value(const Annotation& annotation);
  Outcome value(TypeAlias& alias);
  /// The return annotation of a function; absent if it has none.
  Outcome return_annotation(const Function& function);
  /// The annotation of a parameter; absent if it has none.
  Outcome parameter_annotation(const Function& function, std::string_view parameter);
  /// Evaluates an expression (a parsed annotation) with names looked up in these dicts in order, then in the built-ins.
  Outcome evaluate(const syntax::Expr& expression, const Source* source, std::span<Dict* const> namespaces);
  /// The same with a text, which is parsed first; a SyntaxError where it is no expression.
  Outcome evaluate(std::string_view text, Location location, std::span<Dict* const> namespaces);
  /// In the scope of a class body: its names, then those around it, then the module's.
  Outcome evaluate_in(const Class& type, std::string_view text);

  // Exceptions

  /// Raises an exception of a built-in (or library) class: `return interpreter.raise("AttributeError", "…");`
  Raised raise(std::string_view type, std::string message);
  Raised raise(Value exception);
  /// The exception under way, or none.
  std::optional<Value> exception() const;
  /// "AttributeError: …" of an exception.
  std::string exception_text(Value exception);
  /// Ends the exception under way.
  void clear_exception();
  /// Ends it if it is an AttributeError, KeyError … (or a subclass), and says whether it was.
  bool catches(std::string_view type);
  /// The outcome, or an Unknown that says which exception was raised; the exception is ended. For hosts that call
  /// Python code and go on in any case.
  Value settled(Outcome outcome, Location location = {});

  // Where and how far

  /// The innermost call (or statement) that is being evaluated.
  Location here() const;
  /// The module whose code is being evaluated, or null.
  Module* module_here() const;
  Host& host();
  Files& files();
  void report(base::Diagnostic diagnostic);  ///< to the host
  /// Counts work that a host does in loops; `raised` when the budget is used up.
  bool spend(std::uint64_t steps);

  State& state() { return *state_; }

 private:
  void adopt(Object* object, std::size_t bytes);

  std::unique_ptr<State> state_;
};

}  // namespace python
