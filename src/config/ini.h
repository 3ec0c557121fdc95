#pragma once

#include <map>
#include <optional>
#include <string>

#include "base/error.h"

namespace config {

struct IniValue {
  std::string text;  ///< as written, `%(name)s` not yet replaced
  int line = 0;
};

/// A file of sections as Python's ConfigParser reads it: keys in lower case, `=` or `:`, values going on in indented
/// lines, comments on lines of their own, [DEFAULT] behind every section.
struct Ini {
  std::string file;  ///< the name that errors give
  std::map<std::string, std::map<std::string, IniValue>> sections;

  /// The value with `%(name)s` and `%%` replaced; nothing where the key is missing.
  base::Result<std::optional<std::string>> value(const std::string& section, const std::string& key) const;
  /// Where the key stands, also when only [DEFAULT] has it.
  base::Place place(const std::string& section, const std::string& key) const;

 private:
  const IniValue* find(const std::string& section, const std::string& key) const;
  base::Result<std::string> interpolated(const std::string& section, const IniValue& value, int depth) const;
};

/// `here` is the folder of the file, what `%(here)s` stands for.
base::Result<Ini> parse_ini(const std::string& bytes, const std::string& file, const std::string& here);

}  // namespace config
