#pragma once

#include <string>
#include <vector>

#include "ddl/ddl.h"

namespace story {

/// A change, and the statements that it becomes.
struct Told {
  std::string name;
  ddl::Statements statements;
  std::string expected;  ///< as `shown` writes them, after an empty line
};

/// Each statement on a line of its own; below it what is to be known ("  ACCESS EXCLUSIVE on users", "  scans",
/// "  outside of transactions") and what takes it back ("  back: …").
std::string shown(const ddl::Statements& statements);

/// Where stories play: the table public.users.
ddl::Site busy();         ///< online
ddl::Site quiet();        ///< in the short form
ddl::Site partitioned();  ///< online, and the table is partitioned

/// Runs the stories of a table.
void tell(const std::vector<Told>& stories);

}  // namespace story
