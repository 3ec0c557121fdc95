#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"

namespace migration {

/// What a revision file is made of.
struct RevisionParts {
  std::string message;
  std::string id;
  std::vector<std::string> down_revisions;
  std::string create_date;
  std::string upgrade;  ///< the body of upgrade(), lines but the first indented
  std::string downgrade;
};

/// The text of a revision file by the project's script.py.mako, where that holds nothing but what Alembic's own
/// templates hold; nothing where only Mako could render it.
std::optional<std::string> rendered(const std::string& mako, const RevisionParts& parts);

/// By Alembic's generic template, with the import lines of the project's.
std::string plain_revision(const std::string& mako, const RevisionParts& parts);

/// The name without ".py" by a `file_template` such as "%(year)d_%(month).2d_%(rev)s_%(slug)s".
/// `time`: "YYYYMMDDHHMMSS".
base::Result<std::string> file_name(const std::string& file_template, const std::string& id, const std::string& slug,
                                    const std::string& time);

}  // namespace migration
