d = {"a": 1, "b": 2}
e = {**d, "c": 3} | {"d": 4}
s = {1, 2, 3}
d2 = dict(a=1, **{"z": 2})
d2.update(q=1); d2.setdefault("n", []).append(5)
l = [3, 1, 2]
l.sort(); m = sorted(["bb", "a", "ccc"], key=len, reverse=True)
l.insert(1, "x"); l.extend([7]); p = l.pop(); l.remove("x")
result = [e, list(e.items()), list(e.keys()), e.get("zz", 0), d.pop("a"), d, d2, s | {4}, s & {1}, s - {1}, s ^ {1, 9}, s <= {1, 2, 3, 4}, l, m, p, l.index(2), [1, 2, 1].count(1), (1, 2) + (3,), (1, 2) < (1, 3), [1] * 3, 2 in [1, 2], "a" not in e, {**d}, dict([("k", 1)]), dict.fromkeys("ab", 0), min([3, 1]), max(3, 5, key=lambda x: -x), any([0, 1]), all([]), list(reversed([1, 2])), list(filter(None, [0, 1, 2])), round(2.5), round(2.675, 2), abs(-3), divmod(7, 2), int("ff", 16), float("1.5"), str(1.0), bool([]), list("abc"), tuple([1]), set(), frozenset([1]), range(5)[2], list(range(5, 0, -2)), len(range(0, 10, 3)), chr(97), ord("a"), hex(255), repr("it's"), repr('a"b\'c'), int(3.9), sum([[1], [2]], []), isinstance(True, int), 1 == 1.0, hash(1) == hash(1.0), 0.1 + 0.2, 1e100, 3 if 0 else 4, [*range(3), *"ab"], slice(1, 2), complex(1, 2), b"ab\x00", bytes([65]), "a" "b", None is None, 1 < 2 < 3, 1 < 3 < 2]
