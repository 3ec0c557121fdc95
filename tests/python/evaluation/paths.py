import os.path, pathlib
p = pathlib.PurePosixPath("/a/b/c.tar.gz")
result = [os.path.join("a", "b", "c"), os.path.basename("/x/y.py"), os.path.dirname("/x/y.py"), os.path.splitext("a/b.py"), os.path.normpath("a/../b/./c"), p.name, p.stem, p.suffix, str(p.parent), str(p / "d"), p.parts, str(p.with_suffix(".x")), os.environ.get("NOPE", "d"), os.getenv("NOPE"), os.environ.get("NOPE") or "x"]
