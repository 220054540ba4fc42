"""When a line was written. A time without a zone is taken for UTC."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

_WHERE = 120
"""Letters at the beginning of a line in which its time stands: what comes later is what the line is about."""
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:[.,](\d{1,6}))?\d*\s?(Z|[+-]\d\d(?::?\d\d)?)?")
_COMMON = re.compile(r"\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SCALES = (1e17, 1e9), (1e14, 1e6), (1e11, 1e3)
"""From which number on seconds since 1970 are nanoseconds, microseconds, milliseconds."""


def time_of_line(line: str) -> float | None:
    """Seconds since 1970 of an ISO 8601 or a common-log time at the beginning of a line; None where there is none."""
    if found := _ISO.search(line, 0, _WHERE):
        return _iso(found)
    if found := _COMMON.search(line, 0, _WHERE):
        day, month, rest = found[1].split("/")
        year, clock = rest[:4], rest[5:]
        number = _MONTHS.index(month) + 1 if month in _MONTHS else 0
        return _moment(f"{year}-{number:02}-{day} {clock[:8]}{clock[9:12]}:{clock[12:]}")
    return None


def time_of_value(value: Any) -> float | None:
    """The same of a value of a JSON line: text, or a number of seconds, milliseconds, micro- or nanoseconds."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return next((value / scale for least, scale in _SCALES if value >= least), float(value))
    if isinstance(value, str):
        return time_of_line(value)
    return None


def _iso(found: re.Match[str]) -> float | None:
    day, clock, fraction, zone = found.groups()
    zone = "+00:00" if zone in (None, "Z") else zone if ":" in zone else f"{zone[:3]}:{zone[3:] or '00'}"
    return _moment(f"{day} {clock}.{(fraction or '0'):0<6}{zone}")


def _moment(text: str) -> float | None:
    try:
        return dt.datetime.fromisoformat(text).timestamp()
    except ValueError:
        return None
