#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "migration/migration.h"

/// Migrations as Alembic revisions.
namespace migration {

/// The revision file as Alembic itself would write it, with `op.execute` for each statement: by the project's own
/// template (script.py.mako) where that holds nothing but what Alembic's own hold, else by Alembic's, with the imports
/// of the project's. `create_date` as Alembic writes it. Nothing where the statements do not read back as they were.
std::optional<std::string> alembic_text(const Migration& migration, const std::string& mako,
                                        const std::string& create_date);

/// The revision in a file's text. Files of other hands can be run when their upgrade consists of `op.execute` with
/// constant SQL alone; `not_runnable` says what stands in the way. An empty version: it is no revision.
/// The checksum is that of the statements, so that a formatter may go over the file.
Migration read_alembic(std::string_view text);

/// The file's name by the project's template ("%(rev)s_%(slug)s"), of which empty means Alembic's default.
/// `time`: "YYYYMMDDHHMMSS". CONFIG_INVALID for a template that Python would not format.
base::Result<std::string> alembic_file_name(const Migration& migration, const std::string& file_template,
                                            int slug_length, const std::string& time);

}  // namespace migration
