#include "models/selection.h"

#include <algorithm>

#include "base/text.h"
#include "models/companions.h"
#include "models/entries.h"

namespace models {
using discovery::Role;
using discovery::SourceFile;
using discovery::Sources;

std::unexpected<base::Error> no_models(const Options& options, const Sources& sources) {
  std::vector<std::string> folders;
  for (const SourceFile& file : sources.files()) {
    const std::string folder = discovery::folder_of(file.shown);
    if (folders.empty() || folders.back() != folder) folders.push_back(folder);
  }
  constexpr std::size_t most_shown = 5;
  if (folders.size() > most_shown) folders.resize(most_shown);
  for (std::string& folder : folders) folder = folder.empty() ? "." : folder;
  const std::string where = options.paths.empty() ? sources.root().string() : base::joined(options.paths, ", ");
  std::string message = "no SQLAlchemy or SQLModel table was found below " + where + " (" +
                        std::to_string(sources.files().size()) + " Python files";
  if (!folders.empty()) message += ", in " + base::joined(folders, ", ");
  return base::failure(base::ErrorCode::ModelsNotFound, message + ")",
                       "point [models] paths at the files that define them, or --path at the project");
}

python::SearchPaths search_paths(python::Files& files, const Sources& sources) {
  std::vector<std::string> paths;
  for (const SourceFile& file : sources.files()) paths.push_back(file.path.generic_string());
  python::SearchPaths found = python::search_paths(files, sources.root().generic_string(), paths);
  for (const std::string& root : sources.import_roots()) {
    const std::string folder = root.empty() ? found.root : found.root + "/" + root;
    if (std::ranges::find(found.roots, folder) == found.roots.end()) found.roots.push_back(folder);
  }
  found.roots.emplace_back(companions_folder);
  for (const char* environment : {".venv", "venv", "env"}) {
    const base::Path libraries = sources.root() / environment / "lib";
    for (const base::Path& python : base::entries(libraries)) {
      const base::Path packages = libraries / python / "site-packages";
      if (base::is_folder(packages)) found.site_packages.push_back(packages.generic_string());
    }
  }
  return found;
}

Selection select(const Sources& sources) {
  Selection selection;
  for (const auto& [file, needed_by_model] : sources.needed()) {
    selection.files.push_back(file);
    selection.errors_count.push_back(needed_by_model);
    if (file->role == Role::Model || file->role == Role::Importer) selection.entries.push_back(file);
  }
  return selection;
}

base::Result<Entries> entries(const Options& options) {
  const Sources sources = Sources::find(options.root, options.paths);
  const Selection selection = select(sources);
  if (selection.entries.empty()) return no_models(options, sources);
  python::DiskFiles disk(sources.root().generic_string());
  const python::SearchPaths paths = search_paths(disk, sources);
  Entries entries;
  for (const SourceFile* file : selection.entries) {
    const std::string path = file->path.generic_string();
    entries.modules.push_back({python::module_name(disk, paths, path).name, path});
  }
  for (const std::string& root : paths.roots) {
    if (root != companions_folder) entries.paths.push_back(root);
  }
  return entries;
}

}  // namespace models
