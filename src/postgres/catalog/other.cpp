#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "base/graph.h"
#include "postgres/catalog/assembly.h"

namespace postgres::catalog {
namespace {
AclKind acl_kind(std::string_view kind) {
  if (kind == "FOREIGN TABLE") return AclKind::Relation;
  return kind == "LANGUAGE" ? AclKind::Language : AclKind::Foreign;
}

schema::OtherObject object_of(const Row& row, const Assembly& assembly) {
  schema::OtherObject object;
  object.kind = row[2];
  object.identity = row[3];
  object.create = row.array(4);
  object.drop = row[5];
  object.comment = assembly.comment(row[0], oid(row, 1));
  for (const std::string& used : row.array(6)) object.uses.push_back(column_name(used));
  object.owner.text = row[7];
  object.grants = assembly.grants(row[8], row[7], acl_kind(object.kind));
  return object;
}

/// "TYPE app.mood", "ROUTINE app.f", "SCHEMA app", or another object as DROP names it; empty for what lies elsewhere.
std::string needed(std::string_view catalog, Oid object, const Assembly& assembly) {
  if (catalog == "pg_type") {
    const auto found = assembly.types.find(object);
    if (found == assembly.types.end() || found->second.name.schema.empty()) return {};
    return "TYPE " + schema::text(schema::QualifiedName{found->second.name.schema, found->second.name.name});
  }
  const auto found = assembly.named.find(std::pair{std::string(catalog), object});
  return found == assembly.named.end() ? std::string() : found->second;
}
/// What is needed comes first; else by kind and name.
void put_in_order(std::vector<schema::OtherObject>& objects) {
  std::ranges::stable_sort(objects, {}, [](const schema::OtherObject& object) {
    return std::pair(std::string_view(object.kind), std::string_view(object.identity));
  });
  std::unordered_map<std::string, std::size_t> numbers;
  for (std::size_t at = 0; at < objects.size(); ++at) numbers[objects[at].kind + " " + objects[at].identity] = at;
  std::vector<base::Edge> edges;
  for (std::size_t at = 0; at < objects.size(); ++at) {
    std::vector<std::string>& needs = objects[at].needs;
    std::ranges::sort(needs);
    const auto repeated = std::ranges::unique(needs);
    needs.erase(repeated.begin(), repeated.end());
    for (const std::string& need : needs) {
      const auto found = numbers.find(need);
      if (found != numbers.end() && found->second != at) edges.emplace_back(found->second, at);
    }
  }
  std::vector<schema::OtherObject> ordered;
  for (const std::size_t at : base::topological_order(objects.size(), edges).nodes) {
    ordered.push_back(std::move(objects[at]));
  }
  objects = std::move(ordered);
}
}  // namespace

/// class, oid, kind, identity, statements that make it, the one that drops it, what it uses, owner, privileges; for
/// rules the relation.
void take_others(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    schema::OtherObject object = object_of(row, assembly);
    // A rule of a view is part of what makes the view whole again.
    if (schema::View* const view = rows.columns() > 9 ? assembly.view(oid(row, 9)) : nullptr) {
      for (std::string& statement : object.create) view->extras.push_back(std::move(statement));
    } else {
      assembly.named[{row.text(0), oid(row, 1)}] = object.kind + " " + object.identity;
      assembly.others[object.kind + " " + object.identity] = assembly.database.others.size();
      assembly.database.others.push_back(std::move(object));
    }
  }
}

void take_needs(const Rows& rows, Assembly& assembly) {
  for (const Row row : rows) {
    const auto named = assembly.named.find(std::pair{row.text(0), oid(row, 1)});
    if (named == assembly.named.end()) continue;
    const auto found = assembly.others.find(named->second);
    std::string need = needed(row[2], oid(row, 3), assembly);
    if (found == assembly.others.end() || need.empty()) continue;
    assembly.database.others[found->second].needs.push_back(std::move(need));
  }
  put_in_order(assembly.database.others);
}

}  // namespace postgres::catalog
