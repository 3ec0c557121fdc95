#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "postgres/connection.h"

namespace postgres::spelling {

/// A statement to be tried in a temporary schema, and what to ask the catalogs afterwards: a query for one text.
struct Question {
  std::string statement;
  std::string query;  ///< empty: the statement only prepares those after it in its group
};

/// Statements that stand on each other, tried together and undone.
using Group = std::vector<Question>;

struct Answer {
  std::optional<std::string> text;  ///< absent where the statement was refused
  std::string sqlstate;
  std::string message;
};

/// One answer to each question of each group, in one round trip and one transaction that is rolled back. The error has
/// the server's SQLSTATE where nothing can be asked at all: 42501 without the TEMP privilege, 25006 on a standby.
base::Result<std::vector<std::vector<Answer>>> answers(Connection& connection, const std::vector<Group>& groups);

}  // namespace postgres::spelling
