"""Times as they are read: in China's one time zone, whatever zone the machine is set to."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

#: 北京时间. A fixed offset needs no database of time zones, and no summer time has been since 1991.
CHINA = timezone(timedelta(hours=8))


def day(seconds: float) -> str:
    """The day of a moment (seconds since 1970): ``2026年4月1日``."""
    then = datetime.fromtimestamp(seconds, CHINA)
    return f"{then.year}年{then.month}月{then.day}日"


def minute(seconds: float) -> str:
    """A day with the time: ``2026年4月1日 09:30``."""
    return f"{day(seconds)} {datetime.fromtimestamp(seconds, CHINA):%H:%M}"


def stamp(seconds: float) -> str:
    """A moment as lists and files state it: ``2026-04-01 09:30:15``."""
    return f"{datetime.fromtimestamp(seconds, CHINA):%Y-%m-%d %H:%M:%S}"


def iso(seconds: float) -> str:
    """A moment as programs read it: ``2026-04-01T09:30:15+08:00``."""
    return datetime.fromtimestamp(seconds, CHINA).isoformat(timespec="seconds")


def midnight(of: date) -> float:
    """The moment at which a day begins."""
    return datetime(of.year, of.month, of.day, tzinfo=CHINA).timestamp()
