from _native import unknown as _unknown

MINYEAR = 1
MAXYEAR = 9999
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_LONG_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_LONG_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def _now():
    return _unknown("the time differs at every run")


def _days_before_year(year):
    y = year - 1
    return y * 365 + y // 4 - y // 100 + y // 400


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month_length(year, month):
    return (31, 29 if _is_leap(year) else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def _ordinal(year, month, day):
    return _days_before_year(year) + sum([_month_length(year, m) for m in range(1, month)]) + day


def _from_ordinal(n):
    year = (n * 400) // 146097 + 1
    while _days_before_year(year) >= n:
        year -= 1
    while _days_before_year(year + 1) < n:
        year += 1
    left = n - _days_before_year(year)
    month = 1
    while left > _month_length(year, month):
        left -= _month_length(year, month)
        month += 1
    return year, month, left


class timedelta:
    def __init__(self, days=0, seconds=0, microseconds=0, milliseconds=0, minutes=0, hours=0, weeks=0):
        total = (((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds
        micro = round(total * 1000000) + round(milliseconds * 1000) + round(microseconds)
        self._set(int(micro))

    def _set(self, micro):
        self._micro = micro
        seconds, self.microseconds = divmod(micro, 1000000)
        self.days, self.seconds = divmod(seconds, 86400)
        return self

    @staticmethod
    def _of(micro):
        return timedelta()._set(micro)

    def total_seconds(self):
        return self._micro / 1000000

    def __add__(self, other):
        return timedelta._of(self._micro + other._micro) if isinstance(other, timedelta) else NotImplemented

    def __sub__(self, other):
        return timedelta._of(self._micro - other._micro) if isinstance(other, timedelta) else NotImplemented

    def __neg__(self):
        return timedelta._of(-self._micro)

    def __abs__(self):
        return timedelta._of(abs(self._micro))

    def __mul__(self, other):
        return timedelta._of(round(self._micro * other))

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self._micro / other._micro if isinstance(other, timedelta) else timedelta._of(round(self._micro / other))

    def __floordiv__(self, other):
        return self._micro // other._micro if isinstance(other, timedelta) else timedelta._of(self._micro // other)

    def __mod__(self, other):
        return timedelta._of(self._micro % other._micro)

    def __eq__(self, other):
        return isinstance(other, timedelta) and self._micro == other._micro

    def __lt__(self, other):
        return self._micro < other._micro

    def __le__(self, other):
        return self._micro <= other._micro

    def __gt__(self, other):
        return self._micro > other._micro

    def __ge__(self, other):
        return self._micro >= other._micro

    def __hash__(self):
        return hash(self._micro)

    def __bool__(self):
        return self._micro != 0

    def __str__(self):
        hours, rest = divmod(self.seconds, 3600)
        text = f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
        if self.days:
            text = f"{self.days} day{'' if abs(self.days) == 1 else 's'}, " + text
        return text + (f".{self.microseconds:06d}" if self.microseconds else "")

    def __repr__(self):
        parts = [f"{name}={getattr(self, name)}" for name in ("days", "seconds", "microseconds") if getattr(self, name)]
        return f"datetime.timedelta({', '.join(parts) or '0'})"


timedelta.min = timedelta(-999999999)
timedelta.max = timedelta(999999999, 86399, 999999)
timedelta.resolution = timedelta(microseconds=1)


class tzinfo:
    def utcoffset(self, dt):
        return None

    def tzname(self, dt):
        return None


def _offset_text(offset, colon=":"):
    minutes = offset._micro // 60000000
    sign = "-" if minutes < 0 else "+"
    minutes = abs(minutes)
    return f"{sign}{minutes // 60:02d}{colon}{minutes % 60:02d}"


class timezone(tzinfo):
    def __init__(self, offset, name=None):
        self._offset = offset
        self._name = name

    def utcoffset(self, dt):
        return self._offset

    def dst(self, dt):
        return None

    def tzname(self, dt):
        if self._name is not None:
            return self._name
        return "UTC" + _offset_text(self._offset) if self._offset else "UTC"

    def __eq__(self, other):
        return isinstance(other, timezone) and self._offset == other._offset

    def __hash__(self):
        return hash(self._offset)

    def __str__(self):
        return self.tzname(None)

    def __repr__(self):
        return "datetime.timezone.utc" if not self._offset else f"datetime.timezone({self._offset!r})"


timezone.utc = timezone(timedelta(0))
UTC = timezone.utc


def _strftime(value, pattern):
    result = []
    at = 0
    hour, minute, second, micro = value._clock()
    while at < len(pattern):
        c = pattern[at]
        if c != "%" or at + 1 == len(pattern):
            result.append(c)
            at += 1
            continue
        code = pattern[at + 1]
        at += 2
        if code == "Y":
            result.append(str(value.year))
        elif code == "y":
            result.append(f"{value.year % 100:02d}")
        elif code == "m":
            result.append(f"{value.month:02d}")
        elif code == "d":
            result.append(f"{value.day:02d}")
        elif code == "H":
            result.append(f"{hour:02d}")
        elif code == "I":
            result.append(f"{(hour + 11) % 12 + 1:02d}")
        elif code == "M":
            result.append(f"{minute:02d}")
        elif code == "S":
            result.append(f"{second:02d}")
        elif code == "f":
            result.append(f"{micro:06d}")
        elif code == "p":
            result.append("AM" if hour < 12 else "PM")
        elif code == "b":
            result.append(_MONTHS[value.month - 1])
        elif code == "B":
            result.append(_LONG_MONTHS[value.month - 1])
        elif code == "a":
            result.append(_DAYS[value.weekday()])
        elif code == "A":
            result.append(_LONG_DAYS[value.weekday()])
        elif code == "j":
            result.append(f"{_ordinal(value.year, value.month, value.day) - _days_before_year(value.year):03d}")
        elif code == "V":
            result.append(f"{value.isocalendar()[1]:02d}")
        elif code == "G":
            result.append(str(value.isocalendar()[0]))
        elif code == "F":
            result.append(f"{value.year}-{value.month:02d}-{value.day:02d}")
        elif code == "T":
            result.append(f"{hour:02d}:{minute:02d}:{second:02d}")
        elif code == "z":
            offset = value.utcoffset() if hasattr(value, "utcoffset") else None
            result.append("" if offset is None else _offset_text(offset, ""))
        elif code == "Z":
            result.append("" if getattr(value, "tzinfo", None) is None else value.tzinfo.tzname(value))
        elif code == "%":
            result.append("%")
        else:
            result.append("%" + code)
    return "".join(result)


class date:
    def __init__(self, year, month, day):
        if not 1 <= month <= 12:
            raise ValueError("month must be in 1..12")
        if not 1 <= day <= _month_length(year, month):
            raise ValueError("day is out of range for month")
        self.year = year
        self.month = month
        self.day = day

    @classmethod
    def today(cls):
        return _now()

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        return (datetime(1970, 1, 1) + timedelta(seconds=timestamp)).date()

    @classmethod
    def fromordinal(cls, n):
        return cls(*_from_ordinal(n))

    @classmethod
    def fromisoformat(cls, text):
        if len(text) == 8:
            return cls(int(text[:4]), int(text[4:6]), int(text[6:8]))
        return cls(int(text[:4]), int(text[5:7]), int(text[8:10]))

    def _clock(self):
        return 0, 0, 0, 0

    def _key(self):
        return (self.year, self.month, self.day)

    def toordinal(self):
        return _ordinal(self.year, self.month, self.day)

    def weekday(self):
        return (self.toordinal() + 6) % 7

    def isoweekday(self):
        return self.weekday() + 1

    def isocalendar(self):
        thursday = date.fromordinal(self.toordinal() - self.weekday() + 3)
        week = (thursday.toordinal() - _days_before_year(thursday.year) - 1) // 7 + 1
        return (thursday.year, week, self.isoweekday())

    def isoformat(self):
        return f"{self.year:04d}-{self.month:02d}-{self.day:02d}"

    def strftime(self, format):
        return _strftime(self, format)

    def timetuple(self):
        return (self.year, self.month, self.day, *self._clock()[:3], self.weekday(), 0, -1)

    def replace(self, year=None, month=None, day=None):
        return type(self)(year or self.year, month or self.month, day or self.day)

    def __format__(self, specification):
        return self.strftime(specification) if specification else str(self)

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        return f"datetime.date({self.year}, {self.month}, {self.day})"

    def __add__(self, other):
        return date.fromordinal(self.toordinal() + other.days) if isinstance(other, timedelta) else NotImplemented

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return date.fromordinal(self.toordinal() - other.days)
        return timedelta(self.toordinal() - other.toordinal())

    def __eq__(self, other):
        return type(self) is type(other) and self._key() == other._key()

    def __lt__(self, other):
        return self._key() < other._key()

    def __le__(self, other):
        return self._key() <= other._key()

    def __gt__(self, other):
        return self._key() > other._key()

    def __ge__(self, other):
        return self._key() >= other._key()

    def __hash__(self):
        return hash(self._key())


date.min = date(1, 1, 1)
date.max = date(9999, 12, 31)


class time:
    def __init__(self, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
        self.tzinfo = tzinfo

    year, month, day = 1900, 1, 1

    @classmethod
    def fromisoformat(cls, text):
        parts = text.split(":")
        seconds, _, fraction = (parts[2] if len(parts) > 2 else "0").partition(".")
        return cls(int(parts[0]), int(parts[1]) if len(parts) > 1 else 0, int(seconds), int((fraction + "000000")[:6]))

    def _clock(self):
        return self.hour, self.minute, self.second, self.microsecond

    def weekday(self):
        return 0

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(None)

    def isoformat(self, timespec="auto"):
        text = f"{self.hour:02d}:{self.minute:02d}:{self.second:02d}"
        if self.microsecond:
            text += f".{self.microsecond:06d}"
        return text + ("" if self.tzinfo is None else _offset_text(self.utcoffset()))

    def strftime(self, format):
        return _strftime(self, format)

    def replace(self, **changes):
        return type(self)(**{**dict(hour=self.hour, minute=self.minute, second=self.second, microsecond=self.microsecond, tzinfo=self.tzinfo), **changes})

    def __format__(self, specification):
        return self.strftime(specification) if specification else str(self)

    def __str__(self):
        return self.isoformat()

    def __repr__(self):
        numbers = [self.hour, self.minute] + ([self.second] if self.second or self.microsecond else []) + ([self.microsecond] if self.microsecond else [])
        zone = "" if self.tzinfo is None else f", tzinfo={self.tzinfo!r}"
        return f"datetime.time({', '.join([str(n) for n in numbers])}{zone})"

    def __eq__(self, other):
        return isinstance(other, time) and self._clock() == other._clock()

    def __lt__(self, other):
        return self._clock() < other._clock()

    def __le__(self, other):
        return self._clock() <= other._clock()

    def __gt__(self, other):
        return self._clock() > other._clock()

    def __ge__(self, other):
        return self._clock() >= other._clock()

    def __hash__(self):
        return hash(self._clock())


time.min = time(0, 0)
time.max = time(23, 59, 59, 999999)


class datetime(date):
    def __init__(self, year, month, day, hour=0, minute=0, second=0, microsecond=0, tzinfo=None, *, fold=0):
        date.__init__(self, year, month, day)
        self.hour = hour
        self.minute = minute
        self.second = second
        self.microsecond = microsecond
        self.tzinfo = tzinfo

    @classmethod
    def now(cls, tz=None):
        return _now()

    @classmethod
    def today(cls):
        return _now()

    @classmethod
    def utcnow(cls):
        return _now()

    @classmethod
    def fromtimestamp(cls, timestamp, tz=None):
        result = datetime(1970, 1, 1) + timedelta(seconds=timestamp)
        return result if tz is None else result.replace(tzinfo=tz)

    @classmethod
    def utcfromtimestamp(cls, timestamp):
        return datetime(1970, 1, 1) + timedelta(seconds=timestamp)

    @classmethod
    def combine(cls, day, clock, tzinfo=None):
        return cls(day.year, day.month, day.day, clock.hour, clock.minute, clock.second, clock.microsecond, tzinfo or clock.tzinfo)

    @classmethod
    def fromisoformat(cls, text):
        day = date.fromisoformat(text[:10])
        rest = text[11:]
        zone = None
        if rest.endswith("Z"):
            rest, zone = rest[:-1], timezone.utc
        else:
            at = max(rest.rfind("+"), rest.rfind("-"))
            if at > 0:
                hours, _, minutes = rest[at + 1 :].partition(":")
                offset = timedelta(hours=int(hours[:2]), minutes=int(minutes or hours[2:] or 0))
                zone = timezone(-offset if rest[at] == "-" else offset)
                rest = rest[:at]
        clock = time.fromisoformat(rest) if rest else time()
        return cls(day.year, day.month, day.day, clock.hour, clock.minute, clock.second, clock.microsecond, zone)

    @classmethod
    def strptime(cls, text, format):
        return _unknown("datetime.strptime is not read")

    def _clock(self):
        return self.hour, self.minute, self.second, self.microsecond

    def _micro(self):
        hour, minute, second, micro = self._clock()
        total = ((self.toordinal() * 24 + hour) * 60 + minute) * 60 + second
        offset = self.utcoffset()
        return total * 1000000 + micro - (0 if offset is None else offset._micro)

    def _key(self):
        return self._micro()

    def utcoffset(self):
        return None if self.tzinfo is None else self.tzinfo.utcoffset(self)

    def tzname(self):
        return None if self.tzinfo is None else self.tzinfo.tzname(self)

    def date(self):
        return _date(self.year, self.month, self.day)

    def time(self):
        return _time(self.hour, self.minute, self.second, self.microsecond)

    def timetz(self):
        return _time(self.hour, self.minute, self.second, self.microsecond, self.tzinfo)

    def timestamp(self):
        if self.tzinfo is None:
            return _unknown("the local time zone is known only to the running program")
        return (self - datetime(1970, 1, 1, tzinfo=timezone.utc)).total_seconds()

    def astimezone(self, tz=None):
        if tz is None or self.tzinfo is None:
            return _unknown("the local time zone is known only to the running program")
        moved = self.replace(tzinfo=None) - self.utcoffset() + tz.utcoffset(self)
        return moved.replace(tzinfo=tz)

    def isoformat(self, sep="T", timespec="auto"):
        text = f"{self.year:04d}-{self.month:02d}-{self.day:02d}{sep}{self.hour:02d}:{self.minute:02d}"
        if timespec != "minutes":
            text += f":{self.second:02d}"
        if timespec == "milliseconds":
            text += f".{self.microsecond // 1000:03d}"
        elif timespec == "microseconds" or (timespec == "auto" and self.microsecond):
            text += f".{self.microsecond:06d}"
        offset = self.utcoffset()
        return text + ("" if offset is None else _offset_text(offset))

    def replace(self, **changes):
        values = dict(year=self.year, month=self.month, day=self.day, hour=self.hour, minute=self.minute, second=self.second, microsecond=self.microsecond, tzinfo=self.tzinfo)
        return type(self)(**{**values, **changes})

    def __str__(self):
        return self.isoformat(" ")

    def __repr__(self):
        numbers = [self.year, self.month, self.day, self.hour, self.minute]
        if self.second or self.microsecond:
            numbers.append(self.second)
        if self.microsecond:
            numbers.append(self.microsecond)
        zone = "" if self.tzinfo is None else f", tzinfo={self.tzinfo!r}"
        return f"datetime.datetime({', '.join([str(n) for n in numbers])}{zone})"

    def __add__(self, other):
        if not isinstance(other, timedelta):
            return NotImplemented
        hour, minute, second, micro = self._clock()
        total = (((self.toordinal() * 24 + hour) * 60 + minute) * 60 + second) * 1000000 + micro + other._micro
        seconds, micro = divmod(total, 1000000)
        days, seconds = divmod(seconds, 86400)
        year, month, day = _from_ordinal(days)
        return type(self)(year, month, day, seconds // 3600, seconds // 60 % 60, seconds % 60, micro, self.tzinfo)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + -other
        return timedelta._of(self._micro() - other._micro())


_date, _time = date, time
datetime.min = datetime(1, 1, 1)
datetime.max = datetime(9999, 12, 31, 23, 59, 59, 999999)
