#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/field.h"
#include "schema/name.h"

namespace schema {

/// pg_roles. On the desired side an absent attribute is not compared.
struct Role {
  Name name;
  std::optional<bool> login;
  std::optional<bool> inherit;
  std::optional<bool> bypassrls;
  std::optional<bool> superuser;
  std::optional<std::vector<Name>> member_of;  ///< pg_auth_members, sorted

  bool operator==(const Role&) const = default;
};

inline auto fields(const Role& role) {
  const auto& [name, login, inherit, bypassrls, superuser, member_of] = role;
  return std::tuple{Field{"name", name},           Field{"login", login},         Field{"inherit", inherit},
                    Field{"bypassrls", bypassrls}, Field{"superuser", superuser}, Field{"member_of", member_of}};
}

/// What one role holds on one object (aclexplode of relacl, nspacl, …), or on one column (attacl).
struct Grant {
  Name role;                            ///< empty is PUBLIC
  Name column;                          ///< for a column's ACL
  std::vector<std::string> privileges;  ///< upper case, sorted: SELECT, INSERT, USAGE, …
  std::vector<std::string> grantable;   ///< those WITH GRANT OPTION
  QualifiedName sequence = {};  ///< in a change: the ACL is that of this sequence, which the table's column owns
  bool withheld = false;        ///< what the owner or PUBLIC has by itself on such an object and does not have here

  bool operator==(const Grant&) const = default;
};

inline auto fields(const Grant& grant) {
  const auto& [role, column, privileges, grantable, sequence, withheld] = grant;
  return std::tuple{Field{"role", role},           Field{"column", column},     Field{"privileges", privileges},
                    Field{"grantable", grantable}, Field{"sequence", sequence}, Field{"withheld", withheld}};
}

/// ALTER DEFAULT PRIVILEGES (pg_default_acl).
struct DefaultPrivilege {
  Name owner;               ///< defaclrole
  Name in_schema;           ///< defaclnamespace; empty: everywhere
  std::string object_type;  ///< TABLES, SEQUENCES, FUNCTIONS, TYPES, SCHEMAS
  std::vector<Grant> grants;

  bool operator==(const DefaultPrivilege&) const = default;
};

inline auto fields(const DefaultPrivilege& privilege) {
  const auto& [owner, in_schema, object_type, grants] = privilege;
  return std::tuple{Field{"owner", owner}, Field{"in_schema", in_schema}, Field{"object_type", object_type},
                    Field{"grants", grants}};
}

}  // namespace schema
