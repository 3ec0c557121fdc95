import _native
from _native import unknown as _unknown


class _Hash:
    def __init__(self, name, data=b""):
        self.name = name
        self._data = data

    def update(self, data):
        self._data += data

    def copy(self):
        return _Hash(self.name, self._data)

    def hexdigest(self):
        compute = getattr(_native, self.name, None)
        if compute is None:
            return _unknown(f"the digest {self.name} is not computed")
        return compute(self._data)

    def digest(self):
        text = self.hexdigest()
        return _native.bytes_of([int(text[at : at + 2], 16) for at in range(0, len(text), 2)])


def new(name, data=b"", **options):
    return _Hash(name, data)


def md5(data=b"", **options):
    return _Hash("md5", data)


def sha1(data=b"", **options):
    return _Hash("sha1", data)


def sha256(data=b"", **options):
    return _Hash("sha256", data)


def sha512(data=b"", **options):
    return _Hash("sha512", data)


def sha224(data=b"", **options):
    return _Hash("sha224", data)


def sha384(data=b"", **options):
    return _Hash("sha384", data)


def blake2b(data=b"", **options):
    return _Hash("blake2b", data)


def blake2s(data=b"", **options):
    return _Hash("blake2s", data)
