"""What was counted and judged, as it is told to others."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable

from greenroom.claims.logs.judge import Figure, figures, is_out, rate_of, verdict
from greenroom.claims.logs.lines import Seen
from greenroom.claims.logs.pairs import Pairs
from greenroom.claims.logs.tally import Single, Tally
from greenroom.core.verdict import RunVerdict, exit_code
from greenroom.reporting.logs_json import FigureSeen, HourSeen, LinePlace, LogsFile, PairSeen, SingleSeen
from greenroom.targetfile.watch import Watch

_LONGEST = 500

Clean = Callable[[str], str]
"""Takes secrets out of a line."""


def summary(
    found: Tally, watch: Watch, *, target: str, since: float | None, rows: int | None, clean: Clean
) -> LogsFile:
    """Everything about a log; of the lines to look at so many `rows` of each kind, None for all that were kept."""
    judged = figures(found, watch)
    said: RunVerdict = verdict(found, judged)
    return LogsFile.model_validate(
        {
            "target": target,
            "sources": found.sources,
            "lines": found.lines,
            "since": moment(since),
            "first": moment(found.first),
            "last": moment(found.last),
            "earlier": found.earlier,
            "untimed": found.untimed,
            "verdict": said,
            "exit": exit_code(said),
            "figures": [_figure(one) for one in judged],
            "hours": [_hour(hour, found.hours[hour], found.conflicts, watch) for hour in sorted(found.hours)],
            "resets": _pairs(found.resets, rows, clean),
            "syncs": _pairs(found.syncs, rows, clean),
            "fallback_ends": _single(found.fallbacks, rows, clean),
            "rooms_provisioned": _single(found.provisioned, rows, clean),
        }
    )


def moment(time: float | None) -> str | None:
    """Seconds since 1970 as ISO 8601 UTC, to the millisecond."""
    if time is None:
        return None
    return dt.datetime.fromtimestamp(time, dt.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _figure(one: Figure) -> FigureSeen:
    bound = None if one.bound == float("inf") else one.bound
    return FigureSeen(name=one.name, found=one.found, bound=bound, holds=one.holds, note=one.note)


def _hour(hour: int, counts: Counter[str], conflicts: str, watch: Watch) -> HourSeen:
    return HourSeen(
        hour=str(moment(hour)),
        sessions_created=counts["session_created"],
        conflicts=counts[conflicts],
        conflict_rate=rate_of(counts, conflicts),
        unreset=counts["unreset"],
        unsynced=counts["unsynced"],
        fallback_ends=counts["fallback_succeeded"],
        rooms_provisioned=counts["room_provisioned"],
        holds=not is_out(counts, conflicts, watch),
    )


def _pairs(pairs: Pairs, rows: int | None, clean: Clean) -> PairSeen:
    return PairSeen(
        within=pairs.within,
        begun=pairs.begun,
        followed=pairs.followed,
        alone=pairs.alone,
        undecided=pairs.undecided,
        out_of_place=pairs.out_of_place,
        places=_places(pairs.places[:rows], clean),
    )


def _single(lines: Single, rows: int | None, clean: Clean) -> SingleSeen:
    return SingleSeen(count=lines.count, places=_places(lines.places[:rows], clean))


def _places(lines: Iterable[Seen], clean: Clean) -> list[LinePlace]:
    return [
        LinePlace(file=line.source, line=line.line, time=moment(line.time), text=clean(line.text[:_LONGEST]))
        for line in lines
    ]
