#!/usr/bin/env python3
"""Laws of planning, proven on random pairs of schemas on a real server:

  forward   the plan from A to B, run by psql in A, leads to B: equal catalogs, and `diff` finds nothing
  back      the rollback of its steps, last first, leads back to A
  new       the plan from an empty database to B leads to B

They hold for the written pairs of the folder pairs/ too, both ways.

  laws.py --binary PROGRAM [--seed N] [--pairs N | --seconds N] [--keep DIR] [--shrink] [--summary FILE]

A pair that fails is written to DIR as a.sql, b.sql and what went wrong; --shrink looks for the smallest pair that still fails.
"""
import argparse
import collections
import concurrent.futures
import copy
import itertools
import json
import pathlib
import re
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "conformance"))
sys.path.insert(0, str(HERE))
import states  # noqa: E402
from server import Server  # noqa: E402

CATALOG = HERE.parent / "conformance" / "catalog.sql"


class Fault(Exception):
    def __init__(self, law: str, what: str):
        super().__init__(f"{law}: {what}")
        self.law, self.what = law, what

    def kind(self) -> str:
        """What is alike in faults of one cause: the words without names and numbers."""
        line = re.sub(r'"[^"]*"|\'[^\']*\'|\d+', "_", self.what.splitlines()[0] if self.what else "")
        return f"{self.law}: {line[:90]}"


class Laws:
    def __init__(self, binary: str, server: Server):
        self.binary, self.server = binary, server
        self.numbers = itertools.count()

    def url(self, database: str) -> str:
        return self.server.url.rsplit("/", 1)[0] + "/" + database

    def psql(self, database: str, text: str, *options: str) -> str:
        done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", *options, "-d", self.url(database)],
                              input=text, text=True, capture_output=True)
        if done.returncode:
            raise RuntimeError("\n".join(line for line in done.stderr.splitlines() if "ERROR" in line or "DETAIL" in line) or done.stderr)
        return done.stdout

    def program(self, *arguments: str) -> str:
        try:
            done = subprocess.run([self.binary, *arguments], text=True, capture_output=True, timeout=60, cwd=self.server.folder)
        except subprocess.TimeoutExpired:
            raise RuntimeError("agent-migrate did not end") from None
        if done.returncode:
            raise RuntimeError(f"agent-migrate ended with {done.returncode}: {(done.stderr or done.stdout)[:600]}")
        return done.stdout

    def databases(self, count: int) -> list[str]:
        names = [f"law{next(self.numbers)}" for _ in range(count)]
        self.psql("postgres", "".join(f"CREATE DATABASE {name} TEMPLATE template0;\n" for name in names))
        return names

    def catalog(self, database: str) -> list[str]:
        return sorted(self.psql(database, CATALOG.read_text()).splitlines())

    def leads(self, law: str, origin: str, goal: str) -> dict:
        """Runs the plan in `origin`; the catalogs are then those of `goal`."""
        ways = ("--from", self.url(origin), "--to", self.url(goal))
        try:
            plan = json.loads(self.program("plan", *ways, "--json"))
            script = self.program("plan", *ways, "--sql")
        except (RuntimeError, json.JSONDecodeError) as error:
            raise Fault(law, f"planning: {error}") from None
        if "not planned" in script:
            raise Fault(law, "unsupported: " + " ".join(re.findall(r"not planned.*\n(.*)", script)))
        try:
            self.psql(origin, script)
        except RuntimeError as error:
            raise Fault(law, f"running: {error}\n\n{script}") from None
        self.same(law, origin, goal, script)
        left = self.program("diff", "--from", self.url(origin), "--to", self.url(goal), "--json")
        if json.loads(left)["diffs"]:
            raise Fault(law, f"diff is not empty: {left[:800]}\n\n{script}")
        return plan

    def same(self, law: str, one: str, other: str | list[str], script: str) -> None:
        have, want = self.catalog(one), other if isinstance(other, list) else self.catalog(other)
        if have != want:
            text = [f"- {line}" for line in want if line not in have] + [f"+ {line}" for line in have if line not in want]
            raise Fault(law, "catalog: " + "\n".join(text[:12]) + f"\n\n{script}")

    def hold(self, a: dict, b: dict, new: bool) -> None:
        self.hold_sql(states.sql(a), states.sql(b), new)

    def hold_sql(self, a: str, b: str, new: bool) -> None:
        names = self.databases(3 if new else 2)
        try:
            try:
                self.psql(names[0], a)
                self.psql(names[1], b)
            except RuntimeError as error:
                raise Fault("loading", str(error)) from None
            before = self.catalog(names[0])
            plan = self.leads("forward", names[0], names[1])
            back = [step["rollback"] for step in reversed(plan["plan"]["steps"]) if step["rollback"]]
            script = "SET check_function_bodies = off;\n" + "".join(text.rstrip().rstrip(";") + "\n;\n" for text in back)
            try:
                self.psql(names[0], script)
            except RuntimeError as error:
                raise Fault("back", f"running: {error}\n\n{script}") from None
            self.same("back", names[0], before, script)
            if new:
                self.leads("new", names[2], names[1])
        finally:
            for name in names:
                self.psql(name, "SELECT format('DROP SUBSCRIPTION %I', subname) FROM pg_subscription JOIN pg_database d ON d.oid = subdbid "
                                "WHERE datname = current_database() \\gexec\n")
            self.psql("postgres", "".join(f"DROP DATABASE {name} WITH (FORCE);\n" for name in names))


def pair(seed: int, major: int) -> tuple[dict, dict]:
    maker = states.Maker(seed, major)
    a = maker.state()
    return a, maker.edited(a)


def without(a: dict, b: dict, path: tuple) -> tuple[dict, dict] | None:
    """Both states without what stands at the path; nothing where neither has it."""
    result, found = [], False
    for state in (copy.deepcopy(a), copy.deepcopy(b)):
        place = state
        for key in path[:-1]:
            place = place.get(key, {}) if isinstance(place, dict) else {}
        if isinstance(place, dict) and place.get(path[-1]):
            found = True
            if path[-1] in ("primary", "comment", "default", "not_null", "where", "unlogged", "fillfactor", "secured", "forced"):
                place[path[-1]] = None
            else:
                del place[path[-1]]
        result.append(states.whole(state))
    return tuple(result) if found else None


def paths(a: dict, b: dict) -> list[tuple]:
    found = {}
    for state in (a, b):
        for kind in ("views", "tables", "functions", "sequences", "composites", "domains", "enums"):
            for number, thing in state[kind].items():
                found[(kind, number)] = None
                if thing.get("comment"):
                    found[(kind, number, "comment")] = None
                for member in ("triggers", "policies", "grants", "references", "indexes", "exclusions", "checks", "uniques", "columns"):
                    for inner, what in (thing.get(member) or {}).items() if kind == "tables" else ():
                        found[(kind, number, member, inner)] = None
                        for key in ("comment", "default", "not_null", "where"):
                            if what.get(key):
                                found[(kind, number, member, inner, key)] = None
                for key in ("primary", "unlogged", "fillfactor", "secured", "forced"):
                    if thing.get(key):
                        found[(kind, number, key)] = None
    return sorted(found, key=len)


def fault_of(laws: Laws, a: dict, b: dict, new: bool) -> Fault | None:
    try:
        laws.hold(a, b, new)
    except Fault as fault:
        return fault
    return None


def shrunk(laws: Laws, a: dict, b: dict, fault: Fault) -> tuple[dict, dict, Fault]:
    again = True
    while again:
        again = False
        for path in paths(a, b):
            less = without(a, b, path)
            if less is None:
                continue
            found = fault_of(laws, *less, fault.law == "new")
            if found and found.kind() == fault.kind():
                (a, b), fault, again = less, found, True
    return a, b, fault


def keep(folder: pathlib.Path, seed: int, a: dict, b: dict, fault: Fault) -> None:
    place = folder / str(seed)
    place.mkdir(parents=True, exist_ok=True)
    (place / "a.sql").write_text(states.sql(a))
    (place / "b.sql").write_text(states.sql(b))
    (place / "fault.txt").write_text(str(fault) + "\n")


def given_pairs() -> dict[str, tuple[str, str]]:
    """pairs/*.sql, written for one cause each: "-- before" and "-- after"; both ways count."""
    pairs = {}
    for file in sorted((HERE / "pairs").glob("*.sql")):
        before, after = file.read_text().split("-- before\n", 1)[1].split("-- after\n", 1)
        pairs[file.stem] = (before, after)
        pairs[file.stem + " back"] = (after, before)
    return pairs


def hold_given(laws: Laws, jobs: int, words: list[str]) -> tuple[int, collections.Counter]:
    pairs = {name: pair for name, pair in given_pairs().items() if not words or any(word in name for word in words)}

    def one(name: str) -> tuple[str, Fault | None]:
        try:
            laws.hold_sql(*pairs[name], True)
        except Fault as fault:
            return name, fault
        return name, None

    kinds = collections.Counter()
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for name, fault in pool.map(one, pairs):
            if fault:
                print(f"{name}: {str(fault)[:1500]}\n", flush=True)
                kinds[f"{name}: {fault.kind()}"] += 1
    return len(pairs) - len(kinds), kinds


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--binary", required=True)
    parser.add_argument("--seed", type=int, default=1, help="the first pair's seed; the next pairs count on")
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--given", nargs="*", metavar="WORD", help="only the written pairs, those whose names hold a word")
    parser.add_argument("--seconds", type=float, help="as many pairs as fit, from a random seed unless one is given")
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--shrink", action="store_true")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--summary", type=pathlib.Path, help="a file for \"passed failed\"")
    given = parser.parse_args()
    if given.seconds and given.seed == 1:
        given.seed = int(time.time()) % 1_000_000_000
    print(f"seed {given.seed}", flush=True)
    with Server() as server:
        return run(Laws(str(pathlib.Path(given.binary).resolve()), server), given)


def run(laws: Laws, given) -> int:
    laws.psql("postgres", "".join(f"CREATE ROLE {states.ident(role)};\n" for role in [*states.ROLES, "app", "boss"]))
    major = int(laws.psql("postgres", "SHOW server_version_num")) // 10000
    end = time.monotonic() + given.seconds if given.seconds else None
    passed, kinds = hold_given(laws, given.jobs, given.given or [])
    if given.given is not None:
        given.pairs, end = 0, None

    def one(seed: int):
        if end and time.monotonic() > end:
            return None
        a, b = pair(seed, major)
        return seed, a, b, fault_of(laws, a, b, seed % 3 == 0)

    seeds = range(given.seed, given.seed + given.pairs) if not end else itertools.islice(itertools.count(given.seed), 10_000_000)
    with concurrent.futures.ThreadPoolExecutor(given.jobs) as pool:
        waiting = collections.deque(pool.submit(one, seed) for seed in itertools.islice(seeds, given.jobs * 2) ) if end else collections.deque(pool.submit(one, seed) for seed in seeds)
        rest = itertools.count(given.seed + given.jobs * 2) if end else iter(())
        while waiting:
            done = waiting.popleft().result()
            if end and done:
                waiting.append(pool.submit(one, next(rest)))
            if done is None:
                continue
            seed, a, b, fault = done
            if fault is None:
                passed += 1
                continue
            kinds[fault.kind()] += 1
            if kinds[fault.kind()] == 1:
                print(f"seed {seed}: {str(fault)[:600]}\n", flush=True)
            if given.shrink and kinds[fault.kind()] == 1:
                a, b, fault = shrunk(laws, a, b, fault)
            if given.keep:
                keep(given.keep, seed, a, b, fault)
    failed = sum(kinds.values())
    for kind, count in kinds.most_common():
        print(f"{count:5} {kind}")
    print(f"{passed} passed, {failed} failed")
    if given.summary:
        given.summary.write_text(f"{passed} {failed}\n")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
