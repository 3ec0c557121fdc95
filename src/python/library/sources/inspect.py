from _native import kind_of, parameters as _parameters, return_annotation as _return_annotation, is_generator_function as isgeneratorfunction, is_coroutine_function as iscoroutinefunction
import functools as _functools


class _Empty:
    pass


_empty = _Empty


class Parameter:
    empty = _Empty
    POSITIONAL_ONLY = "POSITIONAL_ONLY"
    POSITIONAL_OR_KEYWORD = "POSITIONAL_OR_KEYWORD"
    VAR_POSITIONAL = "VAR_POSITIONAL"
    KEYWORD_ONLY = "KEYWORD_ONLY"
    VAR_KEYWORD = "VAR_KEYWORD"

    def __init__(self, name, kind, *, default=_Empty, annotation=_Empty):
        self.name = name
        self.kind = kind
        self.default = default
        self.annotation = annotation


class Signature:
    empty = _Empty

    def __init__(self, parameters=(), *, return_annotation=_Empty):
        self.parameters = {parameter.name: parameter for parameter in parameters}
        self.return_annotation = return_annotation


def signature(obj, **options):
    skip = 0
    if isinstance(obj, type):
        obj = obj.__init__
        skip = 1
    if kind_of(obj) == "method":
        obj = obj.__func__
        skip = 1
    made = []
    for name, kind, has_default, default, has_annotation, annotation in _parameters(obj):
        made.append(Parameter(name, kind, default=default if has_default else _Empty, annotation=annotation if has_annotation else _Empty))
    return Signature(made[skip:], return_annotation=_return_annotation(obj))


class FullArgSpec:
    def __init__(self, args):
        self.args = args


def getfullargspec(function):
    return FullArgSpec([p[0] for p in _parameters(function) if p[1] == "POSITIONAL_OR_KEYWORD"])


def isclass(obj):
    return kind_of(obj) == "class"


def isfunction(obj):
    return kind_of(obj) == "function"


def ismethod(obj):
    return kind_of(obj) == "method"


def isbuiltin(obj):
    return kind_of(obj) == "builtin"


def isroutine(obj):
    return kind_of(obj) in ("function", "method", "builtin")


def ismodule(obj):
    return kind_of(obj) == "module"


def isabstract(obj):
    return False


def isawaitable(obj):
    return False


def isgenerator(obj):
    return type(obj).__name__ == "generator"


def getmembers(obj, predicate=None):
    members = [(name, getattr(obj, name, None)) for name in dir(obj)]
    return members if predicate is None else [(name, value) for name, value in members if predicate(value)]


getmembers_static = getmembers


def getmro(cls):
    return cls.__mro__


def getattr_static(obj, name, *default):
    return getattr(obj, name, *default)


def getdoc(obj):
    return getattr(obj, "__doc__", None)


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min([len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()], default=0)
    result = [lines[0].lstrip()] + [line[margin:] for line in lines[1:]]
    return "\n".join(result).strip("\n")


def get_annotations(obj, **options):
    return dict(obj.__annotations__)


def unwrap(function):
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    return function
