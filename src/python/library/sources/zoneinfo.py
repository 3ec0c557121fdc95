from _native import unknown as _unknown
from datetime import timedelta, tzinfo


class ZoneInfo(tzinfo):
    def __init__(self, key):
        self.key = key

    def utcoffset(self, dt):
        return timedelta(0) if self.key in ("UTC", "Etc/UTC") else _unknown("the offset of a time zone is not read")

    def tzname(self, dt):
        return self.key

    def __str__(self):
        return self.key


ZoneInfoNotFoundError = type("ZoneInfoNotFoundError", (KeyError,), {})
