#pragma once

#include "app/session.h"
#include "models/read.h"
#include "postgres/connection.h"
#include "rls/settings.h"

namespace app {

/// The models as they are in the files. Their row security is checked here with the provider that the configuration
/// names (plain PostgreSQL for `auto`), so that what is wrong in it is said before any connection is tried.
base::Result<models::Models> read_models(const Session& session);

/// `postgres` or `supabase`: as configured, or by what the database has (its roles and auth.uid()).
base::Result<rls::Provider> provider(const Session& session, postgres::Connection& connection);

/// Makes policies, grants and roles of the declarations, as that server has them (its major version; 0: none yet).
base::Result<void> declare_row_security(const Session& session, rls::Provider provider, int server_major,
                                        models::Models& models);

}  // namespace app
