#include "rls/grant.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.h"
#include "rls/message.h"

namespace rls {
namespace {

constexpr std::array<std::string_view, 7> old_privileges{"DELETE",  "INSERT",   "REFERENCES", "SELECT",
                                                         "TRIGGER", "TRUNCATE", "UPDATE"};
constexpr std::string_view maintain = "MAINTAIN";
constexpr int maintain_since = 17;

bool is_privilege(const std::string& name, int server_major) {
  if (name == maintain) return server_major == 0 || server_major >= maintain_since;
  return std::ranges::find(old_privileges, name) != old_privileges.end();
}

std::unexpected<base::Error> wrong(const Declaration& declaration, const std::string& message,
                                   const std::string& hint) {
  Declaration at = declaration;
  at.place = declaration.grants_place;
  return invalid(at, message, hint);
}

base::Result<std::set<std::string>> privileges(const Declaration& declaration, const Literal& role,
                                               const Literal& value, int server_major) {
  const std::vector<Literal> single{value};
  const auto& words = value.kind == Literal::Kind::List ? value.items : single;
  std::set<std::string> result;
  for (const Literal& word : words) {
    const std::string name = base::uppered(word.text);
    if (word.kind == Literal::Kind::Text && name == "ALL") {
      result.insert(old_privileges.begin(), old_privileges.end());
      if (server_major >= maintain_since) result.insert(std::string(maintain));
    } else if (word.kind == Literal::Kind::Text && is_privilege(name, server_major)) {
      result.insert(name);
    } else {
      return wrong(
          declaration, fmt::format("unknown privilege {} for {} in __grants__", word.shown, role.shown),
          "allowed: select, insert, update, delete, truncate, references, trigger, maintain (PostgreSQL 17), all");
    }
  }
  return result;
}

}  // namespace

base::Result<std::vector<schema::Grant>> grants(const Declaration& declaration, int server_major) {
  if (declaration.grants.kind != Literal::Kind::Map) {
    return wrong(declaration, fmt::format("__grants__ is {}", declaration.grants.shown),
                 "give a dict of roles and privileges");
  }
  std::map<std::string, std::set<std::string>> by_role;
  for (const auto& [role, value] : declaration.grants.entries) {
    if (role.kind != Literal::Kind::Text || role.text.empty()) {
      return wrong(declaration, fmt::format("{} in __grants__ is no role", role.shown),
                   "give the role's name, or PUBLIC");
    }
    auto held = privileges(declaration, role, value, server_major);
    if (!held) return std::unexpected(held.error());
    by_role[base::uppered(role.text) == "PUBLIC" ? "" : role.text].merge(*held);
  }
  std::vector<schema::Grant> result;
  for (const auto& [role, held] : by_role) {
    schema::Grant grant;
    grant.role.text = role;
    grant.privileges.assign(held.begin(), held.end());
    result.push_back(std::move(grant));
  }
  return result;
}

}  // namespace rls
