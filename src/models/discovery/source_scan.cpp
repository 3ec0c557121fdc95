#include "models/discovery/source_scan.h"

#include <array>
#include <cctype>

#include "base/text.h"

namespace models::discovery {
namespace {

constexpr std::string_view blanks = " \t\f";
constexpr std::size_t longest_statement = 64 * 1024;

constexpr std::array<std::string_view, 3> orm_words = {"alchemy", "sqlmodel", "pgvector"};
constexpr std::array<std::string_view, 4> table_words = {"__tablename__", "__table__", "Table(", "table=True"};
/// What only files that make tables, bases or columns name; one that queries does without.
constexpr std::array<std::string_view, 8> model_words = {
    "Column(", "mapped_column(", "Mapped[", "SQLModel", "MetaData", "DeclarativeBase", "declarative_base", "registry("};

bool contains(std::string_view text, std::string_view what) { return text.find(what) != std::string_view::npos; }

template <class Words>
bool contains_any(std::string_view text, const Words& words) {
  for (std::string_view word : words) {
    if (contains(text, word)) return true;
  }
  return false;
}

std::string_view without_comment(std::string_view line) { return line.substr(0, line.find('#')); }

/// "a.b as c" gives "a.b".
std::string first_word(std::string_view text) {
  text = base::trimmed(text);
  return std::string(text.substr(0, text.find_first_of(" \t\f;\\")));
}

bool is_word(std::string_view word) {
  if (word.empty()) return false;
  for (char character : word) {
    const auto byte = static_cast<unsigned char>(character);
    if (!std::isalnum(byte) && character != '_' && character != '.' && byte < 0x80) return false;
  }
  return true;
}

/// One logical line's worth of names: up to the closing bracket where it opens one.
std::string_view names_after(std::string_view source, std::size_t begin) {
  const std::size_t open = source.find_first_not_of(blanks, begin);
  if (open != std::string_view::npos && source[open] == '(') {
    const std::size_t close = source.substr(open, longest_statement).find(')');
    return close == std::string_view::npos ? std::string_view{} : source.substr(open + 1, close - 1);
  }
  std::size_t end = begin;
  while (end < source.size() && source[end] != '\n' && source[end] != '\r') {
    if (source[end] == '\\' && end + 1 < source.size()) ++end;
    ++end;
  }
  return source.substr(begin, end - begin);
}

std::vector<std::string> imported_names(std::string_view text) {
  std::string clean;
  for (const std::string& line : base::split(text, '\n')) clean += std::string(without_comment(line)) + ' ';
  std::vector<std::string> names;
  for (const std::string& part : base::split(base::replaced(clean, "\\", " "), ',')) {
    std::string name = first_word(part);
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

class Scanner {
 public:
  explicit Scanner(std::string_view source) : source_(source) {
    scan_.mentions_orm = contains_any(source, orm_words);
    scan_.may_define = contains_any(source, table_words);
    scan_.names_tables = scan_.may_define || contains_any(source, model_words);
  }

  SourceScan run() {
    std::size_t begin = 0;
    while (begin < source_.size()) {
      std::size_t end = source_.find_first_of("\r\n", begin);
      if (end == std::string_view::npos) end = source_.size();
      look_at(begin, end);
      begin = end + 1;
    }
    scan_.is_migration = imports_operations_ || (has_revision_ && has_down_revision_);
    return std::move(scan_);
  }

 private:
  void look_at(std::size_t begin, std::size_t end) {
    const std::size_t start = source_.find_first_not_of(blanks, begin);
    if (start == std::string_view::npos || start >= end) return;
    const std::string_view line = source_.substr(start, end - start);
    const bool indented = start != begin;
    switch (line.front()) {
      case 'i':
        if (line.starts_with("import ")) look_at_import(line.substr(7));
        break;
      case 'f':
        if (line.starts_with("from ")) look_at_from(start + 5, end);
        break;
      case 'c':
        if (line.starts_with("class ") && contains(line, "(")) look_at_class(line);
        break;
      case 'd':
        if (line.starts_with("def test_")) scan_.has_tests = true;
        if (!indented && line.starts_with("down_revision")) has_down_revision_ = true;
        break;
      case 'a':
        if (line.starts_with("async def test_")) scan_.has_tests = true;
        break;
      case 'r':
        if (!indented && line.starts_with("revision")) has_revision_ = true;
        break;
      default:
        break;
    }
  }

  void look_at_class(std::string_view line) {
    scan_.may_define = true;
    if (contains(line, "TestCase)") || contains(line, "unittest.")) scan_.imports_tests = true;
  }

  void look_at_import(std::string_view rest) {
    for (const std::string& part : base::split(without_comment(rest), ',')) {
      const std::string module = first_word(part);
      if (is_word(module)) add({.level = 0, .module = module, .names = {}});
    }
  }

  void look_at_from(std::size_t begin, std::size_t end) {
    const std::string_view line = source_.substr(begin, end - begin);
    const std::size_t keyword = line.find("import");
    if (keyword == std::string_view::npos) return;
    std::string_view module = base::trimmed(line.substr(0, keyword));
    int level = 0;
    while (!module.empty() && (module.front() == '.' || module.front() == ' ')) {
      if (module.front() == '.') ++level;
      module.remove_prefix(1);
    }
    if (!module.empty() && !is_word(module)) return;
    add({.level = level,
         .module = std::string(module),
         .names = imported_names(names_after(source_, begin + keyword + 6))});
  }

  void add(ImportStatement statement) {
    if (statement.level == 0) {
      const std::string top = statement.module.substr(0, statement.module.find('.'));
      if (top == "pytest" || top == "unittest" || top == "hypothesis") scan_.imports_tests = true;
      if (statement.module == "alembic") look_at_alembic(statement.names);
    }
    scan_.imports.push_back(std::move(statement));
  }

  void look_at_alembic(const std::vector<std::string>& names) {
    for (const std::string& name : names) {
      if (name == "op" || name == "context") imports_operations_ = true;
    }
  }

  std::string_view source_;
  SourceScan scan_;
  bool imports_operations_ = false;
  bool has_revision_ = false;
  bool has_down_revision_ = false;
};
}  // namespace

SourceScan scan(std::string_view source) { return Scanner(source).run(); }

}  // namespace models::discovery
