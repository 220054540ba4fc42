"""Moments as a feature says them: how long ago, to the unit that matters."""

from __future__ import annotations

import datetime as dt
import re

_UNITS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400}
_AGO = re.compile(r"(?P<count>\d+) (?P<unit>second|minute|hour|day)s? ago|in (?P<later>\d+) (?P<of>\w+?)s?")
_FINE = (("second", 120), ("minute", 48 * 3600), ("hour", 14 * 86_400), ("day", 0))
"""The largest span, in seconds, that is told in a unit: minutes until two days, since the migration counts them."""


def in_words(moment: dt.datetime, now: dt.datetime) -> str:
    """ "125 minutes ago", "in 3 hours"."""
    seconds = round((now - moment).total_seconds())
    unit = next(unit for unit, longest in _FINE if abs(seconds) < longest or not longest)
    count = abs(seconds) // _UNITS[unit]
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"in {words}" if seconds < 0 else f"{words} ago"


def from_words(words: str, now: dt.datetime) -> dt.datetime | None:
    """The moment, None for words that are none."""
    found = _AGO.fullmatch(words.strip())
    if found is None or (found["of"] and found["of"] not in _UNITS):
        return None
    if found["later"]:
        return now + dt.timedelta(seconds=int(found["later"]) * _UNITS[found["of"]])
    return now - dt.timedelta(seconds=int(found["count"]) * _UNITS[found["unit"]])
