from _native import entries, import_module, is_file, is_folder


class ModuleInfo(tuple):
    def __new__(cls, module_finder, name, ispkg):
        return tuple.__new__(cls, (module_finder, name, ispkg))

    @property
    def module_finder(self):
        return self[0]

    @property
    def name(self):
        return self[1]

    @property
    def ispkg(self):
        return self[2]


def iter_modules(path=None, prefix=""):
    result = []
    for folder in path or []:
        folder = str(folder)
        for entry in entries(folder):
            if entry.endswith(".py") and entry != "__init__.py":
                result.append(ModuleInfo(None, prefix + entry[:-3], False))
            elif "." not in entry and is_file(folder + "/" + entry + "/__init__.py"):
                result.append(ModuleInfo(None, prefix + entry, True))
    return iter(sorted(result, key=lambda info: info[1]))


def walk_packages(path=None, prefix="", onerror=None):
    for info in iter_modules(path, prefix):
        yield info
        if info.ispkg:
            module = import_module(info.name)
            yield from walk_packages(getattr(module, "__path__", []), info.name + ".", onerror)


def extend_path(path, name):
    return path


def get_data(package, resource):
    from _native import read

    return read(import_module(package).__path__[0] + "/" + resource).encode()


def resolve_name(name):
    module, _, attribute = name.partition(":")
    value = import_module(module)
    for part in attribute.split(".") if attribute else []:
        value = getattr(value, part)
    return value
