from dataclasses import dataclass, field, asdict, replace, fields
@dataclass(frozen=True)
class P:
    x: int
    y: int = 2
    z: list = field(default_factory=list)
@dataclass(frozen=True, order=True)
class Q(P):
    w: str = "w"
    def __post_init__(self): object.__setattr__(self, "post", self.x * 2)
p = P(1)
q = Q(1, w="k")
try:
    q.x = 3
    frozen = False
except AttributeError as e:
    frozen = type(e).__name__
result = [p, q, p == P(1), asdict(p), replace(p, x=9), [f.name for f in fields(Q)], Q(1) < Q(2), q.post, frozen, P(1, 2, [3]).z, hash(Q(1, z=())) == hash(Q(1, z=()))]
