class V:
    def __init__(self, x): self.x = x
    def __add__(self, o): return V(self.x + (o.x if isinstance(o, V) else o))
    def __radd__(self, o): return V(o + self.x)
    def __eq__(self, o): return isinstance(o, V) and self.x == o.x
    def __hash__(self): return hash(self.x)
    def __lt__(self, o): return self.x < o.x
    def __repr__(self): return f"V({self.x})"
    def __getitem__(self, i): return i
    def __len__(self): return 3
    def __contains__(self, i): return i == 5
    def __call__(self, *a): return a
    def __iter__(self): return iter([1, 2])
    def __bool__(self): return self.x > 0
    def __neg__(self): return V(-self.x)
    def __iadd__(self, o): self.x += 100; return self
    def __getattr__(self, n):
        if n.startswith("a_"): return n
        raise AttributeError(n)
    def __setattr__(self, n, v): object.__setattr__(self, n, v)
    def __setitem__(self, k, v): self.x = (k, v)
    def __format__(self, s): return "fmt" + s
    def __str__(self): return "strV"
v = V(1)
w = V(5); w += 1
result = [v + 1, 1 + v, v + V(2), v == V(1), v != V(2), {v: 1}[V(1)], sorted([V(3), V(1)]), v[1:2], v["k"], len(v), 5 in v, 4 in v, v(1, 2), list(v), bool(V(0)), -v, w, v.a_x, hasattr(v, "b"), f"{v:x}", str(v), "%s" % v, sum([V(1), V(2)], V(0)), not V(0), max(V(1), V(9))]
