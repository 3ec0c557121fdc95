"""The release program against a real PostgreSQL, as its users run it."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import uuid

import jsonschema
import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "conformance"))
from server import Server  # noqa: E402

PROGRAM = os.environ.get("AGENT_MIGRATE", str(ROOT / "build" / "release" / "bin" / "agent-migrate"))
SCHEMA = json.loads((ROOT / "docs" / "schema" / "v1.json").read_text())


@pytest.fixture(scope="session")
def server():
    with Server() as running:
        yield running


@pytest.fixture
def database(server):
    """The URL of a new, empty database."""
    name = "e2e_" + uuid.uuid4().hex[:12]
    psql(server.url, f"CREATE DATABASE {name}")
    yield server.url.rsplit("/", 1)[0] + "/" + name
    psql(server.url, f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def board(tmp_path):
    """A copy of the example project."""
    return pathlib.Path(shutil.copytree(ROOT / "examples" / "bulletin_board", tmp_path / "board"))


def psql(url: str, sql: str, *options: str) -> str:
    return subprocess.run(
        ["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", url, *options], input=sql, capture_output=True, text=True, check=True
    ).stdout.strip()


def run(folder, *arguments: str, environment: dict | None = None, timeout: int = 60) -> subprocess.CompletedProcess:
    clean = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "DATABASE_URL"))}
    return subprocess.run([PROGRAM, *arguments], cwd=folder, env={**clean, **(environment or {})}, capture_output=True, text=True, timeout=timeout)


def ask(folder, *arguments: str, **options) -> dict:
    """The JSON of a command; every output fits the published schema, and nothing else goes to stdout."""
    done = run(folder, *arguments, "--json", **options)
    answer = json.loads(done.stdout)
    jsonschema.validate(answer, SCHEMA)
    assert done.returncode == (1 if "error" in answer else done.returncode)
    answer["exit"] = done.returncode
    return answer
