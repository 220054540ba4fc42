"""What the looks of the last while come to together: delays, conflicts and errors."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from greenroom.record.series import CanarySeen, LogSeen


class WindowPart(NamedTuple):
    """What one look gave of what is counted over a window."""

    canary: CanarySeen | None
    log: LogSeen | None


class GoLives(NamedTuple):
    """How many, those that were answered 409 included, and how many were."""

    asked: int
    conflicts: int

    @property
    def rate(self) -> float | None:
        """The part that was answered 409; None where there was no Go Live."""
        return self.conflicts / self.asked if self.asked else None


def delays(parts: Iterable[WindowPart]) -> list[float]:
    """How long each change took to be in the listing, in seconds, the shortest first."""
    found = [one for part in parts for one in _delays_of(part.canary)]
    return sorted(found)


def percentile(ordered: Sequence[float], share: float) -> float | None:
    """The smallest value that so large a share of them does not exceed; None of nothing."""
    return ordered[max(math.ceil(share * len(ordered)), 1) - 1] if ordered else None


def go_lives(parts: Iterable[WindowPart]) -> GoLives:
    """All Go Lives that the gateway's log tells of, and where it tells nothing the canary's own."""
    asked = conflicts = 0
    for part in parts:
        if part.log is not None and not part.log.could_not_tell:
            asked, conflicts = asked + part.log.go_lives, conflicts + part.log.conflicts
        elif part.canary is not None:
            own = [one.came_of_it for one in part.canary.operations if one.name == "go_live"]
            asked, conflicts = asked + len(own), conflicts + own.count("conflict")
    return GoLives(asked, conflicts)


def errors(parts: Iterable[WindowPart], operation: str) -> float | None:
    """The part of an operation's calls that went wrong; None where it was not called. A conflict is no error: it has a
    figure of its own."""
    seen = [
        one.came_of_it in ("refused", "broke")
        for part in parts
        if part.canary is not None
        for one in part.canary.operations
        if one.name == operation
    ]
    return sum(seen) / len(seen) if seen else None


def _delays_of(canary: CanarySeen | None) -> Iterator[float]:
    if canary is not None:
        yield from (one for one in (canary.listed_after, canary.gone_after) if one is not None)
