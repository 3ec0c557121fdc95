import fnmatch as _fnmatch
from _native import entries as _entries, is_file as _is_file, is_folder as _is_folder, project_root as _project_root, read as _read, unknown as _unknown
from os import path as _path


def _clean(text):
    root = "/" if text.startswith("/") else ""
    return root + "/".join([part for part in text.split("/") if part not in ("", ".")]) or "."


class PurePath:
    def __init__(self, *parts):
        self._text = _clean(_path.join(*[str(part) for part in parts]) if parts else ".")

    def __str__(self):
        return self._text

    def __fspath__(self):
        return self._text

    def __repr__(self):
        return f"PosixPath({self._text!r})"

    def __eq__(self, other):
        return isinstance(other, PurePath) and self._text == other._text

    def __hash__(self):
        return hash(self._text)

    def __lt__(self, other):
        return self._text < other._text

    def __truediv__(self, other):
        return type(self)(self._text, other)

    def __rtruediv__(self, other):
        return type(self)(other, self._text)

    @property
    def name(self):
        return "" if self._text in ("/", ".") else _path.basename(self._text)

    @property
    def stem(self):
        return _path.splitext(self.name)[0]

    @property
    def suffix(self):
        return _path.splitext(self.name)[1]

    @property
    def suffixes(self):
        return ["." + part for part in self.name.lstrip(".").split(".")[1:]]

    @property
    def parent(self):
        return type(self)(_path.dirname(self._text) or ".")

    @property
    def parents(self):
        result = []
        at = self
        while at.parent != at:
            at = at.parent
            result.append(at)
        return tuple(result)

    @property
    def parts(self):
        names = tuple([part for part in self._text.split("/") if part])
        return ("/",) + names if self._text.startswith("/") else names

    def as_posix(self):
        return self._text

    def joinpath(self, *parts):
        return type(self)(self._text, *parts)

    def with_name(self, name):
        return self.parent / name

    def with_suffix(self, suffix):
        return self.parent / (self.stem + suffix)

    def with_stem(self, stem):
        return self.parent / (stem + self.suffix)

    def is_absolute(self):
        return self._text.startswith("/")

    def relative_to(self, *other):
        base = _clean(_path.join(*[str(part) for part in other]))
        if self._text == base:
            return type(self)(".")
        prefix = base if base.endswith("/") else base + "/"
        if base != "." and not self._text.startswith(prefix):
            raise ValueError(f"{self._text!r} is not in the subpath of {base!r}")
        return type(self)(self._text if base == "." else self._text[len(prefix) :])

    def is_relative_to(self, *other):
        base = _clean(_path.join(*[str(part) for part in other]))
        return self._text == base or self._text.startswith(base + "/")

    def match(self, pattern):
        return _fnmatch.fnmatch(self.name, str(pattern).split("/")[-1])


class Path(PurePath):
    @classmethod
    def cwd(cls):
        return cls(_project_root())

    @classmethod
    def home(cls):
        return _unknown("the home folder is known only to the running program")

    def resolve(self, strict=False):
        return type(self)(_path.abspath(self._text))

    def absolute(self):
        return self.resolve()

    def expanduser(self):
        return type(self)(_path.expanduser(self._text))

    def exists(self):
        return _path.exists(self._text)

    def is_file(self):
        return _is_file(self._text)

    def is_dir(self):
        return _is_folder(self._text)

    def iterdir(self):
        names = _entries(self._text)
        return iter([self / name for name in names])

    def glob(self, pattern):
        return iter(_glob(self, pattern.split("/")))

    def rglob(self, pattern):
        return iter(_glob(self, ["**"] + pattern.split("/")))

    def read_text(self, encoding=None, errors=None):
        return _read(self._text)

    def read_bytes(self):
        return _read(self._text).encode()

    def open(self, *args, **kwargs):
        return open(self._text, *args, **kwargs)

    def mkdir(self, *args, **kwargs):
        pass


def _glob(folder, parts):
    first, rest = parts[0], parts[1:]
    found = []
    if first == "**":
        found += _glob(folder, rest) if rest else [folder]
        for name in _entries(str(folder)):
            if _is_folder(str(folder) + "/" + name):
                found += _glob(folder / name, parts)
        return found
    for name in _entries(str(folder)):
        if _fnmatch.fnmatch(name, first) and (first.startswith(".") or not name.startswith(".")):
            if not rest:
                found.append(folder / name)
            elif _is_folder(str(folder) + "/" + name):
                found += _glob(folder / name, rest)
    return found


PosixPath = Path
PurePosixPath = PurePath
WindowsPath = Path
PureWindowsPath = PurePath
