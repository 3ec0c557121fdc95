"""What people and programs get to see, word for word. `UPDATE_GOLDEN=1 scripts/test end_to_end` writes the files in
golden/ anew, to be reviewed in the diff."""
import json
import os
import pathlib
import re

import pytest

from conftest import psql, run

GOLDEN = pathlib.Path(__file__).parent / "golden"
SUBTITLE = "    subtitle: Mapped[str | None] = mapped_column(String(200))\n"
COMMANDS = {
    "auto.txt": ["auto"],
    "auto.json": ["auto", "--json"],
    "diff.txt": ["diff"],
    "plan.sql": ["plan", "--sql"],
    "check.txt": ["check"],
    "rls.txt": ["rls"],
    "rls.json": ["rls", "--json"],
    "snapshot.txt": ["snapshot"],
}


def edit(folder):
    """A column and an index are new, a type is wider, a comment is gone."""
    post = folder / "app" / "models" / "post.py"
    text = re.sub(r"(    title: .*\n)", r"\1" + SUBTITLE, post.read_text())
    post.write_text(text)
    user = folder / "app" / "models" / "user.py"
    user.write_text(user.read_text().replace("String(254)", "String(320)"))


def same(name, text):
    file = GOLDEN / name
    if os.environ.get("UPDATE_GOLDEN"):
        file.write_text(text)
    assert text == file.read_text(), f"{name} differs: if it should, UPDATE_GOLDEN=1 writes it anew"


def steady(text, database):
    """Without what differs from one run to the next: the name of the database, sizes of its tables."""
    name = database.rsplit("/", 1)[1].split("?")[0]
    socket = re.search(r"host=([^&]+)", database)
    if socket:
        text = text.replace(socket[1], "SOCKET")
    text = re.sub(r"PostgreSQL [^\s\"]+", "PostgreSQL SERVER", text)
    return re.sub(r'"bytes":\d+', '"bytes":0', text.replace(name, "DATABASE"))


@pytest.mark.parametrize("name", COMMANDS)
def test_output(board, database, name):
    first = run(board, "auto", "--apply", "--execute", "--no-verify", "-m", "first", "--db-url", database)
    assert first.returncode == 0, first.stderr
    psql(database, "ANALYZE")
    edit(board)
    done = run(board, *COMMANDS[name], "--db-url", database)
    text = done.stdout
    if name.endswith(".json"):
        answer = json.loads(text)
        answer.pop("roles", None)  # they belong to the server, which other tests use too
        text = json.dumps(answer, indent=2, ensure_ascii=False) + "\n"
        text = re.sub(r'"bytes": \d+', '"bytes": 0', text)
    same(name, steady(text, database))


def test_migration_file(board, database):
    done = run(board, "generate", "-m", "first tables", "--db-url", database)
    assert done.returncode == 0, done.stderr
    [file] = (board / "migrations").glob("*.sql")
    text = re.sub(r"\b\d{14}\b|\b[0-9a-f]{64}\b", "ID", file.read_text())
    same("migration.sql", re.sub(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?\S*", "TIME", text))
