def dedent(text):
    lines = text.split("\n")
    margin = None
    for at, line in enumerate(lines):
        content = line.lstrip(" \t")
        if not content:
            lines[at] = ""
            continue
        indent = line[: len(line) - len(content)]
        if margin is None:
            margin = indent
        else:
            size = 0
            while size < len(margin) and size < len(indent) and margin[size] == indent[size]:
                size += 1
            margin = margin[:size]
    if margin:
        lines = [line[len(margin) :] for line in lines]
    return "\n".join(lines)


def indent(text, prefix, predicate=None):
    return "".join([(prefix + line if (predicate(line) if predicate else line.strip()) else line) for line in text.splitlines(True)])


def wrap(text, width=70, initial_indent="", subsequent_indent="", **options):
    lines = []
    line = initial_indent
    empty = True
    for word in text.split():
        if not empty and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = subsequent_indent
            empty = True
        line += word if empty else " " + word
        empty = False
    if not empty:
        lines.append(line)
    return lines


def fill(text, width=70, **options):
    return "\n".join(wrap(text, width, **options))


def shorten(text, width, placeholder=" [...]", **options):
    text = " ".join(text.split())
    if len(text) <= width:
        return text
    words = text.split(" ")
    while words and len(" ".join(words) + placeholder) > width:
        words.pop()
    return " ".join(words) + placeholder if words else placeholder.lstrip()
