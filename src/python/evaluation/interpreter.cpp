#include "python/evaluation/interpreter.h"

#include <string>

#include "python/evaluation/evaluator.h"
#include "python/library/library.h"

namespace python {

Interpreter::Interpreter(Files& files, SearchPaths paths, Host& host, Limits limits)
    : state_(std::make_unique<State>(files, std::move(paths), host, limits)) {
  state_->step_limit = limits.steps;
  state_->true_value = make<Bool>(true);
  state_->false_value = make<Bool>(false);
  library::set_up_builtins(*this);
}

Interpreter::~Interpreter() {
  for (Object* object : state_->objects) delete object;
}

void Interpreter::adopt(Object* object, std::size_t bytes) {
  state_->objects.push_back(object);
  state_->bytes += bytes + sizeof(object);
}

Value Interpreter::boolean(bool value) const { return value ? state_->true_value : state_->false_value; }

Value Interpreter::integer(std::int64_t value) {
  constexpr std::int64_t cached = 260;
  if (value < 0 || value >= cached) return make<Int>(value);
  auto& small = state_->small_integers;
  while (static_cast<std::int64_t>(small.size()) <= value)
    small.push_back(make<Int>(static_cast<std::int64_t>(small.size())));
  return small[static_cast<std::size_t>(value)];
}

Value Interpreter::number(double value) { return make<Float>(value); }

Value Interpreter::str(std::string_view text) {
  return text.size() <= 64 ? interned_str(*this, text) : make_str(*this, std::string(text));
}

Value Interpreter::tuple(std::vector<Value> items) {
  state_->bytes += items.size() * sizeof(Value);
  return make<Tuple>(std::move(items));
}

List* Interpreter::list(std::vector<Value> items) {
  state_->bytes += items.size() * sizeof(Value);
  return make<List>(std::move(items));
}

Dict* Interpreter::dict() { return make<Dict>(); }

External* Interpreter::external(std::string_view qualified_name) {
  auto& externals = state_->externals;
  if (const auto found = externals.find(qualified_name); found != externals.end()) return found->second;
  External* made = make<External>(std::string(qualified_name));
  externals.emplace(made->qualified_name, made);
  return made;
}

Unknown* Interpreter::unknown(std::string reason) { return unknown(std::move(reason), here()); }

Unknown* Interpreter::unknown(std::string reason, Location location) {
  return make<Unknown>(std::move(reason), location ? location : here());
}

Value Interpreter::builtin(std::string_view qualified_name, Native native) {
  return make<Builtin>(intern(qualified_name), std::move(native));
}

Class* Interpreter::builtin_class(std::string_view qualified_name) {
  auto& classes = state_->classes;
  if (const auto found = classes.find(qualified_name); found != classes.end()) return found->second;
  const std::size_t dot = qualified_name.rfind('.');
  if (dot == std::string_view::npos) return nullptr;
  const Outcome module = library::module(*this, qualified_name.substr(0, dot));
  if (!module) return nullptr;
  return find_attribute(*module, qualified_name.substr(dot + 1)).as<Class>();
}

std::string_view Interpreter::intern(std::string_view text) { return *state_->texts.emplace(text).first; }

Location Interpreter::here() const { return state_->here; }
Module* Interpreter::module_here() const { return state_->module; }
Host& Interpreter::host() { return state_->host; }
Files& Interpreter::files() { return state_->files; }
const std::vector<Module*>& Interpreter::modules() const { return state_->modules; }
void Interpreter::report(base::Diagnostic diagnostic) { state_->host.reported(*this, diagnostic); }

bool Interpreter::spend(std::uint64_t steps) {
  State& state = *state_;
  if (state.exhausted) return false;
  state.steps += steps;
  if (state.steps <= state.step_limit && state.bytes <= state.limits.bytes) return true;
  const bool memory = state.bytes > state.limits.bytes;
  (void)raise("RuntimeError", memory ? "the evaluation needs too much memory" : "the evaluation takes too many steps");
  state.exhausted = true;
  return false;
}

}  // namespace python
