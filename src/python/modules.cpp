#include "python/modules.h"

#include <algorithm>
#include <set>

#include "base/file.h"

namespace python {

std::unique_ptr<ParsedFile> parse_file(std::string path, std::string shown, std::string bytes) {
  auto file = std::make_unique<ParsedFile>();
  file->source.path = std::move(path);
  file->source.shown = std::move(shown);
  ParseResult result = parse_module(std::move(bytes));
  if (result) {
    file->tree = std::move(*result);
    file->source.tree = file->tree.get();
  } else {
    file->error = result.error();
  }
  return file;
}

DiskFiles::DiskFiles(std::string root) : root_(std::move(root)) {}

void DiskFiles::add(std::unique_ptr<ParsedFile> file) {
  std::string path = file->source.path;
  is_file_[path] = true;
  parsed_[std::move(path)] = std::move(file);
}

bool DiskFiles::is_file(const std::string& path) {
  const auto known = is_file_.find(path);
  if (known != is_file_.end()) return known->second;
  return is_file_[path] = base::is_file(path);
}

bool DiskFiles::is_folder(const std::string& path) {
  const auto known = is_folder_.find(path);
  if (known != is_folder_.end()) return known->second;
  return is_folder_[path] = base::is_folder(path);
}

std::vector<std::string> DiskFiles::entries(const std::string& folder) {
  std::vector<std::string> names;
  for (const base::Path& entry : base::entries(folder)) names.push_back(entry.filename().generic_string());
  return names;
}

const ParsedFile* DiskFiles::parsed(const std::string& path) {
  const auto known = parsed_.find(path);
  if (known != parsed_.end()) return known->second.get();
  if (!is_file(path)) return nullptr;
  const std::string shown = base::shown(path, root_);
  auto bytes = base::read_file(path);
  std::unique_ptr<ParsedFile> file;
  if (bytes) {
    file = parse_file(path, shown, std::move(*bytes));
  } else {
    file = std::make_unique<ParsedFile>();
    file->source.path = path;
    file->source.shown = shown;
    file->unreadable = bytes.error().message;
  }
  return (parsed_[path] = std::move(file)).get();
}

std::optional<std::string> DiskFiles::bytes(const std::string& path) {
  if (!path.starts_with(root_ + "/") || path.find("/../") != std::string::npos) return {};
  auto content = base::read_file(path);
  if (!content) return {};
  return std::move(*content);
}

void MemoryFiles::add(std::string path, std::string bytes) { bytes_[std::move(path)] = std::move(bytes); }

bool MemoryFiles::is_file(const std::string& path) { return bytes_.contains(path); }

bool MemoryFiles::is_folder(const std::string& path) {
  const auto next = bytes_.lower_bound(path + "/");
  return next != bytes_.end() && next->first.starts_with(path + "/");
}

std::vector<std::string> MemoryFiles::entries(const std::string& folder) {
  std::set<std::string> names;
  for (auto at = bytes_.lower_bound(folder + "/"); at != bytes_.end() && at->first.starts_with(folder + "/"); ++at) {
    const std::string rest = at->first.substr(folder.size() + 1);
    names.insert(rest.substr(0, rest.find('/')));
  }
  return {names.begin(), names.end()};
}

const ParsedFile* MemoryFiles::parsed(const std::string& path) {
  const auto known = parsed_.find(path);
  if (known != parsed_.end()) return known->second.get();
  const auto found = bytes_.find(path);
  if (found == bytes_.end()) return nullptr;
  return (parsed_[path] = parse_file(path, path, found->second)).get();
}

std::optional<std::string> MemoryFiles::bytes(const std::string& path) {
  const auto found = bytes_.find(path);
  return found == bytes_.end() ? std::nullopt : std::optional(found->second);
}

namespace {

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::string name_of(const std::string& path) { return path.substr(path.rfind('/') + 1); }

/// The folder above the topmost package that a file belongs to.
std::string package_root(Files& files, const std::string& path) {
  std::string folder = folder_of(path);
  while (!folder.empty() && files.is_file(folder + "/__init__.py")) folder = folder_of(folder);
  return folder;
}

}  // namespace

SearchPaths search_paths(Files& files, const std::string& root, const std::vector<std::string>& python_files) {
  SearchPaths paths;
  paths.root = root;
  std::set<std::string> found;
  for (const std::string& file : python_files) found.insert(package_root(files, file));
  const std::string source = root + "/src";
  paths.roots = {root};
  if (files.is_folder(source)) paths.roots.push_back(source);
  std::vector<std::string> others(found.begin(), found.end());
  std::stable_sort(others.begin(), others.end(), [](const std::string& a, const std::string& b) {
    return std::count(a.begin(), a.end(), '/') < std::count(b.begin(), b.end(), '/');
  });
  for (const std::string& folder : others)
    if (!folder.empty() && std::find(paths.roots.begin(), paths.roots.end(), folder) == paths.roots.end())
      paths.roots.push_back(folder);
  return paths;
}

ModuleName module_name(Files& files, const SearchPaths& paths, const std::string& path) {
  ModuleName result;
  std::string stem = path.ends_with(".py") ? path.substr(0, path.size() - 3) : path;
  result.is_package = name_of(stem) == "__init__";
  if (result.is_package) stem = folder_of(stem);
  result.root = package_root(files, path);
  // A file in no package is named from the project's root: its folders may be a namespace package.
  const std::string source = paths.root + "/src";
  if (!result.is_package && result.root == folder_of(path) && result.root.starts_with(paths.root + "/")) {
    const bool below_source = result.root == source || result.root.starts_with(source + "/");
    result.root = below_source ? source : paths.root;
  }
  if (result.root.size() + 1 >= stem.size()) {
    result.name = name_of(stem);
    return result;
  }
  result.name = stem.substr(result.root.size() + 1);
  std::replace(result.name.begin(), result.name.end(), '/', '.');
  return result;
}

}  // namespace python
