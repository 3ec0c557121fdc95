from _native import unknown as _unknown


def _machine(*args, **kwargs):
    return _unknown("the machine is known only to the running program")


def system():
    return _unknown("platform.system() is known only to the running program", "Linux")


machine = node = release = version = processor = platform = uname = architecture = _machine


def python_version():
    return "3.13.0"


def python_version_tuple():
    return ("3", "13", "0")


def python_implementation():
    return "CPython"
