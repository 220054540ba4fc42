"""Moments and lengths of time as a person reads them."""

from __future__ import annotations

import datetime as dt

_UNITS = (("d", 86_400), ("h", 3_600), ("min", 60), ("s", 1))


def told(moment: dt.datetime) -> str:
    """A moment to the second, UTC: "2026-02-15 07:00:00Z"."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%d %H:%M:%SZ")


def length(span: dt.timedelta) -> str:
    """A length of time in its two largest units: "2 d 4 h", "35 s"."""
    left = max(int(span.total_seconds()), 0)
    parts: list[str] = []
    for unit, seconds in _UNITS:
        if left >= seconds or (unit == "s" and not parts):
            parts.append(f"{left // seconds} {unit}" if left // seconds or not parts else "")
            left %= seconds
        elif parts:
            parts.append("")
        if len(parts) == 2:
            break
    return " ".join(part for part in parts if part)
