#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "diff/change.h"
#include "plan/difference.h"
#include "risk/risk.h"
#include "schema/facts.h"

/// Changes ordered, grouped in transactions and assessed. Preview and execution share the very same plan.
namespace plan {

struct Options {
  bool online = true;                ///< forms that do not block a busy table; else the short ones
  std::string lock_timeout = "3s";   ///< as PostgreSQL writes it; empty: none
  int server_version = 150000;       ///< server_version_num
  bool server_checks_bodies = true;  ///< check_function_bodies of the session that applies
  std::map<schema::ColumnName, schema::Expression> backfills;    ///< `--backfill`: values for the rows that are there
  std::map<schema::ColumnName, schema::Expression> conversions;  ///< `--using`, or `__using__`
};

/// One SQL statement, and what is to know about it.
struct Step {
  std::string sql;  ///< without a final semicolon
  risk::Severity risk = risk::Severity::Safe;
  std::vector<risk::Reason> reasons;
  std::string description;            ///< "add column users.phone"
  std::vector<std::string> rollback;  ///< statements that take it back, in the order to run them; empty: nothing to do
  std::string lock;                   ///< "ACCESS EXCLUSIVE", …; empty: none that matters
  schema::QualifiedName locked;       ///< the table that the lock is on
  std::string blocks;                 ///< "nothing", "brief", "writes while the index is built", …
  bool transactional = true;          ///< false: it must not run in a transaction block
  std::optional<int> group;           ///< steps of one number run in one transaction; absent: by itself, in autocommit
  bool rewrites = false;              ///< the table and its indexes are written anew
  bool scans = false;                 ///< all rows are read
  std::optional<std::int64_t> rows;
  std::optional<std::int64_t> bytes;
  bool unsupported = false;  ///< `sql` is a comment: a person has to do what it says
  schema::ObjectId about;

  bool operator==(const Step&) const = default;
};

/// Why the plan must not be written to a file or applied, whatever is forced: it would fail, or take along what
/// nobody asked about. It can be shown.
struct Blocker {
  std::string message;  ///< names the object in the way: "3 rows of …", "view … uses column …"
  std::string hint;     ///< what can be done
  schema::ObjectId about;

  bool operator==(const Blocker&) const = default;
};

struct Plan {
  std::vector<Step> steps;
  std::vector<Difference> differences;
  risk::Severity overall_risk = risk::Severity::Safe;
  std::vector<Blocker> blockers;
  base::Diagnostics warnings;
};

/// What is to be asked about the rows before `make`: names of objects are those that the actual database has now.
std::vector<schema::Probe> probes(const diff::Changes& changes, const schema::Database& desired,
                                  const schema::Database& actual, const Options& options);

/// The tables whose sizes `make` wants to know, under the names that the actual database has now.
std::vector<schema::QualifiedName> tables_touched(const diff::Changes& changes);

Plan make(const diff::Changes& changes, const schema::Database& desired, const schema::Database& actual,
          const schema::Facts& facts, const Options& options);

}  // namespace plan
