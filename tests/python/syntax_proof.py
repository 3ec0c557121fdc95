#!/usr/bin/python3
"""The proof of the Python parser: Python itself.

Every file of the interpreter's own library must give the same tree as `ast.parse`, with the same positions; and files
that were mutilated (a token deleted, inserted, doubled, swapped; cut in the middle) must be refused at the line where
`ast.parse` refuses them, and accepted where it accepts them. Ends with "N passed, N failed".

    syntax_proof.py [--tool build/quick/tests/syntax_tool] [--all] [--mutations N] [--seed N]

Run by Python 3.11 or newer. What a newer grammar accepts (3.12 to 3.14) and the running Python does not is told apart
by the rules of NEWER.
"""
import argparse
import ast
import io
import json
import os
import pathlib
import random
import re
import subprocess
import sys
import sysconfig
import tokenize
import warnings

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
EXACT_FORMAT_STRINGS = sys.version_info >= (3, 12)
SAMPLE = 160
MUTATIONS = 2000

FIELDS = {
    "FunctionDef": "name args body decorator_list returns type_params",
    "AsyncFunctionDef": "name args body decorator_list returns type_params",
    "ClassDef": "name bases keywords body decorator_list type_params",
    "For": "target iter body orelse",
    "AsyncFor": "target iter body orelse",
    "With": "items body",
    "AsyncWith": "items body",
    "Assign": "targets value",
    "arg": "arg annotation",
    "Interpolation": "value str conversion format_spec",
    "TypeVar": "name bound default_value",
    "ParamSpec": "name default_value",
    "TypeVarTuple": "name default_value",
    "FormattedValue": "value conversion format_spec",
}
LISTS = {"type_params"}
PLAIN = (ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context)


def as_json_has_it(text):
    """JSON makes one character of two surrogates that follow one another."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")


class Shower:
    """An `ast` tree as the nested lists of syntax_tool."""

    def __init__(self, source: bytes):
        self.lines = None
        self.source = source
        self.format_depth = 0
        self.fields = {}

    def show(self, value):
        if isinstance(value, list):
            return [self.show(item) for item in value]
        if isinstance(value, PLAIN):
            return type(value).__name__
        if isinstance(value, ast.AST):
            return self.node(value)
        return value

    def node(self, node):
        kind = type(node)
        name = kind.__name__
        shown = [name]
        if "lineno" in kind._attributes:
            if self.format_depth and not EXACT_FORMAT_STRINGS:
                shown += (0, 0, 0, 0)
            else:
                shown += (node.lineno, node.col_offset, node.end_lineno, node.end_col_offset)
        if kind is ast.Name:
            shown += (node.id, type(node.ctx).__name__)
            return shown
        if kind is ast.Constant:
            shown += (self.constant(node), node.kind)
            return shown
        if kind is ast.MatchSingleton:
            shown.append(str(node.value))
            return shown
        fields = self.fields.get(kind)
        if fields is None:
            fields = FIELDS[name].split() if name in FIELDS else [f for f in kind._fields if f != "type_comment"]
            self.fields[kind] = fields
        if name in ("JoinedStr", "TemplateStr"):
            self.format_depth += 1
            shown.append(self.show(node.values))
            self.format_depth -= 1
            return shown
        for field in fields:
            value = getattr(node, field, [] if field in LISTS else None)
            if field == "conversion":
                value = "" if value == -1 else chr(value)
            shown.append(self.show(value))
        return shown

    def constant(self, node):
        value = node.value
        kind = type(value)
        if kind is str:
            return value if value.isascii() else as_json_has_it(value)
        if value is None or kind is bool:
            return value
        if kind is bytes:
            return ["bytes", value.decode("latin-1")]
        if kind is int and value >= 1 << 63:
            return ["int", self.text(node)]
        if kind is complex:
            return ["complex", value.imag]
        return ["..."] if value is ... else value

    def text(self, node):
        if self.lines is None:
            self.lines = re.split(rb"\r\n|\r|\n", self.source)
        return self.lines[node.lineno - 1][node.col_offset : node.end_col_offset].decode().replace("_", "")


def difference(expected, actual, where="module"):
    """Where two trees differ first."""
    if isinstance(expected, list) and isinstance(actual, list):
        name = expected[0] if expected and isinstance(expected[0], str) else ""
        line = f":{expected[1]}" if name and len(expected) > 1 and isinstance(expected[1], int) else ""
        for i, (left, right) in enumerate(zip(expected, actual)):
            if found := difference(left, right, f"{where}/{name}{line}[{i}]"):
                return found
        if len(expected) != len(actual):
            return f"{where}/{name}{line}: {len(expected)} and {len(actual)} elements"
        return None
    if expected == actual and type(expected) is type(actual) or actual == ["named"]:
        return None
    if isinstance(expected, float) and expected == actual:
        return None
    return f"{where}: Python has {str(expected)[:200]!r}, the parser {str(actual)[:200]!r}"


def run(tool, mode, sources):
    arguments = [tool, mode] + ([] if EXACT_FORMAT_STRINGS else ["--no-positions-in-format-strings"])
    frames = b"".join(b"%d\n%s" % (len(source), source) for source in sources)
    output = subprocess.run(arguments, input=frames, stdout=subprocess.PIPE)
    lines = output.stdout.split(b"\n")[:-1]
    if output.returncode or len(lines) != len(sources):
        print(f"{tool} ended with {output.returncode} at source {len(lines)}")
        lines += [b'{"line": 0, "message": "crashed"}'] * (len(sources) - len(lines))
    return lines


def parse(source):
    """The tree, or (line, message)."""
    try:
        return ast.parse(source)
    except SyntaxError as error:
        return error.lineno, error.msg
    except (ValueError, MemoryError, RecursionError) as error:
        return None, str(error)


def files():
    library = pathlib.Path(sysconfig.get_path("stdlib"))
    found = set(library.rglob("*.py"))
    packages = pathlib.Path("/usr/lib/python3/dist-packages")
    if library.as_posix().startswith("/usr/lib") and packages.is_dir():
        found |= set(packages.rglob("*.py"))
    return sorted(path for path in found if path.is_file() and "lib2to3/tests" not in path.as_posix())


def batches(items, size=100):
    return (items[i : i + size] for i in range(0, len(items), size))


def prove_trees(tool, paths):
    passed = failed = 0
    for batch in batches(paths):
        sources = [path.read_bytes() for path in batch]
        for path, source, line in zip(batch, sources, run(tool, "tree", sources)):
            expected = parse(source)
            actual = json.loads(line)
            if isinstance(expected, tuple):
                same = isinstance(actual, dict) and is_same_line(expected, actual["line"])
                found = None if same else f"Python refuses {expected}, the parser says {str(actual)[:200]}"
            elif isinstance(actual, dict):
                found = f"refused at {actual['line']}: {actual['message']}"
            else:
                shown = Shower(source).show(expected.body)
                found = None if shown == actual else difference(shown, actual)
            passed, failed = passed + (not found), failed + bool(found)
            if found:
                print(f"{path}: {found}")
    return passed, failed


# Mutations

INSERTED = (
    "( ) [ ] { } , : ; . = == := += -> * ** @ ! - not if else for in is lambda x 1 'a' f'{b}' b'c' None print class def "
    "async await return yield import from as with try except pass del global and or match case type _ ... ~ $ ?"
).split() + ["\n", "    ", "\\", "'", '"""', "\u2018", "\u00a0", "\t"]


def token_spans(source):
    """(begin, end) of each token, in characters."""
    starts = [0]
    for line in source.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    spans = []
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.string.strip():
            spans.append((starts[token.start[0] - 1] + token.start[1], starts[token.end[0] - 1] + token.end[1]))
    return spans


def mutate(chance, source, spans):
    begin, end = chance.choice(spans)
    match chance.randrange(6):
        case 0:
            return "delete", source[:begin] + source[end:]
        case 1:
            word = chance.choice(INSERTED)
            return f"insert {word!r}", source[:begin] + chance.choice((word, word + " ", " " + word + " ")) + source[begin:]
        case 2:
            return "double", source[:end] + " " + source[begin:]
        case 3:
            return "cut", source[: chance.randrange(begin, end + 1)]
        case 4:
            other, last = chance.choice(spans)
            return "replace", source[:begin] + source[other:last] + source[end:]
        case _:
            return "delete a character", source[: (at := chance.randrange(len(source)))] + source[at + 1 :]


def mutants(chance, paths, count):
    made = []
    while len(made) < count:
        path = chance.choice(paths)
        data = path.read_bytes()
        if not 200 < len(data) < 40_000 or b"\r" in data or b"\f" in data:
            continue
        try:
            source = data.decode("utf-8")
            spans = token_spans(source)
        except (UnicodeDecodeError, tokenize.TokenError, SyntaxError, IndexError):
            continue
        for _ in range(min(10, count - len(made))):
            what, text = mutate(chance, source, spans)
            made.append((f"{path} ({what})", text.encode("utf-8", "surrogatepass")))
    return made


# Why a source that the running Python refuses may be accepted: (rule, the first version without it, Python's message,
# what the source must have).
NEWER = [
    ("except A, B: without parentheses", (3, 14), r"multiple exception types must be parenthesized", rb""),
    ("format strings of PEP 701", (3, 12), r"f-string", rb""),
    ("type aliases", (3, 12), r"invalid syntax", rb"(?m)^\s*type\s+\w+\s*[=\[]"),
    ("type parameters", (3, 12), r"expected '\('|invalid syntax", rb"(?m)^\s*(async\s+def|def|class)\s+\w+\s*\["),
]
# Where the line was another one before a version, mostly that of the token behind.
MOVED = [
    ("invalid escapes", (3, 12), r"\((unicode|value) error\)"),
    ("format strings", (3, 12), r"f-string"),
    ("any mistake in an unpacked argument", (3, 12), r"iterable argument unpacking follows"),
]


def is_newer_grammar(source, message):
    return any(
        sys.version_info < version and re.match(said, message) and re.search(has, source)
        for _, version, said, has in NEWER
    )


def is_same_line(refusal, line):
    python_line, message = refusal
    moved = any(sys.version_info < version and re.match(said, message) for _, version, said in MOVED)
    return python_line in (line, 0, None) or moved


def prove_mutants(tool, made, verbose):
    passed = failed = 0
    for batch in batches(made):
        for (name, source), line in zip(batch, run(tool, "check", [source for _, source in batch])):
            expected = parse(source)
            actual = json.loads(line)
            refused = isinstance(expected, tuple)
            if refused and isinstance(actual, dict):
                fine = is_same_line(expected, actual["line"])
            elif refused:
                fine = is_newer_grammar(source, expected[1])
            else:
                fine = not isinstance(actual, dict)
            passed, failed = passed + fine, failed + (not fine)
            if not fine:
                print(f"{name}: Python {expected if refused else 'accepts'}, the parser {actual or 'accepts'}")
                if verbose:
                    folder = pathlib.Path(verbose)
                    folder.mkdir(exist_ok=True)
                    (folder / f"{failed}.py").write_bytes(source)
    return passed, failed


def tool_path():
    for preset in ("quick", "dev"):
        if (path := ROOT / "build" / preset / "tests" / "syntax_tool").exists():
            return path
    sys.exit("build syntax_tool first: cmake --build --preset quick --target syntax_tool")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tool", default=None)
    parser.add_argument("--all", action="store_true", help="every file, not a sample")
    parser.add_argument("--mutations", type=int, default=None)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", default=None, metavar="FOLDER", help="write the mutants that disagree there")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    sys.setrecursionlimit(20_000)
    tool = options.tool or tool_path()
    chance = random.Random(options.seed)
    paths = files()
    chosen = paths if options.all else chance.sample(paths, min(SAMPLE, len(paths)))
    passed, failed = prove_trees(tool, chosen)
    print(f"trees: {passed} passed, {failed} failed")
    count = options.mutations if options.mutations is not None else MUTATIONS * (5 if options.all else 1)
    good, bad = prove_mutants(tool, mutants(chance, paths, count), options.keep)
    print(f"mutations: {good} passed, {bad} failed")
    print(f"{passed + good} passed, {failed + bad} failed")
    return 0 if failed + bad == 0 else 1


if __name__ == "__main__":
    sys.exit(main())
