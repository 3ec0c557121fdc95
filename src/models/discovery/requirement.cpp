#include "models/discovery/requirement.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "base/text.h"

namespace models::discovery {
namespace {

constexpr std::size_t largest_file = 32 * 1024 * 1024;

bool is_digit(char character) { return character >= '0' && character <= '9'; }

bool is_name(char character) {
  return std::isalnum(static_cast<unsigned char>(character)) || character == '-' || character == '_' ||
         character == '.';
}

/// Names of packages ignore case and the kind of separator.
std::string normalized(std::string_view name) {
  std::string text = base::lowered(name);
  std::ranges::replace(text, '_', '-');
  std::ranges::replace(text, '.', '-');
  return text;
}

std::string contents(const base::Path& path) {
  if (!base::is_file(path)) return {};
  base::Result<std::string> bytes = base::read_file(path);
  return bytes && bytes->size() <= largest_file ? std::move(*bytes) : std::string();
}

std::string_view unquoted(std::string_view text) {
  text = base::trimmed(text);
  while (!text.empty() && (text.front() == '"' || text.front() == '\'')) text.remove_prefix(1);
  return text.substr(0, text.find_first_of("\"'"));
}

/// [[package]] tables with `name = "…"` and `version = "…"`.
std::optional<Version> locked_in_toml(const std::string& text, const std::string& package) {
  bool inside = false;
  for (const std::string& line : base::split(text, '\n')) {
    const std::string_view trimmed = base::trimmed(line);
    if (trimmed.starts_with("[[")) inside = false;
    const std::size_t equals = trimmed.find('=');
    if (equals == std::string_view::npos) continue;
    const std::string_view key = base::trimmed(trimmed.substr(0, equals));
    const std::string_view value = unquoted(trimmed.substr(equals + 1));
    if (key == "name") inside = normalized(value) == package;
    if (key == "version" && inside) return version(value);
  }
  return std::nullopt;
}

/// "package": { … "version": "==2.0.1" … }
std::optional<Version> locked_in_json(const std::string& text, const std::string& package) {
  const std::size_t entry = base::lowered(text).find('"' + package + "\":");
  if (entry == std::string::npos) return std::nullopt;
  const std::size_t end = text.find('}', entry);
  const std::size_t found = text.find("\"version\"", entry);
  if (found == std::string::npos || found > end) return std::nullopt;
  const std::size_t digits = text.find_first_of("0123456789", found);
  return digits < end ? version(std::string_view(text).substr(digits)) : std::nullopt;
}

/// What stands behind the package's name, wherever a requirement or a key of that name begins:
/// "SQLAlchemy[asyncio]>=2".
std::vector<std::string> specifiers_in(const std::string& text, const std::string& package) {
  const std::string folded = normalized(text);
  std::vector<std::string> found;
  for (std::size_t at = folded.find(package); at != std::string::npos; at = folded.find(package, at + 1)) {
    const std::size_t end = at + package.size();
    if ((at > 0 && is_name(text[at - 1])) || (end < text.size() && is_name(text[end]))) continue;
    std::size_t line_end = text.find_first_of("\n#;", end);
    if (line_end == std::string::npos) line_end = text.size();
    std::string_view rest = base::trimmed(std::string_view(text).substr(end, line_end - end));
    if (rest.starts_with('[')) rest = base::trimmed(rest.substr(std::min(rest.size(), rest.find(']') + 1)));
    found.emplace_back(rest);
  }
  return found;
}

/// A key of a table: `sqlalchemy = "^1.4"`, `sqlalchemy = {version = "^1.4", extras = […]}`.
std::string_view value_of_key(std::string_view text) {
  if (!text.starts_with('=') || text.starts_with("==")) return text;
  text = base::trimmed(text.substr(1));
  if (text.starts_with('{')) {
    const std::size_t key = text.find("version");
    if (key == std::string_view::npos) return {};
    text = text.substr(key);
    text = base::trimmed(text.substr(std::min(text.size(), text.find('=') + 1)));
  }
  return unquoted(text);
}

std::optional<Version> required_in(const std::string& text, const std::string& package) {
  for (const std::string& found : specifiers_in(text, package)) {
    std::string_view specifiers = value_of_key(found);
    specifiers = specifiers.substr(0, specifiers.find_first_of("\"'])"));
    if (const std::optional<Version> allowed = newest_allowed(specifiers)) return allowed;
  }
  return std::nullopt;
}

std::optional<Version> installed(const base::Path& root, const std::string& package) {
  for (std::string_view environment : {".venv", "venv", "env"}) {
    const base::Path libraries = root / environment / "lib";
    for (const base::Path& python : base::entries(libraries)) {
      for (const base::Path& entry : base::entries(libraries / python.filename() / "site-packages")) {
        const std::string name = entry.filename().string();
        if (!name.ends_with(".dist-info")) continue;
        const std::size_t dash = name.find('-');
        if (dash != std::string::npos && normalized(name.substr(0, dash)) == package)
          return version(name.substr(dash + 1));
      }
    }
  }
  return std::nullopt;
}

std::vector<base::Path> requirement_files(const base::Path& root) {
  std::vector<base::Path> files;
  for (const base::Path& folder : {root, root / "requirements"}) {
    for (const base::Path& entry : base::entries(folder)) {
      const std::string name = entry.filename().string();
      const bool by_folder = folder != root;
      if (name.ends_with(".txt") && (by_folder || name.starts_with("requirements")))
        files.push_back(folder / entry.filename());
    }
  }
  for (const char* name : {"pyproject.toml", "setup.cfg", "setup.py", "Pipfile"}) files.push_back(root / name);
  return files;
}

/// The newest release below a bound: 2.0 gives 1.*, 1.4 gives 1.3.*.
Version below(Version bound) {
  if (bound.patch > 0) return {bound.major, bound.minor, bound.patch - 1};
  constexpr int any = 999;
  if (bound.minor > 0) return {bound.major, bound.minor - 1, any};
  return {std::max(bound.major - 1, 0), any, any};
}

std::optional<Version> upper_bound(std::string_view specifier) {
  constexpr int any = 999;
  const std::size_t digits = specifier.find_first_of("0123456789");
  if (digits == std::string_view::npos) return std::nullopt;
  const std::string_view sign = base::trimmed(specifier.substr(0, digits));
  const std::optional<Version> said = version(specifier.substr(digits));
  if (!said) return std::nullopt;
  const auto dots = std::ranges::count(specifier, '.');
  if (sign == "<") return below(*said);
  if (sign == "<=") return said;
  if (sign == "^") return said->major > 0 ? Version{said->major, any, any} : Version{0, said->minor, any};
  if (sign == "~=") return dots > 1 ? Version{said->major, said->minor, any} : Version{said->major, any, any};
  if (sign == "~") return dots > 0 ? Version{said->major, said->minor, any} : Version{said->major, any, any};
  if (sign == "==" || sign == "===" || sign.empty()) {
    const bool wild = specifier.ends_with('*');
    if (!wild) return said;
    return dots > 1 ? Version{said->major, said->minor, any} : Version{said->major, any, any};
  }
  return std::nullopt;
}
}  // namespace

std::optional<Version> version(std::string_view text) {
  std::array<int, 3> parts = {0, 0, 0};
  std::size_t position = 0;
  for (int& part : parts) {
    if (position >= text.size() || !is_digit(text[position])) break;
    constexpr int largest = 100'000;
    for (; position < text.size() && is_digit(text[position]); ++position) {
      part = std::min(part * 10 + (text[position] - '0'), largest);
    }
    if (position >= text.size() || text[position] != '.') break;
    ++position;
  }
  if (position == 0) return std::nullopt;
  return Version{parts[0], parts[1], parts[2]};
}

std::optional<Version> newest_allowed(std::string_view specifiers) {
  std::optional<Version> newest;
  for (const std::string& part : base::split(specifiers, ',')) {
    const std::optional<Version> bound = upper_bound(base::trimmed(part));
    if (bound && (!newest || *bound < *newest)) newest = bound;
  }
  return newest;
}

std::optional<Version> pinned_version(const base::Path& root, std::string_view package) {
  const std::string name = normalized(package);
  for (const char* lock : {"uv.lock", "poetry.lock", "pdm.lock"}) {
    if (const auto locked = locked_in_toml(contents(root / lock), name)) return locked;
  }
  if (const auto locked = locked_in_json(contents(root / "Pipfile.lock"), name)) return locked;
  if (const auto found = installed(root, name)) return found;
  for (const base::Path& file : requirement_files(root)) {
    if (const auto required = required_in(contents(file), name)) return required;
  }
  return std::nullopt;
}

}  // namespace models::discovery
