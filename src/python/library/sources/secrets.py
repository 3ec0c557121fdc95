from _native import unknown as _unknown


def _random(*args, **kwargs):
    return _unknown("a random value differs at every run")


token_hex = token_bytes = token_urlsafe = choice = randbelow = randbits = _random


def compare_digest(a, b):
    return a == b
