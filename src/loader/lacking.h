#pragma once

#include <set>
#include <string>

#include "loader/answer.h"
#include "postgres/connection.h"

namespace loader {

/// What statements need that a new server lacks: extensions, and types that something else makes. It is made, or
/// stood in for.
class Lacking {
 public:
  Lacking(const Answer& answer, postgres::Connection& connection) : answer_(answer), connection_(connection) {}

  /// The statement, after what it lacks was made.
  base::Result<void> run(const std::string& sql);

  /// Types that stand in for others: the state names them, and does not have them.
  const std::set<std::string>& types() const { return types_; }
  /// Extensions that this server does not have, or whose types are stood in for.
  const std::set<std::string>& extensions() const { return extensions_; }

 private:
  bool supply(const base::Error& error);
  bool make_extension(const std::string& name);
  bool make_type(const std::string& name);

  const Answer& answer_;
  postgres::Connection& connection_;
  std::set<std::string> tried_;
  std::set<std::string> types_;
  std::set<std::string> extensions_;
};

}  // namespace loader
