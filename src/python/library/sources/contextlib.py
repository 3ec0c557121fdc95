from functools import wraps
from _native import is_unknown


class AbstractContextManager:
    def __enter__(self):
        return self

    def __exit__(self, *details):
        return None


class AbstractAsyncContextManager: pass


class ContextDecorator:
    def __call__(self, function):
        @wraps(function)
        def inner(*args, **kwargs):
            with self:
                return function(*args, **kwargs)

        return inner


class _GeneratorManager(ContextDecorator):
    def __init__(self, generator):
        self.generator = generator

    def __enter__(self):
        return next(self.generator, None)

    def __exit__(self, *details):
        for _ in self.generator:
            pass
        return None


def contextmanager(function):
    @wraps(function)
    def made(*args, **kwargs):
        result = function(*args, **kwargs)
        if is_unknown(result):
            return result
        return _GeneratorManager(result)

    return made


asynccontextmanager = contextmanager


class suppress(AbstractContextManager):
    def __init__(self, *exceptions):
        self.exceptions = exceptions

    def __exit__(self, kind, value, traceback):
        return kind is not None and issubclass(kind, self.exceptions)


class nullcontext(AbstractContextManager):
    def __init__(self, enter_result=None):
        self.enter_result = enter_result

    def __enter__(self):
        return self.enter_result


class closing(AbstractContextManager):
    def __init__(self, thing):
        self.thing = thing

    def __enter__(self):
        return self.thing


class redirect_stdout(AbstractContextManager):
    def __init__(self, target):
        self.target = target


redirect_stderr = redirect_stdout


class ExitStack(AbstractContextManager):
    def enter_context(self, manager):
        return manager.__enter__()

    def callback(self, function, *args, **kwargs):
        return function

    def push(self, manager):
        return manager

    def close(self):
        pass
