#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/file.h"
#include "plan/plan.h"

/// Migration files: what was planned, written down so that a person can review it and exactly that runs.
namespace migration {

/// One SQL statement of a migration.
struct Statement {
  std::string sql;  ///< without a final semicolon
  bool transactional = true;
  std::optional<int> group;  ///< statements of one number run in one transaction; absent: by itself
  std::string description;

  bool operator==(const Statement&) const = default;
};

/// A migration: as it is to be written, or as it was read from a file.
struct Migration {
  std::string version;               ///< the time of writing, or Alembic's revision id
  std::vector<std::string> revises;  ///< the versions it stands on (Alembic)
  std::vector<std::string> depends_on;
  std::vector<std::string> branch_labels;
  std::string message;
  base::Path file;  ///< empty until it is written
  std::vector<Statement> up;
  std::vector<Statement> down;
  std::string plan;                  ///< fingerprint of the plan that it was made from
  std::vector<std::string> tables;   ///< those that the models described then, as schema.table
  std::vector<std::string> dangers;  ///< descriptions of its steps of risk danger
  std::string checksum;              ///< of the file's text without the line that records it
  bool ours = true;                  ///< written by this program
  bool edited = false;               ///< the recorded checksum is not that of the text
  std::string not_runnable;          ///< why the program cannot run it; empty if it can
  std::string invalid;               ///< why its place among the others cannot be told; empty if it can
  std::vector<schema::QualifiedName> created_tables;  ///< an empty schema is the default one
};

/// Identifies what the migration does, wherever and however it is written: sha256 in hexadecimal.
std::string statements_checksum(const Migration& migration);

/// Each statement by itself, without its semicolon; nothing that is only a comment.
Migration normalised(Migration migration);

/// The same statements, run together in the same way.
bool does_the_same(const Migration& one, const Migration& other);

/// The tables that the statements create.
std::vector<schema::QualifiedName> tables_created(const std::vector<Statement>& statements);

/// The plan as a migration, neither numbered nor written yet.
Migration drafted(const plan::Plan& plan, const std::string& message, const std::vector<schema::QualifiedName>& tables);

}  // namespace migration
