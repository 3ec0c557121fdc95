#include "migration/header.h"

#include <fmt/format.h>

#include <charconv>

#include "base/text.h"
#include "migration/naming.h"

namespace migration {
namespace {

constexpr std::string_view key = "agent-migrate: ";
constexpr std::string_view no_checksum = "checksum -";

/// What a line of a header says; nothing where it is none.
std::optional<std::string_view> said(std::string_view line) {
  line = base::trimmed(line);
  for (const std::string_view comment : {"-- ", "# "}) {
    if (line.starts_with(comment) && line.substr(comment.size()).starts_with(key))
      return line.substr(comment.size() + key.size());
  }
  return std::nullopt;
}

/// The text without the line that records the checksum.
std::string unsealed(std::string_view text) {
  std::string result;
  bool found = false;
  for (auto& line : base::split(text, '\n')) {
    if (line.ends_with('\r')) line.pop_back();  // git may change line ends
    const bool records = !found && said(line).value_or("").starts_with("checksum ");
    found = found || records;
    if (!records) result += line + "\n";
  }
  while (result.ends_with('\n')) result.pop_back();
  return result;
}

void take(std::string_view name, std::string_view value, Migration& migration, std::string& recorded) {
  if (name == "plan") migration.plan = value;
  if (name == "table") migration.tables.emplace_back(value);
  if (name == "danger") migration.dangers.emplace_back(value);
  if (name == "message") migration.message = value;
  if (name == "checksum") recorded = value;
}

}  // namespace

std::string header(const Migration& migration, std::string_view comment) {
  std::string text;
  const auto add = [&](std::string_view name, const std::string& value) {
    text += fmt::format("{} {}{} {}\n", comment, key, name, one_line(value));
  };
  add("message", migration.message);
  add("plan", migration.plan);
  for (const auto& table : migration.tables) add("table", table);
  for (const auto& danger : migration.dangers) add("danger", danger);
  text += fmt::format("{} {}{}\n", comment, key, no_checksum);
  return text;
}

std::string sealed(const std::string& text) { return sealed(text, base::sha256(unsealed(text))); }

std::string sealed(const std::string& text, const std::string& checksum) {
  const auto at = text.find(std::string(key) + std::string(no_checksum));
  if (at == std::string::npos) return text;
  return std::string(text).replace(at, key.size() + no_checksum.size(), fmt::format("{}checksum {}", key, checksum));
}

std::string read_header_lines(std::string_view text, Migration& migration) {
  std::string recorded;
  migration.ours = false;
  for (const auto& line : base::split(text, '\n')) {
    const auto rest = said(line);
    if (!rest && migration.ours) break;
    if (!rest) continue;
    migration.ours = true;
    const auto space = rest->find(' ');
    if (space != std::string_view::npos) take(rest->substr(0, space), rest->substr(space + 1), migration, recorded);
  }
  return recorded;
}

void read_header(std::string_view text, Migration& migration) {
  const std::string recorded = read_header_lines(text, migration);
  migration.checksum = base::sha256(unsealed(text));
  migration.edited = !recorded.empty() && recorded != migration.checksum;
}

std::string revision_checksum(const Migration& migration) {
  return base::sha256(
      base::joined({migration.version, base::joined(migration.revises, ","), base::joined(migration.tables, "\n"),
                    base::joined(migration.dangers, "\n"), statements_checksum(migration)},
                   "\n\n"));
}

std::string marker(const Statement& statement, std::size_t number) {
  const std::string where = !statement.transactional ? "outside a transaction"
                            : statement.group        ? fmt::format("transaction {}", *statement.group)
                                                     : "by itself";
  return fmt::format("step {}: {} [{}]", number, one_line(statement.description), where);
}

std::optional<Statement> read_marker(std::string_view line) {
  if (!line.starts_with("step ") || !line.ends_with("]")) return std::nullopt;
  const auto colon = line.find(": ");
  const auto bracket = line.rfind(" [");
  if (colon == std::string_view::npos || bracket == std::string_view::npos || bracket < colon + 1) return std::nullopt;
  Statement statement;
  statement.description = line.substr(colon + 2, bracket > colon + 2 ? bracket - colon - 2 : 0);
  const std::string_view where = line.substr(bracket + 2, line.size() - bracket - 3);
  statement.transactional = where != "outside a transaction";
  constexpr std::string_view transaction = "transaction ";
  if (where.starts_with(transaction)) {
    int number = 0;
    std::from_chars(where.data() + transaction.size(), where.data() + where.size(), number);
    statement.group = number;
  }
  return statement;
}

}  // namespace migration
