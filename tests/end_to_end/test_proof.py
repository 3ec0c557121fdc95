"""Plans proven on a scratch server, and models as the state to start from."""
from conftest import ask, psql, run

MODELS = """
from sqlalchemy import Integer, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Person(Base):
    __tablename__ = "people"
    id: Mapped[int] = mapped_column(primary_key=True)
    age: Mapped[%s]
"""


def project(folder, kind="int"):
    (folder / "models.py").write_text(MODELS % kind)
    return folder


def test_a_plan_is_proven(tmp_path, database):
    psql(database, "CREATE TABLE people (id SERIAL PRIMARY KEY); CREATE ROLE e2e_proof; GRANT SELECT ON people TO e2e_proof")
    try:
        answer = ask(project(tmp_path), "plan", "--verify", "--db-url", database)
        assert answer["plan"]["verified"] is True
        assert answer["warnings"] == []
        assert psql(database, "SELECT count(*) FROM pg_attribute WHERE attrelid = 'people'::regclass AND attnum > 0") == "1"
    finally:
        psql(database, "DROP OWNED BY e2e_proof; DROP ROLE e2e_proof")


def test_a_plan_that_fails_is_not_written(tmp_path, database):
    psql(database, "CREATE TABLE people (id SERIAL PRIMARY KEY, age TEXT NOT NULL)")
    using = ("--using", "people.age=no_such_function(age)", "--db-url", database)
    shown = ask(project(tmp_path), "plan", "--verify", *using)
    assert shown["plan"]["verified"] is False
    assert [w["code"] for w in shown["warnings"]] == ["NOT_VERIFIED"]
    refused = ask(tmp_path, "generate", "-m", "ages", *using)
    assert refused["error"] == "MIGRATION_FAILED" and "no_such_function" in refused["message"]
    assert not (tmp_path / "migrations").exists()
    assert "generated" in ask(tmp_path, "generate", "--no-verify", "-m", "ages", *using)


def test_without_server_programs_nothing_is_proven(tmp_path, database):
    nothing = {"PGBIN": str(tmp_path)}
    asked = ask(project(tmp_path), "plan", "--verify", "--db-url", database, environment=nothing)
    assert "verified" not in asked["plan"]
    assert [w["code"] for w in asked["warnings"]] == ["NOT_VERIFIED"]
    assert ask(tmp_path, "generate", "-m", "first", "--db-url", database, environment=nothing)["warnings"] == []


def test_models_are_a_state_to_start_from(tmp_path, database):
    psql(database, "CREATE TABLE people (id SERIAL PRIMARY KEY)")
    script = run(project(tmp_path), "plan", "--from", "models", "--to", database, "--sql")
    assert script.returncode == 0 and "ALTER TABLE people DROP COLUMN age" in script.stdout
