"""Each error code of the contract, provoked."""
import threading
import time

import pytest
from conftest import ask, psql, run

MODEL = """
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

class Base(DeclarativeBase):
    pass

class Item(Base):
    __tablename__ = "items"
    id: Mapped[int] = mapped_column(primary_key=True)
"""
NOWHERE = "postgresql://app:s3cret@127.0.0.1:1/shop"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "models.py").write_text(MODEL)
    return tmp_path


def test_config_not_found(project):
    assert ask(project, "auto")["error"] == "CONFIG_NOT_FOUND"


def test_config_invalid(project):
    assert ask(project, "auto", "--db-url", "mysql://localhost/x")["error"] == "CONFIG_INVALID"
    assert ask(project, "auto", "--no-such-option")["error"] == "CONFIG_INVALID"
    (project / ".agent-migrate.toml").write_text("[database\n")
    answer = ask(project, "auto", "--db-url", NOWHERE)
    assert answer["error"] == "CONFIG_INVALID" and answer["file"] == ".agent-migrate.toml" and answer["line"] == 1


def test_db_connection_and_no_password(project):
    done = run(project, "auto", "--json", "--verbose", "--db-url", NOWHERE)
    assert '"DB_CONNECTION"' in done.stdout
    assert "s3cret" not in done.stdout + done.stderr


def test_db_permission(project, database):
    psql(database, "DO $$BEGIN CREATE ROLE e2e_poor LOGIN PASSWORD 'x'; EXCEPTION WHEN duplicate_object THEN NULL; END$$")
    answer = ask(project, "rls", "explain", "items", "--as", "postgres", "--db-url", database)
    assert answer["error"] == "CONFIG_INVALID"  # there is no such table yet
    ask(project, "auto", "--apply", "--execute", "-m", "x", "--db-url", database)
    poor = database.replace("postgres@", "e2e_poor:x@")
    assert ask(project, "rls", "explain", "items", "--as", "postgres", "--db-url", poor)["error"] == "DB_PERMISSION"


def test_parse_error(project):
    (project / "models.py").write_text(MODEL + "\nclass Broken(Base:\n    pass\n")
    answer = ask(project, "auto", "--db-url", NOWHERE)
    assert answer["error"] == "PARSE_ERROR" and answer["file"] == "models.py" and answer["line"] > 10


def test_models_not_found(tmp_path):
    assert ask(tmp_path, "auto", "--db-url", NOWHERE)["error"] == "MODELS_NOT_FOUND"


def test_model_invalid(project):
    (project / "models.py").write_text(MODEL + '    shop_id: Mapped[int] = mapped_column(ForeignKey("shops.id"))\n')
    answer = ask(project, "auto", "--db-url", NOWHERE)
    assert answer["error"] == "MODEL_INVALID" and "shops" in answer["message"]


def test_rls_invalid(project):
    (project / "models.py").write_text(MODEL.replace('"items"', '"items"\n    __rls__ = {"select": "ownr"}'))
    answer = ask(project, "auto", "--db-url", NOWHERE)
    assert answer["error"] == "RLS_INVALID" and "owner" in answer["hint"] and answer["line"] > 0


def test_dangerous_migration(project, database):
    ask(project, "auto", "--apply", "--execute", "-m", "x", "--db-url", database)
    psql(database, "ALTER TABLE items ADD COLUMN extra int")
    assert ask(project, "auto", "--apply", "--execute", "-m", "y", "--db-url", database)["error"] == "DANGEROUS_MIGRATION"


def test_pending_migrations(project, database):
    ask(project, "generate", "-m", "one", "--db-url", database)
    (project / "models.py").write_text(MODEL + "    label: Mapped[str]\n")
    assert ask(project, "generate", "-m", "two", "--db-url", database)["error"] == "PENDING_MIGRATIONS"


def test_history_conflict(project, database):
    done = ask(project, "auto", "--apply", "--execute", "-m", "x", "--db-url", database)
    file = project / done["applied_files"][0]
    file.write_text(file.read_text() + "\n-- edited\n")
    assert ask(project, "apply", "--db-url", database)["error"] == "HISTORY_CONFLICT"


def test_locked(project, database):
    ask(project, "generate", "-m", "one", "--db-url", database)
    holder = threading.Thread(target=psql, args=(database, "SELECT pg_advisory_lock(7021950460182351201); SELECT pg_sleep(3)"))
    holder.start()
    time.sleep(0.7)
    answer = ask(project, "apply", "--execute", "--db-url", database)
    holder.join()
    assert answer["error"] == "LOCKED" and "postgres" in answer["message"]


def test_migration_failed_leaves_nothing_behind_and_goes_on(project, database):
    done = ask(project, "generate", "-m", "one", "--db-url", database)
    psql(database, "CREATE TABLE items (nothing int)")
    answer = ask(project, "apply", "--execute", "--db-url", database)
    assert answer["error"] == "MIGRATION_FAILED" and answer["sqlstate"] == "42P07" and "CREATE TABLE items" in answer["message"]
    psql(database, "DROP TABLE items")
    assert ask(project, "apply", "--execute", "--db-url", database)["applied_files"] == [done["generated"]]
