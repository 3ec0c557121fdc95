#include "migration/template.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <map>

#include "base/text.h"
#include "migration/naming.h"
#include "migration/python_tokens.h"

namespace migration {
namespace {

/// None, 'a', or ('a', 'b').
std::string python_value(const std::vector<std::string>& identifiers) {
  if (identifiers.empty()) return "None";
  if (identifiers.size() == 1) return python_repr(identifiers[0]);
  std::vector<std::string> parts;
  for (const std::string& identifier : identifiers) parts.push_back(python_repr(identifier));
  return "(" + base::joined(parts, ", ") + ")";
}

/// Within a docstring in triple quotes.
std::string docstring_text(const std::string& message) {
  std::string text = python_text(message);
  return text.substr(3, text.size() - 6);
}

/// The expressions of Alembic's own templates, without blanks.
std::optional<std::string> expression(const std::string& written, const RevisionParts& parts) {
  std::string compact;
  for (const char c : written) {
    if (c != ' ' && c != '\t') compact += c == '"' ? '\'' : c;
  }
  const std::map<std::string, std::string> values = {
      {"message", docstring_text(parts.message)},
      {"up_revision", parts.id},
      {"down_revision|comma,n", base::joined(parts.down_revisions, ", ")},
      {"down_revision", parts.down_revisions.empty() ? "None" : base::joined(parts.down_revisions, ", ")},
      {"create_date", parts.create_date},
      {"repr(up_revision)", python_repr(parts.id)},
      {"repr(down_revision)", python_value(parts.down_revisions)},
      {"repr(branch_labels)", "None"},
      {"repr(depends_on)", "None"},
      {"importsifimportselse''", ""},
      {"upgradesifupgradeselse'pass'", parts.upgrade},
      {"downgradesifdowngradeselse'pass'", parts.downgrade},
  };
  const std::string plain = compact.ends_with("|n") ? compact.substr(0, compact.size() - 2) : compact;
  const auto found = values.find(plain);
  if (found == values.end()) return std::nullopt;
  return found->second;
}

/// A line that only Mako understands: a control line, a block, an escaped line end.
bool is_mako(std::string_view line) {
  const std::string_view text = base::trimmed(line);
  return text.starts_with('%') || line.find("<%") != std::string_view::npos ||
         line.find("</%") != std::string_view::npos || line.ends_with('\\');
}

std::optional<std::string> rendered_line(std::string_view line, const RevisionParts& parts) {
  std::string result;
  for (std::size_t at = 0; at < line.size();) {
    if (line.substr(at, 2) != "${") {
      result += line[at++];
      continue;
    }
    const auto end = line.find('}', at);
    if (end == std::string_view::npos) return std::nullopt;
    const auto value = expression(std::string(line.substr(at + 2, end - at - 2)), parts);
    if (!value) return std::nullopt;
    result += *value;
    at = end + 1;
  }
  return result;
}

/// Seconds since 1970 of a time in UTC.
std::int64_t epoch(const std::string& time) {
  const auto part = [&](std::size_t begin, std::size_t length) { return std::stoi(time.substr(begin, length)); };
  using namespace std::chrono;
  const sys_days day =
      year(part(0, 4)) / month(static_cast<unsigned>(part(4, 2))) / std::chrono::day(static_cast<unsigned>(part(6, 2)));
  const auto seconds_of_day = part(8, 2) * 3600 + part(10, 2) * 60 + part(12, 2);
  return duration_cast<seconds>(day.time_since_epoch()).count() + seconds_of_day;
}

struct Field {
  std::string text;
  std::optional<std::int64_t> number;
};

std::map<std::string, Field> fields(const std::string& id, const std::string& slug, const std::string& time) {
  const auto part = [&](std::size_t begin, std::size_t length) {
    const std::int64_t value = std::stoi(time.substr(begin, length));
    return Field{std::to_string(value), value};
  };
  const std::int64_t seconds = epoch(time);
  return {{"rev", {id, {}}},    {"slug", {slug, {}}},    {"epoch", {std::to_string(seconds), seconds}},
          {"year", part(0, 4)}, {"month", part(4, 2)},   {"day", part(6, 2)},
          {"hour", part(8, 2)}, {"minute", part(10, 2)}, {"second", part(12, 2)}};
}

/// One conversion of Python's % operator: flags, width, precision, type. Nothing where Python would refuse it.
std::optional<std::string> converted(const std::string& format, const Field& field) {
  std::size_t at = 0;
  const auto number = [&]() -> std::optional<std::size_t> {
    const std::size_t begin = at;
    while (at < format.size() && format[at] >= '0' && format[at] <= '9') ++at;
    if (at == begin || at - begin > 3) return std::nullopt;
    return std::stoul(format.substr(begin, at - begin));
  };
  const std::size_t flags_end = std::min(format.find_first_not_of("-+ 0#"), format.size());
  const std::string flags = format.substr(0, flags_end);
  at = flags_end;
  const std::size_t width = number().value_or(0);
  std::optional<std::size_t> precision;
  if (at < format.size() && format[at] == '.') {
    ++at;
    precision = number().value_or(0);
  }
  if (at + 1 != format.size()) return std::nullopt;
  const char type = format[at];
  const bool integer = type == 'd' || type == 'i' || type == 'u';
  if (integer ? !field.number.has_value() : type != 's') return std::nullopt;
  std::string text = field.text;
  if (integer && precision && text.size() < *precision) text.insert(0, *precision - text.size(), '0');
  if (!integer && precision) text = utf8(characters(text).substr(0, *precision));
  if (text.size() >= width) return text;
  const bool left = flags.find('-') != std::string::npos;
  const char fill = integer && !left && flags.find('0') != std::string::npos ? '0' : ' ';
  return left ? text + std::string(width - text.size(), ' ') : std::string(width - text.size(), fill) + text;
}

}  // namespace

std::optional<std::string> rendered(const std::string& mako, const RevisionParts& parts) {
  std::string result;
  for (const std::string& line : base::split(base::replaced(mako, "\r\n", "\n"), '\n')) {
    if (base::trimmed(line).starts_with("##")) continue;
    if (is_mako(line)) return std::nullopt;
    const auto text = rendered_line(line, parts);
    if (!text) return std::nullopt;
    result += *text + "\n";
  }
  while (result.ends_with("\n\n")) result.pop_back();
  return result;
}

std::string plain_revision(const std::string& mako, const RevisionParts& parts) {
  std::string imports;
  bool alembic = false;
  for (const std::string& line : base::split(mako, '\n')) {
    const bool import = line.starts_with("import ") || line.starts_with("from ");
    if (!import || line.find("${") != std::string::npos || line.find('(') != std::string::npos || is_mako(line))
      continue;
    imports += std::string(base::trimmed(line)) + "\n";
    alembic = alembic || base::trimmed(line) == "from alembic import op";
  }
  if (!alembic) imports = "from alembic import op\n" + imports;
  const std::string text =
      "\"\"\"${message}\n\nRevision ID: ${up_revision}\nRevises: ${down_revision | comma,n}\nCreate Date: "
      "${create_date}\n\n\"\"\"\n" +
      imports +
      "\n# revision identifiers, used by Alembic.\nrevision = ${repr(up_revision)}\ndown_revision = "
      "${repr(down_revision)}\n"
      "branch_labels = ${repr(branch_labels)}\ndepends_on = ${repr(depends_on)}\n\n\ndef upgrade() -> None:\n"
      "    ${upgrades if upgrades else \"pass\"}\n\n\ndef downgrade() -> None:\n    ${downgrades if downgrades else "
      "\"pass\"}\n";
  return rendered(text, parts).value_or("");
}

base::Result<std::string> file_name(const std::string& file_template, const std::string& id, const std::string& slug,
                                    const std::string& time) {
  const auto known = fields(id, slug, time);
  const auto invalid = [&] {
    return base::failure(base::ErrorCode::ConfigInvalid,
                         fmt::format("file_template \"{}\" cannot be read", file_template),
                         "known are %(rev)s, %(slug)s, %(epoch)s, %(year)d, %(month).2d, %(day).2d, %(hour).2d, "
                         "%(minute).2d, %(second).2d");
  };
  std::string result;
  for (std::size_t at = 0; at < file_template.size(); ++at) {
    if (file_template[at] != '%') {
      result += file_template[at];
      continue;
    }
    if (file_template.compare(at, 2, "%%") == 0) {
      result += file_template[++at];
      continue;
    }
    const auto close = file_template.compare(at, 2, "%(") == 0 ? file_template.find(')', at) : std::string::npos;
    const auto end = close == std::string::npos ? close : file_template.find_first_not_of("-+ 0#123456789.", close + 1);
    if (end == std::string::npos) return invalid();
    const auto field = known.find(file_template.substr(at + 2, close - at - 2));
    const auto text =
        field == known.end() ? std::nullopt : converted(file_template.substr(close + 1, end - close), field->second);
    if (!text) return invalid();
    result += *text;
    at = end;
  }
  if (result.empty() || result.ends_with('/')) return invalid();
  return result;
}

}  // namespace migration
