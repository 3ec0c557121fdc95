class CM:
    def __init__(self, n): self.n = n
    def __enter__(self): log.append("in" + self.n); return self
    def __exit__(self, t, v, tb): log.append("out" + self.n); return t is ValueError
log = []
with CM("a") as a, CM("b"):
    log.append("body")
    raise ValueError
import contextlib
@contextlib.contextmanager
def m(x):
    log.append("start")
    try:
        yield x * 2
    finally:
        log.append("end")
with m(4) as v:
    log.append(v)
with contextlib.suppress(KeyError):
    {}["x"]
result = log
