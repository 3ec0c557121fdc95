#include "models/discovery/sources.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <string_view>
#include <system_error>
#include <thread>

#include "base/text.h"
#include "models/discovery/walk.h"

namespace models::discovery {
namespace {

constexpr std::array<std::string_view, 5> test_folders = {"tests", "test", "testing", "e2e", "fixtures"};
constexpr std::array<std::string_view, 8> side_folders = {"docs",    "doc",     "docs_src",   "examples",
                                                          "example", "samples", "benchmarks", "bench"};

template <class Names>
bool holds(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

std::string joined(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

std::string last_part(const std::string& path) { return path.substr(path.rfind('/') + 1); }

bool is_test_file(const SourceFile& file) {
  const std::string name = last_part(file.shown);
  const bool is_named_so = name.starts_with("test_") || name.ends_with("_test.py") || name == "tests.py";
  return file.scan.imports_tests || (file.scan.has_tests && is_named_so) || name == "conftest.py";
}

/// Tests, examples and documentation by their folders; a module that the application imports is brought back later.
bool lies_aside(const SourceFile& file) {
  const std::vector<std::string> parts = base::split(file.shown, '/');
  return std::any_of(parts.begin(), parts.end() - 1,
                     [](const std::string& part) { return holds(test_folders, part) || holds(side_folders, part); });
}

/// Runs `work(0)` … `work(count - 1)` on two threads.
template <class Work>
void in_parallel(std::size_t count, const Work& work) {
  std::atomic<std::size_t> next = 0;
  const auto run = [&] {
    for (std::size_t index = next++; index < count; index = next++) work(index);
  };
  if (count < 2) return run();
  std::jthread other(run);
  run();
}
}  // namespace

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash);
}

Sources Sources::find(const base::Path& root, const std::vector<std::string>& paths) {
  Sources sources;
  std::error_code code;
  sources.root_ = std::filesystem::absolute(root, code).lexically_normal();
  // The whole root is walked in any case: models import from everywhere.
  Walk all = walk(sources.root_, sources.root_);
  sources.diagnostics_ = std::move(all.diagnostics);
  sources.add_files(all.files);
  std::vector<std::string> chosen;
  for (const std::string& path : paths) {
    const base::Path full = (sources.root_ / path).lexically_normal();
    const std::string shown = base::shown(full, sources.root_);
    if (base::is_file(full)) {
      sources.add_files({full});
      sources.named_.insert(shown);
    } else if (base::is_folder(full)) {
      Walk below = walk(full, full);
      sources.add_files(below.files);
      for (const base::Path& file : below.files) chosen.push_back(base::shown(file, sources.root_));
    }
  }
  sources.read_all();
  sources.find_import_roots();
  sources.leave_out();
  if (!paths.empty()) {
    const std::unordered_set<std::string> kept(chosen.begin(), chosen.end());
    for (SourceFile& file : sources.files_) {
      if (sources.named_.contains(file.shown)) {
        file.role = Role::Model;
      } else if (!kept.contains(file.shown)) {
        file.role = Role::LeftOut;
      } else if (file.role == Role::LeftOut && !file.scan.is_migration) {
        file.role = file.scan.mentions_orm ? Role::Model : Role::Other;
      }
    }
  }
  sources.choose_importers();
  return sources;
}

void Sources::add_files(const std::vector<base::Path>& paths) {
  for (const base::Path& path : paths) {
    std::string shown = base::shown(path, root_);
    if (by_path_.contains(shown)) continue;
    by_path_.emplace(shown, files_.size());
    SourceFile file;
    file.path = path;
    file.is_package = path.filename() == "__init__.py";
    for (std::string folder = folder_of(shown); !folder.empty(); folder = folder_of(folder)) {
      if (!folders_.insert(folder).second) break;
      names_.insert(last_part(folder));
    }
    names_.insert(path.stem().string());
    file.shown = std::move(shown);
    files_.push_back(std::move(file));
  }
}

void Sources::read_all() {
  in_parallel(files_.size(), [this](std::size_t index) {
    SourceFile& file = files_[index];
    base::Result<std::string> bytes = base::read_file(file.path);
    if (!bytes) return;
    file.scan = scan(*bytes);
    if (file.scan.mentions_orm || file.scan.may_define) file.bytes = std::move(*bytes);
  });
}

/// The folders above top-level packages and modules.
void Sources::find_import_roots() {
  std::unordered_set<std::string> roots = {""};
  if (folders_.contains("src")) roots.insert("src");
  for (const SourceFile& file : files_) {
    if (!file.is_package) continue;
    std::string top = folder_of(file.shown);
    while (!top.empty() && by_path_.contains(joined(top, "__init__.py"))) top = folder_of(top);
    roots.insert(top);
  }
  add_namespace_roots(roots);
  import_roots_.assign(roots.begin(), roots.end());
  std::ranges::sort(import_roots_);
}

/// A file that imports a module by the name of a folder above itself, which is no package, lies in a namespace package.
void Sources::add_namespace_roots(std::unordered_set<std::string>& roots) const {
  for (const SourceFile& file : files_) {
    for (std::string folder = folder_of(file.shown); !folder.empty(); folder = folder_of(folder)) {
      const std::string above = folder_of(folder);
      const bool is_package = by_path_.contains(joined(folder, "__init__.py"));
      if (is_package || by_path_.contains(joined(above, "__init__.py")) || roots.contains(above)) continue;
      const std::string name = last_part(folder);
      const auto leads_there = [&](const ImportStatement& statement) {
        const bool begins = statement.level == 0 && statement.module.starts_with(name + ".");
        return begins && find_below(above, statement.module).has_value();
      };
      if (std::ranges::any_of(file.scan.imports, leads_there)) roots.insert(above);
    }
  }
}

void Sources::leave_out() {
  for (SourceFile& file : files_) {
    const bool aside = is_test_file(file) || file.scan.is_migration || lies_aside(file);
    file.role = aside ? Role::LeftOut : file.scan.mentions_orm ? Role::Model : Role::Other;
  }
  // What the application itself imports belongs to it, whatever its folder is called.
  std::vector<std::size_t> pending;
  for (std::size_t index = 0; index < files_.size(); ++index) {
    if (files_[index].role != Role::LeftOut) pending.push_back(index);
  }
  while (!pending.empty()) {
    const std::size_t index = pending.back();
    pending.pop_back();
    for (std::size_t imported : imported_files(files_[index])) {
      SourceFile& file = files_[imported];
      if (file.role != Role::LeftOut || is_test_file(file) || file.scan.is_migration) continue;
      file.role = file.scan.mentions_orm ? Role::Model : Role::Other;
      pending.push_back(imported);
    }
  }
}

/// Files that get a base class, a column or a MetaData from a file that matters, and define classes or tables.
void Sources::choose_importers() {
  std::vector<std::vector<std::size_t>> importers(files_.size());
  std::vector<std::size_t> pending;
  for (std::size_t index = 0; index < files_.size(); ++index) {
    const SourceFile& file = files_[index];
    if (file.role == Role::Model) pending.push_back(index);
    if (file.role != Role::Other) continue;
    for (std::size_t imported : imported_files(file)) importers[imported].push_back(index);
  }
  std::vector<bool> reached(files_.size(), false);
  while (!pending.empty()) {
    const std::size_t index = pending.back();
    pending.pop_back();
    for (std::size_t importer : importers[index]) {
      if (reached[importer]) continue;
      reached[importer] = true;
      if (files_[importer].scan.may_define) files_[importer].role = Role::Importer;
      pending.push_back(importer);
    }
  }
  for (SourceFile& file : files_) {
    if (file.role != Role::Model && file.role != Role::Importer) file.bytes = {};
  }
}

std::vector<std::pair<const SourceFile*, bool>> Sources::needed() const {
  const std::vector<bool> by_model = reachable_from(Role::Model);
  const std::vector<bool> counts = needed_by_models();
  const std::vector<bool> by_importer = reachable_from(Role::Importer);
  std::vector<std::pair<const SourceFile*, bool>> found;
  for (std::size_t index = 0; index < files_.size(); ++index) {
    if (by_model[index] || by_importer[index]) found.emplace_back(&files_[index], counts[index]);
  }
  return found;
}

/// What models import, and the files that make tables themselves; not a script that only queries.
std::vector<bool> Sources::needed_by_models() const {
  std::vector<bool> counts(files_.size(), false);
  std::vector<std::size_t> pending;
  for (std::size_t index = 0; index < files_.size(); ++index) {
    if (files_[index].role != Role::Model) continue;
    const std::vector<std::size_t> imported = imported_files(files_[index]);
    pending.insert(pending.end(), imported.begin(), imported.end());
    if (files_[index].scan.names_tables || named_.contains(files_[index].shown)) counts[index] = true;
  }
  while (!pending.empty()) {
    const std::size_t index = pending.back();
    pending.pop_back();
    if (counts[index]) continue;
    counts[index] = true;
    const std::vector<std::size_t> imported = imported_files(files_[index]);
    pending.insert(pending.end(), imported.begin(), imported.end());
  }
  return counts;
}

/// The files of a role and what they import, directly or not.
std::vector<bool> Sources::reachable_from(Role role) const {
  std::vector<bool> reached(files_.size(), false);
  std::vector<std::size_t> pending;
  for (std::size_t index = 0; index < files_.size(); ++index) {
    if (files_[index].role == role) pending.push_back(index);
  }
  while (!pending.empty()) {
    const std::size_t index = pending.back();
    pending.pop_back();
    if (reached[index]) continue;
    reached[index] = true;
    const std::vector<std::size_t> imported = imported_files(files_[index]);
    pending.insert(pending.end(), imported.begin(), imported.end());
  }
  return reached;
}

std::vector<std::size_t> Sources::imported_files(const SourceFile& file) const {
  std::vector<std::size_t> found;
  const auto add = [&](const std::optional<FoundModule>& module) {
    if (module && module->file) found.push_back(static_cast<std::size_t>(module->file - files_.data()));
  };
  for (const ImportStatement& statement : file.scan.imports) {
    std::string folder = folder_of(file.shown);
    std::optional<FoundModule> module;
    if (statement.level == 0) {
      module = find_module(statement.module, file);
    } else {
      for (int level = 1; level < statement.level; ++level) folder = folder_of(folder);
      module = statement.module.empty() ? FoundModule{nullptr, folder} : find_below(folder, statement.module);
      if (statement.module.empty()) add(find_in_folder(folder, "__init__"));
    }
    add(module);
    if (!module || (module->folder.empty() && module->file)) continue;
    for (const std::string& name : statement.names) add(find_in_folder(module->folder, name));
  }
  return found;
}

std::vector<std::string> Sources::roots_for(const SourceFile& importer) const {
  std::vector<std::string> roots;
  const auto add = [&](const std::string& root) {
    if (!holds(roots, root)) roots.push_back(root);
  };
  for (std::string folder = folder_of(importer.shown); !folder.empty(); folder = folder_of(folder)) {
    if (!by_path_.contains(joined(folder, "__init__.py"))) add(folder);
    if (folders_.contains(joined(folder, "src"))) add(joined(folder, "src"));
  }
  for (const std::string& root : import_roots_) add(root);
  return roots;
}

std::optional<FoundModule> Sources::find_module(const std::string& dotted, const SourceFile& importer) const {
  if (!names_.contains(dotted.substr(0, dotted.find('.')))) return std::nullopt;
  for (const std::string& root : roots_for(importer)) {
    if (std::optional<FoundModule> module = find_below(root, dotted)) return module;
  }
  return std::nullopt;
}

std::optional<FoundModule> Sources::find_below(const std::string& root, const std::string& dotted) const {
  std::string folder = root;
  std::optional<FoundModule> module;
  for (const std::string& name : base::split(dotted, '.')) {
    module = find_in_folder(folder, name);
    if (!module) return std::nullopt;
    folder = joined(folder, name);
  }
  return module;
}

std::optional<FoundModule> Sources::find_in_folder(const std::string& folder, const std::string& name) const {
  const std::string path = joined(folder, name);
  if (const auto package = by_path_.find(path + "/__init__.py"); package != by_path_.end()) {
    return FoundModule{&files_[package->second], path};
  }
  if (const auto file = by_path_.find(path + ".py"); file != by_path_.end()) {
    return FoundModule{&files_[file->second], {}};
  }
  if (folders_.contains(path)) return FoundModule{nullptr, path};
  return std::nullopt;
}

}  // namespace models::discovery
