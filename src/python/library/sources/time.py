from _native import unknown as _unknown


def _now(*args, **kwargs):
    return _unknown("the time differs at every run")


time = time_ns = monotonic = perf_counter = localtime = gmtime = strftime = ctime = process_time = _now
timezone = 0
tzname = ("UTC", "UTC")


def sleep(seconds):
    pass
