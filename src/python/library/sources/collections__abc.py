class Hashable: pass
class Sized: pass
class Container: pass
class Iterable: pass
class Iterator(Iterable):
    def __iter__(self):
        return self
class Generator(Iterator): pass
class Reversible(Iterable): pass
class Collection(Sized, Iterable, Container): pass
class Callable: pass
class Awaitable: pass
class Coroutine(Awaitable): pass
class AsyncIterable: pass
class AsyncIterator(AsyncIterable): pass
class AsyncGenerator(AsyncIterator): pass
class Buffer: pass


class Sequence(Reversible, Collection):
    def __iter__(self):
        return iter([self[at] for at in range(len(self))])

    def __contains__(self, value):
        return any([item == value for item in self])

    def __reversed__(self):
        return iter([self[at] for at in range(len(self) - 1, -1, -1)])

    def index(self, value):
        return list(self).index(value)

    def count(self, value):
        return list(self).count(value)


class MutableSequence(Sequence):
    def append(self, value):
        self.insert(len(self), value)

    def extend(self, values):
        for value in values:
            self.append(value)


class Set(Collection): pass
class MutableSet(Set): pass
class MappingView(Sized): pass
class KeysView(MappingView): pass
class ItemsView(MappingView): pass
class ValuesView(MappingView): pass
ByteString = bytes


class Mapping(Collection):
    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def __contains__(self, key):
        try:
            self[key]
        except KeyError:
            return False
        return True

    def keys(self):
        return list(self)

    def values(self):
        return [self[key] for key in self]

    def items(self):
        return [(key, self[key]) for key in self]


class MutableMapping(Mapping):
    def pop(self, key, *default):
        try:
            value = self[key]
        except KeyError:
            if default:
                return default[0]
            raise
        del self[key]
        return value

    def update(self, other=(), /, **kwargs):
        for key, value in dict(other, **kwargs).items():
            self[key] = value

    def setdefault(self, key, default=None):
        if key not in self:
            self[key] = default
        return self[key]

    def clear(self):
        for key in list(self):
            del self[key]
