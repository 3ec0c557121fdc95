#pragma once

#include <gtest/gtest.h>

#include <string>

#include "postgres/catalog.h"
#include "postgres/connection.h"
#include "postgres/scratch.h"

/// A server of this test program's own, and a fresh database of it for each test.
class DatabaseTest : public testing::Test {
 protected:
  DatabaseTest();

  static postgres::Scratch& server();
  static int major() { return server().major(); }

  /// Runs statements that must succeed.
  void run(const std::string& sql);
  schema::Database read(const postgres::ReadOptions& options = {});
  const schema::Table& table(const schema::Database& database, const std::string& name);

  std::string url;
  postgres::Connection connection;
};
