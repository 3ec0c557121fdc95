#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace models::discovery {

/// `import module`, or `from module import names` with as many leading dots as `level` says.
struct ImportStatement {
  int level = 0;
  std::string module;
  std::vector<std::string> names;  ///< "*" for all

  bool operator==(const ImportStatement&) const = default;
};

/// What the bytes of a Python file tell without parsing it.
struct SourceScan {
  bool mentions_orm = false;   ///< names SQLAlchemy, SQLModel or one of their companions
  bool imports_tests = false;  ///< imports a test framework
  bool has_tests = false;      ///< has functions called like tests
  bool is_migration = false;   ///< an Alembic revision or environment
  bool may_define = false;     ///< has a class with bases, or a call that makes a table
  bool names_tables = false;   ///< has words that only tables are made with
  std::vector<ImportStatement> imports;
};

/// Reads line by line; a statement inside a string may count, so imports are an upper bound.
SourceScan scan(std::string_view source);

}  // namespace models::discovery
