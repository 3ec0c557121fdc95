from functools import partial, reduce, wraps, lru_cache, cached_property, total_ordering
import operator, string, collections, itertools, copy, math
def deco(n):
    def w(f):
        @wraps(f)
        def inner(*a, **k): return n * f(*a, **k)
        return inner
    return w
@deco(3)
def f(x):
    "doc"
    return x + 1
calls = []
@lru_cache(maxsize=None)
def fib(n):
    calls.append(n)
    return n if n < 2 else fib(n - 1) + fib(n - 2)
class C:
    @cached_property
    def v(self): calls.append("v"); return 7
c = C()
nt = collections.namedtuple("nt", "a b", defaults=[5])
d = collections.defaultdict(list); d["x"].append(1)
result = [f(1), f.__name__, f.__doc__, fib(10), len(calls), c.v + c.v, len(calls), partial(pow, 2)(5), reduce(operator.add, [1, 2, 3], 10), nt(1), nt(1)._asdict(), nt(1, 2).b, nt(1)._replace(a=9), d, dict(d), collections.Counter("abca").most_common(1), dict(collections.OrderedDict(a=1)), list(itertools.chain([1], (2,), [3])), list(itertools.product("ab", [1, 2])), list(itertools.combinations("abc", 2)), list(itertools.accumulate([1, 2, 3])), string.ascii_lowercase[:3], string.Template("$a-${b}c").substitute(a=1, b=2), operator.itemgetter(1)([1, 2]), operator.attrgetter("real")(3), math.ceil(1.2), math.floor(-1.2), math.pi, copy.deepcopy([[1], {"a": [2]}]), list(map(operator.mul, [1, 2], [3, 4])), [list(g) for k, g in itertools.groupby("aabbc")], list(itertools.permutations([1, 2, 3], 2)), list(itertools.zip_longest([1], [2, 3])), list(zip(itertools.count(1), "ab")), collections.ChainMap({"a": 1}, {"b": 2})["b"], nt._fields, isinstance(nt(1), tuple)]
