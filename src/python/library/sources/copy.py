from _native import kind_of, shallow_copy


class Error(Exception):
    pass


def copy(x):
    if kind_of(x) in ("host", "instance"):
        method = getattr(x, "__copy__", None)
        if method is not None:
            return method()
    return shallow_copy(x)


def deepcopy(x, memo=None):
    memo = {} if memo is None else memo
    if isinstance(x, list) and type(x) is list:
        return [deepcopy(item, memo) for item in x]
    if type(x) is tuple:
        return tuple([deepcopy(item, memo) for item in x])
    if type(x) is dict:
        return {deepcopy(key, memo): deepcopy(value, memo) for key, value in x.items()}
    if type(x) is set:
        return {deepcopy(item, memo) for item in x}
    if kind_of(x) in ("host", "instance"):
        method = getattr(x, "__deepcopy__", None)
        if method is not None:
            return method(memo)
    if kind_of(x) == "instance":
        result = shallow_copy(x)
        if result is not x:
            for name, value in list(vars(result).items()):
                object.__setattr__(result, name, deepcopy(value, memo))
        return result
    return shallow_copy(x)


def replace(obj, /, **changes):
    method = getattr(obj, "__replace__", None) or getattr(obj, "_replace", None)
    if method is not None:
        return method(**changes)
    import dataclasses

    return dataclasses.replace(obj, **changes)
