#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "python/evaluation/location.h"
#include "python/syntax/parser.h"

namespace python {

/// A file as it was read: its tree, or why it is no Python.
struct ParsedFile {
  Source source;
  std::unique_ptr<Tree> tree;
  std::optional<SyntaxError> error;
  std::optional<std::string> unreadable;  ///< the message of the system
};

/// The file system as the evaluation sees it. Paths have forward slashes; folders end without one.
class Files {
 public:
  virtual ~Files() = default;
  virtual bool is_file(const std::string& path) = 0;
  virtual bool is_folder(const std::string& path) = 0;
  /// Names in a folder, sorted.
  virtual std::vector<std::string> entries(const std::string& folder) = 0;
  /// The file parsed, once for all; stays valid as long as the Files. Null if there is none.
  virtual const ParsedFile* parsed(const std::string& path) = 0;
  /// The bytes of a file of the project (data that models read); nothing for one outside.
  virtual std::optional<std::string> bytes(const std::string& path) = 0;
};

/// Parses bytes as the file `path`, shown as `shown`. Thread-safe.
std::unique_ptr<ParsedFile> parse_file(std::string path, std::string shown, std::string bytes);

/// The files on disk below a root. Files may be parsed before (in parallel) and handed in by `add`.
class DiskFiles : public Files {
 public:
  explicit DiskFiles(std::string root);
  void add(std::unique_ptr<ParsedFile> file);
  bool is_file(const std::string& path) override;
  bool is_folder(const std::string& path) override;
  std::vector<std::string> entries(const std::string& folder) override;
  const ParsedFile* parsed(const std::string& path) override;
  std::optional<std::string> bytes(const std::string& path) override;

 private:
  std::string root_;
  std::map<std::string, std::unique_ptr<ParsedFile>, std::less<>> parsed_;
  std::map<std::string, bool, std::less<>> is_file_;
  std::map<std::string, bool, std::less<>> is_folder_;
};

/// Files that exist only here: for tests and for texts that are evaluated.
class MemoryFiles : public Files {
 public:
  void add(std::string path, std::string bytes);
  bool is_file(const std::string& path) override;
  bool is_folder(const std::string& path) override;
  std::vector<std::string> entries(const std::string& folder) override;
  const ParsedFile* parsed(const std::string& path) override;
  std::optional<std::string> bytes(const std::string& path) override;

 private:
  std::map<std::string, std::string, std::less<>> bytes_;
  std::map<std::string, std::unique_ptr<ParsedFile>, std::less<>> parsed_;
};

/// Where `import x` looks.
struct SearchPaths {
  std::string root;                        ///< the project's folder
  std::vector<std::string> roots;          ///< folders that hold the project's packages and modules, best first
  std::vector<std::string> site_packages;  ///< of the project's environment
};

/// The folders that a project's own imports start from: the root, `src` folders, and every folder that holds a package
/// or a script and is itself no package.
SearchPaths search_paths(Files& files, const std::string& root, const std::vector<std::string>& python_files);

/// The name under which a file is imported and the folder it is found from: ("src/app/models/user.py" is
/// "app.models.user" from "src").
struct ModuleName {
  std::string name;
  std::string root;
  bool is_package = false;
};
ModuleName module_name(Files& files, const SearchPaths& paths, const std::string& path);

}  // namespace python
