"""Times in which nothing is judged, as a target file or an option says them. All of them are UTC."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

FORMS = '"02:00-04:00" every day, "Sun 02:00-04:00" every week, "2026-02-15T10:00/2026-02-15T12:30" once'
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_EVERY = re.compile(r"(?:(?P<day>[A-Za-z]{3})[a-z]* )?(?P<from>\d\d:\d\d)-(?P<to>\d\d:\d\d)")
_WEEK = 7 * 24 * 60


@dataclass(frozen=True)
class Maintenance:
    """A window of time: once from `begin` to `end`, or from minute to minute of every day or week."""

    text: str
    begin: dt.datetime | None = None
    end: dt.datetime | None = None
    minutes: tuple[tuple[int, int], ...] = ()
    """From and to, in minutes since Monday 00:00; the end may lie in the next week."""

    def covers(self, moment: dt.datetime) -> bool:
        """Whether the moment lies within; its end does not."""
        if self.begin is not None and self.end is not None:
            return self.begin <= moment < self.end
        at = moment.astimezone(dt.UTC)
        minute = at.weekday() * 1440 + at.hour * 60 + at.minute
        return any(begin <= one < end for begin, end in self.minutes for one in (minute, minute + _WEEK))


def read_maintenance(text: str) -> Maintenance:
    """The window that a text says. Raises ValueError that shows the forms."""
    if found := _EVERY.fullmatch(text.strip()):
        return _repeated(text, found)
    first, slash, last = text.partition("/")
    try:
        begin, end = (_moment(one) for one in (first, last)) if slash else (None, None)
    except ValueError:
        begin = end = None
    if begin is None or end is None:
        raise ValueError(f"{text!r} is no time of maintenance: {FORMS}")
    if end <= begin:
        raise ValueError(f"{text!r} ends before it begins")
    return Maintenance(text, begin, end)


def _repeated(text: str, found: re.Match[str]) -> Maintenance:
    day = (found["day"] or "").lower()
    if day and day not in _DAYS:
        raise ValueError(f"{text!r} names no day of the week: {', '.join(_DAYS)}")
    try:
        begin, end = (dt.time.fromisoformat(found[name]) for name in ("from", "to"))
    except ValueError:
        raise ValueError(f"{text!r} is no time of maintenance: {FORMS}") from None
    first, last = begin.hour * 60 + begin.minute, end.hour * 60 + end.minute
    if first == last:
        raise ValueError(f"{text!r} ends when it begins")
    last += 1440 if last < first else 0
    days = [_DAYS.index(day)] if day else range(7)
    return Maintenance(text, minutes=tuple((one * 1440 + first, one * 1440 + last) for one in days))


def _moment(text: str) -> dt.datetime:
    found = dt.datetime.fromisoformat(text.strip())
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
