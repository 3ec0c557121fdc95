#include <gtest/gtest.h>

#include "migration/alembic.h"
#include "migration/naming.h"
#include "migration/python_tokens.h"
#include "migration/splitter.h"
#include "migration/template.h"

namespace {

using namespace migration;

std::vector<std::string> texts(std::string_view sql) {
  std::vector<std::string> result;
  for (const Piece& piece : split_sql(sql))
    result.push_back((piece.kind == Piece::Kind::Comment ? "#" : "") + piece.text);
  return result;
}

using Texts = std::vector<std::string>;

TEST(Splitter, EndsOfStatements) {
  EXPECT_EQ(texts("SELECT 1; ;SELECT 2"), (Texts{"SELECT 1", "SELECT 2"}));
  EXPECT_EQ(texts("SELECT ';', E'\\';', \"a;b\", $$;$$, $a$;$$;$a$, $1; x"),
            (Texts{"SELECT ';', E'\\';', \"a;b\", $$;$$, $a$;$$;$a$, $1", "x"}));
  EXPECT_EQ(texts("-- a;\nSELECT 1 /* ; /* ; */ */ + 1 -- ;\n;/* b */"),
            (Texts{"#-- a;", "SELECT 1 /* ; /* ; */ */ + 1 -- ;", "#/* b */"}));
  EXPECT_EQ(texts("CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2); x"),
            (Texts{"CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2)", "x"}));
  const std::string atomic =
      "CREATE OR REPLACE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END";
  EXPECT_EQ(texts(atomic + "; x"), (Texts{atomic, "x"}));
}

TEST(Splitter, WhatDoesNotEnd) {
  for (const char* sql : {"SELECT 'a;", "SELECT \"a;", "SELECT $$;", "SELECT (1;", "/* ;"}) {
    const auto pieces = split_sql(sql);
    ASSERT_EQ(pieces.size(), 1) << sql;
    EXPECT_FALSE(pieces[0].ended) << sql;
  }
  EXPECT_EQ(split_sql("a;\n\nb")[1].line, 3);
}

TEST(Naming, Slugs) {
  EXPECT_EQ(slug("Add phone to Users!", 60), "add_phone_to_users");
  EXPECT_EQ(slug("../../etc/passwd\n\x01", 60), "etc_passwd");
  EXPECT_EQ(slug("User 모델에 phone 필드 추가", 60), "user_모델에_phone_필드_추가");
  EXPECT_EQ(slug("ÄÖ — ü", 60), "äö_ü");
  EXPECT_EQ(slug("…", 60), "");
  EXPECT_EQ(slug("one two three", 9), "one_two");
  EXPECT_EQ(slug("\xff\xfe", 60), "");
}

TEST(PythonText, ReadsBackWhateverItHolds) {
  for (const char* text : {"", "a", "\"", "\"\"\"", "\"\"\"\"x\"", "\\", "\\\"", "a\nb", "a\r\nb\r", "tab\t",
                           "\x01\x7f", "한국어 ü", "end\\", "'''", "%s %(a)s %%", "{x} {{"}) {
    const auto tokens = python_tokens(python_text(text));
    ASSERT_GE(tokens.size(), 1) << text;
    EXPECT_EQ(tokens[0].kind, PythonToken::Kind::String);
    EXPECT_EQ(tokens[0].text, text);
    EXPECT_TRUE(tokens[0].literal);
  }
}

TEST(PythonText, Strings) {
  EXPECT_EQ(python_tokens("r'a\\n'")[0].text, "a\\n");
  EXPECT_EQ(python_tokens("'\\x41\\u00e9\\101\\q'")[0].text,
            "Aé"
            "A\\q");
  EXPECT_FALSE(python_tokens("f'{a}'")[0].literal);
  EXPECT_FALSE(python_tokens("b'a'")[0].literal);
  EXPECT_FALSE(python_tokens("'\\N{BULLET}'")[0].literal);
  EXPECT_FALSE(python_tokens("'abc\n")[0].literal);
}

TEST(TextClause, ColonsComeThrough) {
  for (const char* sql :
       {"a::text", "':x'", "SELECT '12:30', a[1:2], :name", "\\:x", "\\\\:x", ":a:b", "\\::x", "x:y", "::x", ": x",
        "\\: x", "'{\"a\":1,\"b\" :true}'", ":é", "é:x", ":a—b:", "\\:—:", "$:x", ":$x"}) {
    bool binds = true;
    const std::string escaped = text_escaped(sql);
    EXPECT_EQ(text_unescaped(escaped, binds), sql) << escaped;
    EXPECT_FALSE(binds) << escaped;
  }
  EXPECT_EQ(text_escaped("a::text"), "a::text");
  bool binds = false;
  text_unescaped("SELECT :a", binds);
  EXPECT_TRUE(binds);
}

TEST(FileName, TemplatesOfAlembic) {
  const auto name = [](const std::string& pattern) {
    return file_name(pattern, "ab12", "add_phone", "20260304050607").value_or("(invalid)");
  };
  EXPECT_EQ(name("%(rev)s_%(slug)s"), "ab12_add_phone");
  EXPECT_EQ(name("%(year)d_%(month).2d_%(day)02d_%(hour).2d%(minute).2d-%(rev).3s"), "2026_03_04_0506-ab1");
  EXPECT_EQ(name("%(epoch)s_%(second)d"), "1772600767_7");
  EXPECT_EQ(name("%(month)3d%%"), "  3%");
  for (const char* pattern : {"%(nothing)s", "%(rev)d", "%(rev", "%s", "%(rev)s%", "", "x/"})
    EXPECT_EQ(name(pattern), "(invalid)") << pattern;
}

TEST(Template, OfAlembicAndOthers) {
  RevisionParts parts{"say \"\"\" and \\", "ab12", {"c", "d"}, "2026-01-01", "op.execute('x')", "pass"};
  const std::string mako =
      "## gone\n\"\"\"${message}\n\nRevises: ${down_revision | comma,n}\n\"\"\"\nfrom alembic import op\nimport "
      "sqlmodel\n${imports if imports else \"\"}\n"
      "revision: str = ${repr(up_revision)}\ndown_revision = ${repr(down_revision)}\n\ndef upgrade():\n    ${upgrades "
      "if upgrades else \"pass\"}\n";
  const auto text = rendered(mako, parts);
  ASSERT_TRUE(text);
  EXPECT_NE(text->find("import sqlmodel\n"), std::string::npos);
  EXPECT_NE(text->find("down_revision = ('c', 'd')"), std::string::npos);
  EXPECT_EQ(text->find("gone"), std::string::npos);
  EXPECT_FALSE(rendered("% if x:\n", parts));
  EXPECT_FALSE(rendered("${config.get_main_option('x')}\n", parts));
  EXPECT_NE(plain_revision("import sqlmodel\n% if x:\n", parts).find("import sqlmodel\n"), std::string::npos);
}

constexpr const char* foreign = R"py(
"""A revision
of somebody."""
from alembic import op
import sqlalchemy as sa

revision: str = "aaaa1111"
down_revision: str | None = ("bbbb", 'cccc')  # two
branch_labels = ['x',]
depends_on = None


def upgrade() -> None:
    """Does it."""
    op.execute("CREATE TABLE a (x int)")  # why
    op.execute(
        sa.text(
            "CREATE TABLE b ("
            "y text DEFAULT '\:z')"
        ),
    )
    with op.get_context().autocommit_block():
        op.execute("CREATE INDEX CONCURRENTLY i ON a (x)")
    op.execute("SELECT 1")


def downgrade():
    pass
)py";

TEST(Revision, OfOtherHands) {
  const Migration revision = read_alembic(foreign);
  EXPECT_EQ(revision.version, "aaaa1111");
  EXPECT_EQ(revision.revises, (std::vector<std::string>{"bbbb", "cccc"}));
  EXPECT_EQ(revision.branch_labels, std::vector<std::string>{"x"});
  EXPECT_EQ(revision.message, "A revision");
  EXPECT_EQ(revision.not_runnable, "");
  EXPECT_FALSE(revision.ours);
  ASSERT_EQ(revision.up.size(), 4);
  EXPECT_EQ(revision.up[1].sql, "CREATE TABLE b (y text DEFAULT ':z')");
  EXPECT_EQ(revision.up[0].group, revision.up[1].group);
  EXPECT_FALSE(revision.up[2].transactional);
  EXPECT_NE(revision.up[3].group, revision.up[0].group);
  EXPECT_EQ(revision.created_tables.size(), 2);
}

TEST(Revision, ThatOnlyAlembicCanRun) {
  const std::string head = "revision = 'a'\ndown_revision = None\ndef upgrade():\n    ";
  for (const char* body :
       {"op.create_table('t', sa.Column('x', sa.Integer()), schema='s')", "op.execute(f'DROP TABLE {x}')",
        "op.execute('SELECT :bind')", "op.execute('a'.upper())", "if True:\n        op.execute('x')",
        "op.execute('a', execution_options={})", "op.execute(SQL)", "bind = op.get_bind()"}) {
    const Migration revision = read_alembic(head + body + "\n");
    EXPECT_NE(revision.not_runnable, "") << body;
  }
  const Migration created = read_alembic(head + "op.create_table('t', sa.Column('x', sa.Integer()), schema='s')\n");
  ASSERT_EQ(created.created_tables.size(), 1);
  EXPECT_EQ(created.created_tables[0], (schema::QualifiedName{"s", "t"}));
}

TEST(Revision, WhatIsNoneOrCannotBePlaced) {
  EXPECT_EQ(read_alembic("x = 1\n").version, "");
  EXPECT_EQ(read_alembic("def f():\n    revision = 'a'\n").version, "");
  EXPECT_NE(read_alembic("revision = 'a'\n").invalid, "");
  EXPECT_NE(read_alembic("revision = 'a'\ndown_revision = previous()\n").invalid, "");
  EXPECT_EQ(read_alembic("\"\"\"revision = 'no'\"\"\"\nrevision = 'a'; down_revision = None\n").version, "");
}

}  // namespace
