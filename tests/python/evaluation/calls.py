def f(a, b=2, *args, c, d=4, **kw):
    return a, b, args, c, d, kw
def g(a, /, b, *, c): return a, b, c
result = [f(1, c=3), f(1, 2, 3, 4, c=5, e=6), f(*[1, 2], **{"c": 3}), g(1, 2, c=3), (lambda x, *y: (x, y))(1, 2, 3)]
