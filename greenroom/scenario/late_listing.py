"""The listing may be written a moment after the rest: what one step did is no change of the next one's."""

from __future__ import annotations

from collections.abc import Callable, Collection

from greenroom.claims.listing import not_followed
from greenroom.core.deadlines import eventually
from greenroom.relations.state import State


class LateListing:
    """Waits for the listing of one scenario: once in vain, and then no more where nothing was asked of it yet."""

    def __init__(self, look: Callable[[], State], pause: Callable[[float], None], seconds: float) -> None:
        """`look` tells the state, `pause` lets time pass, and after `seconds` the listing is no longer waited for."""
        self._look, self._pause, self._seconds = look, pause, seconds
        self._in_vain = False

    def follow(self, now: State, rooms: Collection[str], *, arranging: bool) -> bool:
        """Wait until the listing says of the rooms what their rows say. Whether it had to be waited for. While a
        scenario is still `arranging`, a listing that did not follow once is let be."""
        if not not_followed(now, rooms) or (arranging and self._in_vain):
            return False
        followed, _ = eventually(
            self._look, lambda state: not not_followed(state, rooms), self._seconds, pause=self._pause
        )
        self._in_vain = not_followed(followed, rooms)
        return True
