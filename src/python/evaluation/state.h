#pragma once

#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "python/evaluation/big_integer.h"
#include "python/evaluation/interpreter.h"
#include "python/evaluation/scope.h"

namespace python {

/// What an interpreter knows and owns.
struct State {
  Files& files;
  SearchPaths paths;
  Host& host;
  Limits limits;

  // Objects
  std::vector<Object*> objects;
  std::size_t bytes = 0;
  std::deque<Scope> scopes;
  std::unordered_set<std::string> texts;
  std::unordered_map<std::string_view, External*> externals;
  std::unordered_map<std::string_view, Str*> strings;
  std::vector<std::unique_ptr<ParsedFile>> parsed_texts;
  std::vector<Int*> small_integers;
  std::vector<std::unique_ptr<BigInteger>> large_integers;
  Bool* true_value = nullptr;
  Bool* false_value = nullptr;

  // Built-ins
  Module* builtins = nullptr;
  std::unordered_map<std::string_view, Class*> classes;  ///< by qualified name
  std::map<Kind, Class*> class_of_kind;
  Class* object_class = nullptr;
  Class* type_class = nullptr;

  // Modules
  std::unordered_map<std::string, Module*> modules_by_path;
  std::unordered_map<std::string, Module*> library_modules;
  std::unordered_map<std::string, Value> modules_by_name;
  std::vector<Module*> modules;

  // Evaluation
  std::optional<Value> exception;
  std::vector<Value> handled;  ///< exceptions whose handlers run: `raise` alone raises the last one again
  bool exhausted = false;      ///< the budget is used up: nothing catches the exception
  std::uint64_t steps = 0;
  std::uint64_t step_limit = 0;  ///< of the module being executed
  int depth = 0;                 ///< of nested evaluations on the stack of C++
  int calls = 0;                 ///< of nested Python functions
  const char* stack_base = nullptr;
  Location here;
  Module* module = nullptr;
  std::vector<Scope*> class_bodies;  ///< class statements under way
  std::vector<Object*> printing;     ///< containers whose repr is being made

  State(Files& f, SearchPaths p, Host& h, Limits l) : files(f), paths(std::move(p)), host(h), limits(l) {}
};

/// Sets the place that `here()` gives for a while; code of the library does not count.
class Here {
 public:
  Here(State& state, Location location);
  ~Here() { state_.here = before_; }
  Here(const Here&) = delete;
  Here& operator=(const Here&) = delete;

 private:
  State& state_;
  Location before_;
};

/// Counts nested evaluations; `too_deep` when the stack is near its end.
class Depth {
 public:
  explicit Depth(State& state);
  ~Depth() { --state_.depth; }
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;
  bool too_deep() const { return too_deep_; }

 private:
  State& state_;
  bool too_deep_ = false;
};

}  // namespace python
