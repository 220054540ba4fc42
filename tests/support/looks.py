"""Looks of a watch as tests need them: judged by the real rules, over values that a test gives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from greenroom.claims.watching.figures import judged
from greenroom.claims.watching.seen import AuditSeen, LookSeen, OffendingRows
from greenroom.claims.watching.window import WindowPart
from greenroom.record.series import SCHEMA, CanarySeen, Done, LogSeen, Look, OperationSeen, WatchBegan, WatchEnded
from greenroom.record.series_file import Watched
from greenroom.scenario.watching.look import written
from greenroom.targetfile.watch import Watch

BEGAN = dt.datetime(2026, 2, 15, 12, tzinfo=dt.UTC)
EVERY = 300.0


def rows(count: int) -> OffendingRows:
    """So many offending rooms, of which ten are kept."""
    kept = tuple({"since": "2026-02-15T07:43:16Z", "room_id": f"room-{number}"} for number in range(min(count, 10)))
    return OffendingRows(count, "2026-02-15T07:43:16Z" if count else None, kept)


def audit(**counts: int) -> AuditSeen:
    """An audit with these figures, the others 0."""
    names = ("stuck_rooms", "orphaned_sessions", "falsely_listed", "unlisted_sessions", "broken_invariants")
    return AuditSeen({name: rows(counts.get(name, 0)) for name in names}, counts.get("stuck_rooms", 0))


def canary(
    listed: float | None = 0.1, gone: float | None = 0.05, seconds: float = 0.02, **came_of_it: Done
) -> CanarySeen:
    """A canary of which each operation was done in so many seconds, unless it is named."""
    return CanarySeen(
        operations=[
            OperationSeen(
                name=name,
                seconds=seconds,
                came_of_it=came_of_it.get(name, "done"),
                status=200,
                said="answered otherwise" if name in came_of_it else "",
            )
            for name in ("people", "go_live", "join", "end", "clean_up")
        ],
        listed_after=listed,
        gone_after=gone,
    )


def looks_of(seen: Sequence[LookSeen], watch: Watch | None = None, *, every: float = EVERY) -> list[Look]:
    """The looks of a watch that saw this, one after the other."""
    found: list[Look] = []
    watch = watch or Watch(minutes=0)
    for number, one in enumerate(seen):
        at = BEGAN + dt.timedelta(seconds=number * every)
        figures = judged(
            one,
            watch,
            at.timestamp(),
            before=found[-1].figures if found else (),
            earlier=[WindowPart(look.canary, look.log) for look in found[-int(watch.window * 60 / every) :]],
        )
        found.append(
            Look(
                event="look",
                at=written(at),
                seconds=0.5,
                could_not_tell=list(one.could_not_tell),
                canary=one.canary,
                log=one.log,
                figures=figures,
            )
        )
    return found


def watched(looks: list[Look], *, every: float = EVERY, ended: bool = True) -> Watched:
    """A watch of these looks, which ended in time."""
    end = written(BEGAN + dt.timedelta(seconds=len(looks) * every))
    return Watched(
        WatchBegan(
            event="began",
            schema=SCHEMA,
            target="staging",
            at=written(BEGAN),
            every=every,
            lasts=len(looks) * every,
            continues=False,
            canary="",
            version="0.1.0",
        ),
        looks,
        WatchEnded(event="ended", at=end, why="its time was over") if ended else None,
    )


__all__ = ["BEGAN", "EVERY", "LogSeen", "LookSeen", "audit", "canary", "looks_of", "rows", "watched"]
