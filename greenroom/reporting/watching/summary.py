"""The sentence that a person signs: how long, how many looks, and each figure."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence

from greenroom.core.moments import length
from greenroom.core.wording import plural
from greenroom.record.series_file import Watched
from greenroom.record.times import instant
from greenroom.reporting.watching.history import Course, Totals
from greenroom.reporting.watching.words import value

_ROWS = ("stuck_rooms", "orphaned_sessions", "falsely_listed", "unlisted_sessions")
_SHORT = {
    "stuck_rooms": "stuck rooms",
    "orphaned_sessions": "open sessions without a room",
    "falsely_listed": "falsely listed",
    "unlisted_sessions": "not listed",
}


def lasted(watched: Watched) -> dt.timedelta:
    """From a watch's beginning to its end, or to its last look where it has none yet."""
    last = watched.ended.at if watched.ended is not None else watched.looks[-1].at if watched.looks else ""
    begin, end = instant(watched.began.at), instant(last)
    return end - begin if begin is not None and end is not None else dt.timedelta()


def told_span(span: dt.timedelta) -> str:
    """A length of time; a day is 24 h, as one asks for it."""
    seconds = round(span.total_seconds())
    if not 86_400 <= seconds < 2 * 86_400:
        return length(dt.timedelta(seconds=seconds))
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours} h" + (f" {minutes} min" if minutes else "")


def missed_looks(watched: Watched) -> int:
    """How many looks were due and are not there, since nobody watched or the one before took so long."""
    every = watched.began.every
    if not every or any(one.every != every for one in watched.resumed):
        return 0
    return max(math.floor(lasted(watched).total_seconds() / every) - len(watched.looks), 0)


def summary(watched: Watched, totals: Totals, courses: Sequence[Course]) -> str:
    """`24 h, 288 looks, stuck rooms 0, ...`. A figure is the worst of all looks."""
    return ", ".join(_parts(watched, totals, courses))


def _parts(watched: Watched, totals: Totals, courses: Sequence[Course]) -> Iterator[str]:
    yield told_span(lasted(watched))
    missed = missed_looks(watched)
    besides = [f"{count:,} {result}" for result, count in totals.looks.items() if count and result != "good"]
    besides += [f"{missed:,} missed"] if missed else []
    yield plural(totals.all, "look") + (f" ({', '.join(besides)})" if besides else "")
    worst = {(one.name, one.of): one.worst for one in courses}
    for name in _ROWS:
        if (name, "") in worst:
            yield f"{_SHORT[name]} {value(name, worst[name, ''])}"
    if totals.delays:
        ordered = sorted(totals.delays)
        p50, p95 = (ordered[max(math.ceil(share * len(ordered)), 1) - 1] for share in (0.5, 0.95))
        yield f"listing delay {value('listing_delay_p50', p50)} (p50) and {value('listing_delay_p95', p95)} (p95)"
    if totals.go_lives:
        yield f"409s {totals.conflicts:,} of {plural(totals.go_lives, 'Go Live')}"
    if totals.operations:
        calls, errors = (sum(getattr(one, key) for one in totals.operations.values()) for key in ("calls", "errors"))
        yield f"errors {errors:,} of {plural(calls, 'operation')}"
        yield f"slowest {value('operation_seconds', max(one.slowest for one in totals.operations.values()))}"
    yield plural(totals.alarms.total(), "alarm")
