class Outer:
    X = [1, 2]
    Y = [x * 2 for x in X]
    class Inner:
        Z = 3
    for i in range(3):
        locals()[f"f{i}"] = i * 10
    vars().update({"u": 1})
    if True:
        cond = "yes"
    else:
        cond = "no"
    def __init__(self): self.__private = 5
    def get(self): return self.__private
    del i
result = [Outer.Y, Outer.Inner.Z, Outer.f2, Outer.u, Outer.cond, Outer().get(), Outer.__qualname__, Outer.Inner.__qualname__, hasattr(Outer, "i")]
