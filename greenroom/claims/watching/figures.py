"""From what one look saw to its figures: each beside its bound, judged, with what its alarm comes to.

What the database shows is judged as it is. Delays, conflicts and errors are counted over a window, of which one bad
moment would be a part for as long as the window lasts; so a look is out of bounds only when the window is and the look
itself had a part in it.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from greenroom.claims.watching.alarm import Alarm
from greenroom.claims.watching.seen import NO_ROWS, LookSeen, OffendingRows
from greenroom.claims.watching.window import WindowPart, delays, errors, go_lives, percentile
from greenroom.record.series import CanarySeen, Judged, OperationSeen, WatchedFigure
from greenroom.targetfile.watch import WATCHED, Watch

Key = tuple[str, str]
_OF_ROWS = WATCHED[:5]
_OF_CANARY = ("listing_delay_p50", "listing_delay_p95")


@dataclass(frozen=True)
class _Figure:
    found: float | None
    bad: bool | None
    """None where the look could not tell."""
    rows: OffendingRows = NO_ROWS


def judged(
    seen: LookSeen,
    watch: Watch,
    at: float,
    *,
    before: Sequence[WatchedFigure] = (),
    earlier: Sequence[WindowPart] = (),
    maintenance: bool = False,
) -> list[WatchedFigure]:
    """The figures of one look, made `at` so many seconds since 1970.

    `before` are those of the look before; a figure that was there stays there, also where this look could not tell it.
    `earlier` are the parts of the looks of the window, without this one. In a time of maintenance all is told, and
    nothing judged.
    """
    former: Mapping[Key, WatchedFigure] = {(one.name, one.of): one for one in before}
    found = dict(_figures(seen, watch, [*earlier, WindowPart(seen.canary, seen.log)]))
    operations = list(dict.fromkeys(of for _, of in (*former, *found)))  # in the order in which they are tried
    keys = sorted({*former, *found}, key=lambda key: (WATCHED.index(key[0]), operations.index(key[1])))
    return [_one(key, found.get(key), former.get(key), watch, at, maintenance) for key in keys]


def _one(
    key: Key, figure: _Figure | None, former: WatchedFigure | None, watch: Watch, at: float, maintenance: bool
) -> WatchedFigure:
    name, of = key
    bound = float(getattr(watch, name))
    bad = None if figure is None or maintenance or math.isinf(bound) else figure.bad
    alarm = alarm_of(former).after(at, bad, watch.rule(name))
    rows = figure.rows if figure is not None else NO_ROWS
    is_out = figure is not None and figure.found is not None and figure.found > bound
    return WatchedFigure(
        name=name,
        of=of,
        found=figure.found if figure is not None else None,
        bound=None if math.isinf(bound) else bound,
        judged=_WORDS[bad],
        alarm=alarm.raised,
        recent=list(alarm.recent),
        turning_since=alarm.turning_since,
        since=rows.since if is_out else None,
        rows=list(rows.rows) if is_out else [],
    )


def alarm_of(figure: WatchedFigure | None) -> Alarm:
    """The alarm as a look left it; quiet where there was none."""
    return Alarm(figure.alarm, tuple(figure.recent), figure.turning_since) if figure is not None else Alarm()


_WORDS: Mapping[bool | None, Judged] = {True: "bad", False: "good", None: "unknown"}


def _figures(seen: LookSeen, watch: Watch, window: Sequence[WindowPart]) -> Iterator[tuple[Key, _Figure]]:
    for name in _OF_ROWS:
        rows = seen.audit.figures.get(name) if seen.audit is not None else None
        if rows is not None:
            yield (name, ""), _Figure(float(rows.count), rows.count > getattr(watch, name), rows)
    yield ("conflict_rate", ""), _conflicts(window, watch)
    if seen.canary is not None:
        yield from _of_canary(seen.canary, watch, window)


def _conflicts(window: Sequence[WindowPart], watch: Watch) -> _Figure:
    whole, own = go_lives(window), go_lives(window[-1:])
    log = window[-1].log
    if whole.rate is None or (not own.asked and (log is None or log.could_not_tell)):
        return _Figure(None, None)
    out = whole.conflicts > watch.conflicts_an_hour and whole.rate > watch.conflict_rate
    rows = tuple({"line": line} for line in log.lines) if log is not None else ()
    return _Figure(whole.rate, out and own.conflicts > 0, OffendingRows(len(rows), None, rows))


def _of_canary(canary: CanarySeen, watch: Watch, window: Sequence[WindowPart]) -> Iterator[tuple[Key, _Figure]]:
    ordered, own = delays(window), delays(window[-1:])
    for name, share in zip(_OF_CANARY, (0.5, 0.95), strict=True):
        found, bound = percentile(ordered, share), float(getattr(watch, name))
        if own and found is not None:
            yield (name, ""), _Figure(found, found > bound and own[-1] > bound)
    for name in dict.fromkeys(one.name for one in canary.operations):
        of_it = [one for one in canary.operations if one.name == name]
        part = errors(window, name)
        wrong = any(one.came_of_it in ("refused", "broke") for one in of_it)
        yield ("operation_errors", name), _Figure(part, wrong and (part or 0) > watch.operation_errors, _said(of_it))
        slowest = max(one.seconds for one in of_it)
        yield ("operation_seconds", name), _Figure(slowest, slowest > watch.operation_seconds)


def _said(operations: Sequence[OperationSeen]) -> OffendingRows:
    """What went wrong, in the place of rows."""
    rows = tuple({"operation": one.name, "status": one.status, "said": one.said} for one in operations if one.said)
    return OffendingRows(len(rows), None, rows)
