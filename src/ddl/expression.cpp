#include "ddl/expression.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/text.h"
#include "sql/quote.h"

namespace ddl {
namespace {

bool starts_word(char c) { return std::isalpha(static_cast<unsigned char>(c)) || c == '_' || (c & 0x80); }
bool continues_word(char c) { return starts_word(c) || std::isdigit(static_cast<unsigned char>(c)) || c == '$'; }

/// Steps over what the text holds, piece by piece.
class Scanner {
 public:
  explicit Scanner(std::string_view sql) : sql_(sql) {}

  std::vector<Word> words() {
    while (at_ < sql_.size()) step();
    return std::move(words_);
  }

 private:
  void step() {
    const char c = sql_[at_];
    if (c == '\'') {
      skip_string(previous_is_escape_prefix());
    } else if (c == '"') {
      quoted_identifier();
    } else if (c == '$' && skip_dollar_quoted()) {
    } else if (c == '-' && sql_.substr(at_, 2) == "--") {
      at_ = std::min(sql_.find('\n', at_), sql_.size());
    } else if (c == '/' && sql_.substr(at_, 2) == "/*") {
      const std::size_t end = sql_.find("*/", at_ + 2);
      at_ = end == std::string_view::npos ? sql_.size() : end + 2;
    } else if (starts_word(c)) {
      const std::size_t begin = at_;
      while (at_ < sql_.size() && continues_word(sql_[at_])) ++at_;
      add(base::lowered(sql_.substr(begin, at_ - begin)), begin);
    } else {
      ++at_;
    }
  }

  /// E'…' takes backslashes; the E was read as a word of its own.
  bool previous_is_escape_prefix() {
    const bool prefixed =
        at_ > 0 && (sql_[at_ - 1] == 'e' || sql_[at_ - 1] == 'E') && !words_.empty() && words_.back().text == "e";
    if (prefixed) words_.pop_back();
    return prefixed;
  }

  void skip_string(bool escapes) {
    for (++at_; at_ < sql_.size(); ++at_) {
      if (escapes && sql_[at_] == '\\') {
        ++at_;
      } else if (sql_[at_] == '\'') {
        if (at_ + 1 >= sql_.size() || sql_[at_ + 1] != '\'') break;
        ++at_;
      }
    }
    at_ = std::min(at_ + 1, sql_.size());
  }

  void quoted_identifier() {
    std::string name;
    const std::size_t begin = at_;
    for (++at_; at_ < sql_.size(); ++at_) {
      if (sql_[at_] == '"') {
        if (at_ + 1 >= sql_.size() || sql_[at_ + 1] != '"') break;
        ++at_;
      }
      name += sql_[at_];
    }
    at_ = std::min(at_ + 1, sql_.size());
    add(std::move(name), begin);
  }

  bool skip_dollar_quoted() {
    std::size_t end = at_ + 1;
    while (end < sql_.size() && continues_word(sql_[end]) && sql_[end] != '$') ++end;
    if (end >= sql_.size() || sql_[end] != '$') return ++at_, true;
    const std::string_view tag = sql_.substr(at_, end - at_ + 1);
    const std::size_t close = sql_.find(tag, end + 1);
    at_ = close == std::string_view::npos ? sql_.size() : close + tag.size();
    return true;
  }

  void add(std::string text, std::size_t begin) {
    std::size_t next = at_;
    while (next < sql_.size() && std::isspace(static_cast<unsigned char>(sql_[next]))) ++next;
    words_.push_back({std::move(text), next < sql_.size() && sql_[next] == '(', begin, at_});
  }

  std::string_view sql_;
  std::size_t at_ = 0;
  std::vector<Word> words_;
};

/// Functions of pg_catalog that are stable or immutable and stand in defaults, and types that take brackets.
constexpr std::array<std::string_view, 98> steady{"abs",
                                                  "and",
                                                  "array",
                                                  "array_append",
                                                  "as",
                                                  "at",
                                                  "bit",
                                                  "box",
                                                  "btrim",
                                                  "cast",
                                                  "char",
                                                  "character",
                                                  "circle",
                                                  "coalesce",
                                                  "concat",
                                                  "concat_ws",
                                                  "current_date",
                                                  "current_schema",
                                                  "current_setting",
                                                  "current_time",
                                                  "current_timestamp",
                                                  "current_user",
                                                  "date",
                                                  "date_part",
                                                  "date_trunc",
                                                  "daterange",
                                                  "decimal",
                                                  "decode",
                                                  "else",
                                                  "encode",
                                                  "extract",
                                                  "float",
                                                  "format",
                                                  "greatest",
                                                  "hstore",
                                                  "in",
                                                  "initcap",
                                                  "int4range",
                                                  "int8range",
                                                  "interval",
                                                  "is",
                                                  "json_build_array",
                                                  "json_build_object",
                                                  "jsonb_build_array",
                                                  "jsonb_build_object",
                                                  "least",
                                                  "left",
                                                  "length",
                                                  "localtime",
                                                  "localtimestamp",
                                                  "lower",
                                                  "lpad",
                                                  "make_date",
                                                  "make_interval",
                                                  "make_time",
                                                  "make_timestamp",
                                                  "make_timestamptz",
                                                  "md5",
                                                  "not",
                                                  "now",
                                                  "nullif",
                                                  "numeric",
                                                  "numrange",
                                                  "or",
                                                  "overlay",
                                                  "point",
                                                  "polygon",
                                                  "position",
                                                  "precision",
                                                  "repeat",
                                                  "replace",
                                                  "right",
                                                  "round",
                                                  "row",
                                                  "rpad",
                                                  "session_user",
                                                  "statement_timestamp",
                                                  "string_to_array",
                                                  "substring",
                                                  "then",
                                                  "time",
                                                  "timestamp",
                                                  "timezone",
                                                  "to_char",
                                                  "to_date",
                                                  "to_json",
                                                  "to_jsonb",
                                                  "to_timestamp",
                                                  "to_tsvector",
                                                  "transaction_timestamp",
                                                  "trim",
                                                  "tsrange",
                                                  "tstzrange",
                                                  "upper",
                                                  "varbit",
                                                  "varchar",
                                                  "varying",
                                                  "when"};

/// Key words of operators that a b_expr does not have outside of brackets.
constexpr std::array<std::string_view, 18> beyond_b_expr{"all", "and", "any",      "at",      "between", "collate",
                                                         "in",  "is",  "isnull",   "like",    "ilike",   "notnull",
                                                         "not", "or",  "overlaps", "similar", "some",    "over"};

/// The text outside of brackets, strings and quoted names.
std::string outer_text(std::string_view sql) {
  std::string result;
  int depth = 0;
  char quote = 0;
  for (const char c : sql) {
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '\'' || c == '"') {
      quote = c;
    } else if (c == '(' || c == '[') {
      ++depth;
    } else if (c == ')' || c == ']') {
      --depth;
    } else if (depth == 0) {
      result += c;
    }
  }
  return result;
}

}  // namespace

std::vector<Word> words(std::string_view sql) { return Scanner(sql).words(); }

bool mentions(std::string_view sql, std::string_view name) {
  if (sql.find(name) == std::string_view::npos && name.find('"') == std::string_view::npos &&
      base::lowered(sql).find(name) == std::string::npos) {
    return false;
  }
  return std::ranges::any_of(words(sql), [&](const Word& word) { return word.text == name; });
}

bool may_be_volatile(const schema::Expression& expression) {
  return std::ranges::any_of(words(expression.text), [](const Word& word) {
    return word.called && std::ranges::find(steady, word.text) == steady.end();
  });
}

bool needs_brackets(const schema::Expression& expression) {
  return std::ranges::any_of(words(outer_text(expression.text)), [](const Word& word) {
    return std::ranges::find(beyond_b_expr, word.text) != beyond_b_expr.end();
  });
}

schema::Expression renamed_words(const schema::Expression& expression,
                                 const std::map<std::string, std::string>& names) {
  std::string result;
  std::size_t copied = 0;
  for (const Word& word : words(expression.text)) {
    const auto found = names.find(word.text);
    if (found == names.end() || word.called) continue;
    result += expression.text.substr(copied, word.begin - copied) + sql::quoted(schema::Name{found->second});
    copied = word.end;
  }
  return {result + expression.text.substr(copied)};
}

}  // namespace ddl
