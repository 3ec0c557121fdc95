#include "server_support.h"

#include <stdexcept>

namespace {
template <class T>
T valid(base::Result<T> result) {
  if (!result) throw std::runtime_error(result.error().message);
  return std::move(*result);
}
}  // namespace

postgres::Scratch& DatabaseTest::server() {
  static postgres::Scratch scratch = valid(postgres::Scratch::start());
  return scratch;
}

DatabaseTest::DatabaseTest()
    : url(valid(server().new_database())), connection(valid(postgres::Connection::open(url))) {}

void DatabaseTest::run(const std::string& sql) {
  const base::Result<void> done = connection.execute(sql);
  ASSERT_TRUE(done) << done.error().message << "\n" << sql;
}

schema::Database DatabaseTest::read(const postgres::ReadOptions& options) {
  base::Result<schema::Database> database = postgres::read(connection, options);
  if (!database) throw std::runtime_error(database.error().message);
  return std::move(*database);
}

const schema::Table& DatabaseTest::table(const schema::Database& database, const std::string& name) {
  const schema::Table* found = schema::find_table(database, {"public", name});
  if (found == nullptr) throw std::runtime_error("no table " + name);
  return *found;
}
