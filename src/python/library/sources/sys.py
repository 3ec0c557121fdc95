from _native import modules as _modules, unknown as _unknown
from collections import namedtuple as _namedtuple

_VersionInfo = _namedtuple("version_info", "major minor micro releaselevel serial")
version_info = _VersionInfo(3, 13, 0, "final", 0)
version = "3.13.0"
hexversion = 0x030D00F0
implementation = _namedtuple("implementation", "name version cache_tag")("cpython", version_info, "cpython-313")
platform = _unknown("sys.platform is known only to the running program", "linux")
maxsize = 2**63 - 1
byteorder = "little"
argv = _unknown("sys.argv is known only to the running program")
executable = _unknown("sys.executable is known only to the running program")
path = []
path_hooks = []
meta_path = []
warnoptions = []
flags = _unknown("sys.flags is known only to the running program")
modules = _modules()


class _Stream:
    def write(self, text):
        return len(text)

    def flush(self):
        pass

    def isatty(self):
        return False


stdout = stderr = stdin = _Stream()


def exit(code=None):
    raise SystemExit(code)


def getrecursionlimit():
    return 1000


def setrecursionlimit(limit):
    pass


def exc_info():
    return None, None, None


def getdefaultencoding():
    return "utf-8"


def getsizeof(obj, default=None):
    return _unknown("the size of an object is known only to the running program")


def intern(text):
    return text
