"""The flow of an agent, on the example project."""
from conftest import ask, psql, run


def in_sync(board, database):
    answer = ask(board, "auto", "--db-url", database)
    return answer["in_sync"] and answer["drift_count"] == 0 and not answer["pending"]


def apply(board, database, message, *options):
    return ask(board, "auto", "--apply", "--execute", "-m", message, "--db-url", database, *options)


def edit(board, file, old, new):
    path = board / "app" / "models" / file
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_first_tables_to_in_sync(board, database):
    first = ask(board, "auto", "--db-url", database)
    assert {d["type"] for d in first["diffs"]} == {"table_added", "enum_added"}
    assert all(d["file"].startswith("app/models/") and d["line"] > 0 for d in first["diffs"])
    generated = ask(board, "auto", "--generate", "-m", "first tables", "--db-url", database)
    assert (board / generated["generated"]).exists()
    again = ask(board, "auto", "--generate", "-m", "first tables", "--db-url", database)
    assert again["generated"] == generated["generated"]
    dry = ask(board, "auto", "--apply", "-m", "first tables", "--db-url", database)
    assert dry["applied"] is False and not dry["in_sync"]
    applied = apply(board, database, "first tables")
    assert applied["applied"] and applied["in_sync"] and applied["applied_files"] == [generated["generated"]]
    assert in_sync(board, database)
    twice = apply(board, database, "first tables")
    assert twice["applied_files"] == [] and "generated" not in twice
    assert len(list((board / "migrations").glob("*.sql"))) == 1


def test_a_column_then_its_loss(board, database):
    apply(board, database, "first")
    edit(board, "post.py", "    title: Mapped", "    subtitle: Mapped[str | None] = mapped_column(String(200))\n    title: Mapped")
    answer = ask(board, "auto", "--db-url", database)
    assert [d["type"] for d in answer["diffs"]] == ["column_added"]
    assert answer["diffs"][0]["model_val"] == "VARCHAR(200)" and answer["plan"]["overall_risk"] == "safe"
    assert apply(board, database, "subtitle")["in_sync"]
    edit(board, "post.py", "    subtitle: Mapped[str | None] = mapped_column(String(200))\n", "")
    refused = apply(board, database, "no subtitle")
    assert refused["error"] == "DANGEROUS_MIGRATION" and refused["exit"] == 1
    assert psql(database, "SELECT count(*) FROM information_schema.columns WHERE column_name = 'subtitle'") == "1"
    assert apply(board, database, "no subtitle", "--force")["in_sync"]


def test_row_security_lets_a_role_see_exactly_its_own(board, database):
    edit(
        board,
        "post.py",
        '__rls__ = {"select": "public_read", "insert": "owner", "update": "owner", "delete": "owner"}',
        '__rls__ = {"select": "owner", "insert": "authenticated", "update": "owner", "delete": "admin_only"}\n'
        '    __grants__ = {"e2e_app": ["select", "insert", "update", "delete"]}',
    )
    answer = apply(board, database, "with row security", "--force")
    assert answer["in_sync"], answer
    assert in_sync(board, database)
    psql(database, "INSERT INTO users (email, name) VALUES ('a@x', 'A'), ('b@x', 'B'); INSERT INTO posts (author_id, title, body) VALUES (1, 't', 'b'), (1, 'u', 'b'), (2, 'v', 'b')")
    seen = psql(database, "SET ROLE e2e_app; SET app.user_id = '1'; SELECT count(*) FROM posts; SET app.user_id = '2'; SELECT count(*) FROM posts; RESET app.user_id; SELECT count(*) FROM posts")
    assert seen.split() == ["2", "1", "0"]
    told = ask(board, "rls", "explain", "posts", "--as", "e2e_app", "--set", "app.user_id=1", "--db-url", database)
    assert [(c["command"], c["access"], c["rows"]) for c in told["commands"]] == [
        ("select", "filtered", 2), ("insert", "filtered", None), ("update", "filtered", 2), ("delete", "denied", 0)]
    status = ask(board, "rls", "--db-url", database)
    posts = next(t for t in status["tables"] if t["tbl"] == "posts")
    assert posts["rls"] and posts["declared"] == "managed"
    assert {p["origin"] for p in posts["policies"]} == {"owner", "authenticated", "admin_only"}
    psql(database, "DROP OWNED BY e2e_app; DROP ROLE e2e_app")


def test_row_security_on_an_existing_table(board, database):
    apply(board, database, "first")
    edit(board, "comment.py", '    __tablename__ = "comments"', '    __tablename__ = "comments"\n    __rls__ = {"select": "public_read", "insert": "owner"}')
    answer = ask(board, "auto", "--db-url", database)
    assert {d["type"] for d in answer["diffs"]} == {"rls_enabled_changed", "rls_policy_added"}
    assert apply(board, database, "comments", "--force")["in_sync"]


def test_other_peoples_tables_are_left_alone(board, database):
    psql(database, "CREATE TABLE theirs (id int)")
    answer = ask(board, "auto", "--db-url", database)
    assert answer["unmanaged"] == ["public.theirs"]
    apply(board, database, "first")
    assert psql(database, "SELECT to_regclass('theirs')") == "theirs"
    assert in_sync(board, database)


def test_check_exits_with_2_on_drift(board, database):
    assert run(board, "check", "--db-url", database).returncode == 2
    apply(board, database, "first")
    assert run(board, "check", "--strict", "--db-url", database).returncode == 0
    assert run(board, "diff", "--exit-code", "--db-url", database).returncode == 0


def test_same_input_same_bytes(board, database):
    outputs = {run(board, "auto", "--json", "--db-url", database).stdout for _ in range(3)}
    assert len(outputs) == 1


def test_plan_as_a_script_runs_in_psql(board, database):
    script = run(board, "plan", "--sql", "--db-url", database)
    psql(database, script.stdout)
    assert in_sync(board, database)


def test_snapshot(board, database):
    apply(board, database, "first")
    answer = ask(board, "snapshot", "--db-url", database)
    assert {t["name"] for t in answer["models"]["tables"]} <= {t["name"] for t in answer["database"]["tables"]}


def test_text_is_plain_when_piped_and_sql_is_whole(board, database):
    text = run(board, "plan", "--db-url", database).stdout
    assert "\033[" not in text
    assert "CREATE TYPE userrole AS ENUM ('member', 'moderator', 'admin');" in text
    assert "\033[" in run(board, "plan", "--color", "always", "--db-url", database).stdout


def test_states_from_files(board, tmp_path):
    (board / "old.sql").write_text("CREATE TABLE t (id int PRIMARY KEY);")
    (board / "new.sql").write_text("CREATE TABLE t (id int PRIMARY KEY, note text);")
    answer = ask(board, "plan", "--from", "old.sql", "--to", "new.sql")
    assert [d["type"] for d in answer["diffs"]] == ["column_added"]
    assert [s["sql"] for s in answer["plan"]["steps"]] == ["ALTER TABLE t ADD COLUMN note TEXT"]


def test_models_are_a_state_to_start_from(board):
    same = ask(board, "diff", "--from", "models", "--to", "models")
    assert same["in_sync"] and not same["diffs"]
    gone = ask(board, "diff", "--from", "models", "--to", "empty")
    assert {d["type"] for d in gone["diffs"]} == {"table_removed", "enum_removed"}
