def t(v):
    match v:
        case 0: return "zero"
        case int(n) if n > 10: return f"big {n}"
        case int(): return "int"
        case "a" | "b": return "ab"
        case str() as s: return "s" + s
        case []: return "empty"
        case [x]: return ("one", x)
        case [x, *rest]: return (x, rest)
        case {"k": k, **r}: return (k, r)
        case None: return "none"
        case Pt(x=0, y=y): return ("pt", y)
        case Pt(a, b): return (a, b)
        case _: return "other"
class Pt:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
result = [t(v) for v in (0, 11, 5, "a", "zz", [], [1], (1, 2, 3), {"k": 1, "z": 2}, None, Pt(0, 5), Pt(1, 2), 3.5)]
