#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>
#include <utility>

namespace base {
namespace {
namespace fs = std::filesystem;

std::unexpected<Error> unreadable(const Path& path, int number) {
  return failure(ErrorCode::ConfigInvalid, path.string() + ": " + std::strerror(number),
                 "check that the file exists and can be read");
}
}  // namespace

Result<std::string> read_file(const Path& path) {
  // O_NONBLOCK: a named pipe must not block; what is no regular file is refused below.
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return unreadable(path, errno);
  struct stat status {};
  if (::fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) {
    ::close(descriptor);
    return unreadable(path, EINVAL);
  }
  std::string bytes(static_cast<std::size_t>(status.st_size), '\0');
  std::size_t filled = 0;
  while (filled < bytes.size()) {
    const ssize_t got = ::read(descriptor, bytes.data() + filled, bytes.size() - filled);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    filled += static_cast<std::size_t>(got);
  }
  ::close(descriptor);
  bytes.resize(filled);
  return bytes;
}

Result<void> write_file(const Path& path, std::string_view bytes) {
  const Path beside = path.string() + ".part";
  {
    std::ofstream stream(beside, std::ios::binary | std::ios::trunc);
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (!stream.flush()) return unreadable(beside, errno);
  }
  std::error_code code;
  fs::rename(beside, path, code);
  if (code) return unreadable(path, code.value());
  return {};
}

bool is_file(const Path& path) {
  std::error_code code;
  return fs::is_regular_file(path, code);
}

bool is_folder(const Path& path) {
  std::error_code code;
  return fs::is_directory(path, code);
}

Result<void> make_folder(const Path& path, bool private_to_owner) {
  std::error_code code;
  fs::create_directories(path, code);
  if (code) return unreadable(path, code.value());
  if (private_to_owner) fs::permissions(path, fs::perms::owner_all, code);
  if (code) return unreadable(path, code.value());
  return {};
}

std::vector<Path> entries(const Path& folder) {
  std::error_code code;
  std::vector<Path> names;
  for (fs::directory_iterator entry(folder, fs::directory_options::skip_permission_denied, code), end;
       !code && entry != end; entry.increment(code)) {
    names.push_back(entry->path().filename());
  }
  std::ranges::sort(names, {}, [](const Path& name) { return name.native(); });
  return names;
}

std::string shown(const Path& path, const Path& root) {
  const Path relative = path.lexically_normal().lexically_relative(root.lexically_normal());
  if (relative.empty() || *relative.begin() == "..") return path.generic_string();
  return relative.generic_string();
}

}  // namespace base
