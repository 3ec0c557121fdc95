#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "schema/name.h"

/// What the rows say: questions that decide how much a change may hurt, and the answers.
namespace schema {

/// A question about rows. `query` gives one row: how many rows offend (bigint), and an example of them (text or null).
/// It only reads; it is to run READ ONLY, under a timeout, with `public` as search_path.
struct Probe {
  std::string key;      ///< finds the answer again
  QualifiedName table;  ///< the table whose size decides whether asking is affordable
  std::string query;

  bool operator==(const Probe&) const = default;
};

/// The answer to a probe.
struct Answer {
  std::optional<std::int64_t> count;  ///< absent: not asked, or no answer within the timeout
  std::string example;                ///< one of the offending values
  std::string error;                  ///< the server's message where the query itself failed
  std::string sqlstate;               ///< its SQLSTATE: class 22 and 23 speak of the rows

  bool operator==(const Answer&) const = default;
};

/// The catalog's estimates of a table.
struct TableSize {
  std::int64_t rows = 0;   ///< pg_class.reltuples, of all partitions; 0 where it was never counted
  std::int64_t bytes = 0;  ///< pg_total_relation_size
  bool has_rows = true;    ///< whether a row was seen; true where nobody looked

  bool operator==(const TableSize&) const = default;
};

/// Facts about the data, under the names that the objects have now.
struct Facts {
  std::map<QualifiedName, TableSize> tables;
  std::map<std::string, Answer> answers;  ///< by the probe's key

  bool operator==(const Facts&) const = default;
};

}  // namespace schema
