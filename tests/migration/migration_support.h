#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "base/file.h"
#include "migration/execution.h"
#include "migration/store.h"
#include "postgres/connection.h"
#include "postgres/scratch.h"

/// A project folder that lives as long as the test.
class ProjectTest : public testing::Test {
 protected:
  ProjectTest();
  ~ProjectTest() override;

  void put(const std::string& name, const std::string& text) const;
  std::string get(const base::Path& path) const;
  /// Makes it an Alembic project with the files of Debian's generic template, for a database.
  void make_alembic(const std::string& url);
  /// Writes a migration; the statements up run in one transaction.
  migration::Migration write(const std::string& message, const std::vector<std::string>& up,
                             const std::vector<std::string>& down = {});
  migration::Migration write(migration::Migration migration);
  std::vector<migration::Migration> all() const;

  base::Path root;
  migration::Store store;
};

/// A fresh database of this program's own server beside it.
class ApplyTest : public ProjectTest {
 protected:
  ApplyTest();

  void run(const std::string& sql);
  /// The first value of the first row.
  std::string value(const std::string& sql);
  base::Result<std::vector<migration::Migration>> pending();
  /// Applies all that is pending.
  base::Result<void> apply();
  migration::History history();

  std::string url;
  postgres::Connection connection;
  migration::ExecutionOptions options;
  std::vector<std::string> told;  ///< progress
};

migration::Statement in_group(const std::string& sql, int group, const std::string& description = "");
migration::Statement alone(const std::string& sql, bool transactional = false);
