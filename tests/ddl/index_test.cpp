#include "ddl/index.h"

#include <gtest/gtest.h>

#include "ddl/ddl_support.h"
#include "diff/story_support.h"

namespace {

using namespace story;

schema::Index by_email() { return index("ix_email", {"email"}); }

schema::Index intricate() {
  schema::Index result = index("ix", {"a", "b"});
  result.unique = true;
  result.nulls_not_distinct = true;
  result.keys[0].descending = true;
  result.keys[0].nulls_first = true;
  result.keys[1].operator_class = {"", "text_pattern_ops"};
  result.keys[1].collation = {"pg_catalog", "C"};
  result.keys.push_back({});
  result.keys.back().expression = {"lower(c)"};
  result.keys.back().nulls_first = true;
  result.include = {{"d"}};
  result.predicate = schema::Expression{"e > 0"};
  result.storage_parameters = {"fillfactor=70"};
  result.comment = "why";
  return result;
}

schema::Index searchable() {
  schema::Index result = index("ix_text", {"document"});
  result.method = "gin";
  return result;
}

TEST(Index, Created) {
  tell({
      {"on a busy table", ddl::create(by_email(), busy()), R"(
CREATE INDEX CONCURRENTLY ix_email ON users (email)
  SHARE UPDATE EXCLUSIVE on users
  outside of transactions
  builds an index
  back: DROP INDEX ix_email
)"},
      {"in the short form", ddl::create(by_email(), quiet()), R"(
CREATE INDEX ix_email ON users (email)
  SHARE on users
  builds an index
  back: DROP INDEX ix_email
)"},
      {"a partitioned table knows no CONCURRENTLY", ddl::create(by_email(), partitioned()), R"(
CREATE INDEX ix_email ON users (email)
  SHARE on users
  builds an index
  back: DROP INDEX ix_email
)"},
      {"with everything", ddl::create(intricate(), quiet()), R"(
CREATE UNIQUE INDEX ix ON users (a DESC, b COLLATE pg_catalog."C" text_pattern_ops, (lower(c)) NULLS FIRST) INCLUDE (d) NULLS NOT DISTINCT WITH (fillfactor=70) WHERE e > 0
  SHARE on users
  builds an index
  back: DROP INDEX ix
COMMENT ON INDEX ix IS 'why'
)"},
      {"another method", ddl::create(searchable(), quiet()), R"(
CREATE INDEX ix_text ON users USING gin (document)
  SHARE on users
  builds an index
  back: DROP INDEX ix_text
)"},
  });
}

TEST(Index, DroppedAndRenamed) {
  tell({
      {"on a busy table", ddl::drop(by_email(), busy()), R"(
DROP INDEX CONCURRENTLY ix_email
  SHARE UPDATE EXCLUSIVE on users
  outside of transactions
  back: CREATE INDEX ix_email ON users (email)
)"},
      {"in the short form", ddl::drop(by_email(), quiet()), R"(
DROP INDEX ix_email
  ACCESS EXCLUSIVE on users
  back: CREATE INDEX ix_email ON users (email)
)"},
      {"renamed", ddl::rename(by_email(), index("by email", {"email"}), busy()), R"(
ALTER INDEX ix_email RENAME TO "by email"
  SHARE UPDATE EXCLUSIVE on users
  for name
  back: ALTER INDEX "by email" RENAME TO ix_email
)"},
      {"what a failed try left", {ddl::drop_invalid({"public", "users"}, {"ix_email"})}, R"(
DROP INDEX CONCURRENTLY IF EXISTS ix_email
  SHARE UPDATE EXCLUSIVE on users
  outside of transactions
)"},
  });
}

TEST(Index, Replaced) {
  tell({
      {"on a busy table there is always one", ddl::replace(by_email(), index("ix_email", {"email", "id"}), busy()), R"(
CREATE INDEX CONCURRENTLY ix_email_new ON users (email, id)
  SHARE UPDATE EXCLUSIVE on users
  outside of transactions
  builds an index
  back: DROP INDEX ix_email_new
DROP INDEX CONCURRENTLY ix_email
  SHARE UPDATE EXCLUSIVE on users
  outside of transactions
  back: CREATE INDEX ix_email ON users (email)
ALTER INDEX ix_email_new RENAME TO ix_email
  SHARE UPDATE EXCLUSIVE on users
  back: ALTER INDEX ix_email RENAME TO ix_email_new
)"},
      {"in the short form", ddl::replace(by_email(), index("ix_email", {"email", "id"}), quiet()), R"(
DROP INDEX ix_email
  ACCESS EXCLUSIVE on users
  back: CREATE INDEX ix_email ON users (email)
CREATE INDEX ix_email ON users (email, id)
  SHARE on users
  builds an index
  back: DROP INDEX ix_email
)"},
  });
}

TEST(Index, Altered) {
  schema::Index after = by_email();
  after.storage_parameters = {"fillfactor=70"};
  after.comment = "mail";
  after.clustered = true;
  tell({
      {"in place", ddl::alter(by_email(), after, {"storage_parameters", "clustered", "comment"}, busy()), R"(
ALTER INDEX ix_email SET (fillfactor=70)
  SHARE UPDATE EXCLUSIVE on users
  for storage_parameters
  back: ALTER INDEX ix_email RESET (fillfactor)
ALTER TABLE users CLUSTER ON ix_email
  ACCESS EXCLUSIVE on users
  for clustered
  back: ALTER TABLE users SET WITHOUT CLUSTER
COMMENT ON INDEX ix_email IS 'mail'
  for comment
  back: COMMENT ON INDEX ix_email IS NULL
)"},
      {"keys have no statement", ddl::alter(by_email(), index("ix_email", {"id"}), {"keys"}, busy()), "\n"},
  });
}

TEST(Index, NamesStayWithinTheLimit) {
  const std::string name(63, 'x');
  EXPECT_EQ(ddl::temporary_name({name}, "new").text, std::string(59, 'x') + "_new");
}

}  // namespace
