_end = object()


class count:
    def __init__(self, start=0, step=1):
        self.value = start
        self.step = step

    def __iter__(self):
        return self

    def __next__(self):
        value = self.value
        self.value = value + self.step
        return value


class repeat:
    def __init__(self, object, times=None):
        self.object = object
        self.times = times

    def __iter__(self):
        return self

    def __next__(self):
        if self.times is not None:
            if self.times <= 0:
                raise StopIteration
            self.times -= 1
        return self.object


class cycle:
    def __init__(self, iterable):
        self.items = list(iterable)
        self.at = 0

    def __iter__(self):
        return self

    def __next__(self):
        if not self.items:
            raise StopIteration
        item = self.items[self.at]
        self.at = (self.at + 1) % len(self.items)
        return item


class chain:
    def __init__(self, *iterables):
        self.iterables = iter(iterables)
        self.current = iter(())

    @classmethod
    def from_iterable(cls, iterables):
        result = cls()
        result.iterables = iter(iterables)
        return result

    def __iter__(self):
        return self

    def __next__(self):
        while True:
            item = next(self.current, _end)
            if item is not _end:
                return item
            self.current = iter(next(self.iterables))


def islice(iterable, *args):
    s = slice(*args)
    start, stop, step = s.start or 0, s.stop, s.step or 1
    at = 0
    wanted = start
    if stop is not None and stop <= start:
        return
    for item in iterable:
        if at == wanted:
            yield item
            wanted += step
        at += 1
        if stop is not None and (at >= stop or wanted >= stop):
            return


def product(*iterables, repeat=1):
    pools = [tuple(pool) for pool in iterables] * repeat
    result = [()]
    for pool in pools:
        result = [x + (y,) for x in result for y in pool]
    return iter(result)


def combinations(iterable, r):
    pool = tuple(iterable)

    def choose(start, left):
        if left == 0:
            return [()]
        return [(pool[i],) + rest for i in range(start, len(pool)) for rest in choose(i + 1, left - 1)]

    return iter(choose(0, r))


def combinations_with_replacement(iterable, r):
    pool = tuple(iterable)

    def choose(start, left):
        if left == 0:
            return [()]
        return [(pool[i],) + rest for i in range(start, len(pool)) for rest in choose(i, left - 1)]

    return iter(choose(0, r))


def permutations(iterable, r=None):
    pool = tuple(iterable)
    size = len(pool) if r is None else r

    def choose(used, left):
        if left == 0:
            return [()]
        return [(pool[i],) + rest for i in range(len(pool)) if i not in used for rest in choose(used | {i}, left - 1)]

    return iter(choose(frozenset(), size))


def accumulate(iterable, func=None, *, initial=None):
    total = initial
    first = initial is None
    if not first:
        yield total
    for item in iterable:
        if first:
            total = item
            first = False
        else:
            total = total + item if func is None else func(total, item)
        yield total


def starmap(function, iterable):
    for arguments in iterable:
        yield function(*arguments)


def takewhile(predicate, iterable):
    for item in iterable:
        if not predicate(item):
            return
        yield item


def dropwhile(predicate, iterable):
    dropping = True
    for item in iterable:
        if dropping and predicate(item):
            continue
        dropping = False
        yield item


def filterfalse(predicate, iterable):
    for item in iterable:
        if not (predicate(item) if predicate is not None else item):
            yield item


def compress(data, selectors):
    for item, selected in zip(data, selectors):
        if selected:
            yield item


def groupby(iterable, key=None):
    groups = []
    for item in iterable:
        k = item if key is None else key(item)
        if groups and groups[-1][0] == k:
            groups[-1][1].append(item)
        else:
            groups.append((k, [item]))
    for k, items in groups:
        yield k, iter(items)


def pairwise(iterable):
    items = list(iterable)
    return zip(items, items[1:])


def batched(iterable, n, *, strict=False):
    items = list(iterable)
    for at in range(0, len(items), n):
        yield tuple(items[at : at + n])


def zip_longest(*iterables, fillvalue=None):
    lists = [list(i) for i in iterables]
    for at in range(max([len(l) for l in lists], default=0)):
        yield tuple([l[at] if at < len(l) else fillvalue for l in lists])


def tee(iterable, n=2):
    items = list(iterable)
    return tuple([iter(items) for _ in range(n)])
