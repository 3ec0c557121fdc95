#!/usr/bin/env python3
"""Hold both readers of models against the SQLAlchemy that is there: the static one, and `--loader python`.

    loaders.py --binary PATH [--python PATH] [--only GLOB] [--summary FILE] [--verbose]

For each case that this SQLAlchemy can import, a database is made of what its create_all sends. Then `diff` must find
nothing, with either loader: both give the same schema. The static reader is told the version by a requirements.txt.
What it knows to be unknown (`unresolvable`) is left to the loader alone.
"""
import argparse
import concurrent.futures
import fnmatch
import pathlib
import shutil
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import conformance  # noqa: E402
from server import Server  # noqa: E402

# Another time, or another folder, and they make something else.
NOT_REPEATABLE = ("random_and_time_dependent_names", "subprocess_result")
PINS = ("pyproject.toml", "poetry.lock", "uv.lock")


def version_of(python: str, package: str) -> str:
    run = subprocess.run([python, "-c", f"import {package}; print({package}.__version__)"], capture_output=True, text=True)
    return run.stdout.strip()


def oracle(python: str, case: pathlib.Path) -> str | None:
    run = subprocess.run([python, "-B", HERE / "oracle.py", case], capture_output=True, text=True, timeout=120)
    return run.stdout if run.returncode == 0 else None


def project_of(case: pathlib.Path, pins: str, folder: str) -> pathlib.Path:
    project = pathlib.Path(shutil.copytree(case, pathlib.Path(folder) / "project", symlinks=True))
    if not any((project / name).exists() for name in PINS):
        (project / "requirements.txt").write_text(pins)
    return project


def difference(answer: dict) -> str:
    if "error" in answer:
        return f"{answer['error']}: {answer['message']}"
    said = [diff["desc"] for diff in answer["diffs"]]
    said += [f"{warning['code']} {warning['message']}" for warning in answer["warnings"] if warning["code"] != "DDL_REFUSED"]
    return "; ".join(said)


def run_case(server, program, options, pins: str, case: pathlib.Path) -> dict[str, str]:
    ddl = oracle(options.python, case)
    if ddl is None:
        return {"left out": "cannot be imported here"}
    outcomes = {}
    with tempfile.TemporaryDirectory() as folder:
        project = project_of(case, pins, folder)
        url = server.create(case)
        try:
            server.psql(url, script=ddl)
        except conformance.Failure as failure:
            server.drop(url)
            return {"left out": f"this SQLAlchemy sends what the server refuses: {failure}"}
        try:
            loaders = {"python": ["--loader", "python", "--python", options.python], "static": []}
            if "unresolvable" in case.parts:
                del loaders["static"]
            for name, arguments in loaders.items():
                outcomes[name] = difference(program.run(project, url, "diff", *arguments))
        finally:
            server.drop(url)
    return outcomes


def cases(only: str):
    found = {path.parent for area in ("sqlalchemy", "sqlmodel") for name in ("expected.sql", "expected.json")
             for path in (HERE / "cases" / area).rglob(name)}
    found = {case for case in found if case.name not in NOT_REPEATABLE}
    return sorted(case for case in found if fnmatch.fnmatch(str(case), f"*{only}*"))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--python", default="/usr/bin/python3")
    parser.add_argument("--only", default="*")
    parser.add_argument("--summary", type=pathlib.Path)
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    versions = {package: version_of(options.python, package) for package in ("sqlalchemy", "sqlmodel")}
    pins = "".join(f"{package}=={version}\n" for package, version in versions.items() if version)
    program = conformance.Program(str(pathlib.Path(options.binary).resolve()))
    pending = set((HERE / "pending.txt").read_text().splitlines())
    held, failed, skipped = 0, 0, 0
    with Server() as postgres, concurrent.futures.ThreadPoolExecutor(2) as pool:
        server = conformance.Server(postgres.url)
        wanted = [case for case in cases(options.only) if server.runs(case)]
        for case, outcomes in zip(wanted, pool.map(lambda c: run_case(server, program, options, pins, c), wanted)):
            path = case.relative_to(HERE / "cases").as_posix()
            reason = outcomes.pop("left out", "")
            skipped += bool(reason)
            if reason and options.verbose:
                print(f"left out {path}: {reason}")
            for loader, said in outcomes.items():
                if loader == "static" and f"read {path}" in pending:
                    continue
                held, failed = held + (not said), failed + bool(said)
                if said:
                    print(f"FAIL {loader:8} {path}: {said}")
    print(f"SQLAlchemy {versions['sqlalchemy']}: {held} held, {failed} failed, {skipped} cases left out")
    if options.summary:
        options.summary.write_text(f"{held} {failed}\n")
    return 1 if failed or not held else 0


if __name__ == "__main__":
    sys.exit(main())
