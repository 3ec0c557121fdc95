import _regular_expressions as _engine
from _native import is_unknown as _is_unknown

NOFLAG = 0
A = ASCII = 256
I = IGNORECASE = 2
L = LOCALE = 4
U = UNICODE = 32
M = MULTILINE = 8
S = DOTALL = 16
X = VERBOSE = 64
_SEARCH, _MATCH, _FULL = 0, 1, 2


class error(Exception):
    pass


PatternError = error


class Match:
    def __init__(self, pattern, text, places):
        self.re = pattern
        self.string = text
        self._places = places

    def _number(self, group):
        return self.re.groupindex[group] if isinstance(group, str) else group

    def span(self, group=0):
        number = self._number(group)
        if number * 2 >= len(self._places):
            raise IndexError("no such group")
        return self._places[2 * number], self._places[2 * number + 1]

    def start(self, group=0):
        return self.span(group)[0]

    def end(self, group=0):
        return self.span(group)[1]

    def _text(self, group, default=None):
        start, end = self.span(group)
        return default if start < 0 or end < 0 else self.string[start:end]

    def group(self, *groups):
        if not groups:
            return self._text(0)
        if len(groups) == 1:
            return self._text(groups[0])
        return tuple([self._text(group) for group in groups])

    __getitem__ = _text

    def groups(self, default=None):
        return tuple([self._text(number, default) for number in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        return {name: self._text(number, default) for name, number in self.re.groupindex.items()}

    def expand(self, template):
        return _expanded(self, template)

    @property
    def lastindex(self):
        found = [number for number in range(1, self.re.groups + 1) if self._places[2 * number] >= 0]
        return found[-1] if found else None


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "a": "\a", "\\": "\\"}


def _expanded(match, template):
    if "\\" not in template:
        return template
    parts = []
    at = 0
    while at < len(template):
        slash = template.find("\\", at)
        if slash < 0 or slash + 1 >= len(template):
            parts.append(template[at:])
            break
        parts.append(template[at:slash])
        code = template[slash + 1]
        at = slash + 2
        if code == "g" and template[at : at + 1] == "<":
            end = template.index(">", at)
            name = template[at + 1 : end]
            parts.append(match._text(int(name) if name.isdigit() else name, ""))
            at = end + 1
        elif code == "0":
            parts.append("\0")
        elif code.isdigit():
            number = code
            if at < len(template) and template[at].isdigit():
                number += template[at]
                at += 1
            parts.append(match._text(int(number), ""))
        else:
            parts.append(_ESCAPES.get(code, "\\" + code))
    return "".join(parts)


class Pattern:
    def __init__(self, pattern, flags):
        self.pattern = pattern
        self.flags = flags | UNICODE
        try:
            self._compiled = _engine.compile(pattern, int(flags))
        except ValueError as failure:
            raise error(str(failure)) from None
        self.groups = _engine.group_count(self._compiled)
        self.groupindex = _engine.group_names(self._compiled)

    def __class_getitem__(cls, item):
        return cls

    def _run(self, text, position, mode):
        places = _engine.search(self._compiled, text, position, mode)
        if _is_unknown(places):
            return places
        return None if places is None else Match(self, text, places)

    def search(self, string, pos=0, endpos=None):
        return self._run(string if endpos is None else string[:endpos], pos, _SEARCH)

    def match(self, string, pos=0, endpos=None):
        return self._run(string if endpos is None else string[:endpos], pos, _MATCH)

    def fullmatch(self, string, pos=0, endpos=None):
        return self._run(string if endpos is None else string[:endpos], pos, _FULL)

    def _all(self, string, pos=0):
        found = []
        while pos <= len(string):
            match = self._run(string, pos, _SEARCH)
            if match is None:
                break
            if _is_unknown(match):
                return match
            start, end = match.span()
            found.append(match)
            pos = end + 1 if start == end else end
        return found

    def finditer(self, string, pos=0, endpos=None):
        return iter(self._all(string, pos))

    def findall(self, string, pos=0, endpos=None):
        if self.groups == 0:
            return [match.group() for match in self._all(string, pos)]
        if self.groups == 1:
            return [match._text(1, "") for match in self._all(string, pos)]
        return [match.groups("") for match in self._all(string, pos)]

    def subn(self, repl, string, count=0):
        parts = []
        at = 0
        done = 0
        for match in self._all(string):
            if count and done >= count:
                break
            start, end = match.span()
            parts.append(string[at:start])
            parts.append(repl(match) if callable(repl) else _expanded(match, repl))
            at = end
            done += 1
        parts.append(string[at:])
        return "".join(parts), done

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def split(self, string, maxsplit=0):
        parts = []
        at = 0
        for match in self._all(string):
            if maxsplit and len(parts) >= maxsplit:
                break
            start, end = match.span()
            parts.append(string[at:start])
            parts += match.groups()
            at = end
        parts.append(string[at:])
        return parts

    def __repr__(self):
        return f"re.compile({self.pattern!r})"

    def __eq__(self, other):
        return isinstance(other, Pattern) and (self.pattern, self.flags) == (other.pattern, other.flags)

    def __hash__(self):
        return hash((self.pattern, self.flags))


_cache = {}


def compile(pattern, flags=0):
    if isinstance(pattern, Pattern) or _is_unknown(pattern):
        return pattern
    if (pattern, flags) not in _cache:
        _cache[pattern, flags] = Pattern(pattern, flags)
    return _cache[pattern, flags]


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


_SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"


def escape(pattern):
    return "".join(["\\" + c if c in _SPECIAL else c for c in pattern])


def purge():
    _cache.clear()


class RegexFlag(int):
    pass
