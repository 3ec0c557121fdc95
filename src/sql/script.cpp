#include "sql/script.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "sql/parser.h"
#include "sql/quote.h"
#include "sql/words.h"

namespace sql {
namespace {

std::unexpected<base::Error> refused(std::string message, std::string hint, int line) {
  base::Place place;
  place.line = line;
  return base::failure(base::ErrorCode::ParseError, std::move(message), std::move(hint), place);
}

std::string_view text_of(std::string_view script, const Token& token) {
  return script.substr(token.begin, token.end - token.begin);
}

int line_at(std::string_view script, std::size_t position) {
  return 1 + static_cast<int>(std::ranges::count(script.substr(0, position), '\n'));
}

/// What pg_dump writes for psql alone, blanked out so that positions stay.
std::string without_restrictions(std::string_view script) {
  std::string result{script};
  for (std::size_t begin = 0; begin < result.size();) {
    const std::size_t end = std::min(result.find('\n', begin), result.size());
    const std::string_view line = std::string_view{result}.substr(begin, end - begin);
    if (line.starts_with("\\restrict ") || line.starts_with("\\unrestrict "))
      std::fill_n(result.begin() + static_cast<std::ptrdiff_t>(begin), end - begin, ' ');
    begin = end + 1;
  }
  return result;
}

/// Follows one statement: how deep in brackets and in the body of an SQL function it is.
class Depth {
 public:
  /// True where the token is a semicolon that ends the statement.
  bool ends_at(std::string_view token, bool is_word) {
    if (is_word) {
      note_word(base::lowered(token));
    } else if (token == "(" || token == "[") {
      ++brackets_;
    } else if ((token == ")" || token == "]") && brackets_ > 0) {
      --brackets_;
    }
    return token == ";" && !is_word && brackets_ == 0 && blocks_ == 0;
  }

 private:
  /// CREATE [OR REPLACE] FUNCTION | PROCEDURE … BEGIN ATOMIC …; …; END: within it CASE … END counts too.
  void note_word(const std::string& word) {
    if (words_ < 4) {
      if (words_ == 0) creates_ = word == "create";
      if (word == "function" || word == "procedure") makes_routine_ = creates_;
      ++words_;
    }
    if (!makes_routine_) return;
    if (word == "atomic" && previous_ == "begin") ++blocks_;
    if (word == "case" && blocks_ > 0 && previous_ != "end") ++blocks_;
    if (word == "end" && blocks_ > 0) --blocks_;
    previous_ = word;
  }

  int words_ = 0;
  bool creates_ = false;
  bool makes_routine_ = false;
  int brackets_ = 0;
  int blocks_ = 0;
  std::string previous_;
};

/// COPY … FROM STDIN: what follows is data, not SQL.
bool reads_data(std::string_view statement) {
  const std::string plain = normalized(statement);
  return plain.starts_with("copy ") && plain.find(" from stdin") != std::string::npos;
}

std::optional<std::size_t> backslash_command(std::string_view script, const std::vector<Token>& tokens) {
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::Other && script[token.begin] == '\\') return token.begin;
  }
  return std::nullopt;
}

/// The first line that fulfils the condition; lines count from 1.
template <class Condition>
std::optional<int> line_where(std::string_view script, const Condition& condition) {
  int number = 1;
  for (std::size_t begin = 0; begin < script.size(); ++number) {
    const std::size_t end = std::min(script.find('\n', begin), script.size());
    if (condition(script.substr(begin, end - begin))) return number;
    begin = end + 1;
  }
  return std::nullopt;
}

bool is_command(std::string_view line) { return line.starts_with('\\'); }

bool begins_data(std::string_view line) {
  const std::string lowered = base::lowered(line);
  return lowered.starts_with("copy ") && lowered.find(" from stdin") != std::string::npos;
}

std::unexpected<base::Error> command_refused(int line) {
  return refused("a command of psql, not SQL", "Take the lines that begin with a backslash out of the file", line);
}

std::unexpected<base::Error> data_refused(int line) {
  return refused("COPY … FROM STDIN with data in the script", "Dump with pg_dump --schema-only, or use INSERT", line);
}

std::vector<ScriptStatement> split(std::string_view script, const std::vector<Token>& tokens) {
  std::vector<ScriptStatement> result;
  Depth depth;
  std::size_t begin = std::string_view::npos;
  std::size_t end = 0;
  int line = 1;
  std::size_t counted = 0;
  const auto finish = [&] {
    if (begin != std::string_view::npos) {
      line += line_at(script.substr(counted), begin - counted) - 1;
      counted = begin;
      result.push_back({std::string{script.substr(begin, end - begin)}, line});
    }
    begin = std::string_view::npos;
    depth = {};
  };
  for (const Token& token : tokens) {
    if (token.kind == TokenKind::Comment) continue;
    if (depth.ends_at(text_of(script, token), token.kind == TokenKind::Word)) {
      finish();
      continue;
    }
    if (begin == std::string_view::npos) begin = token.begin;
    end = token.end;
  }
  finish();
  return result;
}

/// A token that is or may be a column: its name as the catalog has it.
std::string name_of(std::string_view text, const Token& token) {
  const std::string_view written = text_of(text, token);
  if (token.kind == TokenKind::Word) return base::lowered(written);
  return base::replaced(std::string{written.substr(1, written.size() - 2)}, "\"\"", "\"");
}

}  // namespace

base::Result<std::vector<ScriptStatement>> statements(std::string_view script) {
  const std::string text = without_restrictions(script);
  const auto tokens = scanned(text);
  if (!tokens) {
    // Data and commands of psql are seldom SQL to the scanner: say what is wrong, not what it stumbled over.
    if (const auto data = line_where(text, begins_data)) return data_refused(*data);
    if (const auto command = line_where(text, is_command)) return command_refused(*command);
    return std::unexpected(tokens.error());
  }
  auto result = split(text, *tokens);
  for (const ScriptStatement& statement : result) {
    if (reads_data(statement.text)) return data_refused(statement.line);
  }
  if (const auto at = backslash_command(text, *tokens)) return command_refused(line_at(text, *at));
  return result;
}

std::string normalized(std::string_view statement) {
  const auto tokens = scanned(statement);
  if (!tokens) return std::string{base::trimmed(statement)};
  std::string result;
  std::size_t end = std::string_view::npos;
  for (const Token& token : *tokens) {
    if (token.kind == TokenKind::Comment) continue;
    if (end != std::string_view::npos && token.begin > end) result += ' ';
    const std::string_view text = text_of(statement, token);
    result += token.kind == TokenKind::Word ? base::lowered(text) : std::string{text};
    end = token.end;
  }
  return result;
}

std::string fingerprint(std::string_view statement) {
  const auto tokens = scanned(statement);
  if (!tokens) return base::sha256(base::trimmed(statement));
  std::string all;
  for (const Token& token : *tokens) {
    if (token.kind == TokenKind::Comment) continue;
    const std::string_view text = text_of(statement, token);
    all += token.kind == TokenKind::Word ? base::lowered(text) : std::string{text};
    all += '\0';
  }
  return base::sha256(all);
}

schema::Expression renamed_columns(const schema::Expression& expression,
                                   const std::map<std::string, std::string>& names) {
  const std::string_view text = expression.text;
  auto tokens = scanned(text);
  if (!tokens) return expression;
  std::erase_if(*tokens, [](const Token& token) { return token.kind == TokenKind::Comment; });
  const auto token_text = [&](std::size_t index) {
    return index < tokens->size() ? text_of(text, (*tokens)[index]) : std::string_view{};
  };
  std::string result;
  std::size_t copied = 0;
  for (std::size_t i = 0; i < tokens->size(); ++i) {
    const Token& token = (*tokens)[i];
    const bool named = token.kind == TokenKind::QuotedName ||
                       (token.kind == TokenKind::Word && !is_reserved(base::lowered(text_of(text, token))));
    if (!named || token_text(i + 1) == "(" || token_text(i + 1) == "." || (i > 0 && token_text(i - 1) == "::"))
      continue;
    const auto found = names.find(name_of(text, token));
    if (found == names.end()) continue;
    result += text.substr(copied, token.begin - copied);
    result += quoted(schema::Name{found->second});
    copied = token.end;
  }
  result += text.substr(copied);
  return {std::move(result)};
}

}  // namespace sql
