WeakValueDictionary = dict
WeakKeyDictionary = dict
WeakSet = set


def ref(obj, callback=None):
    return lambda: obj


def proxy(obj, callback=None):
    return obj


class finalize:
    def __init__(self, *args, **kwargs):
        pass


class WeakMethod:
    def __init__(self, method, callback=None):
        self.method = method

    def __call__(self):
        return self.method
