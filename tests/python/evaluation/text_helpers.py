import textwrap, inspect, abc, types, sys, base64
from types import SimpleNamespace
class A(abc.ABC):
    @abc.abstractmethod
    def f(self): ...
def g(a, b=1, *c, d, **e) -> int: pass
ns = SimpleNamespace(a=1, b=2)
result = [textwrap.dedent("  a\n    b\n"), textwrap.indent("a\nb", "> "), list(inspect.signature(g).parameters), ns.a, ns, inspect.isclass(A), inspect.isfunction(g), base64.b64encode(b"hello"), base64.b64decode("aGVsbG8="), sys.version_info >= (3, 8), types.new_class("Q", (), {}).__name__, callable(g), [n for n in dir(ns) if not n.startswith("_")], g.__name__, g.__qualname__]
