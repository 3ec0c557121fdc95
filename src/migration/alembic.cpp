#include "migration/alembic.h"

#include <fmt/format.h>

#include <array>
#include <span>
#include <utility>

#include "base/text.h"
#include "migration/header.h"
#include "migration/naming.h"
#include "migration/python_tokens.h"
#include "migration/template.h"

namespace migration {
namespace {

// ---- Reading

using Kind = PythonToken::Kind;
using Tokens = std::span<const PythonToken>;

bool is(const PythonToken& token, std::string_view text) {
  return token.kind != Kind::String && token.kind != Kind::Comment && token.text == text;
}

/// The tokens start with these texts; "" stands for any string.
template <std::size_t N>
bool begins(Tokens tokens, const std::array<std::string_view, N>& texts) {
  if (tokens.size() < N) return false;
  for (std::size_t i = 0; i < N; ++i) {
    if (texts[i].empty() ? tokens[i].kind != Kind::String : !is(tokens[i], texts[i])) return false;
  }
  return true;
}

Tokens line_at(Tokens tokens, std::size_t begin) {
  std::size_t end = begin;
  while (end < tokens.size() && tokens[end].kind != Kind::LineEnd) ++end;
  return tokens.subspan(begin, end - begin);
}

std::vector<Tokens> lines(Tokens tokens) {
  std::vector<Tokens> result;
  for (std::size_t at = 0; at < tokens.size();) {
    Tokens line = line_at(tokens, at);
    at += line.size() + 1;
    while (line.size() > 1 && line.back().kind == Kind::Comment) line = line.first(line.size() - 1);
    if (!line.empty()) result.push_back(line);
  }
  return result;
}

/// Adjacent strings are one; nothing where the tokens are something else.
std::optional<std::string> joined_string(Tokens tokens) {
  std::string value;
  bool any = false;
  for (const PythonToken& token : tokens) {
    if (token.kind == Kind::Comment) continue;
    if (token.kind != Kind::String || !token.literal) return std::nullopt;
    value += token.text;
    any = true;
  }
  return any ? std::optional(value) : std::nullopt;
}

/// `None`, a string, or a tuple, list or set of strings.
std::optional<std::vector<std::string>> identifiers(Tokens tokens) {
  std::vector<std::string> values;
  if (tokens.size() == 1 && is(tokens[0], "None")) return values;
  for (const PythonToken& token : tokens) {
    if (token.kind == Kind::String && token.literal)
      values.push_back(token.text);
    else if (token.kind == Kind::String)
      return std::nullopt;
    else if (token.kind != Kind::Comment && std::string_view("()[]{},").find(token.text) == std::string_view::npos)
      return std::nullopt;
  }
  return values;
}

/// The value of `name = …` or `name: type = …`.
std::optional<Tokens> assigned(Tokens line, std::string_view name) {
  if (line.size() < 3 || line[0].indentation != 0 || !is(line[0], name)) return std::nullopt;
  if (!is(line[1], "=") && !is(line[1], ":")) return std::nullopt;
  for (std::size_t i = 1; i + 1 < line.size(); ++i) {
    if (!is(line[i], "=")) continue;
    std::size_t end = line.size();
    while (end > i + 1 && (line[end - 1].kind == Kind::Comment || is(line[end - 1], ";"))) --end;
    return line.subspan(i + 1, end - i - 1);
  }
  return std::nullopt;
}

/// Reads the body of upgrade() or downgrade(): op.execute() with constant SQL, autocommit blocks, pass.
class BodyReader {
 public:
  explicit BodyReader(std::vector<Statement>& statements) : statements_(statements) {}

  /// What stands in the way; empty when all was understood.
  std::string read(const std::vector<Tokens>& body) {
    bool first = true;
    for (const Tokens line : body) {
      const bool understood =
          line[0].kind == Kind::Comment ? read_comment(line[0]) : read_line(line, std::exchange(first, false));
      if (!understood) return fmt::format("line {} does more than op.execute with constant SQL", line[0].line);
    }
    return {};
  }

 private:
  bool read_comment(const PythonToken& comment) {
    marked_ = read_marker(comment.text);
    return true;
  }

  bool read_line(Tokens line, bool first) {
    if (autocommit_ && line[0].indentation <= block_indentation_) leave_block();
    if (first && joined_string(line)) return true;
    if (line.size() == 1 && is(line[0], "pass")) return true;
    constexpr auto block = std::to_array<std::string_view>(
        {"with", "op", ".", "get_context", "(", ")", ".", "autocommit_block", "(", ")", ":"});
    if (begins(line, block) && line.size() == block.size()) return enter_block(line[0]);
    return read_execute(line);
  }

  bool enter_block(const PythonToken& with) {
    if (autocommit_) return false;
    autocommit_ = true;
    block_indentation_ = with.indentation;
    return true;
  }

  void leave_block() {
    autocommit_ = false;
    ++transactions_;
  }

  bool read_execute(Tokens line) {
    if (!begins(line, std::to_array<std::string_view>({"op", ".", "execute", "("})) || !is(line.back(), ")"))
      return false;
    Tokens argument = without_comma(line.subspan(4, line.size() - 5));
    for (const std::string_view module : {"sa", "sqlalchemy"}) {
      if (argument.size() > 2 && is(argument[0], module) && is(argument[1], ".")) argument = argument.subspan(2);
    }
    if (begins(argument, std::to_array<std::string_view>({"text", "("})) && is(argument.back(), ")")) {
      argument = without_comma(argument.subspan(2, argument.size() - 3));
    }
    const auto literal = joined_string(argument);
    bool binds = false;
    const std::string sql = literal ? text_unescaped(*literal, binds) : std::string();
    if (!literal || binds) return false;
    add(sql);
    return true;
  }

  static Tokens without_comma(Tokens tokens) {
    while (!tokens.empty() && (is(tokens.back(), ",") || tokens.back().kind == Kind::Comment))
      tokens = tokens.first(tokens.size() - 1);
    return tokens;
  }

  void add(const std::string& sql) {
    Statement statement = marked_.value_or(Statement{"", !autocommit_, std::nullopt, ""});
    marked_.reset();
    statement.sql = sql;
    if (statement.description.empty()) statement.description = one_line(sql.substr(0, sql.find('\n')));
    if (autocommit_)
      statement.group.reset();
    else if (!statement.group)
      statement.group = transactions_;
    statement.transactional = statement.transactional || !autocommit_;
    statements_.push_back(std::move(statement));
  }

  std::vector<Statement>& statements_;
  std::optional<Statement> marked_;  ///< what the comment before a statement says of it
  bool autocommit_ = false;
  int block_indentation_ = 0;
  int transactions_ = 0;
};

/// The lines of a top-level function's body; nothing where there is no such function.
std::optional<std::vector<Tokens>> function_body(const std::vector<Tokens>& all, std::string_view name) {
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Tokens line = all[i];
    if (line.size() < 4 || line[0].indentation != 0 || !is(line[0], "def") || !is(line[1], name)) continue;
    std::vector<Tokens> body;
    std::size_t colon = line.size();
    while (colon > 0 && !is(line[colon - 1], ":")) --colon;
    if (colon < line.size()) body.push_back(line.subspan(colon));
    for (std::size_t k = i + 1; k < all.size() && (all[k][0].indentation > 0 || all[k][0].kind == Kind::Comment); ++k)
      body.push_back(all[k]);
    return body;
  }
  return std::nullopt;
}

/// Reads a whole file.
class RevisionReader {
 public:
  explicit RevisionReader(std::string_view source) : tokens_(python_tokens(source)), lines_(lines(tokens_)) {}

  Migration read() {
    std::vector<std::string> id;
    take("revision", id);
    if (id.size() != 1) return {};
    migration_.version = id[0];
    if (!take("down_revision", migration_.revises)) migration_.invalid = "down_revision is missing";
    take("depends_on", migration_.depends_on);
    take("branch_labels", migration_.branch_labels);
    read_message();
    read_bodies();
    read_tables();
    return std::move(migration_);
  }

 private:
  /// False where the name is not assigned.
  bool take(std::string_view name, std::vector<std::string>& target) {
    bool found = false;
    for (const Tokens line : lines_) {
      const auto value = assigned(line, name);
      if (!value) continue;
      found = true;
      if (auto ids = identifiers(*value))
        target = std::move(*ids);
      else
        migration_.invalid = fmt::format("line {}: {} is no string, tuple of strings or None", line[0].line, name);
    }
    return found;
  }

  void read_message() {
    for (const Tokens line : lines_) {
      if (line[0].kind == Kind::Comment) continue;
      if (const auto docstring = joined_string(line))
        migration_.message = base::trimmed(base::split(base::trimmed(*docstring), '\n')[0]);
      return;
    }
  }

  void read_bodies() {
    const auto up = function_body(lines_, "upgrade");
    const auto down = function_body(lines_, "downgrade");
    migration_.not_runnable = up ? BodyReader(migration_.up).read(*up) : "there is no upgrade()";
    if (down && !BodyReader(migration_.down).read(*down).empty()) migration_.down.clear();
  }

  void read_tables() {
    migration_.created_tables = tables_created(migration_.up);
    for (std::size_t i = 0; i < tokens_.size(); ++i) {
      const Tokens call = Tokens(tokens_).subspan(i);
      if (begins(call, std::to_array<std::string_view>({"op", ".", "create_table", "(", ""})))
        migration_.created_tables.push_back(created(call));
    }
  }

  static schema::QualifiedName created(Tokens call) {
    schema::QualifiedName name{{}, call[4].text};
    int depth = 1;
    for (std::size_t k = 4; k + 2 < call.size() && depth > 0; ++k) {
      if (is(call[k], "(")) ++depth;
      if (is(call[k], ")")) --depth;
      if (depth == 1 && begins(call.subspan(k), std::to_array<std::string_view>({"schema", "=", ""})))
        name.schema = call[k + 2].text;
    }
    return name;
  }

  std::vector<PythonToken> tokens_;
  std::vector<Tokens> lines_;
  Migration migration_;
};

// ---- Writing

std::string executed(const Statement& statement, std::size_t number, const std::string& indent) {
  return fmt::format("{0}# {1}\n{0}op.execute({2})\n", indent, marker(statement, number),
                     python_text(text_escaped(statement.sql)));
}

/// The lines of a function's body. An empty autocommit block commits what stands before it, so that two transactions in
/// a row stay two.
std::string body(const std::vector<Statement>& statements) {
  const std::string block = "    with op.get_context().autocommit_block():\n";
  std::string text;
  for (std::size_t i = 0; i < statements.size(); ++i) {
    const auto& group = statements[i].group;
    const bool first = i == 0;
    const auto before = first ? std::nullopt : statements[i - 1].group;
    if (!group && (first || before)) text += block;
    if (group && before && group != before) text += block + "        pass  # commit\n";
    text += executed(statements[i], i + 1, group ? "    " : "        ");
  }
  return text.empty() ? "    pass\n" : text;
}

/// Without the indentation of the first line and the last line end, as a template takes it.
std::string inner(const std::string& text) { return text.substr(4, text.size() - 5); }

/// The header stands before the identifiers, or behind the docstring's module lines where those are not marked.
std::string with_header(const std::string& text, const std::string& header) {
  for (const std::string_view place : {"\n# revision identifiers", "\nrevision"}) {
    const auto at = text.find(place);
    if (at != std::string::npos) return text.substr(0, at + 1) + header + "\n" + text.substr(at + 1);
  }
  return text;
}

}  // namespace

std::optional<std::string> alembic_text(const Migration& migration, const std::string& mako,
                                        const std::string& create_date) {
  RevisionParts parts;
  parts.message = migration.message.empty() ? "empty message" : migration.message;
  parts.id = migration.version;
  parts.down_revisions = migration.revises;
  parts.create_date = create_date;
  parts.upgrade = inner(body(migration.up));
  parts.downgrade = inner(body(migration.down));
  for (const auto& text : {rendered(mako, parts), std::optional(plain_revision(mako, parts))}) {
    if (!text) continue;
    const std::string whole = sealed(with_header(*text, header(migration, "#")), revision_checksum(migration));
    const Migration read = read_alembic(whole);
    if (read.version == migration.version && read.revises == migration.revises && read.ours && !read.edited &&
        does_the_same(read, migration))
      return whole;
  }
  return std::nullopt;
}

Migration read_alembic(std::string_view text) {
  Migration migration = RevisionReader(text).read();
  if (migration.version.empty()) return migration;
  const std::string docstring = std::exchange(migration.message, {});
  const std::string recorded = read_header_lines(text, migration);
  if (migration.message.empty()) migration.message = docstring;
  migration.checksum = revision_checksum(migration);
  migration.edited = !recorded.empty() && (recorded != migration.checksum || !migration.not_runnable.empty());
  return migration;
}

base::Result<std::string> alembic_file_name(const Migration& migration, const std::string& file_template,
                                            int slug_length, const std::string& time) {
  const std::size_t limit = slug_length > 0 ? static_cast<std::size_t>(slug_length) : 40;
  std::string words = slug(migration.message, std::string::npos);
  // Alembic cuts between words and leaves the underscore there.
  if (characters(words).size() > limit) words = slug(migration.message, limit) + "_";
  auto name = file_name(file_template.empty() ? "%(rev)s_%(slug)s" : file_template, migration.version, words, time);
  if (name) *name += ".py";
  return name;
}

}  // namespace migration
