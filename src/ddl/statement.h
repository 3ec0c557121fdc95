#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "schema/name.h"

namespace ddl {

/// Table locks, weakest first.
enum class Lock {
  None,
  AccessShare,
  RowShare,
  RowExclusive,
  ShareUpdateExclusive,
  Share,
  ShareRowExclusive,
  Exclusive,
  AccessExclusive
};

/// "ACCESS EXCLUSIVE"; empty for none.
std::string_view text(Lock lock);

/// Where in a plan a statement belongs if nothing that it depends on moves it.
enum class Stage {
  Prepare,     ///< before anything else, committed: what the rest needs to see
  Main,        ///< short changes of the catalog, all in one transaction
  Backfill,    ///< values for the rows that are there, in batches
  Validate,    ///< reading all rows under a weak lock, each in a transaction of its own
  Concurrent,  ///< index builds that block nobody, outside transactions
  Finish,      ///< short changes that needed the above
  Remove,      ///< what goes, last
};

/// One SQL statement and what it does.
struct Statement {
  std::string sql;  ///< without a final semicolon
  std::string description;
  std::vector<std::string> rollback;  ///< takes it back; to be run in this order, in one transaction
  Lock lock = Lock::None;
  schema::QualifiedName table;  ///< that the lock is on
  Stage stage = Stage::Main;
  bool transactional = true;  ///< false: must not run in a transaction block
  bool alone = false;         ///< wants a transaction of its own
  bool rewrites = false;
  bool scans = false;
  bool builds_index = false;
  bool unsupported = false;         ///< `sql` is a comment that says what a person has to do
  std::vector<std::string> fields;  ///< of an Alter: the attributes that it brings about

  bool operator==(const Statement&) const = default;
};

using Statements = std::vector<Statement>;

/// The texts alone.
std::vector<std::string> texts(const Statements& statements);

/// `statements`, the first of which carries the rollback of all.
Statements undone_by(Statements statements, const Statements& rollback);

void append(Statements& to, Statements more);

}  // namespace ddl
