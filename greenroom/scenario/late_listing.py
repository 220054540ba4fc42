"""A listing may be written a moment after the rooms. It is waited for, so that no step is blamed for the one before."""

from __future__ import annotations

from collections.abc import Callable, Collection

from greenroom.claims.listing import not_followed, under_another_title
from greenroom.core.deadlines import eventually
from greenroom.relations.state import State


class LateListing:
    """Waits until the listing has caught up with a scenario's rooms. Once that was in vain, Givens go on at once; once
    it was so for a title, titles are no longer waited for."""

    def __init__(
        self,
        look: Callable[[], State],
        pause: Callable[[float], None],
        seconds: float,
        was_late: Callable[[float], None] = lambda seconds: None,
    ) -> None:
        """`look` tells the state, `pause` lets time pass, and after `seconds` the listing is no longer waited for.
        `was_late` learns by how much it was late."""
        self._look, self._pause, self._seconds, self._was_late = look, pause, seconds, was_late
        self._in_vain = self._titles_differ = False
        self.is_troubled = False  # a scenario makes it late on purpose

    def follow(self, now: State, rooms: Collection[str], *, arranging: bool) -> bool:
        """Wait until the listing says of the rooms what their rows say. Whether it had to be waited for. While a
        scenario is still `arranging`, a listing that did not follow once is let be."""
        if not self._is_behind(now, rooms) or (arranging and self._in_vain):
            return False
        followed, waited = eventually(
            self._look, lambda state: not self._is_behind(state, rooms), self._seconds, pause=self._pause
        )
        self._in_vain = not_followed(followed, rooms)
        if not self.is_troubled and not self._is_behind(followed, rooms):
            self._was_late(waited)
        self._titles_differ = self._titles_differ or under_another_title(followed, rooms)
        return True

    def _is_behind(self, state: State, rooms: Collection[str]) -> bool:
        return not_followed(state, rooms) or (not self._titles_differ and under_another_title(state, rooms))
