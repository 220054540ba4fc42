"""The moment since which lines count, as a person says it."""

from __future__ import annotations

import datetime as dt
import re

from greenroom.core.errors import GreenroomError

_AGO = re.compile(r"(\d+)(min|m|h|d|s)")
_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400}


def since_when(text: str, now: dt.datetime) -> float:
    """Seconds since 1970 of "24h", "90min", "7d", or of a day or moment in ISO 8601, UTC where it names no zone.

    Raises GreenroomError when it is neither.
    """
    if ago := _AGO.fullmatch(text.strip()):
        return now.timestamp() - int(ago[1]) * _SECONDS[ago[2]]
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        raise GreenroomError(
            f"--since {text!r} is no moment",
            hint='for example "24h", "90min", "7d", "2026-02-15", "2026-02-15T10:00:00Z", or the folder of a watch',
            code="usage",
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp()
