"""One figure over time as a drawing: lines that are as thick at any width, with words around it and not in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from greenroom.reporting.watching.history import Course
from greenroom.reporting.watching.thinning import thinned

WIDTH, HEIGHT = 1000.0, 100.0
MOST_POINTS = 600
"""Points of a line: more than a screen has room for."""
_GAP = 2.5
"""So many times the usual pause between two looks is a gap, and no line is drawn over it."""

_FAR = 5
"""So many times the largest value is too far away for a bound to be drawn."""

Point = tuple[dt.datetime, float]
Moments = Sequence[dt.datetime]


@dataclass(frozen=True)
class Band:
    """A stretch of time, as a place and a width."""

    x: float
    width: float


@dataclass(frozen=True)
class Chart:
    """What a template draws. Places are in units of WIDTH and HEIGHT, from the top left."""

    lines: tuple[str, ...]
    """The points of each unbroken line."""
    dots: tuple[tuple[float, float, bool], ...]
    """Points that stand out: those of looks that were out of bounds, which is the third, or alone between two gaps."""
    bound: float | None
    """The height of the bound; None where it is not in the drawing."""
    alarms: tuple[Band, ...]
    silent: tuple[Band, ...]
    """Looks at which the figure was not known."""
    quiet: tuple[Band, ...]
    """Times of maintenance."""
    top: float
    """The value at the upper edge."""


def chart_of(
    course: Course,
    begin: dt.datetime,
    end: dt.datetime,
    usual: float,
    quiet: Moments,
    silent: Moments,
) -> Chart:
    """The drawing of a figure between two moments. `usual` is the pause between two looks in seconds; `quiet` and
    `silent` are the looks in maintenance, and those that did not know the figure."""
    span = max((end - begin).total_seconds(), 1.0)
    bound = course.bound
    worst = course.worst or 0.0
    if bound is not None and 0 < worst < bound / _FAR:
        bound = None  # it would leave nothing of the line
    top = _round_up(max(worst, bound or 0.0) * 1.08) or 1.0

    def x(moment: dt.datetime) -> float:
        return round((moment - begin).total_seconds() / span * WIDTH, 2)

    def y(value: float) -> float:
        return round(HEIGHT - value / top * HEIGHT, 2)

    step = max(usual / span * WIDTH, WIDTH / 400)
    parts = _unbroken(thinned(course.points, MOST_POINTS), _allowed(course.points, usual))
    lines = tuple(" ".join(f"{x(at)},{y(value)}" for at, value in part) for part in parts if len(part) > 1)
    out = [point for part in parts for point in part if len(part) == 1 or point[0] in course.out]
    return Chart(
        lines=lines,
        dots=tuple((x(at), y(value), at in course.out) for at, value in out),
        bound=y(bound) if bound is not None else None,
        alarms=tuple(Band(x(since), max(x(until or end) - x(since), step / 2)) for since, until in course.alarms),
        silent=_bands(map(x, silent), step),
        quiet=_bands(map(x, quiet), step),
        top=top,
    )


def _allowed(points: Sequence[Point], usual: float) -> float:
    """Seconds between two points that are still one line; thinned points are further apart."""
    return max(usual, 1e-3) * _GAP * max(2 * len(points) / MOST_POINTS, 1)


def _unbroken(points: Sequence[Point], allowed: float) -> list[list[Point]]:
    parts: list[list[Point]] = []
    for point in points:
        if parts and (point[0] - parts[-1][-1][0]).total_seconds() <= allowed:
            parts[-1].append(point)
        else:
            parts.append([point])
    return parts


def _bands(places: Iterable[float], step: float) -> tuple[Band, ...]:
    """Neighbours are one band."""
    found: list[Band] = []
    for x in places:
        if found and x <= found[-1].x + found[-1].width + step * 0.6:
            found[-1] = Band(found[-1].x, round(x + step - found[-1].x, 2))
        else:
            found.append(Band(x, round(step, 2)))
    return tuple(found)


def _round_up(value: float) -> float:
    """The next number that is easy to read: 1, 2 or 5 times a power of ten."""
    if value <= 0:
        return 0.0
    power = 1.0
    while power > value:
        power /= 10
    while power * 10 <= value:
        power *= 10
    return next(step * power for step in (1, 2, 5, 10) if step * power >= value)
