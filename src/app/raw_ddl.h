#pragma once

#include "app/session.h"
#include "schema/reading.h"

namespace app {

/// What the statements that models send themselves (functions, triggers, constraints of DDL events) make: only a server
/// knows. The desired state is made on a scratch server without them and with them, and what differs is added to it.
/// What the server refuses is a warning at the statement's place.
base::Result<void> take_raw_ddl(const Session& session, schema::Reading& desired);

}  // namespace app
