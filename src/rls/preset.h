#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "rls/declaration.h"
#include "rls/settings.h"
#include "schema/database.h"

namespace rls {

/// What the conditions of a table's presets are made from.
struct Context {
  const Settings& settings;
  const Declaration& declaration;
  const schema::Table& table;
  const schema::Database& database;  ///< all models: the users table and the membership table are looked for in it
};

/// A preset's condition for one command, and the roles it is for (none: PUBLIC).
struct Condition {
  std::string expression;
  std::vector<std::string> roles;
};

bool is_preset(const std::string& name);

/// The names of the presets, for messages: "owner, authenticated, …".
std::string preset_names();

/// RLS_INVALID where the table lacks what the condition needs: an owner column, a membership table.
base::Result<Condition> preset_condition(const Context& context, const std::string& preset,
                                         schema::PolicyCommand command);

}  // namespace rls
