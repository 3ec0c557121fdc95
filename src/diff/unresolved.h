#pragma once

#include <set>
#include <string>
#include <utility>

#include "schema/reading.h"

namespace diff {

/// What the desired state does not know, and what therefore must not be concluded from it.
struct Unknown {
  std::set<schema::QualifiedName> partial_tables;                       ///< lose nothing
  std::set<std::pair<schema::QualifiedName, schema::Kind>> open_lists;  ///< may hold more of the kind than it says
  bool some_table = false;                                              ///< a table of unknown name: no table may go

  bool loses_nothing(const schema::QualifiedName& table) const { return partial_tables.contains(table); }
  bool may_hold_more(const schema::QualifiedName& table, schema::Kind kind) const {
    return loses_nothing(table) || open_lists.contains({table, kind});
  }
};

/// Takes over from `actual` what `desired` could not resolve: an attribute, or a whole object; a column that neither
/// knows is left out. What could not be read is never a difference.
Unknown take_over(schema::Database& desired, const std::vector<schema::Unresolved>& unresolved,
                  const schema::Database& actual);

}  // namespace diff
