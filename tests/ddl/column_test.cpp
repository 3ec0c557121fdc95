#include "ddl/column.h"

#include <gtest/gtest.h>

#include "ddl/ddl_support.h"
#include "diff/story_support.h"

namespace {

using namespace story;

schema::Column defaulted(const std::string& name, const schema::TypeName& type, const std::string& value) {
  schema::Column result = column(name, type);
  result.server_default = schema::Expression{value};
  return result;
}

schema::Column required(schema::Column column) {
  column.not_null = true;
  return column;
}

schema::Column serial(const std::string& name) {
  schema::Column result = required(column(name));
  result.serial = schema::Serial{{}, schema::default_sequence_options("integer")};
  return result;
}

schema::Column identity(const std::string& name, bool always) {
  schema::Column result = required(column(name));
  result.identity = schema::Identity{always, schema::default_sequence_options("integer")};
  return result;
}

schema::Column generated(const std::string& name, const std::string& expression) {
  schema::Column result = column(name);
  result.generated = schema::Generated{{expression}, true};
  return result;
}

ddl::Statements alter(const schema::Column& before, const schema::Column& after, const ddl::Fields& fields) {
  return ddl::alter(before, after, fields, busy());
}

ddl::Statements retype(const schema::Column& before, const schema::Column& after, schema::Cast cast) {
  return {ddl::retyped({"public", "users"}, {{.before = before, .after = after, .cast = cast, .conversion = {}}})};
}

TEST(Column, Added) {
  schema::Column described = column("phone", text());
  described.comment = "with +";
  described.storage = "EXTERNAL";
  described.statistics = 500;
  tell({
      {"nullable", ddl::create(column("phone", text()), busy()), R"(
ALTER TABLE users ADD COLUMN phone TEXT
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP COLUMN phone
)"},
      {"a stable default costs nothing", ddl::create(required(defaulted("since", text(), "now()")), busy()), R"(
ALTER TABLE users ADD COLUMN since TEXT DEFAULT now() NOT NULL
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP COLUMN since
)"},
      {"a default of its own for each row", ddl::create(defaulted("key", text(), "gen_random_uuid()"), busy()), R"(
ALTER TABLE users ADD COLUMN key TEXT DEFAULT gen_random_uuid()
  ACCESS EXCLUSIVE on users
  rewrites
  back: ALTER TABLE users DROP COLUMN key
)"},
      {"serial", ddl::create(serial("number"), busy()), R"(
ALTER TABLE users ADD COLUMN number SERIAL NOT NULL
  ACCESS EXCLUSIVE on users
  rewrites
  back: ALTER TABLE users DROP COLUMN number
)"},
      {"identity", ddl::create(identity("number", true), busy()), R"(
ALTER TABLE users ADD COLUMN number INTEGER GENERATED ALWAYS AS IDENTITY NOT NULL
  ACCESS EXCLUSIVE on users
  rewrites
  back: ALTER TABLE users DROP COLUMN number
)"},
      {"computed", ddl::create(generated("double", "n * 2"), busy()), R"(
ALTER TABLE users ADD COLUMN double INTEGER GENERATED ALWAYS AS (n * 2) STORED
  ACCESS EXCLUSIVE on users
  rewrites
  back: ALTER TABLE users DROP COLUMN double
)"},
      {"with all that comes after", ddl::create(described, busy()), R"(
ALTER TABLE users ADD COLUMN phone TEXT
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP COLUMN phone
ALTER TABLE users ALTER COLUMN phone SET STORAGE EXTERNAL
  ACCESS EXCLUSIVE on users
ALTER TABLE users ALTER COLUMN phone SET STATISTICS 500
  ACCESS EXCLUSIVE on users
COMMENT ON COLUMN users.phone IS 'with +'
)"},
      {"a name that has to be quoted", ddl::create(column("Sel\"ect", text()), busy()), R"(
ALTER TABLE users ADD COLUMN "Sel""ect" TEXT
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP COLUMN "Sel""ect"
)"},
  });
}

TEST(Column, AddedAndFilled) {
  const schema::Column phone = required(column("phone", text()));
  tell({
      {"few rows: one update", ddl::create_filled(phone, {"'-'"}, 100, busy()), R"(
ALTER TABLE users ADD COLUMN phone TEXT
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP COLUMN phone
UPDATE users SET phone = '-' WHERE phone IS NULL
  ROW EXCLUSIVE on users
  a transaction of its own
  scans
ALTER TABLE users ADD CONSTRAINT users_phone_is_not_null CHECK (phone IS NOT NULL) NOT VALID
  ACCESS EXCLUSIVE on users
ALTER TABLE users VALIDATE CONSTRAINT users_phone_is_not_null
  SHARE UPDATE EXCLUSIVE on users
  a transaction of its own
  scans
ALTER TABLE users ALTER COLUMN phone SET NOT NULL
  ACCESS EXCLUSIVE on users
  for not_null
  back: ALTER TABLE users ALTER COLUMN phone DROP NOT NULL
ALTER TABLE users DROP CONSTRAINT users_phone_is_not_null
  ACCESS EXCLUSIVE on users
)"},
      {"many rows: in batches", ddl::create_filled(column("phone", text()), {"'-'"}, 1'000'000, busy()), R"(
ALTER TABLE users ADD COLUMN phone TEXT
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP COLUMN phone
DO $batches$
DECLARE
  first bigint := 0;
  last bigint := pg_relation_size('users'::regclass) / current_setting('block_size')::bigint;
BEGIN
  WHILE first <= last LOOP
    UPDATE users SET phone = '-' WHERE phone IS NULL
      AND ctid >= format('(%s,0)', first)::tid AND ctid < format('(%s,0)', first + 1000)::tid;
    COMMIT;
    first := first + 1000;
  END LOOP;
END
$batches$
  ROW EXCLUSIVE on users
  outside of transactions
  scans
)"},
      {"in the short form", ddl::create_filled(phone, {"'-'"}, 1'000'000, quiet()), R"(
ALTER TABLE users ADD COLUMN phone TEXT
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users DROP COLUMN phone
UPDATE users SET phone = '-' WHERE phone IS NULL
  ROW EXCLUSIVE on users
  scans
ALTER TABLE users ALTER COLUMN phone SET NOT NULL
  ACCESS EXCLUSIVE on users
  scans
  for not_null
  back: ALTER TABLE users ALTER COLUMN phone DROP NOT NULL
)"},
  });
}

TEST(Column, DroppedAndRenamed) {
  tell({
      {"dropped", ddl::drop(defaulted("phone", text(), "'-'::text"), busy()), R"(
ALTER TABLE users DROP COLUMN phone
  ACCESS EXCLUSIVE on users
  back: ALTER TABLE users ADD COLUMN phone TEXT DEFAULT '-'::text
)"},
      {"renamed", ddl::rename(column("phone"), column("telephone"), busy()), R"(
ALTER TABLE users RENAME COLUMN phone TO telephone
  ACCESS EXCLUSIVE on users
  for name
  back: ALTER TABLE users RENAME COLUMN telephone TO phone
)"},
      {"the counter follows", ddl::rename(identity("number", true), identity("no", true), busy()), R"(
ALTER TABLE users RENAME COLUMN number TO no
  ACCESS EXCLUSIVE on users
  for name
  back: ALTER TABLE users RENAME COLUMN no TO number
ALTER SEQUENCE IF EXISTS users_number_seq RENAME TO users_no_seq
  back: ALTER SEQUENCE IF EXISTS users_no_seq RENAME TO users_number_seq
)"},
  });
}

TEST(Column, Nullability) {
  tell({
      {"not null, on a busy table", ddl::nullability_changed(required(column("phone")), busy()), R"(
ALTER TABLE users ADD CONSTRAINT users_phone_is_not_null CHECK (phone IS NOT NULL) NOT VALID
  ACCESS EXCLUSIVE on users
ALTER TABLE users VALIDATE CONSTRAINT users_phone_is_not_null
  SHARE UPDATE EXCLUSIVE on users
  a transaction of its own
  scans
ALTER TABLE users ALTER COLUMN phone SET NOT NULL
  ACCESS EXCLUSIVE on users
  for not_null
  back: ALTER TABLE users ALTER COLUMN phone DROP NOT NULL
ALTER TABLE users DROP CONSTRAINT users_phone_is_not_null
  ACCESS EXCLUSIVE on users
)"},
      {"not null, in the short form", ddl::nullability_changed(required(column("phone")), quiet()), R"(
ALTER TABLE users ALTER COLUMN phone SET NOT NULL
  ACCESS EXCLUSIVE on users
  scans
  for not_null
  back: ALTER TABLE users ALTER COLUMN phone DROP NOT NULL
)"},
      {"nullable", ddl::nullability_changed(column("phone"), busy()), R"(
ALTER TABLE users ALTER COLUMN phone DROP NOT NULL
  ACCESS EXCLUSIVE on users
  for not_null
  back: ALTER TABLE users ALTER COLUMN phone SET NOT NULL
)"},
  });
}

TEST(Column, Type) {
  tell({
      {"assigned", retype(column("n"), column("n", {"", "bigint", "", false}), schema::Cast::Assignment), R"(
ALTER TABLE users ALTER COLUMN n TYPE BIGINT
  ACCESS EXCLUSIVE on users
  for type, collation
  back: ALTER TABLE users ALTER COLUMN n TYPE INTEGER
)"},
      {"cast", retype(column("n", text()), column("n"), schema::Cast::Explicit), R"(
ALTER TABLE users ALTER COLUMN n TYPE INTEGER USING n::INTEGER
  ACCESS EXCLUSIVE on users
  for type, collation
  back: ALTER TABLE users ALTER COLUMN n TYPE TEXT
)"},
      {"the default goes and comes",
       retype(defaulted("n", text(), "'1'::text"), defaulted("n", integer(), "1"), schema::Cast::Explicit), R"(
ALTER TABLE users ALTER COLUMN n DROP DEFAULT, ALTER COLUMN n TYPE INTEGER USING n::INTEGER, ALTER COLUMN n SET DEFAULT 1
  ACCESS EXCLUSIVE on users
  for type, collation
  back: ALTER TABLE users ALTER COLUMN n DROP DEFAULT, ALTER COLUMN n TYPE TEXT, ALTER COLUMN n SET DEFAULT '1'::text
)"},
      {"an enum goes through text",
       retype(column("n", {"public", "a", "", false}), column("n", {"public", "b", "", false}), schema::Cast::ViaText),
       R"(
ALTER TABLE users ALTER COLUMN n TYPE b USING n::text::b
  ACCESS EXCLUSIVE on users
  for type, collation
  back: ALTER TABLE users ALTER COLUMN n TYPE a USING n::text::a
)"},
  });
}

TEST(Column, SourceOfValues) {
  tell({
      {"a default set", alter(column("n"), defaulted("n", integer(), "1"), {"server_default"}), R"(
ALTER TABLE users ALTER COLUMN n SET DEFAULT 1
  ACCESS EXCLUSIVE on users
  for server_default, serial, identity, generated
  back: ALTER TABLE users ALTER COLUMN n DROP DEFAULT
)"},
      {"a default dropped", alter(defaulted("n", integer(), "1"), column("n"), {"server_default"}), R"(
ALTER TABLE users ALTER COLUMN n DROP DEFAULT
  ACCESS EXCLUSIVE on users
  for server_default, serial, identity, generated
  back: ALTER TABLE users ALTER COLUMN n SET DEFAULT 1
)"},
      {"serial becomes identity and counts on", alter(serial("id"), identity("id", false), {"identity", "serial"}), R"(
ALTER TABLE users ALTER COLUMN id DROP DEFAULT
  ACCESS EXCLUSIVE on users
  for server_default, serial, identity, generated
  back: CREATE SEQUENCE users_id_seq_new AS integer
  back: SELECT setval('users_id_seq_new', coalesce(v.last, 1), v.last IS NOT NULL) FROM (SELECT greatest(pg_sequence_last_value(pg_get_serial_sequence('users', 'id')::regclass), (SELECT CASE WHEN max(id) >= 1 THEN max(id)::bigint END FROM users)) AS last) AS v
  back: ALTER TABLE users ALTER COLUMN id DROP IDENTITY
  back: ALTER SEQUENCE users_id_seq_new RENAME TO users_id_seq
  back: ALTER SEQUENCE users_id_seq OWNED BY users.id
  back: ALTER TABLE users ALTER COLUMN id SET DEFAULT nextval('users_id_seq'::regclass)
ALTER SEQUENCE users_id_seq OWNED BY NONE
  ACCESS EXCLUSIVE on users
  for server_default, serial, identity, generated
ALTER SEQUENCE users_id_seq RENAME TO users_id_seq_old
  ACCESS EXCLUSIVE on users
  for server_default, serial, identity, generated
ALTER TABLE users ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY
  ACCESS EXCLUSIVE on users
  for server_default, serial, identity, generated
SELECT setval(pg_get_serial_sequence('users', 'id'), coalesce(v.last, 1), v.last IS NOT NULL) FROM (SELECT greatest((SELECT CASE WHEN is_called THEN last_value WHEN last_value > 1 THEN last_value - 1 END FROM users_id_seq_old), (SELECT CASE WHEN max(id) >= 1 THEN max(id)::bigint END FROM users)) AS last) AS v
  ACCESS EXCLUSIVE on users
  for server_default, serial, identity, generated
DROP SEQUENCE users_id_seq_old
  ACCESS EXCLUSIVE on users
  for server_default, serial, identity, generated
)"},
      {"identity becomes stricter", alter(identity("id", false), identity("id", true), {"identity"}), R"(
ALTER TABLE users ALTER COLUMN id SET GENERATED ALWAYS
  ACCESS EXCLUSIVE on users
  for server_default, serial, identity, generated
  back: ALTER TABLE users ALTER COLUMN id SET GENERATED BY DEFAULT
)"},
      {"no longer computed", alter(generated("n", "m * 2"), column("n"), {"generated"}), R"(
ALTER TABLE users ALTER COLUMN n DROP EXPRESSION
  ACCESS EXCLUSIVE on users
  for server_default, serial, identity, generated
  back: ALTER TABLE users DROP COLUMN n
  back: ALTER TABLE users ADD COLUMN n INTEGER GENERATED ALWAYS AS (m * 2) STORED
)"},
      {"an ordinary column cannot become computed", alter(column("n"), generated("n", "m * 2"), {"generated"}), "\n"},
  });
}

TEST(Column, Attributes) {
  schema::Column changed = column("n", text());
  changed.comment = "it's";
  changed.storage = "EXTERNAL";
  changed.statistics = 100;
  changed.compression = "pglz";
  changed.options = {"n_distinct=5"};
  tell({{"all of them",
         alter(column("n", text()), changed, {"comment", "storage", "compression", "statistics", "options"}),
         R"(
ALTER TABLE users ALTER COLUMN n SET STORAGE EXTERNAL
  ACCESS EXCLUSIVE on users
  for storage
  back: ALTER TABLE users ALTER COLUMN n SET STORAGE EXTENDED
ALTER TABLE users ALTER COLUMN n SET COMPRESSION pglz
  ACCESS EXCLUSIVE on users
  for compression
  back: ALTER TABLE users ALTER COLUMN n SET COMPRESSION default
ALTER TABLE users ALTER COLUMN n SET STATISTICS 100
  SHARE UPDATE EXCLUSIVE on users
  for statistics
  back: ALTER TABLE users ALTER COLUMN n SET STATISTICS -1
ALTER TABLE users ALTER COLUMN n SET (n_distinct=5)
  SHARE UPDATE EXCLUSIVE on users
  for options
  back: ALTER TABLE users ALTER COLUMN n RESET (n_distinct)
COMMENT ON COLUMN users.n IS 'it''s'
  for comment
  back: COMMENT ON COLUMN users.n IS NULL
)"}});
}

}  // namespace
