#include <algorithm>
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

struct Held {
  std::set<std::string> privileges;
  std::set<std::string> grantable;
};
}  // namespace

std::vector<schema::Grant> grants(std::string_view acl, std::string_view owner, std::string_view column) {
  std::map<std::string, Held> by_role;
  for (const std::string& text : array_elements(acl)) {
    const AclItem item(text);
    if (item.role == owner) continue;
    Held& held = by_role[item.role];
    for (std::size_t i = 0; i < item.letters.size(); ++i) {
      const std::string name(privilege(item.letters[i]));
      if (name.empty()) continue;
      held.privileges.insert(name);
      if (i + 1 < item.letters.size() && item.letters[i + 1] == '*') held.grantable.insert(name);
    }
  }
  std::vector<schema::Grant> result;
  for (const auto& [role, held] : by_role) {
    if (held.privileges.empty()) continue;
    result.push_back({{role},
                      {std::string(column)},
                      {held.privileges.begin(), held.privileges.end()},
                      {held.grantable.begin(), held.grantable.end()}});
  }
  return result;
}

void take_default_privileges(const Rows& rows, Assembly& assembly) {
  const std::map<std::string_view, std::string> kinds{{"r", "TABLES"}, {"S", "SEQUENCES"}, {"f", "FUNCTIONS"},
                                                      {"T", "TYPES"},  {"n", "SCHEMAS"},   {"L", "LARGE OBJECTS"}};
  for (const Row row : rows) {
    const auto kind = kinds.find(row[3]);
    if (kind == kinds.end()) continue;
    assembly.database.default_privileges.push_back(
        {{row.text(1)}, {row.text(2)}, kind->second, grants(row[4], row[1])});
  }
}

}  // namespace postgres::catalog
