from _native import annotations as _annotations, kind_of as _kind_of


class _MissingType:
    def __repr__(self):
        return "MISSING"


MISSING = _MissingType()
KW_ONLY = type("KW_ONLY", (), {})
FrozenInstanceError = type("FrozenInstanceError", (AttributeError,), {})


class InitVar:
    def __class_getitem__(cls, item):
        result = cls()
        result.type = item
        return result


class Field:
    def __init__(self, default, default_factory, init, repr, hash, compare, metadata, kw_only):
        self.name = None
        self.type = None
        self.default = default
        self.default_factory = default_factory
        self.init = init
        self.repr = repr
        self.hash = hash
        self.compare = compare
        self.metadata = {} if metadata is None else metadata
        self.kw_only = kw_only


def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, hash=None, compare=True, metadata=None, kw_only=MISSING, doc=None):
    return Field(default, default_factory, init, repr, hash, compare, metadata, kw_only)


def _is_kind(annotation, name):
    if isinstance(annotation, str):
        return annotation.split("[")[0].split(".")[-1].strip() == name
    origin = annotation.__origin__ if _kind_of(annotation) == "generic" else annotation
    return getattr(origin, "__name__", "") == name


def _collect(cls, kw_only):
    fields = {}
    for base in cls.__mro__[-1:0:-1]:
        fields.update(getattr(base, "__dataclass_fields__", {}) if "__dataclass_fields__" in getattr(base, "__dict__", {}) else {})
    only = kw_only
    for name, annotation in _annotations(cls):
        if _is_kind(annotation, "ClassVar"):
            continue
        if _is_kind(annotation, "KW_ONLY"):
            only = True
            continue
        default = cls.__dict__.get(name, MISSING)
        if isinstance(default, Field):
            made = default
        else:
            made = Field(default, MISSING, True, True, None, True, None, MISSING)
        made.name = name
        made.type = annotation
        made._init_only = isinstance(annotation, InitVar) or _is_kind(annotation, "InitVar")
        if made.kw_only is MISSING:
            made.kw_only = only
        if isinstance(default, Field):
            if made.default is MISSING:
                if name in cls.__dict__:
                    type.__delattr__(cls, name)
            else:
                setattr(cls, name, made.default)
        fields[name] = made
    return fields


def _make_init(cls, fields, frozen):
    positional = [f for f in fields.values() if f.init and not f.kw_only]
    keywords = [f for f in fields.values() if f.init and f.kw_only]
    after = getattr(cls, "__post_init__", None)

    def __init__(self, /, *args, **kwargs):
        if len(args) > len(positional):
            raise TypeError(f"{cls.__name__}.__init__() takes {len(positional) + 1} positional arguments but {len(args) + 1} were given")
        given = dict(zip([f.name for f in positional], args))
        for name, value in kwargs.items():
            if name in given or name not in fields or not fields[name].init:
                raise TypeError(f"{cls.__name__}.__init__() got an unexpected keyword argument '{name}'")
            given[name] = value
        extra = []
        for f in fields.values():
            if f.name in given:
                value = given[f.name]
            elif f.default_factory is not MISSING:
                value = f.default_factory()
            elif f.default is not MISSING:
                value = f.default
            elif f.init:
                raise TypeError(f"{cls.__name__}.__init__() missing a required argument: '{f.name}'")
            else:
                continue
            if f._init_only:
                extra.append(value)
            else:
                object.__setattr__(self, f.name, value)
        if after is not None:
            self.__post_init__(*extra)

    return __init__


def _values(self):
    return tuple([getattr(self, f.name) for f in self.__dataclass_fields__.values() if f.compare and not f._init_only])


def _repr(self):
    shown = [f"{f.name}={getattr(self, f.name)!r}" for f in self.__dataclass_fields__.values() if f.repr and not f._init_only]
    return type(self).__name__ + "(" + ", ".join(shown) + ")"


def _eq(self, other):
    return _values(self) == _values(other) if type(self) is type(other) else NotImplemented


def _frozen_setattr(self, name, value):
    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots):
    fields = _collect(cls, kw_only)
    own = cls.__dict__
    type.__setattr__(cls, "__dataclass_fields__", fields)
    names = {}
    if init and "__init__" not in own:
        names["__init__"] = _make_init(cls, fields, frozen)
    if repr and "__repr__" not in own:
        names["__repr__"] = _repr
    if eq and "__eq__" not in own:
        names["__eq__"] = _eq
        if frozen or unsafe_hash:
            names["__hash__"] = lambda self: hash(_values(self))
        elif "__hash__" not in own:
            names["__hash__"] = None
    if order:
        names["__lt__"] = lambda self, other: _values(self) < _values(other)
        names["__le__"] = lambda self, other: _values(self) <= _values(other)
        names["__gt__"] = lambda self, other: _values(self) > _values(other)
        names["__ge__"] = lambda self, other: _values(self) >= _values(other)
    if frozen:
        names["__setattr__"] = _frozen_setattr
    if match_args and "__match_args__" not in own:
        names["__match_args__"] = tuple([f.name for f in fields.values() if f.init and not f.kw_only])
    for name, value in names.items():
        type.__setattr__(cls, name, value)
    return cls


def dataclass(cls=None, /, *, init=True, repr=True, eq=True, order=False, unsafe_hash=False, frozen=False, match_args=True, kw_only=False, slots=False, weakref_slot=False):
    def wrap(cls):
        return _process(cls, init, repr, eq, order, unsafe_hash, frozen, match_args, kw_only, slots)

    return wrap if cls is None else wrap(cls)


def fields(class_or_instance):
    return tuple([f for f in class_or_instance.__dataclass_fields__.values() if not f._init_only])


def is_dataclass(obj):
    return hasattr(obj, "__dataclass_fields__")


def _as(value, dict_factory):
    if is_dataclass(value) and not isinstance(value, type):
        return dict_factory([(f.name, _as(getattr(value, f.name), dict_factory)) for f in fields(value)])
    if isinstance(value, list):
        return [_as(item, dict_factory) for item in value]
    if isinstance(value, tuple):
        return tuple([_as(item, dict_factory) for item in value])
    if isinstance(value, dict):
        return {_as(k, dict_factory): _as(v, dict_factory) for k, v in value.items()}
    return value


def asdict(obj, *, dict_factory=dict):
    return _as(obj, dict_factory)


def astuple(obj, *, tuple_factory=tuple):
    return tuple_factory([_as(getattr(obj, f.name), dict) for f in fields(obj)])


def replace(obj, /, **changes):
    values = {f.name: getattr(obj, f.name) for f in obj.__dataclass_fields__.values() if f.init and not f._init_only}
    return type(obj)(**{**values, **changes})


def make_dataclass(cls_name, fields, *, bases=(), namespace=None, **options):
    body = dict(namespace or {})
    annotations = {}
    for item in fields:
        if isinstance(item, str):
            annotations[item] = "typing.Any"
        else:
            annotations[item[0]] = item[1]
            if len(item) == 3:
                body[item[0]] = item[2]
    body["__annotations__"] = annotations
    return dataclass(**options)(type(cls_name, bases, body))
