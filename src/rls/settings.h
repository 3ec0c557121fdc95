#pragma once

#include <string>
#include <vector>

#include "schema/role.h"

namespace rls {

enum class Provider { Postgres, Supabase };

/// The `[rls]` and `[roles]` sections of the configuration, the provider settled.
struct Settings {
  Provider provider = Provider::Postgres;
  int server_major = 0;  ///< decides what privileges there are; 0: not known yet
  std::string user_setting = "app.user_id";
  std::string admin_role = "app_admin";
  std::string users_table = "users";  ///< `schema.table`, or a name in any schema
  std::string team_column = "team_id";
  std::string membership_table = "team_members";  ///< written into the condition as it stands here
  std::string membership_team_column = "team_id";
  std::string membership_user_column = "user_id";
  std::vector<std::string> app_roles;
  std::vector<schema::Role> roles;  ///< `[roles.NAME]`
};

/// Roles of Supabase itself and `pg_*`: never created, altered or dropped.
bool is_reserved_role(const std::string& name);

}  // namespace rls
