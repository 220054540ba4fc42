"""The watch itself: looks when they are due, tells whoever listens, and ends when its time is over or it is ended."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from greenroom import __version__
from greenroom.claims.watching.changes import AlarmChange, changes
from greenroom.claims.watching.schedule import Schedule
from greenroom.core import interruption
from greenroom.record.series import SCHEMA, Look, WatchBegan, WatchEnded
from greenroom.record.series_file import Series, SeriesWriter, Watched
from greenroom.record.times import instant
from greenroom.scenario.watching.look import Looker, written

_NAP = 30.0
"""Seconds after which a wait looks at the clock again: a machine that was asleep wakes up to another time."""


class Clock:
    """The time, and how one waits for it."""

    def now(self) -> dt.datetime:
        """The present moment."""
        return dt.datetime.now(dt.UTC)

    def wait_until(self, moment: float) -> None:
        """Return when it is that moment, in seconds since 1970."""
        while (left := moment - self.now().timestamp()) > 0:
            time.sleep(min(left, _NAP))


class Listener(Protocol):
    """Whoever is told what a watch sees."""

    def doing(self, what: str) -> None:
        """What is being looked at, or waited for."""

    def looked(self, look: Look, changed: Sequence[AlarmChange]) -> None:
        """A look is over, and is in the series; this is what it changed."""


@dataclass(frozen=True)
class WatchPlan:
    """How often it looks, and for how long; seconds. `lasts` None is until somebody ends it."""

    every: float
    lasts: float | None = None


def begun(writer: SeriesWriter, plan: WatchPlan, target: str, no_canary: str, clock: Clock) -> Watched:
    """The watch to go on with, or a new one; that it begins is written."""
    unfinished = goes_on_with(writer.series, plan)
    line = WatchBegan(
        event="began",
        schema=SCHEMA,
        target=target,
        at=written(clock.now()),
        every=plan.every,
        lasts=plan.lasts,
        continues=unfinished is not None,
        canary=no_canary,
        version=__version__,
    )
    writer.append(line)
    if unfinished is None:
        return Watched(line)
    unfinished.resumed.append(line)
    return unfinished


def goes_on_with(series: Series, plan: WatchPlan) -> Watched | None:
    """The watch that nobody ended, if it looks as this one does: by itself, or once at each call."""
    unfinished = series.unfinished
    return unfinished if unfinished is not None and bool(unfinished.began.every) == bool(plan.every) else None


def watch(
    looker: Looker, writer: SeriesWriter, watched: Watched, plan: WatchPlan, listener: Listener, clock: Clock
) -> Watched:
    """Look until the time is over; the end is written as well. Of the looks `watched` keeps those of the window.

    Ctrl-C and the signals that end a process end the watch, and are not raised. Raises GreenroomError when the series
    can't be written.
    """
    began = instant(watched.began.at)
    assert began is not None
    schedule = Schedule(began.timestamp(), plan.every, plan.lasts)
    try:
        while True:
            last = instant(watched.looks[-1].at) if watched.looks else None
            due = schedule.next_look(clock.now().timestamp(), last.timestamp() if last is not None else None)
            if due is None:
                break
            _wait(clock, due, listener, "the next look is due")
            look_once(looker, writer, watched, listener, clock)
        _wait(clock, schedule.end or 0.0, listener, "its time is over")
        ended = WatchEnded(event="ended", at=written(clock.now()), why="its time was over")
    except KeyboardInterrupt:
        interruption.noted()
        ended = WatchEnded(event="ended", at=written(clock.now()), why="it was ended")
    writer.append(ended)
    watched.ended = ended
    return watched


def look_once(looker: Looker, writer: SeriesWriter, watched: Watched, listener: Listener, clock: Clock) -> Look:
    """One look, which goes into the series before anybody is told."""
    before = watched.looks[-1].figures if watched.looks else ()
    at = clock.now()
    look = looker.look(at, watched.looks, listener.doing)
    writer.append(look)
    watched.looks = [*looker.in_window(watched.looks, at), look]  # a week of them would fill the memory
    listener.looked(look, changes(before, look.figures))
    return look


def _wait(clock: Clock, moment: float, listener: Listener, what: str) -> None:
    at = dt.datetime.fromtimestamp(moment, dt.UTC)
    listener.doing(f"{what} at {at:%H:%M:%S}Z")
    clock.wait_until(moment)
