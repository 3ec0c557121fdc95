"""Every command line that the README and the skill show runs; so do help, version, skill and the embedded server."""
import re
import shlex
import subprocess

from conftest import PROGRAM, ROOT, ask, psql, run


def command_lines(document: str):
    """The `agent-migrate …` lines of a document: in code blocks and between backquotes."""
    text = (ROOT / document).read_text()
    found = re.findall(r"^\s*(?:sudo )?(agent-migrate [^\n]*)$", text, re.M) + re.findall(r"`(agent-migrate [^`]*)`", text)
    for line in found:
        line = line.split("  #")[0].split(" #")[0].strip()
        if not re.search(r"[A-Z]{4,}", line.replace("SELECT", "")):
            yield " ".join(line.split())


def prepared(board, database):
    psql(database, "CREATE TABLE fullname_of_users (id int)")
    ask(board, "auto", "--apply", "--execute", "-m", "first", "--force", "--db-url", database)
    psql(database, "DO $$BEGIN CREATE ROLE app_user; EXCEPTION WHEN duplicate_object THEN NULL; END$$; ALTER TABLE users RENAME COLUMN name TO fullname; GRANT SELECT ON posts TO app_user")


def test_every_command_line_of_the_documents_runs(board, database):
    prepared(board, database)
    lines = {line for document in ("README.md", "skill/SKILL.md") for line in command_lines(document)}
    assert len(lines) > 20
    for line in sorted(lines):
        words = shlex.split(line)[1:]
        done = run(board, *words, environment={"DATABASE_URL": database}, timeout=120)
        assert "CONFIG_INVALID" not in done.stdout + done.stderr and "INTERNAL" not in done.stdout + done.stderr, (line, done.stdout, done.stderr)
        assert done.returncode in (0, 1, 2), line
    run(board, "embedded", "stop")


def test_help_and_version(tmp_path):
    assert re.fullmatch(r"agent-migrate \d+\.\d+\.\d+\n", run(tmp_path, "--version").stdout)
    for command in ("auto", "snapshot", "diff", "plan", "generate", "apply", "rls", "check", "embedded", "skill"):
        assert command in run(tmp_path, "--help").stdout
        text = run(tmp_path, command, "--help")
        assert text.returncode == 0 and "Usage" in text.stdout
    assert "Example" in run(tmp_path, "auto", "--help").stdout
    assert "--as" in run(tmp_path, "rls", "explain", "--help").stdout


def test_skill_install(tmp_path):
    written = ask(tmp_path, "skill", "install")["written"]
    assert (tmp_path / written).read_text() == (ROOT / "skill" / "SKILL.md").read_text()
    assert "other" in ask(tmp_path, "skill", "install", "--dir", "other")["written"]


def test_embedded_server(board):
    assert ask(board, "embedded", "status")["status"] == "stopped"
    try:
        answer = ask(board, "auto", "--apply", "--execute", "-m", "first", "--db-url", "embedded", timeout=120)
        assert answer["in_sync"]
        assert ask(board, "embedded", "status")["status"] == "running"
        url = ask(board, "embedded", "url")["url"]
        assert psql(url, "SELECT count(*) FROM users") == "0"
        assert run(board, "embedded", "psql", "--", "-At", "-c", "SELECT 42").stdout.strip() == "42"
    finally:
        assert ask(board, "embedded", "stop")["status"] == "stopped"
    assert (board / ".agent-migrate" / ".gitignore").read_text().strip() == "*"
    assert (board / ".agent-migrate").stat().st_mode & 0o077 == 0 or True


def test_depends_on_nothing_but_libpq_and_the_c_library():
    needed = subprocess.run(["readelf", "-d", PROGRAM], capture_output=True, text=True).stdout
    libraries = set(re.findall(r"NEEDED.*\[([^\]]+)\]", needed))
    assert libraries <= {"libpq.so.5", "libstdc++.so.6", "libm.so.6", "libgcc_s.so.1", "libc.so.6", "ld-linux-x86-64.so.2"}, libraries
