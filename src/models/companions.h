#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "python/evaluation/host.h"
#include "python/modules.h"

/// Packages beside SQLAlchemy that bring bases, mixins or extensions. Each is described by a Python file in
/// src/models/companions: what its classes bring to tables, and nothing else. These are read by the same interpreter as
/// the project, which finds its own modules first.
namespace models {

/// The folder under which `CompanionFiles` shows them; no such folder is on the disk.
inline constexpr std::string_view companions_folder = "/<companions>";

/// The files of the disk, and the companions' descriptions below `companions_folder`.
class CompanionFiles final : public python::Files {
 public:
  explicit CompanionFiles(python::Files& disk);

  bool is_file(const std::string& path) override;
  bool is_folder(const std::string& path) override;
  std::vector<std::string> entries(const std::string& folder) override;
  const python::ParsedFile* parsed(const std::string& path) override;
  std::optional<std::string> bytes(const std::string& path) override;

 private:
  python::Files& disk_;
  python::MemoryFiles companions_;
};

/// The part of the interpreter's host that finds the descriptions, and what they need themselves.
std::unique_ptr<python::Host> companion_host();
/// The part that answers for everything else in the described packages; asked last.
std::unique_ptr<python::Host> undescribed_host();

}  // namespace models
