"""What one look saw, before it is judged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from greenroom.record.series import CanarySeen, LogSeen


@dataclass(frozen=True)
class OffendingRows:
    """The rows that offend: how many, since when the oldest is so, and the first of them."""

    count: int
    since: str | None = None
    rows: tuple[dict[str, Any], ...] = ()


NO_ROWS = OffendingRows(0)


@dataclass(frozen=True)
class AuditSeen:
    """The figures of an audit, by their names, and the stuck rooms by the session fix's own query."""

    figures: Mapping[str, OffendingRows]
    documented_stuck: int


@dataclass(frozen=True)
class LookSeen:
    """All of it; None what was not looked at, or could not be. Why, is in `could_not_tell`."""

    audit: AuditSeen | None = None
    canary: CanarySeen | None = None
    log: LogSeen | None = None
    could_not_tell: tuple[str, ...] = field(default=())
