class Base:
    subs = []
    def __init_subclass__(cls, tag=None, **kw):
        super().__init_subclass__(**kw)
        cls.tag = tag
        Base.subs.append(cls.__name__)
class D:
    def __set_name__(self, owner, name): self.name = owner.__name__ + "." + name
    def __get__(self, obj, cls): return self if obj is None else "got " + self.name
    def __class_getitem__(cls, i): return ("item", i)
class X(Base, tag="t"):
    d = D()
class Y(X): pass
result = [Base.subs, X.tag, Y.tag, X.d.name, X().d, D[3]]
