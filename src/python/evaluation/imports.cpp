#include <algorithm>
#include <string>

#include "python/evaluation/evaluator.h"
#include "python/library/library.h"

/// import: the project's files, the library, what the host knows, the environment's packages, and the rest, which is
/// Unknown.
namespace python {

using namespace syntax;

namespace {

std::string parent_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return std::string(dot == std::string_view::npos ? std::string_view() : name.substr(0, dot));
}

std::string last_of(std::string_view name) { return std::string(name.substr(name.rfind('.') + 1)); }

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/')); }

std::string as_path(std::string_view name) {
  std::string path(name);
  std::replace(path.begin(), path.end(), '.', '/');
  return path;
}

struct FoundModule {
  std::string file;    ///< empty for a namespace package
  std::string folder;  ///< of a package
};

std::optional<FoundModule> found_in(Files& files, const std::string& folder, const std::string& path) {
  const std::string base = folder + "/" + path;
  if (files.is_file(base + "/__init__.py")) return FoundModule{base + "/__init__.py", base};
  if (files.is_file(base + ".py")) return FoundModule{base + ".py", ""};
  return {};
}

bool has_python_below(Files& files, const std::string& folder, int depth = 0) {
  for (const std::string& entry : files.entries(folder)) {
    if (entry.ends_with(".py")) return true;
    if (depth < 3 && entry.find('.') == std::string::npos && entry != "__pycache__" &&
        files.is_folder(folder + "/" + entry) && has_python_below(files, folder + "/" + entry, depth + 1))
      return true;
  }
  return false;
}

void fill_names(Interpreter& in, Module& module, const std::string& file, bool package) {
  in.set(*module.attributes, "__name__", in.str(module.name));
  in.set(*module.attributes, "__doc__", Value());
  in.set(*module.attributes, "__package__", in.str(package ? module.name : parent_of(module.name)));
  if (!file.empty()) in.set(*module.attributes, "__file__", in.str(file));
  if (!package) return;
  std::vector<Value> paths;
  for (const std::string& path : module.search_paths) paths.push_back(in.str(path));
  in.set(*module.attributes, "__path__", in.list(std::move(paths)));
}

bool has_future_annotations(Sequence<Stmt> body) {
  for (const Stmt* statement : body) {
    const auto* import = as<ImportFrom>(statement);
    if (!import || import->module != "__future__") {
      if (statement->kind == StmtKind::Expr) continue;
      return false;
    }
    for (const Alias* alias : import->names)
      if (alias->name == "annotations") return true;
  }
  return false;
}

void report_syntax_error(Interpreter& in, const ParsedFile& file) {
  base::Diagnostic diagnostic{
      "PARSE_ERROR", file.unreadable.value_or("the file cannot be read"), {file.source.shown, 0, 0}, ""};
  if (file.error) {
    diagnostic.message = file.error->message;
    diagnostic.place.line = file.error->line;
    diagnostic.place.column = file.error->column;
  }
  in.report(std::move(diagnostic));
}

void run_module(Interpreter& in, Module& module, const ParsedFile& file) {
  State& state = in.state();
  Scope& scope = new_scope(in, Scope::Kind::Module, nullptr);
  scope.names = module.attributes;
  scope.module = &module;
  scope.source = &file.source;
  module.scope = &scope;
  module.source = &file.source;
  module.future_annotations = has_future_annotations(file.tree->body);
  Module* before = state.module;
  const std::uint64_t limit = state.step_limit;
  const Location here = state.here;
  const auto handled = std::move(state.handled);
  auto bodies = std::move(state.class_bodies);
  state.handled.clear();
  state.class_bodies.clear();
  state.module = &module;
  state.step_limit = std::min(state.limits.steps, state.steps + state.limits.steps_per_module);
  module.state = Module::State::Running;
  state.modules.push_back(&module);
  execute_module(in, scope, file.tree->body);
  module.state = Module::State::Done;
  state.step_limit = std::max(limit, std::min(state.limits.steps, state.steps + state.limits.steps_per_module / 4));
  state.module = before;
  state.here = here;
  state.handled = handled;
  state.class_bodies = std::move(bodies);
}

Module* module_of_file(Interpreter& in, const std::string& name, const FoundModule& found) {
  State& state = in.state();
  const std::string key = found.file.empty() ? found.folder : found.file;
  if (const auto known = state.modules_by_path.find(key); known != state.modules_by_path.end()) return known->second;
  auto* module = in.make<Module>();
  module->name = name;
  module->attributes = in.dict();
  if (!found.folder.empty()) module->search_paths = {found.folder};
  fill_names(in, *module, found.file, !found.folder.empty());
  state.modules_by_path.emplace(key, module);
  if (found.file.empty()) {
    module->state = Module::State::Done;
    return module;
  }
  const ParsedFile* file = in.files().parsed(found.file);
  if (file && file->tree) {
    run_module(in, *module, *file);
  } else if (file) {
    module->state = Module::State::Done;
    report_syntax_error(in, *file);
    in.set(*module->attributes, "__getattr__",
           in.builtin("module.__getattr__", [](Interpreter& i, python::Arguments&) -> Outcome {
             return i.unknown("the module's file is no Python");
           }));
  }
  return module;
}

/// A submodule is an attribute of its package.
void attach(Interpreter& in, std::string_view name, Value module) {
  const std::string parent = parent_of(name);
  if (parent.empty()) return;
  const auto known = in.state().modules_by_name.find(parent);
  if (known == in.state().modules_by_name.end()) return;
  if (auto* package = known->second.as<Module>()) in.set(*package->attributes, last_of(name), module);
}

/// The folders of a namespace package: all of its name.
std::vector<std::string> namespace_folders(Interpreter& in, const std::string& path) {
  std::vector<std::string> folders;
  for (const std::string& root : in.state().paths.roots) {
    const std::string folder = root + "/" + path;
    if (in.files().is_folder(folder) && has_python_below(in.files(), folder)) folders.push_back(folder);
  }
  return folders;
}

Outcome submodule(Interpreter& in, const Module& package, const std::string& name) {
  for (const std::string& folder : package.search_paths)
    if (const auto found = found_in(in.files(), folder, last_of(name))) return module_of_file(in, name, *found);
  for (const std::string& folder : package.search_paths) {
    const std::string inner = folder + "/" + last_of(name);
    if (in.files().is_folder(inner) && has_python_below(in.files(), inner))
      return module_of_file(in, name, FoundModule{"", inner});
  }
  return absent;
}

/// The folders from which the importing file itself would be found come first.
std::vector<std::string> roots_near(Interpreter& in) {
  std::vector<std::string> roots;
  const Module* module = in.module_here();
  if (module && module->source) {
    const ModuleName own = module_name(in.files(), in.state().paths, module->source->path);
    if (!own.root.empty()) roots.push_back(own.root);
  }
  for (const std::string& root : in.state().paths.roots)
    if (std::find(roots.begin(), roots.end(), root) == roots.end()) roots.push_back(root);
  return roots;
}

Outcome top_level(Interpreter& in, const std::string& name) {
  for (const std::string& root : roots_near(in))
    if (const auto found = found_in(in.files(), root, name)) return module_of_file(in, name, *found);
  const std::vector<std::string> folders = namespace_folders(in, name);
  if (!folders.empty()) {
    Module* module = module_of_file(in, name, FoundModule{"", folders[0]});
    module->search_paths = folders;
    fill_names(in, *module, "", true);
    return module;
  }
  return absent;
}

Outcome installed(Interpreter& in, const std::string& name) {
  const std::string top = name.substr(0, name.find('.'));
  if (!in.host().reads_installed(top)) return absent;
  for (const std::string& folder : in.state().paths.site_packages)
    if (const auto found = found_in(in.files(), folder, as_path(name))) return module_of_file(in, name, *found);
  return absent;
}

python::Unknown* unknown_module(Interpreter& in, std::string_view name) {
  auto* unknown = in.unknown("the package " + std::string(name.substr(0, name.find('.'))) + " is not known");
  unknown->origin = name;
  return unknown;
}

Outcome find_module(Interpreter& in, const std::string& name) {
  if (const Outcome supplied = in.host().supplied(in, name); !supplied.is_absent()) return supplied;
  if (const Outcome library = library::module(in, name); !library.is_absent()) return library;
  const Outcome outside = in.host().outside(in, name);
  if (!outside.is_absent()) {
    if (auto* external = outside.as<External>()) external->is_module = true;
    return outside;
  }
  const std::string parent = parent_of(name);
  if (parent.empty()) {
    const Outcome own = top_level(in, name);
    return own.is_absent() ? installed(in, name) : own;
  }
  const Outcome package = import_dotted(in, parent);
  if (!package) return package;
  if (auto* module = package.as<Module>()) {
    if (module->builtin) return library::undescribed(in, name);
    return submodule(in, *module, name);
  }
  if (package.as<python::Unknown>()) return unknown_module(in, name);
  const Outcome attribute = in.find_attribute(*package, last_of(name));
  return attribute;
}

}  // namespace

Outcome import_dotted(Interpreter& in, std::string_view name) {
  const Depth depth(in.state());
  if (depth.too_deep()) return in.raise("RecursionError", "maximum recursion depth exceeded");
  if (name.empty() || name.starts_with('.') || name.ends_with('.') || name.find("..") != std::string_view::npos)
    return absent;
  const std::string key(name);
  auto& known = in.state().modules_by_name;
  if (const auto found = known.find(key); found != known.end()) return found->second;
  const std::string parent = parent_of(name);
  if (!parent.empty() && import_dotted(in, parent).is_raised()) return raised;
  if (const auto found = known.find(key); found != known.end()) return found->second;
  const Outcome module = find_module(in, key);
  if (!module) return module;
  known.emplace(key, *module);
  attach(in, name, *module);
  return module;
}

namespace {

/// The package of a file by its folders below the project's root, when its name has too few parts: the upper folders
/// are a namespace package then.
std::string package_by_folders(const SearchPaths& paths, const Module& module) {
  if (!module.source) return {};
  std::string folder = folder_of(module.source->path);
  for (const std::string& root : {paths.root + "/src", paths.root}) {
    if (!folder.starts_with(root + "/")) continue;
    folder = folder.substr(root.size() + 1);
    std::replace(folder.begin(), folder.end(), '/', '.');
    return folder;
  }
  return {};
}

std::string above(std::string package, int levels) {
  for (int i = 0; i < levels; ++i) package = parent_of(package);
  return package;
}

}  // namespace

std::string absolute_name(Interpreter& in, const Module& module, std::string_view name, int level) {
  if (level == 0) return std::string(name);
  std::string package = above(module.search_paths.empty() ? parent_of(module.name) : module.name, level - 1);
  if (package.empty()) package = above(package_by_folders(in.state().paths, module), level - 1);
  if (name.empty()) return package;
  return package.empty() ? std::string(name) : package + "." + std::string(name);
}

Outcome Interpreter::import_module(std::string_view name) {
  const Outcome module = import_dotted(*this, name);
  return module.is_absent() && !name.empty() ? Outcome(absent) : module;
}

namespace {

/// A module that names itself while it is imported is found under its name already.
void register_early(Interpreter& in, const std::string& name, const FoundModule& found) {
  const std::string key = found.file.empty() ? found.folder : found.file;
  const auto known = in.state().modules_by_path.find(key);
  if (known != in.state().modules_by_path.end()) in.state().modules_by_name.emplace(name, known->second);
}

}  // namespace

Module* Interpreter::import_file(const std::string& path) {
  State& state = *state_;
  if (const auto known = state.modules_by_path.find(path); known != state.modules_by_path.end()) return known->second;
  const ModuleName own = module_name(files(), state.paths, path);
  const std::string parent = parent_of(own.name);
  if (!parent.empty()) (void)settled(import_dotted(*this, parent));
  const FoundModule found{path, own.is_package ? folder_of(path) : ""};
  Module* module = module_of_file(*this, own.name, found);
  register_early(*this, own.name, found);
  attach(*this, own.name, module);
  return module;
}

Outcome member_of_module(Interpreter& in, Value module, std::string_view name) {
  const Outcome member = in.find_attribute(module, name);
  if (!member.is_absent()) return member;
  auto* python_module = module.as<Module>();
  if (python_module && !python_module->builtin) {
    const Outcome inner = import_dotted(in, python_module->name + "." + std::string(name));
    if (!inner.is_absent()) return inner;
  }
  return absent;
}

namespace {

Outcome imported(Interpreter& in, const std::string& name) {
  const Outcome module = import_dotted(in, name);
  if (!module.is_absent()) return module;
  const std::string top = name.substr(0, name.find('.'));
  const auto known = in.state().modules_by_name.find(top);
  if (known != in.state().modules_by_name.end() && known->second.as<Module>()) {
    return in.raise("ModuleNotFoundError", "No module named '" + name + "'");
  }
  const Value unknown = unknown_module(in, name);
  in.state().modules_by_name.emplace(name, unknown);
  return unknown;
}

void import_star(Interpreter& in, Scope& scope, Value module) {
  auto* python_module = module.as<Module>();
  if (!python_module) {
    library::import_star(in, scope, module);
    return;
  }
  const Value* all = python_module->attributes->find("__all__");
  const auto* names = all ? sequence_items(*all) : nullptr;
  if (names) {
    for (const Value item : std::vector<Value>(*names)) {
      const std::string* name = text_of(item);
      if (!name) continue;
      const Outcome member = member_of_module(in, module, *name);
      if (member.is_raised()) in.clear_exception();
      if (member) bind_name(in, scope, in.intern(*name), *member);
    }
    return;
  }
  for (const auto& entry : std::vector<Table::Entry>(python_module->attributes->table.entries())) {
    const std::string* name = text_of(entry.key);
    if (name && !name->starts_with('_')) bind_name(in, scope, *name, entry.value);
  }
}

}  // namespace

Flow execute_import(Interpreter& in, Scope& scope, const Import& statement) {
  for (const Alias* alias : statement.names) {
    const Outcome module = imported(in, std::string(alias->name));
    if (!module) return Flow::Raised;
    if (!alias->asname.empty()) {
      bind_name(in, scope, alias->asname, *module);
      continue;
    }
    const std::string_view top = alias->name.substr(0, alias->name.find('.'));
    const Outcome first = imported(in, std::string(top));
    if (!first) return Flow::Raised;
    bind_name(in, scope, top, *first);
  }
  return Flow::Next;
}

Flow execute_import_from(Interpreter& in, Scope& scope, const ImportFrom& statement) {
  if (statement.module == "__future__") return Flow::Next;
  const std::string name = scope.module ? absolute_name(in, *scope.module, statement.module, statement.level)
                                        : std::string(statement.module);
  const Outcome module =
      name.empty() ? Outcome(in.unknown("a relative import leads out of the package")) : imported(in, name);
  if (!module) return Flow::Raised;
  for (const Alias* alias : statement.names) {
    if (alias->name == "*") {
      import_star(in, scope, *module);
      continue;
    }
    const Outcome member = member_of_module(in, *module, alias->name);
    if (member.is_raised()) return Flow::Raised;
    if (member.is_absent()) {
      (void)in.raise("ImportError", "cannot import name '" + std::string(alias->name) + "' from '" + name + "'");
      return Flow::Raised;
    }
    bind_name(in, scope, alias->asname.empty() ? alias->name : alias->asname, *member);
  }
  return Flow::Next;
}

}  // namespace python
