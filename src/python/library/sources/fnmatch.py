def fnmatchcase(name, pattern):
    if not pattern:
        return not name
    first = pattern[0]
    if first == "*":
        return fnmatchcase(name, pattern[1:]) or (bool(name) and fnmatchcase(name[1:], pattern))
    if not name:
        return False
    if first == "[":
        end = pattern.find("]", 2)
        if end > 0:
            chars = pattern[1:end]
            negated = chars[0] == "!"
            chars = chars[1:] if negated else chars
            found = False
            at = 0
            while at < len(chars):
                if at + 2 < len(chars) and chars[at + 1] == "-":
                    found = found or chars[at] <= name[0] <= chars[at + 2]
                    at += 3
                else:
                    found = found or chars[at] == name[0]
                    at += 1
            return found != negated and fnmatchcase(name[1:], pattern[end + 1 :])
    return (first == "?" or first == name[0]) and fnmatchcase(name[1:], pattern[1:])


fnmatch = fnmatchcase


def filter(names, pattern):
    return [name for name in names if fnmatchcase(name, pattern)]
