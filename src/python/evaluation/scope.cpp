#include "python/evaluation/scope.h"

#include <algorithm>

#include "python/evaluation/evaluator.h"
#include "python/evaluation/mangling.h"

namespace python {

namespace {

bool contains(const std::vector<std::string_view>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The next scope outwards whose names a nested one sees.
Scope* enclosing(const Scope& scope) {
  Scope* outer = scope.parent;
  if (scope.kind == Scope::Kind::TypeParameters) return outer;
  while (outer && outer->kind == Scope::Kind::Class) outer = outer->parent;
  return outer;
}

Scope* nonlocal_scope(Scope& scope, std::string_view name) {
  for (Scope* outer = enclosing(scope); outer; outer = enclosing(*outer))
    if (outer->kind != Scope::Kind::Module && outer->names->find(name)) return outer;
  return nullptr;
}

Dict& home_of(Scope& scope, std::string_view name) {
  if (contains(scope.globals, name)) return *scope.module->attributes;
  if (contains(scope.nonlocals, name))
    if (Scope* outer = nonlocal_scope(scope, name)) return *outer->names;
  return *scope.names;
}

Outcome built_in(Interpreter& in, std::string_view name, std::uint32_t hash) {
  Value* found = in.state().builtins->attributes->table.find(name, hash);
  return found ? Outcome(*found) : Outcome(absent);
}

}  // namespace

Scope& binding_scope(Scope& scope) {
  Scope* result = &scope;
  while (result->kind == Scope::Kind::Comprehension && result->parent) result = result->parent;
  return *result;
}

Scope* function_scope(Scope* scope) {
  while (scope && scope->kind != Scope::Kind::Function) scope = scope->parent;
  return scope;
}

Scope& new_scope(Interpreter& in, Scope::Kind kind, Scope* parent) {
  State& state = in.state();
  Scope& scope = state.scopes.emplace_back();
  state.bytes += sizeof(Scope);
  scope.kind = kind;
  scope.parent = parent;
  scope.names = in.make<Dict>();
  if (parent) {
    scope.module = parent->module;
    scope.source = parent->source;
  }
  return scope;
}

std::string_view mangled(Interpreter& in, const Scope& scope, std::string_view name) {
  if (name.size() < 3 || !name.starts_with("__") || name.ends_with("__")) return name;
  const Scope* body = &scope;
  while (body && body->kind != Scope::Kind::Class) body = body->parent;
  const std::size_t start = body ? body->name.find_first_not_of('_') : std::string_view::npos;
  if (start == std::string_view::npos) return name;
  return in.intern("_" + std::string(body->name.substr(start)) + std::string(name));
}

namespace {
Outcome look_up_as_written(Interpreter& in, Scope& scope, std::string_view name) {
  const std::uint32_t hash = hash_of(name);
  const bool global = contains(scope.globals, name);
  for (Scope* at = global ? nullptr : &scope; at; at = enclosing(*at)) {
    if (Value* found = at->names->table.find(name, hash)) return *found;
    if (at->kind == Scope::Kind::Function && contains(at->globals, name)) break;
  }
  if (scope.module)
    if (Value* found = scope.module->attributes->table.find(name, hash)) return *found;
  const Outcome found = built_in(in, name, hash);
  if (!found.is_absent() || !scope.module || !scope.module->scope) return found;
  return star_imported(in, *scope.module->scope, name);
}
}  // namespace

/// Parameters keep their names as written, so these are looked for as well.
Outcome look_up(Interpreter& in, Scope& scope, std::string_view name) {
  const std::string_view meant = mangled(in, scope, name);
  const Outcome found = look_up_as_written(in, scope, meant);
  return found.is_absent() && meant != name ? look_up_as_written(in, scope, name) : found;
}

Outcome star_imported(Interpreter& in, const Scope& scope, std::string_view name) {
  for (const Value module : std::vector<Value>(scope.star_imports)) {
    const Outcome found = in.find_attribute(module, name);
    if (!found.is_absent()) return found;
  }
  return absent;
}

void bind_name(Interpreter& in, Scope& scope, std::string_view name, Value value) {
  const std::string_view meant = mangled(in, scope, name);
  in.set(home_of(scope, meant), meant, value);
}

bool unbind_name(Interpreter& in, Scope& scope, std::string_view name) {
  const std::string_view meant = mangled(in, scope, name);
  return in.erase(home_of(scope, meant), meant);
}

}  // namespace python
