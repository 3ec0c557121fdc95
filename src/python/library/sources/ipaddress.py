class _Address:
    def __init__(self, address, strict=True):
        self._text = str(address)

    def __str__(self):
        return self._text

    def __repr__(self):
        return f"{type(self).__name__}({self._text!r})"

    def __eq__(self, other):
        return type(self) is type(other) and self._text == other._text

    def __hash__(self):
        return hash(self._text)


class IPv4Address(_Address): pass
class IPv6Address(_Address): pass
class IPv4Network(_Address): pass
class IPv6Network(_Address): pass
class IPv4Interface(_Address): pass
class IPv6Interface(_Address): pass


def ip_address(address):
    return IPv6Address(address) if ":" in str(address) else IPv4Address(address)


def ip_network(address, strict=True):
    return IPv6Network(address) if ":" in str(address) else IPv4Network(address)


def ip_interface(address):
    return IPv6Interface(address) if ":" in str(address) else IPv4Interface(address)
