def f(x):
    try:
        if x == 1: raise ValueError("bad", 1)
        if x == 2: return {}["k"]
        if x == 3: return [][0]
        if x == 4: return 1 / 0
        if x == 5: return undefined
        if x == 6: return None.foo
        return "ok"
    except ValueError as e:
        return ("V", e.args, str(e))
    except (KeyError, IndexError) as e:
        return type(e).__name__, str(e)
    except ArithmeticError:
        return "arith"
    except Exception as e:
        return type(e).__name__
    finally:
        log.append(x)
log = []
class MyErr(RuntimeError):
    def __init__(self, code): super().__init__(f"code {code}"); self.code = code
try:
    raise MyErr(3)
except RuntimeError as e:
    r = (e.code, str(e), repr(e))
def g():
    for i in range(5):
        try:
            if i == 2: continue
            if i == 4: break
        finally:
            log.append(-i)
    else:
        log.append("else")
g()
result = [[f(i) for i in range(7)], log, r]
