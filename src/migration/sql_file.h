#pragma once

#include <string>
#include <string_view>

#include "migration/migration.h"

/// Migrations as `.sql` files. psql runs the way up; the way down stands in comments.
namespace migration {

std::string sql_text(const Migration& migration);

/// The migration in a file's text; `ours` is false where the program did not write it.
Migration read_sql(std::string_view text);

/// "add phone to users" as the part of a file's name: letters, digits and underscores; never empty, at most 60 bytes.
std::string slug(const std::string& message);

}  // namespace migration
