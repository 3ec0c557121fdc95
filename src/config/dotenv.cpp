#include "config/dotenv.h"

#include "base/text.h"

namespace config {
namespace {

class Reader {
 public:
  Reader(std::string_view bytes, const Environment& environment) : bytes_(bytes), environment_(environment) {}

  std::map<std::string, Variable> read() {
    while (at_ < bytes_.size()) {
      skip_blank(" \t\r\n\f\v");
      if (at_ < bytes_.size() && !read_binding()) skip_line();
    }
    return std::move(variables_);
  }

 private:
  char peek() const { return at_ < bytes_.size() ? bytes_[at_] : '\0'; }

  void advance(std::size_t count) {
    for (; count > 0 && at_ < bytes_.size(); --count) line_ += bytes_[at_++] == '\n' ? 1 : 0;
  }

  void skip_blank(std::string_view blanks) {
    while (at_ < bytes_.size() && blanks.find(bytes_[at_]) != std::string_view::npos) advance(1);
  }

  void skip_line() {
    advance(bytes_.find('\n', at_) == std::string_view::npos ? bytes_.size() : bytes_.find('\n', at_) - at_);
  }

  bool read_binding() {
    if (peek() == '#') return false;
    skip_export();
    const int line = line_;
    const std::string name = read_name();
    skip_blank(" \t");
    if (name.empty() || peek() != '=') return false;
    advance(1);
    skip_blank(" \t");
    std::optional<std::string> value = read_value();
    if (!value) return false;
    variables_[name] = {expanded(*value), line};
    return true;
  }

  void skip_export() {
    const std::string_view word = "export";
    if (!bytes_.substr(at_).starts_with(word)) return;
    const char next = at_ + word.size() < bytes_.size() ? bytes_[at_ + word.size()] : '\0';
    if (next != ' ' && next != '\t') return;
    advance(word.size());
    skip_blank(" \t");
  }

  std::string read_name() {
    if (peek() == '\'') {
      const auto end = bytes_.find('\'', at_ + 1);
      if (end == std::string_view::npos) return {};
      std::string name(bytes_.substr(at_ + 1, end - at_ - 1));
      advance(end + 1 - at_);
      return name;
    }
    const auto end = bytes_.find_first_of("=# \t\r\n\f\v", at_);
    std::string name(bytes_.substr(at_, end - at_));
    advance(name.size());
    return name;
  }

  std::optional<std::string> read_value() {
    if (peek() == '\'' || peek() == '"') return read_quoted(peek());
    const auto end = bytes_.find_first_of("\r\n", at_);
    std::string_view value = bytes_.substr(at_, end - at_);
    advance(value.size());
    return std::string(base::trimmed(without_comment(value)));
  }

  static std::string_view without_comment(std::string_view value) {
    for (std::size_t at = 0; at < value.size(); ++at) {
      if (value[at] == '#' && (at == 0 || value[at - 1] == ' ' || value[at - 1] == '\t')) return value.substr(0, at);
    }
    return value;
  }

  /// Nothing when the quote does not end, or when something other than a comment follows it.
  std::optional<std::string> read_quoted(char quote) {
    std::string value;
    std::size_t at = at_ + 1;
    for (; at < bytes_.size() && bytes_[at] != quote; ++at) {
      if (bytes_[at] == '\\' && at + 1 < bytes_.size()) {
        value += escape(quote, bytes_[++at]);
      } else {
        value += bytes_[at];
      }
    }
    if (at >= bytes_.size()) return std::nullopt;
    const auto end = bytes_.find_first_of("\r\n", at + 1);
    const std::string_view rest =
        base::trimmed(bytes_.substr(at + 1, end == std::string_view::npos ? end : end - at - 1));
    if (!rest.empty() && !rest.starts_with('#')) return std::nullopt;
    advance(at + 1 - at_);
    skip_line();
    return value;
  }

  static std::string escape(char quote, char c) {
    if (c == '\\' || c == '\'' || (quote == '"' && c == '"')) return {c};
    static constexpr std::string_view letters = "abfnrtv";
    static constexpr std::string_view meanings = "\a\b\f\n\r\t\v";
    const auto index = letters.find(c);
    if (quote == '"' && index != std::string_view::npos) return {meanings[index]};
    return {'\\', c};
  }

  std::string expanded(std::string_view value) const {
    std::string result;
    for (std::size_t at = 0; at < value.size();) {
      const auto end = value.substr(at).starts_with("${") ? value.find('}', at) : std::string_view::npos;
      if (end == std::string_view::npos) {
        result += value[at++];
        continue;
      }
      result += looked_up(value.substr(at + 2, end - at - 2));
      at = end + 1;
    }
    return result;
  }

  std::string looked_up(std::string_view reference) const {
    const auto separator = reference.find(":-");
    const std::string name(reference.substr(0, separator));
    if (auto value = environment_(name)) return *value;
    if (const auto found = variables_.find(name); found != variables_.end()) return found->second.value;
    return separator == std::string_view::npos ? std::string() : std::string(reference.substr(separator + 2));
  }

  std::string_view bytes_;
  const Environment& environment_;
  std::size_t at_ = 0;
  int line_ = 1;
  std::map<std::string, Variable> variables_;
};

}  // namespace

std::map<std::string, Variable> parse_dotenv(std::string_view bytes, const Environment& environment) {
  if (bytes.starts_with("\xEF\xBB\xBF")) bytes.remove_prefix(3);
  return Reader(bytes, environment).read();
}

}  // namespace config
