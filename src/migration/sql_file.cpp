#include "migration/sql_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "migration/header.h"

namespace migration {
namespace {

std::size_t line_count(const std::string& text) { return static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1; }

/// Each statement stands behind its marker, which says how many lines it has: whatever is in it, it is read back whole.
std::string section(const std::vector<Statement>& statements, std::string_view title, bool in_comments) {
  std::string text = fmt::format("\n-- {}\n", title);
  std::optional<int> open;
  const auto close = [&] {
    if (open && !in_comments) text += "COMMIT;\n";
    open.reset();
  };
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Statement& statement = statements[i];
    if (open && open != statement.group) close();
    if (statement.group && !open) {
      if (!in_comments) text += "\nBEGIN;\n";
      open = statement.group;
    }
    text += fmt::format("-- {} lines: {}\n", line_count(statement.sql), marker(statement, i + 1));
    const std::string sql = statement.sql + ";";
    text += (in_comments ? "-- | " + base::replaced(sql, "\n", "\n-- | ") : sql) + "\n";
  }
  close();
  return text;
}

/// The statements behind the markers.
std::vector<Statement> read_section(const std::vector<std::string>& lines, std::size_t begin, std::size_t end,
                                    bool in_comments) {
  std::vector<Statement> statements;
  for (std::size_t i = begin; i < end; ++i) {
    const std::string& line = lines[i];
    const auto lines_word = line.find(" lines: ");
    if (!line.starts_with("-- ") || lines_word == std::string::npos) continue;
    std::size_t count = 0;
    std::from_chars(line.data() + 3, line.data() + lines_word, count);
    auto statement = read_marker(std::string_view(line).substr(lines_word + 8));
    if (!statement || count == 0 || i + count >= end) continue;
    for (std::size_t j = 1; j <= count; ++j) {
      const std::string& text = lines[i + j];
      statement->sql += (j > 1 ? "\n" : "") + (in_comments && text.starts_with("-- | ") ? text.substr(5) : text);
    }
    if (statement->sql.ends_with(';')) statement->sql.pop_back();
    statements.push_back(std::move(*statement));
    i += count;
  }
  return statements;
}

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

std::string sql_text(const Migration& migration) {
  std::string text = header(migration, "--");
  text += "-- Apply it with: agent-migrate apply --execute\n";
  text += section(migration.up, "up", false);
  text += section(migration.down, "down", true);
  return sealed(text);
}

Migration read_sql(std::string_view text) {
  Migration migration;
  read_header(text, migration);
  const auto lines = base::split(text, '\n');
  const auto up = static_cast<std::size_t>(std::ranges::find(lines, "-- up") - lines.begin());
  // The last one: a statement may contain such a line.
  const auto down_reversed = std::ranges::find(lines.rbegin(), lines.rend(), "-- down");
  const auto down =
      down_reversed == lines.rend() ? lines.size() : static_cast<std::size_t>(lines.rend() - down_reversed - 1);
  migration.up = read_section(lines, std::min(up, down), down, false);
  migration.down = read_section(lines, down, lines.size(), true);
  if (!migration.ours) migration.not_runnable = "it was not written by agent-migrate";
  return migration;
}

std::string slug(const std::string& message) {
  std::string result;
  for (const char c : base::lowered(message)) {
    if (is_word(c)) {
      result += c;
    } else if (!result.empty() && result.back() != '_') {
      result += '_';
    }
  }
  result = base::clipped(result, 60);
  while (!result.empty() && result.back() == '_') result.pop_back();
  return result.empty() ? "migration" : result;
}

}  // namespace migration
