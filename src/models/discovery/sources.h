#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/diagnostic.h"
#include "base/file.h"
#include "models/discovery/source_scan.h"

namespace models::discovery {

/// Why a file is read.
enum class Role {
  Model,     ///< speaks of SQLAlchemy or SQLModel itself: it must be legal Python
  Importer,  ///< imports such a file and defines classes: it may hold models
  Other,     ///< read only where one of the others imports it
  LeftOut,   ///< a test, a migration, an example: likewise
};

struct SourceFile {
  base::Path path;
  std::string shown;  ///< relative to the project's root, with forward slashes
  bool is_package = false;
  Role role = Role::Other;
  SourceScan scan;
  std::string bytes;  ///< kept for Model and Importer, else empty
};

/// A module found by name: a file, or a folder without `__init__.py`.
struct FoundModule {
  const SourceFile* file = nullptr;
  std::string folder;  ///< where it is a package or a namespace package: its folder, relative to the root
};

/// All Python files of a project with what is known about them before anything is parsed.
class Sources {
 public:
  /// `paths`: files and folders to look at, relative to the root; the root itself where empty. Files named there
  /// explicitly are models whatever they contain.
  static Sources find(const base::Path& root, const std::vector<std::string>& paths);

  const base::Path& root() const { return root_; }
  const std::vector<SourceFile>& files() const { return files_; }
  const base::Diagnostics& diagnostics() const { return diagnostics_; }

  /// Folders above top-level packages and modules, relative to the root.
  const std::vector<std::string>& import_roots() const { return import_roots_; }

  /// The files that hold models, and all that these import, in order of their paths; true: a model needs it.
  std::vector<std::pair<const SourceFile*, bool>> needed() const;

  /// An absolute import in a file of the project. Folders nearest to the importing file come first, as long as they
  /// are no packages; then the other folders that hold top-level packages.
  std::optional<FoundModule> find_module(const std::string& dotted, const SourceFile& importer) const;
  /// A module of a folder (of a package, or a namespace): `name` without dots.
  std::optional<FoundModule> find_in_folder(const std::string& folder, const std::string& name) const;

 private:
  void add_files(const std::vector<base::Path>& paths);
  void read_all();
  void find_import_roots();
  void leave_out();
  void choose_importers();
  std::vector<bool> reachable_from(Role role) const;
  std::vector<bool> needed_by_models() const;
  void add_namespace_roots(std::unordered_set<std::string>& roots) const;
  std::vector<std::size_t> imported_files(const SourceFile& file) const;
  std::vector<std::string> roots_for(const SourceFile& importer) const;
  std::optional<FoundModule> find_below(const std::string& root, const std::string& dotted) const;

  base::Path root_;
  std::vector<SourceFile> files_;
  std::unordered_map<std::string, std::size_t> by_path_;  ///< by `shown`
  std::unordered_set<std::string> folders_;
  std::unordered_set<std::string> names_;  ///< of all files and folders: what is not among them is no own module
  std::vector<std::string> import_roots_;
  std::unordered_set<std::string> named_;  ///< files that the configuration names
  base::Diagnostics diagnostics_;
};

/// The folder part of a path with forward slashes; "" for what lies in the root.
std::string folder_of(const std::string& path);

}  // namespace models::discovery
