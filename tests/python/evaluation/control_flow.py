x = 10
class A:
    x = 20
    def f(self): return x
    y = [x for _ in range(1)]
    z = (lambda: x)()
def h():
    r = []
    for i in range(3):
        if i == 1: continue
        r.append(i)
    else:
        r.append("else")
    i = 0
    while i < 5:
        i += 1
        if i == 3: break
    else: r.append("no")
    return r, i
if (n := len("abc")) > 2: m = n
assert m == 3
result = [A().f(), A.y, A.z, h(), m, (lambda *, k=2: k)(), [i for i in range(10) if i % 2 if i > 4], [[j for j in range(i)] for i in range(3)], {k: v for k, v in sorted({"b": 1, "a": 2}.items())}, "yes" if x > 5 and not x > 15 else "no", x and 0 or "d", [] or None or "z", 1 and 2]
