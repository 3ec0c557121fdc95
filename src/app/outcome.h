#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/arguments.h"
#include "base/diagnostic.h"
#include "plan/plan.h"
#include "schema/reading.h"

/// What a run of a command leads to, as values: `report` turns it to JSON or text.
namespace app {

/// A step or finding of the row-security report.
struct Finding {
  std::string code;
  std::string severity;  ///< error, warning, info
  std::string object;    ///< quoted full name
  std::string description;
  std::string fix;  ///< SQL; empty if there is none
};

struct PolicyStatus {
  schema::Policy policy;
  std::string origin;  ///< a preset's name, custom, untracked
};

struct TableSecurity {
  schema::QualifiedName table;
  schema::Name owner;
  bool enabled = false;
  bool forced = false;
  schema::Declaration declared = schema::Declaration::None;
  std::vector<PolicyStatus> policies;
  std::vector<Finding> findings;
};

struct SecurityReport {
  std::string provider;  ///< postgres, supabase
  std::vector<TableSecurity> tables;
  std::vector<schema::Role> roles;
  std::vector<Finding> findings;  ///< about what is no table
};

/// What a role may do with a table by one command.
struct Access {
  std::string command;
  std::string access;  ///< all, filtered, denied, error
  std::string why;
  std::vector<std::string> policies;
  std::optional<std::string> using_expr;
  std::optional<std::string> check_expr;
  std::optional<std::int64_t> rows;
  std::optional<std::string> error;
};

struct AccessReport {
  schema::QualifiedName table;
  std::string role;
  std::vector<std::pair<std::string, std::string>> settings;
  std::vector<Access> commands;
};

/// A migration file that is on disk and not applied, or a part of one.
struct Pending {
  std::string version;
  std::string file;
  std::vector<std::string> statements;
};

struct Snapshot {
  schema::Reading desired;
  schema::Database actual;
};

/// The comparison of two states, and the plan from one to the other.
struct Comparison {
  plan::Plan plan;
  std::vector<base::Place> places;  ///< of the plan's differences, one for each
  bool complete = true;             ///< nothing was left out because it could not be understood or compared
  std::vector<std::string> unmanaged;
  std::optional<bool> verified;  ///< the plan was proven on a scratch database
  std::string script;            ///< for plan --sql
};

/// Differences that count as drift.
int drift_count(const Comparison& comparison);

struct Outcome {
  Command command = Command::Auto;
  std::string database;  ///< "PostgreSQL localhost:5432/app"; empty where no database was asked
  std::optional<Comparison> comparison;
  std::vector<Pending> pending;
  base::Diagnostics warnings;
  std::string generated;        ///< the file that was written
  std::optional<bool> applied;  ///< absent: nothing was to be applied
  std::vector<std::string> applied_files;
  std::optional<Snapshot> snapshot;
  std::optional<SecurityReport> security;
  std::optional<AccessReport> access;
  std::vector<std::pair<std::string, std::string>> facts;  ///< of embedded and skill: name and value, in order
};

}  // namespace app
