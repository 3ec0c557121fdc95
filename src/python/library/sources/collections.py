from _native import annotations as _annotations
from collections import abc


class OrderedDict(dict):
    def move_to_end(self, key, last=True):
        value = self.pop(key)
        if last:
            self[key] = value
        else:
            others = list(self.items())
            self.clear()
            self[key] = value
            self.update(others)

    def __repr__(self):
        return "OrderedDict(" + (repr(dict(self)) if self else "") + ")"


class defaultdict(dict):
    def __init__(self, default_factory=None, /, *args, **kwargs):
        dict.__init__(self, *args, **kwargs)
        self.default_factory = default_factory

    def __missing__(self, key):
        if self.default_factory is None:
            raise KeyError(key)
        value = self.default_factory()
        self[key] = value
        return value

    def copy(self):
        return defaultdict(self.default_factory, self)

    def __repr__(self):
        return f"defaultdict({self.default_factory!r}, {dict(self)!r})"


class Counter(dict):
    def __init__(self, iterable=None, /, **kwargs):
        dict.__init__(self)
        self.update(iterable, **kwargs)

    def __missing__(self, key):
        return 0

    def update(self, iterable=None, /, **kwargs):
        if iterable is not None:
            if isinstance(iterable, dict):
                for key, n in iterable.items():
                    self[key] = self.get(key, 0) + n
            else:
                for key in iterable:
                    self[key] = self.get(key, 0) + 1
        for key, n in kwargs.items():
            self[key] = self.get(key, 0) + n

    def most_common(self, n=None):
        items = sorted(self.items(), key=lambda pair: pair[1], reverse=True)
        return items if n is None else items[:n]

    def elements(self):
        return iter([key for key, n in self.items() for _ in range(n)])

    def total(self):
        return sum(self.values())

    def __repr__(self):
        return "Counter(" + (repr(dict(self.most_common())) if self else "") + ")"


class ChainMap:
    def __init__(self, *maps):
        self.maps = list(maps) or [{}]

    def __getitem__(self, key):
        for mapping in self.maps:
            if key in mapping:
                return mapping[key]
        raise KeyError(key)

    def __setitem__(self, key, value):
        self.maps[0][key] = value

    def __contains__(self, key):
        return any([key in mapping for mapping in self.maps])

    def __iter__(self):
        return iter(self._merged())

    def __len__(self):
        return len(self._merged())

    def _merged(self):
        result = {}
        for mapping in reversed(self.maps):
            result.update(mapping)
        return result

    def get(self, key, default=None):
        return self[key] if key in self else default

    def keys(self):
        return self._merged().keys()

    def values(self):
        return self._merged().values()

    def items(self):
        return self._merged().items()

    def new_child(self, m=None):
        return ChainMap({} if m is None else m, *self.maps)


class deque(list):
    def __init__(self, iterable=(), maxlen=None):
        list.__init__(self, iterable)
        self.maxlen = maxlen

    def appendleft(self, item):
        self.insert(0, item)

    def extendleft(self, items):
        for item in items:
            self.insert(0, item)

    def popleft(self):
        return self.pop(0)

    def rotate(self, n=1):
        for _ in range(n % len(self) if self else 0):
            self.insert(0, self.pop())

    def __repr__(self):
        return f"deque({list(self)!r})"


class UserDict(dict):
    @property
    def data(self):
        return self


class UserList(list):
    @property
    def data(self):
        return self


class UserString(str):
    pass


def _field(at):
    return property(lambda self: self[at])


def namedtuple(typename, field_names, *, rename=False, defaults=None, module=None):
    if isinstance(field_names, str):
        field_names = field_names.replace(",", " ").split()
    fields = tuple([str(name) for name in field_names])
    values = dict(zip(fields[len(fields) - len(defaults) :], defaults)) if defaults else {}
    return _namedtuple(typename, fields, values, (), {})


def _namedtuple(typename, fields, values, bases, body):
    def __new__(cls, /, *args, **kwargs):
        items = list(args)
        if len(items) > len(fields):
            raise TypeError(f"{typename}() takes {len(fields)} positional arguments but {len(items)} were given")
        for name in fields[len(items) :]:
            if name in kwargs:
                items.append(kwargs.pop(name))
            elif name in values:
                items.append(values[name])
            else:
                raise TypeError(f"{typename}() missing a required argument: '{name}'")
        if kwargs:
            raise TypeError(f"{typename}() got an unexpected keyword argument")
        return tuple.__new__(cls, items)

    def _make(cls, iterable):
        return cls(*iterable)

    def _asdict(self):
        return dict(zip(fields, self))

    def _replace(self, **kwargs):
        return type(self)(**{**dict(zip(fields, self)), **kwargs})

    def __repr__(self):
        return type(self).__name__ + "(" + ", ".join([f"{name}={value!r}" for name, value in zip(fields, self)]) + ")"

    names = {name: _field(at) for at, name in enumerate(fields)}
    names.update(
        {
            "_fields": fields,
            "_field_defaults": values,
            "__match_args__": fields,
            "__slots__": (),
            "_make": classmethod(_make),
            "_asdict": _asdict,
            "_replace": _replace,
            "__repr__": __repr__,
            "__new__": __new__,
            **body,
        }
    )
    return type(typename, (tuple, *bases), names)
