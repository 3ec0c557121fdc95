class ABCMeta(type):
    def register(cls, subclass):
        return subclass


class ABC(metaclass=ABCMeta):
    pass


def abstractmethod(function):
    return function


abstractproperty = property
abstractclassmethod = classmethod
abstractstaticmethod = staticmethod
