#pragma once

#include <string>
#include <string_view>

#include "migration/migration.h"

/// Migrations as `.sql` files. psql runs the way up; the way down stands in comments.
namespace migration {

std::string sql_text(const Migration& migration);

/// The migration in a file's text; `ours` is false where the program did not write it. Comments and line ends may have
/// been changed by hand: BEGIN and COMMIT say what runs together, the comment before a statement what it is for.
Migration read_sql(std::string_view text);

}  // namespace migration
