#!/usr/bin/env python3
"""Hold the program against the project's conformance cases, on a server of their own.

    run.py --binary PATH [--summary FILE] [--only GLOB] [--verbose]

Cases that do not hold yet stand in pending.txt, one `check path` a line. The list may only get shorter: a listed case
that holds is a failure (take it off), as is a case that fails and is not listed.
"""
import argparse
import collections
import concurrent.futures
import fnmatch
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import conformance  # noqa: E402
from server import Server  # noqa: E402


def cases(only: str):
    names = ("expected.sql", "expected.json", "case.json")
    found = {path.parent for name in names for path in (HERE / "cases").rglob(name)}
    return sorted(case for case in found if fnmatch.fnmatch(str(case), f"*{only}*") and conformance.checks_for(case))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--summary", type=pathlib.Path)
    parser.add_argument("--only", default="*")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()

    pending = set((HERE / "pending.txt").read_text().splitlines())
    program = conformance.Program(str(pathlib.Path(options.binary).resolve()))
    passed, failed, known = 0, 0, 0
    areas: dict[str, list[int]] = collections.defaultdict(lambda: [0, 0])
    with Server() as postgres, concurrent.futures.ThreadPoolExecutor(2) as pool:
        server = conformance.Server(postgres.url)
        wanted = [case for case in cases(options.only) if server.runs(case)]
        for case, outcomes in zip(wanted, pool.map(lambda c: conformance.run_case(server, program, c, set()), wanted)):
            path = case.relative_to(HERE / "cases").as_posix()
            for check, outcome in outcomes.items():
                area = areas[f"{path.rsplit('/', 1)[0]} {check}"]
                area[1] += 1
                area[0] += outcome == "ok"
                if (outcome == "ok") == (f"{check} {path}" not in pending):
                    passed, known = passed + (outcome == "ok"), known + (outcome != "ok")
                    if outcome != "ok" and options.verbose:
                        print(f"pending {check:6} {path}: {outcome}")
                else:
                    failed += 1
                    said = outcome if outcome != "ok" else "holds now: take it off pending.txt"
                    print(f"FAIL {check:6} {path}: {said}")
    for area, (good, total) in sorted(areas.items()):
        print(f"  {area}: {good} of {total}")
    print(f"{passed} passed, {failed} failed, {known} pending")
    if options.summary:
        options.summary.write_text(f"{passed} {failed}\n")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
