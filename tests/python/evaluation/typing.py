import typing as t
from typing import *
T = TypeVar("T")
class G(Generic[T]):
    def f(self): return 1
class H(G[int]): pass
class NT(NamedTuple):
    a: int
    b: str = "x"
    def m(self): return self.a * 2
class TD(TypedDict):
    k: int
UserId = NewType("UserId", int)
def deff(x: int, y: "str" = "a") -> Optional[int]: ...
result = [H().f(), NT(1), NT(1).m(), NT(2, "z").b, TD(k=1), UserId(5), Optional[int] == Union[int, None], get_args(Optional[int])[1] is type(None), get_args(Annotated[int, "a", 3]), get_origin(List[int]) is list, list(deff.__annotations__), t.TYPE_CHECKING, cast(int, "a"), (int | None) == Optional[int], Literal["a", "b"].__args__, G[int].__origin__ is G, isinstance(5, (int, str)), NT._fields, list(NT.__annotations__), issubclass(H, G)]
