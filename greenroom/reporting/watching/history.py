"""What a watch comes to: its looks counted, each figure over all of them, its verdict."""

from __future__ import annotations

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from greenroom.core.verdict import Exit, RunVerdict, exit_code
from greenroom.record.series import Look, OperationSeen, WatchedFigure
from greenroom.record.series_file import Watched
from greenroom.record.times import instant
from greenroom.reporting.watching.words import called

RESULTS = ("good", "out of bounds", "could not tell", "maintenance")


def result_of(look: Look) -> str:
    """What a look comes to, one of RESULTS. What is out of bounds stays so, whatever else could not be told."""
    if look.maintenance:
        return "maintenance"
    if look.out:
        return "out of bounds"
    return "good" if look.could_tell else "could not tell"


@dataclass
class OperationTotal:
    """One operation of the canary over all looks; seconds."""

    calls: int = 0
    errors: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    last: float = 0.0

    def add(self, seen: OperationSeen) -> None:
        """One more call."""
        self.calls += 1
        self.errors += seen.came_of_it in ("refused", "broke")
        self.seconds += seen.seconds
        self.slowest = max(self.slowest, seen.seconds)
        self.last = seen.seconds


@dataclass
class Totals:
    """All looks of a watch, added up one by one."""

    looks: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(RESULTS, 0)))
    go_lives: int = 0
    conflicts: int = 0
    alarms: Counter[str] = field(default_factory=Counter)
    operations: dict[str, OperationTotal] = field(default_factory=dict)
    delays: list[float] = field(default_factory=list)
    last: Look | None = None
    last_success: float | None = None

    def add(self, look: Look) -> None:
        """One more look."""
        before = {(one.name, one.of) for one in self.last.alarms} if self.last is not None else set()
        self.alarms.update(one.called for one in look.alarms if (one.name, one.of) not in before)
        self.looks[result_of(look)] += 1
        self._conflicts(look)
        if look.canary is not None:
            for one in look.canary.operations:
                self.operations.setdefault(one.name, OperationTotal()).add(one)
            self.delays += [one for one in (look.canary.listed_after, look.canary.gone_after) if one is not None]
        self.last = look
        if result_of(look) == "good" and (at := instant(look.at)) is not None:
            self.last_success = at.timestamp()

    def _conflicts(self, look: Look) -> None:
        if look.log is not None and not look.log.could_not_tell:
            self.go_lives += look.log.go_lives
            self.conflicts += look.log.conflicts
        elif look.canary is not None:
            own = [one.came_of_it for one in look.canary.operations if one.name == "go_live"]
            self.go_lives += len(own)
            self.conflicts += own.count("conflict")

    @property
    def all(self) -> int:
        """How many looks there were."""
        return self.looks.total()


def totals_of(looks: Sequence[Look]) -> Totals:
    """All of them added up."""
    found = Totals()
    for look in looks:
        found.add(look)
    return found


@dataclass(frozen=True)
class Course:
    """One figure over a watch: a point for each look at which it is known."""

    name: str
    of: str
    bound: float | None
    points: tuple[tuple[dt.datetime, float], ...]
    out: frozenset[dt.datetime]
    """Looks at which it was judged out of bounds."""
    alarms: tuple[tuple[dt.datetime, dt.datetime | None], ...]
    """From when to when it was an alarm; None: it still is one."""
    last: WatchedFigure

    @property
    def bad(self) -> int:
        """At how many looks it was judged out of bounds."""
        return len(self.out)

    @property
    def values(self) -> list[float]:
        """The values, the smallest first."""
        return sorted(found for _, found in self.points)

    @property
    def worst(self) -> float | None:
        """The largest value."""
        return max((found for _, found in self.points), default=None)

    @property
    def median(self) -> float | None:
        """The middle value."""
        return statistics.median(self.values) if self.points else None


def courses_of(looks: Sequence[Look]) -> list[Course]:
    """Every figure of these looks, in the order in which looks have them."""
    keys = {(one.name, one.of): None for one in (looks[-1].figures if looks else ())}
    moments = [instant(look.at) or dt.datetime.fromtimestamp(0, dt.UTC) for look in looks]
    by_look = [{(one.name, one.of): one for one in look.figures} for look in looks]
    return [_course(key, moments, by_look) for key in keys]


def _course(
    key: tuple[str, str], moments: Sequence[dt.datetime], by_look: Sequence[dict[tuple[str, str], WatchedFigure]]
) -> Course:
    points: list[tuple[dt.datetime, float]] = []
    alarms: list[tuple[dt.datetime, dt.datetime | None]] = []
    out, raised = set(), False
    for moment, figures in zip(moments, by_look, strict=True):
        figure = figures.get(key)
        if figure is None:
            continue
        if figure.found is not None:
            points.append((moment, figure.found))
        if figure.judged == "bad":
            out.add(moment)
        if figure.alarm and not raised:
            alarms.append((moment, None))
        if raised and not figure.alarm:
            alarms[-1] = (alarms[-1][0], moment)
        raised = figure.alarm
    last = by_look[-1][key]
    return Course(*key, last.bound, tuple(points), frozenset(out), tuple(alarms), last)


@dataclass(frozen=True)
class WatchVerdict:
    """What a watch comes to, and why it could not tell; else `reason` is empty."""

    verdict: RunVerdict
    reason: str = ""

    @property
    def exit(self) -> Exit:
        """The exit code of the watch."""
        return exit_code(self.verdict)


def verdict_of(watched: Watched) -> WatchVerdict:
    """Whether anything was an alarm, and else whether it could tell: for all of the time, and to the end."""
    if any(look.alarms for look in watched.looks):
        return WatchVerdict(RunVerdict.NOT_CONFORMANT)
    reason = _unclear(watched.looks)
    return WatchVerdict(RunVerdict.COULD_NOT_TELL if reason else RunVerdict.CONFORMANT, reason)


def _unclear(looks: Sequence[Look]) -> str:
    if not any(one.judged != "unknown" for look in looks for one in look.figures):
        return "no look could tell anything"
    if any(look.silence.lasting for look in looks):
        return "for a while not all could be told"
    if pending := [called(one.name, one.of) for one in looks[-1].out]:
        return f"it ended before it was known whether this is an alarm: {', '.join(pending)}"
    return ""
