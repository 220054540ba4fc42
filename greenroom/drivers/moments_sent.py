"""Moments as a target takes them in requests: ISO 8601, or a number; and how long it is until a planned end."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, Literal

from greenroom.core import clock

_MOMENTS = ("now", "starts_at", "ends_at")
_A_SECOND = {"seconds": 1, "milliseconds": 1000}


def as_taken(values: Mapping[str, Any], times: Literal["iso", "seconds", "milliseconds"]) -> dict[str, Any]:
    """The values of placeholders with each moment as the target takes it, and `lasts` beside a planned end: the whole
    seconds until then. What is no moment, such as nonsense that is sent on purpose, stays as it is."""
    moments = {name: moment for name in _MOMENTS if (moment := _moment(values.get(name))) is not None}
    told: dict[str, Any] = {}
    if "ends_at" in moments:
        told["lasts"] = max(round((moments["ends_at"] - clock.now()).total_seconds()), 1)
    if times != "iso":
        told |= {name: round(moment.timestamp() * _A_SECOND[times]) for name, moment in moments.items()}
    return {**values, **told}


def _moment(value: Any) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return moment if moment is not None and moment.tzinfo is not None else None
