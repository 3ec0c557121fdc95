class E(str):
    def shout(self): return self.upper() + "!"
class L(list):
    def first(self): return self[0]
class D(dict):
    def __missing__(self, k): return k * 2
class N(int):
    pass
e = E("abc"); l = L([1, 2]); d = D(a=1)
l.append(3)
result = [e.shout(), e + "d", len(e), e == "abc", e[1:], l.first(), l, len(l), d["a"], d["zz"], "a" in d, N(5) + 1, isinstance(e, str), {e: 1}["abc"], f"{e:>5}", sorted(l, reverse=True), [*l], dict(d), e.split("b"), "-".join([e, e]), type(e).__name__, N("7") * 2, bool(E("")), l[-1], l + [4], str(N(3))]
