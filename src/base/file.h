#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

/// The only door to the disk.
namespace base {

using Path = std::filesystem::path;

/// The file's bytes. Fails for what is not a regular file.
Result<std::string> read_file(const Path& path);

/// Writes beside the target and renames, so that a crash leaves the old file or the new one.
Result<void> write_file(const Path& path, std::string_view bytes);

bool is_file(const Path& path);
bool is_folder(const Path& path);
Result<void> make_folder(const Path& path, bool private_to_owner = false);
/// Names in the folder, sorted bytewise; empty when it cannot be read.
std::vector<Path> entries(const Path& folder);
/// `path` relative to `root` where it lies below it, else as it is; always with forward slashes.
std::string shown(const Path& path, const Path& root);

}  // namespace base
