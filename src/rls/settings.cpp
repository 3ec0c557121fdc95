#include "rls/settings.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace rls {

bool is_reserved_role(const std::string& name) {
  constexpr std::array<std::string_view, 13> supabase{"anon",
                                                      "authenticated",
                                                      "service_role",
                                                      "authenticator",
                                                      "postgres",
                                                      "supabase_admin",
                                                      "supabase_auth_admin",
                                                      "supabase_storage_admin",
                                                      "supabase_read_only_user",
                                                      "supabase_replication_admin",
                                                      "dashboard_user",
                                                      "pgbouncer",
                                                      "supabase_realtime_admin"};
  return name.starts_with("pg_") || std::ranges::find(supabase, name) != supabase.end();
}

}  // namespace rls
