"""Lines that have to be followed by another one within a deadline."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from greenroom.claims.logs.lines import Seen

KEPT = 1_000
"""Lines of which place and text are kept; there may be many more of them, and they are counted."""
_MOST_WAITING = 100_000
"""Lines that may wait at once: where lines have no time, nothing else would end their waiting."""
_DISORDER = 1.0
"""Seconds by which a line may stand too early: several processes write into one log."""


@dataclass(slots=True)
class _Waiting:
    line: Seen
    over: bool = False


@dataclass
class Pairs:
    """A line, and the one that has to follow it `within` seconds.

    Where both say a key, it is the line of the same key that is followed. Else it is the latest one that waits: most
    often nothing comes between the two, and of two that overlap it can't be told anyway which one is which.
    """

    within: float
    on_alone: Callable[[Seen], object] = lambda _: None
    begun: int = 0
    followed: int = 0
    alone: int = 0
    """Lines that nothing followed in time."""
    undecided: int = 0
    """Lines that still wait where the log ends."""
    out_of_place: int = 0
    """Lines that follow nothing."""
    places: list[Seen] = field(default_factory=list)
    """Where the first of the lines stand that nothing followed."""
    _waiting: dict[str, deque[_Waiting]] = field(default_factory=dict)
    """By their key, in their order."""
    _in_order: deque[_Waiting] = field(default_factory=deque)
    """All of them, and some that wait no more."""

    def begin(self, line: Seen) -> None:
        """A line that has to be followed."""
        self._go_on_to(line)
        waiting = _Waiting(line)
        self.begun += 1
        self._in_order.append(waiting)
        self._waiting.setdefault(line.key, deque()).append(waiting)
        if len(self._in_order) > _MOST_WAITING:
            self._give_up(self._in_order.popleft())

    def follow(self, line: Seen) -> None:
        """A line that follows."""
        self._go_on_to(line)
        waiting = self._latest_of(line.key)
        if waiting is None:
            self.out_of_place += 1
            return
        self.followed += 1
        self._end(waiting)

    def finish(self, end: float | None) -> None:
        """The log ends, with its last line written at `end`."""
        for waiting in self._in_order:
            time = waiting.line.time
            if not waiting.over and time is not None and end is not None and end <= time + self.within:
                self.undecided += 1
                self._end(waiting)
            else:
                self._give_up(waiting)
        self._in_order.clear()

    def _latest_of(self, key: str) -> _Waiting | None:
        if key:
            queue = self._waiting.get(key) or self._waiting.get("")
            return queue[-1] if queue else None
        while self._in_order and self._in_order[-1].over:
            self._in_order.pop()
        return self._in_order[-1] if self._in_order else None

    def _go_on_to(self, line: Seen) -> None:
        """What has waited too long when this line is written waits no more, nor does what another file left."""
        while self._in_order:
            first = self._in_order[0]
            begun = first.line.time
            if not first.over:
                if begun is None or line.time is None:
                    return
                if line.time < begun - _DISORDER and line.source != first.line.source:
                    self.finish(begun)
                    return
                if line.time <= begun + self.within:
                    return
            self._give_up(self._in_order.popleft())

    def _end(self, waiting: _Waiting) -> None:
        """It waits no more; it is the first or the last of its key."""
        waiting.over = True
        queue = self._waiting[waiting.line.key]
        if queue[0] is waiting:
            queue.popleft()
        else:
            queue.pop()
        if not queue:
            del self._waiting[waiting.line.key]

    def _give_up(self, waiting: _Waiting) -> None:
        if waiting.over:
            return
        self._end(waiting)
        self.alone += 1
        if len(self.places) < KEPT:
            self.places.append(waiting.line)
        self.on_alone(waiting.line)
