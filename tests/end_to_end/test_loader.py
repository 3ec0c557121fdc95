"""`--loader python`: the project's own Python imports the models."""
import os
import subprocess
import time

import pytest
from conftest import ask, psql, run

PYTHON = "/usr/bin/python3"  # the one that has SQLAlchemy here
LOADER = ("--loader", "python", "--python", PYTHON)
NOWHERE = "postgresql://app:s3cret@127.0.0.1:1/shop"
MODEL = '''
import os
from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, MetaData, String, func
from sqlalchemy.orm import declarative_base

Base = declarative_base(metadata=MetaData(naming_convention={"ix": "ix_%(column_0_label)s"}))
SUFFIX = open(os.path.join(os.path.dirname(__file__), "suffix.txt")).read().strip()


def made(number):
    return type("Part%d" % number, (Base,), {
        "__tablename__": "part_%d_%s" % (number, SUFFIX),
        "id": Column(Integer, primary_key=True),
        "name": Column(String(int(os.urandom(1)[0] * 0 + 30)), nullable=False, index=True, comment="its name"),
    })


parts = [made(number) for number in range(3)]


class Post(Base):
    __tablename__ = "posts"
    __table_args__ = (CheckConstraint("length(title) > 2"), Index("ix_posts_lower", func.lower("title")))
    __rls__ = {"select": "public_read", "update": "owner"}
    __rls_owner__ = "writer"
    id = Column(Integer, primary_key=True)
    title = Column(String, unique=True)
    writer = Column("written_by", String)
'''


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "models.py").write_text(MODEL)
    (folder / "suffix.txt").write_text("x")
    return folder


def failure(folder, *arguments, **options):
    answer = ask(folder, "auto", "--db-url", NOWHERE, *arguments, **options)
    assert answer["exit"] == 1
    return answer


def test_what_only_running_tells(project, database):
    answer = ask(project, "auto", "--db-url", database, *LOADER)
    assert answer["complete"] and not answer["warnings"]
    tables = {diff["tbl"]: diff for diff in answer["diffs"] if diff["type"] == "table_added"}
    assert set(tables) == {"part_0_x", "part_1_x", "part_2_x", "posts"}
    assert tables["posts"]["file"] == "models.py" and tables["posts"]["line"] == MODEL.splitlines().index("class Post(Base):") + 1
    done = ask(project, "auto", "--apply", "--execute", "--force", "-m", "all", "--db-url", database, *LOADER)
    assert done["applied"] and done["in_sync"]
    assert psql(database, "SELECT count(*) FROM pg_policy WHERE polrelid = 'posts'::regclass") == "2"
    assert psql(database, "SELECT polqual IS NOT NULL AND pg_get_expr(polqual, polrelid) LIKE '%written_by%' FROM pg_policy WHERE polcmd = 'w'") == "t"


def test_names_that_the_server_chose_are_open(project, database):
    psql(database, "CREATE TABLE posts (id serial PRIMARY KEY, title varchar, written_by varchar,"
                   " CONSTRAINT named_otherwise UNIQUE (title), CONSTRAINT also CHECK (length(title) > 2));"
                   "CREATE INDEX ix_posts_lower ON posts (lower('title'))")
    answer = ask(project, "diff", "--db-url", database, *LOADER)
    assert not [diff for diff in answer["diffs"] if diff["tbl"] == "posts" and not diff["type"].startswith("rls")]


def test_both_loaders_say_the_same(board, database):
    (board / "requirements.txt").write_text("sqlalchemy>=2.0\n")
    script = ask(board, "plan", "--db-url", database)
    if subprocess.run([PYTHON, "-c", "import sqlalchemy.orm as o; o.mapped_column"], capture_output=True).returncode:
        assert failure(board, *LOADER)["error"] in ("MODEL_INVALID", "CONFIG_INVALID")  # SQLAlchemy 1.4 is too old
        return
    assert [s["sql"] for s in ask(board, "plan", "--db-url", database, *LOADER)["plan"]["steps"]] == [s["sql"] for s in script["plan"]["steps"]]


def test_python_is_missing(project):
    answer = failure(project, "--loader", "python", "--python", "/no/such/python")
    assert answer["error"] == "CONFIG_INVALID" and "/no/such/python: No such file" in answer["message"] and "--python" in answer["hint"]
    answer = failure(project, "--loader", "python", "--python", "/bin/false")
    assert answer["error"] == "CONFIG_INVALID" and "status 1" in answer["message"]
    answer = failure(project, "--loader", "python", "--python", "/bin/echo")
    assert answer["error"] == "CONFIG_INVALID" and answer["hint"]


def test_the_virtual_environment_comes_first(project):
    programs = project / ".venv" / "bin"
    programs.mkdir(parents=True)
    (project / ".venv" / "pyvenv.cfg").write_text("home = /usr/bin\n")
    assert str(programs / "python") in failure(project, "--loader", "python")["message"]
    program = programs / "python"
    program.write_text(f'#!/bin/sh\nexec {PYTHON} -S "$@"\n')  # without installed packages
    program.chmod(0o755)
    answer = failure(project, "--loader", "python")
    assert answer["error"] == "CONFIG_INVALID" and "no SQLAlchemy" in answer["message"] and "dependencies" in answer["hint"]
    program.write_text(f'#!/bin/sh\nexec {PYTHON} "$@"\n')
    assert failure(project, "--loader", "python")["error"] == "DB_CONNECTION"


def test_an_import_is_missing(project):
    (project / "models.py").write_text("import sqlalchemy\n\nimport no_such_module\n" + MODEL)
    answer = failure(project, *LOADER)
    assert (answer["error"], answer["file"], answer["line"]) == ("MODEL_INVALID", "models.py", 3)
    assert "No module named 'no_such_module'" in answer["message"] and "install" in answer["hint"]


def test_what_the_models_raise(project):
    (project / "models.py").write_text(MODEL + "\n\ndef boom():\n    raise RuntimeError('no: postgresql://me:hunter22@db/x and hunter33')\n\nboom()\n")
    answer = failure(project, *LOADER, environment={"APP_PASSWORD": "hunter33"})
    assert answer["error"] == "MODEL_INVALID" and answer["line"] == len(MODEL.splitlines()) + 4
    assert "RuntimeError" in answer["message"] and "hunter" not in str(answer)
    (project / "models.py").write_text(MODEL + "\n\nclass Again(Base):\n    __tablename__ = 'posts'\n    id = Column(Integer, primary_key=True)\n")
    assert failure(project, *LOADER)["error"] == "MODEL_INVALID"
    (project / "models.py").write_text(MODEL + "\n\nclass Broken(\n")
    answer = failure(project, *LOADER)
    assert answer["error"] == "PARSE_ERROR" and answer["file"] == "models.py"
    (project / "models.py").write_text(MODEL + "\nimport sys\nsys.exit(3)\n")
    assert "SystemExit" in failure(project, *LOADER)["message"]
    (project / "models.py").write_text(MODEL + "\nos._exit(3)\n")
    assert "status 3" in failure(project, *LOADER)["message"]
    (project / "models.py").write_text(MODEL + "\nos.kill(os.getpid(), 11)\n")
    assert "signal 11" in failure(project, *LOADER)["message"]


def test_time_runs_out(project):
    (project / ".agent-migrate.toml").write_text('[models]\npython_timeout = "1s"\n')
    marker = project / "still_there"
    (project / "models.py").write_text(MODEL + f"\nimport subprocess, time\nsubprocess.Popen(['sh', '-c', 'sleep 3; touch {marker}'])\ntime.sleep(60)\n")
    began = time.monotonic()
    answer = failure(project, *LOADER)
    assert time.monotonic() - began < 10
    assert answer["error"] == "CONFIG_INVALID" and "within 1 seconds" in answer["message"] and "python_timeout" in answer["hint"]
    time.sleep(3)
    assert not marker.exists()  # what it started is gone too


def test_nothing_leaks(project, database):
    (project / "models.py").write_text(MODEL + "\nimport sys\nprint('noise')\nprint('noise', file=sys.stderr)\nos.write(1, b'noise')\nassert sys.stdin.read() == ''\n")
    done = run(project, "diff", "--json", "--db-url", database, *LOADER)
    assert "noise" not in done.stdout + done.stderr and done.stdout.startswith("{")
    assert not list(project.rglob("__pycache__"))


def test_a_listener_that_needs_a_connection(project, database):
    (project / "models.py").write_text(MODEL + "\nfrom sqlalchemy import event\n\n@event.listens_for(Base.metadata, 'after_create')\ndef after(target, connection, **_):\n    connection.scalar('SELECT 1')\n")
    answer = ask(project, "diff", "--db-url", database, *LOADER)
    assert not answer["complete"] and [w["code"] for w in answer["warnings"]] == ["UNRESOLVED"] and answer["warnings"][0]["file"] == "models.py"
    assert len([d for d in answer["diffs"] if d["type"] == "table_added"]) == 4


def test_types_that_something_else_makes(project, database):
    (project / "models.py").write_text(MODEL + '''
from sqlalchemy.dialects.postgresql import ENUM
from sqlalchemy.types import UserDefinedType

class Vector(UserDefinedType):
    def get_col_spec(self, **_):
        return "VECTOR(3)"

class Odd(UserDefinedType):
    def get_col_spec(self, **_):
        return "odd_type"

class Thing(Base):
    __tablename__ = "things"
    id = Column(Integer, primary_key=True)
    mood = Column(ENUM("a", "b", name="mood", create_type=False), server_default="a", index=True)
    place = Column(Vector)
    odd = Column(Odd)
''')
    answer = ask(project, "plan", "--db-url", database, *LOADER)
    [statement] = [step["sql"] for step in answer["plan"]["steps"] if step["sql"].startswith("CREATE TABLE things")]
    assert "mood mood DEFAULT 'a'" in statement and "place VECTOR(3)" in statement and "odd odd_type" in statement
    assert not [diff for diff in answer["diffs"] if diff["type"] in ("enum_added", "function_added", "routine_added")]
