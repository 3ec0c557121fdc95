from _native import is_unknown as _is_unknown


class JSONDecodeError(ValueError):
    pass


class JSONEncoder:
    def __init__(self, **options):
        self.options = options

    def default(self, o):
        raise TypeError(f"Object of type {type(o).__name__} is not JSON serializable")

    def encode(self, o):
        return dumps(o, **self.options)


class JSONDecoder:
    def __init__(self, **options):
        pass

    def decode(self, text):
        return loads(text)


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def _quoted(text, ascii):
    parts = []
    for c in text:
        if c in _ESCAPES:
            parts.append(_ESCAPES[c])
        elif c < " " or (ascii and c > "~"):
            code = ord(c)
            if code > 0xFFFF:
                code -= 0x10000
                parts.append(f"\\u{0xd800 + (code >> 10):04x}\\u{0xdc00 + (code & 0x3ff):04x}")
            else:
                parts.append(f"\\u{code:04x}")
        else:
            parts.append(c)
    return '"' + "".join(parts) + '"'


def _key(key, ascii):
    if isinstance(key, str):
        return _quoted(key, ascii)
    if key is True or key is False or key is None:
        return {True: '"true"', False: '"false"', None: '"null"'}[key]
    return '"' + str(key) + '"'


def dumps(obj, *, skipkeys=False, ensure_ascii=True, check_circular=True, allow_nan=True, cls=None, indent=None, separators=None, default=None, sort_keys=False, **options):
    item_separator, key_separator = separators or ((",", ": ") if indent is not None else (", ", ": "))
    step = " " * indent if isinstance(indent, int) else indent
    if default is None:
        default = cls().default if cls is not None else JSONEncoder().default

    def around(open, parts, close, depth):
        if not parts:
            return open + close
        if indent is None:
            return open + item_separator.join(parts) + close
        line = "\n" + step * (depth + 1)
        return open + line + (item_separator + line).join(parts) + "\n" + step * depth + close

    def write(value, depth):
        if _is_unknown(value):
            return value
        if isinstance(value, str):
            return _quoted(str.__str__(value), ensure_ascii)
        if value is None:
            return "null"
        if value is True:
            return "true"
        if value is False:
            return "false"
        if isinstance(value, int):
            return int.__repr__(value)
        if isinstance(value, float):
            return "NaN" if value != value else {"inf": "Infinity", "-inf": "-Infinity"}.get(repr(value), repr(value))
        if isinstance(value, (list, tuple)):
            return around("[", [write(item, depth + 1) for item in value], "]", depth)
        if isinstance(value, dict):
            items = sorted(value.items()) if sort_keys else value.items()
            return around("{", [_key(k, ensure_ascii) + key_separator + write(v, depth + 1) for k, v in items], "}", depth)
        return write(default(value), depth)

    return write(obj, 0)


def dump(obj, stream, **options):
    stream.write(dumps(obj, **options))


_BLANKS = " \t\n\r"


class _Reader:
    def __init__(self, text):
        self.text = text
        self.at = 0

    def fail(self, message):
        raise JSONDecodeError(f"{message}: char {self.at}")

    def skip(self):
        while self.at < len(self.text) and self.text[self.at] in _BLANKS:
            self.at += 1

    def take(self, mark):
        self.skip()
        if self.text.startswith(mark, self.at):
            self.at += len(mark)
            return True
        return False

    def string(self):
        parts = []
        while True:
            quote = self.text.find('"', self.at)
            if quote < 0:
                self.fail("Unterminated string")
            slash = self.text.find("\\", self.at, quote)
            if slash < 0:
                parts.append(self.text[self.at : quote])
                self.at = quote + 1
                return "".join(parts)
            parts.append(self.text[self.at : slash])
            code = self.text[slash + 1]
            self.at = slash + 2
            if code == "u":
                number = int(self.text[self.at : self.at + 4], 16)
                self.at += 4
                if 0xD800 <= number < 0xDC00 and self.text.startswith("\\u", self.at):
                    number = 0x10000 + ((number - 0xD800) << 10) + int(self.text[self.at + 2 : self.at + 6], 16) - 0xDC00
                    self.at += 6
                parts.append(chr(number))
            else:
                parts.append({"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}.get(code, code))

    def number(self):
        end = self.at
        while end < len(self.text) and self.text[end] in "+-0123456789.eE":
            end += 1
        token = self.text[self.at : end]
        if not token:
            self.fail("Expecting value")
        self.at = end
        return float(token) if "." in token or "e" in token or "E" in token else int(token)

    def value(self):
        if self.take('"'):
            return self.string()
        if self.take("{"):
            result = {}
            if self.take("}"):
                return result
            while True:
                if not self.take('"'):
                    self.fail("Expecting property name enclosed in double quotes")
                key = self.string()
                if not self.take(":"):
                    self.fail("Expecting ':' delimiter")
                result[key] = self.value()
                if self.take("}"):
                    return result
                if not self.take(","):
                    self.fail("Expecting ',' delimiter")
        if self.take("["):
            items = []
            if self.take("]"):
                return items
            while True:
                items.append(self.value())
                if self.take("]"):
                    return items
                if not self.take(","):
                    self.fail("Expecting ',' delimiter")
        for word, constant in (("true", True), ("false", False), ("null", None)):
            if self.take(word):
                return constant
        return self.number()


def loads(s, **options):
    if _is_unknown(s):
        return s
    reader = _Reader(s if isinstance(s, str) else s.decode())
    value = reader.value()
    reader.skip()
    if reader.at != len(reader.text):
        reader.fail("Extra data")
    return value


def load(stream, **options):
    return loads(stream.read())
