#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "postgres/catalog/assembly.h"

namespace postgres::catalog {
namespace {
std::string_view privilege(char letter) {
  switch (letter) {
    case 'r':
      return "SELECT";
    case 'a':
      return "INSERT";
    case 'w':
      return "UPDATE";
    case 'd':
      return "DELETE";
    case 'D':
      return "TRUNCATE";
    case 'x':
      return "REFERENCES";
    case 't':
      return "TRIGGER";
    case 'm':
      return "MAINTAIN";
    case 'U':
      return "USAGE";
    case 'C':
      return "CREATE";
    case 'X':
      return "EXECUTE";
    case 'c':
      return "CONNECT";
    case 'T':
      return "TEMPORARY";
    case 's':
      return "SET";
    case 'A':
      return "ALTER SYSTEM";
    default:
      return {};
  }
}

/// aclitem: role=privileges/grantor, where a star after a letter is the grant option, and PUBLIC has no name.
struct AclItem {
  std::string role;
  std::string letters;

  explicit AclItem(std::string_view item) {
    std::size_t i = 0;
    bool quoted = false;
    for (; i < item.size() && (quoted || item[i] != '='); ++i) {
      if (item[i] != '"') {
        role += item[i];
      } else if (quoted && i + 1 < item.size() && item[i + 1] == '"') {
        role += item[i++];
      } else {
        quoted = !quoted;
      }
    }
    for (++i; i < item.size() && item[i] != '/'; ++i) letters += item[i];
  }
};

using Privileges = std::set<std::string>;

struct Held {
  Privileges privileges;
  Privileges grantable;
};

Privileges privileges_of(std::string_view letters) {
  Privileges result;
  for (const char letter : letters) result.emplace(privilege(letter));
  return result;
}

std::map<std::string, Held> held_by_role(std::string_view acl) {
  std::map<std::string, Held> by_role;
  for (const std::string& text : array_elements(acl)) {
    const AclItem item(text);
    Held& held = by_role[item.role];
    for (std::size_t i = 0; i < item.letters.size(); ++i) {
      const std::string name(privilege(item.letters[i]));
      if (name.empty()) continue;
      held.privileges.insert(name);
      if (i + 1 < item.letters.size() && item.letters[i + 1] == '*') held.grantable.insert(name);
    }
  }
  return by_role;
}

std::vector<std::string> without(const Privileges& from, const Privileges& what) {
  std::vector<std::string> rest;
  std::ranges::set_difference(from, what, std::back_inserter(rest));
  return rest;
}
}  // namespace

/// acldefault(): the owner has everything; some kinds give PUBLIC something.
UsualGrants usual_grants(AclKind kind, int major_version) {
  switch (kind) {
    case AclKind::Relation:
      return {major_version >= 17 ? "arwdDxtm" : "arwdDxt", ""};
    case AclKind::Sequence:
      return {"rwU", ""};
    case AclKind::Routine:
      return {"X", "X"};
    case AclKind::Schema:
      return {"UC", ""};
    case AclKind::Type:
    case AclKind::Language:
      return {"U", "U"};
    case AclKind::Foreign:
      return {"U", ""};
    case AclKind::Nothing:
      break;
  }
  return {"", ""};
}

std::vector<schema::Grant> grants(std::string_view acl, std::string_view owner, const UsualGrants& usual,
                                  std::string_view column) {
  if (acl.empty()) return {};
  std::map<std::string, Held> by_role = held_by_role(acl);
  by_role.try_emplace(std::string(owner));
  by_role.try_emplace("");
  std::vector<schema::Grant> result;
  for (const auto& [role, held] : by_role) {
    const Privileges by_itself = privileges_of(role.empty()    ? usual.everybody
                                               : role == owner ? usual.owner
                                                               : std::string_view());
    const auto more = without(held.privileges, by_itself);
    const auto less = without(by_itself, held.privileges);
    std::vector<std::string> grantable(held.grantable.begin(), held.grantable.end());
    if (role == owner) grantable.clear();
    if (!more.empty() || !grantable.empty()) result.push_back({{role}, {std::string(column)}, more, grantable});
    if (!less.empty())
      result.push_back({.role = {role}, .column = {}, .privileges = less, .grantable = {}, .withheld = true});
  }
  return result;
}

void take_default_privileges(const Rows& rows, Assembly& assembly) {
  const std::map<std::string_view, std::pair<std::string, AclKind>> kinds{
      {"r", {"TABLES", AclKind::Relation}},   {"S", {"SEQUENCES", AclKind::Sequence}},
      {"f", {"FUNCTIONS", AclKind::Routine}}, {"T", {"TYPES", AclKind::Type}},
      {"n", {"SCHEMAS", AclKind::Schema}},    {"L", {"LARGE OBJECTS", AclKind::Nothing}}};
  for (const Row row : rows) {
    const auto kind = kinds.find(row[3]);
    if (kind == kinds.end()) continue;
    // Those of a schema are added to the others; those of everywhere stand in the place of the usual ones.
    const AclKind acl = row.null(2) ? kind->second.second : AclKind::Nothing;
    assembly.database.default_privileges.push_back(
        {{row.text(1)}, {row.text(2)}, kind->second.first, assembly.grants(row[4], row[1], acl)});
  }
}

}  // namespace postgres::catalog
