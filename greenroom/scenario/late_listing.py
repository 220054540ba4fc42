"""A listing may be written a moment after the rooms. It is waited for, so that no step is blamed for the one before."""

from __future__ import annotations

from collections.abc import Callable, Collection

from greenroom.claims.listing import not_followed
from greenroom.core.deadlines import eventually
from greenroom.relations.state import State


class LateListing:
    """Waits until the listing has caught up with a scenario's rooms. Once that was in vain, Givens go on at once."""

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
