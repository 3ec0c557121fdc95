#pragma once

#include "app/outcome.h"
#include "app/session.h"
#include "base/error.h"

/// One function, one file for each command.
namespace app {

base::Result<Outcome> run_auto(const Session& session);
base::Result<Outcome> run_snapshot(const Session& session);
base::Result<Outcome> run_diff(const Session& session);
base::Result<Outcome> run_plan(const Session& session);
base::Result<Outcome> run_generate(const Session& session);
base::Result<Outcome> run_apply(const Session& session);
base::Result<Outcome> run_rls(const Session& session);
base::Result<Outcome> run_rls_explain(const Session& session);
base::Result<Outcome> run_check(const Session& session);
base::Result<Outcome> run_embedded(const Session& session);
base::Result<Outcome> run_skill_install(const Session& session);

}  // namespace app
