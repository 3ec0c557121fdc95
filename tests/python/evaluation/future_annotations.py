from __future__ import annotations
class A:
    x: int = 1
    y: B
    z: list[int]
class B: pass
result = [A.__annotations__, list(A.__annotations__)]
