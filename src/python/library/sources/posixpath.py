from _native import is_file, is_folder, project_root, unknown

sep = "/"
curdir = "."
pardir = ".."
altsep = None
pathsep = ":"


def join(first, *rest):
    result = str(first)
    for part in rest:
        part = str(part)
        if part.startswith("/"):
            result = part
        elif not result or result.endswith("/"):
            result += part
        else:
            result += "/" + part
    return result


def split(path):
    path = str(path)
    at = path.rfind("/") + 1
    head, tail = path[:at], path[at:]
    if head and head.strip("/"):
        head = head.rstrip("/")
    return head, tail


def dirname(path):
    return split(path)[0]


def basename(path):
    return split(path)[1]


def splitext(path):
    path = str(path)
    at = path.rfind(".")
    start = path.rfind("/") + 1
    if at <= start or not path[start:at].strip("."):
        return path, ""
    return path[:at], path[at:]


def isabs(path):
    return str(path).startswith("/")


def normpath(path):
    path = str(path)
    if not path:
        return "."
    root = "/" if path.startswith("/") else ""
    parts = []
    for part in path.split("/"):
        if part in ("", "."):
            continue
        if part == ".." and (parts and parts[-1] != ".."):
            parts.pop()
        elif part != ".." or not root:
            parts.append(part)
    return root + "/".join(parts) or "."


def abspath(path):
    path = str(path)
    return normpath(path if path.startswith("/") else project_root() + "/" + path)


def realpath(path, **options):
    return abspath(path)


def relpath(path, start=None):
    here = abspath(project_root() if start is None else start).strip("/").split("/")
    there = abspath(path).strip("/").split("/")
    shared = 0
    while shared < len(here) and shared < len(there) and here[shared] == there[shared]:
        shared += 1
    return "/".join([".."] * (len(here) - shared) + there[shared:]) or "."


def commonpath(paths):
    split_paths = [str(path).split("/") for path in paths]
    shared = []
    for parts in zip(*split_paths):
        if any([part != parts[0] for part in parts]):
            break
        shared.append(parts[0])
    return "/".join(shared)


def expanduser(path):
    path = str(path)
    return unknown("the home folder is known only to the running program") if path.startswith("~") else path


def expandvars(path):
    return unknown("the environment is known only to the running program") if "$" in str(path) else path


def normcase(path):
    return path


def isfile(path):
    return is_file(str(path))


def isdir(path):
    return is_folder(str(path))


def exists(path):
    path = str(path)
    return is_file(path) or is_folder(path)


lexists = exists


def islink(path):
    return False
