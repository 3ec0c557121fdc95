from _native import unknown as _unknown


def _random(*args, **kwargs):
    return _unknown("a random value differs at every run")


random = randint = choice = choices = sample = uniform = randrange = getrandbits = shuffle = gauss = randbytes = _random


def seed(*args, **kwargs):
    pass


class Random:
    def __init__(self, *args):
        pass

    random = randint = choice = choices = sample = uniform = randrange = getrandbits = shuffle = gauss = lambda self, *args, **kwargs: _random()


SystemRandom = Random
