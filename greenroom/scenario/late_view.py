"""A listing that follows from rooms and sessions may do so a moment later, as a view does that is refreshed. What a
Given arranges is waited for there, so that no step is blamed for it."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from greenroom.core.deadlines import eventually
from greenroom.relations.state import Row

T = TypeVar("T")
Entries = tuple[Row, ...]

_WATCHED_TIMES = 3
_AT_ONCE = 2
_A_LOOK = 0.05
_A_WHILE, _A_SECOND = 0.5, 1.0
_PATIENCE = 2.0
"""What was late once may be later the next time: so many times as late."""


class LateView:
    """What a worker knows of how late its target's listing follows what is arranged: at once, by so many seconds, or
    nothing yet. While nothing is known it is watched, a few times at most."""

    def __init__(self) -> None:
        self._latest, self._at_once, self._in_vain = 0.0, 0, 0

    @property
    def is_late(self) -> bool:
        """Whether entries have come late before."""
        return self._latest > 0

    def seen(self, seconds: float) -> None:
        """Entries came so long after the rows of which they tell: what is there at the next look is not late."""
        if seconds > _A_LOOK:
            self._latest = max(self._latest, seconds)

    def follow(
        self, before: Entries, look: Callable[[], Entries], pause: Callable[[float], None], longest: float
    ) -> None:
        """Wait until the entries, which were these `before` rows were arranged, show what was arranged. That takes
        several writes, and entries may show the first of them alone: they have to stay as they are for a while."""
        began = time.monotonic()
        if self.is_late:
            patience = min(max(_A_SECOND, self._latest * _PATIENCE), longest)
            eventually(look, lambda now: now != before, patience, pause=pause)
        elif not self._watch(before, look, pause, longest):
            return
        self.rest(look, pause, longest, began)

    def rest(
        self, look: Callable[[], T], pause: Callable[[float], None], longest: float, began: float | None = None
    ) -> T:
        """What `look` sees once that has been the same for a while, where entries are late; else what it sees now."""
        found, changed = look(), time.monotonic()
        since = changed if began is None else began

        def is_quiet() -> bool:
            nonlocal changed, found
            now = look()
            if now != found:
                changed, found = time.monotonic(), now
                self.seen(changed - since)
            return time.monotonic() - changed >= min(max(_A_WHILE, self._latest * _PATIENCE), longest)

        if self.is_late:
            eventually(is_quiet, bool, 2 * longest, pause=pause)
        return found

    def _watch(
        self, before: Entries, look: Callable[[], Entries], pause: Callable[[float], None], longest: float
    ) -> bool:
        """Whether the entries come late, as far as can be seen now."""
        if self._at_once >= _AT_ONCE or self._in_vain >= _WATCHED_TIMES:
            return False
        began = time.monotonic()
        if look() != before:
            self._at_once += 1
            return False
        entries, _ = eventually(look, lambda now: now != before, longest, pause=pause)
        if entries == before:
            self._in_vain += 1
            return False
        self.seen(max(time.monotonic() - began, 2 * _A_LOOK))
        return True
