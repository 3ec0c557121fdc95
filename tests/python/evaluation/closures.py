def outer():
    n = 0
    def inc():
        nonlocal n
        n += 1
        return n
    inc(); inc()
    return n
counter = 0
def bump():
    global counter
    counter += 10
bump()
fs = [lambda i=i: i for i in range(3)]
gs = [lambda: i for i in range(3)]
result = [outer(), counter, [f() for f in fs], [g() for g in gs]]
