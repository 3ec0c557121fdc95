#include "models/discovery/walk.h"

#include <algorithm>
#include <array>
#include <set>
#include <string_view>
#include <system_error>

namespace models::discovery {
namespace {
namespace fs = std::filesystem;

constexpr int deepest_folder = 64;

constexpr std::array<std::string_view, 14> foreign_folders = {
    "__pycache__", "__pypackages__", "node_modules", "bower_components", "site-packages", "dist-packages", "venv",
    "virtualenv",  "_vendor",        "_vendored",    "vendored",         "third_party",   "thirdparty",    "htmlcov"};

/// Names that are foreign only where the folder is no package: `vendor` may be a package of suppliers.
constexpr std::array<std::string_view, 4> foreign_unless_package = {"build", "dist", "vendor", "env"};

bool present(const base::Path& path) {
  std::error_code code;
  return fs::exists(path, code);
}

bool is_foreign(const base::Path& folder) {
  const std::string name = folder.filename().string();
  if (name.starts_with('.') || name.ends_with(".egg-info") || name.ends_with(".egg")) return true;
  if (std::ranges::find(foreign_folders, name) != foreign_folders.end()) return true;
  if (present(folder / "pyvenv.cfg") || present(folder / "conda-meta")) return true;
  const bool suspicious = std::ranges::find(foreign_unless_package, name) != foreign_unless_package.end();
  return suspicious && !present(folder / "__init__.py");
}

bool lies_below(const base::Path& path, const base::Path& root) {
  const auto [end, ignored] = std::mismatch(root.begin(), root.end(), path.begin(), path.end());
  return end == root.end();
}

class Walker {
 public:
  explicit Walker(const base::Path& root) : root_(root) {
    std::error_code code;
    real_root_ = fs::weakly_canonical(root, code);
  }

  void visit(const base::Path& folder, int depth) {
    if (depth > deepest_folder || !enter(folder)) return;
    std::error_code code;
    fs::directory_iterator entries(folder, code);
    if (code) return complain(folder, code.message());
    std::vector<base::Path> paths;
    for (; entries != fs::directory_iterator(); entries.increment(code)) {
      if (code) break;
      paths.push_back(entries->path());
    }
    std::ranges::sort(paths);
    for (const base::Path& path : paths) visit_entry(path, depth);
  }

  Walk result() && { return std::move(walk_); }

 private:
  void visit_entry(const base::Path& path, int depth) {
    if (base::is_folder(path)) {
      if (!is_foreign(path)) visit(path, depth + 1);
    } else if (path.extension() == ".py" && base::is_file(path)) {
      walk_.files.push_back(path);
    }
  }

  /// Every real folder once, so that links cannot lead in circles, and none outside of the root.
  bool enter(const base::Path& folder) {
    std::error_code code;
    const base::Path real = fs::canonical(folder, code);
    if (code) return complain(folder, code.message()), false;
    return lies_below(real, real_root_) && seen_.insert(real.string()).second;
  }

  void complain(const base::Path& folder, const std::string& why) {
    const std::string shown = base::shown(folder, root_);
    walk_.diagnostics.push_back({.code = "FOLDER_UNREADABLE",
                                 .message = "the folder " + shown + " was left out: " + why,
                                 .place = {.file = shown},
                                 .table = {}});
  }

  base::Path root_;
  base::Path real_root_;
  std::set<std::string> seen_;
  Walk walk_;
};
}  // namespace

Walk walk(const base::Path& root, const base::Path& folder) {
  Walker walker(root);
  walker.visit(folder, 0);
  return std::move(walker).result();
}

}  // namespace models::discovery
