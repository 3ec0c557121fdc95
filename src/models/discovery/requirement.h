#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "base/file.h"

namespace models::discovery {

/// A release: 2.0.52, 0.0.8. What is not said is 0.
struct Version {
  int major = 0;
  int minor = 0;
  int patch = 0;

  bool operator==(const Version&) const = default;
  auto operator<=>(const Version&) const = default;
};

/// Reads "2.0.52", "1.4", "2.0.0b1"; none where the text begins with no digit.
std::optional<Version> version(std::string_view text);

/// The newest release that the specifiers of a requirement allow, "==1.4.*", ">=1.4,<2.0", "^1.4", "~=2.0.3", as far as
/// they set an upper bound: `<2.0` gives the newest release line below it. None where newer ones are always allowed.
std::optional<Version> newest_allowed(std::string_view specifiers);

/// The release of a package that a project pins: by uv.lock, poetry.lock, pdm.lock, Pipfile.lock, what is installed in
/// .venv, requirements*.txt, pyproject.toml, setup.cfg or setup.py, the first that says it.
std::optional<Version> pinned_version(const base::Path& root, std::string_view package);

}  // namespace models::discovery
