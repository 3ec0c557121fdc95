#include "ddl/constraint.h"

#include <gtest/gtest.h>

#include "ddl/ddl_support.h"
#include "diff/story_support.h"

namespace {

using namespace story;

schema::PrimaryKey primary(const std::vector<schema::Name>& columns) {
  schema::PrimaryKey result;
  result.name = {"users_pkey"};
  result.columns = columns;
  return result;
}

schema::ForeignKey reference() {
  schema::ForeignKey result = foreign_key("users_team_fkey", "team", "teams");
  result.on_delete = schema::ReferentialAction::SetNull;
  result.on_delete_columns = {{"team"}};
  result.on_update = schema::ReferentialAction::Cascade;
  result.deferral = schema::Deferral::InitiallyDeferred;
  return result;
}

schema::Exclusion exclusion() {
  schema::Exclusion result;
  result.name = {"no_overlap"};
  schema::Exclusion::Element element;
  element.key.column = {"during"};
  element.operator_name = "&&";
  result.elements = {element};
  result.predicate = schema::Expression{"active"};
  return result;
}

template <class T>
T pending(T constraint) {
  constraint.validated = false;
  return constraint;
}

TEST(Constraint, Added) {
  schema::Unique strict = story::unique("users_email_key", {"email"});
  strict.nulls_not_distinct = true;
  strict.include = {{"id"}};
  tell({
      {"primary key, of an index built first", ddl::create(primary({{"id"}}), busy()), R"(
CREATE UNIQUE INDEX CONCURRENTLY users_pkey ON users (id)
  SHARE UPDATE EXCLUSIVE on users
  outside of transactions
  builds an index
ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP CONSTRAINT users_pkey
)"},
      {"primary key, in the short form", ddl::create(primary({{"id"}}), quiet()), R"(
ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY (id)
  ACCESS EXCLUSIVE on users
  builds an index
  back: ALTER TABLE users DROP CONSTRAINT users_pkey
)"},
      {"unique", ddl::create(strict, busy()), R"(
CREATE UNIQUE INDEX CONCURRENTLY users_email_key ON users (email) INCLUDE (id) NULLS NOT DISTINCT
  SHARE UPDATE EXCLUSIVE on users
  outside of transactions
  builds an index
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE USING INDEX users_email_key
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP CONSTRAINT users_email_key
)"},
      {"unique, on a partitioned table", ddl::create(strict, partitioned()), R"(
ALTER TABLE users ADD CONSTRAINT users_email_key UNIQUE NULLS NOT DISTINCT (email) INCLUDE (id)
  ACCESS EXCLUSIVE on users
  builds an index
  back: ALTER TABLE users DROP CONSTRAINT users_email_key
)"},
      {"check, validated apart", ddl::create(check("positive", "n > 0"), busy()), R"(
ALTER TABLE users ADD CONSTRAINT positive CHECK (n > 0) NOT VALID
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP CONSTRAINT positive
ALTER TABLE users VALIDATE CONSTRAINT positive
  SHARE UPDATE EXCLUSIVE on users
  a transaction of its own
  scans
)"},
      {"check, in the short form", ddl::create(check("positive", "n > 0"), quiet()), R"(
ALTER TABLE users ADD CONSTRAINT positive CHECK (n > 0)
  ACCESS EXCLUSIVE on users
  scans
  back: ALTER TABLE users DROP CONSTRAINT positive
)"},
      {"check that is never validated", ddl::create(pending(check("positive", "n > 0")), busy()), R"(
ALTER TABLE users ADD CONSTRAINT positive CHECK (n > 0) NOT VALID
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP CONSTRAINT positive
)"},
      {"reference, validated apart", ddl::create(reference(), busy()), R"(
ALTER TABLE users ADD CONSTRAINT users_team_fkey FOREIGN KEY (team) REFERENCES teams (id) ON UPDATE CASCADE ON DELETE SET NULL (team) DEFERRABLE INITIALLY DEFERRED NOT VALID
  SHARE ROW EXCLUSIVE on users
  back: ALTER TABLE users DROP CONSTRAINT users_team_fkey
ALTER TABLE users VALIDATE CONSTRAINT users_team_fkey
  SHARE UPDATE EXCLUSIVE on users
  a transaction of its own
  scans
)"},
      {"reference, of a partitioned table", ddl::create(reference(), partitioned()), R"(
ALTER TABLE users ADD CONSTRAINT users_team_fkey FOREIGN KEY (team) REFERENCES teams (id) ON UPDATE CASCADE ON DELETE SET NULL (team) DEFERRABLE INITIALLY DEFERRED
  SHARE ROW EXCLUSIVE on users
  scans
  back: ALTER TABLE users DROP CONSTRAINT users_team_fkey
)"},
      {"exclusion has no gentle form", ddl::create(exclusion(), busy()), R"(
ALTER TABLE users ADD CONSTRAINT no_overlap EXCLUDE USING gist (during WITH &&) WHERE (active)
  ACCESS EXCLUSIVE on users
  builds an index
  back: ALTER TABLE users DROP CONSTRAINT no_overlap
)"},
  });
}

TEST(Constraint, DroppedAndRenamed) {
  tell({
      {"check", ddl::drop(check("positive", "n > 0"), busy()), R"(
ALTER TABLE users DROP CONSTRAINT positive
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users ADD CONSTRAINT positive CHECK (n > 0)
)"},
      {"reference", ddl::drop(reference(), busy()), R"(
ALTER TABLE users DROP CONSTRAINT users_team_fkey
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users ADD CONSTRAINT users_team_fkey FOREIGN KEY (team) REFERENCES teams (id) ON UPDATE CASCADE ON DELETE SET NULL (team) DEFERRABLE INITIALLY DEFERRED
)"},
      {"renamed", ddl::rename(check("a", "n > 0"), check("b", "n > 0"), busy()), R"(
ALTER TABLE users RENAME CONSTRAINT a TO b
  ACCESS EXCLUSIVE on users
  for name
  back: ALTER TABLE users RENAME CONSTRAINT b TO a
)"},
  });
}

TEST(Constraint, Exchanged) {
  tell({
      {"a key, by an index built beside", ddl::replace(primary({{"id"}}), primary({{"id"}, {"part"}}), busy()), R"(
CREATE UNIQUE INDEX CONCURRENTLY users_pkey_new ON users (id, part)
  SHARE UPDATE EXCLUSIVE on users
  outside of transactions
  builds an index
ALTER TABLE users DROP CONSTRAINT users_pkey
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY (id)
ALTER TABLE users ADD CONSTRAINT users_pkey PRIMARY KEY USING INDEX users_pkey_new
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP CONSTRAINT users_pkey
)"},
      {"a check", ddl::replace(check("positive", "n > 0"), check("positive", "n >= 0"), busy()), R"(
ALTER TABLE users DROP CONSTRAINT positive
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users ADD CONSTRAINT positive CHECK (n > 0)
ALTER TABLE users ADD CONSTRAINT positive CHECK (n >= 0) NOT VALID
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP CONSTRAINT positive
ALTER TABLE users VALIDATE CONSTRAINT positive
  SHARE UPDATE EXCLUSIVE on users
  a transaction of its own
  scans
)"},
  });
}

TEST(Constraint, AlteredInPlace) {
  schema::ForeignKey immediate = reference();
  immediate.deferral = schema::Deferral::NotDeferrable;
  tell({
      {"validated at last", ddl::alter(pending(check("c", "n > 0")), check("c", "n > 0"), {"validated"}, busy()), R"(
ALTER TABLE users VALIDATE CONSTRAINT c
  SHARE UPDATE EXCLUSIVE on users
  a transaction of its own
  scans
  for validated
)"},
      {"checked at another time", ddl::alter(reference(), immediate, {"deferral"}, busy()), R"(
ALTER TABLE users ALTER CONSTRAINT users_team_fkey NOT DEFERRABLE
  ACCESS EXCLUSIVE on users
  for deferral
  back: ALTER TABLE users ALTER CONSTRAINT users_team_fkey DEFERRABLE INITIALLY DEFERRED
)"},
      {"another condition needs another check",
       ddl::alter(check("c", "n > 0"), check("c", "n > 1"), {"expression"}, busy()), "\n"},
  });
}

}  // namespace
