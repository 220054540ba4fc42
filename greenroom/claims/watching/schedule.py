"""When looks are due: at the beginning of a watch and every so many seconds after it, whatever happened between."""

from __future__ import annotations

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Schedule:
    """Moments are seconds since 1970. `lasts` None is until somebody ends it."""

    began: float
    every: float
    lasts: float | None = None

    @property
    def end(self) -> float | None:
        """When its time is over."""
        return None if self.lasts is None else self.began + self.lasts

    def turn(self, at: float) -> int:
        """Which look is due at that moment, from 0."""
        return max(math.floor((at - self.began) / self.every + 1e-6), 0)

    def next_look(self, at: float, last: float | None) -> float | None:
        """When the next look is due, as seen at that moment, the last one having begun at `last`: at once where this
        turn has had none, and None where the time is over before it. Turns that were missed are not made up for."""
        due = at
        if last is not None and self.turn(last) >= self.turn(at):
            due = self.began + (self.turn(last) + 1) * self.every
        return due if self.end is None or due < self.end else None

    def due_until(self, at: float) -> int:
        """How many looks were due until that moment, or until its time was over."""
        over = at if self.end is None else min(at, self.end - 1e-3)
        return self.turn(over) + 1
