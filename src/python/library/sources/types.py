from _native import kind_of as _kind_of

FunctionType = type(lambda: None)
LambdaType = FunctionType
BuiltinFunctionType = type(len)
BuiltinMethodType = BuiltinFunctionType
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)
GenericAlias = type(list[int])
import typing as _typing

UnionType = _typing.Union


class _Methods:
    def method(self):
        pass


MethodType = type(_Methods().method)
GeneratorType = type((lambda: (yield))())
ModuleType = type(_typing)
CoroutineType = type("coroutine", (), {})
AsyncGeneratorType = type("async_generator", (), {})
CodeType = type("code", (), {})
FrameType = type("frame", (), {})
TracebackType = type("traceback", (), {})
CellType = type("cell", (), {})
MappingProxyType = dict
GetSetDescriptorType = type("getset_descriptor", (), {})
MemberDescriptorType = type("member_descriptor", (), {})
WrapperDescriptorType = type("wrapper_descriptor", (), {})
MethodDescriptorType = type("method_descriptor", (), {})
ClassMethodDescriptorType = type("classmethod_descriptor", (), {})
DynamicClassAttribute = property


class SimpleNamespace:
    def __init__(self, mapping_or_iterable=(), /, **kwargs):
        for name, value in dict(mapping_or_iterable, **kwargs).items():
            setattr(self, name, value)

    def __repr__(self):
        return "namespace(" + ", ".join([f"{name}={value!r}" for name, value in vars(self).items()]) + ")"

    def __eq__(self, other):
        return vars(self) == vars(other)


def new_class(name, bases=(), kwds=None, exec_body=None):
    kwds = dict(kwds or {})
    metaclass = kwds.pop("metaclass", None)
    namespace = {}
    if exec_body is not None:
        exec_body(namespace)
    if metaclass is None:
        metaclass = type(bases[0]) if bases else type
    return metaclass(name, tuple(bases), namespace, **kwds)


def prepare_class(name, bases=(), kwds=None):
    return type, {}, dict(kwds or {})


def resolve_bases(bases):
    return bases


def get_original_bases(cls):
    return cls.__orig_bases__


def coroutine(function):
    return function
