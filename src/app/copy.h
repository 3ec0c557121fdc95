#pragma once

#include "app/compare.h"
#include "app/session.h"
#include "app/state.h"
#include "postgres/scratch.h"

namespace app {

/// The session that compares all of two databases: nothing that a user chose to rename, to leave out or to keep.
Session whole(const Session& session);

/// A new database of the scratch server with everything that `source` has, without rows. An error says what could not
/// be made there; what was made reads back as the same.
base::Result<State> copied(const Session& session, postgres::Scratch& scratch, State& source);

/// The models as a database of a scratch server that lives as long as the state.
base::Result<State> realised(const Session& session, State models);

}  // namespace app
