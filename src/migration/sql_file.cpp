#include "migration/sql_file.h"

#include <fmt/format.h>

#include "base/text.h"
#include "migration/header.h"
#include "migration/splitter.h"

namespace migration {
namespace {

constexpr std::string_view down_title = "-- down";
constexpr std::string_view down_line = "-- | ";

std::string up_section(const std::vector<Statement>& statements) {
  std::string text = "\n-- up\n";
  std::optional<int> open;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Statement& statement = statements[i];
    if (open && open != statement.group) text += "COMMIT;\n";
    text += "\n";
    if (statement.group && open != statement.group) text += "BEGIN;\n";
    open = statement.group;
    text += fmt::format("-- {}\n{}\n", marker(statement, i + 1), terminated(statement.sql));
  }
  return text + (open ? "COMMIT;\n" : "");
}

std::string down_section(const std::vector<Statement>& statements) {
  std::string text = fmt::format("\n{}\n", down_title);
  for (const Statement& statement : statements) {
    for (const std::string& line : base::split(terminated(statement.sql), '\n'))
      text += fmt::format("{}{}\n", down_line, line);
  }
  return text;
}

/// Takes the pieces of a file one after the other.
class Reader {
 public:
  explicit Reader(Migration& migration) : migration_(migration) {}

  void read(const Piece& piece) {
    if (!piece.ended && migration_.not_runnable.empty()) {
      migration_.not_runnable =
          fmt::format("line {} begins a string, comment or parenthesis that does not end", piece.line);
    }
    if (piece.kind == Piece::Kind::Comment)
      read_comment(piece.text);
    else
      add_statement(piece.text);
  }

  void finish() {
    for (const Piece& piece : split_sql(down_)) {
      if (piece.kind == Piece::Kind::Statement) migration_.down.push_back({piece.text, true, 0, ""});
    }
  }

 private:
  void read_comment(std::string_view text) {
    const std::string_view shown = base::trimmed(text);
    if (shown == down_title) {
      in_down_ = true;
    } else if (in_down_ && text.starts_with(base::trimmed(down_line))) {
      down_ += std::string(text.substr(std::min(down_line.size(), text.size()))) + "\n";
    } else if (shown.starts_with("-- ")) {
      marked_ = read_marker(shown.substr(3));
    }
  }

  void add_statement(const std::string& sql) {
    const std::string word = base::lowered(sql);
    if (word == "begin" || word == "commit") {
      in_transaction_ = word == "begin";
      ++transactions_;
      return;
    }
    Statement statement = marked_.value_or(Statement{});
    marked_.reset();
    statement.sql = sql;
    if (!in_transaction_)
      statement.group.reset();
    else if (!statement.group)
      statement.group = transactions_;
    statement.transactional = statement.transactional || in_transaction_;
    migration_.up.push_back(std::move(statement));
  }

  Migration& migration_;
  std::optional<Statement> marked_;
  bool in_transaction_ = false;
  int transactions_ = 0;
  bool in_down_ = false;
  std::string down_;
};

}  // namespace

std::string sql_text(const Migration& migration) {
  return sealed(header(migration, "--") + "-- Apply it with: agent-migrate apply --execute\n" +
                up_section(migration.up) + down_section(migration.down));
}

Migration read_sql(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  Migration migration;
  read_header(text, migration);
  // Where git has changed the line ends, it has changed all of them.
  const auto end = text.find('\n');
  const bool changed = end != std::string_view::npos && end > 0 && text[end - 1] == '\r';
  const std::string lines = changed ? base::replaced(std::string(text), "\r\n", "\n") : std::string(text);
  Reader reader(migration);
  for (const Piece& piece : split_sql(lines)) reader.read(piece);
  reader.finish();
  if (text.find('\0') != std::string_view::npos) migration.not_runnable = "it holds the character NUL";
  if (!migration.ours) migration.not_runnable = "it was not written by agent-migrate";
  migration.created_tables = tables_created(migration.up);
  return migration;
}

}  // namespace migration
