import enum
class C(enum.Enum):
    R = 1
    G = "g"
    ALIAS = 1
    B = enum.auto() if False else 7
    @property
    def low(self): return self.name.lower()
    @classmethod
    def names(cls): return [m.name for m in cls]
    @staticmethod
    def st(): return C.R
class I(enum.IntEnum):
    A = 1
    B = 2
class S(str, enum.Enum):
    X = "x"
    Y = "y"
class P(enum.Flag):
    R = enum.auto()
    W = enum.auto()
    RW = R | W
class Planet(enum.Enum):
    E = (1, 2)
    M = (3, 4)
    def __init__(self, a, b): self.a, self.b = a, b
class Auto(enum.Enum):
    def _generate_next_value_(name, start, count, last): return name + str(count)
    AA = enum.auto()
    BB = enum.auto()
F = enum.Enum("F", "A B C")
class N(enum.Enum):
    A = "a", "label a"
    def __new__(cls, v, label):
        o = object.__new__(cls)
        o._value_ = v
        o.label = label
        return o
result = [list(C), C.R.value, C.ALIAS is C.R, C("g"), C["G"], C.G.low, C.names(), C.st().name, list(C.__members__), len(C), I.A + 1, I.B > I.A, f"{I.A}", str(I.B), repr(I.A), S.X == "x", S.X.value, S("y").name, P.RW.value, P.R | P.W, P.R in P.RW, list(P), Planet.E.a, Planet((3, 4)).b, Auto.BB.value, [f.value for f in F], N.A.value, N.A.label, N("a") is N.A, isinstance(S.X, str), max(I), sorted(I, reverse=True), C.R in C, {C.R: 1}[C.R], P.R.name, bool(P(0)), [e.value for e in S], I(2).name, str(C.R), f"{C.R}", S.X.upper(), "-".join(S), C.R == C.ALIAS, C.R != C.G]
