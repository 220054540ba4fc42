"""How slow this machine is: a clock of our own ticks beside the scenarios, and how late its ticks come is the time in
which the machine let nobody of ours run. A deadline that is over then says nothing about the target."""

from __future__ import annotations

import threading
import time
from collections import deque
from dataclasses import dataclass

from greenroom.core.errors import Inconclusive

_EVERY = 0.05
"""Seconds between two ticks."""
_LATE = 0.02
"""Seconds by which a tick may be late on any machine."""
_TOO_MUCH = 0.5
"""The share of a wait that may be lost: with more, less than half of the deadline was left to the target."""
_KEPT = 20_000
"""Late ticks that are remembered: those of many minutes."""


@dataclass(frozen=True)
class Vain:
    """A wait until a deadline, for something that did not come; `lost` are the seconds in which nothing of ours ran."""

    waited: float
    lost: float

    @property
    def means_nothing(self) -> bool:
        """Whether the machine was too slow for the deadline to mean anything."""
        return self.lost > self.waited * _TOO_MUCH

    def inconclusive(self, what: str) -> Inconclusive:
        """The error that says so; `what` was not so in that time."""
        ran = max(self.waited - self.lost, 0.0)
        told = f"this machine was too slow to tell: of the {self.waited:.1f} s that were waited, it ran for {ran:.1f} s"
        return Inconclusive("machine-too-slow", f"{told}\nthen: {what}", hint="fewer workers, or a machine with time")


class Ticks:
    """A clock that ticks in a thread of its own, and remembers which ticks came late."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._late: deque[tuple[float, float]] = deque(maxlen=_KEPT)  # when a tick came, and how late it was
        self._last = 0.0
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Tick from now on, until `stop`."""
        if self._thread is None:
            self._over.clear()
            self._last = time.monotonic()
            self._thread = threading.Thread(target=self._tick, name="ticks", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """Tick no more."""
        if self._thread is not None:
            self._over.set()
            self._thread.join()
            self._thread = None

    def lost(self, since: float) -> float:
        """The seconds between that moment (of `time.monotonic`) and now in which nothing of ours ran."""
        now = time.monotonic()
        pending = [(now, now - self._last - _EVERY)] if self._thread is not None else []
        late = [*self._late, *((came, by) for came, by in pending if by > _LATE)]
        return sum(min(by, came - since) for came, by in late if came > since)

    def _tick(self) -> None:
        while not self._over.wait(_EVERY):
            now = time.monotonic()
            by = now - self._last - _EVERY
            if by > _LATE:
                self._late.append((now, by))
            self._last = now


ticks = Ticks()
"""Those of this process: a worker starts them when it opens its target."""
_vain: list[Vain] = []


def in_vain(seconds: float) -> None:
    """Something was waited for during the last so many seconds, until its deadline, and did not come."""
    if seconds > 0:
        _vain.append(Vain(seconds, ticks.lost(time.monotonic() - seconds)))


def forget() -> None:
    """What was waited for before has nothing to do with what comes."""
    _vain.clear()


def too_slow() -> Vain | None:
    """A wait in vain, since `forget`, in which the machine was too slow for its deadline to mean anything."""
    return next((one for one in _vain if one.means_nothing), None)


def waited_in_vain() -> float:
    """The seconds of the longest wait in vain since `forget`; 0 where nothing was waited for."""
    return max((one.waited for one in _vain), default=0.0)
