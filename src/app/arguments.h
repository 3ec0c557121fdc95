#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file.h"

namespace app {

enum class Command { Auto, Snapshot, Diff, Plan, Generate, Apply, Rls, RlsExplain, Check, Embedded, SkillInstall };

enum class Colour { Auto, Always, Never };

/// What the caller asked for: the command line as values. Absent options are empty.
struct Arguments {
  Command command = Command::Auto;

  // common to all commands
  bool json = false;
  bool quiet = false;
  bool verbose = false;
  Colour colour = Colour::Auto;
  base::Path path = ".";
  std::string db_url;
  std::vector<std::string> schemas;
  std::vector<std::string> exclude_tables;
  std::string from;
  std::string to;
  bool drop_unmanaged = false;
  std::string loader;
  std::string python;

  // planning
  std::vector<std::string> renames;
  std::vector<std::string> type_renames;
  std::vector<std::string> value_renames;
  std::vector<std::string> using_expressions;
  std::vector<std::string> backfills;
  bool probe = false;
  std::optional<bool> verify;  ///< absent: as configured where a migration is written, else no

  // of some commands
  bool exit_code = false;                   ///< diff, plan, auto, rls: exit 2 on drift (rls: on an error or warning)
  bool strict = false;                      ///< check: what could not be understood counts as drift
  bool sql = false;                         ///< plan: the script alone
  bool generate = false;                    ///< auto
  bool apply = false;                       ///< auto
  bool execute = false;                     ///< auto --apply, apply
  bool force = false;                       ///< danger is accepted
  bool explain = false;                     ///< snapshot: list what is not resolved or not modelled
  std::string message;                      ///< of the migration
  std::string table;                        ///< rls explain
  std::string role;                         ///< rls explain --as
  std::vector<std::string> settings;        ///< rls explain --set
  std::string action;                       ///< embedded: start, stop, status, url, psql
  std::vector<std::string> psql_arguments;  ///< embedded psql: what follows
  std::string directory;                    ///< skill install --dir
};

}  // namespace app
