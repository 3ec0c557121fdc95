#include "migration/alembic.h"

#include <fmt/format.h>

#include "base/environment.h"
#include "base/text.h"
#include "migration/header.h"
#include "migration/literal.h"

namespace migration {
namespace {

// Writing

std::string identifier(const std::string& text) { return "'" + text + "'"; }

std::string revises_literal(const std::vector<std::string>& revises) {
  if (revises.empty()) return "None";
  if (revises.size() == 1) return identifier(revises.front());
  std::vector<std::string> parts;
  for (const auto& revision : revises) parts.push_back(identifier(revision));
  return "(" + base::joined(parts, ", ") + ")";
}

std::string docstring(std::string message) {
  message = base::replaced(base::replaced(std::move(message), "\\", "\\\\"), "\"\"\"", "\\\"\\\"\\\"");
  return message.ends_with('"') ? message + " " : message;
}

std::string function(std::string_view name, const std::vector<Statement>& statements) {
  std::string text = fmt::format("def {}() -> None:\n", name);
  bool autocommit = false;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const Statement& statement = statements[i];
    const bool alone = !statement.transactional || !statement.group;
    if (alone && !autocommit) text += "    with op.get_context().autocommit_block():\n";
    autocommit = alone;
    const std::string_view indent = alone ? "        " : "    ";
    text += fmt::format("{}# {}\n", indent, marker(statement, i + 1));
    text += fmt::format("{}op.execute({})\n", indent, python_literal(text_clause(statement.sql)));
  }
  if (statements.empty()) text += "    pass\n";
  return text;
}

// Reading

/// The value of a module-level assignment, as source: `revision: str = "…"`.
std::string_view assigned(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    if (at > 0 && text[at - 1] != '\n') continue;
    std::size_t after = at + name.size();
    while (after < text.size() && text[after] == ' ') ++after;
    if (after >= text.size() || (text[after] != ':' && text[after] != '=')) continue;
    const auto equals = text.find('=', after);
    if (equals == std::string_view::npos || text.substr(after, equals - after).find('\n') != std::string_view::npos)
      continue;
    return text.substr(equals + 1);
  }
  return {};
}

std::vector<std::string> revisions(std::string_view source) {
  std::vector<std::string> found;
  auto at = source.find_first_not_of(" \t");
  if (at == std::string_view::npos) return found;
  source.remove_prefix(at);
  const bool several = source.front() == '(' || source.front() == '[';
  if (several) source.remove_prefix(1);
  while (auto text = take_python_literal(source)) {
    found.push_back(std::move(*text));
    at = source.find_first_not_of(" \t\r\n");
    if (!several || at == std::string_view::npos || source[at] != ',') break;
    source.remove_prefix(at + 1);
  }
  return found;
}

std::size_t indent_of(std::string_view line) {
  const auto at = line.find_first_not_of(" \t");
  return at == std::string_view::npos ? line.size() : at;
}

/// Walks over the body of `def upgrade()`, which must be comments, `op.execute(constant)`, autocommit blocks and
/// `pass`.
class Body {
 public:
  explicit Body(std::string_view source) : source_(source) {}

  std::vector<Statement> statements;
  std::string stopped;

  void read() {
    while (stopped.empty() && next_line()) {
      const std::string_view line = base::trimmed(line_);
      if (line.starts_with('#')) {
        marked_ = read_marker(base::trimmed(line.substr(1)));
      } else if (line.starts_with("with op.get_context().autocommit_block()")) {
        autocommit_ = indent_of(line_);
      } else if (line.starts_with("op.execute(")) {
        read_execute();
      } else if (line.starts_with("\"\"\"") || line.starts_with("'''")) {
        skip_docstring();
      } else if (line != "pass" && line != "return") {
        stopped = fmt::format("it does more than op.execute with constant SQL: {}", line);
      }
    }
  }

 private:
  /// The next line that is not blank and still belongs to the body.
  bool next_line() {
    while (!source_.empty()) {
      const auto end = source_.find('\n');
      line_ = source_.substr(0, end);
      if (base::trimmed(line_).empty()) {
        source_.remove_prefix(end == std::string_view::npos ? source_.size() : end + 1);
        continue;
      }
      const std::size_t indent = indent_of(line_);
      if (indent == 0) return false;
      if (autocommit_ && indent <= *autocommit_) autocommit_.reset();
      rest_ = source_.substr(indent);
      source_.remove_prefix(end == std::string_view::npos ? source_.size() : end + 1);
      return true;
    }
    return false;
  }

  void read_execute() {
    rest_.remove_prefix(std::string_view("op.execute(").size());
    bool wrapped = false;
    for (const std::string_view wrapper : {"sa.text(", "text(", "sqlalchemy.text("}) {
      if (rest_.starts_with(wrapper)) {
        rest_.remove_prefix(wrapper.size());
        wrapped = true;
      }
    }
    auto text = take_python_literal(rest_);
    skip_closing(text.has_value(), wrapped);
    if (!text || !stopped.empty()) {
      stopped = "an op.execute has no constant SQL";
      return;
    }
    Statement statement =
        marked_.value_or(Statement{.sql = "", .transactional = !autocommit_, .group = std::nullopt, .description = ""});
    if (!marked_ && !autocommit_) statement.group = 0;
    statement.sql = std::string(base::trimmed(sql_of_text_clause(*text)));
    while (statement.sql.ends_with(';')) statement.sql.pop_back();
    if (!marked_ && statement.description.empty())
      statement.description = statement.sql.substr(0, statement.sql.find('\n'));
    statements.push_back(std::move(statement));
    marked_.reset();
  }

  /// Behind the literal only brackets (and a comma) may follow; the body goes on behind them.
  void skip_closing(bool literal, bool wrapped) {
    if (!literal) return;
    int open = wrapped ? 2 : 1;
    std::size_t at = 0;
    for (; at < rest_.size() && open > 0; ++at) {
      if (rest_[at] == ')')
        --open;
      else if (std::string_view(" \t\r\n,").find(rest_[at]) == std::string_view::npos)
        break;
    }
    if (open > 0) stopped = "an op.execute has further arguments";
    rest_.remove_prefix(at);
    const auto end = rest_.find('\n');
    source_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
  }

  void skip_docstring() {
    std::string_view rest = rest_;
    if (!take_python_literal(rest)) {
      stopped = "its docstring cannot be read";
      return;
    }
    const auto end = rest.find('\n');
    source_ = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
  }

  std::string_view source_;
  std::string_view line_;
  std::string_view rest_;  ///< from the line's first word to the end of the source
  std::optional<std::size_t> autocommit_;
  std::optional<Statement> marked_;
};

Body body_of(std::string_view text, std::string_view name) {
  const std::string head = fmt::format("\ndef {}(", name);
  const auto at = text.find(head);
  const auto end = at == std::string_view::npos ? at : text.find('\n', at + 1);
  Body body(end == std::string_view::npos ? std::string_view() : text.substr(end + 1));
  body.read();
  return body;
}

std::string padded(int value, std::size_t width) { return fmt::format("{:0{}}", value, width); }

}  // namespace

std::string alembic_text(const Migration& migration) {
  const std::string revises = base::joined(migration.revises, ", ");
  std::string text = fmt::format("\"\"\"{}\n\nRevision ID: {}\nRevises: {}\nCreate Date: {}\n\n\"\"\"\n",
                                 docstring(migration.message), migration.version, revises, base::date_and_time());
  text += "from alembic import op\n\n";
  text += header(migration, "#");
  text += "\n# revision identifiers, used by Alembic.\n";
  text += fmt::format("revision = {}\ndown_revision = {}\nbranch_labels = None\ndepends_on = None\n\n\n",
                      identifier(migration.version), revises_literal(migration.revises));
  text += function("upgrade", migration.up) + "\n\n" + function("downgrade", migration.down);
  return sealed(text);
}

Migration read_alembic(std::string_view text) {
  Migration migration;
  const auto version = revisions(assigned(text, "revision"));
  if (version.size() != 1) return migration;
  migration.version = version.front();
  migration.revises = revisions(assigned(text, "down_revision"));
  read_header(text, migration);
  Body up = body_of(text, "upgrade");
  Body down = body_of(text, "downgrade");
  migration.up = std::move(up.statements);
  migration.down = std::move(down.statements);
  migration.not_runnable = up.stopped;
  std::string_view docstring = text;
  if (const auto said = take_python_literal(docstring); said && migration.message.empty()) {
    migration.message = said->substr(0, said->find('\n'));
  }
  return migration;
}

std::string alembic_file_name(const Migration& migration, const std::string& file_template, int slug_length,
                              const std::string& timestamp) {
  std::string slug;
  for (const char c : base::lowered(migration.message)) {
    const bool word =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
    if (word) slug += c;
    if (!word && !slug.empty() && slug.back() != '_') slug += '_';
  }
  while (slug.ends_with('_')) slug.pop_back();
  const auto limit = static_cast<std::size_t>(slug_length);
  if (slug.size() > limit) {
    slug = base::clipped(slug, limit);
    slug = slug.substr(0, slug.rfind('_')) + "_";
  }
  std::string name = file_template.empty() ? "%(rev)s_%(slug)s" : file_template;
  const auto number = [&](std::size_t at, std::size_t count) { return std::stoi(timestamp.substr(at, count)); };
  const auto fill = [&](std::string_view token, int value, std::size_t width) {
    name = base::replaced(name, fmt::format("%({}).{}d", token, width), padded(value, width));
    name = base::replaced(name, fmt::format("%({})0{}d", token, width), padded(value, width));
    name = base::replaced(name, fmt::format("%({})d", token), std::to_string(value));
    name = base::replaced(name, fmt::format("%({})s", token), std::to_string(value));
  };
  name = base::replaced(name, "%(rev)s", migration.version);
  name = base::replaced(name, "%(slug)s", slug);
  fill("year", number(0, 4), 4);
  fill("month", number(4, 2), 2);
  fill("day", number(6, 2), 2);
  fill("hour", number(8, 2), 2);
  fill("minute", number(10, 2), 2);
  fill("second", number(12, 2), 2);
  return name + ".py";
}

}  // namespace migration
