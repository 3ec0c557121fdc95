"""In an Alembic project the migrations are revisions that Alembic itself runs."""
import subprocess

import pytest
from conftest import ask, psql

MODEL = """
from sqlalchemy import Column, Integer, MetaData, String, Table, Text

metadata = MetaData()
items = Table("items", metadata, Column("id", Integer, primary_key=True), Column("label", String(20), server_default="a:b 100%\\\\ 'x'"))
"""


@pytest.fixture
def project(tmp_path, database):
    def alembic(*arguments):
        done = subprocess.run(["/usr/bin/alembic", *arguments], cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    alembic("init", "alembic")
    ini = tmp_path / "alembic.ini"
    ini.write_text(ini.read_text().replace("driver://user:pass@localhost/dbname", database))
    (tmp_path / "models.py").write_text(MODEL)
    return tmp_path, alembic


def test_alembic_runs_the_revision_up_and_down(project, database):
    folder, alembic = project
    generated = ask(folder, "generate", "-m", "first items")["generated"]
    assert generated.startswith("alembic/versions/") and generated.endswith("_first_items.py")
    alembic("upgrade", "head")
    assert psql(database, "SELECT count(*) FROM alembic_version") == "1"
    assert psql(database, "INSERT INTO items DEFAULT VALUES RETURNING label") == "a:b 100%\\ 'x'"
    assert ask(folder, "auto")["in_sync"]
    alembic("downgrade", "-1")
    assert psql(database, "SELECT to_regclass('items')") == ""


def test_apply_keeps_alembic_version_in_step(project, database):
    folder, alembic = project
    first = ask(folder, "auto", "--apply", "--execute", "-m", "first")
    assert first["in_sync"] and first["applied_files"]
    (folder / "models.py").write_text(MODEL + "items.append_column(Column('note', Text, index=True))\n")
    second = ask(folder, "auto", "--apply", "--execute", "-m", "note")
    assert second["in_sync"], second
    head = alembic("heads").split()[0]
    assert psql(database, "SELECT version_num FROM alembic_version") == head
    assert alembic("current").split()[0] == head
    alembic("downgrade", "-1")
    assert psql(database, "SELECT count(*) FROM information_schema.columns WHERE column_name = 'note'") == "0"
