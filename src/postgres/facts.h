#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "base/error.h"
#include "postgres/connection.h"
#include "schema/facts.h"

namespace postgres {

struct FactOptions {
  std::chrono::milliseconds probe_timeout{2'000};  ///< for one probe
  std::chrono::milliseconds budget{10'000};        ///< for all of them: those after it have no answer
  std::int64_t largest_table = 256 << 20;          ///< in bytes: larger tables are not probed
  bool probe_all = false;                          ///< `--probe`: whatever the table's size, without a budget
};

/// Sizes of the tables, and whether they have a row; then the answers to the probes. Everything only reads, waits for
/// no lock, and sees all rows or none: where row security would hide some, a probe has no answer.
base::Result<schema::Facts> facts(Connection& connection, const std::vector<schema::QualifiedName>& tables,
                                  const std::vector<schema::Probe>& probes, const FactOptions& options = {});

}  // namespace postgres
