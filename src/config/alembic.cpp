#include "config/alembic.h"

#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "config/document.h"
#include "config/ini.h"

namespace config {
namespace {

std::unexpected<base::Error> invalid(const base::Place& place, const std::string& what, std::string hint = {}) {
  return base::failure(base::ErrorCode::ConfigInvalid, fmt::format("{}: {}", text(place), what), std::move(hint),
                       place);
}

/// One of the two files that may hold the settings, behind one way to ask for a key.
struct Source {
  Ini ini;                                     ///< of alembic.ini; `[tool.alembic]` is turned into the same shape
  std::vector<std::string> version_locations;  ///< where TOML gives a list
};

base::Path folder_of_ini(const base::Path& root) {
  if (base::is_file(root / "alembic.ini")) return root;
  const base::Path flask = root / "migrations";
  return base::is_file(flask / "alembic.ini") && base::is_file(flask / "env.py") ? flask : base::Path();
}

std::string whole_path(const base::Path& folder) {
  return std::filesystem::absolute(folder).lexically_normal().generic_string();
}

std::string without_slash(std::string path) {
  if (path.size() > 1 && path.ends_with('/')) path.pop_back();
  return path;
}

base::Result<std::optional<Ini>> read_ini(const base::Path& root, const base::Path& folder) {
  if (folder.empty()) return std::nullopt;
  auto bytes = base::read_file(folder / "alembic.ini");
  if (!bytes) return std::unexpected(bytes.error());
  auto ini = parse_ini(*bytes, base::shown(folder / "alembic.ini", root), without_slash(whole_path(folder)));
  if (!ini) return std::unexpected(ini.error());
  return std::optional(std::move(*ini));
}

/// `[tool.alembic]`: the same keys, `%(here)s` and `%%` too, lists beside strings.
base::Result<std::optional<Ini>> read_pyproject(const base::Path& root) {
  const base::Path path = root / "pyproject.toml";
  if (!base::is_file(path)) return std::nullopt;
  auto bytes = base::read_file(path);
  if (!bytes) return std::unexpected(bytes.error());
  auto document = parse_toml(*bytes, "pyproject.toml");
  if (!document) return std::unexpected(document.error());
  const Setting* tool = member(*document, "tool");
  const Setting* alembic = tool == nullptr ? nullptr : member(*tool, "alembic");
  const auto* keys = alembic == nullptr ? nullptr : std::get_if<Setting::Table>(&alembic->value);
  if (keys == nullptr) return std::nullopt;
  Ini ini{"pyproject.toml", {}};
  ini.sections["DEFAULT"]["here"] = {base::replaced(without_slash(whole_path(root)), "%", "%%"), 0};
  auto& section = ini.sections["alembic"];
  for (const auto& [key, setting] : *keys) {
    IniValue value{{}, setting.place.line};
    if (const auto* text = std::get_if<std::string>(&setting.value)) value.text = *text;
    if (const auto* number = std::get_if<std::int64_t>(&setting.value)) value.text = std::to_string(*number);
    if (const auto* flag = std::get_if<bool>(&setting.value)) value.text = *flag ? "true" : "false";
    if (const auto* list = std::get_if<Setting::List>(&setting.value)) {
      for (const Setting& element : *list) {
        if (const auto* text = std::get_if<std::string>(&element.value)) value.text += *text + "\n";
      }
      section[key == "version_locations" ? "path_separator" : key + ".separator"] = {"newline", setting.place.line};
    }
    section[key] = std::move(value);
  }
  return std::optional(std::move(ini));
}

/// Alembic's own splitting rules: by commas and blanks unless the project names a separator.
base::Result<std::vector<std::string>> split_locations(const std::string& text,
                                                       const std::optional<std::string>& separator,
                                                       const base::Place& place) {
  std::string separators = " ,\n";
  if (separator) {
    if (*separator == "space")
      separators = " \n";
    else if (*separator == "newline")
      separators = "\n";
    else if (*separator == "os" || *separator == ":")
      separators = ":";
    else if (*separator == ";")
      separators = ";";
    else
      return invalid(place, fmt::format("\"{}\" is no path separator", *separator),
                     "one of space, newline, os, :, ; expected");
  }
  std::vector<std::string> parts;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t end = std::min(text.find_first_of(separators, begin), text.size());
    const std::string part(base::trimmed(std::string_view(text).substr(begin, end - begin)));
    if (!part.empty()) parts.push_back(part);
    begin = end + 1;
  }
  return parts;
}

/// A location is a path, below the root where relative, or `package:folder`.
base::Path located(const std::string& text, const base::Path& root) {
  const auto colon = text.find(':');
  if (colon == std::string::npos || text.starts_with('/')) return (root / text).lexically_normal();
  const base::Path package = base::replaced(text.substr(0, colon), ".", "/");
  for (const base::Path& beginning : {root, root / "src"}) {
    if (base::is_folder(beginning / package)) return (beginning / package / text.substr(colon + 1)).lexically_normal();
  }
  return (root / package / text.substr(colon + 1)).lexically_normal();
}

/// What `alembic init` writes, for a person to replace.
bool is_placeholder(const std::string& url) { return url.empty() || url.starts_with("driver://"); }

class Settings {
 public:
  Settings(const base::Path& root, std::optional<Ini> ini, std::optional<Ini> pyproject)
      : root_(root), ini_(std::move(ini)), pyproject_(std::move(pyproject)) {}

  base::Result<AlembicSettings> read(const base::Path& ini_folder) {
    AlembicSettings settings;
    settings.file = ini_ ? ini_->file : pyproject_->file;
    const std::string script_location = value("script_location");
    if (!script_location.empty())
      settings.script_location = located(script_location, root_);
    else if (ini_folder != root_)
      settings.script_location = ini_folder;
    read_version_locations(settings);
    settings.file_template = value("file_template");
    settings.timezone = value("timezone");
    settings.sourceless = value("sourceless") == "true";
    read_slug_length(settings);
    settings.database_url = url();
    settings.database_url_place = place("sqlalchemy.url");
    if (is_placeholder(settings.database_url)) settings.database_url.clear();
    if (error_) return std::unexpected(*error_);
    return settings;
  }

 private:
  std::string value(const std::string& key) {
    for (const auto* source : {&ini_, &pyproject_}) {
      if (!*source) continue;
      auto found = (*source)->value("alembic", key);
      if (!found && !error_) error_ = found.error();
      if (found && *found) return **found;
    }
    return {};
  }

  /// A `%(NAME)s` that env.py fills in at run time leaves the URL as it is written: an error only when it is needed.
  std::string url() {
    if (!ini_) return {};
    if (auto found = ini_->value("alembic", "sqlalchemy.url")) return std::string(base::trimmed(found->value_or("")));
    return ini_->sections.at("alembic").contains("sqlalchemy.url")
               ? ini_->sections.at("alembic").at("sqlalchemy.url").text
               : "";
  }

  base::Place place(const std::string& key) const { return ini_ ? ini_->place("alembic", key) : base::Place{}; }

  void read_version_locations(AlembicSettings& settings) {
    const std::string locations = value("version_locations");
    std::string separator = value("path_separator");
    if (separator.empty()) separator = value("version_path_separator");
    separator = separator.substr(0, separator.find_first_of(" \t#"));  // Alembic's own template has a remark behind it
    const auto given = separator.empty() ? std::nullopt : std::optional(separator);
    auto parts = split_locations(locations, given, {settings.file, place("path_separator").line, 0});
    if (!parts && !error_) error_ = parts.error();
    for (const std::string& part : parts.value_or(std::vector<std::string>())) {
      settings.version_locations.push_back(located(part, root_));
    }
  }

  void read_slug_length(AlembicSettings& settings) {
    const std::string text = value("truncate_slug_length");
    if (text.empty()) return;
    int length = 0;
    const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), length);
    const bool whole = code == std::errc() && end == text.data() + text.size() && length >= 0;
    if (whole)
      settings.truncate_slug_length = length;
    else if (!error_)
      error_ = invalid(place("truncate_slug_length"), "truncate_slug_length must be a number").error();
  }

  const base::Path& root_;
  std::optional<Ini> ini_;
  std::optional<Ini> pyproject_;
  std::optional<base::Error> error_;
};

}  // namespace

base::Result<std::optional<AlembicSettings>> alembic_settings(const base::Path& root) {
  const base::Path folder = folder_of_ini(root);
  auto ini = read_ini(root, folder);
  if (!ini) return std::unexpected(ini.error());
  if (*ini && !(*ini)->sections.contains("alembic")) ini->reset();
  auto pyproject = read_pyproject(root);
  if (!pyproject) return std::unexpected(pyproject.error());
  if (!*ini && !*pyproject) return std::nullopt;
  auto settings = Settings(root, std::move(*ini), std::move(*pyproject)).read(*ini ? folder : root);
  if (!settings) return std::unexpected(settings.error());
  return std::optional(std::move(*settings));
}

}  // namespace config
