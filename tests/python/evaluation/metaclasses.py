class Meta(type):
    def __new__(mcs, name, bases, ns, **kw):
        ns["added"] = name.lower()
        return super().__new__(mcs, name, bases, ns)
    def __init__(cls, name, bases, ns, **kw):
        super().__init__(name, bases, ns)
        cls.kw = kw
    def __call__(cls, *args):
        obj = super().__call__(*args)
        obj.made = True
        return obj
    @classmethod
    def __prepare__(mcs, name, bases, **kw): return {"prepared": 1}
    def hello(cls): return "hi " + cls.__name__
    def __len__(cls): return 42
    def __iter__(cls): return iter([1, 2])
    def __getattr__(cls, name): return "dyn_" + name
class K(metaclass=Meta, opt=3):
    pass
class L(K): pass
T = Meta("T", (), {"z": 1})
U = type("U", (K,), {"w": 2})
result = [K.added, L.added, K.kw, K().made, K.prepared, K.hello(), len(K), list(L), K.foo, T.z, T.added, type(U).__name__, U.w, type(K).__name__]
