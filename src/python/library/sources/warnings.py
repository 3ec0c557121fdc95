def warn(*args, **kwargs):
    pass


warn_explicit = filterwarnings = simplefilter = resetwarnings = showwarning = warn


class catch_warnings:
    def __init__(self, **options):
        pass

    def __enter__(self):
        return []

    def __exit__(self, *details):
        return None


def deprecated(*args, **kwargs):
    return lambda thing: thing
