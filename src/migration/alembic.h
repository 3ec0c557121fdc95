#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "migration/migration.h"

/// Migrations as Alembic revisions.
namespace migration {

/// The revision file as Alembic itself would write it, with `op.execute` for each statement.
std::string alembic_text(const Migration& migration);

/// The revision in a file's text. Files of other hands can be run when their upgrade consists of `op.execute` with
/// constant SQL alone; `not_runnable` says what stands in the way. An empty version: it is no revision.
Migration read_alembic(std::string_view text);

/// The file's name by the project's template ("%(rev)s_%(slug)s").
std::string alembic_file_name(const Migration& migration, const std::string& file_template, int slug_length,
                              const std::string& timestamp);

}  // namespace migration
