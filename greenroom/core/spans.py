"""Lengths of time as a person writes them: 5m, 24h, 7d."""

from __future__ import annotations

import re

from greenroom.core.errors import GreenroomError

_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(min|m|h|d|s)")
_SECONDS = {"s": 1, "m": 60, "min": 60, "h": 3_600, "d": 86_400}


def seconds_of(text: str, option: str) -> float:
    """The seconds of "5m", "24h", "1h30m". Raises GreenroomError that names the option when it is none."""
    plain = text.strip().lower()
    parts = _PART.findall(plain)
    if not parts or _PART.sub("", plain).strip():
        raise GreenroomError(f"{option} {text!r} is no length of time", hint='"30s", "5m", "24h", "7d"', code="usage")
    found = sum(float(number) * _SECONDS[unit] for number, unit in parts)
    if found <= 0:
        raise GreenroomError(f"{option} {text!r} is no time at all", hint='"30s", "5m", "24h", "7d"', code="usage")
    return found
