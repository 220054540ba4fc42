"""Fewer points of a long line, which keeps every peak: the smallest and the largest value of each stretch of time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T", bound=tuple[object, float])


def thinned(points: Sequence[T], most: int) -> list[T]:
    """At most so many of the points, in their order; all where there are no more than that.

    The first and the last one are kept, and of every stretch of as many points its smallest and its largest value: a
    single peak among thousands of looks stays what it was, where it was.
    """
    if len(points) <= most or most < 4:
        return list(points)
    stretches = max((most - 2) // 2, 1)
    inner = points[1:-1]
    kept = [points[0]]
    for number in range(stretches):
        part = inner[number * len(inner) // stretches : (number + 1) * len(inner) // stretches]
        if not part:
            continue
        places = range(len(part))
        low, high = min(places, key=lambda at: part[at][1]), max(places, key=lambda at: part[at][1])
        kept += [part[at] for at in sorted({low, high})]
    return [*kept, points[-1]]
