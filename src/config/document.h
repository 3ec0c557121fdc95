#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/error.h"
#include "base/file.h"

namespace config {

/// A value of a settings file, with the place where it stands.
struct Setting {
  using List = std::vector<Setting>;
  using Table = std::vector<std::pair<std::string, Setting>>;  ///< in order of the keys' names

  std::variant<std::monostate, bool, std::int64_t, double, std::string, List, Table>
      value;  ///< monostate: a date or time
  base::Place place;

  bool operator==(const Setting&) const = default;
};

/// The member of a table, null where there is none.
const Setting* member(const Setting& table, const std::string& key);

/// Parses a TOML file; `file` is the name that errors give.
base::Result<Setting> parse_toml(const std::string& bytes, const std::string& file);

}  // namespace config
