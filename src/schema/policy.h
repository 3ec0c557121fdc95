#pragma once

#include <optional>
#include <string>
#include <vector>

#include "schema/field.h"
#include "schema/name.h"

namespace schema {

enum class PolicyCommand { All, Select, Insert, Update, Delete };

/// pg_policy.
struct Policy {
  Name name;                                   ///< polname
  bool name_open = false;                      ///< generated, not given by the model; takes no part in comparing
  PolicyCommand command = PolicyCommand::All;  ///< polcmd
  bool permissive = true;                      ///< polpermissive
  std::vector<Name> roles;                     ///< polroles, sorted; empty is PUBLIC
  std::optional<Expression> using_expr;        ///< polqual
  std::optional<Expression> with_check_expr;   ///< polwithcheck
  std::optional<std::string> comment;
  std::string origin;  ///< the preset's name or "custom" on the model's side, else empty; takes no part in comparing

  bool operator==(const Policy&) const = default;
};

inline auto fields(const Policy& policy) {
  const auto& [name, name_open, command, permissive, roles, using_expr, with_check_expr, comment, origin] = policy;
  (void)name_open;
  (void)origin;
  return std::tuple{
      Field{"name", name},      Field{"command", command},       Field{"permissive", permissive},
      Field{"roles", roles},    Field{"using_expr", using_expr}, Field{"with_check_expr", with_check_expr},
      Field{"comment", comment}};
}

/// Who says what about a table's row security.
enum class Declaration {
  None,      ///< nobody: flags and policies are not managed
  OptedOut,  ///< `__rls__ = False`
  Managed,   ///< `__rls__` is given, or the state is a catalog
};

/// relrowsecurity, relforcerowsecurity.
struct RowSecurity {
  Declaration declared = Declaration::None;
  bool enabled = false;
  std::optional<bool> forced;  ///< absent: not managed

  bool operator==(const RowSecurity&) const = default;
};

}  // namespace schema
