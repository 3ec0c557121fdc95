#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "schema/name.h"

/// Texts of several statements, told apart by PostgreSQL's own scanner: dollar quotes, comments, strings, quoted names
/// and the bodies of SQL functions (BEGIN ATOMIC … END) hold no end of a statement.
namespace sql {

/// One statement of a script.
struct ScriptStatement {
  std::string text;  ///< without the semicolon and what stands around; comments within it are kept
  int line = 1;      ///< where it begins in the script

  bool operator==(const ScriptStatement&) const = default;
};

/// The statements of a script, in order; empty ones are left out. PARSE_ERROR, with the line, for what only psql
/// understands (backslash commands, but for \restrict and \unrestrict, which pg_dump writes and which say nothing about
/// the schema), for COPY … FROM STDIN with its data, and for strings and comments without an end.
base::Result<std::vector<ScriptStatement>> statements(std::string_view script);

/// The statement on one line, without comments, its tokens apart by one blank where a blank stood; words that are no
/// quoted names in lower case. What cannot be scanned stays as it is.
std::string normalized(std::string_view statement);

/// The same for statements that are equal but for comments, blanks, line ends and the case of their words.
std::string fingerprint(std::string_view statement);

/// The expression with columns renamed: each name that is no function's, no type's behind `::` and no qualifier's, and
/// that `names` knows (unquoted, old to new). A column behind a qualifier follows too. What cannot be scanned stays.
schema::Expression renamed_columns(const schema::Expression& expression,
                                   const std::map<std::string, std::string>& names);

}  // namespace sql
