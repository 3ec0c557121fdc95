from _native import read as _read


class StringIO:
    def __init__(self, text=""):
        self._text = text

    def read(self):
        return self._text

    def getvalue(self):
        return self._text

    def write(self, text):
        self._text += text

    def readlines(self):
        return self._text.splitlines(True)

    def readline(self):
        return self._text.splitlines(True)[0]

    def __iter__(self):
        return iter(self._text.splitlines(True))

    def __enter__(self):
        return self

    def __exit__(self, *details):
        return None

    def close(self):
        pass


class BytesIO(StringIO):
    def __init__(self, data=b""):
        self._text = data


def open(file, mode="r", *args, **kwargs):
    text = _read(str(file))
    return BytesIO(text.encode()) if "b" in mode else StringIO(text)


TextIOWrapper = StringIO
IOBase = StringIO
