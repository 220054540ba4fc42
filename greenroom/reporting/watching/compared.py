"""Two watches side by side, such as yesterday's and today's: which figures are newly an alarm, which no more."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from greenroom.core.errors import GreenroomError
from greenroom.core.verdict import Exit
from greenroom.record.series_file import Watched
from greenroom.reporting.watching.history import Course, courses_of

Schema = Literal["greenroom.watches-compared/1"]
SCHEMA: Schema = "greenroom.watches-compared/1"
Became = Literal[
    "newly an alarm", "still an alarm", "no alarm any more", "no longer told", "newly told", "slower", "same"
]
SLOWER = 1.5
"""So many times as long, and SLOWER_BY seconds at least, is slower: of medians of whole watches, which vary little."""
SLOWER_BY = 0.05

_TIMES = ("listing_delay_p50", "listing_delay_p95", "operation_seconds")
_Count = Annotated[int, Field(ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class FigureCompared(_Part):
    """One figure in both watches. Times are seconds, rates parts of one; null where it is not told."""

    name: str = Field(description="As in series.schema.json.")
    of: str = Field(description='The operation, "" for none.')
    became: Became
    before_worst: float | None
    before_median: float | None
    before_alarms: _Count
    after_worst: float | None
    after_median: float | None
    after_alarms: _Count


class WatchesCompared(_Part):
    """What became of the figures of one watch in another."""

    schema_: Schema = Field(SCHEMA, alias="schema")
    before: str = Field(description="The target of the first watch.")
    before_at: str = Field(description="When it began, ISO 8601 UTC.")
    before_looks: _Count
    after: str
    after_at: str
    after_looks: _Count
    exit: Exit = Field(description="0: no figure is newly an alarm; 1: one is; 2: one that was told is told no longer.")
    figures: list[FigureCompared]


def compared(before: Watched, after: Watched) -> WatchesCompared:
    """Raises GreenroomError (code "no-series") when one of them has no look."""
    for watched in (before, after):
        if not watched.looks:
            raise GreenroomError(
                f"the watch of {watched.began.target} that began at {watched.began.at} has no look yet",
                hint="greenroom monitor makes one",
                code="no-series",
            )
    figures = list(_figures(_by_name(before), _by_name(after)))
    became = {one.became for one in figures}
    code = Exit.NOT_CONFORMANT if "newly an alarm" in became else Exit.CONFORMANT
    if code is Exit.CONFORMANT and "no longer told" in became:
        code = Exit.COULD_NOT_TELL
    return WatchesCompared(
        before=before.began.target, before_at=before.began.at, before_looks=len(before.looks),
        after=after.began.target, after_at=after.began.at, after_looks=len(after.looks),
        exit=code, figures=figures,
    )  # fmt: skip


def _by_name(watched: Watched) -> dict[tuple[str, str], Course]:
    return {(one.name, one.of): one for one in courses_of(watched.looks)}


def _figures(before: dict[tuple[str, str], Course], after: dict[tuple[str, str], Course]) -> Iterator[FigureCompared]:
    for key in dict.fromkeys((*before, *after)):
        was, now = before.get(key), after.get(key)
        yield FigureCompared(
            name=key[0], of=key[1], became=_became(key[0], was, now),
            before_worst=was.worst if was else None, before_median=was.median if was else None,
            before_alarms=len(was.alarms) if was else 0,
            after_worst=now.worst if now else None, after_median=now.median if now else None,
            after_alarms=len(now.alarms) if now else 0,
        )  # fmt: skip


def _became(name: str, was: Course | None, now: Course | None) -> Became:
    if now is not None and now.alarms:
        return "still an alarm" if was is not None and was.alarms else "newly an alarm"
    told_before, told_now = was is not None and was.points, now is not None and now.points
    if told_before and not told_now:
        return "no longer told"
    if was is not None and was.alarms:
        return "no alarm any more"
    if told_now and not told_before:
        return "newly told"
    return "slower" if name in _TIMES and _is_slower(was, now) else "same"


def _is_slower(was: Course | None, now: Course | None) -> bool:
    before, after = was.median if was else None, now.median if now else None
    if before is None or after is None:
        return False
    return after > before * SLOWER and after - before > SLOWER_BY
