from _native import cached_property, kind_of

WRAPPER_ASSIGNMENTS = ("__module__", "__name__", "__qualname__", "__doc__")
WRAPPER_UPDATES = ("__dict__",)


class partial:
    def __init__(self, func, /, *args, **keywords):
        if isinstance(func, partial):
            args = func.args + args
            keywords = {**func.keywords, **keywords}
            func = func.func
        self.func = func
        self.args = args
        self.keywords = keywords

    def __call__(self, /, *args, **keywords):
        return self.func(*self.args, *args, **{**self.keywords, **keywords})


class partialmethod:
    def __init__(self, func, /, *args, **keywords):
        self.func = func
        self.args = args
        self.keywords = keywords

    def __get__(self, obj, cls=None):
        if obj is None:
            return self
        return partial(self.func.__get__(obj, cls) if hasattr(self.func, "__get__") else partial(self.func, obj), *self.args, **self.keywords)


def update_wrapper(wrapper, wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    for name in assigned:
        if hasattr(wrapped, name):
            setattr(wrapper, name, getattr(wrapped, name))
    if kind_of(wrapped) == "function":
        wrapper.__dict__.update(wrapped.__dict__)
    wrapper.__wrapped__ = wrapped
    return wrapper


def wraps(wrapped, assigned=WRAPPER_ASSIGNMENTS, updated=WRAPPER_UPDATES):
    def decorate(wrapper):
        return update_wrapper(wrapper, wrapped, assigned, updated)

    return decorate


class _CachedFunction:
    def __init__(self, function):
        self.__wrapped__ = function
        self.__name__ = getattr(function, "__name__", "")
        self._results = {}

    def __call__(self, *args, **kwargs):
        key = (args, tuple(sorted(kwargs.items())))
        try:
            known = key in self._results
        except TypeError:
            return self.__wrapped__(*args, **kwargs)
        if known is not True:
            result = self.__wrapped__(*args, **kwargs)
            try:
                self._results[key] = result
            except TypeError:
                pass
            return result
        return self._results[key]

    def __get__(self, obj, cls=None):
        return self if obj is None else partial(self, obj)

    def cache_clear(self):
        self._results.clear()


def lru_cache(maxsize=128, typed=False):
    if callable(maxsize):
        return _CachedFunction(maxsize)
    return _CachedFunction


def cache(function):
    return _CachedFunction(function)


_missing = object()


def reduce(function, iterable, initial=_missing):
    value = initial
    for item in iterable:
        value = item if value is _missing else function(value, item)
    if value is _missing:
        raise TypeError("reduce() of empty iterable with no initial value")
    return value


def total_ordering(cls):
    names = vars(cls)
    if "__lt__" in names:
        cls.__gt__ = lambda self, other: not (self < other) and self != other
        cls.__le__ = lambda self, other: self < other or self == other
        cls.__ge__ = lambda self, other: not (self < other)
    elif "__le__" in names:
        cls.__ge__ = lambda self, other: not (self <= other) or self == other
        cls.__lt__ = lambda self, other: self <= other and self != other
        cls.__gt__ = lambda self, other: not (self <= other)
    elif "__gt__" in names:
        cls.__lt__ = lambda self, other: not (self > other) and self != other
        cls.__ge__ = lambda self, other: self > other or self == other
        cls.__le__ = lambda self, other: not (self > other)
    elif "__ge__" in names:
        cls.__le__ = lambda self, other: not (self >= other) or self == other
        cls.__gt__ = lambda self, other: self >= other and self != other
        cls.__lt__ = lambda self, other: not (self >= other)
    return cls


def cmp_to_key(compare):
    class Key:
        def __init__(self, value):
            self.value = value

        def __lt__(self, other):
            return compare(self.value, other.value) < 0

        def __eq__(self, other):
            return compare(self.value, other.value) == 0

    return Key


class singledispatch:
    def __init__(self, function):
        self.function = function
        self.registry = {object: function}
        self.__name__ = getattr(function, "__name__", "")

    def register(self, cls, function=None):
        if function is not None:
            self.registry[cls] = function
            return function
        if kind_of(cls) == "function":
            for annotation in cls.__annotations__.values():
                self.registry[annotation] = cls
                return cls

        def decorate(implementation):
            self.registry[cls] = implementation
            return implementation

        return decorate

    def dispatch(self, cls):
        for base in cls.__mro__:
            if base in self.registry:
                return self.registry[base]
        return self.function

    def __call__(self, *args, **kwargs):
        return self.dispatch(type(args[0]))(*args, **kwargs)


singledispatchmethod = singledispatch
