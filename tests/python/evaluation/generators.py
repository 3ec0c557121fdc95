def gen(n):
    for i in range(n):
        x = yield i
    return "done"
def gen2():
    yield from gen(3)
    yield from [7, 8]
def inf():
    n = 0
    while True:
        yield n
        n += 1
r = []
for x in inf():
    if x > 3: break
    r.append(x)
import itertools
g = gen(2)
result = [list(gen(3)), list(gen2()), r, next(g), next(g), next(g, "end"), list(itertools.islice(inf(), 2, 5)), list(zip(inf(), "ab")), tuple(gen2()), dict(zip("abc", inf()))]
