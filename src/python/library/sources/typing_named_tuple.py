from _native import annotations as _annotations
from collections import _namedtuple, namedtuple

_KEPT_OUT = ("__annotations__", "__module__", "__qualname__", "__doc__")


class _NamedTupleMeta(type):
    def __new__(mcs, name, bases, body):
        if name == "NamedTuple" and not bases:
            return type.__new__(mcs, name, bases, body)
        holder = type.__new__(mcs, name, (), dict(body))
        annotations = dict(_annotations(holder))
        fields = tuple(annotations)
        values = {field: body[field] for field in fields if field in body}
        rest = {key: value for key, value in body.items() if key not in fields and key != "__module__"}
        rest["__annotations__"] = annotations
        others = tuple([base for base in bases if base is not NamedTuple])
        return _namedtuple(name, fields, values, others, rest)


class NamedTuple(metaclass=_NamedTupleMeta):
    pass


def _call(cls, typename, fields=(), /, **kwargs):
    fields = list(fields) + list(kwargs.items())
    result = namedtuple(typename, [field for field, _ in fields])
    result.__annotations__ = dict(fields)
    return result


_NamedTupleMeta.__call__ = _call
