import re as _re

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = r"""!"#$%&'()*+,-./:;<=>?@[\]^_`{|}~"""
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    return (sep or " ").join([word.capitalize() for word in s.split(sep)])


class Template:
    delimiter = "$"

    def __init__(self, template):
        self.template = template

    def _fill(self, values, safe):
        text = self.template
        mark = self.delimiter
        parts = []
        at = 0
        while at < len(text):
            found = text.find(mark, at)
            if found < 0:
                break
            parts.append(text[at:found])
            at = found + len(mark)
            if text[at : at + len(mark)] == mark:
                parts.append(mark)
                at += len(mark)
                continue
            braced = text[at : at + 1] == "{"
            start = at + 1 if braced else at
            end = start
            while end < len(text) and (text[end] == "_" or text[end].isalnum()):
                end += 1
            name = text[start:end]
            if not name or name[0].isdigit() or (braced and text[end : end + 1] != "}"):
                if not safe:
                    raise ValueError("Invalid placeholder in string")
                parts.append(mark)
                continue
            if braced:
                end += 1
            if name in values:
                parts.append(str(values[name]))
            elif safe:
                parts.append(mark + text[at:end])
            else:
                raise KeyError(name)
            at = end
        return "".join(parts) + text[at:]

    def substitute(self, mapping={}, /, **kwargs):
        return self._fill({**mapping, **kwargs}, False)

    def safe_substitute(self, mapping={}, /, **kwargs):
        return self._fill({**mapping, **kwargs}, True)


class Formatter:
    def format(self, format_string, /, *args, **kwargs):
        return format_string.format(*args, **kwargs)

    def vformat(self, format_string, args, kwargs):
        return format_string.format(*args, **kwargs)
