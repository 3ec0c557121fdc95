class A:
    x = 1
    def __init__(self, v): self.v = v
    def m(self): return self.v
    @classmethod
    def c(cls): return cls.__name__
    @staticmethod
    def s(a): return a * 2
    @property
    def p(self): return self.v + 1
    @p.setter
    def p(self, value): self.v = value
class B(A):
    x = A.x + 1
    def m(self): return super().m() * 10
    @classmethod
    def c(cls): return "B" + super().c()
b = B(3)
before = b.p
b.p = 7
result = [b.m(), B.c(), A.s(4), before, b.v, B.x, A(1).m(), isinstance(b, A), issubclass(B, A), type(b) is B, B.__mro__[1].__name__, hasattr(b, "q"), getattr(b, "q", 5), b.__class__.__name__, vars(b), B.__bases__[0] is A]
