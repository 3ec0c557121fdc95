from _native import md5 as _md5, sha1 as _sha1, bytes_of as _bytes_of, unknown as _unknown


class UUID:
    def __init__(self, hex=None, bytes=None, bytes_le=None, fields=None, int=None, version=None):
        if hex is not None:
            text = hex.replace("urn:", "").replace("uuid:", "").strip("{}").replace("-", "").lower()
            if len(text) != 32:
                raise ValueError("badly formed hexadecimal UUID string")
        elif bytes is not None:
            text = bytes.hex()
        else:
            text = f"{int:032x}"
        self.hex = text

    @property
    def int(self):
        return int_of(self.hex, 16)

    @property
    def bytes(self):
        return _bytes_of([int_of(self.hex[at : at + 2], 16) for at in range(0, 32, 2)])

    @property
    def version(self):
        return int_of(self.hex[12], 16)

    @property
    def urn(self):
        return "urn:uuid:" + str(self)

    def __str__(self):
        h = self.hex
        return f"{h[:8]}-{h[8:12]}-{h[12:16]}-{h[16:20]}-{h[20:]}"

    def __repr__(self):
        return f"UUID('{self}')"

    def __eq__(self, other):
        return isinstance(other, UUID) and self.hex == other.hex

    def __lt__(self, other):
        return self.hex < other.hex

    def __hash__(self):
        return hash(self.hex)

    def __int__(self):
        return self.int


int_of = int
NAMESPACE_DNS = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_URL = UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_OID = UUID("6ba7b812-9dad-11d1-80b4-00c04fd430c8")
NAMESPACE_X500 = UUID("6ba7b814-9dad-11d1-80b4-00c04fd430c8")


def _random():
    return _unknown("a random UUID differs at every run")


def uuid1(node=None, clock_seq=None):
    return _random()


def uuid4():
    return _random()


def uuid6(node=None, clock_seq=None):
    return _random()


def uuid7():
    return _random()


def _named(digest, version):
    variant = "89ab"[int(digest[16], 16) & 3]
    return UUID(digest[:12] + version + digest[13:16] + variant + digest[17:32])


def _bytes(name):
    return name.encode() if isinstance(name, str) else name


def uuid3(namespace, name):
    return _named(_md5(namespace.bytes + _bytes(name)), "3")


def uuid5(namespace, name):
    return _named(_sha1(namespace.bytes + _bytes(name))[:32], "5")
