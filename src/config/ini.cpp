#include "config/ini.h"

#include <fmt/format.h>

#include "base/text.h"

namespace config {
namespace {

constexpr int deepest_interpolation = 10;  // ConfigParser's own limit

std::unexpected<base::Error> invalid(const std::string& file, int line, const std::string& what, std::string hint) {
  const base::Place place{file, line, 0};
  return base::failure(base::ErrorCode::ConfigInvalid, fmt::format("{}: {}", text(place), what), std::move(hint),
                       place);
}

/// Reads line by line; a value goes on while lines are indented deeper than its key.
class Reader {
 public:
  Reader(Ini& ini) : ini_(ini) {}

  base::Result<void> read(const std::string& bytes) {
    for (const std::string& line : base::split(bytes, '\n')) {
      ++line_;
      if (auto result = read_line(line); !result) return result;
    }
    return {};
  }

 private:
  base::Result<void> read_line(const std::string& line) {
    const std::string text(base::trimmed(line));
    if (text.starts_with('#') || text.starts_with(';')) return {};
    if (text.empty()) {
      if (value_ != nullptr) ++blank_lines_;
      return {};
    }
    const std::size_t indent = line.find_first_not_of(" \t\r\f\v");
    if (value_ != nullptr && indent > indent_) {
      value_->text += std::string(blank_lines_ + 1, '\n') + text;
      blank_lines_ = 0;
      return {};
    }
    indent_ = indent;
    blank_lines_ = 0;
    return text.starts_with('[') ? read_header(text) : read_option(text);
  }

  base::Result<void> read_header(const std::string& text) {
    const auto end = text.rfind(']');
    if (end == std::string::npos || end == 1)
      return invalid(ini_.file, line_, "a section's name in brackets expected", "write [alembic]");
    section_ = text.substr(1, end - 1);
    ini_.sections[*section_];
    value_ = nullptr;
    return {};
  }

  base::Result<void> read_option(const std::string& text) {
    if (!section_)
      return invalid(ini_.file, line_, "a section such as [alembic] expected before the first key",
                     "add the section's line");
    const auto separator = text.find_first_of("=:");
    if (separator == std::string::npos || separator == 0) {
      return invalid(ini_.file, line_, "\"key = value\" expected", "comments begin with # or ;");
    }
    const std::string key = base::lowered(base::trimmed(std::string_view(text).substr(0, separator)));
    auto& options = ini_.sections[*section_];
    if (options.contains(key)) {
      return invalid(ini_.file, line_, fmt::format("\"{}\" stands a second time in [{}]", key, *section_),
                     "keep one of the two");
    }
    value_ = &options[key];
    *value_ = {std::string(base::trimmed(std::string_view(text).substr(separator + 1))), line_};
    return {};
  }

  Ini& ini_;
  int line_ = 0;
  std::size_t indent_ = 0;
  std::size_t blank_lines_ = 0;
  std::optional<std::string> section_;
  IniValue* value_ = nullptr;
};

}  // namespace

const IniValue* Ini::find(const std::string& section, const std::string& key) const {
  for (const std::string& name : {section, std::string("DEFAULT")}) {
    const auto options = sections.find(name);
    if (options == sections.end()) continue;
    if (const auto found = options->second.find(key); found != options->second.end()) return &found->second;
  }
  return nullptr;
}

base::Result<std::optional<std::string>> Ini::value(const std::string& section, const std::string& key) const {
  const IniValue* found = sections.contains(section) ? find(section, key) : nullptr;
  if (found == nullptr) return std::nullopt;
  auto result = interpolated(section, *found, 0);
  if (!result) return std::unexpected(result.error());
  return std::optional(std::move(*result));
}

base::Place Ini::place(const std::string& section, const std::string& key) const {
  const IniValue* found = find(section, key);
  return {file, found == nullptr ? 0 : found->line, 0};
}

base::Result<std::string> Ini::interpolated(const std::string& section, const IniValue& value, int depth) const {
  if (depth > deepest_interpolation) {
    return invalid(file, value.line, "%(…)s refers to itself", "write the value out");
  }
  std::string result;
  for (std::size_t at = 0; at < value.text.size();) {
    if (value.text[at] != '%') {
      result += value.text[at++];
      continue;
    }
    if (value.text.compare(at, 2, "%%") == 0) {
      result += '%';
      at += 2;
      continue;
    }
    const auto end = value.text.compare(at, 2, "%(") == 0 ? value.text.find(")s", at) : std::string::npos;
    if (end == std::string::npos)
      return invalid(file, value.line, "\"%\" must be followed by \"%\" or \"(name)s\"", "write %% for a percent sign");
    const std::string name = base::lowered(value.text.substr(at + 2, end - at - 2));
    const IniValue* other = find(section, name);
    if (other == nullptr)
      return invalid(file, value.line, fmt::format("%({})s names no key of [{}]", name, section),
                     "add the key, or write the value out");
    auto inner = interpolated(section, *other, depth + 1);
    if (!inner) return inner;
    result += *inner;
    at = end + 2;
  }
  return result;
}

base::Result<Ini> parse_ini(const std::string& bytes, const std::string& file, const std::string& here) {
  Ini ini{file, {}};
  ini.sections["DEFAULT"]["here"] = {base::replaced(here, "%", "%%"), 0};
  const bool marked = bytes.starts_with("\xEF\xBB\xBF");
  if (auto result = Reader(ini).read(marked ? bytes.substr(3) : bytes); !result) return std::unexpected(result.error());
  return ini;
}

}  // namespace config
