#pragma once

#include <chrono>

#include "postgres/connection.h"

namespace migration {

/// While it lives, SIGINT and SIGTERM cancel the running statement on the server instead of ending the program; a
/// second one ends it. One at a time.
class Interruption {
 public:
  explicit Interruption(const postgres::Connection& connection);
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;

  bool requested() const;
  /// Sleeps, but wakes up at a signal.
  void sleep(std::chrono::milliseconds time) const;
};

}  // namespace migration
