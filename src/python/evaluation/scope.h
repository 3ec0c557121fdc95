#pragma once

#include <cstdint>
#include <functional>
#include <string_view>
#include <vector>

#include "python/evaluation/objects.h"

namespace python {

/// Where names live while a module, class body, function or comprehension runs, and afterwards for its closures.
/// Names are found as Python's compiler would bind them, but at run time: own names, those of the enclosing functions
/// (class bodies are skipped, except by what stands directly in them), the module's, the built-ins.
struct Scope {
  enum class Kind : std::uint8_t {
    Module,
    Class,
    Function,
    Comprehension,
    TypeParameters  ///< of PEP 695: sees the class body it stands in
  };

  Kind kind = Kind::Module;
  Scope* parent = nullptr;
  Module* module = nullptr;
  Dict* names = nullptr;
  const Source* source = nullptr;
  std::vector<std::string_view> globals;    ///< declared by `global`
  std::vector<std::string_view> nonlocals;  ///< declared by `nonlocal`
  std::vector<Value> star_imports;          ///< outside modules whose names nobody listed: asked for what is not found

  // Functions
  const Function* function = nullptr;
  Value returned;
  /// Takes what a generator yields and gives what `yield` is worth; null outside of generators.
  const std::function<Outcome(Value)>* yield = nullptr;

  // Class bodies
  std::string_view name;
  const syntax::ClassDef* definition = nullptr;
  std::vector<Annotation> annotations;
  std::vector<std::pair<std::string_view, Location>> places;
  Class* made = nullptr;           ///< once the class exists: `__class__`
  Class* enumeration = nullptr;    ///< the base that makes it an enumeration
  std::vector<Value> enum_values;  ///< of the members so far, for auto()
};

/// The nearest scope that is no comprehension: where `:=` binds.
Scope& binding_scope(Scope& scope);
/// The nearest scope of a function around, or null.
Scope* function_scope(Scope* scope);

}  // namespace python
