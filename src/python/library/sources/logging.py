NOTSET, DEBUG, INFO, WARNING, ERROR, CRITICAL = 0, 10, 20, 30, 40, 50
WARN, FATAL = WARNING, CRITICAL


def _nothing(*args, **kwargs):
    pass


class Handler:
    def __init__(self, *args, **kwargs):
        pass

    setLevel = setFormatter = addFilter = _nothing


class Formatter(Handler): pass
class StreamHandler(Handler): pass
class NullHandler(Handler): pass
class FileHandler(Handler): pass
class Filter(Handler): pass


class Logger:
    def __init__(self, name=None, level=0):
        self.name = name
        self.level = level
        self.handlers = []
        self.disabled = False
        self.propagate = True

    debug = info = warning = warn = error = exception = critical = log = fatal = _nothing
    setLevel = addHandler = removeHandler = addFilter = _nothing

    def isEnabledFor(self, level):
        return False

    def getChild(self, suffix):
        return Logger(f"{self.name}.{suffix}")


class LoggerAdapter(Logger): pass


def getLogger(name=None):
    return Logger(name)


getLoggerClass = lambda: Logger
root = Logger("root")
basicConfig = debug = info = warning = warn = error = exception = critical = log = disable = captureWarnings = addLevelName = _nothing
