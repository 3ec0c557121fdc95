from pathlib import Path as _Path, _glob


def glob(pathname, *, root_dir=None, recursive=False, **options):
    pathname = str(pathname)
    if pathname.startswith("/"):
        parts = pathname.strip("/").split("/")
        folder = "/"
    else:
        parts = pathname.split("/")
        folder = "." if root_dir is None else str(root_dir)
    while len(parts) > 1 and not any([mark in parts[0] for mark in "*?["]):
        folder = folder.rstrip("/") + "/" + parts.pop(0)
    return [str(path) for path in _glob(_Path(folder), parts)]


def iglob(pathname, **options):
    return iter(glob(pathname, **options))


def escape(pathname):
    return "".join(["[" + c + "]" if c in "*?[" else c for c in pathname])
