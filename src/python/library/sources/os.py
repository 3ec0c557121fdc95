from _native import entries as _entries, is_file as _is_file, is_folder as _is_folder, project_root as _project_root, unknown as _unknown
from os import path

sep = "/"
altsep = None
linesep = "\n"
pathsep = ":"
curdir = "."
pardir = ".."
extsep = "."
name = _unknown("os.name is known only to the running program", "posix")
error = OSError


def _missing(key):
    return _unknown(f'os.environ["{key}"] is known only to the running program')


class _Environment:
    def __init__(self):
        self.changed = {}

    def __getitem__(self, key):
        return self.changed[key] if key in self.changed else _missing(key)

    def __setitem__(self, key, value):
        self.changed[key] = value

    def __delitem__(self, key):
        self.changed.pop(key, None)

    def __contains__(self, key):
        return True if key in self.changed else _unknown(f'whether "{key}" is in os.environ is known only to the running program', False)

    def __iter__(self):
        return iter(self.changed)

    def get(self, key, default=None):
        return self.changed.get(key, default)

    def setdefault(self, key, default=None):
        return self.changed.setdefault(key, default)

    def pop(self, key, *default):
        return self.changed.pop(key, *default) if default or key in self.changed else _missing(key)

    def update(self, *args, **kwargs):
        self.changed.update(*args, **kwargs)

    def keys(self):
        return self.changed.keys()

    def items(self):
        return self.changed.items()

    def values(self):
        return self.changed.values()

    def copy(self):
        return self


environ = _Environment()


def getenv(key, default=None):
    return environ.get(key, default)


def putenv(key, value):
    pass


def getcwd():
    return _project_root()


def fspath(path):
    return str(path)


def listdir(path="."):
    return _entries(str(path))


class DirEntry:
    def __init__(self, folder, name):
        self.name = name
        self.path = folder + "/" + name

    def is_dir(self):
        return _is_folder(self.path)

    def is_file(self):
        return _is_file(self.path)


def scandir(path="."):
    folder = str(path)
    return [DirEntry(folder, name) for name in _entries(folder)]


def walk(top, topdown=True, onerror=None, followlinks=False):
    top = str(top)
    folders, files = [], []
    for name in _entries(top):
        (folders if _is_folder(top + "/" + name) else files).append(name)
    yield top, folders, files
    for name in folders:
        yield from walk(top + "/" + name)


def makedirs(name, mode=511, exist_ok=False):
    pass


mkdir = makedirs


class PathLike:
    pass
