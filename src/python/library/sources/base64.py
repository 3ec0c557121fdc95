from _native import bytes_of as _bytes_of

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"


def b64encode(data, altchars=None):
    text = ""
    for at in range(0, len(data), 3):
        part = list(data[at : at + 3])
        bits = 0
        for byte in part + [0] * (3 - len(part)):
            bits = bits << 8 | byte
        text += "".join([_ALPHABET[bits >> shift & 63] for shift in (18, 12, 6, 0)][: len(part) + 1]) + "=" * (3 - len(part))
    return text.encode()


def b64decode(data, altchars=None, validate=False):
    text = data.decode() if isinstance(data, bytes) else data
    result = []
    bits = count = 0
    for c in text.rstrip("="):
        bits = bits << 6 | _ALPHABET.index(c)
        count += 6
        if count >= 8:
            count -= 8
            result.append(bits >> count & 255)
    return _bytes_of(result)


def urlsafe_b64encode(data):
    return b64encode(data).decode().replace("+", "-").replace("/", "_").encode()


standard_b64encode, standard_b64decode = b64encode, b64decode


def b16encode(data):
    return data.hex().upper().encode()
