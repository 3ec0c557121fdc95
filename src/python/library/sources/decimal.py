ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_HALF_DOWN = "ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_HALF_DOWN"
ROUND_UP, ROUND_DOWN, ROUND_CEILING, ROUND_FLOOR, ROUND_05UP = "ROUND_UP", "ROUND_DOWN", "ROUND_CEILING", "ROUND_FLOOR", "ROUND_05UP"


class DecimalException(ArithmeticError): pass
class InvalidOperation(DecimalException): pass
class DivisionByZero(DecimalException, ZeroDivisionError): pass
class Inexact(DecimalException): pass
class Rounded(Inexact): pass


def _rounded(number, power, rounding):
    """number / 10**power as an integer."""
    if power <= 0:
        return number * 10**-power
    sign = -1 if number < 0 else 1
    whole, rest = divmod(abs(number), 10**power)
    twice = 2 * rest - 10**power
    if rounding == ROUND_UP:
        up = rest > 0
    elif rounding == ROUND_DOWN:
        up = False
    elif rounding == ROUND_CEILING:
        up = rest > 0 and sign > 0
    elif rounding == ROUND_FLOOR:
        up = rest > 0 and sign < 0
    elif rounding == ROUND_HALF_UP:
        up = twice >= 0
    elif rounding == ROUND_HALF_DOWN:
        up = twice > 0
    else:
        up = twice > 0 or (twice == 0 and whole % 2 == 1)
    return sign * (whole + (1 if up else 0))


class Decimal:
    def __init__(self, value="0", context=None):
        self._special = None
        self._negative = False
        if isinstance(value, Decimal):
            self._number, self._exponent, self._special = value._number, value._exponent, value._special
        elif isinstance(value, int):
            self._number, self._exponent = int(value), 0
        elif isinstance(value, float):
            self._from_float(value)
        elif isinstance(value, (tuple, list)):
            sign, digits, exponent = value
            self._number = int("".join([str(d) for d in digits]) or "0") * (-1 if sign else 1)
            self._exponent = exponent
        else:
            self._from_text(value)

    def _from_float(self, value):
        exponent = 0
        while value != int(value):
            value *= 2
            exponent += 1
        self._number, self._exponent = int(value) * 5**exponent, -exponent

    def _from_text(self, text):
        text = text.strip().replace("_", "").lower()
        sign = -1 if text.startswith("-") else 1
        body = text.lstrip("+-")
        self._negative = sign < 0
        if body in ("nan", "inf", "infinity", "snan"):
            self._special = ("-" if sign < 0 else "") + {"nan": "NaN", "snan": "sNaN"}.get(body, "Infinity")
            self._number = self._exponent = 0
            return
        digits, _, exponent = body.partition("e")
        whole, _, fraction = digits.partition(".")
        if not (whole + fraction).isdigit():
            raise InvalidOperation(f"invalid literal for Decimal: {text!r}")
        self._number = sign * int(whole + fraction)
        self._exponent = int(exponent or 0) - len(fraction)

    @classmethod
    def _of(cls, number, exponent):
        result = Decimal()
        result._number, result._exponent = number, exponent
        return result

    @classmethod
    def from_float(cls, value):
        return Decimal(value)

    @staticmethod
    def _coerced(value):
        if isinstance(value, Decimal):
            return value
        return Decimal(value) if isinstance(value, int) else None

    def _aligned(self, other):
        exponent = min(self._exponent, other._exponent)
        return self._number * 10 ** (self._exponent - exponent), other._number * 10 ** (other._exponent - exponent), exponent

    def _fitted(self):
        digits = len(str(abs(self._number)))
        if digits <= 28:
            return self
        return Decimal._of(_rounded(self._number, digits - 28, ROUND_HALF_EVEN), self._exponent + digits - 28)

    def __add__(self, other):
        other = Decimal._coerced(other)
        if other is None:
            return NotImplemented
        a, b, exponent = self._aligned(other)
        return Decimal._of(a + b, exponent)._fitted()

    __radd__ = __add__

    def __sub__(self, other):
        other = Decimal._coerced(other)
        return NotImplemented if other is None else self + -other

    def __rsub__(self, other):
        return Decimal(other) - self

    def __mul__(self, other):
        other = Decimal._coerced(other)
        if other is None:
            return NotImplemented
        return Decimal._of(self._number * other._number, self._exponent + other._exponent)._fitted()

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = Decimal._coerced(other)
        if other is None:
            return NotImplemented
        if other._number == 0:
            raise DivisionByZero("division by zero")
        ideal = self._exponent - other._exponent
        shift = max(0, 30 + len(str(abs(other._number))) - len(str(abs(self._number))))
        sign = -1 if (self._number < 0) != (other._number < 0) else 1
        quotient, rest = divmod(abs(self._number) * 10**shift, abs(other._number))
        if rest and quotient % 5 == 0:
            quotient += 1
        exponent = ideal - shift
        while exponent < ideal and quotient % 10 == 0:
            quotient //= 10
            exponent += 1
        return Decimal._of(sign * quotient, exponent)._fitted()

    def __rtruediv__(self, other):
        return Decimal(other) / self

    def __floordiv__(self, other):
        a, b, _ = self._aligned(Decimal(other))
        quotient = abs(a) // abs(b)
        return Decimal(quotient if (a < 0) == (b < 0) else -quotient)

    def __mod__(self, other):
        a, b, exponent = self._aligned(Decimal(other))
        rest = abs(a) % abs(b)
        return Decimal._of(-rest if a < 0 else rest, exponent)

    def __pow__(self, power):
        if isinstance(power, int) and power >= 0:
            return Decimal._of(self._number**power, self._exponent * power)._fitted()
        if isinstance(power, int):
            return Decimal(1) / self**-power
        return NotImplemented

    def __neg__(self):
        return Decimal._of(-self._number, self._exponent)

    def __pos__(self):
        return self._fitted()

    def __abs__(self):
        return Decimal._of(abs(self._number), self._exponent)

    def _compare(self, other):
        if isinstance(other, float):
            other = Decimal(other)
        other = Decimal._coerced(other)
        if other is None:
            return None
        a, b, _ = self._aligned(other)
        return (a > b) - (a < b)

    def __eq__(self, other):
        order = self._compare(other)
        return NotImplemented if order is None else order == 0

    def __lt__(self, other):
        return self._compare(other) < 0

    def __le__(self, other):
        return self._compare(other) <= 0

    def __gt__(self, other):
        return self._compare(other) > 0

    def __ge__(self, other):
        return self._compare(other) >= 0

    def __hash__(self):
        n = self.normalize()
        return hash(n._number * 10**n._exponent) if n._exponent >= 0 else hash((n._number, n._exponent))

    def __bool__(self):
        return self._number != 0

    def __int__(self):
        return _rounded(self._number, -self._exponent, ROUND_DOWN)

    __trunc__ = __int__

    def __floor__(self):
        return _rounded(self._number, -self._exponent, ROUND_FLOOR)

    def __ceil__(self):
        return _rounded(self._number, -self._exponent, ROUND_CEILING)

    def __float__(self):
        return float(str(self))

    def __round__(self, digits=None):
        if digits is None:
            return _rounded(self._number, -self._exponent, ROUND_HALF_EVEN)
        return Decimal._of(_rounded(self._number, -self._exponent - digits, ROUND_HALF_EVEN), -digits)

    def quantize(self, exp, rounding=ROUND_HALF_EVEN, context=None):
        exponent = Decimal(exp)._exponent
        return Decimal._of(_rounded(self._number, exponent - self._exponent, rounding or ROUND_HALF_EVEN), exponent)

    def to_integral_value(self, rounding=ROUND_HALF_EVEN, context=None):
        return Decimal(_rounded(self._number, -self._exponent, rounding or ROUND_HALF_EVEN)) if self._exponent < 0 else self

    to_integral = to_integral_value

    def normalize(self, context=None):
        number, exponent = self._number, self._exponent
        if number == 0:
            return Decimal(0)
        while number % 10 == 0:
            number //= 10
            exponent += 1
        return Decimal._of(number, exponent)

    def as_tuple(self):
        return (1 if self._number < 0 else 0, tuple([int(d) for d in str(abs(self._number))]), self._exponent)

    def is_nan(self):
        return self._special is not None and "NaN" in self._special

    def is_infinite(self):
        return self._special is not None and "Inf" in self._special

    def is_finite(self):
        return self._special is None

    def is_zero(self):
        return self._number == 0

    def is_signed(self):
        return self._number < 0

    def sqrt(self, context=None):
        from _native import unknown

        return unknown("Decimal.sqrt is not computed")

    def __str__(self):
        if self._special is not None:
            return self._special
        sign = "-" if self._number < 0 or (self._number == 0 and self._negative) else ""
        digits = str(abs(self._number))
        adjusted = self._exponent + len(digits) - 1
        if self._exponent <= 0 and adjusted >= -6:
            if self._exponent == 0:
                return sign + digits
            digits = digits.rjust(1 - self._exponent, "0")
            return sign + digits[: self._exponent] + "." + digits[self._exponent :]
        mantissa = digits[0] + ("." + digits[1:] if len(digits) > 1 else "")
        return f"{sign}{mantissa}E{adjusted:+d}"

    def __repr__(self):
        return f"Decimal('{self}')"

    def __format__(self, specification):
        if not specification:
            return str(self)
        if specification.endswith("f") and "." in specification:
            digits = int(specification[specification.rfind(".") + 1 : -1])
            text = str(Decimal._of(_rounded(self._number, -self._exponent - digits, ROUND_HALF_EVEN), -digits))
            head = specification[: specification.rfind(".")]
            if head in ("", "0"):
                return text
        return format(float(self), specification)


class Context:
    prec = 28
    rounding = ROUND_HALF_EVEN

    def __init__(self, *args, **kwargs):
        pass


_context = Context()


def getcontext():
    return _context


def setcontext(context):
    pass


def localcontext(context=None, **kwargs):
    from contextlib import nullcontext

    return nullcontext(_context)


BasicContext = ExtendedContext = DefaultContext = _context
