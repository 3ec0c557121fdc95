#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "postgres/catalog/assembly.h"

namespace postgres::catalog {
namespace {
/// Of the kinds that one query gives, which stands on which.
int rank(std::string_view kind) {
  if (kind == "SERVER" || kind == "TEXT SEARCH CONFIGURATION") return 1;
  return kind == "FOREIGN TABLE" ? 2 : 0;
}

schema::OtherObject object_of(const Row& row, const Assembly& assembly) {
  schema::OtherObject object;
  object.kind = row[2];
  object.identity = row[3];
  object.create = row.array(4);
  object.drop = row[5];
  object.comment = assembly.comment(row[0], oid(row, 1));
  for (const std::string& used : row.array(6)) object.uses.push_back(column_name(used));
  return object;
}
}  // namespace

/// class, oid, kind, identity, statements that make it, the one that drops it, what it uses; for rules the relation.
void take_others(const Rows& rows, Assembly& assembly) {
  std::vector<schema::OtherObject> objects;
  for (const Row row : rows) {
    schema::OtherObject object = object_of(row, assembly);
    // A rule of a view is part of what makes the view whole again.
    if (schema::View* const view = rows.columns() > 7 ? assembly.view(oid(row, 7)) : nullptr) {
      for (std::string& statement : object.create) view->extras.push_back(std::move(statement));
    } else {
      objects.push_back(std::move(object));
    }
  }
  std::ranges::sort(objects, {}, [](const schema::OtherObject& object) {
    return std::pair(rank(object.kind), std::string_view(object.identity));
  });
  for (schema::OtherObject& object : objects) assembly.database.others.push_back(std::move(object));
}

}  // namespace postgres::catalog
